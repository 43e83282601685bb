"""`import`: rows of a file into a table."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import Book, Debug, Json, Lang, language_of
from addin.hosts.cli.output import say, write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import aligned, relative
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.importing import ImportReport

SHOWN_REJECTED = 20


def import_rows(
    book: Book,
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help=both("表：英文名（如 receipts）或表名", "The table: its key (receipts) or name"),
        ),
    ],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=both("csv、xls 或 xlsx 文件", "A csv, xls or xlsx file"))
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="KEY=HEADING",
            help=both("文件中的哪个标题是哪一列，可重复", "Which heading is which column; may be repeated"),
        ),
    ] = None,
    date_format: Annotated[
        str | None,
        typer.Option(
            "--date-format",
            metavar="F",
            help=both("日期写法，如 %m/%d/%Y", "How dates are written, such as %m/%d/%Y"),
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar="S", help=both("xls、xlsx 中的工作表", "The sheet of an xls or xlsx file")
        ),
    ] = None,
    preview: Annotated[
        bool,
        typer.Option(
            "--preview",
            help=both("只看标题对应和前几行，不写文件", "Show the map and the first rows, write nothing"),
        ),
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help=both("先清空该表再导入", "Empty the table first"))
    ] = False,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    from addin.service.import_headings import parse_map
    from addin.service.importing import import_file

    report = import_file(
        book,
        table,
        file,
        now=datetime.now(),
        mapping=parse_map(mapping or ()),
        date_format=date_format,
        sheet=sheet,
        preview=preview,
        empty_first=replace,
        language=language_of(lang),
    )
    if as_json:
        write_json(_document(report))
    else:
        write_lines(_preview_lines(report) if preview else [_summary(report)])
    for line in _remarks(report):
        say(line)
    return 1 if report.rejected and not preview else 0


def _document(report: ImportReport) -> dict[str, Any]:
    headings = report.headings
    return {
        "table": report.table.key,
        "taken": report.taken,
        "updated": report.updated,
        "rejected": [
            {"row": rejected.row, "reason": rejected.reason.in_(report.language)}
            for rejected in report.rejected
        ],
        "map": {key: headings[position] for key, position in report.map.columns.items()},
        "proposed": {key: heading for heading, key in report.map.proposals.items()},
        "unknown": list(report.map.unknown),
    }


def _summary(report: ImportReport) -> str:
    new, rejected = report.taken - report.updated, len(report.rejected)
    file, table = relative(report.file), report.table.name
    words = Text(
        f"{file} → {table.zh}：收下 {report.taken} 行（新增 {new}，更新 {report.updated}），未收 {rejected} 行",
        f"{file} → {table.en}: rows taken {report.taken} (new {new}, updated {report.updated}), not taken {rejected}",
    )
    return words.in_(report.language)


def _preview_lines(report: ImportReport) -> list[str]:
    """How the headings would be read, the first rows, and what an import would take."""
    language, table = report.language, report.table
    by_position = {position: key for key, position in report.map.columns.items()}
    shown = []
    for position, heading in enumerate(report.headings):
        key = by_position.get(position)
        likely = report.map.proposals.get(heading)
        if key is not None:
            meaning = f"{key} ({table[key].heading(language)})"
        elif likely is not None:
            meaning = Text(
                f'未知；可能是 --map "{likely}={heading}"', f'unknown; perhaps --map "{likely}={heading}"'
            ).in_(language)
        elif heading in report.map.left_out:
            meaning = Text("不导入（计算列或重复）", "left out (computed, or there twice)").in_(language)
        else:
            meaning = Text("未知", "unknown").in_(language)
        shown.append((heading, meaning))
    heads = (Text("文件标题", "Heading").in_(language), Text("对应的列", "Column").in_(language))
    sample = aligned(report.headings, report.sample, set()) if report.sample else []
    would = Text(f"预览，未写入。{_summary(report)}", f"Preview, nothing written. {_summary(report)}").in_(
        language
    )
    return [would, "", *aligned(heads, shown, set(), widest=200), "", *sample]


def _remarks(report: ImportReport) -> list[str]:
    """What a person should know beside the counts: headings left out, rows refused."""
    language = report.language
    lines = []
    if report.map.unknown:
        names = ", ".join(report.map.unknown)
        likely = " ".join(f'--map "{key}={heading}"' for heading, key in report.map.proposals.items())
        zh = f"不认识的标题，未导入：{names}。" + (
            f"可试 {likely}" if likely else "可用 --map 列=标题 指明。"
        )
        en = f"Headings not known and left out: {names}. " + (
            f"Perhaps {likely}" if likely else "Name them with --map key=Heading."
        )
        lines.append(Text(zh, en).in_(language))
    for rejected in report.rejected[:SHOWN_REJECTED]:
        reason = rejected.reason.in_(language)
        lines.append(
            Text(f"未收第 {rejected.row} 行：{reason}", f"row {rejected.row} not taken: {reason}").in_(
                language
            )
        )
    if (rest := len(report.rejected) - SHOWN_REJECTED) > 0:
        lines.append(
            Text(
                f"另有 {rest} 行未收；--json 列出全部。",
                f"{rest} more rows not taken; --json lists them all.",
            ).in_(language)
        )
    return lines


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        "import",
        help=both(
            "把 csv、xls 或 xlsx 的行导入一张输入表；收不下的行逐行说明（退出码 1），其余照收。",
            "Rows of a csv, xls or xlsx file into an input table. "
            "Each row that cannot be taken is named (exit code 1), the rest is taken.",
        ),
        short_help=both("导入 csv、xls 或 xlsx 的行", "Rows of a csv, xls or xlsx file into a table"),
        epilog=example(
            "huikuan import ledger.xlsx receipts paid.csv --preview",
            'huikuan import ledger.xlsx receipts paid.csv --map "date=Paid on" --date-format %Y/%m/%d',
        ),
    )(import_rows)
