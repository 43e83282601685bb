"""`report`: statement, settlement meeting, completion, evidence pack, customer card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import (
    AsOf,
    Book,
    Contract,
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
from addin.hosts.cli.terminal import progress_bar, relative
from addin.hosts.telling import user
from addin.model.finding import LedgerError
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.reports.making import Report, Reports
    from addin.service.reports.minutes import Taken
    from addin.service.reports.orders import Wanted

SHOWN_MISSING = 10


def report(
    book: Book,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=both(
                "statement 对账函、settlement 结算会议、completion 完工报告、evidence 证据包、card 客户卡片",
                "statement, settlement, completion, evidence or card",
            ),
        ),
    ],
    contract: Contract = None,
    customer: Customer = None,
    out: Out = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="docx,pdf", help=both("格式，默认 docx", "Formats; by default docx")
        ),
    ] = None,
    interest: Annotated[
        bool,
        typer.Option(
            "--interest",
            help=both(
                "statement：另列违约金并声明保留权利", "statement: interest too, with all rights reserved"
            ),
        ),
    ] = False,
    minutes: Annotated[
        Path | None,
        typer.Option(
            "--minutes",
            metavar="FILE",
            help=both(
                "settlement：填好的纪要（docx 或 csv），约定的日期记入付款承诺",
                "settlement: the filled minutes (docx or csv); dates agreed become promises",
            ),
        ),
    ] = None,
    confirm: Annotated[
        bool,
        typer.Option(
            "--confirm",
            help=both("statement：定稿并记入催款记录", "statement: issue it and put it on record"),
        ),
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    day, language, started = day_of(as_of), language_of(lang), perf_counter()
    from addin.service.reports.issuing import issue_statements
    from addin.service.reports.making import make_reports
    from addin.service.reports.orders import Wanted, check

    names = ("docx",) if formats is None else formats_of(formats)
    wanted = Wanted(kind.strip().lower(), contract, customer, names, language, interest)
    check(wanted)
    if minutes is not None:
        _refuse_idle({"--out": out is not None, "--format": formats is not None, "--confirm": confirm})
        return _take(book, wanted, minutes, day, as_json)
    with progress_bar(own_language(lang)) as bar:

        def progress(done: int, all: int) -> None:
            if bar is not None:
                bar("write", done / all)

        today, now = date.today(), datetime.now()
        if confirm:
            made = issue_statements(
                book, wanted, today=today, now=now, by=user(), as_of=day, out=out, progress=progress
            )
        else:
            made = make_reports(book, wanted, today=today, as_of=day, out=out, progress=progress)
    if as_json:
        write_json([_entry(each, made) for each in made.made])
    else:
        write_lines([*_lines(made, perf_counter() - started), *(_recorded(made) if confirm else [])])
    for line in _remarks(made):
        say(line)
    return 1 if made.problem is not None else 0


def _entry(each: Report, made: Reports) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "number": each.number,
        "as_of": made.as_of.isoformat(),
        "customer_id": each.customer,
        "contract_id": each.contract or None,
        "language": each.language,
        "files": [str(file) for file in each.files],
        "issued": each.number in made.issued,
        "missing": list(each.missing),
    }


def _lines(made: Reports, spent: float) -> list[str]:
    name = relative(made.book)
    count = len(made.made)
    if not count:
        none = Text(
            f"{name}：截至 {made.as_of} 没有可报告的内容",
            f"{name}: as at {made.as_of} there is nothing to report",
        )
        return [none.in_(made.language)]
    words = Text(
        f"{name}：截至 {made.as_of}，{count} 份报告，用时 {spent:.1f} 秒",
        f"{name}: as at {made.as_of}, reports: {count}, {spent:.1f} s",
    )
    files = [f"  {relative(file)}" for each in made.made for file in each.files]
    return [words.in_(made.language), *files]


def _recorded(made: Reports) -> list[str]:
    """What went on record, and what was there."""
    new, old = len(made.issued), len(made.made) - len(made.issued)
    backup = relative(made.backup) if made.backup else ""
    words = Text(
        f"记入催款记录 {new} 份，此前已记 {old} 份" + (f"；之前的备份：{backup}" if backup else ""),
        f"put on record: {new}, on record before: {old}"
        + (f"; the book of before: {backup}" if backup else ""),
    )
    return [words.in_(made.language)]


def _remarks(made: Reports) -> list[str]:
    """What could not be made or found."""
    lines = [made.problem.in_(made.language)] if made.problem is not None else []
    missing = [words for each in made.made for words in each.missing]
    if missing:
        head = Text(
            f"{len(missing)} 份文件未找到：放到簿旁的 documents 文件夹后重新生成",
            f"{len(missing)} documents not found: put them into documents beside the book and run again",
        )
        lines += [head.in_(made.language), *(f"  {words}" for words in missing[:SHOWN_MISSING])]
    if (rest := len(missing) - SHOWN_MISSING) > 0:
        lines.append(Text(f"  … 另有 {rest} 份", f"  … and {rest} more").in_(made.language))
    return lines


# --- minutes -----------------------------------------------------------------------------------------------


def _refuse_idle(given: Mapping[str, bool]) -> None:
    """LedgerError for an option that is given and would do nothing beside --minutes."""
    for option in (option for option, is_given in given.items() if is_given):
        raise LedgerError(
            "bad_option",
            Text(
                f"{option} 不能与 --minutes 同用：收下纪要时不生成文件。请去掉其中一个。",
                f"{option} does not go with --minutes: taking minutes makes no files. Leave out one of them.",
            ),
        )


def _take(book: Path, wanted: Wanted, file: Path, as_of: date | None, as_json: bool) -> int:
    if wanted.kind != "settlement":
        raise LedgerError(
            "bad_option",
            Text("--minutes 只用于 settlement。", "--minutes goes with settlement only."),
        )
    from addin.service.reports.minutes import take_minutes

    assert wanted.contract is not None, "a settlement names its contract"
    taken = take_minutes(
        book,
        wanted.contract,
        file,
        today=date.today(),
        now=datetime.now(),
        as_of=as_of,
        language=wanted.language,
    )
    if as_json:
        write_json(_taken_document(taken))
    else:
        write_lines([_taken_words(taken).in_(taken.language)])
    for rejected in taken.rejected:
        reason = rejected.reason
        say(
            Text(f"未收第 {rejected.row} 行：{reason.zh}", f"row {rejected.row} not taken: {reason.en}").in_(
                taken.language
            )
        )
    return 1 if taken.rejected else 0


def _taken_document(taken: Taken) -> dict[str, Any]:
    return {
        "table": "promises",
        "taken": taken.taken,
        "updated": taken.updated,
        "undated": taken.undated,
        "rejected": [{"row": each.row, "reason": each.reason.in_(taken.language)} for each in taken.rejected],
    }


def _taken_words(taken: Taken) -> Text:
    name, new = relative(taken.book), taken.taken - taken.updated
    backup = Text(
        f"；之前的备份：{relative(taken.backup)}" if taken.backup else "",
        f"; the book of before: {relative(taken.backup)}" if taken.backup else "",
    )
    return Text(
        f"{name}：收下 {taken.taken} 条付款承诺（新增 {new}，更新 {taken.updated}），"
        f"未约定日期 {taken.undated} 行{backup.zh}",
        f"{name}: promises taken {taken.taken} (new {new}, updated {taken.updated}), rows without a date "
        f"{taken.undated}{backup.en}",
    )


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        help=both(
            "生成报告：往来对账函（附回执）、结算会议议程与纪要、完工报告（附满意度表）、证据包（文件夹与 zip）、"
            "通话前的一页客户卡片。只读工作簿；已有的文件不会被覆盖。",
            "Reports: statement of account with reply slip, settlement meeting agenda and minutes, completion report "
            "with satisfaction form, evidence pack (folder and zip), a one-page card before a call. The book is only "
            "read; a file that is there is not written over.",
        ),
        short_help=both(
            "对账函、结算会议、完工报告、证据包、卡片", "Statement, settlement, completion, evidence, card"
        ),
        epilog=example(
            "huikuan report ledger.xlsx statement --customer C-01",
            "huikuan report ledger.xlsx settlement --contract P-07",
            "huikuan report ledger.xlsx evidence --contract P-07 --format docx,pdf",
        ),
    )(report)
