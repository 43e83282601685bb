"""Letters of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from tests.excel.ranges import Range

NORMAL, BOLD = 100.0, 150.0


class Font(base_classes.Font):
    def __init__(self, cells: Range) -> None:
        self._cells = cells

    def _set(self, name: str, value: Any) -> None:
        """For Chinese letters too: LibreOffice keeps their looks apart."""
        for script in ("", "Asian"):
            self._cells.call("cell_property", name=name + script, value=value)

    @property
    def api(self) -> Font:
        return self

    @property
    def bold(self) -> bool | None:
        weight = self._cells.call("cell_property", name="CharWeight")
        return None if weight is None else weight >= BOLD

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", BOLD if value else NORMAL)

    @property
    def size(self) -> float | None:
        return self._cells.call("cell_property", name="CharHeight")

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        number = self._cells.call("cell_property", name="CharColor")
        return None if number is None else (number >> 16 & 255, number >> 8 & 255, number & 255)

    @color.setter
    def color(self, value: tuple[int, int, int]) -> None:
        self._cells.call("cell_property", name="CharColor", value=value[0] << 16 | value[1] << 8 | value[2])
