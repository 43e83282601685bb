"""Money as integer minor units: rounding, sharing out, and the way to and from Decimal.

Inside the ledger an amount is an int of its currency's minor units (分, cents). ``Decimal`` appears
only at the edges, ``float`` nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

# ISO 4217: currencies whose minor unit is not a hundredth.
_DIGITS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
         "XAF", "XOF", "XPF"),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}  # fmt: skip


def digits_of(currency: str) -> int:
    """Decimals of a currency by ISO 4217; two for most.

    >>> digits_of("CNY"), digits_of("JPY"), digits_of("KWD")
    (2, 0, 3)
    """
    return _DIGITS.get(currency, 2)


def is_code(currency: str) -> bool:
    """Three capital letters, as ISO 4217 writes a currency.

    >>> is_code("CNY"), is_code("RMB¥")
    (True, False)
    """
    return len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()


def to_minor(amount: Decimal, digits: int = 2) -> int:
    """Minor units of an amount, half-up (away from zero at the half).

    >>> to_minor(Decimal("0.005")), to_minor(Decimal("-0.005")), to_minor(Decimal("12.344"))
    (1, -1, 1234)
    """
    return int(amount.scaleb(digits).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def from_minor(minor: int, digits: int = 2) -> Decimal:
    """The amount as a Decimal with exactly ``digits`` decimals.

    >>> from_minor(-5), from_minor(1234, 0)
    (Decimal('-0.05'), Decimal('1234'))
    """
    return Decimal(minor).scaleb(-digits)


def plain(minor: int, digits: int = 2) -> str:
    """The amount as plain text, as JSON and number cells want it.

    >>> plain(-5), plain(123456), plain(7, 0), plain(0)
    ('-0.05', '1234.56', '7', '0.00')
    """
    text = str(minor)
    if digits == 0:
        return text
    if minor < 10**digits:
        text = f"{minor:0{digits + (1 if minor >= 0 else 2)}d}"
    return text[:-digits] + "." + text[-digits:]


def grouped(minor: int, digits: int = 2) -> str:
    """The amount for people, with thousands apart.

    >>> grouped(-123456789), grouped(1234, 0), grouped(5)
    ('-1,234,567.89', '1,234', '0.05')
    """
    return f"{from_minor(minor, digits):,f}"


def half_up(value: Fraction) -> int:
    """The nearest integer, halves away from zero.

    >>> half_up(Fraction(1, 2)), half_up(Fraction(-1, 2)), half_up(Fraction(5, 3))
    (1, -1, 2)
    """
    sign = -1 if value < 0 else 1
    twice, denominator = 2 * abs(value.numerator) + value.denominator, 2 * value.denominator
    return sign * (twice // denominator)


def times(minor: int, rate: Decimal) -> int:
    """``minor`` × ``rate``, rounded half-up to whole minor units.

    >>> times(100, Decimal("0.3333")), times(5, Decimal("0.5"))
    (33, 3)
    """
    numerator, denominator = rate.as_integer_ratio()
    return half_up(Fraction(minor * numerator, denominator))


def by_weight_last(total: int, weights: Sequence[int]) -> list[int]:
    """Shares ``total`` out by weight, each part rounded half away from zero, the last takes the rest.

    Weights that add up to nothing give everything to the last.

    >>> by_weight_last(10000000, [40000000, 30000000])
    [5714286, 4285714]
    """
    whole = sum(weights)
    parts = [half_up(Fraction(total * weight, whole)) if whole else 0 for weight in weights[:-1]]
    return [*parts, total - sum(parts)]


def by_largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Shares ``total`` (≥ 0) out by weight, the left-over units to the largest remainders, ties to the first.

    No part exceeds its weight as long as ``total`` is at most the sum of the weights.

    >>> by_largest_remainder(5, [30, 40, 30]), by_largest_remainder(100, [1, 1, 1])
    ([2, 2, 1], [34, 33, 33])
    """
    whole = sum(weights)
    if total == whole:
        return list(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda position: -remainders[position])
    for position in order[: total - sum(parts)]:
        parts[position] += 1
    return parts
