"""What is to become of rows of a sheet: new contents of some cells of one row, or of the same cells of many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from addin.files.package.edits import Keep

_NO_STYLES: Mapping[int, bytes] = MappingProxyType({})


class Moved(NamedTuple):
    """A cell that brings its own style (` s="5"` or nothing), and what follows it."""

    style: bytes
    payload: bytes


class Rehomed(NamedTuple):
    """A new formula element for a cell that keeps everything else."""

    element: bytes


Content = bytes | Moved | Rehomed
"""bytes: what follows the style of a cell that keeps its own style."""


class RowEdit(NamedTuple):
    """New contents of some cells of one row, columns ascending.

    defaults   style by column for cells that are not there yet
    fresh      the row is new in its table: cells without a style take the default, empty ones are made
    hidden     hide or show the row, None: as it is
    height     points for a row that nobody sized by hand, None: as it is
    """

    row: int
    columns: tuple[int, ...] = ()
    contents: Sequence[Content] = ()
    defaults: Mapping[int, bytes] = _NO_STYLES
    fresh: bool = False
    hidden: bool | None = None
    height: float | None = None


class Block(NamedTuple):
    """New contents of the same cells in rows one below the other; `row` is the first.

    contents   by column, one for each row; KEEP leaves a cell as it is
    defaults   style by column for cells that are not there yet
    fresh      the rows are new in their table: nothing is kept, empty cells are made
    heights    points by row of fresh rows, None: as high as usual
    nothing    the contents of columns that stay as they are in all rows
    """

    row: int
    columns: tuple[int, ...]
    contents: Sequence[Sequence[Content | Keep]]
    defaults: Mapping[int, bytes]
    fresh: bool = False
    heights: Sequence[float | None] = ()
    nothing: Sequence[Keep] | None = None

    @property
    def last(self) -> int:
        return self.row + len(self.contents[0]) - 1

    def rows(self) -> Iterator[RowEdit]:
        """The same, row by row; rows in which nothing changes are left out."""
        for row, contents in enumerate(zip(*self.contents, strict=True), self.row):
            pairs = [
                (c, new) for c, new in zip(self.columns, contents, strict=True) if not isinstance(new, Keep)
            ]
            if pairs:
                columns, kept = zip(*pairs, strict=True)
                height = self.heights[row - self.row] if self.heights else None
                yield RowEdit(row, columns, kept, self.defaults, fresh=self.fresh, height=height)
