"""Reads a Word document as a person would: its text in order, table rows as lines, headers and footers first."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


def opened(made: bytes) -> Document:
    """The document by a reader that knows nothing of our writer."""
    return docx.Document(io.BytesIO(made))


def text(made: bytes) -> str:
    """All that a document says."""
    return "\n".join(_said(opened(made))) + "\n"


def rows(made: bytes, first_cell: str) -> list[list[str]]:
    """The rows of the first table whose first cell reads ``first_cell``, without that heading row."""
    for table in opened(made).tables:
        if table.cell(0, 0).text == first_cell:
            return [_cells(row.cells) for row in table.rows][1:]
    raise AssertionError(f"no table begins with {first_cell!r}")


def _said(document: Document) -> Iterator[str]:
    first = document.sections[0]
    for name, part in (
        ("first header", first.first_page_header),
        ("header", first.header),
        ("footer", first.footer),
    ):
        yield f"[{name}] " + " / ".join(_lines(part))
    yield from _lines(document)


def _lines(part: object) -> Iterator[str]:
    for block in part.iter_inner_content():  # type: ignore[attr-defined]  # documents, headers and footers alike
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield block.text
        elif isinstance(block, Table):
            yield from (" | ".join(_cells(row.cells)) for row in block.rows)


def _cells(cells: object) -> list[str]:
    return [cell.text.replace("\n", " / ") for cell in cells]  # type: ignore[attr-defined]
