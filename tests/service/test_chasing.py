"""The worklist in a book: notes travel with their rows, levels are logged, and an earlier day leaves it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from addin.model.cells import RawBook
from addin.model.ledger import typed_computed
from addin.model.tables import TABLES
from addin.rules.frames import integers
from addin.service.logs import Run, log_writes
from addin.service.refresh import refresh
from addin.service.showing import shown
from tests.oracle.build import contract, fixed, receipt
from tests.rules.engine import Tables, raw_book
from tests.service.test_books import NINE
from tests.service.written import with_cell, written

DAY, NEXT = date(2025, 3, 10), date(2025, 3, 20)
FIRM: Tables = {
    "settings": [{"key": "roll", "value": "none"}, {"key": "cooling_days", "value": "0"}],
    "customers": [
        {"customer_id": id, "name": f"Firm {id}", "email": "a@b.example", "address": "1 Road"} for id in "KJ"
    ],
    "contracts": [contract("C", "1000"), contract("D", "500", customer="J")],
    "milestones": [fixed("M", "1000", "03-01"), fixed("N", "500", "03-05", contract="D")],
}


def letter(key: str, level: int, sent: date | None, on: date) -> dict[str, Any]:
    return {
        "letter_id": key,
        "date": on,
        "customer_id": "K",
        "milestones": ("M",),
        "level": level,
        "kind": "reminder",
        "sent_on": sent,
    }


def book(**more: list[dict[str, Any]]) -> RawBook:
    """The book as a refresh on the day left it."""
    raw = raw_book({**FIRM, **more})
    return written(raw, refresh(raw, DAY, "en"), "en")


def with_rows(raw: RawBook, key: str, *rows: dict[str, Any]) -> RawBook:
    """The book with these rows in a table, in place of its own."""
    return replace(raw, tables={**raw.tables, key: raw_book({key: rows}).tables[key]})


def worklist(raw: RawBook) -> list[tuple[Any, ...]]:
    rows = typed_computed(raw, "worklist")
    return list(zip(rows["key"], integers(rows["level"]), rows["note"], strict=True))


def milestones(raw: RawBook, column: str) -> list[Any]:
    source = raw.tables["milestones"]
    return list(source.columns[TABLES["milestones"].places(source.headings)[column]])


def test_a_second_refresh_changes_nothing() -> None:
    again = refresh(book(), DAY, "en")
    assert (list(again.cells), list(again.tables)) == ([], [])


def test_what_people_noted_stays_with_its_customer_and_is_kept_when_the_row_goes() -> None:
    noted = with_cell(with_cell(book(), "worklist", "note", 1, "asked Kim"), "worklist", "confirm", 1, True)
    assert worklist(noted) == [("K CNY", 1, ""), ("J CNY", 1, "asked Kim")]
    sent = with_rows(noted, "letters", letter("L", 1, DAY, DAY))
    moved = written(sent, refresh(sent, NEXT, "en"), "en")
    assert worklist(moved) == [("K CNY", 2, ""), ("J CNY", 1, "asked Kim")]
    gone = with_rows(moved, "receipts", receipt("R", "03-15", "500", m="N"))
    (write,) = (each for each in refresh(gone, NEXT, "en").tables if each.table == "worklist")
    assert write.lost == [("J CNY", "note", "asked Kim")]


def test_notes_are_shown_beside_their_rows() -> None:
    noted = with_cell(book(), "worklist", "note", 1, "asked Kim")
    seen = shown(noted, refresh(noted, DAY, "en"), TABLES["worklist"], "en")
    at = list(TABLES["worklist"].by_key).index("note")
    assert [row[at] for row in seen.cells] == [None, "asked Kim"]


def test_the_log_tells_how_levels_rose() -> None:
    first = book(letters=[letter("L1", 1, DAY, DAY)])
    assert milestones(first, "reminder_level") == [1, ""]
    letters = [letter("L1", 1, DAY, DAY), letter("L2", 2, NEXT, NEXT)]
    more = replace(
        first, tables={**first.tables, "letters": raw_book({"letters": letters}).tables["letters"]}
    )
    result = refresh(more, NEXT, "en")
    logs = log_writes(more, result, Run(NINE, "Ann", "refresh"), "en", result.changes)
    rows = [
        row[1:] for write in logs if write.table == "changes" for row in write.frame.itertuples(index=False)
    ]
    assert ("Milestones", "M", "Reminder level", "1", "2") in [tuple(row) for row in rows]


@pytest.mark.parametrize(("as_of", "stays"), [(date(2025, 3, 14), True), (date(2025, 3, 15), False)])
def test_before_the_newest_letter_the_worklist_stays_as_it_stands(as_of: date, stays: bool) -> None:
    first = book()
    letters = [letter("L1", 1, date(2025, 3, 12), date(2025, 3, 15))]
    more = replace(
        first, tables={**first.tables, "letters": raw_book({"letters": letters}).tables["letters"]}
    )
    result = refresh(more, as_of, "en")
    columns = {write.column for write in result.cells if write.table == "milestones"}
    tables = {write.table for write in result.tables}
    told = [found.code for found in result.findings if found.code == "worklist_left_alone"]
    assert ("worklist" in tables, bool({"reminder_level", "next_action"} & columns)) == (not stays, not stays)
    assert told == (["worklist_left_alone"] if stays else [])
    assert "days_overdue" in columns, "figures are computed all the same"
    if stays:
        assert result.frames["worklist"]["key"].tolist() == ["K CNY", "J CNY"]
        assert result.frames["worklist"]["open"].tolist() == [100000, 50000]


@pytest.mark.parametrize(("command", "stays"), [("refresh", True), ("letters", True), ("language", False)])
def test_before_the_last_run_that_computed_one_too(command: str, stays: bool) -> None:
    runs = [{"run": 1, "at": "2025-04-01 09:00", "as_of": date(2025, 4, 1), "command": command}]
    result = refresh(raw_book({**FIRM, "runs": runs}), DAY, "en")
    assert ("worklist" not in {write.table for write in result.tables}) == stays


def left_alone(raw: RawBook, as_of: date) -> list[str]:
    findings = refresh(raw, as_of, "en").findings
    return [f"{each.message.en} | {each.cure.en}" for each in findings if each.code == "worklist_left_alone"]


def ran(*runs: tuple[str, date]) -> RawBook:
    """A book after refreshes: when, and as at which day."""
    rows = [
        {"run": number, "at": f"{at} 09:00", "as_of": as_of, "command": "refresh"}
        for number, (at, as_of) in enumerate(runs, 1)
    ]
    return raw_book({**FIRM, "runs": rows})


def test_a_run_that_left_the_worklist_alone_does_not_open_it_to_the_next() -> None:
    twice = ran(("2025-04-02", date(2025, 4, 1)), ("2025-04-02", DAY))
    (told,) = left_alone(twice, DAY)
    assert told == (
        "2025-03-10 is before the latest run (2025-04-01): worklist, reminder levels and next actions stay as they "
        "are | To renew them, refresh as at 2025-04-01 or later; if that day is wrong, take that run back "
        "(huikuan undo)"
    )


def test_a_look_into_the_future_stops_no_refresh_of_today() -> None:
    """As at 2052 instead of 2025: what counts is that somebody ran it on 03-10."""
    slip = ran(("2025-03-10", date(2052, 3, 10)))
    assert left_alone(slip, DAY) == [] and left_alone(slip, NEXT) == []
    assert len(left_alone(slip, date(2025, 3, 9))) == 1
    assert len(left_alone(ran(("last week", date(2025, 4, 1))), DAY)) == 1, "when it ran cannot be read"


def test_a_letter_of_a_wrong_day_is_named() -> None:
    raw = raw_book({**FIRM, "letters": [letter("L1", 1, None, date(2052, 3, 10))]})
    (told,) = left_alone(raw, DAY)
    assert "is before letter L1 (2052-03-10)" in told
    assert told.endswith("if that day is wrong, correct the date of that letter")


def test_an_invoice_that_failed_its_check_holds_until_somebody_handled_it() -> None:
    invoices = [
        {"invoice_no": "I", "contract_id": "C", "milestone_id": "M", "issued": DAY, "amount": 1000},
    ]
    for handled, blocked in ((None, ["invoice I failed its check", ""]), (True, ["", ""])):
        check = [{"key": "I price", "invoice_no": "I", "verdict": "fail", "handled": handled}]
        raw = raw_book({**FIRM, "invoices": invoices, "bill_check": check})
        rows = refresh(raw, DAY, "en").frames["worklist"]
        assert rows.sort_values("key", ascending=False)["blocked_by"].tolist() == blocked
