"""Ledgers of one or two customers for the worklist: contract C of customer K, milestone M of 1,000 due on 03-01."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addin.rules.book import Book
from addin.rules.chasing.columns import milestone_columns
from addin.rules.chasing.proposal import Proposal
from addin.rules.chasing.worklist import chase, worklist
from addin.rules.frames import integers
from tests.oracle.build import Cells, contract, day, fixed
from tests.rules.books import book_of, customer

FILE = {"email": "k@k.example", "address": "1 Road", "contact": "Kim", "phone": "000-1"}
BASE: dict[str, list[Cells]] = {
    "customers": [customer(**FILE)],
    "contracts": [contract("C", "1000", manager="Rao")],
    "milestones": [fixed("M", "1000", "02-01", term="net 28")],
}


def letter(key: str, level: int | None, sent: str | None, *names: str, **more: Any) -> Cells:
    """A reminder of the milestones (M alone where none is named), of the day on which it was sent."""
    return {
        "letter_id": key,
        "date": day(sent or more.pop("date")),
        "customer_id": "K",
        "milestones": names or ("M",),
        "level": level,
        "kind": "reminder",
        "sent_on": sent and day(sent),
        **more,
    }


def promise(
    key: str, made: str, on: str, amount: int = 1000, milestone: str | None = "M", **more: Any
) -> Cells:
    return {
        "promise_id": key,
        "made_on": day(made),
        "customer_id": "K",
        "milestone_id": milestone,
        "amount": amount,
        "promised_date": day(on),
        **more,
    }


def level(number: int, mode: str, days: int, channel: str = "letter", **more: Any) -> Cells:
    return {
        "level": number,
        "mode": mode,
        "days": days,
        "channel": channel,
        "name_en": f"Step {number}",
        **more,
    }


def book(on: str, settings: Mapping[str, str] | None = None, **tables: list[Cells]) -> Book:
    return book_of({**BASE, **tables}, day(on), **{"cooling_days": "0", **(settings or {})})


def rows(
    on: str, grade: str = "", settings: Mapping[str, str] | None = None, **tables: list[Cells]
) -> list[Proposal]:
    return worklist(book(on, settings, **tables), {"K": grade} if grade else {})


def row(
    on: str, grade: str = "", settings: Mapping[str, str] | None = None, **tables: list[Cells]
) -> Proposal | None:
    """The only row, if there is one."""
    found = rows(on, grade, settings, **tables)
    assert len(found) <= 1
    return found[0] if found else None


def step(on: str, grade: str = "", **tables: list[Cells]) -> int | None:
    """The level of the only row, which nothing holds back; None without a row."""
    found = row(on, grade, **tables)
    if found is None:
        return None
    assert not found.holds, [hold.code for hold in found.holds]
    assert found.level is not None
    return found.level.number


def held(
    on: str, grade: str = "", settings: Mapping[str, str] | None = None, **tables: list[Cells]
) -> list[str]:
    """What holds the only row back, as "code until": empty where it may go out."""
    found = row(on, grade, settings, **tables)
    assert found is not None
    return [f"{hold.code} {hold.until:%m-%d}" if hold.until else hold.code for hold in found.holds]


def columns(on: str, **tables: list[Cells]) -> dict[str, tuple[Any, str]]:
    """Reminder level and next action of each milestone, in English."""
    made = book(on, **tables)
    shown = milestone_columns(chase(made, {}), "en")
    ids = [each.id for each in made.milestones]
    return dict(
        zip(
            ids,
            zip(integers(shown["reminder_level"]), shown["next_action"].tolist(), strict=True),
            strict=True,
        )
    )
