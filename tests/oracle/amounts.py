"""What each milestone of a contract is worth: shares, balance, amendments, settlement.

All functions are pure. A contract's lines come in the order of seq (empty last), then milestone_id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NO_DECIMALS = {"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "PYG", "UGX"}
THREE_DECIMALS = {"KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD"}

Amounts = dict[str, Decimal]


def places(currency: str) -> int:
    """How many decimals money of this currency has."""
    return 0 if currency in NO_DECIMALS else 3 if currency in THREE_DECIMALS else 2


def rounded(value: Fraction | Decimal, decimals: int) -> Decimal:
    """value to so many decimals, half away from zero, exactly."""
    above, below = value.as_integer_ratio()
    whole = (abs(above) * 10**decimals * 2 + below) // (below * 2)
    return Decimal(whole if above >= 0 else -whole).scaleb(-decimals)


@dataclass(frozen=True)
class Line:
    """One milestone as a part of its contract's amount; kind is share, fixed, balance or void."""

    key: str
    kind: str
    share: Decimal = Decimal(0)
    fixed: Decimal = Decimal(0)


@dataclass(frozen=True)
class Amended:
    """The amounts after an amendment, or None where it failed; difference is what was to be spread."""

    amounts: Amounts | None
    difference: Decimal
    finding: bool = False


def line_kinds(rows: Sequence[tuple[str, Decimal | None, Decimal | None]]) -> list[Line]:
    """Lines of (milestone_id, share, fixed); the first row with neither is the balance, a second is void."""
    lines: list[Line] = []
    for key, share, fixed in rows:
        if fixed is not None:
            lines.append(Line(key, "fixed", fixed=fixed))
        elif share is not None:
            lines.append(Line(key, "share", share=share))
        else:
            taken = any(line.kind == "balance" for line in lines)
            lines.append(Line(key, "void" if taken else "balance"))
    return lines


def targets(lines: Sequence[Line], total: Decimal, decimals: int) -> Amounts:
    """Shares of total; the balance line, else the last share line, takes the rest (which may be negative)."""
    result = {line.key: plain_part(line, total, decimals) for line in lines}
    taker = rest_taker(lines)
    if taker is not None:
        result[taker.key] = total - sum(result[line.key] for line in lines if line is not taker)
    return result


def plain_part(line: Line, total: Decimal, decimals: int) -> Decimal:
    if line.kind == "share":
        return rounded(Fraction(line.share) * Fraction(total), decimals)
    return rounded(line.fixed, decimals)


def rest_taker(lines: Sequence[Line]) -> Line | None:
    balances = [line for line in lines if line.kind == "balance"]
    shares = [line for line in lines if line.kind == "share"]
    return balances[0] if balances else shares[-1] if shares else None


def first_amounts(lines: Sequence[Line], total: Decimal, decimals: int) -> tuple[Amounts, list[str]]:
    """The amounts as signed and what is wrong with the contract's lines as a whole."""
    wrong = ["second balance"] if any(line.kind == "void" for line in lines) else []
    has_balance = any(line.kind == "balance" for line in lines)
    exact = sum(
        (Fraction(line.share) * Fraction(total) + Fraction(rounded(line.fixed, decimals)) for line in lines),
        Fraction(0),
    )
    if not has_balance and exact != total:
        return {line.key: plain_part(line, total, decimals) for line in lines}, [*wrong, "does not add up"]
    amounts = targets(lines, total, decimals)
    for line in lines:
        if line.kind == "balance" and amounts[line.key] < 0:
            amounts[line.key] = rounded(Decimal(0), decimals)
            wrong.append("balance below zero")
    return amounts, wrong


def spread(
    lines: Sequence[Line],
    now: Amounts,
    frozen: Mapping[str, bool],
    floor: Amounts,
    total: Decimal,
    decimals: int,
) -> Amended:
    """The difference over the unfrozen share and balance lines by old amounts, the last takes the rest."""
    difference = total - sum(now.values())
    movable = movable_lines(lines, frozen)
    if not movable:
        return Amended(None, difference, difference != 0)
    weight = sum((Fraction(now[line.key]) for line in movable), Fraction(0))
    after = dict(now)
    left = difference
    for line in movable[:-1]:
        part = Fraction(difference) * Fraction(now[line.key]) / weight if weight else Fraction(0)
        after[line.key] += rounded(part, decimals)
        left -= rounded(part, decimals)
    after[movable[-1].key] += left
    return checked(after, movable, floor, difference)


def catch_up(
    lines: Sequence[Line],
    now: Amounts,
    frozen: Mapping[str, bool],
    floor: Amounts,
    total: Decimal,
    decimals: int,
) -> Amended:
    """Unfrozen lines take their targets on total; the first of them also what the frozen ones miss."""
    difference = total - sum(now.values())
    movable = movable_lines(lines, frozen)
    if not movable:
        return Amended(None, difference, difference != 0)
    target = targets(lines, total, decimals)
    after = dict(now)
    for line in movable:
        after[line.key] = target[line.key]
    after[movable[0].key] += sum(
        target[line.key] - now[line.key]
        for line in lines
        if line.kind in ("share", "balance") and frozen[line.key]
    )
    return checked(after, movable, floor, difference)


def settle(
    lines: Sequence[Line],
    now: Amounts,
    frozen: Mapping[str, bool],
    floor: Amounts,
    total: Decimal,
) -> Amended:
    """The difference to the balance line if unfrozen, else to the last unfrozen share line."""
    difference = total - sum(now.values())
    movable = movable_lines(lines, frozen)
    if not movable:
        return Amended(None, difference, difference != 0)
    balances = [line for line in movable if line.kind == "balance"]
    taker = balances[0] if balances else movable[-1]
    after = dict(now)
    after[taker.key] += difference
    return checked(after, [taker], floor, difference)


def movable_lines(lines: Sequence[Line], frozen: Mapping[str, bool]) -> list[Line]:
    return [line for line in lines if line.kind in ("share", "balance") and not frozen[line.key]]


def checked(after: Amounts, movable: Sequence[Line], floor: Amounts, difference: Decimal) -> Amended:
    """Fails as a whole where a line would fall below what it has received and adjusted."""
    if any(after[line.key] < floor[line.key] for line in movable):
        return Amended(None, difference, True)
    return Amended(after, difference)
