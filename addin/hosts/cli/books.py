"""`refresh` and `check`: one book or many, one after another or side by side."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import (
    AsOf,
    Books,
    Debug,
    Jobs,
    Json,
    Lang,
    books_of,
    day_of,
    language_of,
    own_language,
)
from addin.hosts.cli.output import report_document, say, write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import Progress, progress_bar, relative, report_lines
from addin.hosts.telling import Failure, known_failure, locale_language, unforeseen, user
from addin.model.finding import LedgerError
from addin.model.text import Language, Text

if TYPE_CHECKING:
    from addin.service.books import BookReport


@dataclass(frozen=True)
class Order:
    """What is asked for every book; plain data, so that it can go to another process."""

    command: str
    today: date
    as_of: date | None = None
    language: Language | None = None
    dry_run: bool = False
    no_backup: bool = False
    out: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """How one book went: a report, or why there is none (and the traceback, for --debug)."""

    book: Path
    report: BookReport | None = None
    failure: Failure | None = None
    trace: str = ""

    @property
    def exit_code(self) -> int:
        if self.report is None:
            return 2
        return 1 if self.report.result.has_errors else 0

    def document(self, language: Language) -> dict[str, Any]:
        if self.report is not None:
            return report_document(self.report)
        assert self.failure is not None, "a book has a report or a failure"
        error = {"code": self.failure.code, "message": self.failure.problem.in_(language)}
        return {"book": str(self.book), "error": error}


def work(order: Order, book: Path, progress: Progress | None = None) -> Outcome:
    """One book; whatever goes wrong with it is an outcome and stops no other book."""
    try:
        return Outcome(book, _report(order, book, progress))
    except Exception as error:
        failure = known_failure(error) or unforeseen(error, book.parent)
        return Outcome(book, None, failure, "".join(traceback.format_exception(error)).rstrip())


def _report(order: Order, book: Path, progress: Progress | None) -> BookReport:
    from addin.service.books import check_book, refresh_book

    if order.command == "check":
        return check_book(book, today=order.today, as_of=order.as_of, language=order.language)
    return refresh_book(
        book,
        today=order.today,
        now=datetime.now(),
        by=user(),
        as_of=order.as_of,
        dry_run=order.dry_run,
        no_backup=order.no_backup,
        out=order.out,
        language=order.language,
        progress=progress,
    )


def _without_rows(order: Order, book: Path) -> Outcome:
    """The outcome with the tables left out: they are large, and nobody prints them."""
    outcome = work(order, book)
    if outcome.report is None:
        return outcome
    bare = replace(outcome.report.result, frames={}, digits={}, cells=(), tables=())
    return replace(outcome, report=replace(outcome.report, result=bare))


def outcomes(order: Order, books: Sequence[Path], jobs: int) -> Iterator[Outcome]:
    """Every book's outcome, in the order of the books."""
    if jobs == 1 or len(books) == 1:
        for book in books:
            with progress_bar(order.language or locale_language()) as progress:
                outcome = work(order, book, progress)
            yield outcome
        return
    from addin.hosts.cli.side_by_side import side_by_side

    answers = side_by_side(partial(_without_rows, order), books, jobs)
    for book, answer in zip(books, answers, strict=True):
        yield answer or Outcome(book, failure=_process_ended(book))


def _process_ended(book: Path) -> Failure:
    return Failure(
        "process_ended",
        Text(
            f"处理 {book.name} 的进程被系统终止（多半是内存不足）；该文件完好（原样或已刷新）。"
            "请关闭其他程序后单独再试。",
            f"The process that worked on {book.name} was ended by the system (most likely for want of memory); the "
            "file is whole, as it was or refreshed. Close other programs and try this one by itself.",
        ),
    )


def run_order(order: Order, names: list[str], jobs: int, as_json: bool, lang: str | None, debug: bool) -> int:
    """Work through the books, say how each went; the worst exit code."""
    books, language = books_of(names), own_language(lang)
    documents, worst = [], 0
    for outcome in outcomes(order, books, jobs):
        worst = max(worst, outcome.exit_code)
        _tell(outcome, order, language, as_json, len(books) > 1, debug)
        if as_json:
            documents.append(outcome.document(language))
    if as_json:
        write_json(documents if len(books) > 1 else documents[0])
    return worst


def _tell(
    outcome: Outcome, order: Order, language: Language, as_json: bool, several: bool, debug: bool
) -> None:
    if outcome.failure is not None:
        if debug and outcome.trace:
            say(outcome.trace)
        named = f"{relative(outcome.book)}: " if several else ""
        say(f"{named}{outcome.failure.problem.in_(language)}")
    elif outcome.report is not None and not as_json:
        checked = order.command == "check"
        lines = report_lines(outcome.report, written=not (checked or order.dry_run), controls=checked)
        write_lines([*lines, *([""] if several else [])])


def refresh(
    books: Books,
    as_of: AsOf = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=both("只说会改什么，不写文件", "Say what would change, write nothing")
        ),
    ] = False,
    no_backup: Annotated[bool, typer.Option("--no-backup", help=both("不留备份", "Keep no backup"))] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help=both("写到另一个文件", "Write to another file")),
    ] = None,
    jobs: Jobs = 1,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    if out is not None and len(books_of(books)) > 1:
        raise LedgerError(
            "bad_option",
            Text("--out 只能配一个工作簿；请逐个处理。", "--out goes with one workbook; do them one by one."),
        )
    order = Order(
        "refresh",
        date.today(),
        day_of(as_of),
        language_of(lang),
        dry_run=dry_run,
        no_backup=no_backup,
        out=out,
    )
    return run_order(order, books, jobs, as_json, lang, debug)


def check(
    books: Books,
    as_of: AsOf = None,
    jobs: Jobs = 1,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    order = Order("check", date.today(), day_of(as_of), language_of(lang))
    return run_order(order, books, jobs, as_json, lang, debug)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        help=both(
            "主要工作：读取、计算、写回，并说明改了什么。",
            "The main job: read, compute, write back, say what changed.",
        ),
        short_help=both("读取、计算、写回", "Read, compute, write back"),
        epilog=example("huikuan refresh ledger.xlsx", "huikuan refresh books/*.xlsx --jobs 4 --json"),
    )(refresh)
    app.command(
        help=both("只给出问题和总数核对，不写文件。", "Findings and control totals only; writes nothing."),
        short_help=both("问题和总数核对，不写文件", "Findings and control totals"),
        epilog=example("huikuan check ledger.xlsx --as-of 2026-06-30"),
    )(check)
