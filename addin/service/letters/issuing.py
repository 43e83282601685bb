"""Letters that are issued: their rows on record, the ticks that asked for them emptied, all figures anew, at once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from addin.files.memory import recall
from addin.files.package.edits import Edits, Scalar
from addin.model.days import NO_DAY, to_days
from addin.model.finding import LedgerError
from addin.model.result import Result
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.chasing.levels import KINDS
from addin.service.added_rows import add_rows, added_memory
from addin.service.dossier import Dossier
from addin.service.edits import all_edits
from addin.service.letters.drafts import Draft
from addin.service.logs import Run, next_run
from addin.service.refresh import computed, typed
from addin.service.typed_over import Memory, memory_of

COLUMNS: Final = ("letter_id", "date", "customer_id", "milestones", "level", "kind", "channel", "file")
"""What a run fills of a letter's row; the other columns are people's."""


@dataclass(frozen=True)
class Issue:
    """What issuing writes into the book, what the book then shows, and what is to be remembered of it."""

    edits: Edits
    result: Result
    memory: Memory


def refuse_earlier(dossier: Dossier) -> None:
    """LedgerError where a letter on record is dated after the as-of date (RULES 15, Events)."""
    if (last := last_issued(dossier)) is not None and dossier.as_of < last[1]:
        raise LedgerError("earlier_than_issued", _earlier(dossier.as_of, *last))


def refuse_nameless(dossier: Dossier) -> None:
    """LedgerError where the settings do not have our name: a paper that does not say who asks must not go out.

    Without an account one may: it is a demand all the same (民法典195), and most contracts name the account.
    """
    if not str(dossier.policy["company_name"]).strip():
        raise LedgerError("no_company_name", _nameless())


def last_issued(dossier: Dossier) -> tuple[str, date] | None:
    """The newest letter on record and its date."""
    frame = dossier.ledger["letters"]
    known = [
        (day, number)
        for day, number in zip(to_days(frame["date"]).tolist(), frame["letter_id"].tolist(), strict=True)
        if day != NO_DAY
    ]
    if not known:
        return None
    day, number = max(known)
    return number, date.fromordinal(day)


def issue(dossier: Dossier, drafts: Sequence[Draft], files: Mapping[str, Path], run: Run) -> Issue:
    """``files`` are the letters' main files by number. LedgerError where the book has no room for the record."""
    own = dossier.language
    rows = [_row(each, _beside(files[each.letter.letter_id], dossier.path), own) for each in drafts]
    added = add_rows(dossier.raw, "letters", rows, own)
    source = typed(added.raw, dossier.as_of, own, recall(dossier.path))
    result = computed(added.raw, source, dossier.as_of, own)
    edits = all_edits(added.raw, result, run, own, [added], {each.proposal.key for each in drafts})
    memory = {**memory_of(result, next_run(dossier.raw, run)), **added_memory(added, source.ledger)}
    return Issue(edits, result, memory)


def _row(draft: Draft, file: str, language: Language) -> dict[str, Scalar]:
    letter = draft.letter
    words = TABLES["levels"]["channel"].choice_names.get(letter.channel)
    values: tuple[Scalar, ...] = (
        letter.letter_id,
        letter.day,
        letter.to.id,
        ";".join(draft.milestones),
        letter.level,
        KINDS.get(letter.kind, "reminder"),
        words.in_(language) if words else letter.channel,
        file,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _beside(file: Path, book: Path) -> str:
    """A file's path as seen from the book, with forward slashes; whole where it lies on another drive."""
    try:
        return Path(os.path.relpath(file.absolute(), book.absolute().parent)).as_posix()
    except ValueError:
        return file.absolute().as_posix()


def _nameless() -> Text:
    sheet = TABLES["settings"].name
    return Text(
        f"“{sheet.zh}”中没有本公司名称，函件看不出由谁发出，因此没有发出。"
        "请填写 company_name（公司名称）后再发；草稿不受影响。",
        f"{sheet.en} has no name of our company: a letter would not say who asks, so nothing was issued. "
        "Fill in company_name and issue again; drafts can be made without it.",
    )


def _earlier(as_of: date, number: str, day: date) -> Text:
    return Text(
        f"截至日 {as_of} 早于已发出的函件 {number}（{day}），不能再发函。请用 {day} 或之后的 --as-of。",
        f"The as-of date {as_of} is before that of letter {number} ({day}): nothing was issued. "
        f"Use --as-of {day} or later.",
    )
