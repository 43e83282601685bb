"""Tables as people name them: by key, zh or en name."""

from __future__ import annotations

from addin.model.columns import Table, fold
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Text


def any_table(name: str) -> Table:
    """The table of that key or name; LedgerError that lists them where there is none.

    >>> any_table("收款节点").key
    'milestones'
    """
    wanted = fold(name)
    for table in TABLES.values():
        if wanted in {fold(word) for word in (table.key, *(table.name.in_(one) for one in LANGUAGES))}:
            return table
    keys = ", ".join(TABLES)
    raise LedgerError(
        "table_unknown",
        Text(f"没有名为“{name}”的表。有 {keys}。", f'There is no table "{name}". There are {keys}.'),
    )


def input_table(name: str) -> Table:
    """A table that people fill; LedgerError for one that is computed."""
    table = any_table(name)
    if table.role == "computed":
        raise LedgerError(
            "table_computed",
            Text(
                f"“{table.name.zh}”由程序计算，不能导入。请导入它所依据的表。",
                f"{table.key} is computed and takes no rows. Import into the tables that it is made from.",
            ),
        )
    return table
