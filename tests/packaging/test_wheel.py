"""The wheel alone is enough: installed elsewhere, it makes ledgers in a folder with spaces and Chinese."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import addin
from tests import tools

SOURCE = Path(addin.__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (SOURCE / "workbook_templates").is_dir():
        pytest.skip("these tests run from a wheel already")
    folder = tmp_path_factory.mktemp("wheel")
    done = tools.run_bounded(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], 300, cwd=SOURCE
    )
    assert done.returncode == 0, done.stdout
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`huikuan` in a new environment: the wheel from its file, the libraries borrowed from this one."""
    home = tmp_path_factory.mktemp("安装 of the wheel") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(asked, check=True, capture_output=True, encoding="utf-8").stdout.strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    done = tools.run_bounded([*pip, str(wheel)], 300)
    assert done.returncode == 0, done.stdout
    return python.with_name("huikuan.exe" if os.name == "nt" else "huikuan")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "回款 测试 folder"
    folder.mkdir()
    return folder


def run(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return tools.run_bounded([str(command), *arguments], 300, cwd=cwd, env=clean | {"LC_ALL": "C.UTF-8"})


def test_the_wheel_brings_templates_types_and_licence(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    carried = {name for name in names if name.startswith("addin/_assets/workbook_templates/")}
    on_disk = {
        "addin/_assets/" + file.relative_to(SOURCE).as_posix()
        for file in (SOURCE / "workbook_templates").rglob("*")
        if file.is_file()
    }
    assert on_disk
    assert carried == on_disk
    assert "addin/py.typed" in names
    assert any(name.endswith("/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_it_runs_from_the_wheel_and_not_from_the_checkout(command, elsewhere):
    python = command.with_name("python.exe" if os.name == "nt" else "python")
    done = run(python, "-c", "import addin; print(addin.__file__)", cwd=elsewhere)
    assert Path(done.stdout.strip()).is_relative_to(python.parent.parent)


def test_help(command, elsewhere):
    done = run(command, "--help", cwd=elsewhere)
    assert done.returncode == 0, done.stdout
    assert "refresh" in done.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
def test_new_makes_a_book(command, elsewhere, language):
    done = run(command, "new", "应收 账款.xlsx", "--lang", language, cwd=elsewhere)
    assert done.returncode == 0, done.stdout
    assert zipfile.is_zipfile(elsewhere / "应收 账款.xlsx")


def test_demo_makes_and_refreshes_a_ledger(command, elsewhere):
    done = run(command, "demo", cwd=elsewhere)
    assert done.returncode == 0, done.stdout
    assert list((elsewhere / "huikuan-demo").glob("*.xlsx"))
