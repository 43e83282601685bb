"""The control totals: two ways to the same figure, equal to the cent (WORKBOOK, rule 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from addin.model.finding import Finding, error
from addin.model.money import digits_of, from_minor, grouped
from addin.model.result import Control
from addin.model.text import Text
from addin.rules import claim_findings as tell
from addin.rules.book import Book
from addin.rules.state import Purse
from addin.rules.summaries import by_contract
from addin.rules.totals import Minor
from addin.rules.words import CONTROL_NAMES


def controls(
    book: Book,
    sums: Mapping[str, tuple[Minor, list[int]]],
    rolled: Mapping[Purse, tuple[int, int]],
    rollforward: pd.DataFrame,
) -> tuple[list[Control], list[Finding]]:
    """Every control of every currency, and an error for each that does not close."""
    pairs: list[tuple[str, str, int, int]] = []
    milestones, open_sums = _milestone_sums(book), _open_sums(book)
    allocated: dict[str, int] = defaultdict(int)
    for each in book.state.allocations:
        allocated[each.receipt.currency] += each.amount
    for currency, (own, buckets) in sums.items():
        pairs += [
            ("milestones", currency, milestones.get(currency, 0), own["contracted"]),
            (
                "balance",
                currency,
                own["open"] + own["pending"] - own["unapplied"],
                own["contracted"] - own["adjusted"] - own["received"],
            ),
            ("buckets", currency, sum(buckets), open_sums.get(currency, 0)),
            ("receipts", currency, allocated[currency] + own["unapplied"], own["received"]),
            ("rollforward", currency, *_rolled(rolled, currency)),
        ]
    against = rollforward[rollforward["gl_balance"].notna()]
    if len(against):
        pairs.append(("gl", book.rates.base, int(against["closing"].sum()), int(against["gl_balance"].sum())))
    made = [_control(*pair) for pair in pairs]
    told = _contract_gaps(book)
    homeless = any(
        contract.row is None for contract in book.contracts
    )  # milestones of a contract nobody knows
    by_row = {
        "gl",
        *(("milestones", "balance") if told or book.unsplit or homeless else ()),
    }  # told row by row
    return made, told + [_open_control(each) for each in made if not each.closes and each.name not in by_row]


def _control(name: str, currency: str, left: int, right: int) -> Control:
    digits = digits_of(currency)
    return Control(name, currency, from_minor(left, digits), from_minor(right, digits))


def _milestone_sums(book: Book) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for contract, total in zip(book.contracts, by_contract(book, book.standing.amount).tolist(), strict=True):
        sums[contract.currency] += total
    return sums


def _open_sums(book: Book) -> dict[str, int]:
    """What is open of the triggered milestones themselves, not of their items."""
    sums: dict[str, int] = defaultdict(int)
    open_amounts = book.standing.open - book.standing.pending
    for contract, total in zip(book.contracts, by_contract(book, open_amounts).tolist(), strict=True):
        sums[contract.currency] += total
    return sums


def _rolled(rolled: Mapping[Purse, tuple[int, int]], currency: str) -> tuple[int, int]:
    pairs = [pair for (_, code), pair in rolled.items() if code == currency]
    return sum(left for left, _ in pairs), sum(right for _, right in pairs)


def _contract_gaps(book: Book) -> list[Finding]:
    """Contracts whose milestones are not the amount in force."""
    totals = by_contract(book, book.standing.amount).tolist()
    return [
        tell.contract_gap(contract, total, contract.in_force or 0)
        for contract, total in zip(book.contracts, totals, strict=True)
        if contract.row is not None and total != (contract.in_force or 0) and contract.id not in book.unsplit
    ]


def _open_control(control: Control) -> Finding:
    digits = digits_of(control.currency)
    left, right = (grouped(int(each.scaleb(digits)), digits) for each in (control.left, control.right))
    name = CONTROL_NAMES[control.name]
    return error(
        "control",
        "checks",
        None,
        None,
        Text(
            f"控制总数不平（{control.currency}）：{name.zh}，{left} 与 {right}",
            f"A control does not close ({control.currency}): {name.en}, {left} against {right}",
        ),
        Text(
            "先处理其他错误；仍不平请联系维护者",
            "Mend the other errors first; if it stays open, tell the maintainers",
        ),
    )
