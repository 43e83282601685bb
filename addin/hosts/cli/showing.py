"""`show`: a table, for eyes, for spreadsheets or for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import AsOf, Book, Debug, Json, Lang, day_of, language_of
from addin.hosts.cli.output import write_json, write_lines, write_utf8
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.tables import table_lines
from addin.model.columns import Kind
from addin.model.finding import LedgerError
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.showing import Shown, Value

FORMATS = ("table", "csv", "json")


def show(
    book: Book,
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help=both("表：英文名（如 milestones）或表名", "The table: its key (milestones) or name"),
        ),
    ],
    form: Annotated[
        str, typer.Option("--format", metavar="table|csv|json", help=both("输出形式", "How it is printed"))
    ] = "table",
    as_of: AsOf = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="KEY=VALUE",
            help=both("只要满足条件的行，可重复", "Only rows where this holds; may be repeated"),
        ),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    if form not in FORMATS:
        raise LedgerError(
            "bad_option",
            Text(
                f"--format 只能是 table、csv 或 json，不能是“{form}”。",
                f'--format is table, csv or json, not "{form}".',
            ),
        )
    day, language = day_of(as_of), language_of(lang)
    from addin.service.showing import show_table

    found = show_table(book, table, today=date.today(), as_of=day, where=where or (), language=language)
    if as_json or form == "json":
        write_json(_document(found), compact=True)
    elif form == "csv":
        write_utf8(_csv(found))
    else:
        write_lines(table_lines(found))
    return 0


def _document(found: Shown) -> dict[str, Any]:
    keys = [column.key for column in found.columns]
    kinds = [column.kind for column in found.columns]
    rows = [dict(zip(keys, map(_json_value, kinds, row), strict=True)) for row in found.cells]
    return {"table": found.table.key, "as_of": found.as_of.isoformat(), "rows": rows}


def _json_value(kind: Kind, value: Value) -> object:
    """A cell in JSON: money and dates are text, rates and numbers are numbers, empty is null."""
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{value:f}" if kind is Kind.MONEY else int(value) if whole else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _csv(found: Shown) -> str:
    """RFC 4180, keys as headings; text that a spreadsheet would run as a formula gets an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([column.key for column in found.columns])
    writer.writerows(_csv_row(row) for row in found.cells)
    return target.getvalue()


def _csv_row(row: tuple[Value, ...]) -> Iterator[str]:
    from addin.files.csvtext import csv_text

    for value in row:
        if value is None:
            yield ""
        elif isinstance(value, bool):
            yield "TRUE" if value else "FALSE"
        elif isinstance(value, Decimal):
            yield f"{value:f}"
        elif isinstance(value, tuple):
            yield csv_text(";".join(value))
        else:
            yield csv_text(str(value))


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        help=both(
            "查看一张表，计算列当场重算；不写文件。csv 中形似公式的文本前加单引号。",
            "A table, its computed columns computed afresh; nothing is written. "
            "In csv a text that looks like a formula gets a leading apostrophe.",
        ),
        short_help=both("查看一张表，计算列当场重算", "A table, computed afresh"),
        epilog=example(
            "huikuan show ledger.xlsx milestones --where status=overdue --as-of 2026-06-30",
            "huikuan show ledger.xlsx aging --format csv",
        ),
    )(show)
