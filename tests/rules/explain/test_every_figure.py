"""Every figure of the demo and of random ledgers, reckoned again from its explanation alone, and its rows looked up.

More seeds: `python -m tests.rules.explain.test_every_figure 0 500`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.desk import SUBJECTS, Desk
from addin.rules.explain.figures import TELLERS
from addin.rules.explain.steps import Explanation, Row, Term
from tests.oracle.random_credit import with_credit
from tests.oracle.random_ledgers import random_tables
from tests.rules.explain.ledgers import Sheets, demo, sheets
from tests.rules.explain.reckoner import HOW, reckoned
from tests.rules.side_by_side import DAYS

SEEDS = range(20)
ROLLS = ("following", "none", "preceding")
DEMO_DAYS = (date(2026, 6, 30), date(2025, 9, 30))
CHINESE = re.compile("[\u4e00-\u9fff]")


def random_sheets(seed: int, day: date) -> Sheets:
    return sheets(with_credit(random_tables(seed)[0], seed), day, roll=ROLLS[seed % 3])


def wrong(book: Sheets, explanation: Explanation) -> Iterator[str]:
    """What does not hold of an explanation, a line each."""
    name = f"{explanation.row.table} {explanation.row.key} {explanation.field}"
    values = reckoned(explanation)
    for number, (step, value) in enumerate(zip(explanation.steps, values, strict=True)):
        if step.value != value:
            yield f"{name}, step {number}: says {step.value}, comes to {value}"
    figure = book.figure(explanation.row, explanation.field)
    if not values[-1] == explanation.value == figure:
        yield f"{name}: the sheet has {figure}, the explanation {explanation.value}, its steps {values[-1]}"
    for step in explanation.steps:
        yield from (f"{name}: {problem}" for row in step.rows for problem in misplaced(book, row))
        for term in step.terms:
            yield from (f"{name}: {problem}" for problem in unfounded(book, step.rows, term))


def misplaced(book: Sheets, row: Row) -> Iterator[str]:
    """A row that the sheet does not have, or that bears another key."""
    typed = (book.typed(row, column) for column in TABLES[row.table].identity)
    key = " ".join(str(cell) for cell in typed if cell not in (None, ""))
    if key != row.key:
        yield f"row {row.row} of {row.table} bears {key}, not {row.key}"


def unfounded(book: Sheets, rows: Iterable[Row], term: Term) -> Iterator[str]:
    """A cell whose value the sheet does not have, or a plain value that comes from nowhere."""
    if term.row is not None:
        if term.row not in rows:
            yield f"{term.row} is taken but not named"
        if book.written(term.row, term.column) != term.value:
            yield f"{term.column} of {term.row} is not {term.value}"
    elif term.step is None and isinstance(term.value, Money) and term.value.minor not in moved(book.desk):
        yield f"{term.value} is no amount that ever moved"


def moved(desk: Desk) -> set[int]:
    """Amounts that the replay allocated, returned, shared out, or has open or paid on an instalment."""
    state = desk.book.state
    found = {0, *(each.amount for each in state.allocations)}
    for back in state.returned:
        found |= {back.amount, -back.amount}
    for allocation in state.allocations:
        found |= {amount for _, amount in (allocation.tie.opens if allocation.tie else ())}
    for item in (item for each in desk.book.milestones for item in each.items):
        found |= {item.open, item.paid}
        found |= {
            item.open - sum(rise for _, rise in item.changes[number:]) for number in range(len(item.changes))
        }
    return found


def unsaid(explanation: Explanation) -> Iterator[str]:
    """What is missing in a language. Ids and names of these ledgers are not Chinese."""
    for step in explanation.steps:
        for text in (step.text, step.rule.name, step.rule.source):
            if not CHINESE.search(text.zh) or not text.en.strip() or CHINESE.search(text.en):
                yield f"{explanation.row.key} {explanation.field}: {text}"


@pytest.mark.parametrize(
    ("language", "day"), [("zh", DEMO_DAYS[0]), ("en", DEMO_DAYS[0]), ("zh", DEMO_DAYS[1])]
)
def test_every_figure_of_the_demo(language: Language, day: date) -> None:
    book = demo(language, day)
    explanations = list(book.explanations())
    assert len(explanations) == 90 * 20 + 25 * 9 + 12 * 14, "every milestone, contract and customer"
    assert [line for each in explanations for line in wrong(book, each)] == []
    if language == "en":
        assert [line for each in explanations for line in unsaid(each)] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_a_random_ledger(seed: int) -> None:
    for day in DAYS[seed % 13 :: 13]:
        book = random_sheets(seed, day)
        explanations = list(book.explanations())
        assert len(explanations) > 40
        assert [line for each in explanations for line in wrong(book, each)] == []
        assert [line for each in explanations for line in unsaid(each)] == []


def test_the_ledgers_need_nearly_every_operation() -> None:
    elsewhere = {"convert", "next_month", "pay_day", "not_below_zero"}
    unseen, seeds = {*HOW} - elsewhere, iter(range(30))
    while unseen and (seed := next(seeds, None)) is not None:
        for each in random_sheets(seed, DAYS[-1]).explanations():
            unseen -= {step.operation for step in each.steps}
    assert not unseen


def test_every_computed_column_that_is_filled_has_an_explanation() -> None:
    for table in SUBJECTS:
        filled = {column.key for column in TABLES[table].owned_by("computed") if not column.later}
        assert filled <= {*TELLERS[table]}, table


if __name__ == "__main__":
    for number in range(int(sys.argv[1]), int(sys.argv[2])):
        for on in DAYS[number % 5 :: 5]:
            ledger = random_sheets(number, on)
            for found in ledger.explanations():
                for line in (*wrong(ledger, found), *unsaid(found)):
                    print(f"seed {number} as at {on}: {line}")
