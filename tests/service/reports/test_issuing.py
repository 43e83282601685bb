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
from addin.service.reports.making import make_reports
from addin.service.reports.orders import Wanted
from addin.service.reports.records import Records
from addin.service.undo_book import undo_book
from tests import tools
from tests.service.reports.conftest import TODAY
from tests.service.reports.documents import words
from tests.service.reports.ordering import NOW, change, make


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


def test_without_our_name_no_statement_goes_out(book: Path) -> None:
    change(book, "settings", key="company_name", value="")
    before = book.read_bytes()
    with pytest.raises(LedgerError) as refused:
        issue(book, customer="C009")
    assert refused.value.code == "no_company_name" and book.read_bytes() == before
    assert make(book, "statement", customer="C009").files


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


def test_a_statement_that_was_delivered_is_no_demand_in_the_pack(book: Path) -> None:
    issue(book, customer="C009")
    delivered = {"sent_on": date(2026, 7, 1), "delivered_on": date(2026, 7, 3), "proof": "EMS 1"}
    change(book, "letters", letter_id="DZ-20260630-C009-CNY", **delivered)
    order = Wanted("evidence", contract="HT-2025-005")
    (pack,) = make_reports(book, order, today=TODAY, as_of=date(2026, 7, 10)).made
    told = (pack.files[0] / "诉讼时效.csv").read_text(encoding="utf-8-sig")
    assert "2026-07-03,对账函送达（能否视为催告由律师判断）,DZ-20260630-C009-CNY,2029-07-03" in told
    assert "2026-03-25,催收函件送达,CK-2026-04" in told


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


def recorded(book: Path, number: str) -> Path:
    """The file that a record names."""
    row = Records(open_dossier(book, today=TODAY)).one("letters", number)
    assert row is not None
    file: Path = book.parent / row["file"]
    return file


class TestFiguresThatChangeWithinADay:
    FIRST, SECOND, THIRD = (f"DZ-20260630-C009-CNY{count}" for count in ("", "-2", "-3"))

    def test_are_another_statement_under_a_number_of_its_own(self, book: Path) -> None:
        """Paid, and taken back again: what is on record under a number is what its file says."""
        issue(book, customer="C009")
        change(
            book,
            "receipts",
            receipt_id="X-1",
            date=date(2026, 6, 30),
            milestone_id="HT-2026-002-2",
            amount=100,
        )
        assert issue(book, customer="C009").issued == (self.SECOND,)
        assert issue(book, customer="C009").issued == ()
        change(
            book,
            "receipts",
            receipt_id="X-2",
            date=date(2026, 6, 30),
            milestone_id="HT-2026-002-2",
            amount=-100,
        )
        assert issue(book, customer="C009").issued == (self.THIRD,)
        numbers = (self.FIRST, self.SECOND, self.THIRD)
        files = [recorded(book, number) for number in numbers]
        assert len(set(files)) == 3
        for number, file in zip(numbers, files, strict=True):
            others = set(numbers) - {number}
            assert f"第 {number} 号" in words(file) and not any(
                f"第 {other} 号" in words(file) for other in others
            )

    def test_are_told_by_a_draft_as_well(self, book: Path) -> None:
        assert issue(book, customer="C009").made[0].number == self.FIRST
        assert make(book, "statement", customer="C009").number == self.FIRST
        assert make(book, "statement", customer="C009", interest=True).number == self.SECOND
        (pack,) = make(book, "evidence", customer="C009").files[0].glob("往来对账函*.docx")
        assert f"第 {self.FIRST} 号" in words(pack)

    def test_count_as_changed_where_the_file_on_record_is_not_there_any_more(self, book: Path) -> None:
        issue(book, customer="C009")
        recorded(book, self.FIRST).unlink()
        assert issue(book, customer="C009").issued == (self.SECOND,)
        assert issue(book, customer="C009").issued == ()

    def test_are_told_of_a_pdf_too(self, book: Path) -> None:
        tools.program("soffice")
        assert issue(book, customer="C009", formats=("pdf",)).issued == (self.FIRST,)
        assert recorded(book, self.FIRST).suffix == ".pdf"
        again = issue(book, customer="C009", formats=("pdf",))
        assert again.issued == () and again.made[0].files == (recorded(book, self.FIRST),)
        change(
            book,
            "receipts",
            receipt_id="X-1",
            date=date(2026, 6, 30),
            milestone_id="HT-2026-002-2",
            amount=100,
        )
        assert issue(book, customer="C009", formats=("pdf",)).issued == (self.SECOND,)
