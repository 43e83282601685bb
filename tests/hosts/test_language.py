"""`language` on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from addin.hosts.cli.app import run
from addin.service.newbook import new_book


def test_a_book_is_switched_and_told_in_its_new_language(tmp_path: Path, run_huikuan: Any) -> None:
    book = new_book(tmp_path / "book.xlsx", "zh")
    switched = run_huikuan("language", book, "en", cwd=tmp_path)
    assert switched.exit_code == 0 and "now in English" in switched.stdout
    assert "Milestones" in load_workbook(book).sheetnames
    again = run_huikuan("language", book, "en", "--json", cwd=tmp_path)
    assert (again.exit_code, again.json["changed"], again.json["backup"]) == (0, False, None)


@pytest.mark.parametrize(
    ("spoken", "told", "again"),
    [("zh", "已换成英文", "已是英文，没有改动"), ("en", "now in English", "is in English already")],
)
def test_it_is_told_in_the_language_that_is_asked_for(
    tmp_path: Path, run_huikuan: Any, spoken: str, told: str, again: str
) -> None:
    """Also in that which the book had before, or does not have."""
    book = new_book(tmp_path / "book.xlsx", "zh")
    for words in (told, again):
        ran = run_huikuan("language", book, "en", "--lang", spoken, cwd=tmp_path)
        assert ran.exit_code == 0 and words in ran.stdout


def test_another_language_is_refused(tmp_path: Path, run_huikuan: Any) -> None:
    book = new_book(tmp_path / "book.xlsx", "zh")
    before = book.read_bytes()
    refused = run_huikuan("language", book, "fr", cwd=tmp_path)
    assert refused.exit_code == 2 and "fr" in refused.stderr
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("own", "asked", "said"),
    [
        ("zh", (), "客户档案中没有编号 C9"),
        ("en", (), "There is no customer C9"),
        ("zh", ("--lang", "en"), "There is no customer C9"),
    ],
)
def test_what_stops_a_run_is_told_in_the_books_language_unless_asked_otherwise(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch, own: Any, asked: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8" if own == "zh" else "zh_CN.UTF-8")
    book = new_book(tmp_path / "book.xlsx", own)
    assert run(["letters", str(book), "--customer", "C9", *asked]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["text.xlsx", "none.xlsx"])
def test_without_a_book_that_can_be_read_it_is_told_in_that_of_the_system(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert run(["letters", str(tmp_path / name)]) == 2
    assert "。" in capsys.readouterr().err
