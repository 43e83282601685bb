"""Every table of the workbook, in the order of its sheets.

>>> TABLES["milestones"].name.en
'Milestones'
"""

from __future__ import annotations

from addin.model.columns import Table
from addin.model.tables import cash, followup, papers, parties, reports, schedule, settings

_ORDER = (
    "worklist", "customers", "contracts", "milestones", "invoices", "receipts", "contacts", "amendments",
    "reschedules", "invoice_lines", "deliveries", "adjustments", "promises", "disputes", "letters", "bank",
    "aging", "allocations", "alerts", "bill_check", "provision", "plan", "rollforward", "checks", "targets",
    "bonus_plan", "surveys", "lessons", "tasks", "settings", "levels", "calendar", "fx_rates", "gl",
    "changes", "runs", "history",
)  # fmt: skip

_DECLARED = {
    table.key: table
    for family in (settings, parties, schedule, papers, cash, followup, reports)
    for table in family.TABLES
}

TABLES: dict[str, Table] = {key: _DECLARED[key] for key in _ORDER}
"""Table by key; 目录 and 看板, sheets without a table, stand before the first."""
