"""The tables of a Word document as rows of text: forms that people filled in come back."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from addin.model.finding import LedgerError
from addin.model.text import Text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES: Final = 32 << 20
"""Unpacked; a form has a hundredth of it."""
_PART: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS: Final = {f"{_W}br": " ", f"{_W}tab": " ", f"{_W}cr": " "}


def is_word(path: Path) -> bool:
    """Whether the file is a Word document, whatever its name ends in."""
    try:
        with zipfile.ZipFile(path) as package:
            return _PART in package.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def word_tables(path: Path) -> list[list[list[str]]]:
    """Every table that stands in the text, row by row; what was struck out in a tracked change is left out.

    LedgerError where the file is damaged or far too large.
    """
    try:
        with zipfile.ZipFile(path) as package:
            entry = package.getinfo(_PART)
            if entry.file_size > MOST_BYTES:
                raise _unreadable(path, f"> {MOST_BYTES >> 20} MB")
            root = fromstring(package.read(entry), forbid_dtd=True)
    except (
        OSError,
        KeyError,
        RuntimeError,
        ValueError,
        zipfile.BadZipFile,
        ParseError,
        DefusedXmlException,
    ) as problem:
        raise _unreadable(path, str(problem)) from problem
    return [[_cells(row) for row in table.findall(f"{_W}tr")] for table in root.iter(f"{_W}tbl")]


def _cells(row: Element) -> list[str]:
    return [_text(cell) for cell in row.findall(f"{_W}tc")]


def _text(cell: Element) -> str:
    paragraphs = ("".join(_pieces(paragraph)) for paragraph in cell.iter(f"{_W}p"))
    return " ".join(" ".join(paragraphs).split())


def _pieces(paragraph: Element) -> Iterator[str]:
    for each in paragraph.iter():
        if each.tag == f"{_W}t":
            yield each.text or ""
        elif each.tag in _BREAKS:
            yield _BREAKS[each.tag]


def table_with(path: Path, headings: Sequence[str]) -> list[list[str]] | None:
    """The rows below the headings of the first table whose first row holds all of them; its columns in their order."""
    for table in word_tables(path):
        if table and all(heading in table[0] for heading in headings):
            places = [table[0].index(heading) for heading in headings]
            return [[row[place] if place < len(row) else "" for place in places] for row in table[1:]]
    return None


def _unreadable(path: Path, problem: str) -> LedgerError:
    return LedgerError(
        "unreadable_file",
        Text(
            f"{path.name} 不是可读的 Word 文档（{problem}）。请在 Word 中另存为 .docx 后重试。",
            f"{path.name} is no readable Word document ({problem}). Save it again from Word as .docx.",
        ),
    )
