"""`upgrade` and `language`: a book brought up to this version, and a book in the other language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import Book, Debug, Json, Lang, language_of
from addin.hosts.cli.output import write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import relative
from addin.hosts.telling import user
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Text

if TYPE_CHECKING:
    from addin.service.translating import LanguageReport
    from addin.service.upgrading import UpgradeReport


def upgrade(book: Book, as_json: Json = False, lang: Lang = None, debug: Debug = False) -> int:
    spoken = language_of(lang)
    from addin.service.upgrading import upgrade_book

    report = upgrade_book(book, today=date.today(), now=datetime.now(), by=user())
    if as_json:
        write_json(_upgrade_document(report))
    else:
        write_lines(line.in_(spoken or report.language) for line in _upgrade_lines(report))
    return 0


def _upgrade_document(report: UpgradeReport) -> dict[str, Any]:
    return {
        "book": str(report.book),
        "language": report.language,
        "changed": report.written is not None,
        "columns": report.added.columns,
        "sheets": report.added.sheets,
        "settings": report.added.settings,
        "backup": _path(report.backup),
    }


def _upgrade_lines(report: UpgradeReport) -> Iterator[Text]:
    name, added = relative(report.book), report.added
    if report.written is None:
        yield Text(
            f"{name} 已是当前版本，没有改动。", f"{name} is of this version already; nothing was written."
        )
        return
    yield Text(f"{name} 已升级到当前版本。", f"{name} is now of this version.")
    for table, headings in added.columns.items():
        of = TABLES[table].name
        yield Text(
            f"  “{of.zh}”的新列：{'、'.join(headings)}", f"  new columns of {of.en}: {', '.join(headings)}"
        )
    if added.sheets:
        yield Text(f"  新工作表：{'、'.join(added.sheets)}", f"  new sheets: {', '.join(added.sheets)}")
    if added.settings:
        yield Text(f"  新参数：{'、'.join(added.settings)}", f"  new settings: {', '.join(added.settings)}")
    yield from _backup_line(report.backup)
    yield Text("请运行 huikuan refresh 计算新增的列和表。", "Run huikuan refresh to compute what was added.")


def language(
    book: Book,
    to: Annotated[
        str, typer.Argument(metavar="zh|en", help=both("换成哪种语言", "The language to switch to"))
    ],
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    spoken = language_of(lang)
    if to not in LANGUAGES:
        raise LedgerError(
            "bad_option",
            Text(f"语言只能是 zh 或 en，不能是“{to}”。", f'The language is zh or en, not "{to}".'),
        )
    from addin.service.translating import translate_book

    report = translate_book(book, to, today=date.today(), now=datetime.now(), by=user())
    if as_json:
        write_json(_language_document(report))
    else:
        write_lines(line.in_(spoken or to) for line in _language_lines(report))
    return 0


def _language_document(report: LanguageReport) -> dict[str, Any]:
    return {
        "book": str(report.book),
        "language": report.language,
        "changed": report.written is not None,
        "kept": list(report.kept),
        "backup": _path(report.backup),
    }


def _language_lines(report: LanguageReport) -> Iterator[Text]:
    name, now = relative(report.book), _NAMES[report.language]
    if report.written is None:
        yield Text(f"{name} 已是{now.zh}，没有改动。", f"{name} is in {now.en} already; nothing was written.")
        return
    yield Text(f"{name} 已换成{now.zh}。", f"{name} is now in {now.en}.")
    if report.kept:
        yield Text(
            f"  保留原名（新名称已被占用）：{'、'.join(report.kept)}",
            f"  keeps its old name, as another has the new one: {', '.join(report.kept)}",
        )
    yield from _backup_line(report.backup)
    yield _REFRESH


_NAMES = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}
_REFRESH = Text(
    "下次 huikuan refresh 会重写“检查”等表中的说明文字。",
    "The next huikuan refresh writes the words of its findings anew.",
)


def _backup_line(backup: Path | None) -> Iterator[Text]:
    if backup:
        yield Text(f"  原簿备份：{relative(backup)}", f"  the book of before: {relative(backup)}")


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        help=both(
            "把旧工作簿升级到当前版本：补上缺少的列、表和参数，已有内容一概不动。",
            "Brings an older book to this version: adds the columns, sheets and settings that it lacks; "
            "what is there stays.",
        ),
        short_help=both("升级旧工作簿", "An older book to this version"),
        epilog=example("huikuan upgrade ledger.xlsx"),
    )(upgrade)
    app.command(
        help=both(
            "把工作簿换成另一种语言：表头、标签、下拉列表和选项随之改变，数字和自己的内容不变。",
            "Switches a book to the other language: headings, tabs, drop-downs and their words; figures and what "
            "is yours stay.",
        ),
        short_help=both("换工作簿语言", "A book in the other language"),
        epilog=example("huikuan language ledger.xlsx en"),
    )(language)
