"""The use case: what the worklist proposes becomes files; what is confirmed goes on record, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from addin.files.locks import only_run
from addin.files.memory import remember
from addin.files.save import save, stamp, state_folder
from addin.model.finding import LedgerError
from addin.model.numerals import clean
from addin.model.result import Result
from addin.model.text import Language, Text
from addin.rules.chasing.levels import ladder
from addin.rules.chasing.proposal import Proposal
from addin.service.added_rows import required_table
from addin.service.books import Progress, collector_paused
from addin.service.chasing import chase_of
from addin.service.dossier import Dossier, open_dossier
from addin.service.letters.drafts import Draft, drafts, marked
from addin.service.letters.files import Order
from addin.service.letters.issuing import COLUMNS, Issue, issue, last_issued, refuse_earlier, refuse_nameless
from addin.service.letters.making import FORMATS, Made, Pool, make, orders, workers
from addin.service.letters.placing import placed, workshop
from addin.service.logs import Run
from addin.service.ticks import Ticks, ticks

FOLDER: Final = "letters"
"""Beside the book; in it a folder for each as-of date."""


@dataclass(frozen=True)
class Wish:
    """What is asked for: of which customer, of which level, in which formats, where to; and whether to issue it.

    ``drafts_only``: not even what is ticked in the sheet is issued.
    """

    customer: str | None = None
    level: int | None = None
    formats: tuple[str, ...] | None = None
    out: Path | None = None
    confirm: bool = False
    drafts_only: bool = False


@dataclass(frozen=True)
class Written:
    """A row of the worklist and what came of it; ``files`` is empty where it is held back."""

    draft: Draft
    files: tuple[Path, ...] = ()
    issued: bool = False


@dataclass(frozen=True)
class LettersReport:
    """What a run wrote. ``language`` is that of messages; ``problems`` is what could not be done as asked.

    ``result`` is what the book shows now, ``backup`` its copy of before; None where nothing was issued.
    """

    book: Path
    language: Language
    as_of: date
    folder: Path
    letters: tuple[Written, ...]
    problems: tuple[Text, ...] = ()
    result: Result | None = None
    backup: Path | None = None


Commit = Callable[[Issue], Path | None]
"""Writes what issuing writes into the book, and gives the backup; whatever it raises, the files go again."""


@collector_paused()
def letters_book(
    book: Path,
    wish: Wish,
    *,
    today: date,
    now: datetime,
    by: str,
    as_of: date | None = None,
    jobs: int = 1,
    language: Language | None = None,
    progress: Progress | None = None,
) -> LettersReport:
    """Letters of a workbook on the disk. Errors as they come; the book and the folder are then as they were."""
    tell = progress or (lambda step, done: None)
    _refuse_formats(wish)
    with workers(jobs) as pool:
        tell("read", 0.0)
        dossier = open_dossier(book, today=today, as_of=as_of)

        def commit(issued: Issue) -> Path | None:
            tell("write", 0.95)
            label = now.strftime("%Y%m%d-%H%M%S")
            folder = state_folder(book)
            saved = save(book, issued.edits, read_stat=dossier.read, backup_dir=folder, run=label)
            remember(book, issued.memory)
            return saved.backup

        report = write_letters(
            dossier, wish, Run(now, by, "letters"), commit, pool=pool, language=language, tell=tell
        )
    tell("done", 1.0)
    return report


def write_letters(
    dossier: Dossier,
    wish: Wish,
    run: Run,
    commit: Commit,
    *,
    pool: Pool = None,
    language: Language | None = None,
    tell: Progress = lambda step, done: None,
) -> LettersReport:
    """Letters of a book that is read already; ``commit`` writes it."""
    tell("rules", 0.1)
    chosen = _chosen(dossier, wish)
    if wish.confirm:
        refuse_earlier(dossier)
    going = [each for each in chosen if not each.held]
    issuing = [each for each in going if wish.confirm or each.ticked]
    if issuing:
        refuse_nameless(dossier)
        required_table(dossier.raw, "letters", set(COLUMNS))
    target = wish.out or dossier.path.parent / FOLDER / dossier.as_of.isoformat()
    report = LettersReport(dossier.path, language or dossier.language, dossier.as_of, target, ())
    if not going:
        return replace(report, letters=tuple(map(Written, chosen)))
    ordered = orders(going, wish.formats, dossier.path)
    with _alone(dossier.path) if issuing else nullcontext(), workshop(target) as shop:
        made = make(ordered, shop / "files", pool, tell)
        files = _files(ordered, made, target)
        missing = [each for each in issuing if not files[each.letter.letter_id]]
        if missing:
            raise LedgerError("nothing_made", _nothing_made(missing[0], made))
        names = [path.name for paths in files.values() for path in paths]
        with placed(shop / "files", names, target, bool(issuing), lambda: _is_saved(dossier)):
            if issuing:
                main = {number: paths[0] for number, paths in files.items() if paths}
                issued = issue(dossier, issuing, main, run)
                report = replace(report, result=issued.result, backup=commit(issued))
    on_record = {each.letter.letter_id for each in issuing}
    written = [
        Written(each, files.get(each.letter.letter_id, ()), each.letter.letter_id in on_record)
        for each in chosen
    ]
    return replace(report, letters=tuple(written), problems=made.problems)


@contextmanager
def _alone(book: Path) -> Iterator[None]:
    """One run at a time issues letters of a book: another's failure would take away files that this one records."""
    with only_run(state_folder(book) / "letters.lock") as ours:
        if not ours:
            raise LedgerError("busy", _busy(book))
        yield


def _is_saved(dossier: Dossier) -> bool:
    """Whether the book is another file than the one that was read."""
    return stamp(dossier.path) != dossier.read


def _busy(book: Path) -> Text:
    return Text(
        f"另一个进程正在发出 {book.name} 的函件。请等它结束后再试。",
        f"Another run is issuing letters of {book.name}. Wait until it ends and try again.",
    )


def _refuse_formats(wish: Wish) -> None:
    unknown = [each for each in wish.formats or () if each not in FORMATS]
    if unknown or wish.formats == ():
        named = unknown[0] if unknown else ""
        raise LedgerError(
            "bad_option",
            Text(
                f"--format 只能是 {'、'.join(FORMATS)}（逗号分隔），不能是“{named}”。",
                f'--format takes {", ".join(FORMATS)}, separated by commas, not "{named}".',
            ),
        )


def _chosen(dossier: Dossier, wish: Wish) -> list[Draft]:
    """The drafts that are asked for, ticks among them marked; of the worklist as at the day, also where a refresh
    would leave the one in the sheet alone."""
    proposals = chase_of(dossier.raw, dossier.book, dossier.grades).proposals
    found = Ticks(set(), {}) if wish.confirm or wish.drafts_only else _ticks(dossier, proposals)
    everything = marked(drafts(dossier, proposals), *found)
    return _of_level(dossier, _of_customer(dossier, everything, wish.customer), wish.level)


def _ticks(dossier: Dossier, proposals: Sequence[Proposal]) -> Ticks:
    """What the sheet confirms; before the last letter nothing is issued."""
    ids = [milestone.id for milestone in dossier.book.milestones]
    found, last = ticks(dossier.raw, proposals, ids), last_issued(dossier)
    if last is None or dossier.as_of >= last[1]:
        return found
    return Ticks(set(), {**found.ignored, **dict.fromkeys(found.valid, _too_early(last[1]))})


def _of_customer(dossier: Dossier, found: list[Draft], customer: str | None) -> list[Draft]:
    if customer is None:
        return found
    wanted = clean(customer)
    if wanted not in set(dossier.ledger["customers"]["customer_id"].tolist()):
        raise LedgerError(
            "no_customer",
            Text(
                f"客户档案中没有编号 {wanted}。请核对 --customer。",
                f"There is no customer {wanted} in the book. Check --customer.",
            ),
        )
    return [each for each in found if each.proposal.customer == wanted]


def _of_level(dossier: Dossier, found: list[Draft], level: int | None) -> list[Draft]:
    if level is None:
        return found
    numbers = [each.number for each in ladder(dossier.ledger)]
    if level not in numbers:
        words = ", ".join(map(str, numbers))
        raise LedgerError(
            "no_level",
            Text(
                f"催款级别中没有 {level} 级（有：{words}）。请核对 --level。",
                f"There is no level {level} (there are: {words}). Check --level.",
            ),
        )
    return [each for each in found if each.level.number == level]


def _files(ordered: Sequence[Order], made: Made, target: Path) -> dict[str, tuple[Path, ...]]:
    """The files of each letter by its number, the main one first."""
    return {
        order.letter.letter_id: tuple(
            target / order.names[each] for each in order.formats if each not in made.missing.get(at, ())
        )
        for at, order in enumerate(ordered)
    }


def _nothing_made(draft: Draft, made: Made) -> Text:
    why = made.problems[0] if made.problems else Text("", "")
    return Text(
        f"{draft.letter.to.name} 的函件没有生成任何文件，因此没有发出：{why.zh}请加上 --format docx。",
        f"No file of the letter to {draft.letter.to.name} could be made, so nothing was issued: {why.en} "
        "Add --format docx.",
    )


def _too_early(last: date) -> Text:
    return Text(
        f"勾选未生效：截至日早于最近一封函件（{last}）",
        f"the tick does not count: the as-of date is before the last letter ({last})",
    )
