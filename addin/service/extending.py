"""The use case: an extension or a plan of instalments, old against new; agreed, it becomes rows of the reschedules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count, islice
from pathlib import Path

from addin.files.package.edits import Scalar
from addin.model.bad_rows import new_ids
from addin.model.days import to_days
from addin.model.finding import LedgerError
from addin.model.money import from_minor
from addin.model.text import Language, Text
from addin.rules.project.agreements import Plan, propose
from addin.rules.refused import Refused
from addin.service.books import collector_paused
from addin.service.dossier import Dossier, open_dossier
from addin.service.logs import Run
from addin.service.steps import Row, adding, saving


@dataclass(frozen=True)
class ExtendReport:
    """Old against new, and the rows that were added where it was agreed.

    ``language`` is that of messages. ``backup`` is the book as it was before.
    """

    book: Path
    language: Language
    as_of: date
    currency: str
    plan: Plan
    rows: tuple[Row, ...] = ()
    backup: Path | None = None


@collector_paused()
def extend_book(
    book: Path,
    milestone: str,
    dues: Sequence[date],
    *,
    agree: bool = False,
    today: date,
    now: datetime,
    by: str,
    as_of: date | None = None,
    language: Language | None = None,
) -> ExtendReport:
    """What is open of a milestone on new due dates; nothing is written unless it is agreed.

    LedgerError for a milestone or dates that cannot be; save errors as they come, the book is then as it was.
    """
    dossier = open_dossier(book, today=today, as_of=as_of)
    try:
        plan = propose(dossier.book, milestone, dues)
    except Refused as refused:
        raise LedgerError("bad_plan", _refused(milestone, refused)) from None
    place = dossier.ledger["milestones"]["milestone_id"].tolist().index(milestone)
    currency = dossier.ledger.currencies["milestones"][place]
    report = ExtendReport(book, language or dossier.language, dossier.as_of, currency, plan)
    if not agree:
        return report
    rows = agreement_rows(dossier, plan)
    backup = saving(dossier, now)(adding(dossier, "reschedules", rows, Run(now, by, "extend")))
    return ExtendReport(book, report.language, report.as_of, currency, plan, rows, backup)


def agreement_rows(dossier: Dossier, plan: Plan) -> tuple[Row, ...]:
    """One row without an amount for an extension of the whole, one with its amount for each instalment."""
    amounts: dict[date, int] = defaultdict(int)
    for part in plan.parts:
        amounts[part.new_due] += part.amount
    ids = _newest_ids(dossier, plan, len(amounts))
    number = _free_number(dossier, f"{plan.milestone} {dossier.as_of}")
    rows: list[Row] = []
    for id, (due, amount) in zip(ids, sorted(amounts.items()), strict=True):
        row: dict[str, Scalar] = {
            "reschedule_id": id,
            "agreement_no": number,
            "milestone_id": plan.milestone,
            "agreed_on": dossier.as_of,
            "new_due": due,
        }
        rows.append(row if len(amounts) == 1 else {**row, "amount": from_minor(amount, plan.digits)})
    return tuple(rows)


def _newest_ids(dossier: Dossier, plan: Plan, count: int) -> list[str]:
    """Ids of new rows. Agreements of a day go by id as text (RULES 15, Events), so these come after what stands.

    Beside YQ-9 of the same milestone and day the next number would sort before it: then they are YQ-9-01, YQ-9-02 …
    """
    frame = dossier.ledger["reschedules"]
    known: list[str] = frame["reschedule_id"].tolist()
    same = (frame["milestone_id"] == plan.milestone) & (to_days(frame["agreed_on"]) == dossier.book.day)
    newest = max(frame["reschedule_id"][same].tolist(), default="")
    found = list(islice(new_ids("reschedules", known), count))
    if min(found) > newest:
        return found
    return list(islice(new_ids("reschedules", [*known, f"{newest}-00"]), count))


def _free_number(dossier: Dossier, wanted: str) -> str:
    """A number that no agreement has: rows that share one with a milestone and a day are one agreement."""
    taken = set(dossier.ledger["reschedules"]["agreement_no"].tolist())
    others = (f"{wanted} ({number})" for number in count(2))
    return next(number for number in chain([wanted], others) if number not in taken)


def _refused(milestone: str, refused: Refused) -> Text:
    if refused.argument == "milestone":
        return Text(
            f"节点 {milestone} 不能展期：{refused.problem.zh}。",
            f"{milestone} cannot be extended: {refused.problem.en}.",
        )
    return Text(f"--to：{refused.problem.zh}。", f"--to: {refused.problem.en}.")
