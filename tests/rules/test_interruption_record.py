"""What interrupts limitation, told row by row, is what the ledger counts: the same days, and the same last day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from addin.model.days import NO_DAY
from addin.rules.book import own_days
from addin.rules.interruption_record import counted, of_contract
from addin.rules.limitation import Limitation
from addin.rules.limitation_columns import interruptions
from addin.rules.workdays import Calendar
from tests.oracle.build import contract, fixed, receipt
from tests.oracle.random_ledgers import random_tables
from tests.rules.books import book_of, customer


def test_random_ledgers_day_by_day_and_to_the_last_day() -> None:
    seen: Counter[str] = Counter()
    for seed in range(30):
        tables, days = random_tables(seed)
        for as_of in (days[2], days[-1] + timedelta(days=900)):
            book = book_of(tables, as_of)
            found = interruptions(book.ledger, book.receipts, book.day)
            rule = Limitation(Calendar(own_days(book.ledger.frames)))
            for place, each in enumerate(book.contracts):
                told = of_contract(book, each)
                assert {one.day for one in told} == found.of_whole_contract(each), (seed, as_of, each.id)
                seen.update(one.table for one in told)
                start = int(book.limitation.last_due[place])
                if start != NO_DAY:
                    ends = dict(counted(rule, start, [one.day for one in told]))
                    last = ends[max(ends)] if ends else rule.ends(start)
                    assert last == book.limitation.contracts[place]
                    seen["begun anew"] += bool(ends)
                    seen["too late"] += any(one.day > last for one in told)
    for kind in ("receipts", "letters", "reschedules", "contacts", "tasks", "begun anew"):
        assert seen[kind] >= 5, (kind, seen)


def test_each_names_the_row_that_proves_it() -> None:
    book = book_of(
        {
            "customers": [customer()],
            "contracts": [contract("C", "1000")],
            "milestones": [fixed("M", "600", "01-10"), fixed("N", "400", "02-10")],
            "receipts": [receipt("R", "03-01", "100", m="M")],
            "letters": [
                {"letter_id": "L", "date": "2025-03-05", "customer_id": "K", "milestones": "N", "kind": "demand",
                 "sent_on": "2025-03-05", "delivered_on": "2025-03-08", "proof": "EMS 1"},
                {"letter_id": "S", "date": "2025-04-01", "customer_id": "K", "kind": "statement",
                 "sent_on": "2025-04-01", "reply_on": "2025-04-09", "confirmed_amount": "900"},
                {"letter_id": "U", "date": "2025-05-01", "customer_id": "K", "kind": "demand",
                 "sent_on": "2025-05-01", "delivered_on": "2025-05-03"},
            ],
        },
        date(2025, 6, 30),
    )  # fmt: skip
    told = [(date.fromordinal(each.day).isoformat(), each.id, each.column, each.milestones) for each in
            of_contract(book, book.contracts[0])]  # fmt: skip
    assert told == [
        ("2025-03-01", "R", "date", ("M",)),
        ("2025-03-08", "L", "delivered_on", ("N",)),
        ("2025-04-09", "S", "reply_on", ()),
    ]  # a demand without proof of delivery interrupts nothing
