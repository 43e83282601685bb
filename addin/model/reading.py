"""From the cells of a sheet to typed columns: every kind of column is read here, and only here.

A cell that cannot be read is *unknown*: its value is empty, and its position is among the problems so that
rules can tell unknown from empty (RULES 15). Nothing is dropped and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import numpy as np
import pandas as pd

from addin.model import problems as tell
from addin.model.cells import AnyCell, CellError, Uncalculated
from addin.model.columns import Column, Kind, fold
from addin.model.days import NO_DAY, from_days
from addin.model.money import to_minor
from addin.model.numerals import (
    clean,
    from_float,
    has_two_readings,
    read_day,
    read_flag,
    read_number,
    read_rate,
    read_serial,
)
from addin.model.problems import Problem
from addin.model.text import LANGUAGES, Text

LARGEST = 10**15
"""Numbers, and amounts in minor units, from here on are refused: sums of them could leave 64 bits."""
LARGEST_RATE = 100
"""Rates from here on (10,000 %) are refused."""
FIRST_LIKELY, LAST_LIKELY = date(1930, 1, 1).toordinal(), date(2130, 12, 31).toordinal()

Values = Any
"""A numpy or pandas array of the column's kind, as ``addin.model.columns.Kind`` lists them."""


def read_column(
    column: Column, cells: Sequence[AnyCell], digits: np.ndarray | None = None, date1904: bool = False
) -> tuple[Values, list[Problem]]:
    """The typed values of one column and what was wrong with its cells.

    ``digits`` holds the decimals of each row's currency (two where omitted); only money needs it.
    """
    if len(cells) > 1 and "" == cells[0] == cells[-1] and cells.count("") == len(cells):  # most columns
        nothing, _ = read_column(column, [""])
        return nothing[np.zeros(len(cells), dtype=int)], []
    reader = _READERS[column.kind]
    values, problems = reader(column, cells, digits, date1904)
    if not column.signed and column.kind in (Kind.MONEY, Kind.RATE, Kind.NUM, Kind.INT):
        problems += _refuse_negative(column, cells, values)
    return values, problems


def _is_empty(cell: AnyCell) -> bool:
    return cell is None or cell == "" or (type(cell) is str and not cell.strip())


def _plain_number(value: Decimal) -> str:
    return f"{value:f}"


def text_of(cell: AnyCell) -> str:
    """A cell as text: an id that Excel took for a number keeps its digits, a day is ISO.

    >>> text_of(1001.0), text_of(0.5), text_of(True)
    ('1001', '0.5', 'TRUE')
    """
    if type(cell) is str:
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _plain_number(from_float(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _marks(cells: Sequence[AnyCell]) -> list[Problem]:
    """Cells that hold an error or a formula that was never calculated."""
    return [
        tell.marked(position, cell)
        for position, cell in enumerate(cells)
        if isinstance(cell, CellError | Uncalculated)
    ]


def _has_marks(cells: Sequence[AnyCell]) -> bool:
    kinds = set(map(type, cells))
    return CellError in kinds or Uncalculated in kinds


def _texts(cells: Sequence[AnyCell]) -> tuple[list[str], list[Problem]]:
    if set(map(type, cells)) <= {str}:
        return list(map(str.strip, cast("Sequence[str]", cells))), []
    problems = _marks(cells)
    unknown = {problem.position for problem in problems}
    return ["" if position in unknown else text_of(cell) for position, cell in enumerate(cells)], problems


def _objects(values: Sequence[object]) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _read_text(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    texts, problems = _texts(cells)
    values = _objects(texts)
    return plain_ids(values) if column.ref is not None else values, problems


def plain_ids(ids: np.ndarray) -> np.ndarray:
    """Ids as they are compared: full-width forms made plain (RULES 14, 19)."""
    words = ids.tolist()
    if "".join(words).isascii():
        return ids
    return _objects([id if id.isascii() else clean(id) for id in words])


def _read_list(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    texts, problems = _texts(cells)
    values = np.empty(len(texts), dtype=object)
    for position, text in enumerate(texts):
        parts = text.replace("；", ";").split(";") if text else ()
        values[position] = tuple(part.strip() for part in parts if part.strip())
    return values, problems


def _read_choice(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    texts, problems = _texts(cells)
    words = choice_words(column)
    known: dict[str, str | None] = {"": ""}
    for text in set(texts):
        known.setdefault(text, words.get(fold(text)))
    values = [known[text] for text in texts]
    if None in values:
        offered = " / ".join(name.zh for name in column.choice_names.values())
        offered_en = " / ".join(name.en for name in column.choice_names.values())
        wanted = Text("可选的词", "one of the words offered")
        cure = Text(f"从下拉列表选择：{offered}", f"Choose from the list: {offered_en}")
        problems += [
            tell.unreadable(position, texts[position], wanted, cure)
            for position, value in enumerate(values)
            if value is None
        ]
    return _objects([value or "" for value in values]), problems


def choice_words(column: Column) -> Mapping[str, str]:
    """Choice key by every word that is recognised, folded for comparison."""
    return {
        fold(word): key
        for key, name in column.choice_names.items()
        for word in (key, *(name.in_(language) for language in LANGUAGES))
    }


def _read_flags(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    values: list[Any] = []
    problems: list[Problem] = _marks(cells) if _has_marks(cells) else []
    wanted, cure = Text("“是”或“否”", "yes or no"), Text("填“是”或“否”", "Type yes or no")
    for position, cell in enumerate(cells):
        if isinstance(cell, bool):
            values.append(cell)
            continue
        known = (
            None
            if _is_empty(cell) or isinstance(cell, CellError | Uncalculated)
            else read_flag(text_of(cell))
        )
        values.append(pd.NA if known is None else known)
        if known is None and not _is_empty(cell) and not isinstance(cell, CellError | Uncalculated):
            problems.append(tell.unreadable(position, text_of(cell), wanted, cure))
    return pd.array(values, dtype="boolean"), problems


def _read_days(
    column: Column, cells: Sequence[AnyCell], _: object = None, date1904: bool = False
) -> tuple[Values, list[Problem]]:
    problems: list[Problem] = []
    days = np.array([cell.toordinal() if type(cell) is date else NO_DAY for cell in cells], dtype=np.int64)
    for position in _filled(cells, days == NO_DAY):
        if day := _odd_day(position, cells[position], date1904, problems):
            days[position] = day.toordinal()
    if column.owner == "input":
        unlikely = (days != NO_DAY) & ((days < FIRST_LIKELY) | (days > LAST_LIKELY))
        problems += [
            tell.unlikely_day(position, date.fromordinal(int(days[position])))
            for position in np.flatnonzero(unlikely).tolist()
        ]
    return from_days(days), problems


def _odd_day(position: int, cell: AnyCell, date1904: bool, problems: list[Problem]) -> date | None:
    """The day of a cell that holds none as such; what it was taken for, or why not, joins the problems."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, CellError | Uncalculated):
        problems.append(tell.marked(position, cell))
        return None
    shown, day = text_of(cell), None
    if isinstance(cell, str):
        if not shown or (day := read_day(cell)) is not None:
            problems += [tell.day_as_text(position, shown, day)] if day else []
            return day
    elif isinstance(cell, date):
        return cell
    elif (number := _exact(cell, read_number)) is not None and number.is_finite() and abs(number) < LARGEST:
        day = read_serial(float(number), date1904)
    problem = tell.no_day(position, shown, has_two_readings(shown))
    problems.append(problem if day is None else tell.number_as_day(position, shown, day))
    return day


def _numbers(
    column: Column, cells: Sequence[AnyCell], read: Callable[[str], Decimal | None]
) -> tuple[np.ndarray, dict[int, Decimal], list[Problem]]:
    """Float array (nan where not a plain float), exact values of all other cells, and problems."""
    floats = np.array([cell if type(cell) is float else np.nan for cell in cells], dtype=float)
    floats[~(np.abs(floats) < LARGEST)] = np.nan
    odd: dict[int, Decimal] = {}
    problems: list[Problem] = []
    for position in _filled(cells, np.isnan(floats)):
        if (value := _odd_number(position, cells[position], column.kind, read, problems)) is not None:
            odd[position] = value
    return floats, odd, problems


def _filled(cells: Sequence[AnyCell], among: np.ndarray) -> list[int]:
    """Which of some positions, all the empty ones among them, hold anything: mostly none."""
    if cells.count("") == np.count_nonzero(among):
        return []
    return [position for position in np.flatnonzero(among).tolist() if cells[position] not in ("", None)]


def _odd_number(
    position: int,
    cell: AnyCell,
    kind: Kind,
    read: Callable[[str], Decimal | None],
    problems: list[Problem],
) -> Decimal | None:
    """The exact value of a cell that holds no plain number; what it was taken for, or why not, joins the problems."""
    if isinstance(cell, CellError | Uncalculated):
        problems.append(tell.marked(position, cell))
        return None
    if isinstance(cell, str) and not cell.strip():
        return None
    value = _exact(cell, read)
    if value is None or value.is_nan():
        problems.append(tell.no_number(position, text_of(cell), kind))
    elif abs(value) >= LARGEST:
        problems.append(tell.too_large(position, value))
    else:
        problems += [tell.number_as_text(position, cell, value)] if isinstance(cell, str) else []
        return value
    return None


def _exact(cell: AnyCell, read: Callable[[str], Decimal | None]) -> Decimal | None:
    if isinstance(cell, str):
        return read(cell)
    if isinstance(cell, float):
        return from_float(cell)
    return Decimal(cell) if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else None


def _read_money(
    column: Column, cells: Sequence[AnyCell], digits: np.ndarray | None, _: object = False
) -> tuple[Values, list[Problem]]:
    floats, odd, problems = _numbers(column, cells, read_number)
    places = np.full(len(cells), 2) if digits is None else digits
    scale = 10.0**places
    with np.errstate(invalid="ignore", over="ignore"):
        minor = np.rint(floats * scale)
        inexact = ~np.isnan(floats) & ~((minor / scale == floats) & (np.abs(minor) < LARGEST))
    odd.update((int(position), from_float(float(floats[position]))) for position in np.flatnonzero(inexact))
    known = ~np.isnan(floats)
    units = np.where(known & ~inexact, minor, 0).astype(np.int64)
    for position, amount in odd.items():
        value, problem = _odd_amount(position, amount, int(places[position]))
        problems += [problem] if problem else []
        known[position] = value is not None
        units[position] = value or 0
    return pd.arrays.IntegerArray(units, ~known), problems


def _odd_amount(position: int, amount: Decimal, digits: int) -> tuple[int | None, Problem | None]:
    """Minor units of an amount that was no plain number of the currency's decimals."""
    if abs(amount).scaleb(digits) >= LARGEST:
        return None, tell.too_large(position, amount)
    minor = to_minor(amount, digits)
    counted = Decimal(minor).scaleb(-digits)
    return minor, None if counted == amount else tell.too_precise(position, amount, counted)


def _read_decimals(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    read = read_rate if column.kind is Kind.RATE else read_number
    floats, odd, problems = _numbers(column, cells, read)
    values = np.empty(len(cells), dtype=object)
    known: dict[float, Decimal] = {}
    for position, number in enumerate(floats.tolist()):
        if number == number:
            if number not in known:
                known[number] = from_float(number)
            values[position] = known[number]
    for position, exact in odd.items():
        values[position] = exact
    if column.kind is Kind.RATE and column.owner == "input":
        problems += _high_rates(values)
    return values, problems


def _high_rates(values: np.ndarray) -> list[Problem]:
    """Rates above 1, told; those beyond reason become unknown."""
    problems = []
    for position, value in enumerate(values):
        if value is None or value <= 1:
            continue
        if value >= LARGEST_RATE:
            values[position] = None
            problems.append(tell.too_large(position, value))
        else:
            problems.append(tell.rate_above_one(position, value))
    return problems


def _read_whole(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    floats, odd, problems = _numbers(column, cells, read_number)
    known = np.rint(floats) == floats
    units = np.where(known, floats, 0).astype(np.int64)
    for position in np.flatnonzero(~known & ~np.isnan(floats)).tolist():
        odd[position] = from_float(float(floats[position]))
    for position, value in sorted(odd.items()):
        if value == value.to_integral_value():
            units[position], known[position] = int(value), True
        else:
            problems.append(tell.no_number(position, _plain_number(value), column.kind))
    return pd.arrays.IntegerArray(units, ~known), problems


def _refuse_negative(column: Column, cells: Sequence[AnyCell], values: Values) -> list[Problem]:
    """Below zero where nothing can be: the value becomes unknown."""
    if column.kind in (Kind.MONEY, Kind.INT):
        positions = np.flatnonzero((values < 0).to_numpy(bool, na_value=False)).tolist()
    else:
        positions = [position for position, value in enumerate(values) if value is not None and value < 0]
    for position in positions:
        values[position] = pd.NA if column.kind in (Kind.MONEY, Kind.INT) else None
    return [tell.negative(position, text_of(cells[position]), column) for position in positions]


_READERS: Mapping[Kind, Callable[..., tuple[Values, list[Problem]]]] = {
    Kind.TEXT: _read_text,
    Kind.LIST: _read_list,
    Kind.CHOICE: _read_choice,
    Kind.BOOL: _read_flags,
    Kind.DATE: _read_days,
    Kind.MONEY: _read_money,
    Kind.RATE: _read_decimals,
    Kind.NUM: _read_decimals,
    Kind.INT: _read_whole,
}
