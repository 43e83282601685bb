"""Random edits of random tables against the plainest model: lists of lists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.files.package import KEEP, ColumnEdit, Edits, TableEdit, patch
from addin.files.package.edits import Keep
from tests.files.package.books import part, sheet_xml, table_xml, write_book

LEFT, TOP, WIDTH = 2, 4, 3  # the table's header starts at B4
CELL = re.compile(r'<(?:x:)?c r="([A-Z])(\d+)"(?: s="\d+")?(?:/>|><(?:x:)?v>(\d+)</(?:x:)?v></(?:x:)?c>)')

Grid = dict[tuple[int, int], int]


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    old = draw(st.integers(1, 6))
    new = draw(st.integers(1, 8))
    value = st.none() | st.integers(0, 99)
    order = None
    if draw(st.booleans()):
        pool: list[int | None] = [*draw(st.permutations(range(old))), *[None] * new]
        order = draw(st.permutations(pool[: max(new, 1)]))[:new]
    columns = draw(st.sets(st.integers(0, WIDTH - 1)))
    return {
        "rows": draw(st.lists(st.tuples(*[value] * WIDTH), min_size=old, max_size=old)),
        "new": new,
        "order": order,
        "edits": {
            column: draw(st.lists(value | st.just(KEEP), min_size=new, max_size=new)) for column in columns
        },
        "total": draw(st.none() | st.integers(100, 199)),
        "beside": draw(st.sets(st.integers(TOP, TOP + 10))),
        "blank": draw(st.booleans()),
        "prefix": draw(st.booleans()),
    }


def start(case: dict[str, Any]) -> Grid:
    grid = {
        (TOP + 1 + index, LEFT + place): value
        for index, row in enumerate(case["rows"])
        for place, value in enumerate(row)
        if value is not None
    }
    if case["total"] is not None:
        grid[TOP + 1 + len(case["rows"]), LEFT] = case["total"]
    return grid | {(row, 9): 1000 + row for row in case["beside"]}


def expected(case: dict[str, Any]) -> Grid:
    old = len(case["rows"])
    order = case["order"]
    if order is None:
        order = [row if row < old else None for row in range(case["new"])]
    grid: Grid = {(row, 9): 1000 + row for row in case["beside"]}
    for index, source in enumerate(order):
        for place in range(WIDTH):
            value: int | Keep | None = case["edits"].get(place, [KEEP] * len(order))[index]
            if isinstance(value, Keep):
                value = None if source is None else case["rows"][source][place]
            if value is not None:
                grid[TOP + 1 + index, LEFT + place] = value
    if case["total"] is not None:
        grid[TOP + 1 + case["new"], LEFT] = case["total"]
    return grid


def written(grid: Grid, case: dict[str, Any]) -> str:
    """The rows of a sheet; `blank`: empty cells are there with a style, else they are left out."""
    last = TOP + 1 + len(case["rows"])
    text = ""
    for row in range(1, 30):
        cells = ""
        for column in range(1, 10):
            place = f"{chr(64 + column)}{row}"
            if (row, column) in grid:
                cells += f'<c r="{place}"><v>{grid[row, column]}</v></c>'
            elif case["blank"] and TOP < row <= last and LEFT <= column < LEFT + WIDTH:
                cells += f'<c r="{place}" s="1"/>'
        text += f'<row r="{row}">{cells}</row>' if cells else ""
    return text


def read(path: Path) -> Grid:
    text = part(path, "xl/worksheets/sheet1.xml")
    found = [(int(match[2]), ord(match[1]) - 64, match[3]) for match in CELL.finditer(text)]
    assert found == sorted(found, key=lambda cell: cell[:2]), "cells out of order"
    assert len({cell[:2] for cell in found}) == len(found), "a cell twice"
    assert len(found) == len(re.findall(r"<(?:x:)?c\b", text)), "a cell that the test does not understand"
    return {(row, column): int(value) for row, column, value in found if value}


@settings(deadline=None, max_examples=120)
@given(case=cases())
def test_every_edit_does_what_the_model_does(case: dict[str, Any], tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("model", numbered=True)
    totals = int(case["total"] is not None)
    bottom = TOP + len(case["rows"])
    xml = sheet_xml(written(start(case), case))
    if case["prefix"]:
        xml = re.sub(r"<(/?)(worksheet|sheetData|row|c|v)\b", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")
    table = table_xml(
        "T", f"B{TOP}:D{bottom + totals}", ["a", "b", "c"], filter_ref=f"B{TOP}:D{bottom}",
        more='totalsRowCount="1"' if totals else "",
    )  # fmt: skip
    source = write_book(folder / "book.xlsx", {"S": xml}, {"S": [table]})
    assert read(source) == start(case)
    columns = {place: ColumnEdit("number", values) for place, values in case["edits"].items()}
    target = folder / "after.xlsx"
    patch(source, target, Edits([TableEdit("T", columns, rows=case["new"], order=case["order"])]))
    assert read(target) == expected(case)
    after = part(target, "xl/tables/table1.xml")
    assert f'ref="B{TOP}:D{TOP + case["new"] + totals}"' in after
    assert f'<autoFilter ref="B{TOP}:D{TOP + case["new"]}">' in after
