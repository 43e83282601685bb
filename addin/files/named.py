"""What stands in the cells that a workbook's defined names point to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from addin.files.discover import Sheet, defined_names, sheets
from addin.files.parts import Package, open_package
from addin.files.template.places import name_place
from addin.files.values import Values
from addin.model.cells import AnyCell

Cells = Sequence[Sequence[AnyCell]]
"""Rows of cells, "" where one is empty."""


def named_cells(path: Path, shapes: Mapping[str, tuple[int, int]]) -> dict[str, Cells]:
    """The cells of each name, as many (rows, columns) as its shape says, from where the name points to.

    Names that the book lacks, or that point nowhere, are left out. LedgerError where it cannot be read.
    """
    with open_package(path) as package, Values(package) as values:
        found: dict[str, Cells] = {}
        for name, (sheet, top, left) in _places(package, shapes).items():
            height, width = shapes[name]
            rows = values.rows(sheet, top + height - 1, left + width - 1)[top - 1 :]
            cells = [row[left - 1 : left + width - 1] for row in rows[:height]]
            found[name] = cells + [[""] * width] * (height - len(cells))
    return found


def _places(package: Package, wanted: Mapping[str, object]) -> dict[str, tuple[Sheet, int, int]]:
    known = {sheet.name: sheet for sheet in sheets(package)}
    places = {name: name_place(text) for name, text in defined_names(package).items() if name in wanted}
    return {
        name: (known[place[0]], place[1], place[2])
        for name, place in places.items()
        if place and place[0] in known
    }
