"""`upgrade` on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from addin.service.newbook import new_book


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
