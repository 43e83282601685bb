"""Extensions and instalment plans: old against new, and what the delay costs us.

An extension moves the day from which interest runs (买卖合同解释18(1)): what a rate of the contract, or of the statute,
would have brought for the days from the old due date to the new one is given up, up to the cap. Where there is no
such rate the delay costs what the money itself does, at the one-year LPR, for the days still to come. The contract's
own date is kept beside the agreed one, whatever is agreed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from addin.model.days import NO_DAY
from addin.model.finding import Finding, info
from addin.model.money import by_weight_last, grouped
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.claims import Milestone
from addin.rules.interest import charge, daily_rate
from addin.rules.late_interest import CONTRACT, STATUTE, Terms
from addin.rules.project.few import few_of
from addin.rules.refused import Refused

Basis: TypeAlias = Literal["contract", "statute", "lpr"]

BASES: dict[str, Text] = {
    CONTRACT: Text("合同违约金率", "the contract's rate"),
    STATUTE: Text("法定日利率万分之五", "the statutory rate"),
    "lpr": Text("一年期LPR", "the one-year LPR"),
}
MOST_PARTS = 60


@dataclass(frozen=True)
class Price:
    """What a day of delay costs: the rate a day, the cap as a fraction of the amount, and whose rate it is."""

    basis: Basis
    rate: Fraction
    cap: Fraction | None = None

    def of(self, amount: int, days: int) -> int:
        """The cost of an amount for so many days, rounded once; nothing for none.

        >>> Price("contract", Fraction(5, 10_000)).of(10_000_000, 30)
        150000
        """
        return charge(amount * days, self.rate, amount, self.cap) if days > 0 else 0


@dataclass(frozen=True)
class Part:
    """An amount that is to come later: from which due date to which, and what that costs."""

    amount: int
    old_due: date
    new_due: date
    days: int
    cost: int


@dataclass(frozen=True)
class Plan:
    """Old against new for one milestone. Money in minor units of the contract's currency.

    ``contract_due`` is the contract's own date; ``due`` the one in force. The parts add up to ``open``; a part that
    would fall on several old due dates stands once for each.
    """

    milestone: str
    digits: int
    open: int
    contract_due: date
    due: date
    price: Price
    parts: tuple[Part, ...]

    @property
    def cost(self) -> int:
        return sum(part.cost for part in self.parts)


def propose(book: Book, milestone_id: str, dues: Sequence[date]) -> Plan:
    """What is open of a milestone in equal parts on new due dates, against what is in force; nothing is changed.

    The last part takes the rounding difference. `Refused` where the milestone is unknown, pending or settled, and
    for dates that are none, more than sixty, repeated, or not after the as-of day.
    """
    milestone = next((each for each in book.milestones if each.id == milestone_id), None)
    if milestone is None:
        raise Refused("milestone", Text(f"没有节点 {milestone_id}", f"there is no milestone {milestone_id}"))
    if not milestone.triggered or milestone.amount is None or milestone.open <= 0:
        raise Refused(
            "milestone",
            Text("应为已触发且未结清的节点", "expected a milestone that is triggered and has something open"),
        )
    _check(dues, book.as_of)
    amounts = by_weight_last(milestone.open, [1] * len(dues))
    if min(amounts) <= 0:
        raise Refused("dues", Text("期数多于金额的分数", "more instalments than there are cents"))
    wanted = list(zip(sorted(day.toordinal() for day in dues), amounts, strict=True))
    price = price_of(book, milestone)
    items = [(item.due, item.open) for item in milestone.by_due() if item.open > 0]
    return Plan(
        milestone.id,
        milestone.contract.digits,
        milestone.open,
        date.fromordinal(milestone.contract_due),
        date.fromordinal(items[0][0]),
        price,
        tuple(_parts(items, wanted, price, book.day)),
    )


def _check(dues: Sequence[date], as_of: date) -> None:
    if not dues or len(dues) > MOST_PARTS or len(set(dues)) < len(dues):
        raise Refused("dues", Text("应为 1 至 60 个不同的日期", "expected 1 to 60 different dates"))
    if min(dues) <= as_of:
        raise Refused("dues", Text(f"应晚于截至日 {as_of}", f"expected dates after the as-of date {as_of}"))


def _parts(
    items: Sequence[tuple[int, int]], wanted: Sequence[tuple[int, int]], price: Price, as_of: int
) -> Iterator[Part]:
    """The old items, by due date, met by the new parts in their order."""
    old = iter(items)
    due, left = next(old)
    for new_due, amount in wanted:
        while amount:
            if not left:
                due, left = next(old)
            piece = min(left, amount)
            left, amount = left - piece, amount - piece
            start = max(due, as_of) if price.basis == "lpr" else due
            days = max(new_due - start, 0)
            yield Part(piece, date.fromordinal(due), date.fromordinal(new_due), days, price.of(piece, days))


def price_of(book: Book, milestone: Milestone) -> Price:
    """Whose rate tells what a day of delay costs; a rate that cannot be read is none."""
    terms, otherwise = book.late_terms
    return _price(book, terms.get(milestone.contract.id, otherwise))


def _price(book: Book, terms: Terms) -> Price:
    if terms.known and terms.basis == CONTRACT:
        return Price("contract", terms.rate, terms.cap)
    if terms.known and terms.basis == STATUTE:
        return Price("statute", terms.rate, terms.cap)
    return Price("lpr", daily_rate(Fraction(book.policy["lpr_1y"]), book.policy["day_count"]))


def agreement_findings(book: Book) -> Iterator[Finding]:
    """A line a milestone whose agreed date lies past the contract's and has not come: what the delay costs."""
    return few_of(_running(book), lambda facts: _cost(*facts))


def _running(book: Book) -> Iterator[tuple[str, tuple[Milestone, Price]]]:
    extended: dict[int, Milestone] = {
        each.agreement.milestone.position: each.agreement.milestone for each in book.state.agreed
    }
    later = [
        milestone
        for _, milestone in sorted(extended.items())
        if milestone.open > 0 and _last_due(milestone) > max(book.day, milestone.contract_due)
    ]
    if not later:
        return
    terms, otherwise = book.late_terms
    for milestone in later:
        yield milestone.id, (milestone, _price(book, terms.get(milestone.contract.id, otherwise)))


def _last_due(milestone: Milestone) -> int:
    return max((item.due for item in milestone.items if item.open > 0), default=NO_DAY)


def _cost(milestone: Milestone, price: Price) -> Finding:
    """What all that is still open of the agreement costs, from the contract's date to the agreed ones."""
    old = milestone.contract_due
    cost = sum(price.of(item.open, item.due - old) for item in milestone.items if item.open > 0)
    shown, basis = grouped(cost, milestone.contract.digits), BASES[price.basis]
    first, last = date.fromordinal(old), date.fromordinal(_last_due(milestone))
    return info(
        "agreement_cost",
        "milestones",
        milestone.row,
        "due_date",
        Text(
            f"合同到期日 {first}，已约定最迟 {last}：未收部分让渡的利息 {shown}（{basis.zh}）",
            f"Due by the contract on {first}, by agreement on {last} at the latest: the interest forgone on what is "
            f"open is {shown} ({basis.en})",
        ),
        Text(
            "合同到期日保留在“合同到期日”列；再次延期前先比较新旧方案",
            "The contract's date stays in its own column; compare old and new before the next extension",
        ),
    )
