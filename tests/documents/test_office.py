"""PDFs: by LibreOffice if it is there; if not, or if it hangs or fails, that is said and nothing is left behind."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pdfplumber
import pytest

from addin.documents import office
from addin.documents.office import pdfs
from addin.documents.samples import sample_letter
from tests.documents.letters import made
from tests.tools import program

ON_WINDOWS = os.name == "nt"


def letters(folder: Path, *names: str) -> list[Path]:
    """Letters in files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}.docx" for name in names]
    for file in files:
        file.write_bytes(made(sample_letter("zh", "notice")))
    return files


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program instead of LibreOffice."""
    if ON_WINDOWS:
        pytest.skip("the stand-in is a shell script")
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office, "office_program", lambda: str(path))


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def test_letters_become_pdfs_in_one_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program("soffice")
    starts = []
    run = office._run
    monkeypatch.setattr(office, "_run", lambda command, limit: starts.append(1) or run(command, limit))
    files = letters(tmp_path, "催款函 青屿 & Co", "-b 'quoted'", "~c")
    told: list[int] = []
    done = pdfs(files, tmp_path, 120, told.append)
    assert (done.problem, len(starts), told) == (None, 1, [3])
    assert done.made == {file: tmp_path / f"{file.stem}.pdf" for file in files}
    with pdfplumber.open(done.made[files[0]]) as document:
        assert "付款提示" in document.pages[0].extract_text()
        assert {(round(float(page.width)), round(float(page.height))) for page in document.pages} == {
            (595, 842), (842, 595)
        }  # fmt: skip


def test_many_go_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: "soffice")
    monkeypatch.setattr(office, "_run", lambda command, limit: starts.append(len(command)) or True)
    starts: list[int] = []
    told: list[int] = []
    files = letters(tmp_path, *map(str, range(office.BATCH * 2 + 1)))
    done = pdfs(files, tmp_path, 5, told.append)
    assert len(starts) == 3 and starts[0] == starts[1] > starts[2]
    assert told == [office.BATCH, office.BATCH * 2, len(files)]
    assert done.problem and str(len(files)) in done.problem.en


def test_without_libreoffice_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    done = pdfs(letters(tmp_path, "a"), tmp_path)
    assert done.made == {}
    assert done.problem and "LibreOffice" in done.problem.zh and "not found" in done.problem.en


def test_one_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "pids"
    stand_in(tmp_path, f"sleep 300 & echo $! $$ > '{note}'; sleep 300", monkeypatch)
    files = letters(tmp_path / "in", *map(str, range(office.BATCH + 1)))
    start = time.monotonic()
    done = pdfs(files, tmp_path / "in", 1.0)
    assert time.monotonic() - start < 30, "a second batch was tried"
    assert done.made == {} and done.problem
    assert "stopped" in done.problem.en and f"{len(files)} documents" in done.problem.en
    pids = [int(word) for word in note.read_text().split()]
    deadline = time.monotonic() + 10
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, pids))
    assert {file.suffix for file in (tmp_path / "in").iterdir()} == {".docx"}


def test_a_torn_pdf_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        'while [ "$1" != "--outdir" ]; do shift; done; mkdir -p "$2"; '
        "printf '%%PDF-1.7 and no end' > \"$2/0.pdf\"; printf '%%PDF-1.7\\n%%%%EOF\\n' > \"$2/1.pdf\""
    )
    stand_in(tmp_path, script, monkeypatch)
    torn, whole = letters(tmp_path, "torn", "whole")
    done = pdfs([torn, whole], tmp_path)
    assert list(done.made) == [whole]
    assert done.problem and "torn.docx" in done.problem.zh


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "kill -9 $$"])
def test_one_that_fails_is_said(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, script, monkeypatch)
    done = pdfs(letters(tmp_path, "a"), tmp_path)
    assert done.made == {} and done.problem and "a.docx" in done.problem.en


def test_a_program_that_cannot_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: str(tmp_path / "gone"))
    done = pdfs(letters(tmp_path, "a"), tmp_path)
    assert done.made == {} and done.problem
