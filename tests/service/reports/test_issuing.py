"""Statements of account on record: once, all or nothing, and taken back by undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.books import load_book
from addin.service.dossier import open_dossier
from addin.service.reports.issuing import issue_statements
from addin.service.reports.orders import Wanted
from addin.service.reports.records import Records
from addin.service.undo_book import undo_book
from tests.service.reports.conftest import TODAY
from tests.service.reports.ordering import NOW, change


def on_record(book: Path) -> list[Any]:
    raw, _ = load_book(book)
    source = raw.tables["letters"]
    return list(source.columns[TABLES["letters"].places(source.headings)["letter_id"]])


def issue(book: Path, **more: Any) -> Any:
    return issue_statements(book, Wanted("statement", **more), today=TODAY, now=NOW, by="tester")


def test_a_statement_goes_on_record_once_and_undo_takes_it_back(book: Path) -> None:
    before = on_record(book)
    first, second = issue(book, customer="C009"), issue(book, customer="C009")
    assert first.issued == ("DZ-20260630-C009-CNY",) and second.issued == () and second.backup is None
    assert on_record(book) == [*before, "DZ-20260630-C009-CNY"]
    records = Records(open_dossier(book, today=TODAY))
    row = records.one("letters", "DZ-20260630-C009-CNY")
    assert row is not None and (row["kind"], row["level"], row["sent_on"]) == ("statement", None, None)
    assert row["milestones"] == ("HT-2025-005-2", "HT-2026-002-2") and row["date"] == date(2026, 6, 30)
    assert (book.parent / row["file"]).read_bytes() == first.made[0].files[0].read_bytes()
    undo_book(book, now=NOW, by="tester")
    assert on_record(book) == before


def test_statements_of_two_contracts_on_one_day_both_go_on_record(book: Path) -> None:
    before = on_record(book)
    issue(book, contract="HT-2025-005")
    issue(book, contract="HT-2026-002")
    issue(book, customer="C009")
    numbers = [f"DZ-20260630-{about}-CNY" for about in ("C009-HT-2025-005", "C009-HT-2026-002", "C009")]
    assert on_record(book) == [*before, *numbers]


@pytest.mark.parametrize("whom", ["contract", "customer"])
def test_an_empty_id_is_not_everybody(book: Path, whom: str) -> None:
    before = on_record(book)
    with pytest.raises(LedgerError) as refused:
        issue(book, **{whom: ""})
    assert refused.value.code == "bad_option" and on_record(book) == before


def test_a_signed_reply_starts_limitation_anew(book: Path) -> None:
    issue(book, customer="C009")
    change(book, "letters", letter_id="DZ-20260630-C009-CNY", sent_on=date(2026, 7, 1), reply_on=date(2026, 7, 10),
           confirmed_amount=700000)  # fmt: skip
    found = Records(open_dossier(book, today=TODAY, as_of=date(2026, 7, 20))).one("contracts", "HT-2026-002")
    assert found is not None and found["limitation"] == date(
        2029, 7, 13
    )  # due 13 July 2026: later than the reply
    found = Records(open_dossier(book, today=TODAY, as_of=date(2026, 7, 20))).one(
        "milestones", "HT-2025-005-2"
    )
    assert found is not None and found["limitation"] == date(2029, 7, 10)


def test_where_the_save_fails_the_files_go_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("addin.service.reports.issuing.save", full)
    before = book.read_bytes()
    with pytest.raises(OSError, match="disk full"):
        issue(book, customer="C009")
    assert book.read_bytes() == before
    assert [path for path in (book.parent / "reports").rglob("*") if path.is_file()] == []


def test_only_statements_go_on_record_and_not_before_the_newest_letter(book: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(LedgerError):
        issue_statements(book, Wanted("card", customer="C009"), today=TODAY, now=NOW, by="tester")
    with pytest.raises(LedgerError) as stopped:
        issue_statements(book, Wanted("statement", customer="C009"), today=TODAY, now=NOW, by="tester",
                         as_of=date(2026, 6, 1))  # fmt: skip
    assert stopped.value.code == "earlier_than_issued" and book.read_bytes() == before
