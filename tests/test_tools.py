"""The tests' own tools: nothing is skipped where it must not be, nothing outlives its test."""

from __future__ import annotations

import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests import tools


def test_a_missing_program_is_a_skip_here_and_a_failure_under_ci(monkeypatch):
    monkeypatch.setattr(tools, "IN_CI", False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program"):
        tools.program("no-such-program")
    monkeypatch.setattr(tools, "IN_CI", True)
    with pytest.raises(pytest.fail.Exception, match="no-such-program"):
        tools.program("no-such-program")


def test_an_absent_shared_folder_is_a_skip_even_under_ci(monkeypatch, tmp_path):
    monkeypatch.setattr(tools, "IN_CI", True)
    monkeypatch.setattr(tools, "SHARED", tmp_path / "shared")
    with pytest.raises(pytest.skip.Exception, match="shared"):
        tools.shared_folder()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_past_the_time_limit_the_whole_group_is_gone(tmp_path):
    note = tmp_path / "grandchild"
    child = f"sleep 60 & echo $! > '{note}'; wait"
    with pytest.raises(AssertionError, match="took over"):
        tools.run_bounded(["sh", "-c", child], 1)
    grandchild = int(note.read_text())
    for _ in range(50):
        if not alive(grandchild):
            return
        time.sleep(0.1)
    pytest.fail("the grandchild lives on")


def alive(process: int) -> bool:
    """A killed process that nobody has waited for yet counts as gone."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_run_bounded_returns_output_and_exit_code():
    done = tools.run_bounded([sys.executable, "-c", "print('回款'); raise SystemExit(3)"], 60)
    assert (done.stdout.strip(), done.returncode) == ("回款", 3)


def test_office_converts_from_a_folder_with_spaces_and_chinese(soffice, tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "应收账款"
    source = tmp_path / "回款 测试 folder" / "应收.xlsx"
    source.parent.mkdir()
    book.save(source)
    made = soffice(source, "pdf")
    assert made.read_bytes().startswith(b"%PDF")
    assert len(tools.pictures(made, tmp_path / "pages")) == 1


def test_the_validator_sees_a_fault(validator, tmp_path):
    whole, broken = tmp_path / "whole.xlsx", tmp_path / "broken.xlsx"
    openpyxl.Workbook().save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<sheetData", b"<nonsense/><sheetData"))
    assert any("nonsense" in fault["description"] for fault in validator(broken))
    assert not any("nonsense" in fault["description"] for fault in validator(whole))
