"""`explain` on a book: which rows an id names, which column is meant, what is said of ids that nobody knows."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest

from addin.model.finding import LedgerError
from addin.model.tables.parties import CUSTOMERS
from addin.model.text import Language
from addin.rules.explain.arithmetic import Money
from addin.service.demo import make_demo
from addin.service.explaining import Explained, explain_book

TODAY = date(2030, 1, 1)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    made = make_demo(folder, "en", today=TODAY, now=datetime(2030, 1, 1, 9), by="tester")
    return made.files[0]


def explained(book: Path, ref: str, field: str | None = None, **options: date | Language) -> Explained:
    return explain_book(book, ref, field, today=TODAY, **options)  # type: ignore[arg-type]  # as_of or language


def refused(book: Path, ref: str, field: str | None = None) -> str:
    with pytest.raises(LedgerError) as caught:
        explained(book, ref, field)
    assert caught.value.problem.zh
    return caught.value.problem.en


def test_one_figure_as_at_the_book_s_own_day_and_as_at_another(book: Path) -> None:
    now = explained(book, "HT-2025-003-3", "open")
    (only,) = now.explanations
    assert (now.as_of, only.field, only.value) == (date(2026, 6, 30), "open", Money(12_200_000, 2))
    (earlier,) = explained(book, "HT-2025-003-3", "open", as_of=date(2026, 4, 1)).explanations
    assert earlier.value == Money(17_200_000, 2), "before the receipt of 12 May"


@pytest.mark.parametrize("heading", ["days_overdue", "Days overdue", "逾期天数", " DAYS  OVERDUE"])
def test_a_column_is_named_by_key_or_heading(book: Path, heading: str) -> None:
    (only,) = explained(book, "HT-2025-003-3", heading).explanations
    assert (only.field, only.value) == ("days_overdue", 61)


def test_without_a_column_every_figure_of_the_row(book: Path) -> None:
    contract = explained(book, "HT-2025-003").explanations
    assert {each.row.table for each in contract} == {"contracts"}
    assert [each.field for each in contract][:3] == ["customer_name", "amount_in_force", "milestones_total"]
    customer = explained(book, "C011").explanations
    assert {each.field for each in customer} == {column.key for column in CUSTOMERS.owned_by("computed")}


def test_what_people_typed_and_what_has_no_rule_yet_is_said_to_be_so(book: Path) -> None:
    (typed,) = explained(book, "HT-2025-003-3", "term").explanations
    assert (typed.value, typed.rule.name.en) == ("NET 30", "Typed in")
    (later,) = explained(book, "HT-2025-003-3", "expected_date").explanations
    assert (later.value, later.rule.name.en) == (None, "Not computed yet")


def test_an_unknown_id_brings_near_ones(book: Path) -> None:
    assert "HT-2025-003-3" in refused(book, "ht-2025-003_3")
    assert "C011" in refused(book, "Orvenholt Packaging Inc")
    assert "milestones, contracts and customers" in refused(book, "%%%")


def test_an_unknown_column_brings_those_that_there_are(book: Path) -> None:
    assert "days_overdue" in refused(book, "HT-2025-003-3", "colour")
    assert "collected_rate" in refused(book, "HT-2025-003", "days_overdue")


def test_nothing_is_written(book: Path) -> None:
    before = hashlib.sha256(book.read_bytes()).hexdigest()
    explained(book, "HT-2025-003-3")
    assert hashlib.sha256(book.read_bytes()).hexdigest() == before
