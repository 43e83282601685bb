"""`huikuan doctor`, and what `huikuan addin` says where there is no Excel."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from addin.hosts.cli import app
from addin.service.installing import machine as machines
from tests.service.installing.machines import files_below, macos, windows
from tests.tools import Run

HERE = sys.platform
WITHOUT_EXCEL = pytest.mark.skipif(HERE in ("win32", "darwin"), reason="Excel may be here")


@WITHOUT_EXCEL
class TestWithoutExcel:
    @pytest.mark.parametrize(("language", "words"), [("en", "No Excel here"), ("zh", "这台机器上没有 Excel")])
    @pytest.mark.parametrize("command", ["install", "uninstall"])
    def test_one_clear_line(
        self, run_huikuan: Callable[..., Run], tmp_path: Path, command: str, language: str, words: str
    ) -> None:
        done = run_huikuan("addin", command, "--lang", language, env={"HOME": str(tmp_path)})

        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1 and done.stderr.startswith(words)
        assert files_below(tmp_path) == {}

    def test_status_tells_it_and_is_no_failure(self, run_huikuan: Callable[..., Run]) -> None:
        assert run_huikuan("addin", "status", "--lang", "en").stdout.startswith("No Excel here")
        assert run_huikuan("addin", "status", "--json").json == {
            "system": "other",
            "excel": None,
            "installed": False,
            "current": False,
            "addin": None,
            "settings": None,
            "interpreter": None,
        }

    def test_the_doctor_finds_nothing_to_mend(self, run_huikuan: Callable[..., Run], tmp_path: Path) -> None:
        done = run_huikuan("doctor", "--fix", "--lang", "en", env={"HOME": str(tmp_path)})

        assert (done.exit_code, done.stderr) == (0, "")
        assert [line.split()[0] for line in done.stdout.splitlines()] == ["OK", "OK", "Note", "No"]
        assert files_below(tmp_path) == {}


@pytest.mark.skipif(HERE == "win32", reason="the machines' Python is a shell script")
class TestOnAMachineWithExcel:
    def run(self, capfd: pytest.CaptureFixture[str], *arguments: str) -> Run:
        code = app.run(arguments)
        said = capfd.readouterr()
        return Run(code, said.out, said.err)

    @pytest.mark.parametrize("made", [windows, macos])
    def test_from_nothing_to_well_and_back(
        self,
        made: Callable[..., machines.Machine],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        machine = made(tmp_path)
        monkeypatch.setattr(machines, "this_machine", lambda: machine)
        before = files_below(tmp_path)

        ill = self.run(capfd, "doctor", "--lang", "en")
        assert (
            ill.exit_code == 1
            and "Mend  Add-in: not installed\n      Run huikuan addin install." in ill.stdout
        )
        done = self.run(capfd, "addin", "install", "--lang", "zh")
        assert done.exit_code == 0 and done.stdout.startswith("已安装：\n") and "“回款”选项卡" in done.stdout
        now = self.run(capfd, "addin", "status", "--json").json
        assert (now["installed"], now["current"], now["interpreter"]) == (True, True, machine.interpreter)
        assert now["system"] == machine.system and now["excel"].startswith("16.")
        well = self.run(capfd, "doctor", "--json")
        assert well.exit_code == 0 and {each["state"] for each in well.json["checks"]} <= {"ok", "note"}
        gone = self.run(capfd, "addin", "uninstall", "--json")
        assert len(gone.json["removed"]) == (3 if machine.system == "macos" else 2)
        assert files_below(tmp_path) == before
        again = self.run(capfd, "addin", "uninstall", "--lang", "en")
        assert (again.exit_code, again.stdout) == (0, "Nothing was installed.\n")

    def test_the_doctor_mends(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(machines, "this_machine", lambda: windows_once)
        windows_once = windows(tmp_path)
        done = self.run(capfd, "doctor", "--fix", "--lang", "zh")

        assert done.exit_code == 0 and {line.split("  ")[0] for line in done.stdout.splitlines()} == {"正常"}

    def test_an_open_excel_is_said_on_the_side(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        machine = windows(tmp_path, open_now=True)
        monkeypatch.setattr(machines, "this_machine", lambda: machine)
        done = self.run(capfd, "doctor", "--fix", "--lang", "en")

        assert done.exit_code == 1 and done.stderr.startswith("Excel is running.")
        assert self.run(capfd, "addin", "install", "--lang", "en").exit_code == 2
        assert "Add-in: not installed" in self.run(capfd, "addin", "status", "--lang", "en").stdout
