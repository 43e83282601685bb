"""The office that writes the letters of a life: runs by the real use case, and letters sent at once, later or never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from addin.files.package.edits import KEEP
from addin.files.save import stamp
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.chasing.worklist import grades_of
from addin.service.dossier import Dossier, dossier_of
from addin.service.letters.issuing import Issue
from addin.service.letters.writing import LettersReport, Wish, write_letters
from addin.service.logs import Run
from tests.months.life import Cells, Life
from tests.oracle.naive import naive_at_each
from tests.oracle.report import Report
from tests.rules.engine import raw_book
from tests.rules.figures import due_by_calendar


class Office:
    """Writes into ``folder``. ``settings`` are the firm's; the grades on record grow with the letters issued."""

    def __init__(self, life: Life, folder: Path, language: Language, settings: dict[str, int]) -> None:
        self.life, self.language, self.settings = life, language, settings
        self.book = folder / "book.xlsx"
        self.book.touch()
        self.to_post: list[Cells] = []
        firm = {"roll": "none", "company_name": "Our Firm", **settings}
        life.tables["settings"] = [{"key": key, "value": str(value)} for key, value in firm.items()]

    def ledger(self, day: date) -> Report:
        """The ledger as the oracle has it."""
        return naive_at_each(self.life.tables, [day], due_by_calendar, "none")[day]

    def dossier(self, day: date) -> Dossier:
        made = raw_book(self.life.tables)
        raw = replace(
            made, tables={key: replace(table, size=len(table.rows)) for key, table in made.tables.items()}
        )
        return dossier_of(self.book, raw, self.language, stamp(self.book), today=day, as_of=day)

    def grades(self, dossier: Dossier) -> dict[str, str]:
        return grades_of(dossier.book, dossier.grades)

    def run(self, dossier: Dossier, **wish: Any) -> LettersReport:
        """What may go out, all or what is wished for, is issued, and its rows join the letters on record."""
        run = Run(NOON, "tester", "letters")
        return write_letters(dossier, Wish(**wish, confirm=True), run, self._enter)

    def _enter(self, issued: Issue) -> Path | None:
        [edit] = [each for each in issued.edits.tables if each.table == "letters"]
        keys = [column.key for column in TABLES["letters"].columns]
        for at in range(len(self.life.tables["letters"]), edit.rows or 0):
            cells = {
                keys[place]: column.values[at]
                for place, column in edit.columns.items()
                if column.values[at] is not KEEP
            }
            milestones = tuple(str(cells["milestones"]).split(";"))
            row: Cells = {"sent_on": None, **cells, "milestones": milestones, "kind": _kind(cells["kind"])}
            self.life.tables["letters"].append(row)
            self.to_post.append(row)
        for body in issued.result.tables:
            if body.table == "history":
                grown = [_record(row) for row in body.frame.to_dict("records")]
                self.life.tables["history"][body.kept :] = grown
        return None

    def post(self) -> None:
        """Most letters go out at once, others after days, and a few lie about for good."""
        life = self.life
        while self.to_post:
            row, chance = self.to_post.pop(), life.random.random()
            if chance < 0.5:
                row["sent_on"] = life.today
            elif chance < 0.92:
                life.on(life.days(1, 2, 3, 5, 9), lambda day, row=row: row.update(sent_on=day))


def _kind(word: Any) -> str:
    """The key of a kind that the book has in its own words."""
    choices = TABLES["letters"]["kind"].choice_names
    return next((key for key, names in choices.items() if word in names), str(word))


def _record(row: Mapping[Any, Any]) -> Cells:
    """A row of the history as a reader finds it."""
    return {**row, "date": row["date"].date()}


NOON = datetime(2030, 1, 1, 12)
