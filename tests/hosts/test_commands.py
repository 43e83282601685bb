"""What surrounds every command: exit codes, one clear line, JSON, several books, streams that misbehave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from addin.hosts.cli import books
from addin.hosts.cli.app import run
from addin.hosts.cli.books import Order
from addin.hosts.cli.options import books_of
from addin.model.finding import LedgerError, error, warning
from addin.model.result import TOTALS, Control, Performance, Result, Sums
from addin.model.text import Text
from addin.service.books import BookReport, Seconds
from tests.tools import ROOT

BUCKETS = ("current", "1-30", "31-60", "61-90", "91-120", "120+")
BAD = error("key_repeated", "milestones", 7, "milestone_id", Text("重复", "repeated"), Text("改", "Mend it"))
ODD = warning("odd", "contracts", 9, "amount", Text("奇怪", "odd"), Text("看看", "Look"))


def sums(amount: str) -> Sums:
    return Sums(
        {name: None if name == "interest" else Decimal(amount) for name in TOTALS},
        dict.fromkeys(BUCKETS, Decimal(amount)),
    )


def report(book: Path, *findings, language="en") -> BookReport:
    result = Result(
        as_of=date(2026, 6, 30),
        base_currency="CNY",
        frames={},
        digits={},
        findings=findings,
        controls=[Control("buckets", "CNY", Decimal("12345.5"), Decimal("12345.5"))],
        base=sums("12345.5"),
        currencies={"CNY": sums("12345.5"), "JPY": sums("7")},
        due_30=None,
        performance=Performance(None, None, None, (), {}),
    )
    return BookReport(book, language, result, 3, Seconds(0.1, 0.2, 0.3), book, None, 5)


@pytest.fixture
def ledgers(tmp_path, monkeypatch):
    """Books named by what becomes of them: clean, bad (an error finding), broken, strange."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def answer(order: Order, book: Path, progress: object) -> BookReport:
        match book.stem:
            case "broken":
                raise LedgerError("not_a_workbook", Text("不是工作簿。", "This is no workbook."))
            case "strange":
                raise ZeroDivisionError("secret detail")
            case "held":
                raise PermissionError(13, "Permission denied", str(book))
            case "bad":
                return report(book, BAD, ODD, language=order.language or "en")
        return report(book, language=order.language or "en")

    monkeypatch.setattr(books, "_report", answer)
    return tmp_path


@pytest.mark.parametrize(
    ("book", "code"), [("clean.xlsx", 0), ("bad.xlsx", 1), ("broken.xlsx", 2), ("held.xlsx", 2)]
)
def test_exit_codes(ledgers, capsys, book, code):
    assert run(["check", book]) == code


def test_what_could_not_run_is_one_line(ledgers, capsys):
    run(["refresh", "broken.xlsx"])
    out, err = capsys.readouterr()
    assert (out, err) == ("", "This is no workbook.\n")
    run(["refresh", "broken.xlsx", "--lang", "zh"])
    assert capsys.readouterr().err == "不是工作簿。\n"


def test_one_bad_book_stops_no_other(ledgers, capsys):
    code = run(["check", "clean.xlsx", "broken.xlsx", "bad.xlsx", "--json"])
    out, err = capsys.readouterr()
    documents = json.loads(out)
    assert code == 2
    assert [document["book"] for document in documents] == ["clean.xlsx", "broken.xlsx", "bad.xlsx"]
    assert documents[1]["error"] == {"code": "not_a_workbook", "message": "This is no workbook."}
    assert err == "broken.xlsx: This is no workbook.\n"


def test_json_is_the_contract(ledgers, capsys):
    assert run(["refresh", "bad.xlsx", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    keys = "book as_of currency totals buckets currencies controls findings changes seconds"
    assert list(document) == keys.split()
    assert list(document["totals"]) == list(TOTALS)
    assert list(document["buckets"]) == list(BUCKETS)
    assert document["totals"]["open"] == "12345.50"
    assert document["totals"]["interest"] is None
    assert document["currencies"]["JPY"]["totals"]["open"] == "7"
    assert document["controls"][0]["closes"] is True
    assert document["findings"][0] == {
        "code": "key_repeated",
        "severity": "error",
        "table": "milestones",
        "row": 7,
        "column": "milestone_id",
        "message": "repeated",
        "cure": "Mend it",
    }
    assert document["seconds"] == {"read": 0.1, "rules": 0.2, "write": 0.3}


def test_people_see_sheet_row_heading_and_cure(ledgers, capsys):
    run(["check", "bad.xlsx"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("bad.xlsx: as at 2026-06-30")
    assert "  Milestones, row 7, Milestone ID: repeated" in lines
    assert "    → Mend it" in lines
    assert lines.index("Errors (1)") < lines.index("Warnings (1)")
    assert any("12,345.50" in line for line in lines)
    assert "\x1b" not in "".join(lines)


def test_an_error_that_nobody_foresaw_is_one_line_and_a_log(ledgers, capsys, monkeypatch):
    (ledgers / ".huikuan").mkdir()
    assert run(["refresh", "strange.xlsx"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "internal error" in err
    assert "secret detail" not in err
    assert "secret detail" in (ledgers / ".huikuan" / "errors.log").read_text(encoding="utf-8")


def test_debug_shows_the_traceback(ledgers, capsys):
    run(["refresh", "strange.xlsx", "--debug"])
    assert "ZeroDivisionError: secret detail" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["refresh"], "BOOK"),
        (["fly"], "fly"),
        (["check", "x.xlsx", "--wings"], "--wings"),
        (["check", "x.xlsx", "--as-of", "3/4/2026"], "2026-03-31"),
        (["check", "x.xlsx", "--lang", "fr"], "fr"),
        (["check", "x.xlsx", "--jobs", "0"], "--jobs"),
        (["refresh", "a.xlsx", "b.xlsx", "--out", "c.xlsx"], "--out"),
        (["show", "x.xlsx", "aging", "--format", "pdf"], "pdf"),
    ],
)
def test_a_wrong_command_line_is_one_line_that_names_it(ledgers, capsys, arguments, said):
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["refresh"], "缺少 BOOK"),
        (["fly"], "没有命令 fly。"),
        (["check", "x.xlsx", "--wings"], "没有选项 --wings。"),
        (["new", "a.xlsx", "b.xlsx"], "多余的参数 b.xlsx。"),
        (["check", "x.xlsx", "--jobs", "0"], "--jobs 的取值无效。"),
        (["check", "x.xlsx", "--as-of"], "--as-of 后面缺少取值。"),
    ],
)
def test_a_wrong_command_line_in_chinese(ledgers, capsys, monkeypatch, arguments, said):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(arguments) == 2
    assert said in capsys.readouterr().err


def test_an_interrupted_run_says_so(ledgers, capsys, monkeypatch):
    def stop(*_: object) -> BookReport:
        raise KeyboardInterrupt

    monkeypatch.setattr(books, "_report", stop)
    assert run(["refresh", "clean.xlsx"]) == 2
    assert "Interrupted" in capsys.readouterr().err


def test_globs_are_for_us_where_the_shell_knows_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", "[x].xlsx"):
        (tmp_path / name).touch()
    assert books_of(["?.xlsx", "a.xlsx"]) == [Path("a.xlsx"), Path("b.xlsx")]
    assert books_of(["[x].xlsx"]) == [Path("[x].xlsx")], "a file of just that name"
    assert books_of(["no*.xlsx"]) == [Path("no*.xlsx")], "stays, so that someone says it is not there"


def test_side_by_side_says_the_same_in_the_same_order(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = [f"{name}.xlsx" for name in "cab"]
    assert run(["check", *names, "--jobs", "2", "--json"]) == 2
    documents = json.loads(capsys.readouterr().out)
    assert [document["book"] for document in documents] == names
    assert all(document["error"]["code"] for document in documents)


def test_a_report_survives_the_way_between_processes():
    import pickle

    whole = report(Path("a.xlsx"), BAD)
    assert pickle.loads(pickle.dumps(replace(whole))).result.findings == (BAD,)


# --- as a process of its own ------------------------------------------------------------------------------


def start(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "zh_CN.GBK"} | dict(more.pop("env", {}))
    return subprocess.run(
        [sys.executable, "-m", "addin.hosts.cli", *arguments], env=environment, capture_output=True, **more
    )


def test_help_answers_within_half_a_second():
    """Processor time where the system tells it: a busy machine makes nobody slower."""
    took = []
    for _ in range(3):
        wall, before = time.perf_counter(), os.times()
        assert start("--help").returncode == 0
        after, wall = os.times(), time.perf_counter() - wall
        spent = (after.children_user + after.children_system) - (
            before.children_user + before.children_system
        )
        took.append(spent or wall)
    assert min(took) < 0.5


def test_help_and_version_load_nothing_heavy():
    heavy = ("pandas", "numpy", "rich", "openpyxl", "python_calamine", "addin.service")
    code = (
        "import sys; from addin.hosts.cli.app import run; run(['refresh', '--help']); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["demo", "new", "import", "refresh", "check", "show"])
@pytest.mark.parametrize(("language", "word"), [("zh", "示例"), ("en", "Examples")])
def test_every_command_has_help_with_an_example(capsys, command, language, word):
    assert run([command, "--help", "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert word in shown
    assert f"huikuan {command}" in shown.split(word)[1]
    assert "\x1f" not in shown


def test_a_chinese_console_gets_chinese_and_programs_get_utf_8(tmp_path):
    folder = tmp_path / "应收 账款"
    folder.mkdir()
    done = start("new", "账本 2026.xlsx", cwd=folder, env={"PYTHONIOENCODING": "cp936"})
    assert done.stdout.decode("cp936").strip() == "已新建 账本 2026.xlsx"
    done = start("new", "另一个.xlsx", "--json", cwd=folder, env={"PYTHONIOENCODING": "cp936"})
    assert json.loads(done.stdout.decode("utf-8"))["book"] == "另一个.xlsx"
    done = start("new", "另一个.xlsx", cwd=folder, env={"PYTHONIOENCODING": "cp936"})
    assert done.returncode == 2
    assert "已存在" in done.stderr.decode("cp936")


def test_a_console_that_lacks_the_signs_does_not_stop_a_run(tmp_path):
    done = start("new", "账本.xlsx", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert (tmp_path / "账本.xlsx").is_file()


@pytest.mark.skipif(os.name == "nt", reason="streams are closed this way by POSIX shells")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_do_not_stop_a_run(tmp_path, closed):
    command = f'"{sys.executable}" -m addin.hosts.cli new a.xlsx {closed}'
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.xlsx").is_file()


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_reader_that_leaves_early_does_not_spoil_the_exit_code(tmp_path):
    run_it = f'"{sys.executable}" -m addin.hosts.cli new a.xlsx --json'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {{ sleep 0.1; {run_it}; }} | true"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")
