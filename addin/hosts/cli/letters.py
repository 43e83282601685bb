"""`letters`: drafts of what the worklist proposes; with --confirm they are issued and go on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import (
    AsOf,
    Book,
    Customer,
    Debug,
    Json,
    Lang,
    Out,
    day_of,
    formats_of,
    language_of,
    own_language,
)
from addin.hosts.cli.output import say, write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import fitting, progress_bar, relative
from addin.hosts.telling import user
from addin.model.money import grouped, plain
from addin.model.problems import shown
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.letters.drafts import Draft
    from addin.service.letters.writing import LettersReport, Written

LettersJobs = Annotated[
    int,
    typer.Option("--jobs", metavar="N", min=1, help=both("用几个进程写函件", "Processes that write letters")),
]


def letters(
    book: Book,
    customer: Customer = None,
    level: Annotated[
        int | None, typer.Option("--level", metavar="N", help=both("只写这个级别", "Only this level"))
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="docx,pdf,eml,txt",
            help=both(
                "格式；默认 docx，邮件渠道另有 eml，电话只有话术 txt",
                "Formats; by default docx, by e-mail also eml; calls have words alone (txt)",
            ),
        ),
    ] = None,
    out: Out = None,
    confirm: Annotated[
        bool,
        typer.Option("--confirm", help=both("发出并记入催款记录", "Issue them and put them on record")),
    ] = False,
    as_of: AsOf = None,
    jobs: LettersJobs = 1,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    day, spoken, started = day_of(as_of), language_of(lang), perf_counter()
    from addin.service.letters.writing import Wish, letters_book

    wanted = None if formats is None else formats_of(formats)
    with progress_bar(own_language(lang)) as progress:
        report = letters_book(
            book,
            Wish(customer, level, wanted, out, confirm),
            today=date.today(),
            now=datetime.now(),
            by=user(),
            as_of=day,
            jobs=jobs,
            language=spoken,
            progress=progress,
        )
    if as_json:
        write_json(document(report))
    else:
        write_lines(letter_lines(report, perf_counter() - started))
    for problem in report.problems:
        say(problem.in_(report.language))
    return 1 if report.problems or any(ignored(each) for each in report.letters) else 0


def ignored(written: Written) -> bool:
    """Whether somebody confirmed the row and it was not issued for that."""
    return written.draft.remark is not None


def document(report: LettersReport) -> list[dict[str, Any]]:
    """The report for programs, rows that are held back included."""
    return [_entry(each, report) for each in report.letters]


def _entry(written: Written, report: LettersReport) -> dict[str, Any]:
    draft, language = written.draft, report.language
    letter = draft.letter
    return {
        "letter_id": letter.letter_id,
        "customer_id": letter.to.id,
        "level": letter.level,
        "language": letter.language,
        "milestones": list(draft.milestones),
        "open": plain(letter.open, letter.digits),
        "interest": plain(letter.interest, letter.digits),
        "total": plain(letter.total, letter.digits),
        "files": [str(file) for file in written.files],
        "issued": written.issued,
        "blocked_by": draft.blocked_by.in_(language),
        "currency": letter.currency,
        "channel": letter.channel,
        "notes": [note.in_(language) for note in draft.notes],
    }


def letter_lines(report: LettersReport, spent: float) -> list[str]:
    """A summary, a row for each letter, what waits, and where the files are."""
    language = report.language
    written = [each for each in report.letters if each.files]
    lines = [_summary(report, written, spent).in_(language)]
    if written:
        lines += ["", *_table(written, report)]
    for title, rows in (
        (Text("暂缓", "Held back"), [_held(each, report) for each in report.letters if each.draft.held]),
        (Text("请注意", "To look at"), list(_notes(report))),
    ):
        if rows:
            lines += ["", f"{title.in_(language)} ({len(rows)})", *rows]
    if written:
        lines += [
            "",
            Text(f"文件在 {relative(report.folder)}", f"Files in {relative(report.folder)}").in_(language),
        ]
    return lines


def _summary(report: LettersReport, written: list[Written], spent: float) -> Text:
    name, issued = relative(report.book), sum(each.issued for each in report.letters)
    held = sum(each.draft.held for each in report.letters)
    drafted, took = len(written) - issued, f"{spent:.1f}"
    backup = f"；之前的备份：{relative(report.backup)}" if report.backup else ""
    backup_en = f"; the book of before: {relative(report.backup)}" if report.backup else ""
    return Text(
        f"{name}：截至 {report.as_of}，草稿 {drafted} 封，发出 {issued} 封，暂缓 {held} 户，用时 {took} 秒{backup}",
        f"{name}: as at {report.as_of}, drafts {drafted}, issued {issued}, held back {held}, {took} s{backup_en}",
    )


def _table(written: list[Written], report: LettersReport) -> list[str]:
    language = report.language
    heading = (
        Text("函件", "Letter"),
        Text("客户", "Customer"),
        Text("级别", "Level"),
        Text("未收", "Open"),
        Text("违约金", "Interest"),
        Text("合计", "Total"),
        Text("币种", "Currency"),
        Text("状态", "State"),
    )
    states = {True: Text("已发出", "issued"), False: Text("草稿", "draft")}
    rows = []
    for each in written:
        letter, name = each.draft.letter, each.draft.level.name.in_(language)
        amounts = (letter.open, letter.interest, letter.total)
        rows.append(
            (
                letter.letter_id,
                letter.to.name,
                f"{letter.level} {name}",
                *(grouped(amount, letter.digits) for amount in amounts),
                letter.currency,
                states[each.issued].in_(language),
            )
        )
    return fitting([word.in_(language) for word in heading], rows, {3, 4, 5}, spare=(4, 3))


def _held(written: Written, report: LettersReport) -> str:
    draft = written.draft
    return f"  {_whom(draft)}: {draft.blocked_by.in_(report.language)}"


def _notes(report: LettersReport) -> Iterator[str]:
    language, between = report.language, Text("；", "; ").in_(report.language)
    for each in report.letters:
        if each.draft.notes and (each.files or ignored(each)):
            notes = between.join(note.in_(language) for note in each.draft.notes)
            yield f"  {_whom(each.draft)}: {notes}"


def _whom(draft: Draft) -> str:
    """The customer on one line, whatever stands in the cell."""
    return f"{shown(draft.letter.to.name)} ({draft.letter.currency})"


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        help=both(
            "按催款建议写函件草稿，不改工作簿；--confirm 或表中勾选“确认发出”的才发出并记入催款记录。",
            "Drafts of what the worklist proposes; the book stays as it is. With --confirm, or where the row is "
            "ticked in the sheet, they are issued and put on record.",
        ),
        short_help=both("催款函：草稿或发出", "Letters: drafts, or issued"),
        epilog=example(
            "huikuan letters ledger.xlsx",
            "huikuan letters ledger.xlsx --customer C009 --format docx,pdf --confirm",
        ),
    )(letters)
