"""What documents say: facts that the ledger has computed. A document adds words and looks, never a figure.

Money is in minor units of the document's currency; a day is a `date`. What is not known is "" or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from addin.model.money import digits_of
from addin.model.text import Language

Basis: TypeAlias = Literal["contract", "statute", "none"]
"""Whose rate interest bears. An internal estimate is `none` here: no document prints it."""


@dataclass(frozen=True)
class Firm:
    """Us, as the settings sheet has it."""

    name: str
    uscc: str = ""
    address: str = ""
    phone: str = ""
    bank: str = ""
    account: str = ""
    signatory: str = ""


@dataclass(frozen=True)
class Customer:
    """To whom a document goes. ``service_address`` is the one agreed for service, else the address."""

    id: str
    name: str
    uscc: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    service_address: str = ""


@dataclass(frozen=True)
class Claim:
    """A milestone, or one instalment of an agreed plan, as at the document's day.

    ``open`` is what is left of ``amount`` after ``received`` and ``adjusted``, the ``disputed`` part included.
    ``interest`` is None where there is none to print; ``rate`` is a fraction a day.
    """

    contract_id: str
    project: str
    milestone_id: str
    name: str
    amount: int
    received: int
    adjusted: int
    open: int
    disputed: int
    due: date | None
    contract_due: date | None
    days_overdue: int
    interest: int | None = None
    basis: Basis = "none"
    rate: str = ""
    clause: str = ""
    invoices: tuple[str, ...] = ()
    instalment: str = ""
    bears_from: date | None = None
    """The first day of its interest where that is later than the day after ``due``: what came before is not owed."""
    limitation: date | None = None
    """The last day on which limitation can still be interrupted; None where no period runs."""

    @property
    def asked(self) -> int:
        """What nobody disputes and is to be paid now."""
        return self.open - self.disputed

    @property
    def charged(self) -> int:
        """Interest that a document may print and ask for: nought where nobody's rate bears it."""
        return (self.interest or 0) if self.basis != "none" else 0


@dataclass(frozen=True)
class PastLetter:
    """A letter that went out before."""

    letter_id: str
    kind: str
    level: int | None
    sent_on: date
    delivered_on: date | None = None
    proof: str = ""
    about: tuple[str, ...] = ()
    """The ids of the milestones that it named."""


@dataclass(frozen=True)
class Letter:
    """One letter to one customer in one currency.

    ``claims`` are what it asks for; ``statement`` is the annex: everything open of the customer in this currency,
    overdue or not. ``kind`` names the level's template: notice, reminder, second_reminder, demand, final, legal;
    "" for a call. ``day`` is also the cut-off of ages and interest.
    """

    letter_id: str
    day: date
    language: Language
    level: int
    kind: str
    channel: str
    currency: str
    firm: Firm
    to: Customer
    claims: tuple[Claim, ...]
    statement: tuple[Claim, ...]
    pay_by: date
    earlier: tuple[PastLetter, ...] = ()
    after_sale: bool = False
    """Whether the last milestone of a finished project is among the claims: the letter then offers after-sale care."""

    @property
    def digits(self) -> int:
        return digits_of(self.currency)

    @property
    def open(self) -> int:
        return sum(claim.open for claim in self.claims)

    @property
    def disputed(self) -> int:
        return sum(claim.disputed for claim in self.claims)

    @property
    def interest(self) -> int:
        """Interest with a basis in contract or statute, up to the letter's day."""
        return sum(claim.charged for claim in self.claims)

    @property
    def total(self) -> int:
        """Everything owed of the claims, the disputed part and interest included: never less than that."""
        return self.open + self.interest

    @property
    def interrupts(self) -> bool:
        """Whether it may say that limitation starts anew: no demand revives a period that is over (民法典192, 195)."""
        return all(claim.limitation is None or self.day <= claim.limitation for claim in self.claims)

    @property
    def asked(self) -> int:
        """What is to be paid by ``pay_by``: the total without what is disputed."""
        return self.total - self.disputed
