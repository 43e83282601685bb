"""Compares a workbook before and after an edit: what is not owned is the same. Shares no code with the writer.

It takes the edits as they were asked for, works out where every cell of before must be afterwards, and names
each part, cell, row and piece of XML that is otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

from openpyxl.utils import get_column_letter

from addin.files.package.edits import KEEP, CellEdit, Edits
from tests.trial.moves import Move, area_name, same
from tests.trial.view import BLANK, BookView, CellView, Place, SheetView, box, local, tree


@dataclass
class Comparison:
    """How much was looked at, and what is not as it must be."""

    same_parts: int = 0
    changed_parts: list[str] = field(default_factory=list)
    cells: int = 0
    problems: list[str] = field(default_factory=list)


def compare(before: Path, after: Path, edits: Edits) -> Comparison:
    """Everything that differs though the edits do not own it."""
    return _Compared(BookView(before), BookView(after), edits).run()


class _Compared:
    def __init__(self, old: BookView, new: BookView, edits: Edits) -> None:
        self.old, self.new, self.edits = old, new, edits
        self.found = Comparison()
        self.moves = [Move(old, edit) for edit in edits.tables]

    def run(self) -> Comparison:
        chain = self._dropped_chain()
        self._parts(chain)
        sheets = {move.table.sheet for move in self.moves}
        sheets |= {name for cell in self.edits.cells for name in self.old.sheets if same(name, cell.sheet)}
        for name in sheets:
            self._sheet(name)
        for move in self.moves:
            self._table(move)
        self._workbook()
        return self.found

    def _say(self, problem: str) -> None:
        self.found.problems.append(problem)

    # --- parts ---

    def _dropped_chain(self) -> str | None:
        gone = [name for name in self.old.parts if name not in self.new.parts]
        if not gone:
            return None
        if len(gone) > 1 or "calcchain" not in gone[0].lower():
            self._say(f"parts are gone: {gone}")
        return gone[0]

    def _parts(self, chain: str | None) -> None:
        if [name for name in self.old.parts if name != chain] != list(self.new.parts):
            self._say("other parts or another order")
        allowed = {self.old.workbook, *(move.table.part for move in self.moves)}
        allowed |= {self.old.sheets[move.table.sheet] for move in self.moves}
        allowed |= {part for name, part in self.old.sheets.items()
                    if any(same(name, cell.sheet) for cell in self.edits.cells)}  # fmt: skip
        about_chain = self._about_chain() if chain else {}
        for name, entry in self.old.parts.items():
            twin = self.new.parts.get(name)
            if twin is None:
                continue
            if twin.packed == entry.packed and twin.data == entry.data:
                self.found.same_parts += 1
            elif name in about_chain:
                self._without_chain(name, about_chain[name])
            elif name not in allowed:
                self._say(f"{name} is not the same bytes")
            else:
                self.found.changed_parts.append(name)
            if (twin.time, twin.attributes) != (entry.time, entry.attributes):
                self._say(f"{name} has another time or other attributes")

    def _about_chain(self) -> dict[str, str]:
        folder, _, name = self.old.workbook.replace("\\", "/").rpartition("/")
        rels = self.old.find(f"{folder}/_rels/{name}.rels") or ""
        types = self.old.find("[Content_Types].xml") or ""
        return {rels: "Target", types: "PartName"}

    def _without_chain(self, part: str, attribute: str) -> None:
        old = [
            tree(entry) for entry in self.old.xml(part) if "calcchain" not in entry.get(attribute, "").lower()
        ]
        if old != [tree(entry) for entry in self.new.xml(part)]:
            self._say(f"{part}: more than the calculation chain went")

    # --- sheets ---

    def _sheet(self, name: str) -> None:
        old, new = self.old.sheet(name), self.new.sheet(name)
        moves = [move for move in self.moves if move.table.sheet == name]
        cells = {(cell.row, cell.column): cell for cell in self.edits.cells if same(cell.sheet, name)}
        self._cells(name, old, new, moves, cells)
        self._rows(name, old, new, moves)
        self._around(name, old, new, moves)
        head, other = (_head(book.parts[book.sheets[name]].data) for book in (self.old, self.new))
        if head != other:
            self._say(f"{name}: what stands before the rows is not the same bytes")

    def _cells(
        self, name: str, old: SheetView, new: SheetView, moves: list[Move], cells: dict[Place, CellEdit]
    ) -> None:
        expected: dict[Place, CellView] = {}
        for place, cell in old.cells.items():
            target = _target(moves, place)
            if target is not None:
                shifted = [move for move in moves if move.moves(place, target)]
                expected[target] = shifted[0].shifted(cell, place, target) if shifted else cell
        written = _written(old, new, moves, cells)
        for place in expected.keys() | new.cells.keys():
            self.found.cells += 1
            want, got = expected.get(place, BLANK), new.cells.get(place, BLANK)
            label = f"{name}!{get_column_letter(place[1])}{place[0]}"
            if place in cells:
                self._value(label, cells[place].value, got)
                want = replace(got, style=want.style if place in old.cells else got.style)
            for move in moves:
                asked = move.asked(place)
                if asked is not KEEP:
                    self._value(label, asked, got, date1904=self.date1904, kind=move.kind(place))
                    want = replace(got, style=want.style if place in expected else got.style)
                elif place not in expected and move.inside(place):
                    want = replace(want, style=got.style)
                    if move.fills_itself(place) and got.formula:
                        want = got
                elif move.vacated(place):
                    want = replace(want, style=got.style)
            self._same_cell(label, want, got, written)

    def _same_cell(self, label: str, want: CellView, got: CellView, written: set[Place]) -> None:
        if want.blank and got.blank and want.style == got.style:
            return
        if want.array and (got.array != want.array) and _hit(want.array, written):
            want = replace(want, array=got.array, formula=got.formula, held=_without_cm(want.held))
            got = replace(got, held=_without_cm(got.held))
        if want != got:
            self._say(f"{label}: {want} became {got}")

    @cached_property
    def date1904(self) -> bool:
        properties = (entry for entry in self.old.xml(self.old.workbook) if local(entry.tag) == "workbookPr")
        return any(entry.get("date1904") in ("1", "true") for entry in properties)

    def _value(
        self, label: str, value: object, got: CellView, date1904: bool = False, kind: str = ""
    ) -> None:
        if got.formula is not None or not _shows(got, value, date1904 or self.date1904, kind):
            self._say(f"{label}: asked for {value!r}, holds {got}")

    def _rows(self, name: str, old: SheetView, new: SheetView, moves: list[Move]) -> None:
        for number in old.rows.keys() | new.rows.keys():
            before, after = dict(old.rows.get(number, {})), dict(new.rows.get(number, {}))
            for move in moves:
                if move.first <= number <= move.last:
                    for attribute in ("hidden", *(["ht"] if move.edit.heights else [])):
                        before.pop(attribute, None)
                        after.pop(attribute, None)
            if before != after:
                self._say(f"{name}: row {number} was {before}, is {after}")

    def _around(self, name: str, old: SheetView, new: SheetView, moves: list[Move]) -> None:
        if old.root != new.root:
            self._say(f"{name}: other attributes")
        before = [element for element in old.around if local(element.tag) != "dimension"]
        after = [element for element in new.around if local(element.tag) != "dimension"]
        growths = list(moves)
        for element in before:
            for rule in element.iter():
                if local(rule.tag) in ("conditionalFormatting", "dataValidation"):
                    _grow(rule, growths)
        if [tree(element) for element in before] != [tree(element) for element in after]:
            self._say(f"{name}: what stands around the rows is not the same")

    # --- tables and workbook ---

    def _table(self, move: Move) -> None:
        new = self.new.tables[move.table.name]
        if tree(move.expected_part()) != tree(new.xml):
            self._say(f"table {move.table.name} says something else")

    def _workbook(self) -> None:
        old, new = self.old.xml(self.old.workbook), self.new.xml(self.new.workbook)
        shown = {name.casefold() for name in self.edits.show_sheets}
        for entry in old.iter():
            if local(entry.tag) == "sheet" and entry.get("name", "").casefold() in shown:
                entry.attrib.pop("state", None)
            if local(entry.tag) == "definedName" and entry.text:
                entry.text = self._grown_name(entry.text)
        for root in (old, new):
            for entry in list(root):
                if local(entry.tag) == "calcPr":
                    entry.attrib.pop("fullCalcOnLoad", None)
                    if not entry.attrib:
                        root.remove(entry)
        if tree(old) != tree(new):
            self._say("the workbook part says something else")

    def _grown_name(self, text: str) -> str:
        for move in _growing(self.moves):
            sheet = re.escape(move.table.sheet.replace("'", "''"))
            pattern = rf"(?<![\w'])((?:{sheet}|'{sheet}')!)(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)"
            text = re.sub(pattern, lambda hit: hit[1] + move.grown(hit[2]), text)  # noqa: B023  # used at once
        return text


def _target(moves: list[Move], place: Place) -> Place | None:
    for move in moves:
        if move.holds(place):
            return move.target(place)
    return place


def _written(old: SheetView, new: SheetView, moves: list[Move], cells: dict[Place, CellEdit]) -> set[Place]:
    """Cells that somebody owns or that moved."""
    places = set(cells)
    for place in old.cells.keys() | new.cells.keys():
        if _target(moves, place) != place or any(move.asked(place) is not KEEP for move in moves):
            places.add(place)
    return places


def _hit(array: str, written: set[Place]) -> bool:
    top, left, bottom, right = box(array)
    return any(top <= row <= bottom and left <= column <= right for row, column in written)


def _without_cm(held: tuple[object, ...]) -> tuple[object, ...]:
    kind, attributes, children = held or ("n", (), ())
    assert isinstance(attributes, tuple)
    return kind, tuple(pair for pair in attributes if pair[0] != "cm"), children


def _growing(moves: list[Move]) -> list[Move]:
    """Tables with which ranges grow, and those whose totals row would slip into a range."""
    return [move for move in moves if move.shift > 0 or (move.shift < 0 and move.table.totals)]


def _grow(rule: Element, moves: list[Move]) -> None:
    """The ranges of a rule grown with the tables, and shrunk where a totals row would slip in."""
    growing = _growing(moves)
    for entry in (rule, *rule.iter()):
        words = (entry.get("sqref") or (entry.text if local(entry.tag) == "sqref" else "") or "").split(" ")
        for index, word in enumerate(words):
            for move in growing if re.fullmatch(r"\$?[A-Z]+\$?\d+(:\$?[A-Z]+\$?\d+)?", word) else ():
                words[index] = _grown_word(move, words[index])
        if entry.get("sqref"):
            entry.set("sqref", " ".join(words))
        elif local(entry.tag) == "sqref":
            entry.text = " ".join(words)


def _grown_word(move: Move, word: str) -> str:
    new = move.grown(word if ":" in word else f"{word}:{word}")
    return word if box(new) == box(word) else area_name(box(new))


def _shows(cell: CellView, value: object, date1904: bool, kind: str) -> bool:
    """Whether a cell holds what was asked for."""
    stored = cell.held[0] if cell.held else "n"
    if value is None or value == "":
        return cell.blank
    if isinstance(value, bool):
        return stored == "b" and cell.text == str(int(value))
    if kind == "date" or isinstance(value, date):
        if isinstance(value, datetime):
            return stored == "n" and cell.text != ""
        ordinal = value.toordinal() if isinstance(value, date) else int(str(value))
        serial = ordinal - 695_056 if date1904 else ordinal - 693_594
        return stored == "n" and cell.text == str(serial)
    if kind == "number" or isinstance(value, int | Decimal):
        return stored == "n" and Decimal(cell.text) == Decimal(str(value))
    return stored == "inlineStr" and _decoded(cell.text) == str(value)


def _decoded(text: str) -> str:
    return re.sub(r"_x([0-9A-F]{4})_", lambda hit: chr(int(hit[1], 16)), text)


def _head(data: bytes) -> bytes:
    """A sheet up to its rows without its extent; parts in two-byte letters are left to the XML comparison."""
    if data[:1] in b"\xff\xfe" or b"\0" in data[:4]:
        return b""
    head = data[: next(iter(_starts(data)), len(data))]
    return re.sub(rb"<(?:\w+:)?dimension[^>]*>", b"", head)


def _starts(data: bytes) -> Iterator[int]:
    for match in re.finditer(rb"<(?:\w+:)?sheetData[\s/>]", data):
        yield match.start()
