"""Installing on machines that are folders: what is written, and above all what is not."""

from __future__ import annotations

import csv
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from addin.assets import macros
from addin.model.finding import LedgerError
from addin.service.installing.machine import Machine
from addin.service.installing.places import RIBBON_KEY, places
from addin.service.installing.setup import install, status, uninstall
from tests.service.installing.machines import EXCEL, files_below, macos, windows

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the machines' Python is a shell script")

XLWINGS = Path(str(find_spec("xlwings").origin)).parent
MACROS = (XLWINGS / "xlwings_custom_addin.bas").read_text("ascii")
SCRIPT = f"xlwings-{version('xlwings')}.applescript"


def as_the_macros_read(machine: Machine) -> dict[str, str]:
    """`Input #` takes two quoted fields a line, in the machine's code page."""
    with places(machine).settings.open(encoding=machine.code_page, newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert all(len(row) == 2 for row in rows) and len({row[0].lower() for row in rows}) == len(rows)
    return dict(rows)


def as_windows(change: Callable[..., None]) -> Callable[..., None]:
    """os.replace or os.unlink, which on Windows fail where the file that goes is read-only."""

    def guarded(*paths: str | Path, **more: object) -> None:
        gone = Path(paths[-1])
        if gone.exists() and not gone.stat().st_mode & stat.S_IWRITE:
            raise PermissionError(13, "Access is denied", str(gone))
        change(*paths, **more)

    return guarded


def refused(machine: Machine, folder: Path, code: str) -> str:
    """Installing stops with one line in each language, and not a byte has changed."""
    before = files_below(folder)
    with pytest.raises(LedgerError) as caught:
        install(machine)
    assert caught.value.code == code
    assert files_below(folder) == before
    assert all(words and "\n" not in words for words in caught.value.problem)
    return caught.value.problem.en


class TestWhereThingsGo:
    def test_windows(self, tmp_path: Path) -> None:
        machine = windows(tmp_path)
        written = install(machine)

        assert [str(file.relative_to(machine.home)) for file in written] == [
            "AppData/Roaming/Microsoft/Excel/XLSTART/huikuan.xlam",
            ".huikuan/huikuan.conf",
        ]
        assert written[0].read_bytes() == (macros() / "huikuan.xlam").read_bytes()

    def test_macos(self, tmp_path: Path) -> None:
        machine = macos(tmp_path)
        written = install(machine)

        assert [str(file.relative_to(machine.home / "Library")) for file in written] == [
            "Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/huikuan.xlam",
            "Containers/com.microsoft.Excel/Data/huikuan.conf",
            f"Application Scripts/com.microsoft.Excel/{SCRIPT}",
        ]
        assert written[2].read_bytes() == (XLWINGS / SCRIPT).read_bytes()

    def test_the_macros_look_just_there(self, tmp_path: Path) -> None:
        """The paths stand in xlwings' macros; a new version may have others."""
        assert 'Environ("USERPROFILE") & "\\." & PROJECT_NAME & "\\" & PROJECT_NAME & ".conf"' in MACROS
        assert 'GetMacDir("$HOME", False) & "/" & PROJECT_NAME & ".conf"' in MACROS
        assert 'AppleScriptTask("xlwings-" & XLWINGS_VERSION & ".applescript"' in MACROS
        assert f'XLWINGS_VERSION As String = "{version("xlwings")}"' in MACROS
        assert MACROS.count(f'XLPyDLLName As String = "xlwings64-{version("xlwings")}.dll"') == 1

    def test_a_home_elsewhere_than_its_settings(self, tmp_path: Path) -> None:
        machine = windows(tmp_path, variables={"APPDATA": str(tmp_path / "roaming")})

        assert install(machine)[0] == tmp_path / "roaming/Microsoft/Excel/XLSTART/huikuan.xlam"


class TestWhatTheMacrosAreTold:
    def test_windows(self, tmp_path: Path) -> None:
        machine = windows(tmp_path)
        install(machine)

        assert as_the_macros_read(machine) == {
            "INTERPRETER_WIN": machine.interpreter,
            "PYTHONPATH": machine.packages,
            "ADD_WORKBOOK_TO_PYTHONPATH": "False",
            "UDF MODULES": "addin.hosts.udfs",
            "USE UDF SERVER": "True",
        }
        assert places(machine).settings.read_bytes().count(b"\r\n") == 5

    def test_every_name_is_one_that_the_macros_ask_for(self, tmp_path: Path) -> None:
        for folder, made in ((tmp_path / "w", windows), (tmp_path / "m", macos)):
            machine = made(folder)
            install(machine)
            asked = set(re.findall(r'GetConfig\("([^"]+)"', MACROS)) | {"HUIKUAN SCRIPT"}
            assert set(as_the_macros_read(machine)) <= asked

    def test_a_chinese_name_in_the_code_page_of_a_chinese_windows(self, tmp_path: Path) -> None:
        machine = windows(tmp_path, user="张三", code_page="cp936")
        install(machine)

        assert "张三".encode("cp936") in places(machine).settings.read_bytes()
        assert as_the_macros_read(machine)["INTERPRETER_WIN"] == machine.interpreter

    def test_settings_of_others_stay(self, tmp_path: Path) -> None:
        machine = windows(tmp_path)
        file = places(machine).settings
        file.parent.mkdir()
        file.write_bytes(b'"SHOW CONSOLE","True"\r\n"interpreter_win","C:\\old\\python.exe"\r\n')
        install(machine)
        told = as_the_macros_read(machine)

        assert told["SHOW CONSOLE"] == "True"
        assert told["INTERPRETER_WIN"] == machine.interpreter

    def test_python_starts_from_them_as_on_macos(self, tmp_path: Path) -> None:
        """The script's own command, in a folder where somebody has put a package of our name."""
        machine = macos(tmp_path)
        install(machine)
        told = as_the_macros_read(machine)
        trap = tmp_path / "downloads"
        trap.mkdir()
        (trap / "addin.py").write_text("raise SystemExit('the wrong one')")
        script = (XLWINGS / SCRIPT).read_text("utf-8")
        assert """ -B -u -W ignore -c \\"import xlwings.utils;xlwings.utils.prepare_sys_path('""" in script
        line = (
            f"{told['INTERPRETER_MAC']} -B -u -W ignore -c "
            f"\"import xlwings.utils;xlwings.utils.prepare_sys_path('"
            f"{told['ADD_WORKBOOK_TO_PYTHONPATH']};;;;;;{told['PYTHONPATH']}');"
            'import addin.hosts.buttons as b; print(b.__file__) "'
        )
        variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            line, shell=True, cwd=trap, env=variables, capture_output=True, encoding="utf-8", timeout=60
        )

        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == str(Path(machine.packages) / "addin" / "hosts" / "buttons.py")


class TestWhatStopsIt:
    def test_excel_is_open(self, tmp_path: Path) -> None:
        for name, made in (("w", windows), ("m", macos)):
            said = refused(made(tmp_path / name, open_now=True), tmp_path / name, "excel_open")
            assert "quit Excel" in said

    def test_no_excel(self, tmp_path: Path) -> None:
        assert "WPS" in refused(windows(tmp_path / "w", registry={}), tmp_path / "w", "no_excel")
        refused(macos(tmp_path / "m", installed=False), tmp_path / "m", "no_excel")

    def test_no_system_for_excel(self, tmp_path: Path) -> None:
        machine = replace(windows(tmp_path), system="other")

        assert "Windows or macOS" in refused(machine, tmp_path, "no_excel")
        assert status(machine).places is None and not status(machine).installed
        with pytest.raises(LedgerError, match="Windows or macOS"):
            uninstall(machine)

    def test_an_excel_that_never_ran_on_macos(self, tmp_path: Path) -> None:
        """Its container is the system's to make: a folder of ours in its place would break it."""
        refused(macos(tmp_path, has_run=False), tmp_path, "excel_never_run")

    def test_a_name_that_the_code_page_has_not(self, tmp_path: Path) -> None:
        said = refused(windows(tmp_path, user="张三", code_page="cp1252"), tmp_path, "unfit_path")

        assert "张三" in said and "C:\\huikuan" in said

    @pytest.mark.parametrize("name", ["100%", "a^b", "a;b", 'a"b'])
    def test_signs_that_the_command_line_takes_for_its_own(self, tmp_path: Path, name: str) -> None:
        machine = windows(tmp_path)
        refused(replace(machine, interpreter=f"C:\\{name}\\python.exe"), tmp_path, "unfit_path")
        refused(replace(machine, packages=f"C:\\{name}\\Lib"), tmp_path, "unfit_path")

    def test_a_path_of_200_characters_is_the_longest(self, tmp_path: Path) -> None:
        """The library beside that Python is loaded by a function of Windows that knows 259."""
        start, end = "C:\\", "\\Scripts\\python.exe"
        fits = start + "x" * (200 - len(start + end)) + end
        machine = windows(tmp_path)
        refused(replace(machine, interpreter=fits.replace("x", "xx", 1)), tmp_path, "unfit_path")
        install(replace(machine, interpreter=fits))

        assert as_the_macros_read(machine)["INTERPRETER_WIN"] == fits and len(fits) == 200

    @pytest.mark.parametrize("name", ["R&D", "Program Files (x86)", "o'neil", "a,b", "Ünal"])
    def test_signs_that_do_no_harm_on_windows(self, tmp_path: Path, name: str) -> None:
        machine = replace(windows(tmp_path), interpreter=f"C:\\{name}\\python.exe")
        install(machine)

        assert as_the_macros_read(machine)["INTERPRETER_WIN"] == machine.interpreter

    @pytest.mark.parametrize("name", ["My Env", "o'neil", "a&b", "$HOME", "a|b", "环境", "a(b)"])
    def test_signs_that_the_shell_takes_for_its_own(self, tmp_path: Path, name: str) -> None:
        machine = macos(tmp_path)
        refused(replace(machine, interpreter=f"/Users/{name}/bin/python"), tmp_path, "unfit_path")
        refused(replace(machine, packages=f"/Users/{name}/lib"), tmp_path, "unfit_path")

    def test_a_python_from_the_store(self, tmp_path: Path) -> None:
        base = "C:\\Program Files\\WindowsApps\\PythonSoftwareFoundation.Python.3.13_x64"

        assert "python.org" in refused(windows(tmp_path, base=base), tmp_path, "store_python")

    def test_a_file_that_cannot_be_replaced(self, tmp_path: Path) -> None:
        machine = windows(tmp_path)
        addin = places(machine).addin
        addin.mkdir(parents=True)
        with pytest.raises(LedgerError) as caught:
            install(machine)

        assert caught.value.code == "not_written" and str(addin) in caught.value.problem.en
        assert [each.name for each in addin.parent.iterdir()] == ["huikuan.xlam"], (
            "nothing of ours is left behind"
        )


class TestAgainAndAway:
    def test_again_changes_nothing(self, tmp_path: Path) -> None:
        for folder, made in ((tmp_path / "w", windows), (tmp_path / "m", macos)):
            machine = made(folder)
            install(machine)
            once = files_below(folder)
            install(machine)
            assert files_below(folder) == once

    def test_a_second_excel_does_not_ask_for_it_and_it_can_be_replaced_all_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Windows refuses to replace or delete what is read-only; here a double refuses in its place."""
        for name in ("replace", "unlink"):
            monkeypatch.setattr(os, name, as_windows(getattr(os, name)))
        machine = windows(tmp_path)
        addin = places(machine).addin
        install(machine)
        assert not addin.stat().st_mode & stat.S_IWRITE
        with pytest.raises(PermissionError):
            addin.unlink()
        addin.chmod(stat.S_IREAD | stat.S_IWRITE)
        addin.write_bytes(b"older")
        addin.chmod(stat.S_IREAD)
        install(machine)
        assert status(machine).current and not addin.stat().st_mode & stat.S_IWRITE
        uninstall(machine)
        assert not addin.exists()

    def test_an_older_add_in_is_replaced(self, tmp_path: Path) -> None:
        machine = windows(tmp_path)
        addin = places(machine).addin
        addin.parent.mkdir(parents=True)
        addin.write_bytes(b"older")
        Path(f"{addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")

        assert status(machine).installed and not status(machine).current
        install(machine)
        assert status(machine).current
        assert sorted(each.name for each in addin.parent.iterdir()) == ["huikuan.xlam"]

    def test_away_leaves_a_home_as_it_was(self, tmp_path: Path) -> None:
        for folder, made in ((tmp_path / "w", windows), (tmp_path / "m", macos)):
            machine = made(folder)
            before = files_below(folder)
            written = install(machine)
            assert sorted(uninstall(machine)) == sorted(written)
            assert files_below(folder) == before
            assert not (machine.home / ".huikuan").exists()
            assert uninstall(machine) == []

    def test_away_takes_the_language_of_the_ribbon_too(self, tmp_path: Path) -> None:
        machine, asked = windows(tmp_path), []
        kept = {**EXCEL, f"{RIBBON_KEY}\\Ribbon": {"Language": "zh"}}

        def run(command: Sequence[str]) -> str | None:
            asked.append(list(command))
            return machine.run(command)

        for keys, deleted in ((EXCEL, []), (kept, [["reg", "delete", RIBBON_KEY, "/f"]])):
            uninstall(replace(machine, run=run, registry=lambda key, keys=keys: keys.get(key, {})))
            assert [command for command in asked if command[0] == "reg"] == deleted
        ribbon = (macros() / "HuikuanRibbon.bas").read_text("ascii")
        assert 'SaveSetting "Huikuan", "Ribbon", "Language"' in ribbon and RIBBON_KEY.endswith("\\Huikuan")

    def test_away_leaves_what_is_not_ours(self, tmp_path: Path) -> None:
        machine = windows(tmp_path)
        install(machine)
        theirs = machine.home / ".huikuan" / "台账.xlsx.1.bak"
        theirs.write_bytes(b"a backup of a ledger in the home folder")
        other = places(machine).addin.with_name("PERSONAL.XLSB")
        other.write_bytes(b"theirs")
        uninstall(machine)

        assert theirs.exists() and other.exists()

    def test_a_script_that_others_put_there_stays(self, tmp_path: Path) -> None:
        machine = macos(tmp_path)
        script = places(machine).script
        assert script is not None
        script.parent.mkdir(parents=True)
        shutil.copy(XLWINGS / SCRIPT, script)
        install(machine)
        install(machine)
        uninstall(machine)

        assert script.exists()

    def test_the_script_of_an_older_version_goes(self, tmp_path: Path) -> None:
        machine = macos(tmp_path)
        install(machine)
        where = places(machine)
        assert where.script is not None
        old = where.script.with_name("xlwings-0.33.1.applescript")
        where.script.rename(old)
        text = where.settings.read_text("ascii").replace(SCRIPT, old.name)
        where.settings.write_text(text, "ascii")
        install(machine)

        assert where.script.exists() and not old.exists()

    def test_settings_name_no_file_elsewhere_to_delete(self, tmp_path: Path) -> None:
        machine = macos(tmp_path)
        install(machine)
        where = places(machine)
        assert where.script is not None
        precious = where.script.parent.parent / "precious"
        precious.write_bytes(b"theirs")
        text = where.settings.read_text("ascii").replace(SCRIPT, "../precious")
        where.settings.write_text(text, "ascii")
        uninstall(machine)

        assert precious.exists()

    def test_not_while_excel_is_open(self, tmp_path: Path) -> None:
        install(windows(tmp_path))
        before = files_below(tmp_path)
        listed = '"EXCEL.EXE","4711","Console","1","210,000 K"\n'
        machine = replace(windows(tmp_path / "other"), home=tmp_path / "Users" / "wang", run=lambda _: listed)
        with pytest.raises(LedgerError, match="Excel is running"):
            uninstall(machine)

        assert {
            name: data for name, data in files_below(tmp_path).items() if not name.startswith("other")
        } == before
