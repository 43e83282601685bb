"""Small projects, and what is told of them."""

from __future__ import annotations

from addin.model.finding import Finding
from addin.rules.project.findings import project_findings
from tests.oracle.build import Cells, contract, day, fixed
from tests.rules.books import book_of, customer

AGREED = {
    "kind": "goods",
    "signed": "01-02",
    "payment_clause": "as agreed",
    "payment_method": "transfer",
    "forum": "court of Yunze",
    "inspection_days": 10,
    "late_rate_daily": "0.0005",
}
"""A contract that lacks no clause."""


def told(
    on: str,
    contracts: list[Cells] | None = None,
    milestones: list[Cells] | None = None,
    customers: list[Cells] | None = None,
    settings: dict[str, str] | None = None,
    **tables: list[Cells],
) -> list[Finding]:
    """The findings as at a day; by default of one complete contract, one open milestone and a known address."""
    known = {
        "customers": customers or [customer(service_address="1 Quay Street")],
        "contracts": contracts or [agreed()],
        "milestones": milestones or [fixed("M", "1000", "01-10", trigger="delivery", term="NET 30")],
    }
    return list(project_findings(book_of({**known, **tables}, day(on), **(settings or {}))))


def agreed(key: str = "C", amount: str = "1000", **more: object) -> Cells:
    """A contract that lacks no clause but those given as None."""
    return contract(key, amount, **{**AGREED, **more})


def codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found]


def only(found: list[Finding]) -> Finding:
    (one,) = found
    return one
