"""New columns at the right end of a table, in the look of the donor's sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from addin.files.package.cells import EMPTY
from addin.files.package.markup import Tag, attribute, attributes, element_end, escape, splice, tags
from addin.files.package.problem import PackageError, damaged
from addin.files.package.refs import MAX_COLUMN, MAX_ROW, Area, cell_name, letters, number
from addin.files.package.rowedits import Moved, RowEdit
from addin.files.package.sheet import Sheet
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.names import Change, new_attribute
from addin.files.package.structure.styles import Styles
from addin.files.package.tables import TablePart
from addin.files.package.tail import merged, widened_extent

_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_BEFORE_RULES = (
    *(b"sheetCalcPr", b"sheetProtection", b"protectedRanges", b"scenarios", b"autoFilter", b"sortState"),
    *(b"dataConsolidate", b"customSheetViews", b"mergeCells", b"phoneticPr"),
)
"""What stands between the rows of a sheet and its rules (ECMA-376 part 1, 18.3.1.99)."""


@dataclass(frozen=True)
class Addition:
    """Columns to append: headings, and where the donor's sheet has them.

    places   the donor's column of each heading (from 1)
    twins    the book's column by the donor's, the new ones included: rules of one may look at another
    top      the donor's heading row
    """

    headings: Sequence[str]
    places: Sequence[int]
    twins: Mapping[int, int]
    top: int


def append_columns(
    draft: Draft, table: TablePart, others: Sequence[Area], donor: Sheet, styles: Styles, new: Addition
) -> None:
    """Widens the table and its sheet. PackageError where cells right of it are not empty: it names the first."""
    area = table.area
    block = Area(area.top, area.right + 1, area.bottom, area.right + len(new.headings))
    data = draft.read(table.sheet_part)
    sheet = Sheet(data, table.sheet_part)
    _check_room(sheet, table, block, others)
    head = widened_extent(sheet.head, block)
    head = _with_columns(head, donor, styles, block, new)
    pieces: list[bytes] = []
    sheet.write(_cells(sheet, donor, styles, block, new), pieces.append)
    tail = data[sheet.tail :]
    tail = _with_validations(tail, donor, block, new)
    tail = _with_rules(tail, donor, styles, block, new)
    draft.put(table.sheet_part, b"".join([head, *pieces, tail]))
    draft.put(table.part, _widened(draft.read(table.part), table, new.headings))


def _check_room(sheet: Sheet, table: TablePart, block: Area, others: Sequence[Area]) -> None:
    if block.right > MAX_COLUMN:
        raise _no_room(table, block.top, MAX_COLUMN)
    for row in sheet.row_numbers(block.top, block.bottom):
        for column, cell in sheet.cells(row).items():
            if block.left <= column <= block.right and not cell.blank:
                raise _no_room(table, row, column)
    for area in (*others, *merged(sheet.data[sheet.tail :])):
        if area.overlaps(block):
            raise _no_room(table, max(area.top, block.top), max(area.left, block.left))


def _no_room(table: TablePart, row: int, column: int) -> PackageError:
    cell = cell_name(row, column)
    return PackageError(
        f"表格 {table.name} 右侧要添加新列，但单元格 {cell} 不为空。请先移走它，再运行 huikuan upgrade。",
        f"New columns belong right of table {table.name}, but cell {cell} is not empty. "
        "Move it away and run huikuan upgrade again.",
        code="no_room",
    )


def _widened(data: bytes, table: TablePart, headings: Sequence[str]) -> bytes:
    """The table part with more columns; its filter covers them too."""
    changes: list[Change] = []
    last = 0
    for tag in tags(data):
        if tag.local == b"tableColumns" and tag.closing:
            columns = (
                b'<%btableColumn id="%d" name="%b"/>' % (tag.prefix, last + step, _name(heading))
                for step, heading in enumerate(headings, start=1)
            )
            changes.append((tag.start, tag.start, b"".join(columns)))
        elif tag.closing:
            continue
        elif tag.local in (b"table", b"autoFilter"):
            area = Area.maybe(attribute(tag, "ref"))
            if area:
                changes += new_attribute(tag, "ref", str(area._replace(right=area.right + len(headings))))
        elif tag.local == b"tableColumns":
            changes += new_attribute(
                tag, "count", str(table.area.right - table.area.left + 1 + len(headings))
            )
        elif tag.local == b"tableColumn":
            last = max(last, int(attribute(tag, "id") or 0))
    return splice(data, changes)


def _name(heading: str) -> bytes:
    return escape(heading).replace(b'"', b"&quot;")


def _cells(sheet: Sheet, donor: Sheet, styles: Styles, block: Area, new: Addition) -> Iterator[RowEdit]:
    """The heading cells, and above them blank ones in a format of their own, or the column's would show."""
    columns = tuple(range(block.left, block.right + 1))
    for row in range(1, block.top + 1):
        there = sheet.cells(row)
        model = donor.cells(new.top - block.top + row) if new.top - block.top + row > 0 else {}
        free = [column for column in columns if column not in there or there[column].blank]
        contents = []
        for column in free:
            step = column - block.left
            style = _style(model, new.places[step], styles)
            heading = _inline(sheet.dialect.prefix, new.headings[step])
            contents.append(Moved(style, heading if row == block.top else EMPTY))
        if contents:
            yield RowEdit(row, tuple(free), tuple(contents))


def _style(cells: Mapping[int, object], column: int, styles: Styles) -> bytes:
    style = getattr(cells.get(column), "style", b"")
    found = re.search(rb"\d+", style)
    return b' s="%d"' % styles.cell(int(found[0])) if found else b""


def _inline(prefix: bytes, text: str) -> bytes:
    return b' t="inlineStr"><%bis><%bt>%b</%bt></%bis></%bc>' % (
        prefix,
        prefix,
        escape(text),
        prefix,
        prefix,
        prefix,
    )


def _with_columns(head: bytes, donor: Sheet, styles: Styles, block: Area, new: Addition) -> bytes:
    """The head with width and format of the new columns; a run of columns that holds them is split."""
    looks = {}
    for step, place in enumerate(new.places):
        for tag in _cols(donor.head):
            if int(attribute(tag, "min") or 0) <= place <= int(attribute(tag, "max") or 0):
                looks[block.left + step] = (attribute(tag, "width"), attribute(tag, "style"))
    prefix = _prefix(head)
    made = {
        column: b'<%bcol min="%d" max="%d" width="%b" customWidth="1"%b/>'
        % (prefix, column, column, (width or "13").encode(), _col_style(style, styles))
        for column, (width, style) in looks.items()
    }
    spans = [(int(attribute(tag, "min") or 0), int(attribute(tag, "max") or 0), tag) for tag in _cols(head)]
    pieces = [
        (low, piece) for low, high, tag in spans for low, piece in _outside(head, tag, low, high, set(made))
    ]
    pieces += made.items()
    inside = b"".join(piece for _, piece in sorted(pieces, key=lambda pair: pair[0]))
    for tag in tags(head):
        if tag.local == b"cols" and not tag.closing:
            start, _ = element_end(head, tag)
            return splice(head, [(tag.end, start, inside)])
    return head + b"<%bcols>%b</%bcols>" % (prefix, inside, prefix)


def _cols(head: bytes) -> Iterator[Tag]:
    return (tag for tag in tags(head) if tag.local == b"col" and not tag.closing)


def _prefix(head: bytes) -> bytes:
    return next((tag.prefix for tag in tags(head) if tag.local == b"worksheet"), b"")


def _col_style(style: str | None, styles: Styles) -> bytes:
    return b' style="%d"' % styles.cell(int(style)) if style else b""


def _outside(head: bytes, tag: Tag, low: int, high: int, taken: set[int]) -> Iterator[tuple[int, bytes]]:
    """A run of columns without those taken, as the runs that are left."""
    inside = sorted(column for column in taken if low <= column <= high)
    text = head[tag.start : element_end(head, tag)[1]]
    if not inside:
        yield low, text
        return
    bounds = [low - 1, *inside, high + 1]
    for before, after in pairwise(bounds):
        if after - before > 1:
            own = next(tags(text))
            ends = (("min", before + 1), ("max", after - 1))
            yield (
                before + 1,
                splice(text, [c for name, end in ends for c in new_attribute(own, name, str(end))]),
            )


def _with_validations(tail: bytes, donor: Sheet, block: Area, new: Addition) -> bytes:
    """The tail with the new columns' drop-downs and checks behind those that are there."""
    made = []
    prefix = _tail_prefix(tail)
    for step, place in enumerate(new.places):
        for element in _rules_of(donor, b"dataValidation", place):
            made.append(_at(element, prefix, _down(block, step), lambda text: text))
    if not made:
        return tail
    for tag in tags(tail):
        if tag.local == b"dataValidations" and not tag.closing:
            end, _ = element_end(tail, tag)
            count = attributes(tag).get(b"count")
            changes: list[Change] = [(end, end, b"".join(made))]
            if count:
                changes.append((count.start, count.end, b"%d" % (int(count.value) + len(made))))
            return splice(tail, changes)
    at = _gap(tail, (*_BEFORE_RULES, b"conditionalFormatting"))
    whole = b'<%bdataValidations count="%d">%b</%bdataValidations>' % (
        prefix,
        len(made),
        b"".join(made),
        prefix,
    )
    return splice(tail, [(at, at, whole)])


def _with_rules(tail: bytes, donor: Sheet, styles: Styles, block: Area, new: Addition) -> bytes:
    """The tail with the new columns' conditional formats, of lower rank than those that are there."""
    prefix = _tail_prefix(tail)
    rank = max([0, *(int(attribute(tag, "priority") or 0) for tag in tags(tail) if tag.local == b"cfRule")])
    made = []
    for step, place in enumerate(new.places):
        for element in _rules_of(donor, b"conditionalFormatting", place):
            text = _at(element, b"", _down(block, step), lambda old: _moved(old, block.top + 1, new.twins))
            changes: list[Change] = []
            for tag in tags(text):
                if tag.local == b"cfRule" and not tag.closing:
                    rank += 1
                    changes += new_attribute(tag, "priority", str(rank))
                    if attribute(tag, "dxfId"):
                        look = styles.conditional(int(attribute(tag, "dxfId") or 0))
                        changes += new_attribute(tag, "dxfId", str(look))
            made.append(_prefixed(splice(text, changes), prefix))
    at = _gap(tail, (*_BEFORE_RULES, b"conditionalFormatting"))
    return splice(tail, [(at, at, b"".join(made))]) if made else tail


def _rules_of(donor: Sheet, local: bytes, place: int) -> Iterator[bytes]:
    """The donor's elements of a name whose cells lie in a column."""
    tail = donor.data[donor.tail :]
    for tag in tags(tail):
        if tag.local == local and not tag.closing:
            areas = map(Area.maybe, (attribute(tag, "sqref") or "").split())
            if any(area and area.left <= place <= area.right for area in areas):
                yield tail[tag.start : element_end(tail, tag)[1]]


def _at(element: bytes, prefix: bytes, cells: str, formula: Callable[[str], str]) -> bytes:
    """An element for other cells."""
    tag = next(tags(element))
    changes = list(new_attribute(tag, "sqref", cells))
    for inner in tags(element):
        if inner.local == b"formula" and not inner.closing:
            end, _ = element_end(element, inner)
            changes.append((inner.end, end, formula(element[inner.end : end].decode()).encode()))
    return _prefixed(splice(element, changes), prefix)


def _prefixed(element: bytes, prefix: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=\w)", rb"<\1" + prefix, element) if prefix else element


def _moved(formula: str, row: int, twins: Mapping[int, int]) -> str:
    def move(match: re.Match[str]) -> str:
        column = number(match[2])
        return f"{match[1]}{letters(twins.get(column, column))}{match[3]}{row}"

    return _REFERENCE.sub(move, formula)


def _down(block: Area, step: int) -> str:
    column = block.left + step
    return str(Area(block.top + 1, column, MAX_ROW, column))


def _tail_prefix(tail: bytes) -> bytes:
    for tag in tags(tail):
        if tag.local == b"worksheet" and tag.closing:
            return tag.prefix
    raise damaged("a sheet that is never closed")


def _gap(tail: bytes, before: Sequence[bytes]) -> int:
    """The place in a tail behind all elements of these names."""
    at = depth = 0
    for tag in tags(tail):
        depth -= tag.closing
        if depth == 0 and tag.local in before and (tag.closing or tag.empty):
            at = tag.end
        depth += not tag.closing and not tag.empty
    return at
