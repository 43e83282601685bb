"""Damage to a csv file: its bytes, its fields, its rows, its dialect."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

Record = list[str]

FIELDS = [
    "", " ", "0", "-1", "1e309", "NaN", "9" * 400, "1,234.50", "(1,000)", "１２３", "30%", "-0", "1.005", "0x10",
    "²", "٣", "²²²²年1月1日", "2026-02-30", "3/4/2026", "9999-12-31", "0001-01-01", "20260301", "=1+1",
    "+A1", "-x", "@SUM(1)", "\tx", "\rx", "'x", '"', '""', "a\nb", "a\r\nb", "\x01", "\x1b[2J", "\u202e", "\ufeff",
    "_xD800_", "_x0041_", "\ufffe", "𠮷", "../../x", "CON", "a:b", "x" * 300, "z" * 33_000, "#REF!", "TRUE", "是",
    "C001", "HT001", "M001", "NET 30", "NET 999999999", "NET -1", "CNY", "XXX", ";", ";;;", "—", "null", "None",
    "%", "¥",
]  # fmt: skip


def damaged_text(records: list[Record], chance: random.Random) -> bytes:
    """A file of these records with one to four faults."""
    records = [list(record) for record in records]
    for _ in range(chance.choice([1, 1, 2, 4])):
        chance.choice(_ON_RECORDS)(records, chance)
    data = _written(records, chance)
    return _bytes(data, chance) if chance.random() < 0.35 else data


def _written(records: list[Record], chance: random.Random) -> bytes:
    target = io.StringIO()
    end = chance.choice(["\r\n", "\n", "\n", "\r"])
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(target, delimiter=chance.choice(",,,;\t|"), lineterminator=end, quoting=quoting)
    writer.writerows(records)
    code = chance.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "latin-1"])
    return target.getvalue().encode(code, "replace")


def _bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 1, 5])):
        at = chance.randrange(len(data) + 1)
        new = chance.choice(
            [b"", b"\0", b'"', b"\xff", b"\n", b"\r", b",", b";", b"sep=;\n", chance.randbytes(3)]
        )
        data = data[:at] + new + data[at + chance.choice([0, 1, 1, 40]) :]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def _field(records: list[Record], chance: random.Random) -> None:
    record = chance.choice(records[1:] or records or [[]])
    if record:
        record[chance.randrange(len(record))] = chance.choice(FIELDS)


def _column(records: list[Record], chance: random.Random) -> None:
    if records and records[0]:
        place, new = chance.randrange(len(records[0])), chance.choice(FIELDS)
        for record in records[1:]:
            if place < len(record):
                record[place] = new


def _heading(records: list[Record], chance: random.Random) -> None:
    if records and records[0]:
        records[0][chance.randrange(len(records[0]))] = chance.choice([*FIELDS, *records[0]])


def _no_column(records: list[Record], chance: random.Random) -> None:
    place = chance.randrange(8)
    for record in records:
        del record[place : place + 1]


def _rows(records: list[Record], chance: random.Random) -> None:
    match chance.randrange(5):
        case 0:
            chance.shuffle(records)
        case 1:
            del records[chance.randrange(len(records) + 1) :]
        case 2:
            records += [list(record) for record in records]
        case 3:
            records[:0] = [[]] * chance.randrange(4)
        case _:
            chance.choice(records or [[]]).extend(chance.choices(FIELDS, k=chance.choice([1, 300])))


_ON_RECORDS: list[Callable[[list[Record], random.Random], None]] = [
    _field, _field, _field, _field, _column, _heading, _no_column, _rows, _rows,
]  # fmt: skip
