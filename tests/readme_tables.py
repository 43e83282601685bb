"""Tables of the README that a program makes, one a language, between the marks that stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from addin.model.text import LANGUAGES, Language
from tests.tools import ROOT

README = ROOT / "README.md"


def with_tables(readme: str, name: str, lines_of: Callable[[Language], Iterable[str]]) -> str:
    """The README with the tables of that name as they are now; ValueError where a mark is missing."""
    for language in LANGUAGES:
        lines = "\n".join(lines_of(language))
        block = f"<!-- {name} {language} -->\n\n{lines}\n\n<!-- end of {name} -->"
        marks = rf"<!-- {name} {language} -->.*?<!-- end of {name} -->"
        readme, found = re.subn(marks, lambda _, block=block: block, readme, flags=re.DOTALL)
        if found != 1:
            raise ValueError(f"the README has {found} tables of {name} in {language}")
    return readme
