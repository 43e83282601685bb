"""A contract's amounts from its total: a split that must add up, and the new amounts after a supplement.

What the ledger reports and lets stand, because a book has to go on, is refused here.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Literal, NamedTuple, TypeAlias

from addin.model.money import by_largest_remainder, from_minor
from addin.model.text import Text
from addin.rules.amounts import Part, catch_up, split, spread
from addin.rules.refused import Refused, as_many

Method: TypeAlias = Literal["last", "largest"]
Policy: TypeAlias = Literal["spread", "catch_up"]


class Wish(NamedTuple):
    """What one part of a split asks for: a share of the total, a fixed amount, a share of what the fixed parts leave,
    or (nothing given) the balance."""

    share: Fraction | None = None
    fixed: int | None = None
    rest: Fraction | None = None


def split_exactly(total: int, wishes: Sequence[Wish], method: Method = "last") -> list[int]:
    """Amounts that add up to ``total``, all in minor units; `Refused` (shares) where they cannot.

    Without a balance the shares must make up the total exactly. `last`: each is rounded half-up, the balance, else the
    last share, takes the rounding difference. `largest`: the left-over units go to the largest remainders, ties to the
    first. No part may be negative.

    >>> split_exactly(500, [Wish(Fraction(1, 3)), Wish(Fraction(1, 3)), Wish()])
    [167, 167, 166]
    """
    parts = _parts(total, wishes)
    found = split(total, parts)
    if found.second_balances:
        raise Refused(
            "shares", Text("余款（balance）只能有一项", "expected at most one balance, not several")
        )
    if found.overdrawn:
        over = from_minor(found.overdrawn)
        raise Refused(
            "shares",
            Text(
                f"各项超出总额 {over}，余款为负",
                f"the parts exceed the total by {over}: the balance is negative",
            ),
        )
    if not any(part.is_balance for part in parts) and (not found.adds_up or not _whole(total, wishes)):
        raise _not_whole(wishes, found.difference)
    amounts = [amount or 0 for amount in found.amounts]
    amounts = amounts if method == "last" else _largest(total, parts)
    if min(amounts) < 0:
        raise Refused(
            "shares",
            Text(
                f"分摊后最后一项为负（{from_minor(min(amounts))}）；可用 largest",
                f"the last part would be negative ({from_minor(min(amounts))}); the method largest avoids it",
            ),
        )
    return amounts


def _parts(total: int, wishes: Sequence[Wish]) -> list[Part]:
    """The rows that the ledger's own split takes: a share of the rest is a smaller share of the total."""
    left = total - sum(wish.fixed or 0 for wish in wishes)
    scale = Fraction(left, total) if total else Fraction(1)
    return [Part(wish.share if wish.rest is None else wish.rest * scale, wish.fixed) for wish in wishes]


def _whole(total: int, wishes: Sequence[Wish]) -> bool:
    """Whether shares make up a whole even where the total is too small to show it."""
    shares = sum((wish.share or wish.rest or Fraction(0) for wish in wishes), Fraction(0))
    mixed = any(wish.share is not None for wish in wishes) and any(wish.fixed for wish in wishes)
    no_shares = all(wish.share is None and wish.rest is None for wish in wishes)
    return mixed or no_shares or shares == 1


def _not_whole(wishes: Sequence[Wish], difference: int) -> Refused:
    shares = sum((wish.share or wish.rest or Fraction(0) for wish in wishes), Fraction(0))
    percent = f"{float(shares * 100):.10g} %"
    missing = from_minor(difference)
    return Refused(
        "shares",
        Text(
            f"没有余款时各项须正好等于总额：比例合计 {percent}，相差 {missing}",
            f"without a balance the parts must make up the total exactly: the shares come to {percent}, "
            f"the difference is {missing}",
        ),
    )


def _largest(total: int, parts: Sequence[Part]) -> list[int]:
    """Fixed parts as they are; the others, the balance included, by largest remainder of their exact amounts."""
    exact: list[Fraction | None] = [
        None if part.fixed is not None else total * Fraction(part.share or 0) for part in parts
    ]
    left = total - sum(part.fixed or 0 for part in parts)
    exact = [
        left - sum((other for other in exact if other is not None), Fraction(0))
        if part.is_balance
        else amount
        for part, amount in zip(parts, exact, strict=True)
    ]
    open_places = [place for place, amount in enumerate(exact) if amount is not None]
    amounts = [part.fixed or 0 for part in parts]
    values = [amount for amount in exact if amount is not None]
    if left and min(values) >= 0:
        common = lcm(*(value.denominator for value in values))
        shared = by_largest_remainder(left, [int(value * common) for value in values])
        for place, amount in zip(open_places, shared, strict=True):
            amounts[place] = amount
    return amounts


def supplement(
    new_total: int, amounts: Sequence[int], frozen: Sequence[bool], policy: Policy = "spread"
) -> list[int]:
    """The amounts after the contract's total changed; what is paid or invoiced (``frozen``) stays.

    `spread`: the difference goes over the open ones by their old amounts. `catch_up`: each takes its old share of the
    new total, and the first open one also what the frozen ones miss. `Refused` where the total falls below what is
    frozen, where nothing is open to take a difference, and where a part would be negative.

    >>> supplement(110, [30, 40, 30], [True, False, False], "catch_up")
    [30, 47, 33]
    """
    as_many("frozen", len(frozen), "amounts", len(amounts))
    kept = sum(amount for amount, stays in zip(amounts, frozen, strict=True) if stays)
    if new_total < kept:
        raise Refused(
            "new_total",
            Text(
                f"不得低于已收款或已开票的合计 {from_minor(kept)}",
                f"expected at least what is frozen already, {from_minor(kept)}",
            ),
        )
    movable = [place for place, stays in enumerate(frozen) if not stays]
    if not movable:
        return _unmoved(new_total, amounts)
    moved = _moved(new_total, amounts, movable, policy)
    if min(moved) < 0:
        raise Refused(
            "new_total",
            Text(
                f"太低：有一项会变为 {from_minor(min(moved))}",
                f"too low: a part would become {from_minor(min(moved))}",
            ),
        )
    return moved


def _unmoved(new_total: int, amounts: Sequence[int]) -> list[int]:
    difference = new_total - sum(amounts)
    if difference:
        raise Refused(
            "frozen",
            Text(
                f"全部已冻结，差额 {from_minor(difference)} 无处可摊",
                f"everything is frozen, so nothing can take the difference of {from_minor(difference)}",
            ),
        )
    return list(amounts)


def _moved(new_total: int, amounts: Sequence[int], movable: Sequence[int], policy: Policy) -> list[int]:
    old_total = sum(amounts)
    if policy == "spread" or not old_total:  # amounts of nothing have no shares to be re-made from
        return spread(new_total - old_total, amounts, movable)
    shares = [Part(Fraction(amount, old_total)) for amount in amounts]
    return catch_up(new_total, shares, amounts, movable)
