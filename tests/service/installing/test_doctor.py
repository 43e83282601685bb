"""The doctor on machines that are folders: each thing that goes wrong is seen, named, and mended where it can be."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from addin.files.package.structure.macros import RIBBON_PART, VBA_PART
from addin.service.installing import doctor, setup
from addin.service.installing.doctor import Check, examine, mend
from addin.service.installing.machine import Machine
from addin.service.installing.places import Excel, find_excel, places
from addin.service.installing.setup import install, shipped_addin
from tests.service.installing.machines import CLICK_TO_RUN, EXCEL, files_below, macos, windows

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the machines' Python is a shell script")

SECURITY = "Software\\Microsoft\\Office\\16.0\\Excel\\Security"
POLICIES = "Software\\Policies\\Microsoft\\Office\\16.0"
DLL = f"xlwings64-{version('xlwings')}.dll"


def found(machine: Machine) -> dict[str, Check]:
    return {check.name: check for check in examine(machine)}


def in_the_way(machine: Machine) -> list[str]:
    return [check.name for check in examine(machine) if check.state == "bad"]


@pytest.fixture
def well(tmp_path: Path) -> Machine:
    machine = windows(tmp_path)
    install(machine)
    return machine


class TestAMachineThatIsWell:
    def test_windows(self, well: Machine) -> None:
        assert {name: check.state for name, check in found(well).items()} == dict.fromkeys(
            [
                "python",
                "versions",
                "excel",
                "addin",
                "second_copy",
                "settings",
                "library",
                "trust",
                "onedrive",
            ],
            "ok",
        )
        assert found(well)["excel"].found.en == "Excel 16.0.17928.20156 (64-bit)"

    def test_macos(self, tmp_path: Path) -> None:
        machine = macos(tmp_path)
        install(machine)

        well = dict.fromkeys(["python", "versions", "excel", "addin", "settings", "script", "onedrive"], "ok")
        assert {name: check.state for name, check in found(machine).items()} == well | {"functions": "note"}
        assert "for Windows" in str(found(machine)["functions"].cure)

    def test_without_excel_on_linux_nothing_is_in_the_way(self, tmp_path: Path) -> None:
        checks = found(replace(windows(tmp_path), system="other"))

        assert {name: check.state for name, check in checks.items()} == {
            "python": "ok",
            "versions": "ok",
            "excel": "note",
        }

    def test_to_look_writes_nothing(self, tmp_path: Path) -> None:
        machine = windows(tmp_path)
        before = files_below(tmp_path)
        examine(machine)
        assert files_below(tmp_path) == before

    def test_an_open_excel_is_no_fault_but_is_told(self, well: Machine) -> None:
        listed = '"EXCEL.EXE","4711","Console","1","210,000 K"\n'
        machine = replace(well, run=lambda command: listed if command[0] == "tasklist" else well.run(command))

        assert found(machine)["excel"].found == (
            "Excel 16.0.17928.20156 (64-bit)，正在运行",
            "Excel 16.0.17928.20156 (64-bit), running",
        )
        assert in_the_way(machine) == []


def older_addin(machine: Machine) -> None:
    places(machine).addin.unlink()
    places(machine).addin.write_bytes(b"older")


def mark(machine: Machine) -> None:
    Path(f"{places(machine).addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")


def no_settings(machine: Machine) -> None:
    places(machine).settings.unlink()


def python_gone(machine: Machine) -> None:
    file = places(machine).settings
    file.write_bytes(file.read_bytes().replace(b"python.exe", b"python2.exe"))


def other_packages(machine: Machine) -> None:
    """A Python that lives but whose Huikuan is another's."""
    empty = machine.home / "elsewhere"
    (empty / "addin" / "hosts").mkdir(parents=True)
    (empty / "addin" / "__init__.py").write_text("__version__ = '0.0.1'\n")
    (empty / "addin" / "hosts" / "udfs.py").write_text("")
    file = places(machine).settings
    file.write_bytes(file.read_bytes().replace(machine.packages.encode(), str(empty).encode()))


def server_off(machine: Machine) -> None:
    file = places(machine).settings
    file.write_bytes(file.read_bytes().replace(b'"USE UDF SERVER","True"', b'"USE UDF SERVER","False"'))


def script_gone(machine: Machine) -> None:
    script = places(machine).script
    if script is not None:
        script.unlink()


BREAKS: list[tuple[Callable[[Path], Machine], Callable[[Machine], None], str, str]] = [
    (windows, lambda machine: places(machine).addin.unlink(), "addin", "not installed"),
    (windows, older_addin, "addin", "not of this version"),
    (windows, mark, "addin", "from the internet"),
    (windows, no_settings, "settings", "no "),
    (windows, python_gone, "settings", "is gone"),
    (windows, other_packages, "settings", "has not this version"),
    (windows, server_off, "settings", "not complete"),
    (macos, older_addin, "addin", "not of this version"),
    (macos, no_settings, "settings", "no "),
    (macos, script_gone, "script", "no "),
]


class TestWhatIsMended:
    @pytest.mark.parametrize(
        ("made", "break_it", "name", "words"),
        BREAKS,
        ids=[f"{each[0].__name__}-{each[2]}-{each[3]}" for each in BREAKS],
    )
    def test_seen_and_mended(
        self,
        tmp_path: Path,
        made: Callable[[Path], Machine],
        break_it: Callable[[Machine], None],
        name: str,
        words: str,
    ) -> None:
        machine = made(tmp_path)
        install(machine)
        break_it(machine)

        assert in_the_way(machine) == [name]
        check = found(machine)[name]
        assert words in check.found.en and check.cure is not None and "huikuan addin install" in check.cure.en
        checks, failure = mend(machine)
        assert failure is None and [each.name for each in checks if each.state == "bad"] == []

    def test_a_new_machine_is_installed(self, tmp_path: Path) -> None:
        machine = windows(tmp_path)

        assert in_the_way(machine) == ["addin", "settings"]
        assert mend(machine)[1] is None
        assert in_the_way(machine) == []

    def test_not_while_excel_is_open(self, tmp_path: Path) -> None:
        machine = windows(tmp_path, open_now=True)
        before = files_below(tmp_path)
        checks, failure = mend(machine)

        assert failure is not None and failure.code == "excel_open"
        assert [each.name for each in checks if each.state == "bad"] == ["addin", "settings"]
        assert files_below(tmp_path) == before

    def test_a_machine_that_is_well_is_left_alone(self, well: Machine) -> None:
        before = {file: file.stat().st_mtime_ns for file in (places(well).addin, places(well).settings)}
        assert mend(well)[1] is None
        assert {file: file.stat().st_mtime_ns for file in before} == before


class TestWhatAPersonHasToDo:
    @pytest.mark.parametrize("made", [windows, macos])
    def test_nothing_there_to_reach_excel_through(
        self, tmp_path: Path, made: Callable[[Path], Machine]
    ) -> None:
        """xlwings needs pywin32 on Windows and appscript on macOS; installing the add-in again brings neither."""
        machine = made(tmp_path)
        install(machine)
        for each in Path(machine.packages).glob("*.py"):
            each.unlink()

        assert in_the_way(machine) == ["settings"]
        assert "pip install" in str(found(machine)["settings"].cure)

    def test_the_library_is_missing(self, well: Machine) -> None:
        (Path(well.interpreter).parents[1] / DLL).unlink()
        check = found(well)["library"]

        assert in_the_way(well) == ["library"]
        assert DLL in check.found.en and check.cure is not None
        assert f"xlwings=={version('xlwings')}" in check.cure.en and "--user" in check.cure.en

    def test_the_library_may_lie_beside_python(self, well: Machine) -> None:
        beside = Path(well.interpreter).parent / DLL
        (Path(well.interpreter).parents[1] / DLL).rename(beside)
        assert found(well)["library"].state == "ok"

    def test_an_excel_of_32_bits_wants_its_own_library(self, well: Machine) -> None:
        small = {**EXCEL, CLICK_TO_RUN: {"Platform": "x86"}}
        machine = replace(well, registry=lambda key: small.get(key, {}))

        assert find_excel(machine) == Excel("16", 32)
        assert "xlwings32-" in found(machine)["library"].found.en
        assert found(machine)["library"].state == "bad"

    @pytest.mark.parametrize(
        ("path", "state"),
        [
            (
                "C:\\Program Files\\WindowsApps\\Microsoft.Office.Desktop.Excel_16051\\Office16\\EXCEL.EXE",
                "bad",
            ),
            ("C:\\Program Files\\Microsoft Office\\Root\\Office16\\EXCEL.EXE", "ok"),
        ],
    )
    def test_an_excel_from_the_store_reaches_no_python(self, well: Machine, path: str, state: str) -> None:
        keys = {
            **EXCEL,
            "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe": {"": path},
        }
        check = found(replace(well, registry=lambda key: keys.get(key, {})))["excel"]

        assert check.state == state
        assert check.cure is None if state == "ok" else "office.com" in str(check.cure)

    def test_an_excel_that_does_not_tell_its_bits_may_want_either(self, well: Machine) -> None:
        """One that was not installed by Click-to-Run."""
        older = {"HKCR\\Excel.Application\\CurVer": {"": "Excel.Application.15"}}
        machine = replace(well, registry=lambda key: older.get(key, {}))
        assert found(machine)["library"].state == "bad"
        (Path(well.interpreter).parents[1] / DLL.replace("64", "32", 1)).write_bytes(b"MZ")

        assert find_excel(machine) == Excel("15", 0)
        assert found(machine)["library"].state == "ok"

    @pytest.mark.parametrize(("number", "state"), [("15", "bad"), ("16", "ok")])
    def test_settings_are_those_of_the_excel_that_is_there(
        self, well: Machine, number: str, state: str
    ) -> None:
        keys = {
            "HKCR\\Excel.Application\\CurVer": {"": f"Excel.Application.{number}"},
            f"HKCU\\{SECURITY.replace('16', '15')}": {"DisableAllAddins": 1},
        }
        assert found(replace(well, registry=lambda key: keys.get(key, {})))["trust"].state == state

    @pytest.mark.parametrize(
        ("key", "name", "words"),
        [
            (f"HKCU\\{POLICIES}\\Common", "VBAOff", "policy"),
            (
                f"HKLM\\{POLICIES}\\Excel\\Security\\Trusted Locations",
                "AllLocationsDisabled",
                "Trusted Locations",
            ),
            (f"HKCU\\{SECURITY}\\Trusted Locations", "AllLocationsDisabled", "Trusted Locations"),
            (f"HKCU\\{SECURITY}", "DisableAllAddins", "Add-ins"),
        ],
    )
    def test_excel_is_told_not_to_load_it(self, well: Machine, key: str, name: str, words: str) -> None:
        for value, state in ((1, "bad"), (0, "ok")):
            with_key = {**EXCEL, key: {name: value}}
            check = found(replace(well, registry=lambda each, keys=with_key: keys.get(each, {})))["trust"]
            assert check.state == state
            assert check.cure is None if state == "ok" else words in str(check.cure)

    def test_excel_disabled_it_after_a_crash(self, well: Machine) -> None:
        key = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Resiliency\\DisabledItems"
        path = "c:\\users\\wang\\appdata\\roaming\\microsoft\\excel\\xlstart\\{}"
        for name, state in (("Huikuan.xlam", "bad"), ("other.xlam", "ok")):
            items = {**EXCEL, key: {"2E0A1": b"\x01\x00\x00\x00" + path.format(name).encode("utf-16-le")}}
            machine = replace(well, registry=lambda each, keys=items: keys.get(each, {}))
            assert found(machine)["trust"].state == state

    def test_a_second_copy_would_be_loaded_too(self, well: Machine) -> None:
        copy = Path(well.variables["APPDATA"]) / "Microsoft" / "AddIns" / "huikuan.xlam"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(b"x")

        assert in_the_way(well) == ["second_copy"]
        assert mend(well)[1] is None and copy.exists(), (
            "Excel has it on its list; deleting it would leave an error"
        )

    def test_ledgers_in_onedrive(self, well: Machine) -> None:
        cloud = well.home / "OneDrive - Firm"
        keys = {
            **EXCEL,
            "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders": {
                "Personal": "%OneDriveCommercial%/Documents"
            },
        }
        variables = {**well.variables, "ONEDRIVECOMMERCIAL": str(cloud), "OneDriveCommercial": str(cloud)}
        machine = replace(well, registry=lambda key: keys.get(key, {}), variables=variables)
        check = found(machine)["onedrive"]

        assert check.state == "note" and str(cloud) in check.found.en
        assert in_the_way(machine) == [], "it is worth knowing, and no fault"

    def test_an_environment_in_onedrive(self, well: Machine) -> None:
        machine = replace(well, variables={**well.variables, "OneDrive": str(well.home / "huikuan env")})
        assert in_the_way(machine) == ["python"]

    def test_onedrive_on_macos(self, tmp_path: Path) -> None:
        machine = macos(tmp_path)
        cloud = machine.home / "Library" / "CloudStorage" / "OneDrive-Firm"
        cloud.mkdir(parents=True)
        inside = replace(machine, interpreter=str(cloud / "bin" / "python"))
        assert found(inside)["python"].state == "bad"
        assert found(machine)["python"].state == "ok"

    def test_a_path_that_the_macros_cannot_use(self, tmp_path: Path) -> None:
        machine = windows(tmp_path, user="张三", code_page="cp1252")
        assert "python" in in_the_way(machine)
        failure = mend(machine)[1]
        assert failure is not None and failure.code == "unfit_path"

    def test_a_python_from_the_store(self, tmp_path: Path) -> None:
        machine = windows(tmp_path, base="C:\\Program Files\\WindowsApps\\Python_x64")
        assert in_the_way(machine)[0] == "python"

    @pytest.mark.parametrize("change", ["vba", "ribbon", "no package"])
    def test_another_xlwings_than_the_add_in_was_built_with(
        self, well: Machine, monkeypatch: pytest.MonkeyPatch, change: str
    ) -> None:
        parts = {"vba": {VBA_PART: b"other"}, "ribbon": {RIBBON_PART: b"<other/>"}}
        other = b"x" if change == "no package" else repacked(shipped_addin(), parts[change])
        monkeypatch.setattr(doctor, "build_addin", lambda: other)
        check = found(well)["versions"]

        assert check.state == "bad" and "--force-reinstall" in str(check.cure)

    def test_an_add_in_that_it_signed_is_as_good(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A signature is a part of its own; the signed file is what gets installed and compared with."""
        signed = repacked(shipped_addin(), {"xl/vbaProjectSignature.bin": b"signed"})
        (tmp_path / "huikuan.xlam").write_bytes(signed)
        monkeypatch.setattr(setup, "macros", lambda: tmp_path)
        machine = windows(tmp_path)
        install(machine)

        assert places(machine).addin.read_bytes() == signed
        assert in_the_way(machine) == []


def repacked(addin: bytes, changes: dict[str, bytes]) -> bytes:
    """The package with some parts changed or added."""
    with ZipFile(BytesIO(addin)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, data in (parts | changes).items():
            package.writestr(name, data)
    return made.getvalue()


def test_every_word_is_there_in_both_languages(tmp_path: Path) -> None:
    for machine in (windows(tmp_path / "w"), macos(tmp_path / "m")):
        for check in examine(machine):
            assert all(words.strip() for words in (*check.label, *check.found))
            assert (check.cure is None) == (check.state == "ok")
            assert check.cure is None or (check.cure.zh != check.cure.en and check.cure.zh.endswith("。"))
