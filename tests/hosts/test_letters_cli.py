"""`letters` through the command line: what it says, in both languages and in JSON, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from addin.hosts.cli import terminal
from addin.hosts.cli.app import run
from tests.service.letters.calls import files_in, row_of
from tests.service.undone import NINE, TODAY, typed

KEYS = ["letter_id", "customer_id", "level", "language", "milestones", "open", "interest", "total", "files", "issued",
        "blocked_by"]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from addin.service.demo import make_demo

    folder = tmp_path_factory.mktemp("letters")
    make_demo(folder, "en", today=TODAY, now=NINE, by="tester")
    return folder


@pytest.fixture
def book(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A refreshed demo, ``huikuan-demo.xlsx`` from here."""
    import shutil

    from addin.service.demo import BOOK

    shutil.copytree(made, tmp_path / "book")
    monkeypatch.chdir(tmp_path / "book")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return BOOK


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    assert run(["letters", *words]) == code
    return capsys.readouterr()


def documents(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[dict[str, Any]]:
    out, _ = told(capsys, *words, "--json", code=code)
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_json_is_the_contract(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = documents(capsys, book)
    assert all(list(each)[: len(KEYS)] == KEYS for each in found)
    final = next(each for each in found if each["customer_id"] == "C009")
    assert {key: final[key] for key in ("level", "language", "milestones", "issued", "blocked_by")} == {
        "level": 5, "language": "zh", "milestones": ["HT-2025-005-2"], "issued": False, "blocked_by": ""
    }  # fmt: skip
    assert (final["open"], final["interest"], final["total"]) == ("348000.00", "20644.00", "368644.00")
    assert [Path(file).suffix for file in final["files"]] == [".docx"] and Path(final["files"][0]).is_file()
    held = [each for each in found if each["blocked_by"]]
    assert held and all(each["files"] == [] and each["letter_id"] == "" for each in held)


def test_confirmed_ones_are_issued_and_a_second_run_issues_none(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first = documents(capsys, book, "--confirm")
    assert [each["issued"] for each in first] == [not each["blocked_by"] for each in first]
    assert not any(each["issued"] for each in documents(capsys, book, "--confirm"))


def test_a_person_reads_a_summary_a_table_what_waits_and_where_the_files_are(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = told(capsys, book, "--lang", "en")
    lines = out.splitlines()
    told_first = r"huikuan-demo\.xlsx: as at 2026-06-30, drafts 5, issued 0, held back 5, \d+\.\d s"
    assert re.fullmatch(told_first, lines[0])
    assert any("368,644.00" in line and line.rstrip().endswith("draft") for line in lines)
    assert "Held back (5)" in lines
    assert lines[-1] == f"Files in {Path('letters') / '2026-06-30'}" and err == ""


def test_in_chinese_too(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = told(capsys, book, "--customer", "C009", "--confirm", "--lang", "zh")
    told_first = (
        r"huikuan-demo\.xlsx：截至 2026-06-30，草稿 0 封，发出 1 封，暂缓 0 户，用时 \d+\.\d 秒；之前的备份："
    )
    assert re.match(told_first, out)
    assert "已发出" in out


@pytest.mark.parametrize("columns", [48, 60, 72, 80, 100, 200])
def test_on_a_terminal_the_table_is_no_wider_than_it(
    book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setattr(terminal, "width", lambda: columns)
    out, _ = told(capsys, book, "--lang", "en")
    table = out.split("\n\n")[1].splitlines()
    assert len(table) == 6 and max(map(cell_len, table)) <= columns
    assert "368,644.00" in table[1], "what is asked for in all stays whole"
    assert ("20,644.00" in table[1]) is (columns > 100)


def test_a_name_is_one_line_of_what_is_said(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    for id in ("C008", "C009"):
        place = Path(book).absolute()
        typed(place, "customers", "name", row_of(place, "customers", id), f"{id}\nBcc: {'x' * 80}")
        typed(place, "customers", "address", row_of(place, "customers", id), "")
        typed(place, "customers", "service_address", row_of(place, "customers", id), "")
    out, _ = told(capsys, book, "--lang", "en")
    assert [
        line.partition(": the contract")[0] for line in out.splitlines() if line.startswith("  C008")
    ] == [f"  C008 Bcc: {'x' * 29}… (CNY)"]
    [note] = [line for line in out.splitlines() if line.startswith("  C009")]
    assert note == f"  C009 Bcc: {'x' * 29}… (CNY): no address; add it to the customer's file"


def test_a_day_before_the_last_letter_is_one_line_and_exit_2(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = told(capsys, book, "--confirm", "--as-of", "2026-06-24", code=2)
    assert out == "" and err.count("\n") == 1 and "CK-2026-11" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "odt"], "--format takes docx, pdf, eml, txt"),
        (["--format", ""], "--format takes docx, pdf, eml, txt"),
        (["--customer", "C999"], "There is no customer C999"),
        (["--level", "two"], "level"),
        (["--jobs", "0"], "jobs"),
        (["--out", "huikuan-demo.xlsx"], "is a file, not a folder"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(
    book: str, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    before = Path(book).read_bytes()
    out, err = told(capsys, book, *words, "--lang", "en", code=2)
    assert out == "" and err.count("\n") == 1 and said in err
    assert Path(book).read_bytes() == before and not Path("letters").exists()


def test_a_tick_that_does_not_count_is_said_and_the_exit_code_is_1(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Path(book).absolute()
    ticked = row_of(place, "worklist", "C009 CNY")
    typed(place, "worklist", "confirm", ticked, True)
    typed(place, "worklist", "open", ticked, 1)
    out, _ = told(capsys, book, "--lang", "en", code=1)
    assert "the tick does not count: level, milestones or amounts have changed" in out


def test_without_libreoffice_the_other_formats_are_made_and_that_is_said(
    book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.documents.office.office_program", lambda: None)
    assert (
        run(["letters", book, "--customer", "C009", "--format", "docx,pdf,eml", "--json", "--lang", "en"])
        == 1
    )
    out, err = capsys.readouterr()
    [found] = json.loads(out)
    assert [Path(file).suffix for file in found["files"]] == [".docx", ".eml"]
    assert "LibreOffice was not found" in err


def test_nothing_is_issued_where_the_only_format_cannot_be_made(
    book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.documents.office.office_program", lambda: None)
    before = Path(book).read_bytes()
    _, err = told(capsys, book, "--customer", "C009", "--format", "pdf", "--confirm", "--lang", "en", code=2)
    assert err.count("\n") == 1 and "nothing was issued" in err
    assert Path(book).read_bytes() == before and not Path("letters").exists()


def test_the_demo_has_letters_and_issues_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["demo", "here", "--lang", "en", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["files"]
    assert [Path(file) for file in found[1:]] and {Path(file).suffix for file in found[1:]} == {
        ".docx",
        ".eml",
        ".txt",
    }
    assert sorted(Path(file) for file in found[1:]) == files_in(Path("here") / "letters")
    before = Path(found[0]).read_bytes()
    assert run(["demo", "here", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == found and Path(found[0]).read_bytes() == before
