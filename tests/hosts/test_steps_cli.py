"""`steps` and `extend` through the command line: what they say, in both languages and in JSON, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from addin.hosts.cli.app import run
from addin.service.demo import BOOK, make_demo
from tests.service.undone import NINE, TODAY

AT = ["--as-of", "2026-06-30"]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The demo, from here."""
    make_demo(tmp_path, "en", today=TODAY, now=NINE, by="tester")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return BOOK


def test_steps_say_what_they_added(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["steps", book, "--contract", "HT-2026-001", "--dry-run", *AT]) == 0
    assert "would add 6 rows to Tasks (nothing written)" in capsys.readouterr().out
    assert run(["steps", book, "--contract", "HT-2026-001", *AT]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "added 6 rows to Tasks; the book of before: .huikuan/" in out
    assert "Submit for inspection" in out and "2026-11-30" in out
    assert run(["steps", book, "--contract", "HT-2026-001", "--lang", "zh", *AT]) == 0
    assert capsys.readouterr().out == "huikuan-demo.xlsx：标准步骤都已开，没有写入\n"


def test_steps_as_json(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["steps", book, "--contract", "HT-2026-001", "--json", *AT]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["book", "as_of", "table", "added", "written"]
    assert (document["as_of"], document["table"], document["written"]) == ("2026-06-30", "tasks", True)
    assert document["added"][0] == {
        "task_id": "RW-22",
        "contract_id": "HT-2026-001",
        "customer_id": "C003",
        "step": "Submit for inspection",
        "kind": "process",
        "owner": "Meng Zhixing",
        "deadline": "2026-09-16",
    }


def test_extend_shows_old_against_new(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extend", book, "HT-2025-005-2", "--to", "2026-08-31", "--to", "2026-09-30", *AT]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "348,000.00 CNY open, due by the contract on 2025-09-15 (kept)" in out
    assert "Cost of the delay 34,800.00 CNY, by the contract's rate" in out
    assert out.endswith("A proposal, nothing written; once agreed use --agree\n")


def test_extend_as_json_and_agreed(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extend", book, "HT-2025-005-2", "--to", "2026-08-31", "--agree", "--json", *AT]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == [
        "milestone_id", "as_of", "currency", "open", "contract_due", "due_date", "basis", "cost", "parts", "agreed",
    ]  # fmt: skip
    assert (document["open"], document["cost"], document["basis"]) == ("348000.00", "34800.00", "contract")
    assert document["parts"] == [
        {
            "amount": "348000.00",
            "old_due": "2025-09-15",
            "new_due": "2026-08-31",
            "days": 350,
            "cost": "34800.00",
        }
    ]
    assert len(document["agreed"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["steps", BOOK, "--contract", "NOPE"], "There is no contract NOPE in the book. Check --contract."),
        (
            ["extend", BOOK, "NOPE", "--to", "2026-09-01"],
            "NOPE cannot be extended: there is no milestone NOPE.",
        ),
        (
            ["extend", BOOK, "HT-2025-005-2", "--to", "2026-06-30"],
            "--to: expected dates after the as-of date 2026-06-30.",
        ),
        (
            ["extend", BOOK, "HT-2025-005-2", "--to", "soon"],
            '--to "soon" is not a date. Write it as 2026-09-30.',
        ),
        (["steps", "none.xlsx"], "none.xlsx"),
    ],
)
def test_what_cannot_run_is_one_line_and_2(
    book: str, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--lang", "en", *AT]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert said in err


def test_ids_are_read_as_cells_are(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Full-width signs and blanks around make no other id."""
    assert run(["steps", book, "--contract", " ＨＴ-2026-001", "--dry-run", *AT]) == 0
    assert "would add 6 rows" in capsys.readouterr().out
    assert run(["extend", book, "HT-2025-005－2 ", "--to", "2026-08-31", *AT]) == 0
    assert "348,000.00 CNY open" in capsys.readouterr().out
