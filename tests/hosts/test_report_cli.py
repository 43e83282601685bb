"""`report` through the command line: what it says, in both languages and in JSON, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from addin.hosts.cli.app import run
from addin.service.demo import BOOK, make_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, "en", today=date(2030, 1, 1), now=datetime(2030, 1, 1, 9), by="tester")
    return folder / BOOK


@pytest.fixture
def book(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shutil.copyfile(demo, tmp_path / BOOK)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return BOOK


def test_it_names_the_files(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", book, "statement", "--customer", "C009", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    first, *files = out.splitlines()
    assert re.fullmatch(r"huikuan-demo\.xlsx: as at 2026-06-30, reports: 1, \d+\.\d s", first)
    assert files == ["  reports/2026-06-30/Statement of account C009 Linlan Ruiyi Electronics Ltd CNY.docx"]


def test_json_lists_files_and_what_is_missing(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", book, "evidence", "--contract", "HT-2025-004", "--out", "pack", "--json"]) == 0
    out, err = capsys.readouterr()
    (found,) = json.loads(out)
    assert (
        found["kind"] == "evidence"
        and found["contract_id"] == "HT-2025-004"
        and found["customer_id"] == "C008"
    )
    assert found["files"] == [
        str(Path("pack/Evidence HT-2025-004")),
        str(Path("pack/Evidence HT-2025-004.zip")),
    ]
    assert all(Path(name).exists() for name in found["files"])
    assert len(found["missing"]) == 21 and err.startswith("21 documents not found")


def test_an_earlier_day(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", book, "card", "--customer", "C008", "--as-of", "2025-12-31", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["as_of"] == "2025-12-31" and "2025-12-31" in found["files"][0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["weekly"], "comes with a later version"),
        (["review"], "comes with a later version"),
        (["nonsense"], "no report"),
        (["completion"], "--contract"),
        (["evidence"], "--customer"),
        (["card", "--customer", "X"], "no customer X"),
        (["card", "--customer", "C001", "--format", "odt"], "docx"),
        (["card", "--minutes", "x.csv"], "settlement only"),
        (["card", "--as-of", "yesterday"], "--as-of"),
    ],
)
def test_what_it_cannot_do_is_one_line(
    book: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", book, *arguments, "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and said in err
    assert [path.name for path in Path().iterdir()] == [BOOK]


def test_minutes_come_back_in_words_and_json(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("form.csv").write_text(
        "milestone_id,amount,promised_date\nHT-2024-005-3,100000,2026-08-31\nHT-2024-005-4,,\nX,1,2026-08-31\n"
    )
    order = ["report", book, "settlement", "--contract", "HT-2024-005", "--minutes", "form.csv"]
    assert run([*order, "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert "promises taken 1 (new 1, updated 0), rows without a date 1" in out and "row 4 not taken" in err
    assert run([*order, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["taken"], found["updated"], found["undated"]) == (1, 1, 1)
    assert [each["row"] for each in found["rejected"]] == [4]


def test_where_no_office_is_the_word_document_stays_and_it_is_said(
    book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.documents.office.office_program", lambda: None)
    assert run(["report", book, "card", "--customer", "C009", "--format", "pdf", "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert out.rstrip().endswith(".docx") and "LibreOffice" in err


def test_a_confirmed_statement_is_put_on_record(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    order = ["report", book, "statement", "--customer", "C009", "--confirm", "--lang", "en"]
    assert run(order) == 0
    assert "put on record: 1, on record before: 0; the book of before: .huikuan" in capsys.readouterr().out
    assert run([*order, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["issued"] is False and found["number"] == "DZ-20260630-C009-CNY"
    assert run(["report", book, "card", "--customer", "C009", "--confirm", "--lang", "en"]) == 2
    assert "statement only" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("order", "option"),
    [
        (["card", "--customer", "C009", "--interest"], "--interest"),
        (["completion", "--contract", "HT-2025-001", "--interest"], "--interest"),
        (["completion", "--contract", "HT-2025-001", "--confirm"], "--confirm"),
        (["card", "--customer", "C009", "--minutes", "m.csv"], "--minutes"),
        (["settlement", "--contract", "HT-2025-001", "--minutes", "m.csv", "--confirm"], "--confirm"),
        (["settlement", "--contract", "HT-2025-001", "--minutes", "m.csv", "--interest"], "--interest"),
        (["settlement", "--contract", "HT-2025-001", "--minutes", "m.csv", "--out", "there"], "--out"),
        (["settlement", "--contract", "HT-2025-001", "--minutes", "m.csv", "--format", "docx"], "--format"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused_by_name(
    book: str, capsys: pytest.CaptureFixture[str], order: list[str], option: str
) -> None:
    before = Path(book).read_bytes()
    for language in ("zh", "en"):
        assert run(["report", book, *order, "--lang", language]) == 2
        out, err = capsys.readouterr()
        assert out == "" and option in err and len(err.splitlines()) == 1
    assert Path(book).read_bytes() == before and [path.name for path in Path().iterdir()] == [book]


def test_ids_are_read_as_cells_are(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Full-width signs and blanks around make no other id."""
    for option in (["--customer", " Ｃ009 "], ["--contract", "ＨＴ-2025-005"]):
        assert run(["report", book, "card", *option, "--json"]) == 0
        (found,) = json.loads(capsys.readouterr().out)
        assert found["customer_id"] == "C009"
