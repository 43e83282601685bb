"""Late interest of every milestone as at a day, and whose rate it is (RULES 15, Interest; Corners 9 and 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.rules import late_findings as tell
from addin.rules.claims import Item, Milestone
from addin.rules.interest import balance_days, charge
from addin.rules.policy import Policy

CONTRACT, STATUTE, ESTIMATE, NONE = "contract", "statute", "estimate", "none"
UNKNOWN = ""
"""The basis where a cell that decides it cannot be read."""

STATUTE_RATE = Fraction(5, 10_000)
"""A day; 保障中小企业款项支付条例, art. 17."""

STATUTE_BUYERS = ("public_body", "large_enterprise")

HIGH_RATE = Decimal("0.003")
"""A day; a rate above it is told (民法典585: a penalty far above the loss is lowered on request)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What late money of one contract costs: the daily rate, and the cap as a fraction of an item's amount.

    ``known`` False: a cell that decides it cannot be read.
    """

    basis: str
    rate: Fraction = Fraction(0)
    cap: Fraction | None = None
    known: bool = True


_LOST = Terms(UNKNOWN, known=False)


LateTerms: TypeAlias = tuple[Mapping[str, Terms], Terms]
"""The terms of each row of the contracts table, and those of a contract without a row."""


def terms_by_contract(ledger: Ledger, policy: Policy) -> LateTerms:
    """What late money costs by contract. Nought is a rate, empty is none."""
    frame = ledger["contracts"]
    otherwise, by_buyer = _where_silent(ledger, policy)
    rows = zip(
        frame["contract_id"].tolist(),
        frame["customer_id"].tolist(),
        frame["late_rate_daily"].tolist(),
        frame["late_cap"].tolist(),
        ledger.is_unknown("contracts", "late_rate_daily").tolist(),
        ledger.is_unknown("contracts", "late_cap").tolist(),
        strict=True,
    )
    found: dict[str, Terms] = {}
    for id, customer, rate, cap, no_rate, no_cap in rows:
        silent = by_buyer.get(customer, otherwise)
        own = _LOST if no_rate else silent if rate is None else Terms(CONTRACT, _exact(rate))
        limit = None if cap is None else _exact(cap)
        found[id] = Terms(own.basis, own.rate, limit, own.known and not no_cap)
    return found, otherwise


_exact = lru_cache(maxsize=4096)(Fraction)
"""The same few rates stand in contract after contract."""


def _where_silent(ledger: Ledger, policy: Policy) -> tuple[Terms, dict[str, Terms]]:
    """What holds where a contract names no rate: of most customers, and of those whom 条例17 binds.

    The regulation protects firms that are not large; an empty our_size is not large.
    """
    estimate = policy["estimate_late_rate"]
    otherwise = Terms(NONE) if estimate is None else Terms(ESTIMATE, Fraction(estimate))
    if policy["our_size"] == "large":
        return otherwise, {}
    frame = ledger["customers"]
    kinds = zip(
        frame["customer_id"].tolist(),
        frame["kind"].tolist(),
        ledger.is_unknown("customers", "kind").tolist(),
        strict=True,
    )
    statute = Terms(STATUTE, STATUTE_RATE)
    return otherwise, {
        id: _LOST if lost else statute for id, kind, lost in kinds if lost or kind in STATUTE_BUYERS
    }


@dataclass(frozen=True)
class LateInterest:
    """Interest in minor units (None: unknown) and its basis, by milestone in the order of the sheet."""

    amounts: Sequence[int | None]
    bases: Sequence[str]


def late_interest(late_terms: LateTerms, milestones: Sequence[Milestone], as_of: int) -> LateInterest:
    """What each milestone's items bear up to and including ``as_of``; a settled one keeps what it bore.

    An unknown amount or rate makes the interest unknown; nothing accrues before the trigger.
    """
    terms, otherwise = late_terms
    own = [terms.get(milestone.contract.id, otherwise) for milestone in milestones]
    return LateInterest(
        [_of_milestone(milestone, each, as_of) for milestone, each in zip(milestones, own, strict=True)],
        [each.basis for each in own],
    )


def _of_milestone(milestone: Milestone, terms: Terms, as_of: int) -> int | None:
    if milestone.amount is None or not terms.known:
        return None
    if not milestone.triggered or terms.basis == NONE:
        return 0
    if not milestone.plan:
        return item_interest(milestone.own, terms, as_of)
    return sum(item_interest(item, terms, as_of) for item in milestone.items)


def item_interest(item: Item, terms: Terms, as_of: int) -> int:
    """Interest of one item of a triggered milestone, capped and rounded once."""
    start = bears_after(item)
    if as_of <= start:
        return 0
    sum_open = balance_days(item.open, item.changes, start, as_of)
    if not sum_open:
        return 0
    return charge(sum_open, terms.rate, item.amount, terms.cap)


def bears_after(item: Item) -> int:
    """The day after which an item bears interest: its due day, the trigger, or the day up to which it is waived."""
    milestone = item.milestone
    return max(item.due, milestone.trigger, milestone.waived_until)


def high_rates(ledger: Ledger, policy: Policy) -> Iterator[Finding]:
    """Daily rates above 0.3 %: of contracts, and the firm's own estimate."""
    rates = ledger["contracts"]["late_rate_daily"]
    for row, rate in zip(rates.index.tolist(), rates.tolist(), strict=True):
        if rate is not None and rate > HIGH_RATE:
            yield tell.late_rate_high("contracts", row, "late_rate_daily", rate)
    estimate = policy["estimate_late_rate"]
    if estimate is not None and estimate > HIGH_RATE:
        yield tell.late_rate_high("settings", None, "value", estimate)
