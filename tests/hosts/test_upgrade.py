"""`upgrade` on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from addin.service.newbook import new_book
from tests.service.test_upgrading import older


def test_what_was_added_is_told_and_a_second_run_has_nothing_to_do(tmp_path: Path, run_huikuan: Any) -> None:
    book = new_book(tmp_path / "book.xlsx", "en")
    made = load_workbook(book)
    del made["History"]
    made.save(book)
    first = run_huikuan("upgrade", book, "--json", cwd=tmp_path)
    assert first.exit_code == 0
    assert (first.json["changed"], first.json["sheets"], first.json["columns"]) == (True, ["History"], {})
    assert Path(first.json["backup"]).is_file()
    second = run_huikuan("upgrade", book, cwd=tmp_path)
    assert second.exit_code == 0 and "nothing was written" in second.stdout


@pytest.mark.parametrize(
    ("spoken", "line"), [("zh", "“检查”的新列：Left、Right"), ("en", "new columns of Checks: Left, Right")]
)
def test_tables_are_named_to_the_reader_and_columns_as_the_book_has_them(
    tmp_path: Path, run_huikuan: Any, spoken: str, line: str
) -> None:
    book = older(new_book(tmp_path / "book.xlsx", "en"), "en")
    told = run_huikuan("upgrade", book, "--lang", spoken, cwd=tmp_path)
    assert told.exit_code == 0 and line in told.stdout
