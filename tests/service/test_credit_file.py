"""The credit file in the book: its columns are written, grades are recorded, and a later quarter moves them up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.files.reader import read_book
from addin.model.cells import CellError, RawBook
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.service.demo import BOOK, make_demo
from addin.service.refresh import refresh
from addin.service.translating import translate_book
from tests.oracle.build import contract, fixed, receipt
from tests.rules.engine import Tables, raw_book
from tests.service import undone
from tests.service.test_histories import added, after, rows
from tests.service.undone import DAY, LATER, NINE, TODAY
from tests.service.written import places, with_cell

CREDIT = "grade score paydex usual_delay usual_method credit_limit exposure available suggested_terms".split()
CONTACTS = ["last_contact", "next_contact"]
NEXT_QUARTER = date(2026, 10, 1)
PAYING: Tables = {
    "customers": [
        {
            "customer_id": "K",
            "name": "Firm K",
            "cooperation_score": 90,
            "avg_monthly_sales": 500,
            "credit_months": 2,
        }
    ],
    "contracts": [contract("C", "1000")],
    "milestones": [fixed("M", "1000", "01-10", planned_date=date(2025, 1, 31))],
    "receipts": [receipt("R", "01-25", "1000", m="M", method="transfer")],
    "contacts": [{"contact_id": "V", "date": date(2026, 6, 1), "customer_id": "K"}],
}


def cells(raw: RawBook, columns: list[str]) -> list[Any]:
    """Of the first customer."""
    table = raw.tables["customers"]
    return [table.columns[places(table, "customers")[column]][0] for column in columns]


def grades(raw: RawBook) -> list[tuple[Any, ...]]:
    """Day, customer and grade of every grade on record."""
    words = ("信用等级", "Credit grade")
    return [(day, subject, value) for day, subject, measure, value in rows(raw) if measure in words]


def in_court(raw: RawBook, status: str) -> RawBook:
    return with_cell(raw, "contracts", "status", 0, status)


@pytest.fixture(scope="module")
def graded() -> RawBook:
    return after(raw_book(PAYING), DAY)


def test_every_column_is_written(graded: RawBook) -> None:
    # (45 × 70 + 20 × 90) ÷ 65 = 76.15, A; 500.00 × 2 × 80 %
    assert cells(graded, CREDIT) == ["A", 76.15, 70.0, 15.0, "Transfer", 800.0, 0.0, 800.0, "30/40/30 net 30"]
    assert cells(graded, CONTACTS) == [date(2026, 6, 1), date(2026, 7, 1)]


def test_the_grade_is_recorded_below_the_plan_and_once(graded: RawBook) -> None:
    assert [row[2] for row in rows(graded)] == ["Collection plan", "Credit grade"]
    assert grades(graded) == [(DAY, "K", "A")]
    again = refresh(graded, DAY, "en")
    assert not again.tables and not again.cells


def test_down_at_once_and_up_by_one_notch_a_quarter(graded: RawBook) -> None:
    fallen = after(in_court(graded, "legal"), DAY)
    assert grades(fallen) == [(DAY, "K", "A"), (DAY, "K", "C")]
    free = in_court(fallen, "active")
    assert added(free, DAY) == [], "in the same quarter the grade stays"
    risen = after(free, LATER)
    assert grades(risen)[2:] == [(LATER, "K", "B")] and cells(risen, ["grade"]) == ["B"]
    assert added(risen, date(2026, 9, 30)) == []
    higher = after(risen, NEXT_QUARTER)
    assert grades(higher)[3:] == [(NEXT_QUARTER, "K", "BB")]
    assert cells(higher, ["suggested_terms"]) == ["40/40/20 net 15"]


def test_as_at_an_earlier_day_the_record_of_that_day_counts_and_stays(graded: RawBook) -> None:
    risen = after(in_court(after(in_court(graded, "legal"), DAY), "active"), LATER)
    result = refresh(risen, DAY, "en")
    assert result.frames["customers"]["grade"].tolist() == ["C"]
    assert "history" not in {write.table for write in result.tables}
    before = refresh(risen, date(2026, 6, 29), "en")
    assert before.frames["customers"]["grade"].tolist() == ["A"], "nothing was on record then"
    assert "history_left_alone" in {found.code for found in before.findings}


def test_what_cannot_be_graded_keeps_its_grade_on_record(graded: RawBook) -> None:
    unpaid = with_cell(with_cell(graded, "receipts", "amount", 0, 0), "customers", "cooperation_score", 0, "")
    unpaid = with_cell(unpaid, "milestones", "trigger_date", 0, "")
    result = refresh(unpaid, DAY, "en")
    assert result.frames["customers"]["grade"].tolist() == [""]
    assert "history" not in {write.table for write in result.tables}


def test_ids_that_cannot_be_read_withdraw_no_grade(graded: RawBook) -> None:
    assert added(with_cell(graded, "customers", "customer_id", 0, CellError("#REF!")), LATER) == []
    renamed = after(with_cell(graded, "customers", "customer_id", 0, "Q"), DAY)
    assert grades(renamed)[1:] == [(DAY, "Q", "A"), (DAY, "K", "")], "a customer that went has an empty grade"


def test_a_score_out_of_range_is_told_and_counts_as_none(graded: RawBook) -> None:
    result = refresh(with_cell(graded, "customers", "cooperation_score", 0, 101), DAY, "en")
    assert [each.table for each in result.findings if each.code == "score_out_of_range"] == ["customers"]
    assert result.frames["customers"]["grade"].tolist() == ["BBB"]


def test_no_column_of_the_customers_is_marked_as_empty_for_now() -> None:
    assert not [column.key for column in TABLES["customers"].columns if column.later]


# --- in the file ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=LANGUAGES)
def demo(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path_factory.mktemp("credit")
    make_demo(folder, request.param, today=TODAY, now=NINE, by="tester")
    return folder / BOOK


def worse(book: Path) -> None:
    """Every contract in court."""
    for row in range(len(read_book(book).tables["contracts"].rows)):
        undone.typed(book, "contracts", "status", row, "legal")


def test_the_demo_grades_its_customers_and_a_second_refresh_writes_nothing(book: Path) -> None:
    raw = read_book(book)
    known, customers = grades(raw), raw.tables["customers"]
    held = customers.columns[places(customers, "customers")["grade"]]
    assert [grade for *_, grade in known] == [grade for grade in held if grade] and len(known) > 8
    assert len({grade for *_, grade in known}) > 3, "of every sort"
    content = book.read_bytes()
    assert undone.refresh(book, as_of=DAY).written is None
    assert book.read_bytes() == content


def test_undo_takes_grades_back_and_a_refresh_gives_them_again(book: Path) -> None:
    known = grades(read_book(book))
    worse(book)
    undone.refresh(book, as_of=DAY)
    fallen = read_book(book)
    more = grades(fallen)[len(known) :]
    assert more and {row[2] for row in more} == {"C"}
    assert undone.undo(book).clashes == ()
    assert grades(read_book(book)) == known
    undone.refresh(book, undone.datetime(2030, 1, 1, 13), as_of=DAY)
    assert grades(read_book(book)) == grades(fallen)


def test_in_the_other_language_terms_and_record_change_their_words_only(book: Path, demo: Path) -> None:
    raw = read_book(book)
    known, (terms,) = grades(raw), cells(raw, ["suggested_terms"])
    own: Language = "zh" if "，" in terms or "全额" in terms else "en"
    other: Language = "en" if own == "zh" else "zh"
    translate_book(book, other, today=TODAY, now=undone.TEN, by="tester")
    assert grades(read_book(book)) == known
    assert cells(read_book(book), ["suggested_terms"]) != [terms]
    report = undone.refresh(book, undone.ELEVEN, as_of=DAY)
    assert "typed_over" not in {found.code for found in report.result.findings}
    assert not [write for write in report.result.cells if write.table == "customers"]
    assert grades(read_book(book)) == known
