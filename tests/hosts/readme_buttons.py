"""The README's tables of buttons, one a language, made from the buttons.

`python -m tests.hosts.readme_buttons` writes them anew, between the marks that stand in the README.
"""

from __future__ import annotations

from collections.abc import Iterator

from addin.hosts.buttons import BUTTONS, GROUPS, TAB_KEY, Button
from addin.model.text import Language, Text
from tests.readme_tables import README, with_tables

HEADING = Text("| 按钮 | 按键 | 作用 | 图标 |", "| button | keys | does | picture |")


def table(language: Language) -> Iterator[str]:
    """The lines of one language's table."""
    yield HEADING.in_(language)
    yield "|---|---|---|---|"
    for group, words in GROUPS.items():
        yield f"| **{words.in_(language)}** | | | |"
        yield from (row(button, language) for button in BUTTONS.values() if button.group == group)


def row(button: Button, language: Language) -> str:
    """What there is to know of a button."""
    words = (button.label.in_(language), f"Alt {TAB_KEY} {button.key}", button.supertip.in_(language))
    return f"| {' | '.join(words)} | `{button.picture}` |"


def written(readme: str) -> str:
    """The README with both tables as they are now; ValueError where a mark is missing."""
    return with_tables(readme, "buttons", table)


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8", newline="\n")
