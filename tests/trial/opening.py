"""Other programs open a workbook: openpyxl, calamine, LibreOffice, Microsoft's validator."""

from __future__ import annotations

import shutil
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from tests import tools
from tests.trial.audit import audit


def refusals(path: Path) -> set[str]:
    """Which readers do not open the book."""
    found = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, load in (("openpyxl", openpyxl.load_workbook), ("calamine", _calamine)):
            try:
                load(path)
            except Exception:  # whatever a reader raises is its refusal
                found.add(name)
    return found


def _calamine(path: Path) -> None:
    book = python_calamine.load_workbook(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def faults(path: Path) -> Counter[str]:
    """What the validator and the audit say against a book, without the places where they saw it."""
    found = Counter(f"validator: {_kind(error)}" for error in tools.validate(path))
    return found + Counter(f"audit: {fault}" for fault in audit(path))


def _kind(error: dict[str, Any]) -> str:
    return f"{error.get('id')} {error.get('description')}"


def office_opens(books: Sequence[Path], folder: Path, profile: Path, at_once: int = 25) -> list[Path]:
    """The books that LibreOffice does not turn into another file, `at_once` to a start of it."""
    program = tools.program("soffice")
    folder.mkdir(parents=True, exist_ok=True)
    refused: list[Path] = []
    for start in range(0, len(books), at_once):
        some = books[start : start + at_once]
        names = [folder / f"in{start + place}{book.suffix}" for place, book in enumerate(some)]
        for book, name in zip(some, names, strict=True):
            shutil.copyfile(book, name)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "ods", "--outdir", str(folder / "out"), *map(str, names)]
        tools.run_bounded(command, 120 + 40 * len(some))
        for book, name in zip(some, names, strict=True):
            made = folder / "out" / f"{name.stem}.ods"
            if not made.is_file() or made.stat().st_size == 0:
                refused.append(book)
            made.unlink(missing_ok=True)
            name.unlink()
    return refused
