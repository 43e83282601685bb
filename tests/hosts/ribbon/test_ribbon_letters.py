"""The button that writes letters on a live book: the same files and cells as the command line gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin.files.memory import recall
from addin.files.reader import read_book
from addin.model.cells import RawBook
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.letters.making import Made
from addin.service.letters.writing import Wish, letters_book
from tests.hosts.ribbon.conftest import Copy
from tests.hosts.ribbon.live import ELEVEN, TEN, cell, differences, pressed, refused, saved, select
from tests.service.letters.calls import files_in, row_of
from tests.service.undone import typed


def tick(book: Any, raw: RawBook, key: str) -> None:
    places = TABLES["worklist"].places(raw.tables["worklist"].headings)
    row = list(raw.tables["worklist"].columns[places["key"]]).index(key)
    cell(book, raw, "worklist", "confirm", row).value = True


def test_drafts_for_all_where_nothing_of_the_ledger_is_selected(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    screen = copy("screen")
    book = excel.open(screen)
    before = saved(book, tmp_path / "before.xlsx")
    pressed(excel, "letters")
    assert differences(before, saved(book, tmp_path / "after.xlsx")) == []
    assert "drafts 5, issued 0, held back 5" in str(excel.app.status_bar)
    assert len(files_in(screen.parent / "letters")) == 6


def test_drafts_for_the_customer_of_the_selected_row(excel: Any, copy: Copy) -> None:
    screen = copy("screen")
    book, raw = excel.open(screen), read_book(screen)
    ids = TABLES["customers"].places(raw.tables["customers"].headings)["customer_id"]
    row = list(raw.tables["customers"].columns[ids]).index("C009")
    select(cell(book, raw, "customers", "name", row))
    pressed(excel, "letters")
    [made] = files_in(screen.parent / "letters")
    assert "CK-2026-12" in made.name


def test_what_is_ticked_is_issued_and_every_cell_is_as_after_the_command_line(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    screen, file = copy("screen"), copy("file")
    book, raw = excel.open(screen), read_book(screen)
    for key in ("C009 CNY", "C003 CNY"):
        tick(book, raw, key)
    book.api.SaveCopyAs(str(file))
    letters_book(file, Wish(), today=TEN.date(), now=TEN, by="tester")
    pressed(excel, "letters")
    assert "issued 2" in str(excel.app.status_bar)
    assert differences(read_book(file), saved(book, tmp_path / "saved.xlsx")) == []
    names = [path.relative_to(file.parent) for path in files_in(file.parent / "letters")]
    assert names == [path.relative_to(screen.parent) for path in files_in(screen.parent / "letters")]
    assert all((recall(screen)[name] == marks).all() for name, marks in recall(file).items())

    pressed(excel, "undo", ELEVEN)
    assert len(saved(book, tmp_path / "undone.xlsx").tables["letters"].rows) == len(
        raw.tables["letters"].rows
    )


def test_where_the_sheet_has_no_room_nothing_is_issued(excel: Any, copy: Copy) -> None:
    screen = copy("screen")
    book, raw = excel.open(screen), read_book(screen)
    tick(book, raw, "C009 CNY")
    cell(book, raw, "letters", "customer_id", raw.tables["letters"].size).value = "mine"
    assert "is not empty" in refused(excel, "letters")
    assert not (screen.parent / "letters").exists()


def test_what_is_to_be_known_of_the_letters_is_said_as_the_command_line_says_it(
    excel: Any, copy: Copy
) -> None:
    """No account of ours (in every letter), and one customer without an address."""
    screen = copy("screen")
    typed(screen, "settings", "value", row_of(screen, "settings", "company_account"), "")
    for column in ("address", "service_address"):
        typed(screen, "customers", column, row_of(screen, "customers", "C009"), "")
    excel.open(screen)
    pressed(excel, "letters")
    said = str(excel.app.status_bar)
    assert said.count("does not say where to pay") == 1 and " and 4 more: our name, bank or account" in said
    assert "Linlan Ruiyi Electronics Ltd.: no address" in said
    assert said.index("drafts 5") < said.index("no address") < said.index("files in")


def test_what_could_not_be_made_is_said(monkeypatch: pytest.MonkeyPatch, excel: Any, copy: Copy) -> None:
    excel.open(copy("screen"))
    monkeypatch.setattr(
        "addin.service.letters.making._pdfs",
        lambda *_: Made(problems=(Text("没有 PDF。", "No PDF was made."),)),
    )
    pressed(excel, "letters")
    assert "; No PDF was made; " in str(excel.app.status_bar)
