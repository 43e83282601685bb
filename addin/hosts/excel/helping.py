"""Help: the functions, links to the add-in, the language, the installation, the version."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from addin import __version__
from addin.assets import macros
from addin.files.save import state_folder
from addin.functions.registry import FUNCTIONS, Function
from addin.hosts.excel import native
from addin.hosts.excel.pages import show_page
from addin.hosts.excel.reading import Live, local_path, read
from addin.hosts.excel.state import quiet
from addin.hosts.excel.words import TITLE, spoken
from addin.hosts.telling import STATE_WORDS, user
from addin.model.finding import LedgerError
from addin.model.text import Language, Text
from addin.service.installing.doctor import examine
from addin.service.installing.machine import this_machine
from addin.service.translating import LanguageReport, translate_book

if TYPE_CHECKING:
    import xlwings as xw

_OTHER: Final[Mapping[Language, Language]] = {"zh": "en", "en": "zh"}
_NAMES: Final[Mapping[Language, Text]] = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}
_LINK: Final = re.compile(r"(?:'[^'\[\]]*huikuan\.xlam'|huikuan\.xlam)!(?=AR_)", re.IGNORECASE)
"""A function of the add-in with the place before it where the add-in lay on somebody's machine."""


def functions(book: xw.Book, now: datetime) -> None:
    """All worksheet functions, with what they take and an example."""
    language = spoken(book)
    heading = (
        Text("函数", "Function"),
        Text("作用", "What it gives"),
        Text("参数", "Arguments"),
        Text("依据", "Source"),
        Text("示例", "Example"),
    )
    rows = [
        (
            each.name,
            each.help.in_(language),
            "\n".join(f"{argument.name}: {argument.help.in_(language)}" for argument in each.arguments),
            each.source.in_(language),
            formula_of(each),
        )
        for each in FUNCTIONS.values()
    ]
    title = Text("工作表函数", "Worksheet functions").in_(language)
    show_page(book, title, [word.in_(language) for word in heading], rows)


def formula_of(function: Function) -> str:
    """The function's example as a formula.

    >>> formula_of(FUNCTIONS["AR_DUE_DATE"])
    '=AR_DUE_DATE("2022-01-31", "NET 30")'
    """
    return f"={function.name}({', '.join(map(_constant, function.example))})"


def _constant(value: object) -> str:
    """A value as it stands in a formula; a list of lists is an array, its rows apart by semicolons."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case str():
            return '"' + value.replace('"', '""') + '"'
        case list() if value and isinstance(value[0], list):
            return "{" + ";".join(",".join(map(_constant, row)) for row in value) + "}"
        case list():
            return "{" + ";".join(map(_constant, value)) + "}"
    return str(value)


def relink(book: xw.Book, now: datetime) -> Text:
    """Takes the add-in's place out of formulas, so that they find the add-in of this machine.

    LedgerError where a sheet with such a formula has a password; nothing is then changed.
    """
    found = [(sheet, *each) for sheet in book.sheets for each in _linked(sheet)]
    locked = {sheet.name: sheet for sheet, *_ in found}
    with quiet(book), native.unprotected([*locked.values()]), native.filling_no_columns(book.app):
        count = sum(
            native.set_formula(sheet.range(place), word, without_place(formula))
            for sheet, word, place, formula in found
        )
    return Text(f"修复 {count} 个公式", f"formulas mended: {count}")


def without_place(formula: str) -> str:
    r"""A formula without the place of the add-in.

    >>> without_place(r"=SUM('C:\Users\li\huikuan.xlam'!AR_DSO(A1,B1,90), huikuan.xlam!AR_ADD(1,2,3,4))")
    '=SUM(AR_DSO(A1,B1,90), AR_ADD(1,2,3,4))'
    """
    return _LINK.sub("", formula)


def _linked(sheet: xw.Sheet) -> Iterator[tuple[native.FormulaWord, tuple[int, int], str]]:
    """What xlwings calls the formulas of a sheet, and each that names such a place, with its row and column."""
    word = native.formula_word(sheet)
    used = sheet.used_range
    formulas: Any = getattr(used, word)
    rows = formulas if isinstance(formulas, tuple | list) else [[formulas]]
    for row, cells in enumerate(rows, used.row):
        for column, formula in enumerate(cells if isinstance(cells, tuple | list) else [cells], used.column):
            if isinstance(formula, str) and formula.startswith("=") and _LINK.search(formula):
                yield word, (row, column), formula


def language(book: xw.Book, now: datetime) -> Text:
    """Ribbon and ledger into the language that the button names, the one that the ribbon does not speak.

    The ledger's file is closed, translated, and opened again. LedgerError where it must stay open: the ribbon alone
    then changes. So it does beside a workbook that is no ledger, or is in that language already.
    """
    ribbon = native.ribbon_language(book)
    try:
        live = read(book)
    except LedgerError as error:
        if ribbon is None or error.code != "no_ledger":
            raise
        return _ribbon_alone(book, _OTHER[ribbon])
    wanted = _OTHER[ribbon or live.open.language]
    if live.open.language == wanted:
        return _ribbon_alone(book, wanted)
    return _translated(live, wanted, now)


def _ribbon_alone(book: xw.Book, language: Language) -> Text:
    native.speak(book, language)
    return Text(f"功能区已切换为{_NAMES[language].zh}", f"the ribbon is now in {_NAMES[language].en}")


def _translated(live: Live, wanted: Language, now: datetime) -> Text:
    book, path = live.book, live.open.path
    app = book.app
    problem = None
    if path.suffix.casefold() == ".xlsm" and not native.addin_is_open(app):
        problem = LedgerError("own_macros", _own_macros(path.name, wanted))
    elif native.is_read_only(book):
        problem = LedgerError("read_only", _read_only(path.name, wanted))
    if problem is not None:
        native.speak(book, wanted)
        raise problem
    if not native.is_saved(book):
        raise LedgerError("not_saved", native.not_saved(book.name))
    book.close()
    try:
        report = translate_book(path, wanted, today=now.date(), now=now, by=user())
    finally:
        reopened = native.open_again(app, path)
    native.speak(reopened, wanted)
    return _switched(report)


def _own_macros(name: str, wanted: Language) -> Text:
    """Excel ends the macros of a workbook that they close, and this button with them."""
    command = _command(name, wanted)
    return Text(
        f"{name} 用自带的宏运行，无法关闭自己来切换语言，只切换了功能区。请保存并关闭它，"
        f"在它所在的文件夹运行 {command}；也可用 huikuan addin install 安装加载项，由加载项切换。",
        f"{name} runs by its own macros and cannot close itself to switch its language; the ribbon alone is switched. "
        f"Save and close it, then run {command} in its folder; or install the add-in by huikuan addin install and "
        "have that switch it.",
    )


def _read_only(name: str, wanted: Language) -> Text:
    command = _command(name, wanted)
    return Text(
        f"{name} 以只读方式打开，无法切换语言，只切换了功能区。请关闭它，"
        f"等没有人使用时在它所在的文件夹运行 {command}。",
        f"{name} is open read-only and cannot be switched to another language; the ribbon alone is. Close it and, once "
        f"nobody has it open, run {command} in its folder.",
    )


def _command(name: str, wanted: Language) -> str:
    return f'huikuan language "{name}" {wanted}'


def _switched(report: LanguageReport) -> Text:
    kept = "、".join(report.kept), ", ".join(report.kept)
    more = Text(f"；保留原名：{kept[0]}", f"; keep their names: {kept[1]}") if report.kept else Text("", "")
    return Text(f"已切换为中文{more.zh}", f"the ledger is now in English{more.en}")


def about(book: xw.Book, now: datetime) -> None:
    """Version, licence, and where the files are."""
    language = spoken(book)
    rows = [(label.in_(language), words) for label, words in _facts(book)]
    heading = (Text("项目", "What"), Text("内容", "Which"))
    show_page(book, TITLE.in_(language), [word.in_(language) for word in heading], rows)


def doctor(book: xw.Book, now: datetime) -> None:
    """What the add-in needs on this machine, and of each thing whether it is well or what to do."""
    language = spoken(book)
    heading = (
        Text("状态", "State"),
        Text("项目", "What"),
        Text("现状", "Found"),
        Text("处理办法", "What to do"),
    )
    rows = [
        (
            STATE_WORDS[check.state].in_(language),
            check.label.in_(language),
            check.found.in_(language),
            check.cure.in_(language) if check.cure else "",
        )
        for check in examine(this_machine())
    ]
    title = Text("检查安装", "The installation").in_(language)
    show_page(book, title, [word.in_(language) for word in heading], rows)


def _facts(book: xw.Book) -> Iterator[tuple[Text, str]]:
    yield Text("版本", "Version"), f"Huikuan {__version__}"
    yield Text("许可", "Licence"), "MIT; xlwings: BSD-3-Clause"
    yield Text("Python", "Python"), f"{platform.python_version()}  {sys.executable}"
    yield Text("xlwings", "xlwings"), version("xlwings")
    yield Text("Excel", "Excel"), str(book.app.version)
    yield Text("程序", "Program"), str(Path(__file__).resolve().parents[2])
    yield Text("加载项", "Add-in"), str(macros() / native.ADDIN)
    try:
        path = local_path(book)
    except LedgerError as error:
        yield Text("工作簿", "Workbook"), error.problem.in_(spoken(book))
    else:
        yield Text("工作簿", "Workbook"), str(path)
        yield Text("备份和日志", "Backups and log"), str(state_folder(path))
