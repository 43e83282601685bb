"""The rows that a refresh adds to the history table."""

from __future__ import annotations

from datetime import date

import pandas as pd

from addin.model.cells import RawBook
from addin.model.finding import Finding
from addin.model.ledger import Ledger, typed_computed
from addin.model.result import TableWrite
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.history import PLAN, new_versions
from addin.rules.monthly_plan import monthly_plans

_NEEDED = {"history": tuple(TABLES["history"].by_key), "milestones": ("contract_id", "planned_date")}
"""Without these columns nothing is recorded: what is not in the book is neither planned nor given up."""


def history_writes(
    raw: RawBook, ledger: Ledger, amounts: pd.Series, as_of: date, language: Language
) -> tuple[list[TableWrite], list[Finding]]:
    """New versions of the collection plans below what stands there, and what there is to tell.

    ``amounts`` are those of the milestones as at ``as_of``; ``language`` is the book's own.
    """
    if not _has_columns(raw) or ledger.unknown.get(("milestones", "contract_id")):
        return [], []
    rows = ledger["milestones"]
    plans = monthly_plans(
        rows["contract_id"].tolist(),
        rows["planned_date"],
        amounts,
        ledger.digits["milestones"].tolist(),
        ledger.is_unknown("milestones", "planned_date"),
    )
    versions, told = new_versions(typed_computed(raw, "history"), PLAN, plans, as_of, language)
    if versions.empty:
        return [], told
    source = raw.tables["history"]
    kept = source.rows[-1] - source.header_row if len(source.rows) else 0
    return [TableWrite("history", versions, [None] * len(versions), kept=kept)], told


def _has_columns(raw: RawBook) -> bool:
    return all(
        key in raw.tables and set(columns) <= TABLES[key].places(raw.tables[key].headings).keys()
        for key, columns in _NEEDED.items()
    )
