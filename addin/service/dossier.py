"""A book as at a day with everything that documents are made from; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from addin.files.memory import recall
from addin.files.save import Stamp, stamp
from addin.model.cells import RawBook
from addin.model.ledger import Ledger
from addin.model.result import Result
from addin.model.text import Language
from addin.rules.book import Book, replay_book
from addin.rules.policy import Policy
from addin.service.books import as_of_date, load_book
from addin.service.refresh import computed, typed


@dataclass(frozen=True)
class Dossier:
    """A workbook read once: its cells, ledger and settings, the replay to ``as_of``, and what a refresh shows.

    ``language`` is the book's own; ``read`` tells whether the file changed since it was read.
    """

    path: Path
    raw: RawBook
    language: Language
    as_of: date
    ledger: Ledger
    policy: Policy
    book: Book
    result: Result
    read: Stamp


def open_dossier(path: Path, *, today: date, as_of: date | None = None) -> Dossier:
    """LedgerError where the book cannot be read, holds no ledger or was made by a newer version."""
    read = stamp(path)
    raw, language = load_book(path)
    return dossier_of(path, raw, language, read, today=today, as_of=as_of)


def dossier_of(
    path: Path, raw: RawBook, language: Language, read: Stamp, *, today: date, as_of: date | None = None
) -> Dossier:
    """The same of cells that are read already, be it from an open book."""
    day = as_of_date(raw, as_of, today, language)
    source = typed(raw, day, language, recall(path))
    result = computed(raw, source, day, language)
    book = replay_book(source.ledger, source.policy, day)
    return Dossier(path, raw, language, day, source.ledger, source.policy, book, result, read)
