"""What each button does, by its row's name: of the book and the hour, it says what the status bar then shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from addin.hosts.excel import daily, helping, letters, looking, project, recording, reports
from addin.model.text import Text

if TYPE_CHECKING:
    import xlwings as xw

ACTIONS: Final[Mapping[str, Callable[[xw.Book, datetime], Text | None]]] = {
    "refresh": daily.refresh,
    "as_of": daily.as_of,
    "check": daily.check,
    "undo": daily.undo,
    "worklist": looking.worklist,
    "letters": letters.letters,
    "contact": recording.contact,
    "promise": recording.promise,
    "dispute": recording.dispute,
    "reschedule": recording.reschedule,
    "steps": project.steps,
    "report": reports.report,
    "aging": looking.aging,
    "credit": looking.credit,
    "explain": looking.explain,
    "view_finance": looking.view_finance,
    "view_manager": looking.view_manager,
    "view_month_end": looking.view_month_end,
    "functions": helping.functions,
    "relink": helping.relink,
    "language": helping.language,
    "doctor": helping.doctor,
    "about": helping.about,
}
