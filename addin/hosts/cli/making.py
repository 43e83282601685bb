"""`demo` and `new`: a ledger to look at, and an empty one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from addin.hosts.cli.options import Debug, Json, Lang, language_of, own_language
from addin.hosts.cli.output import report_document, write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.tables import table_lines
from addin.hosts.cli.terminal import progress_bar, relative, report_lines
from addin.hosts.telling import user
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.demo import DemoReport


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=both("放演示账本的文件夹", "The folder for the demo ledger"))
    ] = Path("huikuan-demo"),
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    language = own_language(lang)
    from addin.service.demo import make_demo, with_letters

    today, now, by = date.today(), datetime.now(), user()
    with progress_bar(language) as progress:
        done = make_demo(
            folder, language, today=today, now=now, by=by, spoken=language_of(lang), progress=progress
        )
        done = with_letters(done, today=today, now=now, by=by, progress=progress)
    if as_json:
        write_json({**report_document(done.report), "files": [str(file) for file in done.files]})
    else:
        write_lines(_demo_lines(done))
    return 0


def _demo_lines(done: DemoReport) -> list[str]:
    """The report, the aging by customer, whom to chase, and where the files are."""
    language = done.report.language
    made = (
        Text("演示账本已建好", "The demo ledger is made")
        if done.made
        else Text("演示账本已刷新", "The demo ledger is refreshed")
    )
    files = [f"  {relative(file)}" for file in done.files]
    tables = [*table_lines(done.aging), "", *table_lines(done.worklist)]
    return [*report_lines(done.report), "", *tables, "", f"{made.in_(language)}:", *files]


def new(
    book: Annotated[
        Path,
        typer.Argument(
            metavar="BOOK",
            help=both(
                "新工作簿的文件名（.xlsx；自带宏的为 .xlsm）",
                "The name of the new workbook (.xlsx, or .xlsm with ribbon and macros inside)",
            ),
        ),
    ],
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    language = own_language(lang)
    from addin.service.newbook import new_book

    made = new_book(book, language)
    if as_json:
        write_json({"book": str(made), "language": language})
    else:
        write_lines([Text(f"已新建 {relative(made)}", f"Made {relative(made)}").in_(language)])
    return 0


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        help=both(
            "生成并刷新演示账本，显示账龄、催款建议和文件位置；再次运行只刷新。",
            "Make the demo ledger, refresh it, print its aging, whom to chase and where it is; a second run "
            "refreshes it.",
        ),
        short_help=both("演示账本", "The demo ledger, made and refreshed"),
        epilog=example("huikuan demo", "huikuan demo my-demo --lang zh"),
    )(demo)
    app.command(
        help=both(
            "新建一个空的标准工作簿，不覆盖已有文件。",
            "The standard workbook, empty; an existing file is never overwritten.",
        ),
        short_help=both("新建空的标准工作簿", "The standard workbook, empty"),
        epilog=example("huikuan new ledger.xlsx --lang en"),
    )(new)
