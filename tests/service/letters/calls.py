"""How the tests ask for letters, and how they read what came of it."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from addin.files.reader import read_book
from addin.model.cells import AnyCell
from addin.model.tables import TABLES
from addin.service.letters.writing import LettersReport, Wish, Written, letters_book

TODAY = date(2030, 1, 1)
DAY = date(2026, 6, 30)
"""The demo's as-of date."""
TEN, ELEVEN = datetime(2030, 1, 1, 10), datetime(2030, 1, 1, 11)


def letters(
    book: Path, *, now: datetime = TEN, jobs: int = 1, as_of: date | None = None, **wish: Any
) -> LettersReport:
    return letters_book(book, Wish(**wish), today=TODAY, now=now, by="tester", as_of=as_of, jobs=jobs)


def of(report: LettersReport, customer: str) -> Written:
    """The row of one customer."""
    [found] = [each for each in report.letters if each.draft.proposal.customer == customer]
    return found


def issued(report: LettersReport) -> list[str]:
    return [each.draft.letter.letter_id for each in report.letters if each.issued]


def rows(book: Path, table: str) -> list[dict[str, AnyCell]]:
    """A table's rows by column key."""
    source = read_book(book).tables[table]
    places = TABLES[table].places(source.headings)
    return [
        {key: source.columns[place][at] for key, place in places.items()} for at in range(len(source.rows))
    ]


def row_of(book: Path, table: str, id: str) -> int:
    """The data row of an id, counted from 0."""
    column = TABLES[table].identity[0]
    return [row[column] for row in rows(book, table)].index(id)


def files_in(folder: Path) -> list[Path]:
    """All files below a folder, hidden ones included, but for the state folder's."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and ".huikuan" not in path.parts)


def words(docx: Path) -> str:
    """The text of a document's body, paragraphs apart by line breaks."""
    with zipfile.ZipFile(docx) as package:
        body = package.read("word/document.xml").decode()
    text = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", body))
    for entity, sign in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&#34;", '"'),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ):
        text = text.replace(entity, sign)
    return text
