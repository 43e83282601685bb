"""Findings about rows as such: missing tables and headings, keys, references, required cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from addin.model.columns import Column, Kind, Table
from addin.model.finding import Finding, error, info, warning
from addin.model.tables import TABLES
from addin.model.text import Text

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
    make = error if table.role == "mixed" else warning
    return make(
        "table_missing",
        table.key,
        None,
        None,
        Text(
            f"工作簿中没有“{table.name.zh}”表（{table.key}）",
            f'The book has no table "{table.name.en}" ({table.key})',
        ),
        Text("从新建的工作簿复制该工作表", "Copy the sheet over from a new workbook"),
    )


def heading_missing(table: Table, column: Column) -> Finding:
    """A declared column is not there: its cells count as empty."""
    make = error if column.required else warning
    return make(
        "heading_missing",
        table.key,
        None,
        column.key,
        Text(f"缺少列“{column.name.zh}”", f'The column "{column.name.en}" is missing'),
        Text(
            f"在表中加一列，标题写“{column.name.zh}”", f'Add a column headed "{column.name.en}" to the table'
        ),
    )


def heading_repeated(table: Table, heading: str) -> Finding:
    """Two columns of one meaning: the first counts."""
    return warning(
        "heading_repeated",
        table.key,
        None,
        table.heading_keys.get(heading),
        Text(f"列“{heading}”重复，只用第一列", f'The column "{heading}" stands twice; the first counts'),
        Text("给另一列换个标题", "Give the other column another heading"),
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


def next_id(table: str, ids: Sequence[str]) -> str:
    """The next id of the pattern that the table's last numbered id has.

    >>> next_id("receipts", ["SK008", "SK009", ""])
    'SK010'
    """
    numbered = [found for value in ids if (found := re.fullmatch(r"(.*?)(\d+)", value))]
    if not numbered:
        taken, first = set(ids), _FIRST_IDS.get(table, f"{table[:2].upper()}001")
        return first if first not in taken else f"{first}-2"
    prefix, width = numbered[-1][1], len(numbered[-1][2])
    highest = max(int(found[2]) for found in numbered if found[1] == prefix)
    return f"{prefix}{highest + 1:0{width}d}"


def repeated(table: Table, row: int, key: object, first_row: int) -> Finding:
    """The identity stands above already: this row is left out."""
    return error(
        "key_repeated",
        table.key,
        row,
        table.identity[0],
        Text(
            f"编号 {key} 与第 {first_row} 行重复，本行未计入",
            f"{key} stands in row {first_row} already; this row is left out",
        ),
        Text("改成不同的编号，或删除其中一行", "Give it another id, or delete one of the rows"),
    )


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
        if code and not (len(code) == 3 and code.isascii() and code.isalpha())
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
    assert column.ref is not None
    target = TABLES[column.ref].name
    return [
        error(
            "reference_unknown",
            table.key,
            int(row),
            column.key,
            Text(f"“{target.zh}”中没有编号 {missing}", f'There is no {missing} in "{target.en}"'),
            Text(f"核对编号，或先在“{target.zh}”中登记", f'Check the id, or enter it in "{target.en}" first'),
        )
        for row, value in zip(values.index, values.tolist(), strict=True)
        for missing in (value if column.kind is Kind.LIST else (value,))
        if missing and missing not in known
    ]
