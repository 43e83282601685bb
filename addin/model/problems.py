"""What is wrong with one cell, in words: what it shows, what was made of it, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from addin.model.cells import CellError, Uncalculated
from addin.model.columns import Column, Kind
from addin.model.finding import Severity
from addin.model.text import Text

_LONGEST = 40


@dataclass(frozen=True)
class Problem:
    """What is wrong with the cell at ``position``; ``unknown`` where no value could be read."""

    position: int
    code: str
    severity: Severity
    message: Text
    cure: Text
    unknown: bool


def shown(text: str) -> str:
    """A cell's text as a message quotes it: one line, printable, not long.

    >>> shown("12\\n3"), shown("9" * 50)
    ('12 3', '999999999999999999999999999999999999999…')
    """
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def unreadable(position: int, text: str, wanted: Text, cure: Text) -> Problem:
    """The cell holds something, but not what belongs there: its value is unknown."""
    quoted = shown(text)
    message = Text(f"“{quoted}”不是{wanted.zh}", f'"{quoted}" is not {wanted.en}')
    return Problem(position, "unreadable", Severity.ERROR, message, cure, True)


def marked(position: int, cell: CellError | Uncalculated) -> Problem:
    """The cell shows an error, or holds a formula that no spreadsheet has calculated."""
    if isinstance(cell, CellError):
        return Problem(
            position,
            "cell_error",
            Severity.ERROR,
            Text(f"单元格是错误值 {shown(cell.code)}", f"The cell shows the error {shown(cell.code)}"),
            Text("修正公式或直接填写数值", "Mend the formula, or type the value"),
            True,
        )
    formula = shown(f"={cell.formula.removeprefix('=')}")
    return Problem(
        position,
        "not_calculated",
        Severity.ERROR,
        Text(f"公式 {formula} 从未计算过", f"The formula {formula} was never calculated"),
        Text(
            "用 Excel 打开并保存一次，或直接填写数值",
            "Open and save the book in Excel once, or type the value",
        ),
        True,
    )


def no_number(position: int, text: str, kind: Kind) -> Problem:
    """Something else than a number where a number belongs."""
    if kind is Kind.RATE:
        cure = Text("填比例，例如 0.3 或 30%", "Type a rate, for example 0.3 or 30%")
        return unreadable(position, text, Text("比例", "a rate"), cure)
    if kind is Kind.INT:
        return unreadable(
            position, text, Text("整数", "a whole number"), Text("填整数", "Type a whole number")
        )
    cure = Text("只填数字，例如 1234.56", "Type the number alone, for example 1234.56")
    return unreadable(position, text, Text("数字", "a number"), cure)


def too_large(position: int, value: Decimal) -> Problem:
    """A number beyond what can be counted."""
    written = f"{value:,f}" if abs(value) < 10**21 else f"{value.normalize():.6G}"
    return Problem(
        position,
        "unreadable",
        Severity.ERROR,
        Text(f"{written} 过大，无法计算", f"{written} is too large to be counted"),
        Text("核对数值，多半是多输了位数", "Check the number: it seems to have too many digits"),
        True,
    )


def number_as_text(position: int, text: str, value: Decimal) -> Problem:
    """Text that reads as a number: it counts."""
    return Problem(
        position,
        "number_as_text",
        Severity.INFO,
        Text(
            f"“{shown(text)}”是文本，已按数字 {value:,f} 读取",
            f'"{shown(text)}" is text; it was read as the number {value:,f}',
        ),
        Text("重新输入为数字，便于求和与排序", "Type it again as a number, so that it adds up and sorts"),
        False,
    )


def too_precise(position: int, amount: Decimal, counted: Decimal) -> Problem:
    """An amount with more decimals than its currency has: it counts rounded half-up."""
    return Problem(
        position,
        "too_many_decimals",
        Severity.WARNING,
        Text(
            f"{amount:,f} 的小数位多于币种位数，按 {counted:,f} 计算",
            f"{amount:,f} has more decimals than its currency; it counts as {counted:,f}",
        ),
        Text(
            "四舍五入到币种的小数位；公式可套用 ROUND",
            "Round it to the currency's decimals; in a formula by ROUND",
        ),
        False,
    )


def negative(position: int, text: str, column: Column) -> Problem:
    """Below zero where nothing can be: the value is unknown."""
    cure = Text("核对符号", "Check the sign")
    if column.kind is Kind.MONEY:
        cure = Text(
            "核对符号；减少应收请用调整或合同变更",
            "Check the sign; lower a claim by an adjustment or an amendment",
        )
    return Problem(
        position,
        "negative",
        Severity.ERROR,
        Text(
            f"“{column.name.zh}”不能为负数，现为 {shown(text)}",
            f'"{column.name.en}" cannot be below zero; it is {shown(text)}',
        ),
        cure,
        True,
    )


def rate_above_one(position: int, value: Decimal) -> Problem:
    """More than 100 %: most likely typed without the percent sign."""
    percent = f"{(value * 100).normalize():f}"
    return Problem(
        position,
        "rate_above_one",
        Severity.WARNING,
        Text(f"比例 {value:,f} 即 {percent}%，超过 100%", f"The rate {value:,f} is {percent} %, above 100 %"),
        Text("百分之三十请填 0.3 或 30%", "Thirty percent is 0.3 or 30%"),
        False,
    )


_DAY_CURE = Text("按 2026-03-01 的写法填写日期", "Write the day as 2026-03-01")


def no_day(position: int, text: str, ambiguous: bool) -> Problem:
    """Text that names no day, or one of two."""
    if ambiguous:
        message = Text(
            f"“{shown(text)}”分不清哪个是月、哪个是日",
            f'"{shown(text)}" has two readings: day or month first',
        )
        return Problem(position, "unreadable", Severity.ERROR, message, _DAY_CURE, True)
    return unreadable(position, text, Text("可识别的日期", "a day that can be read"), _DAY_CURE)


def day_as_text(position: int, text: str, day: date) -> Problem:
    """Text that reads as one day only: it counts."""
    return Problem(
        position,
        "date_as_text",
        Severity.INFO,
        Text(
            f"“{shown(text)}”是文本，已按日期 {day} 读取",
            f'"{shown(text)}" is text; it was read as the day {day}',
        ),
        Text("重新输入为日期，便于筛选与排序", "Type it again as a date, so that it filters and sorts"),
        False,
    )


def number_as_day(position: int, text: str, day: date) -> Problem:
    """A number without a date format: it counts as Excel's day number, or as yyyymmdd."""
    return Problem(
        position,
        "number_as_date",
        Severity.INFO,
        Text(
            f"{shown(text)} 是数字，已按日期 {day} 读取",
            f"{shown(text)} is a number; it was read as the day {day}",
        ),
        Text("把单元格改为日期格式", "Give the cell a date format"),
        False,
    )


def unlikely_day(position: int, day: date) -> Problem:
    """A day before 1930 or after 2130: read as written, most likely a slip."""
    return Problem(
        position,
        "date_unlikely",
        Severity.WARNING,
        Text(
            f"日期 {day} 的年份不寻常，仍按所填计算",
            f"The day {day} is an unlikely one; it counts as written",
        ),
        Text("核对年份", "Check the year"),
        False,
    )
