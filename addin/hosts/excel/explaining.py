"""An explanation as a page to read: each figure, its steps, and the rows that they use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from addin.hosts.excel.pages import show_page
from addin.hosts.figures import figure_words, place_words
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.rules.explain.steps import Explanation

if TYPE_CHECKING:
    from addin.hosts.excel.reading import Live
    from addin.service.explaining import Explained

_HEADING = (
    Text("数字", "Figure"),
    Text("步骤", "Step"),
    Text("规则", "Rule"),
    Text("依据", "Source"),
    Text("用到的行", "Rows used"),
)


def show_explained(live: Live, found: Explained) -> None:
    """A row a step; the figure's name and value stand before its first one."""
    rows = [row for each in found.explanations for row in _rows(each, found)]
    first = found.explanations[0].row
    title = Text(
        f"{first.key}：截至 {found.as_of}（{place_words(first, found)}）",
        f"{first.key}: as at {found.as_of} ({place_words(first, found)})",
    )
    language = found.language
    show_page(live.book, title.in_(language), [word.in_(language) for word in _HEADING], rows)


def _rows(explanation: Explanation, found: Explained) -> Iterator[tuple[str, ...]]:
    language = found.language
    name = TABLES[explanation.row.table][explanation.field].heading(language)
    figure = f"{name}  {figure_words(explanation, language)}"
    for number, step in enumerate(explanation.steps):
        used = "\n".join(f"{place_words(row, found)} {row.key}" for row in step.rows)
        rule, source = step.rule.name.in_(language), step.rule.source.in_(language)
        yield (figure if number == 0 else "", step.text.in_(language), rule, source, used)
