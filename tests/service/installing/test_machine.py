"""What is asked of the system itself: the registry, programs, who runs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from addin.service.installing.machine import this_machine
from addin.service.installing.places import excel_is_open, find_excel
from tests.service.installing.machines import macos, windows

VIEWS = {32: 0x200, 64: 0x100}


def registry(keys: dict[tuple[str, str, int], list[tuple[str, Any]]]) -> Any:
    """Python's `winreg` over keys by root, path and view; a key that is not there is an OSError, as there."""

    @contextmanager
    def open_key(root: str, path: str, _reserved: int, access: int) -> Any:
        for bits, flag in VIEWS.items():
            if access & flag and (root, path, bits) in keys:
                yield keys[root, path, bits]
                return
        raise FileNotFoundError(2, "no such key")

    return SimpleNamespace(
        KEY_READ=0x20019,
        KEY_WOW64_32KEY=VIEWS[32],
        KEY_WOW64_64KEY=VIEWS[64],
        HKEY_CURRENT_USER="user",
        HKEY_LOCAL_MACHINE="machine",
        HKEY_CLASSES_ROOT="classes",
        OpenKey=open_key,
        QueryInfoKey=lambda key: (0, len(key), 0),
        EnumValue=lambda key, place: (*key[place], 1),
    )


class TestTheRegistry:
    def test_both_views_count_and_the_wider_wins(self, monkeypatch: pytest.MonkeyPatch) -> None:
        keys: dict[tuple[str, str, int], list[tuple[str, Any]]] = {
            ("machine", "A\\B", 32): [("x", 32), ("only", "small")],
            ("machine", "A\\B", 64): [("x", 64), ("", "default")],
            ("user", "A\\B", 64): [("x", "mine")],
        }
        monkeypatch.setitem(sys.modules, "winreg", registry(keys))
        asked = this_machine().registry

        assert asked("HKLM\\A\\B") == {"x": 64, "only": "small", "": "default"}
        assert asked("HKCU\\A\\B") == {"x": "mine"}
        assert asked("HKCR\\A\\B") == {}

    @pytest.mark.skipif(sys.platform == "win32", reason="there is a registry")
    def test_where_there_is_none(self) -> None:
        assert this_machine().registry("HKCU\\Software") == {}


class TestThisMachine:
    @pytest.mark.parametrize(
        ("platform", "system", "code_page"),
        [("win32", "windows", "mbcs"), ("darwin", "macos", "ascii"), ("linux", "other", "ascii")],
    )
    def test_it_is_one_of_three(
        self, monkeypatch: pytest.MonkeyPatch, platform: str, system: str, code_page: str
    ) -> None:
        monkeypatch.setattr(sys, "platform", platform)
        machine = this_machine()
        assert (machine.system, machine.code_page) == (system, code_page)

    def test_this_python_is_the_one_named(self) -> None:
        machine = this_machine()
        assert machine.interpreter == sys.executable
        assert (Path(machine.packages) / "addin" / "__init__.py").is_file()

    def test_programs_answer_or_are_not_there(self) -> None:
        run = this_machine().run
        assert run([sys.executable, "-c", "print(1)"]) == "1\n"
        assert run([sys.executable, "-c", "raise SystemExit(3)"]) is None
        assert run(["no such program"]) is None


class TestWhetherExcelIsOpen:
    @pytest.mark.parametrize(
        ("session", "listed", "is_open"),
        [
            ("Console", '"EXCEL.EXE","4711","Console","1","210,000 K"\n', True),
            ("Console", '"excel.exe","4711","Console","1","210,000 K"\n', True),
            ("Console", '"EXCEL.EXE","4711","RDP-Tcp#7","3","210,000 K"\n', False),
            (
                "RDP-Tcp#7",
                '"EXCEL.EXE","1","Console","1","9 K"\n"EXCEL.EXE","2","RDP-Tcp#7","3","9 K"\n',
                True,
            ),
            ("", '"EXCEL.EXE","4711","Services","0","210,000 K"\n', True),
            ("Console", "INFO: No tasks are running which match the specified criteria.\n", False),
            ("Console", "信息: 没有运行的任务匹配指定标准。\n", False),
            ("Console", '"WINWORD.EXE","4711","Console","1","210,000 K"\n', False),
            ("Console", None, False),
        ],
    )
    def test_on_windows(self, tmp_path: Path, session: str, listed: str | None, is_open: bool) -> None:
        machine = windows(tmp_path, variables={"SESSIONNAME": session})
        assert excel_is_open(replace(machine, run=lambda command: listed)) is is_open

    def test_on_macos_and_elsewhere(self, tmp_path: Path) -> None:
        assert excel_is_open(macos(tmp_path / "a", open_now=True))
        assert not excel_is_open(macos(tmp_path / "b"))
        assert not excel_is_open(replace(windows(tmp_path / "c", open_now=True), system="other"))


class TestWhichExcel:
    def test_one_that_was_installed_as_a_package_of_old(self, tmp_path: Path) -> None:
        keys = {"HKCR\\Excel.Application\\CurVer": {"": "Excel.Application.15"}}
        assert str(find_excel(windows(tmp_path, registry=keys))) == "Excel 15"

    def test_one_that_is_known_by_its_path_alone(self, tmp_path: Path) -> None:
        keys = {
            "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe": {"": "C:\\EXCEL.EXE"}
        }
        assert str(find_excel(windows(tmp_path, registry=keys))) == "Excel 16"

    def test_other_parts_of_office_are_none(self, tmp_path: Path) -> None:
        keys = {"HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration": {"Platform": "x64"}}
        assert find_excel(windows(tmp_path, registry=keys)) is None

    def test_on_macos_in_either_folder_of_programs(self, tmp_path: Path) -> None:
        machine = macos(tmp_path)
        assert str(find_excel(machine)) == "Excel 16.89.1 (64-bit)"
        machine.programs.rename(machine.home / "Applications")
        assert str(find_excel(machine)) == "Excel 16.89.1 (64-bit)"
        (machine.home / "Applications").rename(tmp_path / "moved")
        assert find_excel(machine) is None
