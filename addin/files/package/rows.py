"""One row of a sheet: its cells, and the same row with some of them replaced.

Two ways that agree: a compiled expression for rows as spreadsheet programs write them, and an exact one
that takes any well-formed XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from addin.files.package.cells import EMPTY
from addin.files.package.edits import KEEP, Keep
from addin.files.package.markup import Tag, attributes, element_end, splice, tags, without_attribute
from addin.files.package.problem import damaged
from addin.files.package.refs import letters, number
from addin.files.package.rowedits import Block, Content, Moved, Rehomed, RowEdit
from addin.files.package.runs import cell_names, run, runs

_QUOTED_ATTRS = rb"((?:[^\">'/]++|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)"
_R = re.compile(rb"(?:^|\s)r\s*=\s*[\"']\$?([A-Za-z]+)")
_S = re.compile(rb"(?:^|\s)s\s*=\s*[\"']\s*(\d+)")
_ROW_NUMBER = re.compile(rb'<(?:[\w.-]+:)?row r="\d+"')
_HT = re.compile(rb' ht="([0-9.]+)"')
_METADATA = re.compile(rb"\s+[cv]m\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?=[\s/>])")
_NO_TEXT = rb"(?:<(?:\w+:)?%b\s*/>|<(?:\w+:)?%b(?:\s[^>]*)?>\s*</(?:\w+:)?%b\s*>)"
_NOTHING = re.compile(
    rb"\s*(?:%b|<(?:\w+:)?is>\s*%b\s*</(?:\w+:)?is>)?\s*"
    % (_NO_TEXT % ((b"v",) * 3), _NO_TEXT % ((b"t",) * 3))
)
_R_OR_S = re.compile(rb"\s+[rs]\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class Cell(NamedTuple):
    """A cell's span within its row, its column, raw attributes and raw content (None: empty element)."""

    start: int
    end: int
    column: int
    attrs: bytes
    body: bytes | None

    @property
    def style(self) -> bytes:
        match = _S.search(self.attrs)
        return b' s="%b"' % match[1] if match and match[1] != b"0" else b""

    @property
    def kept_style(self) -> bytes:
        """The style as written, a zero included."""
        match = _S.search(self.attrs)
        return b' s="%b"' % match[1] if match else b""

    @property
    def other_attrs(self) -> bytes:
        """All attributes but the place and the style."""
        return _R_OR_S.sub(b"", self.attrs)

    @property
    def metadata(self) -> bytes:
        """What says that its array is a dynamic one."""
        return b"".join(_METADATA.findall(self.attrs))

    @property
    def blank(self) -> bool:
        """Whether the cell holds neither value nor formula."""
        return self.body is None or bool(_NOTHING.fullmatch(self.body))


class RowDialect:
    """Reads and edits rows of one sheet; `prefix` as `x:` or nothing, `odd` if comments, CDATA or
    processing instructions stand among the rows."""

    def __init__(self, prefix: bytes, odd: bool) -> None:
        self.prefix, self.odd = prefix, odd
        p = re.escape(prefix)
        self._cell = re.compile(
            rb"<" + p + rb"c(?=[\s/>])" + _QUOTED_ATTRS + rb"(?:/>|>(.*?)</" + p + rb"c\s*>)", re.DOTALL
        )
        self._row_tag = re.compile(rb"<" + p + rb"row(?=[\s/>])" + _QUOTED_ATTRS + rb"(/?)>")
        self.formulas_gone = 0
        self.formulas_added = 0

    def cells(self, row: bytes) -> Iterator[Cell]:
        """The cells of a row in document order; a cell without a place follows the one before."""
        column = 0
        for start, end, attrs, body in self._odd_cells(row) if self.odd else self._plain_cells(row):
            place = _R.search(attrs)
            column = number(place[1].decode()) if place else column + 1
            yield Cell(start, end, column, attrs, body)

    def _plain_cells(self, row: bytes) -> Iterator[tuple[int, int, bytes, bytes | None]]:
        for match in self._cell.finditer(row):
            yield match.start(), match.end(), match[1], match[2]

    def _odd_cells(self, row: bytes) -> Iterator[tuple[int, int, bytes, bytes | None]]:
        depth, opened = 0, None
        for tag in tags(row):
            if tag.closing:
                depth -= 1
                if depth == 1 and opened:
                    yield opened.start, tag.end, opened.attrs, row[opened.end : tag.start]
                    opened = None
                continue
            if depth == 1 and tag.local == b"c":
                if tag.empty:
                    yield tag.start, tag.end, tag.attrs, None
                else:
                    opened = tag
            depth += not tag.empty

    def has_formula(self, body: bytes | None) -> bool:
        return bool(body and b"f" in body and _FORMULA.search(body))

    def moved(self, cell: Cell, body: bytes | None) -> Moved:
        """The cell with another body, ready to stand anywhere."""
        if body is None:
            return Moved(cell.kept_style, cell.other_attrs + EMPTY)
        return Moved(cell.kept_style, b"%b>%b</%bc>" % (cell.other_attrs.rstrip(), body, self.prefix))

    def new_row(self, edit: RowEdit) -> bytes:
        """A row that the sheet does not have yet; nothing if it would be empty."""
        parts: list[bytes] = []
        number = b'%d"' % edit.row
        names = cell_names(edit.columns, self.prefix)
        for name, column, content in zip(names, edit.columns, edit.contents, strict=True):
            style, payload, wanted = self._placed(edit, column, content)
            if wanted:
                parts += (name, number, style, payload)
                self.formulas_added += self.has_formula(payload)
        if not parts:
            return b""
        attrs = (b' hidden="1"' if edit.hidden else b"") + _height(edit.height)
        return b'<%brow r="%d"%b>%b</%brow>' % (self.prefix, edit.row, attrs, b"".join(parts), self.prefix)

    def _placed(self, edit: RowEdit, column: int, content: Content) -> tuple[bytes, bytes, bool]:
        """Style and payload of a cell that is not there yet, and whether it has to be."""
        if isinstance(content, Rehomed):
            raise damaged("a formula has no cell")
        if isinstance(content, Moved):
            return content.style, content.payload, bool(content.payload != EMPTY or content.style)
        style = edit.defaults.get(column, b"")
        return style, content, bool(content != EMPTY or (edit.fresh and style))

    def _written(self, row: int, column: int, style: bytes, payload: bytes) -> bytes:
        self.formulas_added += self.has_formula(payload)
        return b'<%bc r="%b%d"%b%b' % (self.prefix, letters(column).encode(), row, style, payload)

    def edit(self, row: bytes, edit: RowEdit) -> bytes:
        """The row after the edit."""
        if not (self.odd or edit.fresh or edit.hidden is not None):
            sized = self._sized(row, edit.height)
            done = self._edit_run(sized, edit) if sized is not None else None
            if done is not None:
                return done
        return self.edit_exact(row, edit)

    def _sized(self, row: bytes, points: float | None) -> bytes | None:
        """The row as high as it has to be, None where that takes a closer look at its tag."""
        if points is None:
            return row
        tag = row[: row.find(b">")]
        height = _HT.search(tag)
        if height:
            return row if float(height[1]) >= points else None
        number = _ROW_NUMBER.match(tag)
        if number is None or b"ht" in tag[number.end() :].lower():
            return None
        return row[: number.end()] + _height(points) + row[number.end() :]

    def _edit_run(self, row: bytes, edit: RowEdit) -> bytes | None:
        out, at, taken = [], 0, 0
        number = b"%d" % edit.row
        for cells in runs(edit.columns, self.prefix):
            start = row.find(cells.first % edit.row, at)
            match = cells.cells.match(row, start) if start >= 0 else None
            if match is None:
                return None
            values: list[object] = [number] * (3 * cells.length)
            values[1::3] = match.groups()[1::2]
            values[2::3] = edit.contents[taken : taken + cells.length]
            try:
                out += [row[at:start], cells.template % tuple(values)]
            except TypeError:  # a moved cell among the contents
                return None
            taken += cells.length
            at = match.end()
        out.append(row[at:])
        return b"".join(out)

    def new_block(self, block: Block) -> bytes | None:
        """Rows that the sheet does not have yet, None where a cell has no style and may have to be left out."""
        styles = [block.defaults.get(column, b"") for column in block.columns]
        if not all(styles):
            return None
        names = cell_names(block.columns, self.prefix)
        cells = [b'%b%%b"%b%%b' % (name, style) for name, style in zip(names, styles, strict=True)]
        row = b'<%brow r="%%b"%%b>%b</%brow>' % (self.prefix, b"".join(cells), self.prefix)
        numbers = [b"%d" % number for number in range(block.row, block.last + 1)]
        width = 2 + 2 * len(cells)
        values: list[object] = [b""] * (width * len(numbers))
        values[1::width] = [_height(points) for points in block.heights or [None] * len(numbers)]
        values[0::width] = numbers
        for place, contents in enumerate(block.contents, 1):
            values[2 * place :: width] = numbers
            values[2 * place + 1 :: width] = contents
        text = (row * len(numbers)) % tuple(values)
        if b"<%bf" % self.prefix in text:
            self.formulas_added += len(_FORMULA.findall(text))
        return text

    def edit_block(self, rows: bytes, block: Block) -> bytes | None:
        """The rows after the edit, None unless each of them has all the cells as programs write them."""
        if self.odd:
            return None
        cells = run(block.columns, self.prefix)
        pieces: list[Content | Keep] = [*cells.in_rows.split(rows)]
        if pieces[2 :: cells.parts] != [b"%d" % row for row in range(block.row, block.last + 1)]:
            return None
        for place, contents in enumerate(block.contents):
            if contents is not block.nothing:
                rests = slice(4 + 2 * place, None, cells.parts)
                pieces[rests] = _kept(pieces[rests], contents)
        return b"".join(cast("list[bytes]", pieces))

    def edit_exact(self, row: bytes, edit: RowEdit) -> bytes:
        """The same as `edit`, cell by cell."""
        tag = self._tag(row)
        cells = {cell.column: cell for cell in self.cells(row)}
        changes: list[tuple[int, int, bytes]] = []
        inserted: list[tuple[int, bytes]] = []
        for column, content in zip(edit.columns, edit.contents, strict=True):
            cell = cells.get(column)
            new = self._replaced(row, edit, cell, content) if cell else self._missing(edit, column, content)
            if cell and new is not None:
                changes.append((cell.start, cell.end, new))
            elif new:
                inserted.append((column, new))
        changes += self._tag_changes(tag, [column for column, _ in inserted], edit.hidden)
        changes += _height_changes(tag, edit.height)
        return self._with_inserted(row, tag, list(cells.values()), changes, inserted)

    def _tag(self, row: bytes) -> Tag:
        return next(tags(row))

    def _missing(self, edit: RowEdit, column: int, content: Content) -> bytes | None:
        style, payload, wanted = self._placed(edit, column, content)
        return self._written(edit.row, column, style, payload) if wanted else None

    def _replaced(self, row: bytes, edit: RowEdit, cell: Cell, content: Content) -> bytes | None:
        if isinstance(content, Rehomed):
            return self._rehomed(row, cell, content)
        if isinstance(content, Moved):
            style, payload = content
        else:
            style, payload = cell.kept_style, content
            if edit.fresh and not cell.style:
                style = edit.defaults.get(cell.column, b"")
        self.formulas_gone += self.has_formula(cell.body)
        return self._written(edit.row, cell.column, style, payload)

    def _rehomed(self, row: bytes, cell: Cell, content: Rehomed) -> bytes:
        text = row[cell.start : cell.end]
        for tag in tags(text):
            if tag.local == b"f" and not tag.closing:
                return splice(text, [(tag.start, element_end(text, tag)[1], content.element)])
        raise damaged("a shared formula is lost")

    def _tag_changes(self, tag: Tag, new: list[int], hidden: bool | None) -> list[tuple[int, int, bytes]]:
        changes: list[tuple[int, int, bytes]] = []
        if hidden is not None:
            span = without_attribute(tag, b"hidden")
            if span and not hidden:
                changes.append((*span, b""))
            elif hidden and not span:
                at = tag.attrs_at + len(tag.attrs.rstrip())
                changes.append((at, at, b' hidden="1"'))
        spans = attributes(tag).get(b"spans")
        if new and spans:
            pairs = [word.split(b":") for word in spans.value.split()]
            bounds = [int(number) for pair in pairs for number in pair]
            low, high = min([*bounds, *new]), max([*bounds, *new])
            if bounds and (low, high) != (min(bounds), max(bounds)):
                changes.append((spans.start, spans.end, b"%d:%d" % (low, high)))
        return changes

    def _with_inserted(
        self,
        row: bytes,
        tag: Tag,
        cells: list[Cell],
        changes: list[tuple[int, int, bytes]],
        inserted: list[tuple[int, bytes]],
    ) -> bytes:
        if not inserted:
            return splice(row, changes)
        if tag.empty:
            body = b">" + b"".join(new for _, new in inserted) + b"</" + tag.name + b">"
            return splice(row, [*changes, (row.rindex(b"/", 0, tag.end), tag.end, body)])
        places: dict[int, list[bytes]] = {}
        for column, new in inserted:
            after = [cell.end for cell in cells if cell.column < column]
            places.setdefault(after[-1] if after else tag.end, []).append(new)
        # a new cell goes in before a replaced one that starts at the same place
        return splice(row, [*changes, *((at, at, b"".join(new)) for at, new in places.items())])


def _height(points: float | None) -> bytes:
    return b"" if points is None else b' ht="%b"' % f"{points:g}".encode()


def _height_changes(tag: Tag, points: float | None) -> list[tuple[int, int, bytes]]:
    """The row made as high as its text needs, unless it is, or somebody sized it by hand."""
    known = attributes(tag)
    by_hand, height = known.get(b"customHeight"), known.get(b"ht")
    if points is None or (by_hand and by_hand.value.strip() in (b"1", b"true")):
        return []
    if height and float(height.value) >= points:
        return []
    span = without_attribute(tag, b"ht")
    at = tag.attrs_at + len(tag.attrs.rstrip())
    return [(*span, _height(points)) if span else (at, at, _height(points))]


def _kept(old: Sequence[Content | Keep], new: Sequence[Content | Keep]) -> Sequence[Content | Keep]:
    """The new contents, the old ones where they are to stay."""
    if Keep not in set(map(type, new)):
        return new
    return [before if after is KEEP else after for before, after in zip(old, new, strict=True)]
