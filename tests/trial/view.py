"""What a workbook shows and says, part by part, read with a plain XML parser. Shares no code with the writer."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter, range_boundaries

from tests.trial.zipread import entries

Place = tuple[int, int]
Tree = tuple[object, ...]
Box = tuple[int, int, int, int]
"""Top, left, bottom, right, all inclusive."""


def local(name: str) -> str:
    return name.rpartition("}")[2]


def tree(element: Element) -> Tree:
    """An element as plain data: name, attributes, text, children, what follows it."""
    attributes = tuple(sorted(element.attrib.items()))
    children = tuple(tree(child) for child in element)
    return element.tag, attributes, element.text or "", children, element.tail or ""


def box(ref: str) -> Box:
    left, top, right, bottom = range_boundaries(ref.replace("$", ""))
    return top, left, bottom, right


@dataclass(frozen=True)
class CellView:
    """A cell: style, what it holds apart from its formula, and the formula as it would read in the bar."""

    style: str
    held: Tree
    formula: str | None
    array: str | None
    text: str

    @property
    def blank(self) -> bool:
        return self.formula is None and not self.text


BLANK = CellView("0", (), None, None, "")


@dataclass
class SheetView:
    """A worksheet part: cells and rows by number, and everything else as plain data."""

    cells: dict[Place, CellView] = field(default_factory=dict)
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    around: list[Element] = field(default_factory=list)
    root: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableView:
    """A table part: where it is and what it says."""

    part: str
    sheet: str
    name: str
    whole: Box
    headers: int
    totals: int
    xml: Element

    @property
    def top(self) -> int:
        return self.whole[0] + self.headers

    @property
    def bottom(self) -> int:
        return self.whole[2] - self.totals


class BookView:
    """A workbook's parts and what leads to what."""

    def __init__(self, path: Path) -> None:
        self.parts = entries(path)
        self._by_key = {_key(name): name for name in self.parts}

    def find(self, part: str) -> str | None:
        """The name as the directory spells it."""
        return self._by_key.get(_key(part)) or self._by_key.get(_key(unquote(part)))

    def xml(self, name: str) -> Element:
        return ElementTree.fromstring(self.parts[name].data)

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Id, kind and target part (as spelt in the directory) of the inner relationships of a part."""
        folder, name = posixpath.split(part.replace("\\", "/"))
        rels = self.find(f"{folder}/_rels/{name}.rels")
        found = []
        for entry in self.xml(rels) if rels else ():
            if entry.get("TargetMode") != "External":
                target = posixpath.join("/" + folder, entry.get("Target", "").replace("\\", "/"))
                whole = self.find(posixpath.normpath(target)) or ""
                found.append((entry.get("Id", ""), entry.get("Type", "").rpartition("/")[2], whole))
        return found

    @cached_property
    def workbook(self) -> str:
        return next(part for _, kind, part in self.relations("") if kind == "officeDocument")

    @cached_property
    def sheets(self) -> dict[str, str]:
        """Worksheet parts by tab name."""
        parts = {name: part for name, kind, part in self.relations(self.workbook) if kind == "worksheet"}
        found = {}
        for entry in self.xml(self.workbook).iter():
            if local(entry.tag) == "sheet":
                key = next(
                    value for name, value in entry.items() if name.startswith("{") and local(name) == "id"
                )
                if key in parts:
                    found[entry.get("name", "")] = parts[key]
        return found

    @cached_property
    def tables(self) -> dict[str, TableView]:
        """Tables by display name."""
        return {
            table.name: table for name, part in self.sheets.items() for table in self._tables_on(name, part)
        }

    def _tables_on(self, sheet: str, part: str) -> Iterator[TableView]:
        for _, kind, target in self.relations(part):
            if kind == "table" and target:
                root = self.xml(target)
                yield TableView(
                    target, sheet, root.get("displayName", ""), box(root.get("ref", "")),
                    int(root.get("headerRowCount", "1")), int(root.get("totalsRowCount", "0")), root,
                )  # fmt: skip

    @cached_property
    def strings(self) -> list[Element]:
        part = next((part for _, kind, part in self.relations(self.workbook) if kind == "sharedStrings"), "")
        return [item for item in self.xml(part) if local(item.tag) == "si"] if part else []

    def sheet(self, name: str) -> SheetView:
        """A worksheet by its tab's name."""
        root = self.xml(self.sheets[name])
        view = SheetView(root=dict(root.attrib))
        for child in root:
            if local(child.tag) == "sheetData":
                _Rows(view, self.strings).read(child)
            else:
                view.around.append(child)
        return view


class _Rows:
    """Reads the rows of a sheet; shared formulas unfold from their first cell."""

    def __init__(self, view: SheetView, strings: list[Element]) -> None:
        self.view, self.strings = view, strings
        self.masters: dict[str, tuple[str, str]] = {}

    def read(self, data: Element) -> None:
        number = 0
        for row in data:
            if local(row.tag) != "row":
                continue
            number = int(row.get("r", number + 1))
            self.view.rows[number] = {
                name: value for name, value in row.items() if name not in ("r", "spans")
            }
            column = 0
            for cell in row:
                if local(cell.tag) != "c":
                    continue
                place = re.match(r"\$?([A-Za-z]+)", cell.get("r", ""))
                column = box(place[1] + "1")[1] if place else column + 1
                if (number, column) in self.view.cells:
                    raise ValueError(f"cell {number},{column} twice")
                self.view.cells[number, column] = self._cell(cell, f"{get_column_letter(column)}{number}")

    def _cell(self, cell: Element, name: str) -> CellView:
        formula, array = None, None
        held: list[Tree] = []
        for child in cell:
            if local(child.tag) == "f":
                formula, array = self._formula(child, name)
            else:
                held.append(tree(child))
        kind = cell.get("t", "n")
        attributes = tuple(sorted((key, value) for key, value in cell.items() if key not in ("r", "s", "t")))
        text = "".join(part for child in cell if local(child.tag) != "f" for part in child.itertext()).strip(
            "\r\n"
        )
        if kind == "s" and text:
            text = "".join(self.strings[int(text)].itertext())
        return CellView(cell.get("s", "0"), (kind, attributes, tuple(held)), formula, array, text)

    def _formula(self, element: Element, name: str) -> tuple[str, str | None]:
        text, kind, group = element.text or "", element.get("t", "normal"), element.get("si", "")
        if kind == "shared":
            if text:
                self.masters[group] = (text, name)
            elif group in self.masters:
                master, origin = self.masters[group]
                text = Translator("=" + master, origin=origin).translate_formula(name)[1:]
        if kind in ("array", "dataTable"):
            return text, element.get("ref", "")
        return text, None


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
