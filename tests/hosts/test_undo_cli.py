"""`undo` through the command line: what it says, in both languages and in JSON, and how it ends."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from addin.files.reader import read_book
from addin.hosts.cli.app import run
from tests.service.undone import DAY, LATER, NINE, TODAY, changed_row, refresh, typed


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A refreshed demo, ``huikuan-demo.xlsx`` from here."""
    from addin.service.demo import BOOK, make_demo

    make_demo(tmp_path, "en", today=TODAY, now=NINE, by="tester")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert refresh(Path(BOOK), as_of=LATER).written is not None
    return BOOK


def with_a_clash(book: str) -> int:
    """Somebody types over a computed cell; its row in the table."""
    place = Path(book)
    before = read_book(next(Path(".huikuan").glob("*~*.xlsx")))
    row = changed_row(before, read_book(place), "milestones", "days_overdue")
    typed(place, "milestones", "days_overdue", row, 12345)
    return row


def test_undo_says_what_it_took_back(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["undo", book]) == 0
    out, err = capsys.readouterr()
    assert err == "" and out.count("\n") == 1
    assert "huikuan-demo.xlsx: took back run 2 (refresh, 2030-01-01 10:00); cells put back: " in out
    assert "-undo.xlsx" in out


def test_clashes_are_listed_with_their_place_and_both_values(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    row = with_a_clash(book) + 6
    assert run(["undo", book, "--lang", "zh"]) == 1
    out, err = capsys.readouterr()
    assert "已撤销运行 2" in out and "保留 1 个手工改动" in out
    assert err.startswith(f"收款节点 第 {row} 行“逾期天数”：现为“12345”，撤销应为“") and err.count("\n") == 1


def test_json_is_the_contract(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    row = with_a_clash(book) + 6
    assert run(["undo", book, "--json"]) == 1
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert list(document) == ["run", "restored", "clashes"]
    assert document["run"] == 2 and document["restored"] > 0
    (clash,) = document["clashes"]
    assert list(clash) == ["table", "row", "column", "key", "stands", "would_be"]
    assert (clash["table"], clash["row"], clash["column"]) == ("milestones", row, "days_overdue")
    assert (clash["stands"], int(clash["would_be"])) == ("12345", int(clash["would_be"]))
    assert err.startswith(f'Milestones row {row}, Days overdue: "12345" stands there')


def test_without_a_backup_it_is_one_line_and_2(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    for backup in Path(".huikuan").glob("*~*.xlsx"):
        backup.unlink()
    before = Path(book).read_bytes()
    assert run(["undo", book, "--lang", "zh"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "没有备份，无法撤销" in err
    assert Path(book).read_bytes() == before


def test_a_second_undo_ends_where_the_backups_end(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refresh(Path(book), datetime(2030, 1, 1, 11), DAY).written is not None
    assert [run(["undo", book]) for _ in range(3)] == [0, 0, 2]
    assert capsys.readouterr().err.startswith("huikuan-demo.xlsx: run 1 (2030-01-01 09:00) has no backup")


def test_the_runs_show_who_took_back_what(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["undo", book]) == 0
    capsys.readouterr()
    assert run(["show", book, "runs", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["run"], row["command"]) for row in rows] == [(1, "demo"), (3, "undo")]


def test_a_book_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["undo", str(tmp_path / "none.xlsx"), "--lang", "en"]) == 2
    assert "There is no" in capsys.readouterr().err
