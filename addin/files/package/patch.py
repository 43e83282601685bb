"""The patch itself: which parts change, and the target written from raw copies and changed parts."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from addin.files.package.cells import Renderer, refuse
from addin.files.package.container import Archive, Member, PackedPart, Writer, part_key
from addin.files.package.edits import CellEdit, Edits, PatchReport
from addin.files.package.markup import Encoding, encoding_of, escape
from addin.files.package.plan import SheetContext, TablePlan
from addin.files.package.problem import PackageError
from addin.files.package.refs import Area, Growth, cell_name
from addin.files.package.rows import Rehomed, RowEdit
from addin.files.package.sheet import Sheet, Special, unfolded
from addin.files.package.tables import TablePart, resized, unknown_table
from addin.files.package.tail import column_styles, grown_rules, widened_extent
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


def patch(source: Path, target: Path, edits: Edits) -> PatchReport:
    """Writes `target`: the workbook `source` with the edits and nothing else changed.

    Members that do not change are copied as compressed bytes. The target is overwritten; on an error it
    is left incomplete, so give it a temporary name (`addin.files.save` does).

    Raises PackageError where the book cannot take the edits, ValueError where the edits are not
    consistent in themselves (a column with too few values).
    """
    with Archive(source) as archive:
        package = Package(archive)
        with target.open("wb") as file:
            return _Patch(package, edits).write(Writer(file))


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
        plans, cells = self._plans(entry, sheet)
        for plan in plans:
            self._table_part(plan)
        edits = _SheetEdits(sheet, plans, cells, self._renderer(sheet))
        part = PackedPart(member.method, len(data))
        sink = _Sink(part.write, data, encoding)
        growths = [plan.growth for plan in plans if plan.bottom > plan.table.data.bottom or plan.table.totals]
        growths = [growth for growth in growths if growth.bottom != growth.data.bottom]
        if growths:
            self.growths[entry.name.casefold()] = growths
        sink(widened_extent(sheet.head, edits.used()))
        sheet.write(edits.rows(), sink)
        sink(grown_rules(data[sheet.tail :], growths))
        sink.close()
        self._count_formulas(sheet)
        part.close()
        return None if sink.same else part

    def _renderer(self, sheet: Sheet) -> Renderer:
        return Renderer(sheet.dialect.prefix, self.package.date1904)

    def _plans(self, entry: SheetEntry, sheet: Sheet) -> tuple[list[TablePlan], list[CellEdit]]:
        here = {table.name.casefold(): table for table in self.tables if table.sheet_part == entry.part}
        specials = sheet.specials() if sheet.has_specials() else []
        context = SheetContext(sheet, self._renderer(sheet), specials)
        plans = [
            TablePlan(here[edit.table.casefold()], edit, context)
            for edit in self.edits.tables
            if edit.table.casefold() in here
        ]
        after = {plan.table.name: plan.area for plan in plans}
        for plan in plans:
            plan.check_room(_others(plan.table, list(here.values()), after))
        cells = [cell for cell in self.edits.cells if cell.sheet.casefold() == entry.name.casefold()]
        return plans, cells

    def _table_part(self, plan: TablePlan) -> None:
        part = plan.table.part
        data, encoding = self._small(part)
        self._put(part, resized(data, plan.table, plan.bottom, plan.edit.clear_filter), encoding)

    def _small(self, part: str) -> tuple[bytes, Encoding]:
        """A small part as UTF-8, as changed so far."""
        member = self.package.member(part)
        data = self.small.get(part_key(member.name)) or self.package.archive.read(member)
        encoding = encoding_of(data)
        return encoding.decode(data), encoding

    def _put(self, part: str, data: bytes, encoding: Encoding) -> None:
        self.small[part_key(self.package.member(part).name)] = encoding.encode(data)

    def _count_formulas(self, sheet: Sheet) -> None:
        dialect = sheet.dialect
        self.formulas_changed |= bool(dialect.formulas_gone or dialect.formulas_added)
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
        for sheet in self.package.sheets:
            if sheet.part not in edited and self._has_formula(sheet.part):
                return True
        return False

    def _has_formula(self, part: str) -> bool:
        before = b""
        for piece in self.package.archive.pieces(self.package.member(part)):
            text = (before + piece).replace(b"\0", b"")  # UTF-16 reads as ASCII then
            if b"<f>" in text or b"<f " in text or b":f>" in text or b":f " in text:
                return True
            before = piece[-16:]
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


class _SheetEdits:
    """All edits of one sheet, merged in row order."""

    def __init__(
        self, sheet: Sheet, plans: Sequence[TablePlan], cells: Sequence[CellEdit], renderer: Renderer
    ) -> None:
        self.sheet, self.plans, self.cells, self.renderer = sheet, plans, cells, renderer

    def rows(self) -> Iterator[RowEdit]:
        """Ascending by row."""
        streams: list[Iterator[RowEdit]] = [plan.row_edits() for plan in self.plans]
        streams += [plan.hidden_rows() for plan in self.plans]
        single = [*self._cell_edits(), *self._rehomed()]
        single.sort(key=lambda edit: edit.row)
        if single:
            streams.append(iter(single))
        return streams[0] if len(streams) == 1 else heapq.merge(*streams, key=lambda edit: edit.row)

    def used(self) -> Area | None:
        """The smallest area that holds all that is written beyond the tables of before."""
        areas = [plan.area for plan in self.plans if plan.area.bottom > plan.table.area.bottom]
        areas += [Area(cell.row, cell.column, cell.row, cell.column) for cell in self.cells]
        if not areas:
            return None
        return Area(
            min(area.top for area in areas), min(area.left for area in areas),
            max(area.bottom for area in areas), max(area.right for area in areas),
        )  # fmt: skip

    def _cell_edits(self) -> Iterator[RowEdit]:
        for cell in self.cells:
            try:
                payload = self.renderer.scalar(cell.value)
            except ValueError as error:
                raise refuse(cell.sheet, cell.row, cell_name(cell.row, cell.column), error) from error
            styles = column_styles(self.sheet.head, range(cell.column, cell.column + 1))
            yield RowEdit(cell.row, (cell.column,), (payload,), styles)

    def _touches(self, row: int, column: int) -> bool:
        return any(plan.touches(row, column) for plan in self.plans) or any(
            (cell.row, cell.column) == (row, column) for cell in self.cells
        )

    def _rehomed(self) -> Iterator[RowEdit]:
        """Shared formulas whose first cell goes get a new first cell; cut arrays are refused."""
        specials = self.plans[0].specials if self.plans else self._specials()
        for special in specials:
            if special.kind != "shared":
                self._check_array(special)
            elif special.text and self._touches(special.row, special.column):
                yield from self._new_master(special, specials)

    def _specials(self) -> Sequence[Special]:
        return self.sheet.specials() if self.sheet.has_specials() else ()

    def _new_master(self, old: Special, specials: Sequence[Special]) -> Iterator[RowEdit]:
        left = [
            special
            for special in specials
            if special.kind == "shared" and special.group == old.group and special is not old
            if not special.text and not self._touches(special.row, special.column)
        ]
        if not left:
            return
        first = left[0]
        area = Area(
            min(special.row for special in left), min(special.column for special in left),
            max(special.row for special in left), max(special.column for special in left),
        )  # fmt: skip
        prefix = self.sheet.dialect.prefix
        element = b'<%bf t="shared" ref="%b" si="%b">%b</%bf>' % (
            prefix, str(area).encode(), first.group.encode(), escape(unfolded(first, specials)), prefix,
        )  # fmt: skip
        yield RowEdit(first.row, (first.column,), (Rehomed(element),))

    def _check_array(self, special: Special) -> None:
        """An array may be replaced as a whole; part of it may not change, as in Excel itself."""
        area = special.area or Area(special.row, special.column, special.row, special.column)
        cells = [
            (row, column)
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        ]
        touched = sum(self._touches(row, column) for row, column in cells)
        if 0 < touched < len(cells):
            raise PackageError(
                f"工作表 {self.sheet.name} 的数组公式 {area} 与要写入的列重叠。请删除该数组公式或移到别处。",
                f"The array formula {area} on sheet {self.sheet.name} overlaps columns that are written. "
                "Delete it or move it elsewhere.",
            )


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
