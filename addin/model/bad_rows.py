"""Findings about rows as such: missing tables and headings, keys, references, required cells."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count

import pandas as pd

from addin.model.columns import Column, Kind, Table, fold
from addin.model.finding import Finding, error, info, warning
from addin.model.money import is_code
from addin.model.problems import shown
from addin.model.tables import TABLES
from addin.model.text import Text

_NUMBERED = re.compile(r"(.*?)([0-9]{1,18})", re.DOTALL)
UNKNOWN_CURRENCY = "???"
"""Of a row whose currency cannot be read: its amounts are never added to those of a known one."""
_CORE = ("customers", "contracts", "milestones", "receipts")
"""Without these there is no ledger."""
_FIRST_IDS = {
    "customers": "C001",
    "contracts": "HT001",
    "milestones": "M001",
    "amendments": "BG001",
    "reschedules": "YQ001",
    "receipts": "SK001",
    "adjustments": "TZ001",
    "contacts": "GT001",
    "promises": "CN001",
    "disputes": "ZY001",
}


def table_missing(table: Table) -> Finding:
    """A whole table is not there: it counts as empty."""
    make = error if table.key in _CORE else warning
    return make(
        "table_missing",
        table.key,
        None,
        None,
        Text(
            f"工作簿中没有“{table.name.zh}”表（{table.key}），按空表计算",
            f'The book has no table "{table.name.en}" ({table.key}); it counts as empty',
        ),
        Text(
            f"用 huikuan new 新建一个工作簿，把其中的“{table.name.zh}”工作表移动过来",
            f'Make a workbook by huikuan new, and move its sheet "{table.name.en}" into this one',
        ),
    )


def heading_missing(table: Table, column: Column) -> Finding:
    """A declared column is not there: its cells count as empty, and without its ids no row counts."""
    make = error if column.required else warning
    is_key = column.key == table.identity[0] and column.owner == "input"
    lost = Text("，本表各行无法计入", "; no row of the table counts") if is_key else Text("", "")
    return make(
        "heading_missing",
        table.key,
        None,
        column.key,
        Text(f"缺少列“{column.name.zh}”{lost.zh}", f'The column "{column.name.en}" is missing{lost.en}'),
        Text(
            f"把标题改回“{column.name.zh}”，或在表中加一列写此标题",
            f'Give the heading back its name "{column.name.en}", or add a column of that name to the table',
        ),
    )


def heading_repeated(table: Table, column: Column, heading: str) -> Finding:
    """Two columns of one meaning: the first counts."""
    return warning(
        "heading_repeated",
        table.key,
        None,
        column.key,
        Text(
            f"列“{heading}”与前面的“{column.name.zh}”列重复，只用前一列",
            f'The column "{heading}" is another "{column.name.en}"; the first one counts',
        ),
        Text("给后一列换个标题，或删除它", "Give the later column another heading, or delete it"),
    )


def typed_over(table: Table, column: Column, row: int) -> Finding:
    """A computed cell does not hold what the add-in writes there."""
    return warning(
        "typed_over",
        table.key,
        row,
        column.key,
        Text(
            f"计算列“{column.name.zh}”被手工改动，已重新计算",
            f'The computed cell "{column.name.en}" was typed over; it is computed again',
        ),
        Text("修改左侧的输入列，不要改灰色列", "Change the input columns on the left, not the grey ones"),
    )


def id_filled(table: Table, row: int, value: str) -> Finding:
    """A row without an own id got one."""
    return info(
        "id_filled",
        table.key,
        row,
        table.identity[0],
        Text(f"编号为空，已填 {value}", f"The id was empty; {value} was filled in"),
        Text("无需处理；编号以后不再改变", "Nothing to do; the id stays from now on"),
    )


def new_ids(table: str, ids: Sequence[str]) -> Iterator[str]:
    """Ids that no row has, of the pattern that the table's last numbered id has.

    >>> from itertools import islice
    >>> list(islice(new_ids("receipts", ["SK008", "SK009", ""]), 2)), next(new_ids("receipts", [""]))
    (['SK010', 'SK011'], 'SK001')
    """
    numbered = [found for value in ids if (found := _NUMBERED.fullmatch(value))]
    last = numbered[-1] if numbered else _NUMBERED.fullmatch(_FIRST_IDS.get(table, f"{table[:2].upper()}001"))
    assert last is not None, "the pattern of a new id ends in digits"
    prefix, width = last[1], len(last[2])
    highest = max((int(found[2]) for found in numbered if found[1] == prefix), default=0)
    return (f"{prefix}{number:0{width}d}" for number in count(highest + 1))


def repeated(table: Table, row: int, key: Sequence[str], first_row: int) -> Finding:
    """The identity stands above already: this row is left out."""
    name = shown(" / ".join(part for part in key if part))
    return error(
        "key_repeated",
        table.key,
        row,
        table.identity[0],
        Text(
            f"{name} 与第 {first_row} 行重复，本行未计入",
            f"{name} stands in row {first_row} already; this row is left out",
        ),
        Text("改成不同的编号，或删除其中一行", "Give it another id, or delete one of the rows")
        if len(key) == 1
        else Text("修改或删除其中一行", "Change or delete one of the rows"),
    )


def nameless(table: Table, row: int, headings: Container[str]) -> list[Finding]:
    """A row without what names it does not count; told by the heading where the whole column is missing."""
    column = table[table.identity[0]]
    if column.key not in headings:
        return []
    return [
        error(
            "required_empty",
            table.key,
            row,
            column.key,
            Text(
                f"“{column.name.zh}”必填，现为空，本行未计入",
                f'"{column.name.en}" is required and empty; this row is left out',
            ),
            Text(
                f"填写“{column.name.zh}”，或清空整行", f'Fill in "{column.name.en}", or clear the whole row'
            ),
        )
    ]


def required(table: Table, column: Column, row: int) -> Finding:
    """A cell that must be filled is empty."""
    return error(
        "required_empty",
        table.key,
        row,
        column.key,
        Text(f"“{column.name.zh}”必填，现为空", f'"{column.name.en}" is required and empty'),
        Text(f"填写“{column.name.zh}”", f'Fill in "{column.name.en}"'),
    )


def odd_currencies(table: Table, rows: Sequence[int], codes: Sequence[str]) -> list[Finding]:
    """Currency codes that are not three letters of ISO 4217."""
    return [
        error(
            "currency_unknown",
            table.key,
            row,
            "currency",
            Text(f"“{code}”不是三个字母的币种代码", f'"{code}" is not a currency code of three letters'),
            Text("填写 CNY、USD 这样的代码", "Write a code such as CNY or USD"),
        )
        for row, code in zip(rows, codes, strict=True)
        if code and code != UNKNOWN_CURRENCY and not is_code(code)
    ]


def references(frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Ids that name no row of the table they refer to."""
    known = {key: set(frame[TABLES[key].identity[0]]) for key, frame in frames.items()}
    findings: list[Finding] = []
    for key, frame in frames.items():
        for column in TABLES[key].columns:
            if column.ref is not None and column.owner == "input" and column.ref in known:
                findings += _unknown_ids(TABLES[key], column, frame[column.key], known[column.ref])
    return findings


def _unknown_ids(table: Table, column: Column, values: pd.Series, known: set[str]) -> list[Finding]:
    if column.kind is not Kind.LIST and known.issuperset(set(values) - {""}):
        return []
    missing = [
        (int(row), id)
        for row, value in zip(values.index, values.tolist(), strict=True)
        for id in (value if column.kind is Kind.LIST else (value,))
        if id and id not in known
    ]
    alike = {_loosely(id): id for id in known} if missing else {}
    return [_unknown_id(table, column, row, id, alike.get(_loosely(id))) for row, id in missing]


def _loosely(id: str) -> str:
    """An id without what Excel and hands lose: case, blanks, leading zeros."""
    return fold(id).lstrip("0")


def _unknown_id(table: Table, column: Column, row: int, id: str, alike: str | None) -> Finding:
    assert column.ref is not None
    target = TABLES[column.ref].name
    cure = Text(f"核对编号，或先在“{target.zh}”中登记", f'Check the id, or enter it in "{target.en}" first')
    if alike is not None:
        cure = Text(f"是否应为 {alike}？{cure.zh}", f"Is it {alike}? {cure.en}")
    return error(
        "reference_unknown",
        table.key,
        row,
        column.key,
        Text(f"“{target.zh}”中没有编号 {shown(id)}", f'There is no {shown(id)} in "{target.en}"'),
        cure,
    )
