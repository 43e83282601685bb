"""`steps`: every contract opens its standard steps, with owner and deadline."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import AsOf, Book, Contract, Debug, Json, Lang, day_of, language_of
from addin.hosts.cli.output import write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import fitting, relative
from addin.hosts.telling import user
from addin.model.tables import TABLES
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.steps import AddedReport

SHOWN: tuple[str, ...] = ("task_id", "contract_id", "step", "owner", "deadline", "done_on")


def steps(
    book: Book,
    contract: Contract = None,
    as_of: AsOf = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=both("只说会添加什么", "Only tell what would be added"))
    ] = False,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    day, spoken = day_of(as_of), language_of(lang)
    from addin.service.steps import steps_book

    report = steps_book(
        book,
        contract,
        today=date.today(),
        now=datetime.now(),
        by=user(),
        as_of=day,
        dry_run=dry_run,
        language=spoken,
    )
    if as_json:
        write_json(added_document(report))
    else:
        write_lines([_summary(report, dry_run).in_(report.language), *row_lines(report, SHOWN)])
    return 0


def added_document(report: AddedReport) -> dict[str, Any]:
    """The rows for programs: column keys, ISO days."""
    keys = [column.key for column in TABLES[report.table].owned_by("input")]
    return {
        "book": str(report.book),
        "as_of": report.as_of.isoformat(),
        "table": report.table,
        "added": [{key: _plain(row.get(key)) for key in keys if key in row} for row in report.rows],
        "written": report.written is not None,
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def row_lines(report: AddedReport, shown: tuple[str, ...]) -> list[str]:
    """A table of the rows, by these columns."""
    if not report.rows:
        return []
    table, language = TABLES[report.table], report.language
    heading = [table[key].heading(language) for key in shown]
    rows = [[_word(row.get(key)) for key in shown] for row in report.rows]
    return ["", *fitting(heading, rows, set())]


def _word(value: object) -> str:
    return "" if value is None else str(value)


def _summary(report: AddedReport, dry_run: bool) -> Text:
    name, count, table = relative(report.book), len(report.rows), TABLES[report.table].name
    if not count:
        return Text(
            f"{name}：标准步骤都已开，没有写入", f"{name}: every standard step is there; nothing written"
        )
    if dry_run:
        return Text(
            f"{name}：将在“{table.zh}”添加 {count} 行（未写入）",
            f"{name}: would add {count} rows to {table.en} (nothing written)",
        )
    backup = relative(report.backup) if report.backup else ""
    return Text(
        f"{name}：已在“{table.zh}”添加 {count} 行；之前的备份：{backup}",
        f"{name}: added {count} rows to {table.en}; the book of before: {backup}",
    )


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        help=both(
            "为每份在执行合同在流程任务中开出标准步骤（报验、验收、完工报告、结算会、开票、收款），带责任人和期限；已有的不重复。",
            "Opens the standard steps of every running contract among the tasks (inspection, acceptance, completion "
            "report, settlement meeting, invoice, collection), with owner and deadline; those that are there stay.",
        ),
        short_help=both("为合同开出标准步骤", "Open the standard steps of contracts"),
        epilog=example("huikuan steps ledger.xlsx", "huikuan steps ledger.xlsx --contract HT-2026-001"),
    )(steps)
