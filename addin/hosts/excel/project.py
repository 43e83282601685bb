"""The button that opens the standard steps of a contract among the tasks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from addin.files.memory import remember
from addin.files.save import stamp
from addin.hosts.excel.daily import write_over
from addin.hosts.excel.places import go_to, row_of, subject
from addin.hosts.excel.reading import read
from addin.hosts.telling import user
from addin.model.text import Text
from addin.service.dossier import dossier_of
from addin.service.logs import Run
from addin.service.steps import open_steps

if TYPE_CHECKING:
    import xlwings as xw

    from addin.service.steps import Adding


def steps(book: xw.Book, now: datetime) -> Text:
    """The steps that the selected row's contract lacks, else those of all running contracts; then the first of them."""
    live = read(book)
    path = live.open.path
    dossier = dossier_of(path, live.raw, live.open.language, stamp(path), today=now.date())

    def commit(adding: Adding) -> Path | None:
        write_over(live, adding.edits, f"{now:%Y%m%d-%H%M%S}")
        remember(path, adding.memory)
        return None

    contract = subject(live).contract_id or None
    report = open_steps(dossier, contract, Run(now, user(), "steps"), commit)
    if not report.rows:
        return Text("标准步骤都已开", "every standard step is there")
    live = read(book)
    go_to(live, "tasks", row_of(live, "tasks", str(report.rows[0]["task_id"])))
    count = len(report.rows)
    return Text(f"已在流程任务添加 {count} 步", f"added {count} steps to the tasks")
