"""A contract's amounts from its total: a split that must add up, and the new amounts after a supplement.

What the ledger reports and lets stand, because a book has to go on, is refused here.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, lcm
from typing import Final, Literal, NamedTuple, TypeAlias

from addin.model.money import by_largest_remainder, from_minor
from addin.model.text import Text
from addin.rules.amounts import Part, catch_up, split, spread
from addin.rules.refused import Refused, as_many

Method: TypeAlias = Literal["last", "largest"]
Policy: TypeAlias = Literal["spread", "catch_up"]


_NEARLY: Final = Fraction(1, 10**6)
"""Shares that miss the whole by less are meant to make it up: a third as a cell has it is not one."""


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
    has_balance = any(part.is_balance for part in parts)
    if not has_balance and not (found.adds_up and _whole(total, wishes)):
        raise _not_whole(wishes, found.difference)
    if method == "largest" or found.overdrawn:
        exact = _exact(total, parts)
        if min(exact) < 0:  # only a balance can be
            raise _overdrawn(-min(exact))
        if method == "largest":
            return _largest(total, parts, exact)
    amounts = [amount or 0 for amount in found.amounts]
    if (least := min(*amounts, -found.overdrawn)) < 0:
        raise Refused(
            "shares",
            Text(
                f"四舍五入后有一项为负（{from_minor(least)}）；可用 largest",
                f"rounding would leave a part below zero ({from_minor(least)}); the method largest avoids it",
            ),
        )
    return amounts


def _parts(total: int, wishes: Sequence[Wish]) -> list[Part]:
    """The rows that the ledger's own split takes: a share of the rest is a smaller share of the total."""
    left = total - sum(wish.fixed or 0 for wish in wishes)
    if left < 0:
        raise _overdrawn(Fraction(-left))
    scale = Fraction(left, total) if total else Fraction(1)
    return [Part(wish.share if wish.rest is None else wish.rest * scale, wish.fixed) for wish in wishes]


def _exact(total: int, parts: Sequence[Part]) -> list[Fraction]:
    """What each part comes to before any rounding; a balance is what the others leave."""
    amounts = [
        Fraction(part.share or 0) * total if part.fixed is None else Fraction(part.fixed) for part in parts
    ]
    rest = total - sum(amounts, Fraction(0))
    return [rest if part.is_balance else amount for part, amount in zip(parts, amounts, strict=True)]


def _overdrawn(by: Fraction) -> Refused:
    over = from_minor(ceil(by))
    return Refused("shares", Text(f"各项合计超出总额 {over}", f"the parts exceed the total by {over}"))


def _whole(total: int, wishes: Sequence[Wish]) -> bool:
    """Whether shares make up a whole even where the total is too small to show it."""
    shares = sum((wish.share or wish.rest or Fraction(0) for wish in wishes), Fraction(0))
    mixed = any(wish.share is not None for wish in wishes) and any(wish.fixed for wish in wishes)
    no_shares = all(wish.share is None and wish.rest is None for wish in wishes)
    return mixed or no_shares or shares == 1


def _not_whole(wishes: Sequence[Wish], difference: int) -> Refused:
    shares = sum((wish.share or wish.rest or Fraction(0) for wish in wishes), Fraction(0))
    percent = f"{float(shares * 100):.15g} %"
    missing = from_minor(difference)
    nearly = shares != 1 and abs(shares - 1) < _NEARLY
    return Refused(
        "shares",
        Text(
            f"没有余款时各项须正好等于总额：比例合计 {percent}，相差 {missing}"
            + ("；三分之一请写成文字“1/3”" if nearly else ""),
            f"without a balance the parts must make up the total exactly: the shares come to {percent}, "
            f"the difference is {missing}" + ('; write a third as the text "1/3"' if nearly else ""),
        ),
    )


def _largest(total: int, parts: Sequence[Part], exact: Sequence[Fraction]) -> list[int]:
    """Fixed parts as they are; the others, the balance included, by largest remainder of their exact amounts."""
    values = [amount for part, amount in zip(parts, exact, strict=True) if part.fixed is None]
    common = lcm(*(value.denominator for value in values))
    left = total - sum(part.fixed or 0 for part in parts)
    shared = iter(by_largest_remainder(left, [int(value * common) for value in values]))
    return [next(shared) if part.fixed is None else part.fixed for part in parts]


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
