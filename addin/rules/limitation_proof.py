"""What a court would miss: the papers that prove a claim, by milestone, as far as the sheets name them (RULES 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, to_days
from addin.model.ledger import Ledger
from addin.model.text import Text
from addin.rules.addressed import reaches_debtor
from addin.rules.claims import Milestone
from addin.rules.triggers import live_invoices

EVIDENCE = Text("验收或交付凭证", "proof of acceptance or delivery")
INVOICE = Text("发票", "an invoice")
RECEIVED = Text("发票签收记录", "the day on which the customer received the invoice")
STATEMENT = Text("对方盖章确认的对账单", "a statement that the debtor confirmed")
DEMAND = Text("催款函及送达凭证", "a demand with proof of delivery")


@dataclass(frozen=True)
class Named:
    """What papers of a kind name: milestones, and contracts or customers as a whole."""

    milestones: Set[str]
    wholes: Set[str]

    def covers(self, milestone: str, whole: str) -> bool:
        return milestone in self.milestones or whole in self.wholes


@dataclass(frozen=True)
class Papers:
    """The papers on file by a day, each kind by what it names."""

    evidence: Mapping[str, str]
    invoiced: Named
    received: Named
    stated: Named
    demanded: Named

    def missing(self, milestone: Milestone) -> list[Text]:
        """The papers that no row of the sheets has for the milestone, in the order in which they are asked for."""
        id, contract, customer = milestone.id, milestone.contract.id, milestone.contract.customer
        found = [] if self.evidence.get(id) else [EVIDENCE]
        if not self.invoiced.covers(id, contract):
            found.append(INVOICE)
        elif not self.received.covers(id, contract):
            found.append(RECEIVED)
        found += [] if self.stated.covers(id, customer) else [STATEMENT]
        found += [] if self.demanded.covers(id, customer) else [DEMAND]
        return found


def papers(ledger: Ledger, as_of: int) -> Papers:
    """The papers that prove claims, dated by the day.

    An invoice that names no milestone counts for its contract, a letter that names none for its customer.
    """
    milestones = ledger["milestones"]
    evidence = dict(zip(milestones["milestone_id"].tolist(), milestones["evidence"].tolist(), strict=True))
    invoices, letters = live_invoices(ledger), ledger["letters"]
    there = _by(invoices["issued"], as_of)
    signed_for = there & _by(invoices["received_by_customer"], as_of)
    statement = (letters["kind"] == "statement").to_numpy(bool)
    confirmed = letters["confirmed_amount"].notna().to_numpy(bool)
    stated = statement & confirmed & _by(letters["reply_on"], as_of)
    proved = (letters["proof"] != "").to_numpy(bool)
    to_debtor = letters["channel"].map(reaches_debtor).to_numpy(bool)
    demanded = ~statement & proved & to_debtor & _by(letters["delivered_on"], as_of)
    several = letters["milestones"].tolist()
    customers = letters["customer_id"].tolist()
    single = [(id,) if id else () for id in invoices["milestone_id"].tolist()]
    contracts = invoices["contract_id"].tolist()
    return Papers(
        evidence,
        _named(single, contracts, there.tolist()),
        _named(single, contracts, signed_for.tolist()),
        _named(several, customers, stated.tolist()),
        _named(several, customers, demanded.tolist()),
    )


def _by(dates: pd.Series, as_of: int) -> np.ndarray:
    """Which of the dates are known and have come."""
    days = to_days(dates)
    come: np.ndarray = (days != NO_DAY) & (days <= as_of)
    return come


def _named(milestones: Sequence[Sequence[str]], wholes: Sequence[str], counts: Sequence[bool]) -> Named:
    rows = list(zip(milestones, wholes, counts, strict=True))
    return Named(
        {name for names, _, counted in rows if counted for name in names},
        {whole for names, whole, counted in rows if counted and not names},
    )


def together(missing: Sequence[Text]) -> Text:
    """Papers as people would list them; nothing where none is missing."""
    return Text("、".join(each.zh for each in missing), ", ".join(each.en for each in missing))


def alarm_days(setting: int) -> Iterator[int]:
    """The steps at which a claim is told anew: the setting itself, and 90 and 30 days where they are fewer.

    >>> list(alarm_days(180)), list(alarm_days(60))
    ([30, 90, 180], [30, 60])
    """
    yield from (step for step in (30, 90) if step < setting)
    yield setting
