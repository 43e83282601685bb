"""`language` on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from addin.service.newbook import new_book


def test_a_book_is_switched_and_told_in_its_new_language(tmp_path: Path, run_huikuan: Any) -> None:
    book = new_book(tmp_path / "book.xlsx", "zh")
    switched = run_huikuan("language", book, "en", cwd=tmp_path)
    assert switched.exit_code == 0 and "now in English" in switched.stdout
    assert "Milestones" in load_workbook(book).sheetnames
    again = run_huikuan("language", book, "en", "--json", cwd=tmp_path)
    assert (again.exit_code, again.json["changed"], again.json["backup"]) == (0, False, None)


def test_another_language_is_refused(tmp_path: Path, run_huikuan: Any) -> None:
    book = new_book(tmp_path / "book.xlsx", "zh")
    before = book.read_bytes()
    refused = run_huikuan("language", book, "fr", cwd=tmp_path)
    assert refused.exit_code == 2 and "fr" in refused.stderr
    assert book.read_bytes() == before
