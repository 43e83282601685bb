"""The add-in and the workbooks with macros: built alike everywhere, sound, and read back by others as they went in."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator, ValidationSeverity
from pyvbaanalysis import DiagnosticSeverity, analyze_workbook

from addin.assets import macros, templates
from addin.files.package.container import Archive
from addin.files.package.problem import PackageError
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.macros import attach, code_names
from addin.files.reader import read_book
from addin.files.vba import xlwings_modules
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES
from addin.service import addin_build
from addin.service.addin_build import ADDIN_NAME, build, build_addin, build_workbook, workbook_name
from tests.files.vba.blocks import left_open
from tests.files.vba.reader import Project, read_project
from tests.files.vba.test_vba import XLWINGS, by_olevba, by_pyopenvba

COMMITTED = {
    ADDIN_NAME: macros() / ADDIN_NAME,
    **{workbook_name(each): templates() / workbook_name(each) for each in LANGUAGES},
}
FILES = list(COMMITTED)
BOOKS = FILES[1:]
CHANGED = {"[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"}
"""The parts of a workbook that must say that it has macros and a ribbon."""


@cache
def fresh(name: str) -> bytes:
    return build_addin() if name == ADDIN_NAME else build_workbook("zh" if "zh" in name else "en")


@cache
def project(name: str) -> Project:
    return read_project(parts(fresh(name))["xl/vbaProject.bin"])


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plain(name: str) -> Path:
    return templates() / name.replace(".xlsm", ".xlsx")


@pytest.mark.parametrize("name", FILES)
class TestEveryFile:
    def test_committed_is_a_fresh_build(self, name: str) -> None:
        """Rewrite with `python -m addin.service.addin_build`."""
        assert COMMITTED[name].read_bytes() == fresh(name)

    def test_what_is_new_is_neither_compressed_nor_dated(self, name: str) -> None:
        """So the bytes hang on no compressor, clock or system; what is copied has the bytes of its source."""
        with zipfile.ZipFile(COMMITTED[name]) as archive:
            members = archive.infolist()
        new = [
            each
            for each in members
            if name == ADDIN_NAME or each.filename in CHANGED or is_macro(each.filename)
        ]

        assert len(new) == (10 if name == ADDIN_NAME else 5) + (name == ADDIN_NAME)
        assert {each.compress_type for each in new} == {zipfile.ZIP_STORED}
        assert {each.date_time for each in members} == {(1980, 1, 1, 0, 0, 0)}
        assert {each.create_system for each in new} <= {0, 3}
        assert name in BOOKS or {each.create_system for each in new} == {3}

    def test_open_xml_validator_finds_nothing(
        self, name: str, validator: Callable[[Path], list[dict[str, Any]]]
    ) -> None:
        assert validator(COMMITTED[name]) == []

    def test_the_other_audit_finds_no_error(self, name: str) -> None:
        found = OpenXmlValidator().validate(COMMITTED[name]).errors
        of_macros = [each for each in found if "inline-string" not in each.description]

        assert [str(each) for each in of_macros] == []
        assert not [each for each in found if each.severity is ValidationSeverity.ERROR]
        assert name in BOOKS or not found, "texts stand in the cells of the plain workbook too"

    def test_the_project_and_its_references(self, name: str) -> None:
        found = project(name)

        assert found.name == "HuikuanMacros"
        assert list(found.references) == ["stdole", "Office"]
        assert found.properties["Name"] == found.name
        assert found.name not in found.sources

    def test_modules_are_the_sources_and_xlwings_own(self, name: str) -> None:
        sources = project(name).sources
        own_book = name != ADDIN_NAME
        bas, placeholder = ("xlwings.bas", "xlwings") if own_book else ("xlwings_custom_addin.bas", "myaddin")
        theirs = (XLWINGS / bas).read_bytes().decode()
        wrappers = (macros() / "xlwings_udfs.bas").read_bytes().decode()
        name_of = 'Public Const PROJECT_NAME As String = "{}"'
        asks = '    If source = "" Or source = "{}" Then'

        for module in ("HuikuanRibbon", "HuikuanHelp"):
            assert sources[module] == (macros() / f"{module}.bas").read_bytes().decode()
        assert sources["xlwings_udfs"] == (
            wrappers.replace("ActiveWorkbook", "ThisWorkbook") if own_book else wrappers
        )
        pairs = list(zip(theirs.splitlines(), sources["xlwings"].splitlines(), strict=True))
        changed = [
            pair for pair in pairs if pair[0] != pair[1] and not re.search('FullName|" -B -c', pair[0])
        ]
        assert changed == [
            (name_of.format(placeholder), name_of.format("huikuan")),
            *((asks.format(place), f'    If source = "{place}" Then') for place in ("sheet", "directory")),
        ], "its name, and no settings from a workbook or from beside it"
        assert sum(pair[0] != pair[1] for pair in pairs) == len(changed) + 5 + 2
        dictionary = (XLWINGS / "addin" / "Dictionary.cls").read_bytes().decode()
        assert sources["Dictionary"].partition("''\r\n")[2] == dictionary.partition("''\r\n")[2] != ""

    def test_the_command_that_starts_python_is_the_same_for_every_workbook(self, name: str) -> None:
        """xlwings' library keeps a Python a command; and a file's name may hold signs of the command line."""
        module = project(name).sources["xlwings"]
        commands = [line for line in module.splitlines() if "PYTHONPATH = AddExcelDir" in line]

        assert len(commands) == 3
        for line in commands:
            named = re.findall(r"[\w.]+(?:\(\"\w+\"\))?(?= &|$)", line.partition(" = ")[2])
            assert all(each == "AddExcelDir" or each.startswith("GetConfig(") for each in named), line
            settings = re.sub(r"GetConfig\(\"\w+\"\)|[&\" ]", "", line.partition("AddExcelDir")[2])
            assert settings == ";" * 6, "what xlwings.utils.prepare_sys_path counts by"
        assert "ToPosixPath(ActiveWorkbook" not in module and "ToPosixPath(ThisWorkbook" not in module

    def test_python_imports_nothing_from_beside_a_workbook(self, name: str, tmp_path: Path) -> None:
        """The folder that Excel stands in is often that of the workbook; Python would look there first."""
        module = project(name).sources["xlwings"]
        starts = re.findall(r'" (-B [^"]*)-c ""(import [^"(]*?);(?:"|xlwings\.utils\.prepare)', module)
        assert len(starts) == 2
        for trap in ("xlwings", "json", "win32api"):
            (tmp_path / f"{trap}.py").write_text("raise SystemExit('the wrong one')")
        for options, imports in starts:
            command = [
                sys.executable,
                *options.split(),
                "-c",
                f"{imports}; import xlwings, json; print('well')",
            ]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60)
            assert done.stdout == "well\n", done.stderr

    def test_licences_and_versions_stay(self, name: str) -> None:
        sources = project(name).sources

        assert "BSD 3-clause license" in sources["xlwings"]
        assert "Zoomer Analytics LLC" in sources["xlwings"]
        assert "@license: MIT" in sources["Dictionary"]
        assert f'XLWINGS_VERSION As String = "{version("xlwings")}"' in sources["xlwings"]

    def test_other_readers_read_the_same(self, name: str) -> None:
        vba = parts(fresh(name))["xl/vbaProject.bin"]

        assert by_olevba(vba) == by_pyopenvba(vba) == project(name).sources

    def test_every_document_of_the_workbook_has_its_module(self, name: str) -> None:
        codes = ["ThisWorkbook", "AddinSheet"]
        if name in BOOKS:
            sheets = load_workbook(COMMITTED[name]).worksheets
            codes = ["ThisWorkbook", *(str(sheet.sheet_properties.codeName) for sheet in sheets)]
        documents = [line for line in project(name).listed if line.startswith("Document=")]

        assert documents == [f"Document={code}/&H00000000" for code in codes]
        assert project(name).standard == {"HuikuanHelp", "HuikuanRibbon", "xlwings", "xlwings_udfs"}
        for code in codes:
            assert project(name).sources[code].endswith("VB_Customizable = True\r\nOption Explicit\r\n")

    def test_the_ribbon_is_inside_and_linked(self, name: str) -> None:
        inside = parts(fresh(name))

        assert inside["customUI/customUI14.xml"] == (macros() / "customUI14.xml").read_bytes()
        assert b"relationships/ui/extensibility" in inside["_rels/.rels"]
        assert b"2006/relationships/vbaProject" in inside["xl/_rels/workbook.xml.rels"]
        assert b"application/vnd.ms-office.vbaProject" in inside["[Content_Types].xml"]
        kind = b"addin" if name == ADDIN_NAME else b"sheet"
        assert b"vnd.ms-excel.%b.macroEnabled.main+xml" % kind in inside["[Content_Types].xml"]

    def test_every_block_of_ours_is_closed(self, name: str) -> None:
        for module in ("HuikuanHelp", "HuikuanRibbon", "xlwings_udfs"):
            assert left_open(project(name).sources[module]) == []


@pytest.mark.parametrize("name", [ADDIN_NAME, BOOKS[-1]])
def test_the_analyser_compiles_it(name: str) -> None:
    assert compile_errors(COMMITTED[name]) == []


@pytest.mark.parametrize("line", ["    End If\r\n", "End Sub\r\n", "End Function\r\n"])
def test_an_open_block_would_show(line: str) -> None:
    source = project(ADDIN_NAME).sources["HuikuanRibbon"]

    assert line in source and left_open(source.replace(line, "", 1))


def is_macro(part: str) -> bool:
    return part in ("xl/vbaProject.bin", "customUI/customUI14.xml")


def compile_errors(file: Path) -> list[str]:
    """What Excel would refuse to compile, as far as an analyser of the whole project can tell."""
    return [
        f"{module}: {each.code} {each.message}"
        for module, found in analyze_workbook(file).items()
        for each in found
        if each.severity is DiagnosticSeverity.ERROR
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("RunPython command", "RunPytohn command"),
        ("RunPython command", "RunPython command, 1"),
        ('usual = "en"', 'unusual = "en"'),
    ],
    ids=["a misspelt call", "an argument too many", "an undeclared name"],
)
def test_the_analyser_would_tell(old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = tmp_path / "macros"
    shutil.copytree(macros(), sources)
    ribbon = (sources / "HuikuanRibbon.bas").read_bytes().decode()
    assert old in ribbon
    (sources / "HuikuanRibbon.bas").write_bytes(ribbon.replace(old, new).encode())
    monkeypatch.setattr(addin_build, "macros", lambda: sources)
    (tmp_path / ADDIN_NAME).write_bytes(build_addin())

    assert [error for error in compile_errors(tmp_path / ADDIN_NAME) if error.startswith("HuikuanRibbon")]


@pytest.mark.parametrize("name", BOOKS)
class TestTheWorkbooks:
    def test_all_else_is_as_in_the_plain_one(self, name: str) -> None:
        """Byte for byte as compressed, in the same order."""
        with Archive(plain(name)) as before, Archive(COMMITTED[name]) as after:
            same = [each for each in before.members if each.name not in CHANGED]
            order = [each.name for each in after.members]

            assert order == [
                *(each.name for each in before.members),
                "xl/vbaProject.bin",
                "customUI/customUI14.xml",
            ]
            for each in same:
                kept = after.find(each.name)
                assert kept and list(before.raw_record(each)) == list(after.raw_record(kept)), each.name

    def test_the_tables_are_there(self, name: str) -> None:
        assert set(read_book(COMMITTED[name]).tables) == set(TABLES)

    def test_macros_are_attached_once(self, name: str) -> None:
        with Archive(COMMITTED[name]) as archive, pytest.raises(PackageError):
            attach(Draft(archive), b"vba", b"ribbon")

    def test_the_sheets_have_names_of_their_own(self, name: str) -> None:
        with Archive(plain(name)) as archive:
            workbook, sheets = code_names(Draft(archive))

        assert workbook == "ThisWorkbook"
        assert len({each.lower() for each in sheets}) == len(sheets) == len(TABLES) + 2


class TestBuild:
    def test_a_folder_gets_all_three(self, tmp_path: Path) -> None:
        files = build(tmp_path / "新 folder" / "in")

        assert [file.name for file in files] == FILES
        assert {file.name: file.read_bytes() for file in (tmp_path / "新 folder" / "in").iterdir()} == {
            name: fresh(name) for name in FILES
        }

    def test_an_add_in_of_before_is_replaced(self, tmp_path: Path) -> None:
        (tmp_path / ADDIN_NAME).write_bytes(b"older")
        build(tmp_path)
        build(tmp_path)

        assert (tmp_path / ADDIN_NAME).read_bytes() == fresh(ADDIN_NAME)
        assert sorted(file.name for file in tmp_path.iterdir()) == sorted(FILES)

    @pytest.mark.parametrize("name", BOOKS)
    def test_a_workbook_may_be_a_ledger_and_is_not(self, name: str, tmp_path: Path) -> None:
        (tmp_path / name).write_bytes(b"a year's work")
        with pytest.raises(LedgerError) as caught:
            build(tmp_path)

        assert caught.value.code == "book_exists"
        assert [file.name for file in tmp_path.iterdir()] == [name]
        assert (tmp_path / name).read_bytes() == b"a year's work"

    def test_a_folder_that_cannot_be_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(LedgerError) as caught:
            build(tmp_path / "file")

        assert caught.value.code == "not_written"

    def test_an_xlwings_of_another_version_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Module and DLL must be of one version, or Excel finds no library."""
        monkeypatch.setattr(xlwings_modules, "version", lambda _: "0.0.1")
        with pytest.raises(LedgerError) as caught:
            build_addin()

        assert caught.value.code == "xlwings_unfit"

    def test_no_xlwings_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(xlwings_modules, "find_spec", lambda _: None)
        with pytest.raises(LedgerError) as caught:
            build_addin()

        assert caught.value.code == "xlwings_unfit"
