"""From the cells of a sheet to typed columns: every kind of column is read here, and only here.

A cell that cannot be read is *unknown*: its value is empty, and its position is among the problems so that
rules can tell unknown from empty (RULES 15). Nothing is dropped and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from addin.model.cells import AnyCell, CellError, Uncalculated
from addin.model.columns import Column, Kind, fold
from addin.model.finding import Severity
from addin.model.money import to_minor
from addin.model.numerals import clean, from_float, read_day, read_flag, read_number, read_rate, read_serial
from addin.model.text import LANGUAGES, Text

LARGEST_MINOR = 10**16
"""Amounts beyond this many minor units are refused: sums of them could leave 64 bits."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with the cell at ``position``; ``unknown`` where no value could be read."""

    position: int
    code: str
    severity: Severity
    message: Text
    cure: Text
    unknown: bool


Values = Any
"""A numpy or pandas array of the column's kind, as ``addin.model.columns.Kind`` lists them."""


def read_column(
    column: Column, cells: Sequence[AnyCell], digits: np.ndarray | None = None, date1904: bool = False
) -> tuple[Values, list[Problem]]:
    """The typed values of one column and what was wrong with its cells.

    ``digits`` holds the decimals of each row's currency (two where omitted); only money needs it.
    """
    reader = _READERS[column.kind]
    values, problems = reader(column, cells, digits, date1904)
    if not column.signed and column.kind in (Kind.MONEY, Kind.RATE, Kind.NUM, Kind.INT):
        problems += _refuse_negative(column, values)
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
    problems = []
    for position, cell in enumerate(cells):
        if type(cell) is CellError:
            problems.append(_cell_error(position, cell))
        elif type(cell) is Uncalculated:
            problems.append(_not_calculated(position, cell))
    return problems


def _cell_error(position: int, cell: CellError) -> Problem:
    return Problem(
        position,
        "cell_error",
        Severity.ERROR,
        Text(f"单元格是错误值 {cell.code}", f"The cell shows the error {cell.code}"),
        Text("修正公式或直接填写数值", "Mend the formula, or type the value"),
        True,
    )


def _not_calculated(position: int, cell: Uncalculated) -> Problem:
    formula = cell.formula if cell.formula.startswith("=") else f"={cell.formula}"
    return Problem(
        position,
        "not_calculated",
        Severity.ERROR,
        Text(f"公式 {formula} 从未计算过", f"The formula {formula} was never calculated"),
        Text("用 Excel 打开并保存一次，或直接填写数值", "Open and save the book in Excel once, or type the value"),
        True,
    )


def _unreadable(position: int, cell: AnyCell, wanted: Text, cure: Text) -> Problem:
    shown = text_of(cell)[:60]
    return Problem(
        position,
        "unreadable",
        Severity.ERROR,
        Text(f"“{shown}”不是{wanted.zh}", f'"{shown}" is not {wanted.en}'),
        cure,
        True,
    )


def _has_marks(cells: Sequence[AnyCell]) -> bool:
    kinds = set(map(type, cells))
    return CellError in kinds or Uncalculated in kinds


def _texts(cells: Sequence[AnyCell]) -> tuple[list[str], list[Problem]]:
    problems = _marks(cells) if _has_marks(cells) else []
    unknown = {problem.position for problem in problems}
    if unknown:
        cells = ["" if position in unknown else cell for position, cell in enumerate(cells)]
    return [cell.strip() if type(cell) is str else text_of(cell) for cell in cells], problems


def _objects(values: Sequence[object]) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _read_text(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    texts, problems = _texts(cells)
    if column.ref is not None or column.required:  # ids are compared: full-width forms are made plain
        texts = [text if text.isascii() else clean(text) for text in texts]
    return _objects(texts), problems


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
            _unreadable(position, texts[position], wanted, cure)
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
    wanted, cure = Text("是或否", "yes or no"), Text("填 是 或 否", "Type yes or no")
    for position, cell in enumerate(cells):
        if isinstance(cell, bool):
            values.append(cell)
            continue
        known = None if _is_empty(cell) or isinstance(cell, CellError | Uncalculated) else read_flag(text_of(cell))
        values.append(pd.NA if known is None else known)
        if known is None and not _is_empty(cell) and not isinstance(cell, CellError | Uncalculated):
            problems.append(_unreadable(position, cell, wanted, cure))
    return pd.array(values, dtype="boolean"), problems


def _read_days(
    column: Column, cells: Sequence[AnyCell], _: object, date1904: bool = False
) -> tuple[Values, list[Problem]]:
    problems: list[Problem] = []
    days: list[date | None] = [None] * len(cells)
    for position, cell in enumerate(cells):
        if type(cell) is date:
            days[position] = cell
        elif cell != "" and cell is not None:
            days[position] = _odd_day(position, cell, date1904, problems)
    return np.array(days, dtype="datetime64[D]").astype("datetime64[s]"), problems


def _odd_day(position: int, cell: AnyCell, date1904: bool, problems: list[Problem]) -> date | None:
    if _is_empty(cell):
        return None
    if isinstance(cell, CellError | Uncalculated):
        problems += [_cell_error(position, cell) if isinstance(cell, CellError) else _not_calculated(position, cell)]
        return None
    day: date | None = None
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, str):
        day = read_day(cell)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        day = read_serial(float(cell), date1904)
    if day is None:
        cure = Text("按 2026-03-01 的写法填写日期", "Write the day as 2026-03-01")
        problems.append(_unreadable(position, cell, Text("可识别的日期", "a day that can be read"), cure))
    return day


def _numbers(
    cells: Sequence[AnyCell], read: Callable[[str], Decimal | None], wanted: Text
) -> tuple[np.ndarray, dict[int, Decimal], list[Problem]]:
    """Float array (nan where not a plain float), exact values of all other cells, and problems."""
    floats = np.array([cell if type(cell) is float else np.nan for cell in cells], dtype=float)
    odd: dict[int, Decimal] = {}
    problems: list[Problem] = []
    for position, cell in enumerate(cells):
        if type(cell) is float or cell == "" or cell is None:
            continue
        if (value := _odd_number(position, cell, read, wanted, problems)) is not None:
            odd[position] = value
    return floats, odd, problems


def _odd_number(
    position: int, cell: AnyCell, read: Callable[[str], Decimal | None], wanted: Text, problems: list[Problem]
) -> Decimal | None:
    if isinstance(cell, CellError):
        problems.append(_cell_error(position, cell))
    elif isinstance(cell, Uncalculated):
        problems.append(_not_calculated(position, cell))
    elif isinstance(cell, Decimal):
        return cell
    elif isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    elif isinstance(cell, str) and not cell.strip():
        return None
    elif isinstance(cell, str) and (value := read(cell)) is not None:
        problems.append(_number_as_text(position, cell))
        return value
    else:
        cure = Text("只填数字，例如 1234.56", "Type the number alone, for example 1234.56")
        problems.append(_unreadable(position, cell, wanted, cure))
    return None


def _number_as_text(position: int, cell: str) -> Problem:
    return Problem(
        position,
        "number_as_text",
        Severity.INFO,
        Text(f"“{cell}”是文本，已按数字读取", f'"{cell}" is text; it was read as a number'),
        Text("改成数字格式", "Turn the cell into a number"),
        False,
    )


_AMOUNT = Text("数字", "a number")


def _read_money(
    column: Column, cells: Sequence[AnyCell], digits: np.ndarray | None, _: object = False
) -> tuple[Values, list[Problem]]:
    floats, odd, problems = _numbers(cells, read_number, _AMOUNT)
    places = np.full(len(cells), 2) if digits is None else digits
    scale = 10.0**places
    with np.errstate(invalid="ignore", over="ignore"):
        minor = np.rint(floats * scale)
        inexact = ~np.isnan(floats) & ~((minor / scale == floats) & (np.abs(minor) < LARGEST_MINOR / 10))
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
    if not amount.is_finite() or abs(amount).scaleb(digits) >= LARGEST_MINOR:
        cure = Text("核对金额", "Check the amount")
        return None, _unreadable(position, str(amount), Text("可计算的金额", "an amount that can be counted"), cure)
    minor = to_minor(amount, digits)
    if Decimal(minor).scaleb(-digits) == amount:
        return minor, None
    return minor, _too_precise(position, amount, Decimal(minor).scaleb(-digits))


def _too_precise(position: int, amount: Decimal, counted: Decimal) -> Problem:
    return Problem(
        position,
        "too_many_decimals",
        Severity.WARNING,
        Text(
            f"{_plain_number(amount)} 的小数位多于币种位数，按 {_plain_number(counted)} 计算",
            f"{_plain_number(amount)} has more decimals than its currency; it counts as {_plain_number(counted)}",
        ),
        Text("四舍五入到币种的小数位", "Round it to the currency's decimals"),
        False,
    )


def _read_decimals(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    read = read_rate if column.kind is Kind.RATE else read_number
    floats, odd, problems = _numbers(cells, read, _AMOUNT)
    values = np.empty(len(cells), dtype=object)
    known: dict[float, Decimal | None] = {}
    for position, number in enumerate(floats.tolist()):
        if number == number:
            if number not in known:
                known[number] = from_float(number) if abs(number) < 1e15 else None
            values[position] = known[number]
    for position, exact in odd.items():
        values[position] = exact
    return values, problems


def _read_whole(column: Column, cells: Sequence[AnyCell], *_: object) -> tuple[Values, list[Problem]]:
    values, problems = _read_decimals(column, cells)
    units = np.zeros(len(cells), dtype=np.int64)
    known = np.zeros(len(cells), dtype=bool)
    for position, value in enumerate(values):
        if value is None:
            continue
        if value == value.to_integral_value() and abs(value) < 10**15:
            units[position], known[position] = int(value), True
        else:
            cure = Text("填整数", "Type a whole number")
            problems.append(_unreadable(position, str(value), Text("整数", "a whole number"), cure))
    return pd.arrays.IntegerArray(units, ~known), problems


def _refuse_negative(column: Column, values: Values) -> list[Problem]:
    """Below zero where nothing can be: the value becomes unknown."""
    if column.kind in (Kind.MONEY, Kind.INT):
        positions = np.flatnonzero((values < 0).to_numpy(bool, na_value=False)).tolist()
    else:
        positions = [position for position, value in enumerate(values) if value is not None and value < 0]
    for position in positions:
        values[position] = pd.NA if column.kind in (Kind.MONEY, Kind.INT) else None
    return [_negative(position, column) for position in positions]


def _negative(position: int, column: Column) -> Problem:
    return Problem(
        position,
        "negative",
        Severity.ERROR,
        Text(f"{column.name.zh}不能为负数", f"{column.name.en} cannot be below zero"),
        Text("核对符号；减少应收请用调整或合同变更", "Check the sign; lower a claim by an adjustment or an amendment"),
        True,
    )


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
