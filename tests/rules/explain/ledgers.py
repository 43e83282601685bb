"""Ledgers whose every figure is explained: rows of tables, their replay, and the sheets as a refresh writes them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from addin import assets
from addin.model.cells import RawBook
from addin.model.columns import Kind
from addin.model.days import NO_DAY
from addin.model.result import Result
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.book import replay_book
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.desk import SUBJECTS, Desk
from addin.rules.explain.figures import TELLERS, explain
from addin.rules.explain.steps import Explanation, Row
from addin.service.explaining import desk_of
from addin.service.refresh import computed, typed
from tests.rules.engine import FIRST_ROW, Tables, raw_book


@dataclass(frozen=True)
class Sheets:
    """A book's cells, what a refresh says of them, and the desk from which figures are explained."""

    raw: RawBook
    result: Result
    desk: Desk

    def written(self, row: Row, column: str) -> Any:
        """What stands in the cell: as typed by people, or as the refresh writes it."""
        if TABLES[row.table].role != "computed" and TABLES[row.table][column].owner == "computed":
            value = self.result.frames[row.table].at[row.row, column]
        else:
            value = self.typed(row, column)
        return self._value(row, column, value)

    def typed(self, row: Row, column: str) -> Any:
        table = self.raw.tables[row.table]
        return table.columns[table.headings.index(column)][row.row - FIRST_ROW]

    def _value(self, row: Row, column: str, value: Any) -> Any:
        if value is None or str(value) in ("", "<NA>", "NaT"):
            return None
        computed_cell = TABLES[row.table][column].owner == "computed"
        match TABLES[row.table][column].kind:
            case Kind.MONEY:
                digits = self.desk.digits(row)
                return Money(int(value) if computed_cell else cents(value, digits), digits)
            case Kind.DATE:
                return value.date() if hasattr(value, "date") else date.fromisoformat(str(value))
            case Kind.RATE | Kind.NUM:
                return fraction(str(value))
            case Kind.INT:
                return int(value)
        return value

    def explanations(self) -> Iterator[Explanation]:
        """Of every computed figure of every milestone, contract and customer."""
        for table in SUBJECTS:
            for number in self.desk.book.ledger[table].index.tolist():
                row = self.desk.at(table, number)
                yield from (explain(self.desk, row, field) for field in TELLERS[table])

    def figure(self, row: Row, field: str) -> Any:
        """The figure of the sheet; of trigger_date the day that counts, which no computed column shows."""
        if field != "trigger_date":
            return self.written(row, field)
        day = self.desk.milestones[row.key].trigger
        return None if day == NO_DAY else date.fromordinal(day)


def cents(value: Any, digits: int) -> int:
    exact = Decimal(str(value)).scaleb(digits)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def fraction(text: str) -> Decimal:
    return Decimal(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def sheets(tables: Tables, as_of: date, language: Language = "zh", **settings: str) -> Sheets:
    """A ledger of plain rows, with settings by their keys."""
    rows = [*tables.get("settings", ()), *({"key": key, "value": value} for key, value in settings.items())]
    raw = raw_book({**tables, "settings": rows})
    source = typed(raw, as_of, language)
    result = computed(raw, source, as_of, language)
    return Sheets(
        raw,
        result,
        desk_of(raw, replay_book(source.ledger, source.policy, as_of), language),
    )


def demo(language: Language, as_of: date) -> Sheets:
    """The demo ledger as at a day."""
    folder = assets.templates() / "demo" / language
    tables = {
        path.stem: list(csv.DictReader(path.read_text("utf-8").splitlines())) for path in folder.glob("*.csv")
    }
    return sheets(tables, as_of, language)
