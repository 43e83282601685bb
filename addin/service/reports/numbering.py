"""The number of a statement of account: one number is one paper, so that what is on record and its file agree."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from addin.documents.report_facts import Statement
from addin.service.reports.records import Record, Records


def numbered(
    records: Records, facts: Statement, document: Callable[[Statement], bytes]
) -> tuple[Statement, bytes]:
    """The statement and its Word document under the number of the one on record that says the same, else a new one.

    Figures that change within a day, another language, or interest beside the principal give another paper; so does
    a recorded file that somebody edited or moved, for nobody can tell then. Only the newest on record counts.
    """
    last, free = _on_record(records, facts.head.number)
    if last is not None:
        again = _under(facts, last["letter_id"])
        made = document(again)
        if _is_file(records.dossier.path.parent / last["file"], made, records):
            return again, made
    new = _under(facts, free)
    return new, document(new)


def _on_record(records: Records, first: str) -> tuple[Record | None, str]:
    """The newest of a day's papers on record, and the first number that is free: ``first``, then counted from 2."""
    last, free, place = None, first, 1
    while (row := records.one("letters", free)) is not None:
        last, place = row, place + 1
        free = f"{first}-{place}"
    return last, free


def _under(facts: Statement, number: str) -> Statement:
    return replace(facts, head=replace(facts.head, number=number))


def _is_file(file: Path, made: bytes, records: Records) -> bool:
    """Whether the file on record is this document; of a PDF, whether it is what the office makes of it."""
    try:
        kept = file.read_bytes() if file.is_file() else b""
    except (OSError, ValueError):  # a cell that is no path, a folder that is closed to us
        return False
    if file.suffix.lower() != ".pdf" or not kept:
        return kept == made
    from addin.documents.office import pdfs, timeless

    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "statement.docx")
        document.write_bytes(made)
        printed = pdfs([document], Path(folder)).made.get(document)
        return printed is not None and timeless(printed.read_bytes(), records.as_of) == kept
