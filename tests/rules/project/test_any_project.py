"""Whatever stands in the sheets: findings are in both languages and at their place, and nothing dated later is seen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.model.tables import TABLES
from addin.rules.chasing.cadence import contacts_due
from addin.rules.project.findings import project_findings
from addin.rules.project.steps import missing_steps
from tests.oracle.build import Cells
from tests.rules.books import book_of
from tests.rules.engine import FIRST_ROW

DAY = date(2025, 6, 30)
WORDS = st.sampled_from(["", "Rao", " a \n b ", "=1+1", "{{ x }}", "验收" * 200])
DATES = st.one_of(st.none(), st.integers(-400, 400).map(lambda days: DAY + timedelta(days)))
FLAGS = st.sampled_from([None, True, False])


def choices(table: str, column: str) -> Any:
    return st.sampled_from(["", *(key for key, _ in TABLES[table][column].choices)])


def rows(table: str, most: int, **columns: Any) -> Any:
    """Up to so many rows with an id each."""
    identity = TABLES[table].identity[0]
    return st.lists(st.fixed_dictionaries(columns), max_size=most).map(
        lambda found: [{identity: f"{table}{number}", **row} for number, row in enumerate(found)]
    )


SHEETS = st.fixed_dictionaries(
    {
        "customers": st.fixed_dictionaries(
            {"kind": choices("customers", "kind"), "since": DATES, "language": choices("customers", "language")}
        ).map(lambda row: [{"customer_id": "K", "name": "Firm K", **row}]),
        "contracts": rows(
            "contracts", 3, customer_id=st.just("K"), amount=st.integers(0, 10**7), signed=DATES,
            kind=choices("contracts", "kind"), status=choices("contracts", "status"), forum=WORDS, manager=WORDS,
            inspection_days=st.sampled_from([None, 0, 10]), back_to_back=FLAGS, completed=DATES,
            late_rate_daily=st.sampled_from([None, 0, 0.0005]), settlement_meeting=DATES,
        ),
        "milestones": rows(
            "milestones", 4, contract_id=st.sampled_from(["contracts0", "contracts1", "gone"]),
            amount_fixed=st.integers(0, 10**5), trigger=choices("milestones", "trigger"), trigger_date=DATES,
            term=st.sampled_from(["", "NET 30", "EOM"]), category=choices("milestones", "category"),
            submitted_on=DATES, rejected_on=DATES, accepted_by=WORDS, planned_date=DATES, owner=WORDS,
        ),
        "disputes": rows(
            "disputes", 3, milestone_id=st.sampled_from(["milestones0", "gone"]), opened=DATES, closed=DATES,
            amount=st.sampled_from([None, 10]), our_fault=FLAGS, owner=WORDS, resolution=WORDS,
        ),
        "promises": rows(
            "promises", 3, customer_id=st.just("K"), milestone_id=st.sampled_from(["", "milestones0", "gone"]),
            made_on=DATES, promised_date=DATES, withdrawn_on=DATES, amount=st.sampled_from([None, 50, 10**6]),
        ),
        "tasks": rows(
            "tasks", 4, contract_id=st.sampled_from(["", "contracts0", "gone"]), step=WORDS,
            kind=choices("tasks", "kind"), owner=WORDS, deadline=DATES, done_on=DATES, case_no=WORDS, court=WORDS,
        ),
        "contacts": rows(
            "contacts", 3, customer_id=st.sampled_from(["K", "gone"]), contract_id=st.sampled_from(["", "contracts0"]),
            date=DATES, next_date=DATES, channel=choices("contacts", "channel"), by=WORDS,
        ),
        "reschedules": rows(
            "reschedules", 3, milestone_id=st.sampled_from(["milestones0", "milestones1"]), agreed_on=DATES,
            new_due=DATES, amount=st.sampled_from([None, 40]), agreement_no=st.sampled_from(["", "A"]),
        ),
    }
)  # fmt: skip

LATER = {"disputes": "opened", "promises": "made_on", "contacts": "date", "reschedules": "agreed_on"}
"""The day on which a row of these tables comes to be."""


@settings(max_examples=40, deadline=None)
@given(SHEETS)
def test_findings_have_words_and_a_place_that_is_there(sheets: dict[str, list[Cells]]) -> None:
    book = book_of(sheets, DAY)
    for each in project_findings(book):
        assert each.table in TABLES
        assert each.column is None or each.column in TABLES[each.table].by_key
        assert each.row is None or FIRST_ROW <= each.row < FIRST_ROW + len(sheets[each.table])
        for words in (*each.message, *each.cure):
            assert words and words == words.strip() and "\n" not in words and len(words) < 1000
    for step in missing_steps(book):
        assert step.done <= book.day and (not step.deadline or step.deadline >= book.day)
        assert not (step.done and step.deadline)


@settings(max_examples=40, deadline=None)
@given(SHEETS)
def test_what_is_dated_later_is_not_seen_yet(sheets: dict[str, list[Cells]]) -> None:
    known = {
        key: [row for row in found if key not in LATER or row[LATER[key]] is None or row[LATER[key]] <= DAY]
        for key, found in sheets.items()
    }
    one, other = book_of(sheets, DAY), book_of(known, DAY)

    def said(book: Any) -> list[tuple[str, str]]:
        return sorted((each.code, each.message.en) for each in project_findings(book))

    assert said(one) == said(other)
    assert contacts_due(one, {}) == contacts_due(other, {})
