"""Where the cells of an edited table are afterwards. Shares no code with the writer."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from openpyxl.formula.tokenizer import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from addin.files.package.edits import KEEP, TableEdit
from tests.trial.view import BookView, Box, CellView, Place, TableView, box, local

_REF = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)")
_SIZED = ("table", "autoFilter", "sortState", "sortCondition")


class Move:
    """Where the cells of one table are afterwards."""

    def __init__(self, book: BookView, edit: TableEdit) -> None:
        self.edit = edit
        self.table: TableView = next(table for name, table in book.tables.items() if same(name, edit.table))
        self.old = self.table.bottom - self.table.top + 1
        self.new = self.old if edit.rows is None else max(edit.rows, 1)
        order = edit.order if edit.rows != 0 else [None]
        self.order = (
            list(order) if order is not None else [i if i < self.old else None for i in range(self.new)]
        )
        self.to = {source: index for index, source in enumerate(self.order) if source is not None}
        self.shift = self.new - self.old
        self.first = self.table.whole[0]
        self.last = self.table.whole[2] + max(self.shift, 0)

    def holds(self, place: Place) -> bool:
        """Whether the table had the cell."""
        top, left, bottom, right = self.table.whole
        return top <= place[0] <= bottom and left <= place[1] <= right

    def inside(self, place: Place) -> bool:
        """Whether the table has the cell now."""
        top, left, bottom, right = self.table.whole
        return top <= place[0] <= bottom + self.shift and left <= place[1] <= right

    def vacated(self, place: Place) -> bool:
        """Whether the table had the cell as a data row or totals row and has it no more."""
        return self.holds(place) and not self.inside(place)

    def target(self, place: Place) -> Place | None:
        """Where a cell that the table had is afterwards, None if its record goes."""
        row, column = place
        if row < self.table.top:
            return place
        if row > self.table.bottom:
            return row + self.shift, column
        index = self.to.get(row - self.table.top)
        if index is None and self.edit.rows == 0 and row == self.table.top and self._calculated(column):
            return place
        return None if index is None else (self.table.top + index, column)

    def moves(self, place: Place, target: Place) -> bool:
        return self.holds(place) and (place != target or (self.shift != 0 and place[0] > self.table.bottom))

    def shifted(self, cell: CellView, place: Place, target: Place) -> CellView:
        """The cell as it must stand in its new row."""
        if cell.formula is None:
            return cell
        old, new = (f"{get_column_letter(column)}{row}" for row, column in (place, target))
        array = cell.array
        if array is not None:
            top, left, bottom, right = box(array)
            array = area_name((top + target[0] - place[0], left, bottom + target[0] - place[0], right))
        if place[0] > self.table.bottom:
            return replace(cell, formula=self._total(cell.formula), array=array)
        text = Translator("=" + cell.formula, origin=old).translate_formula(new)[1:]
        return replace(cell, formula=text, array=array)

    def _total(self, formula: str) -> str:
        """A formula of the totals row after the row has moved."""
        pieces = []
        for token in Tokenizer("=" + formula).items:
            simple = token.subtype == "RANGE" and re.fullmatch(r"[A-Z$\d:]+", token.value)
            pieces.append(self._follow(token.value) if simple else token.value)
        return "".join(pieces)

    def _follow(self, ref: str) -> str:
        top, left, bottom, right = box(ref)
        if top > self.table.bottom and self.holds((top, left)) and self.holds((bottom, right)):
            return _REF.sub(lambda hit: f"{hit[1]}{int(hit[2]) + self.shift}", ref)
        return self.grown(ref) if ":" in ref else ref

    def grown(self, ref: str) -> str:
        """A range that ends at the last data row, grown along."""
        top, left, bottom, right = box(ref)
        _, first, _, last = self.table.whole
        ends = bottom == self.table.bottom and first <= left and right <= last
        if not ends or (top == bottom and self.old > 1) or top > self.table.bottom + self.shift:
            return ref
        return re.sub(r"\d+$", str(bottom + self.shift), ref)

    def column(self, place: Place) -> int:
        return place[1] - self.table.whole[1]

    def asked(self, place: Place) -> object:
        """The value that the edit wants there, KEEP if it wants none."""
        index = place[0] - self.table.top
        wanted = self.edit.columns.get(self.column(place)) if self.inside(place) else None
        if wanted is None or not 0 <= index < len(wanted.values) or place[0] > self.table.bottom + self.shift:
            return KEEP
        return wanted.values[index]

    def kind(self, place: Place) -> str:
        return self.edit.columns[self.column(place)].kind

    def _calculated(self, column: int) -> bool:
        columns = [entry for entry in self.table.xml.iter() if local(entry.tag) == "tableColumn"]
        entry = columns[column - self.table.whole[1]]
        return any(local(child.tag) == "calculatedColumnFormula" for child in entry)

    def fills_itself(self, place: Place) -> bool:
        return place[0] <= self.table.bottom + self.shift and self._calculated(place[1])

    def expected_part(self) -> Element:
        """The table part as it must be."""
        root = self.table.xml
        root.attrib.pop("insertRow", None)
        for entry in root.iter():
            ref = entry.get("ref")
            if local(entry.tag) == "totalsRowFormula" and entry.text:
                entry.text = self._total(entry.text)
            if local(entry.tag) in _SIZED and ref:
                entry.set("ref", self._moved(ref))
        for entry in root.iter():
            if self.edit.clear_filter and local(entry.tag) == "autoFilter":
                for column in list(entry):
                    if local(column.tag) == "filterColumn":
                        _clear(entry, column)
        return root

    def _moved(self, ref: str) -> str:
        top, left, bottom, right = box(ref)
        if bottom == self.table.whole[2] and (top, left, right) == (
            self.table.whole[0],
            *self.table.whole[1::2],
        ):
            return area_name((top, left, bottom + self.shift, right)) if self.shift else ref
        if bottom == self.table.bottom:
            return area_name((top, left, bottom + self.shift, right)) if self.shift else ref
        return ref


def _clear(parent: Element, column: Element) -> None:
    if column.get("hiddenButton") or column.get("showButton"):
        for child in list(column):
            column.remove(child)
        column.text = None
    else:
        parent.remove(column)


def area_name(area: Box) -> str:
    top, left, bottom, right = area
    first, last = f"{get_column_letter(left)}{top}", f"{get_column_letter(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
