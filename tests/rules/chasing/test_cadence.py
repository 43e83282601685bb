"""Who is to be talked to on a day: each rule on its boundary, the day before and the day itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from addin.model.cells import RawBook
from addin.model.ledger import typed_computed
from addin.rules import credit_file
from addin.rules.chasing.cadence import ContactDue, cadence, contacts_due
from addin.rules.chasing.greetings import anniversary_near, festival_near
from addin.rules.chasing.worklist import worklist
from addin.rules.explain.desk import Desk
from addin.rules.explain.figures import explain
from tests.oracle.build import Cells, contract, day, fixed, receipt
from tests.rules.books import book_of, customer

SIGNED = {"signed": "01-02", "manager": "Rao"}
TABLES: dict[str, list[Cells]] = {
    "customers": [customer(language="en")],
    "contracts": [contract("C", "1000", **SIGNED)],
    "milestones": [fixed("M", "1000", "01-10")],
}


def due(on: str, grade: str = "", **more: list[Cells]) -> ContactDue | None:
    found = contacts_due(book_of({**TABLES, **more}, day(on)), {"K": grade} if grade else {})
    assert set(found) <= {"K"}
    return found.get("K")


def contact(on: str, planned: str | None = None, **more: object) -> Cells:
    next_date = day(planned) if planned else None
    return {
        "contact_id": f"{on} {planned}",
        "date": day(on),
        "customer_id": "K",
        "next_date": next_date,
        **more,
    }


def visit(deadline: str, **more: object) -> Cells:
    return {"task_id": "T", "step": "site visit", "kind": "visit", "deadline": day(deadline), **more}


# --- how often ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "amount", "days"),
    [
        ("AAA", "4999999.99", 30),
        ("AAA", "5000000", 15),
        ("BBB", "1000", 30),
        ("BB", "1000", 21),
        ("BB", "5000000", 15),
        ("B", "5000000", 14),
        ("C", "5000000", 7),
        ("", "1000", 30),
    ],
)
def test_larger_or_worse_is_sooner(grade: str, amount: str, days: int) -> None:
    more = {
        "contracts": [contract("C", amount, **SIGNED)],
        "milestones": [fixed("M", amount, "01-10")],
        "contacts": [contact("03-01")],
    }
    last = date.fromordinal(day("03-01").toordinal() + days)
    assert due(date.fromordinal(last.toordinal() - 1).isoformat(), grade, **more) is None
    found = due(last.isoformat(), grade, **more)
    assert found is not None
    assert found.act_by == last
    assert found.owner == "Rao"
    assert f"{days} days since the last contact (2025-03-01), {days} at the most" in found.reason.en


def test_the_settings_say_how_often() -> None:
    settings = {
        "contact_cadence_days": "20",
        "large_contract": "500",
        "large_cadence_days": "10",
        "cadence_grades": "A 12；C 3",
    }
    book = book_of(TABLES, day("03-01"), **settings)
    assert [cadence(book, grade, large).days for grade in ("", "A", "B", "C") for large in (False, True)] == [
        20, 10, 12, 10, 20, 10, 3, 3,
    ]  # fmt: skip


def test_a_letter_that_went_out_is_a_contact_one_that_was_only_made_is_not() -> None:
    letter = {"letter_id": "L", "date": day("02-20"), "customer_id": "K"}
    sent = {**letter, "sent_on": day("02-25")}
    contacts = [contact("02-01")]
    assert due("03-03", contacts=contacts, letters=[letter]) is not None
    assert due("03-26", contacts=contacts, letters=[sent]) is None
    assert due("03-27", contacts=contacts, letters=[sent]) is not None


def test_without_any_contact_the_time_runs_from_signing() -> None:
    assert due("01-31") is None
    found = due("02-01")
    assert found is not None
    assert "no contact on record since signing (2025-01-02)" in found.reason.en
    assert due("12-31", contracts=[contract("C", "1000")]) is None  # nobody knows since when


def test_who_owes_nothing_more_is_left_in_peace() -> None:
    assert due("06-30", receipts=[receipt("R", "01-20", "1000", m="M")]) is None
    assert due("06-30", receipts=[receipt("R", "01-20", "999.99", m="M")]) is not None
    assert due("06-30", contracts=[contract("C", "1000", status="closed", **SIGNED)]) is None
    assert due("06-30", milestones=[fixed("M", "1000")]) is not None  # pending: the project goes on


# --- follow-ups --------------------------------------------------------------------------------------------


def test_a_follow_up_is_due_on_its_day_and_stays_due_until_there_was_a_contact() -> None:
    contacts = [contact("03-01", "03-08", by="Lin", channel="wechat")]
    assert due("03-07", contacts=contacts) is None
    found = due("03-08", contacts=contacts)
    assert (
        found == ContactDue(found.reason, "wechat", "Lin", day("03-08")) if found else pytest.fail("not due")
    )
    assert found.reason.en == "follow-up planned for 2025-03-08"
    assert due("03-20", contacts=contacts) is not None
    assert due("03-20", contacts=[*contacts, contact("03-12")]) is None
    assert due("03-11", contacts=[*contacts, contact("03-12")]) is not None  # not yet, as at that day


def test_a_plan_further_off_than_the_cadence_stands() -> None:
    contacts = [contact("03-01", "05-01")]
    assert due("04-30", contacts=contacts) is None
    assert due("05-01", contacts=contacts) is not None


def test_a_contact_about_one_contract_leaves_the_plan_for_another() -> None:
    first = contact("03-01", "03-20", contract_id="C")
    assert due("03-20", contacts=[first, contact("03-10", contract_id="D")]) is not None
    assert due("03-20", contacts=[first, contact("03-10", contract_id="C")]) is None
    assert due("03-20", contacts=[first, contact("03-10")]) is None


def test_of_plans_made_on_one_day_the_earliest_counts_in_any_order() -> None:
    rows = [contact("03-01"), contact("03-01", "03-20"), contact("03-01", "03-10")]
    for each in (rows, rows[::-1]):
        assert due("03-09", contacts=each) is None
        assert due("03-10", contacts=each) is not None


# --- visits and greetings ----------------------------------------------------------------------------------


def test_a_visit_is_named_seven_days_before_its_deadline_until_it_is_done() -> None:
    recent = [contact("01-05", "12-31")]
    of_contract = visit("03-20", contract_id="C", owner="Sun")
    for task in (of_contract, visit("03-20", customer_id="K", owner="Sun")):
        assert due("03-12", contacts=recent, tasks=[task]) is None
        found = due("03-13", contacts=recent, tasks=[task])
        assert found is not None
        assert (found.channel, found.owner, found.act_by) == ("visit", "Sun", day("03-20"))
        assert due("04-30", contacts=recent, tasks=[task]) is not None
        done = {**task, "done_on": day("03-19")}
        assert due("03-18", contacts=recent, tasks=[done]) is not None
        assert due("03-19", contacts=recent, tasks=[done]) is None
    assert due("03-20", contacts=recent, tasks=[{**of_contract, "kind": "training"}]) is None


@pytest.mark.parametrize(
    ("on", "occasion"),
    [
        ("2026-02-09", None),
        ("2026-02-10", "Spring Festival"),
        ("2026-02-17", "Spring Festival"),
        ("2026-02-18", None),
        ("2026-09-17", None),
        ("2026-09-18", "Mid-Autumn Festival"),
        ("2026-09-25", "Mid-Autumn Festival"),
        ("2027-09-15", "Mid-Autumn Festival"),
        ("2012-09-30", "Mid-Autumn Festival"),
        ("2040-02-05", "Spring Festival"),
        ("1900-01-01", None),
    ],
)
def test_festivals_by_the_lunar_calendar(on: str, occasion: str | None) -> None:
    found = festival_near(date.fromisoformat(on))
    assert (found.occasion.en if found else None) == occasion


def test_greetings_go_to_those_whom_we_write_to_in_chinese_and_once() -> None:
    busy = {"contacts": [contact("2026-01-20", "2026-12-31")]}
    on = "2026-02-10"
    assert due(on, **busy) is None  # an English-speaking customer
    chinese = {**busy, "customers": [customer(language="zh")]}
    found = due(on, **chinese)
    assert found is not None
    assert found.act_by == date(2026, 2, 17)
    assert due(on, **{**chinese, "customers": [customer(language="zh", kind="overseas")]}) is None
    assert due(on, **{**chinese, "contracts": [contract("C", "1000", status="legal", **SIGNED)]}) is None
    greeted = [*busy["contacts"], contact("2026-02-10", "2026-12-31")]
    assert due(on, **{**chinese, "contacts": greeted}) is None


def test_the_anniversary_of_working_together() -> None:
    leap = date(2020, 2, 29)
    assert anniversary_near(leap, date(2020, 2, 29)) is None  # the first day is none
    assert anniversary_near(leap, date(2021, 2, 20)) is None
    found = anniversary_near(leap, date(2021, 2, 21))
    assert found is not None
    assert found.day == date(2021, 2, 28)
    assert anniversary_near(leap, date(2021, 3, 1)) is None
    over_new_year = anniversary_near(date(2020, 1, 2), date(2025, 12, 26))
    assert over_new_year is not None
    assert over_new_year.day == date(2026, 1, 2)
    assert anniversary_near(date(9998, 12, 31), date(9999, 12, 31)) is not None
    assert anniversary_near(date(2030, 1, 1), date(2025, 1, 1)) is None
    seen = due(
        "2026-03-28",
        customers=[customer(language="en", since=date(2016, 4, 2))],
        contacts=[contact("2026-03-01", "2026-12-31")],
    )
    assert seen is not None
    assert "anniversary 10" in seen.reason.en


def test_several_reasons_are_told_together_and_the_first_leads() -> None:
    found = due(
        "03-20", contacts=[contact("02-01", "03-10", by="Lin")], tasks=[visit("03-25", customer_id="K")]
    )
    assert found is not None
    assert (found.owner, found.channel, found.act_by) == ("Lin", "phone", day("03-10"))
    assert found.reason.en.split("; ") == [
        "follow-up planned for 2025-03-10",
        'visit "site visit" by 2025-03-25',
        "47 days since the last contact (2025-02-01), 30 at the most (every customer)",
    ]
    assert "；" in found.reason.zh


@pytest.mark.parametrize("held_back", [False, True])
def test_a_contact_that_is_due_is_told_in_the_row_of_the_customers_reminder(held_back: bool) -> None:
    status = {"status": "legal"} if held_back else {}
    ledger = {**TABLES, "contracts": [contract("C", "1000", **SIGNED, **status)]}
    made = book_of({**ledger, "contacts": [contact("03-01", "03-08")]}, day("03-09"))
    (found,) = worklist(made, {}, contacts=contacts_due(made, {}))
    assert found.level is not None and bool(found.holds) is held_back
    assert found.reason.en.endswith("; follow-up planned for 2025-03-08")
    assert found.reason.zh.endswith("；约定 2025-03-08 跟进")
    if held_back:
        assert found.next_action.en == "Get in touch: Phone; Wait: Reminder (level 1)"
        assert found.act_by == day("03-08")
    else:
        assert found.next_action.en.startswith("E-mail") or found.next_action.en.startswith("Send")


def test_a_contact_that_is_due_goes_before_what_only_waits() -> None:
    """K's reminder waits for the court, and so does that of J, who is larger; but K expects our call."""
    legal = {"status": "legal", **SIGNED}
    ledger = {
        **TABLES,
        "customers": [*TABLES["customers"], customer("J")],
        "contracts": [contract("C", "1000", **legal), contract("D", "9000", customer="J", **legal)],
        "milestones": [*TABLES["milestones"], fixed("N", "9000", "01-10", contract="D")],
    }
    said = [contact("03-01", "03-08"), {**contact("03-05"), "contact_id": "Z", "customer_id": "J"}]
    made = book_of({**ledger, "contacts": said}, day("03-09"))
    assert [each.customer for each in worklist(made, {}, contacts=contacts_due(made, {}))] == ["K", "J"]


def test_nothing_of_it_depends_on_the_order_of_the_sheet() -> None:
    contacts = [contact("02-01", "03-10"), contact("02-10", "03-12", contract_id="C"), contact("01-10")]
    tasks = [visit("03-15", customer_id="K"), {**visit("03-12", contract_id="C"), "task_id": "U"}]
    seen = {
        due("03-14", contacts=a, tasks=b) for a in (contacts, contacts[::-1]) for b in (tasks, tasks[::-1])
    }
    assert len(seen) == 1


# --- the same days in the customers table ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "scores", "days", "why"),
    [
        ("1000", "85", 30, "After the latest contact:"),
        ("5000000", "85", 15, "After the latest contact (a large contract):"),
        ("5000000", "45", 14, "After the latest contact (grade B):"),
    ],
)
def test_the_next_contact_of_the_customers_table_keeps_the_cadence(
    amount: str, scores: str, days: int, why: str
) -> None:
    rated = {"cooperation_score": Decimal(scores)}
    book = book_of(
        {
            "customers": [customer(language="en", **rated)],
            "contracts": [contract("C", amount, **SIGNED)],
            "milestones": [fixed("M", amount, "12-10")],
            "contacts": [contact("02-01")],
        },
        day("02-10"),
        language="en",
    )
    history = typed_computed(RawBook({}), "history")
    planned = credit_file.customers(book, history, "en")["next_contact"].iloc[0]
    assert planned.date() == date.fromordinal(day("02-01").toordinal() + days)
    row = Desk(book, history, "en").row("customers", "K")
    assert row is not None
    last = explain(Desk(book, history, "en"), row, "next_contact").steps[-1]
    assert last.text.en.startswith(why)
    assert last.text.en.endswith(planned.date().isoformat())
