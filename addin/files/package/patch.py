"""The patch itself: which parts change, and the target written from raw copies and changed parts."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

from addin.files.package.cells import Renderer
from addin.files.package.container import Archive, Member, part_key
from addin.files.package.edits import Edits, PatchReport
from addin.files.package.markup import Encoding, encoding_of
from addin.files.package.packing import PackedPart, Writer
from addin.files.package.plan import SheetContext, TablePlan
from addin.files.package.problem import damaged, misfit
from addin.files.package.refs import Area, Growth
from addin.files.package.sheet import Sheet
from addin.files.package.sheetedits import SheetEdits
from addin.files.package.tables import TablePart, resized, unknown_table
from addin.files.package.tail import grown_rules, widened_extent
from addin.files.package.workbook import (
    CONTENT_TYPES,
    Package,
    SheetEntry,
    grown_names,
    recalculated,
    rels_part,
    shown,
    without_calc_chain,
    without_override,
)

_PIECE = 1 << 18
_NONSENSE = (ValueError, LookupError, ArithmeticError, RuntimeError, StopIteration, struct.error)
"""What parsing meets in files that are not what they say."""
_ROWS_END = re.compile(rb"</(?:[\w.-]+:)?sheetData|sheetData/>")
_FORMULAS = (re.compile(rb"<f[ >]"), re.compile(rb":f[ >]"))


def patch(source: Path, target: Path, edits: Edits) -> PatchReport:
    """Writes `target`: the workbook `source` with the edits and nothing else changed.

    Members that do not change are copied as compressed bytes. The target is overwritten; on an error it
    is left incomplete, so give it a temporary name (`addin.files.save` does).

    Somebody's array formula (or data table) that an edit cuts into goes on, in the largest block from its
    first cell on that holds no edited cell; its other cells keep the values that they show, and so do all
    where the first cell itself is edited. Excel would refuse such an edit; a refresh cannot wait for that.

    Raises PackageError where the book cannot take the edits, or where they do not fit the tables they
    name (a column with too few values).
    """
    try:
        with Archive(source) as archive, target.open("wb") as file:
            return _Patch(Package(archive), edits).write(Writer(file))
    except _NONSENSE as error:
        raise damaged(f"{type(error).__name__}: {error}") from error


class _Patch:
    """One run over one package."""

    def __init__(self, package: Package, edits: Edits) -> None:
        self.package, self.edits = package, edits
        self.tables = package.tables()
        self.dropped: list[str] = []
        self.growths: dict[str, list[Growth]] = {}
        self.small: dict[str, bytes] = {}
        self.formulas_left = self.formulas_changed = False

    def write(self, writer: Writer) -> PatchReport:
        """Sheets first (the workbook part depends on them); the members keep their order."""
        self._check_edits()
        archive = self.package.archive
        packed: dict[str, PackedPart] = {}
        for sheet in self._edited_sheets():
            member = self.package.member(sheet.part)
            part = self._packed_sheet(sheet, member)
            if part:
                packed[member.name] = part
        self._workbook_parts(bool(packed))
        for member in archive.members:
            new = self.small.get(part_key(member.name))
            if new is not None and new != archive.read(member):
                packed[member.name] = PackedPart.of(member.method, new)
        for member in archive.members:
            if member.name in packed:
                writer.put(member, packed[member.name])
            elif member.name not in self.dropped:
                writer.copy(archive, member)
        writer.finish(archive.comment)
        return PatchReport(tuple(packed), tuple(self.dropped))

    def _check_edits(self) -> None:
        names = [edit.table.casefold() for edit in self.edits.tables]
        if len(set(names)) < len(names):
            raise misfit(", ".join(names), "edited twice")
        known = {table.name.casefold() for table in self.tables}
        for edit in self.edits.tables:
            if edit.table.casefold() not in known:
                raise unknown_table(edit.table, [table.name for table in self.tables])
        for name in (*self.edits.show_sheets, *(cell.sheet for cell in self.edits.cells)):
            self.package.sheet(name)

    def _edited_sheets(self) -> list[SheetEntry]:
        names = {cell.sheet.casefold() for cell in self.edits.cells}
        wanted = {edit.table.casefold() for edit in self.edits.tables}
        parts = {table.sheet_part for table in self.tables if table.name.casefold() in wanted}
        return [
            sheet for sheet in self.package.sheets if sheet.name.casefold() in names or sheet.part in parts
        ]

    def _packed_sheet(self, entry: SheetEntry, member: Member) -> PackedPart | None:
        """The edited sheet, None if it comes out as it was."""
        data, encoding = self.package.text(entry.part)
        sheet = Sheet(data, entry.name)
        renderer = Renderer(sheet.dialect.prefix, self.package.date1904)
        context = SheetContext(sheet, renderer, sheet.specials())
        plans = self._plans(entry, context)
        cells = [cell for cell in self.edits.cells if cell.sheet.casefold() == entry.name.casefold()]
        edits = SheetEdits(context, plans, cells)
        growths = self._growths(entry, plans)
        part = PackedPart(member.method, len(data))
        sink = _Sink(part.write, data, encoding)
        sink(widened_extent(sheet.head, edits.used()))
        sheet.write(edits.rows(), sink)
        sink(grown_rules(data[sheet.tail :], growths))
        sink.close()
        part.close()
        self._count_formulas(sheet, sink.same)
        return None if sink.same else part

    def _plans(self, entry: SheetEntry, context: SheetContext) -> list[TablePlan]:
        here = {table.name.casefold(): table for table in self.tables if table.sheet_part == entry.part}
        plans = [
            TablePlan(here[edit.table.casefold()], edit, context)
            for edit in self.edits.tables
            if edit.table.casefold() in here
        ]
        after = {plan.table.name: plan.area for plan in plans}
        for plan in plans:
            others = _others(plan.table, list(here.values()), after)
            plan.check_room([*others, *self.package.pivots(entry.part)] if plan.new > plan.old else others)
            self._table_part(plan)
        return plans

    def _growths(self, entry: SheetEntry, plans: Sequence[TablePlan]) -> list[Growth]:
        """Tables whose ranges move along: grown ones, and shrunk ones with totals that would slip in."""
        growths = [
            plan.growth
            for plan in plans
            if plan.new > plan.old or (plan.new < plan.old and plan.table.totals)
        ]
        if growths:
            self.growths[entry.name.casefold()] = growths
        return growths

    def _table_part(self, plan: TablePlan) -> None:
        part = plan.table.part
        data, encoding = self._small(part)
        self._put(
            part, resized(data, plan.table, plan.sheet.name, plan.bottom, plan.edit.clear_filter), encoding
        )

    def _small(self, part: str) -> tuple[bytes, Encoding]:
        """A small part as UTF-8, as changed so far."""
        member = self.package.member(part)
        data = self.small.get(part_key(member.name)) or self.package.archive.read(member)
        encoding = encoding_of(data)
        return encoding.decode(data), encoding

    def _put(self, part: str, data: bytes, encoding: Encoding) -> None:
        self.small[part_key(self.package.member(part).name)] = encoding.encode(data)

    def _count_formulas(self, sheet: Sheet, same: bool) -> None:
        dialect = sheet.dialect
        self.formulas_changed |= not same and bool(dialect.formulas_gone or dialect.formulas_added)
        left = sheet.formula_count() - dialect.formulas_gone + dialect.formulas_added
        self.formulas_left |= left > 0

    def _workbook_parts(self, changed: bool) -> None:
        part = self.package.workbook_part
        data, encoding = self._small(part)
        data = shown(data, self.edits.show_sheets)
        data = grown_names(data, self.growths)
        if changed and (self.formulas_left or self._formulas_elsewhere()):
            data = recalculated(data)
        self._put(part, data, encoding)
        chain = self.package.calc_chain()
        if chain and self.formulas_changed:
            self._drop_calc_chain(chain)

    def _formulas_elsewhere(self) -> bool:
        """Whether any other sheet holds a formula; cheap, stops at the first."""
        edited = {sheet.part for sheet in self._edited_sheets()}
        others = (sheet.part for sheet in self.package.sheets if sheet.part not in edited)
        return any(map(self._has_formula, others))

    def _has_formula(self, part: str) -> bool:
        before = b""
        member = self.package.find(part)
        for piece in self.package.archive.pieces(member) if member else ():
            text = (before + piece).replace(b"\0", b"")  # UTF-16 reads as ASCII then
            end = _ROWS_END.search(text)
            if any(mark.search(text, 0, end.start() if end else len(text)) for mark in _FORMULAS):
                return True
            if end:
                return False
            before = piece[-64:]
        return False

    def _drop_calc_chain(self, part: str) -> None:
        self.dropped.append(self.package.member(part).name)
        data, encoding = self._small(CONTENT_TYPES)
        self._put(CONTENT_TYPES, without_override(data, part), encoding)
        rels = rels_part(self.package.workbook_part)
        data, encoding = self._small(rels)
        self._put(rels, without_calc_chain(data), encoding)


def _others(table: TablePart, here: Sequence[TablePart], after: dict[str, Area]) -> list[Area]:
    """Where the sheet's other tables are, before and after."""
    others = [other for other in here if other is not table]
    return [other.area for other in others] + [after[other.name] for other in others if other.name in after]


class _Sink:
    """Collects the pieces of a part, notices whether they equal the source, and passes them on."""

    def __init__(self, write: Callable[[bytes], None], data: bytes, encoding: Encoding) -> None:
        self._write, self._data, self._encoding = write, data, encoding
        self._pieces: list[bytes] = []
        self._held = self._at = 0
        self.same = True

    def __call__(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._held += len(piece)
        if self._held >= _PIECE and not self._encoding.codec:
            self._flush()

    def _flush(self) -> None:
        text = b"".join(self._pieces)
        self._pieces, self._held = [], 0
        self.same = self.same and self._data[self._at : self._at + len(text)] == text
        self._at += len(text)
        self._write(self._encoding.encode(text))

    def close(self) -> None:
        self._flush()
        self.same = self.same and self._at == len(self._data)
