"""The worklist of a book as at a day; before its newest letter or run it stays as it stands (RULES 15, Events)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from addin.model.cells import RawBook
from addin.model.finding import Finding, info
from addin.model.ledger import Ledger, typed_computed
from addin.model.money import digits_of
from addin.model.text import Language, Text
from addin.rules.book import Book
from addin.rules.chasing.cadence import contacts_due
from addin.rules.chasing.columns import milestone_columns, worklist_frame
from addin.rules.chasing.letter_findings import letter_findings
from addin.rules.chasing.levels import level_findings
from addin.rules.chasing.worklist import Chase, chase, grades_of
from addin.service.logs import past_runs

COMPUTING = ("refresh", "demo", "letters")
"""The commands whose runs compute a worklist."""


@dataclass(frozen=True)
class Chased:
    """The worklist with the decimals of its rows, two columns of the milestones by sheet row, and what to tell.

    ``left_alone``: the book keeps the worklist that it has.
    """

    worklist: pd.DataFrame
    digits: Sequence[int]
    milestones: pd.DataFrame
    findings: Sequence[Finding]
    left_alone: bool = False


def chased(raw: RawBook, book: Book, grades: pd.Series, language: Language) -> Chased:
    """What a refresh shows of chasing. ``grades`` are those of the customers by sheet row."""
    found = [*level_findings(book.ledger), *letter_findings(book.ledger)]
    later = later_than(raw, book.ledger, book.as_of)
    if later is not None:
        keys = typed_computed(raw, "worklist")["key"].tolist()
        digits = [digits_of(key.rpartition(" ")[2]) for key in keys]
        stored = typed_computed(raw, "worklist", np.array(digits, dtype=int))
        columns = book.ledger["milestones"][["reminder_level", "next_action"]]
        return Chased(
            stored, digits, columns, [*found, _left_alone(book.ledger, book.as_of, later)], left_alone=True
        )
    now = chase_of(raw, book, grades)
    frame, digits = worklist_frame(now, language)
    return Chased(frame, digits, milestone_columns(now, language), found)


def chase_of(raw: RawBook, book: Book, grades: pd.Series) -> Chase:
    """Whom to chase, computed afresh. ``grades`` are those of the customers by sheet row."""
    given = grades_of(book, grades)
    return chase(book, given, failed_bills(raw), contacts_due(book, given))


def failed_bills(raw: RawBook) -> frozenset[str]:
    """The invoices with a failed check that nobody has handled yet."""
    source = raw.tables.get("bill_check")
    if source is None or not len(source.rows):
        return frozenset()
    rows = typed_computed(raw, "bill_check")
    waiting = (rows["verdict"] == "fail").to_numpy(bool) & ~rows["handled"].fillna(False).to_numpy(bool)
    return frozenset(rows["invoice_no"][waiting].tolist()) - {""}


def newest_letter(ledger: Ledger) -> date | None:
    """The day of the newest letter on record, sent or not."""
    newest = ledger["letters"]["date"].max()
    return None if pd.isna(newest) else newest.date()


def later_than(raw: RawBook, ledger: Ledger, as_of: date) -> date | None:
    """The day of the newest letter or of the latest run that computed a worklist, where it is after ``as_of``."""
    days = [newest_letter(ledger), *_days_of_runs(raw)]
    return max((day for day in days if day is not None and day > as_of), default=None)


def _days_of_runs(raw: RawBook) -> Iterator[date]:
    """The days that runs computed a worklist for. One that looked ahead of its own clock counts from that: a look into
    the future, or a slip of the pen, is nothing that today would come before."""
    source = raw.tables.get("runs")
    for run in past_runs(raw) if source is not None and len(source.rows) else ():
        if run.command in COMPUTING and run.as_of is not None:
            yield min(run.as_of, _clock(run.at) or run.as_of)


def _clock(at: str) -> date | None:
    try:
        return date.fromisoformat(at[:10])
    except ValueError:
        return None


def _left_alone(ledger: Ledger, as_of: date, later: date) -> Finding:
    letters = ledger["letters"]
    named = letters["letter_id"][(letters["date"] == pd.Timestamp(later)).to_numpy(bool)].tolist()
    if named:
        what = Text(f"函件 {named[-1]}（{later}）", f"letter {named[-1]} ({later})")
        mend = Text("改正该函件的日期", "correct the date of that letter")
    else:
        what = Text(f"最近一次刷新（{later}）", f"the latest run ({later})")
        mend = Text("撤销那次运行（huikuan undo）", "take that run back (huikuan undo)")
    return info(
        "worklist_left_alone",
        "worklist",
        None,
        None,
        Text(
            f"{as_of} 早于{what.zh}：催款建议、催款级别与下一步保持不变",
            f"{as_of} is before {what.en}: worklist, reminder levels and next actions stay as they are",
        ),
        Text(
            f"如需更新，请按 {later} 或之后的日期刷新；若该日期有误，请{mend.zh}",
            f"To renew them, refresh as at {later} or later; if that day is wrong, {mend.en}",
        ),
    )
