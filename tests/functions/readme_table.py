"""The README's tables of functions, one a language, made from the registry.

`python -m tests.functions.readme_table` writes them anew, between the marks that stand in the README.
"""

from __future__ import annotations

from collections.abc import Iterator

from addin.functions.registry import FUNCTIONS, GROUPS
from addin.functions.selftest import SELFTEST
from addin.hosts.cli.functions import signature
from addin.model.text import Language, Text
from tests.readme_tables import README, with_tables

HEADING = Text("| 函数 | 结果 |", "| function | tells |")
ONLY_IN_CELLS = Text("仅在单元格中", "Only in cells")


def table(language: Language) -> Iterator[str]:
    """The lines of one language's table."""
    yield HEADING.in_(language)
    yield "|---|---|"
    for group, name in GROUPS.items():
        yield f"| **{name.in_(language)}** | |"
        for function in FUNCTIONS.values():
            if function.group == group:
                yield f"| `{signature(function)}` | {function.help.in_(language)} |"
    yield f"| **{ONLY_IN_CELLS.in_(language)}** | |"
    yield f"| `{signature(SELFTEST)}` | {SELFTEST.help.in_(language)} |"


def written(readme: str) -> str:
    """The README with both tables as they are now; ValueError where a mark is missing."""
    return with_tables(readme, "functions", table)


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8", newline="\n")
