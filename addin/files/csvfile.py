"""Rows of a file to import: csv and other delimited text, xls, xlsx and xlsm."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from addin.files import guard
from addin.files.csvtext import plain_text
from addin.files.discover import Sheet, sheets
from addin.files.package.limits import too_large
from addin.files.parts import Package, open_package
from addin.files.values import MOST_CELLS, Values
from addin.model.cells import AnyCell
from addin.model.finding import LedgerError

MAX_TEXT: Final = 128 * 1024**2
"""Bytes of a text file."""
MAX_ROWS: Final = 1_048_575
"""Rows below the headings: more than a sheet has could be put into none."""

DELIMITERS: Final = ",;\t|"
_SNIFFED_LINES: Final = 50


@dataclass(frozen=True)
class Rows:
    """``columns[i][j]`` is the cell below ``headings[i]`` in row ``rows[j]`` of the file.

    ``headings`` is the first row that is not blank, "" where a column has none. Rows count from 1 as Excel
    would show them; blank ones are left out. ``overlong`` are rows with something beyond the last heading,
    most often a delimiter inside an unquoted field. Text files give text cells only. ``encoding`` and
    ``delimiter`` are "" for a workbook, ``sheet`` is "" for text.
    """

    headings: Sequence[str]
    columns: Sequence[Sequence[AnyCell]]
    rows: Sequence[int]
    overlong: Sequence[int] = ()
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def read_rows(path: Path, sheet: str | None = None) -> Rows:
    """Read a file by what is in it, whatever its name ends in; of a workbook the first or the named sheet.

    LedgerError: one line for what cannot be read, an unknown sheet (the line names those there are), text in
    an unknown encoding, a quotation mark left open, a file without rows.
    """
    start = guard.check_file(path)
    if guard.is_zip(start):
        return _read_package(path, sheet)
    if guard.is_ole(start):
        return _read_xls(path, sheet)
    return _read_text(path)


# --- workbooks ----------------------------------------------------------------------------------------


def _read_package(path: Path, sheet: str | None) -> Rows:
    with open_package(path) as package, Values(package) as values:
        chosen = _choose(package, sheet)
        rows = values.rows(chosen)
    return _below_headings(path, enumerate(rows, 1), sheet=chosen.name)


def _choose(package: Package, name: str | None) -> Sheet:
    by_name = {sheet.name: sheet for sheet in sheets(package)}
    return by_name[_sheet_name(package.path, list(by_name), name)]


def _sheet_name(path: Path, names: Sequence[str], wanted: str | None) -> str:
    if not names:
        raise guard.trouble("no_sheet", path, "没有工作表。", "has no worksheet.")
    if wanted is None:
        return names[0]
    for name in names:
        if name.casefold().strip() == wanted.casefold().strip():
            return name
    raise guard.trouble(
        "unknown_sheet",
        path,
        f"没有名为“{wanted}”的工作表；现有：{'、'.join(names)}。",
        f"has no sheet “{wanted}”; it has: {', '.join(names)}.",
    )


def _read_xls(path: Path, sheet: str | None) -> Rows:
    from addin.files.oldbook import old_rows  # its library is loaded for such files only

    name, rows = old_rows(path, lambda names: _sheet_name(path, names, sheet))
    return _below_headings(path, rows, sheet=name)


# --- text -----------------------------------------------------------------------------------------------


def _read_text(path: Path) -> Rows:
    text, encoding = _decode(path)
    text, declared = _declared_delimiter(text)
    delimiter = declared or _sniff(text)
    records = _records(path, text, delimiter)
    numbered = [(number + bool(declared), record) for number, record in records]
    return _below_headings(path, numbered, encoding=encoding, delimiter=delimiter)


def _decode(path: Path) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else UTF-8, else GB18030 (it includes GBK)."""
    try:
        if path.stat().st_size > MAX_TEXT:
            raise guard.of_package(path, too_large(f"{path.stat().st_size / 1024**3:.1f} GB"))
        content = path.read_bytes()
    except OSError as reason:
        raise guard.unreadable(path, reason) from reason
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or (encoding == "gb18030" and _is_broken_utf8(content)):
            break
        return text, encoding
    raise guard.trouble(
        "unknown_encoding",
        path,
        "无法识别文字编码（含空字节或混合编码）；请另存为“CSV UTF-8”后重试。",
        "its encoding is not recognised (NUL bytes or a mixture); save it as “CSV UTF-8”, then retry.",
    )


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8", "gb18030")


def _is_broken_utf8(content: bytes) -> bool:
    """Nearly all of it is UTF-8: read as GB18030 it would be nonsense without an error."""
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) > 5 * bad


def _declared_delimiter(text: str) -> tuple[str, str]:
    """The text after a first line such as ``sep=;`` (Excel's own convention), and that delimiter or ""."""
    line, _, rest = text.partition("\n")
    mark = line.strip(' "\r')
    if len(mark) == 5 and mark[:4].casefold() == "sep=":
        return rest, mark[4]
    return text, ""


def _sniff(text: str) -> str:
    """The delimiter that parts most of the first lines into equally many fields, the more the better."""
    lines = io.StringIO(text[: 256 * 1024], newline="")
    sample = [line for line, _ in zip(lines, range(_SNIFFED_LINES), strict=False)]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: list[str], delimiter: str) -> tuple[int, int]:
    try:
        widths = [len(record) for record in csv.reader(sample, delimiter=delimiter) if record]
    except csv.Error:
        return 0, 0
    usual = max(set(widths), key=widths.count, default=1)
    return (widths.count(usual), usual) if usual > 1 else (0, 0)


def _records(path: Path, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    try:
        return _parse(path, text, delimiter, strict=True)
    except csv.Error as reason:
        if "end of data" in str(reason):
            raise _open_quote(path) from reason
    try:
        # a quotation mark inside a quoted field, not doubled: the usual reading is to keep it
        return _parse(path, text, delimiter, strict=False)
    except csv.Error as reason:
        raise _open_quote(path) from reason


def _parse(path: Path, text: str, delimiter: str, strict: bool) -> list[tuple[int, list[str]]]:
    """The records that are not blank, numbered from 1."""
    records: list[tuple[int, list[str]]] = []
    cells = 0
    for number, record in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict), 1
    ):
        if _is_blank(record):
            continue
        records.append((number, [plain_text(field) for field in record]))
        cells += len(record)
        if len(records) > MAX_ROWS + 1 or cells > MOST_CELLS:
            raise guard.too_many_cells(path, MOST_CELLS) if cells > MOST_CELLS else _too_many_rows(path)
    return records


def _too_many_rows(path: Path) -> LedgerError:
    return guard.trouble(
        "too_large",
        path,
        f"超过 {MAX_ROWS:,} 行，一张工作表放不下；请分成几个文件导入。",
        f"has over {MAX_ROWS:,} rows, more than a sheet holds; split it and import the parts.",
    )


def _open_quote(path: Path) -> LedgerError:
    most = csv.field_size_limit()
    return guard.trouble(
        "open_quote",
        path,
        f"有未闭合的引号，或单个字段超过 {most} 字符；请检查引号后重试。",
        f"a quotation mark is never closed, or a field has over {most} characters; mend it, then retry.",
    )


# --- both -------------------------------------------------------------------------------------------------


def _below_headings(path: Path, numbered: Iterable[tuple[int, Sequence[AnyCell]]], **found: str) -> Rows:
    filled = [(number, row) for number, row in numbered if not _is_blank(row)]
    if not filled:
        raise guard.trouble("no_rows", path, "没有任何数据行。", "has no rows.")
    headings = _trimmed(filled[0][1])
    numbers = [number for number, _ in filled[1:]]
    rows = [row for _, row in filled[1:]]
    return Rows(
        headings=tuple(str(cell).strip() for cell in headings),
        columns=[[row[i] if i < len(row) else "" for row in rows] for i in range(len(headings))],
        rows=numbers,
        overlong=[n for n, row in zip(numbers, rows, strict=True) if not _is_blank(row[len(headings) :])],
        **found,
    )


def _is_blank(row: Sequence[AnyCell]) -> bool:
    return row.count("") == len(row) or all(isinstance(cell, str) and not cell.strip() for cell in row)


def _trimmed(row: Sequence[AnyCell]) -> Sequence[AnyCell]:
    """The row without the empty cells at its end."""
    end = len(row)
    while end and _is_blank(row[end - 1 : end]):
        end -= 1
    return row[:end]
