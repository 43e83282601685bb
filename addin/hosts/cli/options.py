"""Arguments and options that several commands share."""

from __future__ import annotations

import glob
from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer

from addin.hosts.cli.speech import both
from addin.hosts.telling import locale_language
from addin.model.finding import LedgerError
from addin.model.numerals import clean, read_day
from addin.model.text import Language, Text

Book = Annotated[
    Path,
    typer.Argument(metavar="BOOK", help=both("工作簿（.xlsx 或 .xlsm）", "The workbook (.xlsx or .xlsm)")),
]
Books = Annotated[
    list[str],
    typer.Argument(
        metavar="BOOK...",
        help=both("一个或多个工作簿，可用通配符", "One workbook or several; globs are fine"),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help=both(
            "截至日；默认取簿中设置，否则为今天", "As-of date; default: the book's setting, else today"
        ),
    ),
]
Customer = Annotated[
    str | None,
    typer.Option(
        "--customer", metavar="ID", parser=clean, help=both("只要这个客户的", "Of this customer alone")
    ),
]
Contract = Annotated[
    str | None,
    typer.Option(
        "--contract", metavar="ID", parser=clean, help=both("只要这份合同的", "Of this contract alone")
    ),
]
Milestone = Annotated[
    str, typer.Argument(metavar="MILESTONE", parser=clean, help=both("节点编号", "The milestone's id"))
]
"""Ids are read as cells are: full-width signs and outer white space make no other id."""
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        help=both(
            "放到哪个文件夹；默认在簿旁，按截至日分开",
            "Folder; default: beside the book, one for each as-of date",
        ),
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help=both("在标准输出给出一份 JSON", "One JSON document on standard output"))
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        help=both("语言；默认随工作簿，否则随系统", "Language; default: the book's, else the system's"),
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs", metavar="N", min=1, help=both("同时处理几个工作簿", "Books worked on side by side")
    ),
]
Debug = Annotated[
    bool,
    typer.Option("--debug", help=both("出错时显示完整信息", "Show the traceback of what stopped the run")),
]


def language_of(value: str | None) -> Language | None:
    """What --lang asks for; None leaves the choice to the book."""
    if value is not None and value not in ("zh", "en"):
        raise LedgerError(
            "bad_option",
            Text(f"--lang 只能是 zh 或 en，不能是“{value}”。", f'--lang is zh or en, not "{value}".'),
        )
    return cast(Language | None, value)


def own_language(value: str | None) -> Language:
    """The language where there is no book to ask."""
    return language_of(value) or locale_language()


def day_of(value: str | None) -> date | None:
    """The day that --as-of names, year first."""
    if value is None:
        return None
    day = read_day(value)
    if day is None:
        raise LedgerError(
            "bad_option",
            Text(
                f"--as-of 的“{value}”不是日期。请写成 2026-03-31。",
                f'--as-of "{value}" is not a date. Write it as 2026-03-31.',
            ),
        )
    return day


def formats_of(value: str) -> tuple[str, ...]:
    """The formats that --format names, commas between.

    >>> formats_of("docx, PDF,")
    ('docx', 'pdf')
    """
    return tuple(name for part in value.split(",") if (name := part.strip().lower()))


def books_of(names: list[str]) -> list[Path]:
    """The books that names and globs stand for, each once, in order; a name that matches nothing stays."""
    found: list[str] = []
    for name in names:
        matches = sorted(glob.glob(name)) if glob.has_magic(name) and not Path(name).exists() else []
        found += [match for match in matches if not Path(match).name.startswith(("~$", ".~"))] or [name]
    return [Path(name) for name in dict.fromkeys(found)]
