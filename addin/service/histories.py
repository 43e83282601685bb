"""The rows that a refresh adds to the history table: versions of plans, and grades that moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from addin.model.cells import RawBook
from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.model.result import TableWrite
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.history import GRADE, PLAN, new_versions
from addin.rules.monthly_plan import monthly_plans

_HISTORY = tuple(TABLES["history"].by_key)
_NEEDED = {PLAN: ("milestones", ("contract_id", "planned_date")), GRADE: ("customers", ("customer_id",))}
"""Without these columns, and those of the history, nothing is recorded: what is not in the book is not given up."""


def history_writes(
    raw: RawBook,
    ledger: Ledger,
    history: pd.DataFrame,
    amounts: pd.Series,
    grades: pd.Series,
    as_of: date,
    language: Language,
) -> tuple[list[TableWrite], list[Finding]]:
    """New versions of plans and then of grades below what stands there, and what there is to tell.

    ``history`` is what stands there, typed; ``amounts`` are those of the milestones, ``grades`` those of the
    customers as at ``as_of``; ``language`` is the book's own.
    """
    added: list[pd.DataFrame] = []
    told: list[Finding] = []
    for measure, now in ((PLAN, _plans(ledger, amounts)), (GRADE, _grades(ledger, grades))):
        if _is_known(raw, ledger, measure):
            versions, more = new_versions(history, measure, now, as_of, language)
            told += more
            added += [] if versions.empty else [versions]
    if not added:
        return [], told
    source, versions = raw.tables["history"], pd.concat(added, ignore_index=True)
    kept = source.rows[-1] - source.header_row if len(source.rows) else 0
    return [TableWrite("history", versions, [None] * len(versions), kept=kept)], told


def _plans(ledger: Ledger, amounts: pd.Series) -> Mapping[str, str | None]:
    rows = ledger["milestones"]
    return monthly_plans(
        rows["contract_id"].tolist(),
        rows["planned_date"],
        amounts,
        ledger.digits["milestones"].tolist(),
        ledger.is_unknown("milestones", "planned_date"),
    )


def _grades(ledger: Ledger, grades: pd.Series) -> Mapping[str, str | None]:
    """None where there is nothing to grade by: the grade on record then stands."""
    ids = ledger["customers"]["customer_id"].tolist()
    return {id: grade or None for id, grade in zip(ids, grades.tolist(), strict=True)}


def _is_known(raw: RawBook, ledger: Ledger, measure: str) -> bool:
    """Whether the book has the columns that the measure rests on, and says whose every row is."""
    table, columns = _NEEDED[measure]
    if ledger.unknown.get((table, columns[0])):
        return False
    return all(
        key in raw.tables and set(wanted) <= TABLES[key].places(raw.tables[key].headings).keys()
        for key, wanted in (("history", _HISTORY), (table, columns))
    )
