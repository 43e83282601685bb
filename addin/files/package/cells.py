"""Values to cell XML: what follows `<c r="A1" s="5"` up to `</c>`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

from addin.files.package.edits import KEEP, ColumnEdit, ColumnValue, Keep, Kind, Scalar
from addin.files.package.problem import PackageError

MAX_TEXT = 32_767
"""Characters (UTF-16 units) that one cell holds, by Excel's limits."""

Payload = bytes | Keep

_ESCAPED = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_PLAIN = r"[+-]?(?:\d+\.?\d*|\.\d+)"
_PLAIN_NUMBER = re.compile(_PLAIN, re.ASCII)
_PLAIN_NUMBERS = re.compile(rf"{_PLAIN}(?:\n{_PLAIN})*", re.ASCII)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_EPOCH_1900, _EPOCH_1904 = 693_594, 695_056
_FIRST_MARCH_1900 = 61
EMPTY = b"/>"


class Renderer:
    """Renders values for one sheet: its element prefix (`x:` or none) and the workbook's date system."""

    def __init__(self, prefix: bytes = b"", date1904: bool = False) -> None:
        self._value = b"><%bv>%%b</%bv></%bc>" % (prefix, prefix, prefix)
        self._integer = self._value.replace(b"%b", b"%d")
        self._bool = b' t="b"' + self._value
        self._text = b' t="inlineStr"><%bis><%bt%%b>%%b</%bt></%bis></%bc>' % ((prefix,) * 5)
        self._date1904 = date1904
        self._by_kind: dict[Kind, Callable[[ColumnValue], bytes]] = {
            "text": self.text,
            "number": self.number,
            "date": self.day,
            "bool": self.boolean,
        }

    def column(self, edit: ColumnEdit, start: int, stop: int) -> list[Payload]:
        """The cells of rows start ≤ row < stop of a column."""
        if edit.kind == "number":
            return self._numbers(edit.values[start:stop])
        values, render = edit.values[start:stop], self._by_kind[edit.kind]
        known: dict[ColumnValue, Payload] = {None: EMPTY, KEEP: KEEP}
        for value in set(values).difference(known):
            known[value] = render(value)
        return [known[value] for value in values]

    def _numbers(self, values: Sequence[ColumnValue]) -> list[Payload]:
        """Numbers; where all that are text are plain decimals, which one look tells, they go in as they are."""
        texts = [value for value in values if type(value) is str]
        lines = "\n".join(texts)
        if lines.count("\n") >= len(texts) or not _PLAIN_NUMBERS.fullmatch(lines):
            return [self._number_or_keep(value) for value in values]
        before, _, after = self._value.partition(b"%b")
        between = after + b"\n" + before
        cells = iter((before + lines.encode().replace(b"\n", between) + after).split(b"\n"))
        return [next(cells) if type(value) is str else self._number_or_keep(value) for value in values]

    def _number_or_keep(self, value: ColumnValue) -> Payload:
        if type(value) is int:
            return self._integer % value
        if value is None:
            return EMPTY
        return KEEP if value is KEEP else self.number(value)

    def scalar(self, value: Scalar) -> bytes:
        """A single cell, its kind by the Python type."""
        match value:
            case None:
                return EMPTY
            case bool():
                return self.boolean(value)
            case str():
                return self.text(value)
            case date():
                return self.day(value)
            case _:
                return self.number(value)

    def text(self, value: ColumnValue) -> bytes:
        """Text as an inline string; characters that XML cannot hold as `_xHHHH_` (ECMA-376 22.4.2.4)."""
        text = str(value)
        if not text:
            return EMPTY
        if len(text) > MAX_TEXT // 2 and utf16_length(text) > MAX_TEXT:
            raise ValueError(f"text of {len(text)} characters")
        space = b' xml:space="preserve"' if text != text.strip() or "\n" in text or "\t" in text else b""
        return self._text % (space, _ESCAPED.sub(_escape, text).encode("utf-8"))

    def number(self, value: ColumnValue) -> bytes:
        """A number, written out without an exponent."""
        return self._value % _plain(value).encode("ascii")

    def day(self, value: ColumnValue) -> bytes:
        """A date or a time stamp as a serial day of the workbook's date system."""
        if isinstance(value, datetime):
            whole = self._serial(value.toordinal())
            moment = value.hour * 3600 + value.minute * 60 + value.second
            if not moment:
                return self._value % (b"%d" % whole)
            return self._value % f"{Decimal(whole) + Decimal(moment) / 86_400:.10f}".encode("ascii")
        ordinal = value.toordinal() if isinstance(value, date) else int(value)  # type: ignore[arg-type]  # by contract an int
        return self._value % (b"%d" % self._serial(ordinal))

    def _serial(self, ordinal: int) -> int:
        if self._date1904:
            serial = ordinal - _EPOCH_1904
        else:
            serial = ordinal - _EPOCH_1900
            serial -= serial < _FIRST_MARCH_1900
        if serial < (not self._date1904):
            raise ValueError(f"date {date.fromordinal(ordinal)} before the workbook's first day")
        return serial

    def boolean(self, value: ColumnValue) -> bytes:
        """TRUE or FALSE."""
        return self._bool % (b"1" if value else b"0")


def utf16_length(text: str) -> int:
    """The characters of a text as Excel counts them: those beyond U+FFFF are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _ENTITIES.get(char) or f"_x{ord(char):04X}_"


def _plain(value: ColumnValue) -> str:
    match value:
        case bool():
            raise ValueError(f"{value!r} is not a number")
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            text = str(value)
            return format(value, "f") if "E" in text else text
        case str() if _PLAIN_NUMBER.fullmatch(value):
            return value
    raise ValueError(f"{value!r} is not a plain number")


def refuse(table: str, row: int, cell: str, error: ValueError) -> PackageError:
    """A value that no cell can hold, by its place."""
    return PackageError(
        f"{table}：单元格 {cell}（第 {row} 行）无法写入这个值：{error}。请改正该行的数据后再刷新。",
        f"{table}: cell {cell} (row {row}) cannot hold this value: {error}. "
        "Mend that row's data and refresh again.",
    )


def is_sparse(values: Sequence[ColumnValue]) -> bool:
    """Whether a column keeps any of its cells."""
    return KEEP in values
