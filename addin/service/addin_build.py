"""Builds the Excel add-in, and the standard workbooks that carry the same macros, from their sources.

``python -m addin.service.addin_build`` writes what is committed; a test compares it with a fresh build.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from addin import __version__
from addin.assets import macros, templates
from addin.files.addin_package import SHEET_CODE, THEME_PART, WORKBOOK_CODE, addin_package
from addin.files.package.container import Archive
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.macros import attach, code_names
from addin.files.vba import Module, Reference, document_module, standard_module, vba_project
from addin.files.vba.xlwings_modules import in_own_book, runtime_modules
from addin.model.finding import LedgerError
from addin.model.text import LANGUAGES, Language, Text

ADDIN_NAME: Final = "huikuan.xlam"
PROJECT_NAME: Final = "HuikuanMacros"
_TITLE: Final = "Huikuan · 回款"
_DESCRIPTION: Final = f"Receivables ledger · 应收账款台账 · {__version__}"
_DOCUMENT_CODE: Final = "Option Explicit\r\n"
_REFERENCES: Final = (
    Reference(
        "stdole",
        "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\\Windows\\System32\\stdole2.tlb#OLE Automation",
    ),
    Reference(  # the ribbon's types
        "Office",
        "*\\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
        "C:\\Program Files\\Common Files\\Microsoft Shared\\OFFICE16\\MSO.DLL#"
        "Microsoft Office 16.0 Object Library",
    ),
)
"""Excel finds both by their numbers; the paths are where it looks otherwise."""


def build_addin() -> bytes:
    """The bytes of `huikuan.xlam`. LedgerError where xlwings is not as it has to be."""
    vba = _project(WORKBOOK_CODE, [SHEET_CODE], own_book=False)
    with Archive(templates() / workbook_name("en", "xlsx")) as standard:
        theme = Draft(standard).read(THEME_PART)
    return addin_package(vba, _source("customUI14.xml"), theme, title=_TITLE, description=_DESCRIPTION)


def build_workbook(language: Language) -> bytes:
    """The bytes of the standard workbook with ribbon and macros inside; all else is as in the .xlsx without."""
    with (
        Archive(templates() / workbook_name(language, "xlsx")) as archive,
        tempfile.TemporaryDirectory(prefix="huikuan-") as folder,
    ):
        draft = Draft(archive)
        workbook, sheets = code_names(draft)
        attach(draft, _project(workbook, sheets, own_book=True), _source("customUI14.xml"))
        made = Path(folder) / "made"
        draft.write(made, compress=False)
        return made.read_bytes()


def workbook_name(language: Language, suffix: str = "xlsm") -> str:
    """The file name of a standard workbook."""
    return f"huikuan-{language}.{suffix}"


def build(folder: Path) -> list[Path]:
    """Writes add-in and workbooks into a folder, made where it is not there; the files.

    An add-in of before is replaced, a workbook is not, for it may hold a ledger. LedgerError where one is in the
    way, or where the folder cannot be written; nothing is then changed.
    """
    made = {ADDIN_NAME: build_addin()} | {workbook_name(each): build_workbook(each) for each in LANGUAGES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            _refuse_replacing(folder / name, data)
        for name, data in made.items():
            _put(folder / name, data)
    except OSError as error:
        raise LedgerError(
            "not_written",
            Text(
                f"无法写入文件夹 {folder}（{error.strerror}）。请换个文件夹，或关闭占用文件的 Excel。",
                f"Cannot write to the folder {folder} ({error.strerror}). "
                "Choose another, or close the Excel that holds the file.",
            ),
        ) from error
    return [folder / name for name in made]


def _refuse_replacing(file: Path, data: bytes) -> None:
    if file.name != ADDIN_NAME and file.exists() and file.read_bytes() != data:
        raise LedgerError(
            "book_exists",
            Text(
                f"{file} 已存在且内容不同，可能是在用的台账，不会覆盖。请移走它，或换个文件夹。",
                f"{file} is there with other contents, perhaps a ledger in use, and is not overwritten. "
                "Move it away, or choose another folder.",
            ),
        )


def _put(file: Path, data: bytes) -> None:
    """The file whole or not at all."""
    temporary = file.with_name(f".{file.name}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)


def _project(workbook: str, sheets: Sequence[str], *, own_book: bool) -> bytes:
    wrappers = _source("xlwings_udfs.bas").decode("ascii")
    modules: list[Module] = [
        document_module(workbook, "workbook", _DOCUMENT_CODE),
        *(document_module(sheet, "sheet", _DOCUMENT_CODE) for sheet in sheets),
        standard_module(_source("HuikuanRibbon.bas").decode("ascii")),
        standard_module(_source("HuikuanHelp.bas").decode("ascii")),
        standard_module(in_own_book(wrappers) if own_book else wrappers),
        *runtime_modules(own_book=own_book),
    ]
    return vba_project(PROJECT_NAME, modules, _REFERENCES)


def _source(name: str) -> bytes:
    return (macros() / name).read_bytes()


if __name__ == "__main__":
    (macros() / ADDIN_NAME).write_bytes(build_addin())
    for each in LANGUAGES:
        (templates() / workbook_name(each)).write_bytes(build_workbook(each))
