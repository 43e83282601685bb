"""`undo`: takes back what the last run wrote."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from addin.hosts.cli.options import Book, Debug, Json, Lang, language_of
from addin.hosts.cli.output import say, write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import relative
from addin.hosts.telling import user
from addin.model.tables import TABLES
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.undo_book import UndoReport
    from addin.service.undoing import Clash

SHOWN_CLASHES = 20


def undo(book: Book, as_json: Json = False, lang: Lang = None, debug: Debug = False) -> int:
    from addin.service.undo_book import undo_book

    report = undo_book(book, now=datetime.now(), by=user(), language=language_of(lang))
    if as_json:
        write_json(_document(report))
    else:
        write_lines([_summary(report).in_(report.language)])
    for line in _clash_lines(report):
        say(line)
    return 1 if report.clashes else 0


def _document(report: UndoReport) -> dict[str, Any]:
    return {
        "run": report.run.number,
        "restored": report.restored,
        "clashes": [
            {
                "table": clash.table,
                "row": clash.row,
                "column": clash.column,
                "key": clash.key,
                "stands": clash.stands,
                "would_be": clash.would_be,
            }
            for clash in report.clashes
        ],
    }


def _summary(report: UndoReport) -> Text:
    name, run = relative(report.book), report.run
    backup = relative(report.backup) if report.backup else ""
    return Text(
        f"{name}：已撤销运行 {run.number}（{run.command}，{run.at}），恢复 {report.restored} 个单元格，"
        f"保留 {len(report.clashes)} 个手工改动；撤销前的备份：{backup}",
        f"{name}: took back run {run.number} ({run.command}, {run.at}); cells put back: {report.restored}, "
        f"left alone: {len(report.clashes)}; the book of before: {backup}",
    )


def _clash_lines(report: UndoReport) -> list[str]:
    lines = [_clash_line(clash).in_(report.language) for clash in report.clashes[:SHOWN_CLASHES]]
    more = len(report.clashes) - len(lines)
    if more:
        lines.append(
            Text(f"另有 {more} 个（--json 列出全部）", f"{more} more (--json lists all)").in_(report.language)
        )
    return lines


def _clash_line(clash: Clash) -> Text:
    table = TABLES[clash.table]
    column = table.by_key.get(clash.column)
    zh, en = (column.name.zh, column.name.en) if column else (clash.column, clash.column)
    return Text(
        f"{table.name.zh} 第 {clash.row} 行“{zh}”：现为“{clash.stands}”，撤销应为“{clash.would_be}”，未改动",
        f'{table.name.en} row {clash.row}, {en}: "{clash.stands}" stands there, undo would put '
        f'"{clash.would_be}"; left alone',
    )


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        help=both(
            "撤销最近一次运行写入的内容；之后手工填写的保留，冲突逐条列出。",
            "Takes back what the last run wrote; what people typed since stays, and what clashes is listed.",
        ),
        short_help=both("撤销最近一次运行", "Take back the last run"),
        epilog=example("huikuan undo ledger.xlsx"),
    )(undo)
