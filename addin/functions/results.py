"""The shapes of results, and how a result goes into JSON and into cells.

A body returns exact values: money as int minor units, numbers as int, Decimal, Fraction (float only where the rule
itself is not rational), days as date. A word in the place of a value ("pending", "none") stands as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias

from addin.model.money import plain
from addin.model.text import Text

Scalar: TypeAlias = Literal["money", "number", "whole", "day", "text", "flag"]
Vector: TypeAlias = Literal["moneys", "numbers", "wholes", "days", "texts", "flags"]


@dataclass(frozen=True)
class Table:
    """A list of rows, the first of them the headings. ``kinds`` are the columns'; the last one repeats."""

    kinds: tuple[Scalar, ...]


Shape: TypeAlias = Scalar | Vector | tuple[Scalar, ...] | Table
"""A scalar, a vector of one kind, a vector of named scalars ({a, b} in the contract), or a table."""

_ITEM: Final[dict[str, Scalar]] = {
    "moneys": "money",
    "numbers": "number",
    "wholes": "whole",
    "days": "day",
    "texts": "text",
    "flags": "flag",
}


def to_json(shape: Shape, value: Any) -> Any:
    """The result as JSON has it: money and dates as text, vectors as lists, tables as lists of lists.

    >>> to_json("moneys", [3333, 3334]), to_json(("number", "text"), (Fraction(5, 2), "grey"))
    (['33.33', '33.34'], [2.5, 'grey'])
    """
    return _shaped(shape, value, _JSON)


class TooLong(ValueError):
    """An amount that no cell holds to the cent."""

    def __init__(self, minor: int) -> None:
        self.problem = Text(
            f"结果 {plain(minor)} 超过 15 位有效数字，单元格装不下它的分；请用 huikuan fn 计算。",
            f"The result {plain(minor)} has more than the 15 digits that a cell keeps; ask huikuan fn for it.",
        )
        super().__init__(self.problem.en)


def to_cells(shape: Shape, value: Any) -> Any:
    """The result as a sheet takes it: a scalar, or a list of rows; a vector spills downwards.

    Numbers are floats, as a sheet's own; `TooLong` where one cannot hold an amount exactly.

    >>> to_cells("moneys", [3333, 3334]), to_cells("day", "pending")
    ([[33.33], [33.34]], 'pending')
    """
    found = _shaped(shape, value, _CELL)
    return [[item] for item in found] if isinstance(found, list) and not isinstance(shape, Table) else found


def _shaped(shape: Shape, value: Any, by_kind: dict[Scalar, Callable[[Any], Any]]) -> Any:
    """``value`` with every scalar in it put the way of its kind; words stay."""
    if isinstance(value, str):
        return value
    if isinstance(shape, Table):
        headings, *rows = value
        return [list(headings), *(_row(shape.kinds, row, by_kind) for row in rows)]
    if isinstance(shape, tuple):
        return _row(shape, value, by_kind)
    if shape in _ITEM:
        put = by_kind[_ITEM[shape]]
        return [item if isinstance(item, str) else put(item) for item in value]
    return by_kind[shape](value)  # type: ignore[index] # what is no vector is a scalar


def _row(
    kinds: Sequence[Scalar], row: Sequence[Any], by_kind: dict[Scalar, Callable[[Any], Any]]
) -> list[Any]:
    padded = [*kinds, *([kinds[-1]] * (len(row) - len(kinds)))]
    return [
        item if isinstance(item, str) else by_kind[kind](item) for kind, item in zip(padded, row, strict=True)
    ]


def number_out(value: int | float | Decimal | Fraction) -> int | float:
    """The nearest JSON number; one that is whole has no decimals.

    >>> number_out(Fraction(1, 3)), number_out(Decimal("45.00")), number_out(0.1 + 0.2)
    (0.333333333333333, 45, 0.3)
    """
    if value == int(value):
        return int(value)
    return float(f"{float(value):.15g}")


def _same(value: Any) -> Any:
    return value


def _amount(minor: int) -> float:
    """An amount as a cell's number, which keeps 15 significant digits."""
    if abs(minor) >= 10**15 and len(str(abs(minor)).rstrip("0")) > 15:
        raise TooLong(minor)
    return minor / 100


def _number(value: int | float | Decimal | Fraction) -> float:
    return float(number_out(value))


_JSON: Final[dict[Scalar, Callable[[Any], Any]]] = {
    "money": plain,
    "number": number_out,
    "whole": int,
    "day": date.isoformat,
    "text": str,
    "flag": bool,
}
_CELL: Final[dict[Scalar, Callable[[Any], Any]]] = {
    **_JSON,
    "money": _amount,
    "number": _number,
    "whole": float,
    "day": _same,
}
