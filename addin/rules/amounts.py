"""Milestone amounts: shares, fixed amounts and the balance of a contract; supplements and settlement.

The rows of a contract come in order of seq, then milestone_id. Amounts are minor units, shares exact
decimals; the last row takes the rounding difference (RULES 1 and 15, Amount).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from addin.model.money import by_weight_last

Share: TypeAlias = Decimal | Fraction
"""An exact part of the total; the ledger's are decimals."""


class Part(NamedTuple):
    """What a row of the contract asks for: a share, a fixed amount, or neither (the balance).

    ``known`` is False where the cells cannot be read: such a row has no amount and is no balance.
    """

    share: Share | None = None
    fixed: int | None = None
    known: bool = True

    @property
    def is_balance(self) -> bool:
        return self.known and self.share is None and self.fixed is None

    @property
    def is_share(self) -> bool:
        return self.known and self.share is not None and self.fixed is None


class Split(NamedTuple):
    """Amounts by row (None: unknown) and what did not add up.

    ``difference`` is the contract amount less the rows where they cannot make it up, else 0. ``adds_up`` is False
    where shares and fixed amounts miss the total at all, be it by less than rounding shows.
    ``second_balances`` are positions of balance rows after the first; ``overdrawn`` says by how much the
    balance row would be below zero.
    """

    amounts: list[int | None]
    difference: int = 0
    adds_up: bool = True
    second_balances: tuple[int, ...] = ()
    overdrawn: int = 0


@lru_cache(maxsize=4096)
def _ratio(share: Share) -> tuple[int, int]:
    return share.as_integer_ratio()


@lru_cache(maxsize=4096)
def _sum(shares: tuple[Share, ...]) -> tuple[int, int]:
    return sum((Fraction(*_ratio(share)) for share in shares), Fraction(0)).as_integer_ratio()


def share_of(total: int, share: Share) -> int:
    """``share`` × ``total`` in minor units, half-up; ``total`` and ``share`` are not negative.

    >>> share_of(10000001, Decimal("0.3"))
    3000000
    """
    numerator, denominator = _ratio(share)
    return (2 * total * numerator + denominator) // (2 * denominator)


def split(total: int | None, parts: Sequence[Part]) -> Split:
    """The amount of each row of a contract of ``total`` minor units (None: unknown).

    With a balance row it takes what the others leave; without one the last share row takes the rounding
    difference, if fixed and share rows add up to the total exactly.

    >>> split(10000, [Part(Decimal("0.3333")), Part(Decimal("0.3333")), Part()]).amounts
    [3333, 3333, 3334]
    """
    if total is None:
        return Split([part.fixed for part in parts])
    amounts = [_own_amount(total, part) for part in parts]
    balances = [position for position, part in enumerate(parts) if part.is_balance]
    if balances:
        rest = total - sum(amount for amount in amounts if amount is not None)
        for position in balances:
            amounts[position] = 0
        amounts[balances[0]] = max(rest, 0)
        return Split(amounts, min(rest, 0), rest >= 0, tuple(balances[1:]), -min(rest, 0))
    return _last_takes_rest(total, parts, amounts)


def _own_amount(total: int, part: Part) -> int | None:
    if not part.known:
        return None
    if part.fixed is not None:
        return part.fixed
    return None if part.share is None else share_of(total, part.share)


def _last_takes_rest(total: int, parts: Sequence[Part], amounts: list[int | None]) -> Split:
    rest = total - sum(amount for amount in amounts if amount is not None)
    shares = tuple(part.share for part in parts if part.is_share and part.share is not None)
    fixed = sum(part.fixed for part in parts if part.known and part.fixed is not None)
    numerator, denominator = _sum(shares)
    adds_up = numerator * total == (total - fixed) * denominator
    if not adds_up or not shares:
        return Split(amounts, rest, adds_up)
    last = max(position for position, part in enumerate(parts) if part.is_share)
    amounts[last] = (amounts[last] or 0) + rest
    return Split(amounts)


def spread(difference: int, amounts: Sequence[int], movable: Sequence[int]) -> list[int]:
    """New amounts after ``difference`` goes over the ``movable`` positions by their old amounts.

    Each part is rounded half away from zero, the last takes the rest (RULES 15, ``spread``).

    >>> spread(10000000, [30000000, 40000000, 30000000], [1, 2])
    [30000000, 45714286, 34285714]
    """
    moved = list(amounts)
    parts = by_weight_last(difference, [amounts[position] for position in movable])
    for position, part in zip(movable, parts, strict=True):
        moved[position] += part
    return moved


def catch_up(
    new_total: int, parts: Sequence[Part], amounts: Sequence[int], movable: Sequence[int]
) -> list[int]:
    """New amounts where unfrozen rows take their share of ``new_total``, the first also what the frozen miss.

    The balance row's target is the rest; without one the last share row's is (RULES 15, Corner 11).

    >>> third = Part(Decimal("0.5"))
    >>> catch_up(1200, [third, third], [500, 500], [1])
    [500, 700]
    """
    targets = [
        share_of(new_total, part.share) if part.is_share and part.share is not None else amount
        for part, amount in zip(parts, amounts, strict=True)
    ]
    rest = _rest_position(parts)
    targets[rest] = 0
    targets[rest] = new_total - sum(targets)
    moved = [
        targets[position] if position in set(movable) else amount for position, amount in enumerate(amounts)
    ]
    moved[movable[0]] += sum(
        targets[position] - amount for position, amount in enumerate(amounts) if position not in set(movable)
    )
    return moved


def _rest_position(parts: Sequence[Part]) -> int:
    balances = [position for position, part in enumerate(parts) if part.is_balance]
    return balances[0] if balances else max(position for position, part in enumerate(parts) if part.is_share)


def settle(
    difference: int, parts: Sequence[Part], amounts: Sequence[int], movable: Sequence[int]
) -> list[int]:
    """New amounts at settlement: the difference goes to the balance row if unfrozen, else the last share row."""
    balances = [position for position in movable if parts[position].is_balance]
    moved = list(amounts)
    moved[balances[0] if balances else movable[-1]] += difference
    return moved
