"""What the templates of reports have alike."""

from __future__ import annotations

from collections.abc import Sequence

from addin.documents.templates.kit import Column, Document, Section, figure, grid, p, row_when, when
from addin.documents.templates.layout import UPRIGHT, footer, header, letterhead
from addin.model.text import Language, Text


def field(name: str) -> str:
    """A field of the context, for people who edit the template."""
    return f"{{{{ {name} }}}}"


def cell(
    width: float, heading: Text, name: str, language: Language, total: str = "", style: str = "Cell"
) -> Column:
    """A column of words."""
    return Column(width, heading.in_(language), p(field(name), style), p(total, "Total") if total else "")


def number(width: float, row: str, language: Language) -> Column:
    """The column of a row's number."""
    return cell(width, Text("序号", "No"), f"{row}.no", language, style="Centre")


def money(width: float, heading: Text, name: str, language: Language, total: str = "") -> Column:
    """A column of figures; ``total`` is the field of its sum."""
    last = figure(field(total), "TotalFigure") if total else ""
    return Column(width, heading.in_(language), figure(field(name)), last)


def facts(
    language: Language, rows: Sequence[tuple[Text, str]], width: float = UPRIGHT, label: float = 4.0
) -> str:
    """Label and value, one under the other; a row without a value is left out. Values are names of fields."""
    widths = [label, width - label]
    cells = [
        row_when(name, [p(words.in_(language), "Cell"), p(field(name), "Cell")], widths)
        for words, name in rows
    ]
    return grid(cells, widths, "TableItems")


def unless_empty(
    rows: str, heading: Text, body: str, language: Language, otherwise: Text | None = None
) -> str:
    """A heading and what stands below it where there are such rows; else one sentence, or nothing."""
    title = p(heading.in_(language), "Heading")
    found = when(rows, title, body)
    if otherwise is not None:
        found += when(f"not {rows}", title, p(otherwise.in_(language), "Plain"))
    return found


def in_unit(language: Language, name: str = "unit") -> str:
    """The line above a table that names the unit of its amounts."""
    return p(Text(f"单位：{field(name)}", f"Amounts in {field(name)}").in_(language), "FigureNote")


def document(language: Language, title: Text, sections: Sequence[Section], inside: bool = False) -> Document:
    """A report's document: our letterhead on its first page, its name and day on the others.

    ``inside``: for us alone, which every page says.
    """
    name = title.in_(language)
    only = Text(" · 内部资料", " · internal").in_(language) if inside else ""
    return Document(
        language=language,
        title=f"{name} {{{{ letter_no }}}}",
        sections=sections,
        letterhead=letterhead(language),
        header=header(f"{name}{only} · {{{{ letter_no }}}} · {{{{ day }}}}"),
        footer=footer(language),
    )
