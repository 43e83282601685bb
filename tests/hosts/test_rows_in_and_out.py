"""`new`, `import` and `show` through the command line: what goes in comes out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from addin.hosts.cli.app import run

MILESTONES = (
    "milestone_id,contract_id,seq,name,share,trigger,trigger_date,term\r\n"
    "P-07-1,P-07,1,Advance,30%,signing,,NET 15\r\n"
    "P-07-2,P-07,2,=On delivery,40%,delivery,2026-04-10,NET 30\r\n"
    "P-07-3,P-07,3,On acceptance,,acceptance,,NET 30\r\n"
)
PAID = "Booking,Paid on,Contract,Total\nR-1,2026/03/09,P-07,300000\nR-2,bad,P-07,1\n"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    """A book with one contract in a folder with a space and Chinese in its name."""
    folder = tmp_path / "应收 账款"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (folder / "c.csv").write_text("customer_id,name\nC-01,Orvenholt Packaging Inc.\n", encoding="utf-8")
    (folder / "k.csv").write_text(
        "contract_id,customer_id,signed,amount\nP-07,C-01,2026-02-02,1000000\n", encoding="utf-8"
    )
    (folder / "m.csv").write_bytes(MILESTONES.encode())
    (folder / "paid.csv").write_text(PAID, encoding="utf-8")
    assert run(["new", "账本.xlsx", "--lang", "en"]) == 0
    for table, name in (("customers", "c.csv"), ("合同", "k.csv"), ("Milestones", "m.csv")):
        assert run(["import", "账本.xlsx", table, name]) == 0
    capsysbinary.readouterr()
    return "账本.xlsx"


def answer(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str, code: int = 0) -> str:
    assert run(list(arguments)) == code
    return capsysbinary.readouterr().out.decode("utf-8")


MAP = [
    "--map",
    "receipt_id=Booking",
    "--map",
    "date=Paid on",
    "--map",
    "contract_id=Contract",
    "--map",
    "amount=Total",
]


def test_import_json_is_the_contract(book, capsysbinary):
    asked = ["import", book, "receipts", "paid.csv", *MAP, "--date-format", "%Y/%m/%d", "--json"]
    document = json.loads(answer(capsysbinary, *asked, code=1))
    assert (document["table"], document["taken"], document["updated"]) == ("receipts", 1, 0)
    assert [rejected["row"] for rejected in document["rejected"]] == [3]
    assert "bad" in document["rejected"][0]["reason"]
    assert document["map"] == {
        "receipt_id": "Booking",
        "date": "Paid on",
        "contract_id": "Contract",
        "amount": "Total",
    }
    again = json.loads(answer(capsysbinary, "import", book, "receipts", "paid.csv", "--json", code=1))
    assert (again["map"], again["taken"], again["updated"]) == (document["map"], 1, 1), (
        "2026/03/09 needs no format"
    )


def test_rejected_rows_are_told_in_either_language(book, capsysbinary):
    for language, words in (("zh", "未收第 3 行：日期："), ("en", "row 3 not taken: Date:")):
        assert run(["import", book, "receipts", "paid.csv", *MAP, "--lang", language]) == 1
        assert words in capsysbinary.readouterr().err.decode("utf-8")


def test_a_preview_shows_map_and_first_rows(book, capsysbinary):
    out = answer(capsysbinary, "import", book, "receipts", "paid.csv", "--preview")
    assert out.startswith("Preview, nothing written.")
    assert '--map "contract_id=Contract"' in out
    assert "300000" in out


def test_csv_is_rfc_4180_with_keys_and_harmless_text(book, capsysbinary):
    out = answer(capsysbinary, "show", book, "milestones", "--format", "csv", "--as-of", "2026-06-30")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert out.count("\r\n") == 4
    assert [row["name"] for row in rows] == ["Advance", "'=On delivery", "On acceptance"]
    assert (rows[1]["amount"], rows[1]["due_date"], rows[1]["share"]) == ("400000.00", "2026-05-10", "0.4")
    assert (rows[2]["amount"], rows[2]["due_date"]) == ("300000.00", "")


def test_json_types(book, capsysbinary):
    asked = ["show", book, "milestones", "--json", "--as-of", "2026-06-30", "--where", "status=overdue"]
    document = json.loads(answer(capsysbinary, *asked))
    assert (document["table"], document["as_of"]) == ("milestones", "2026-06-30")
    assert [row["milestone_id"] for row in document["rows"]] == ["P-07-1", "P-07-2"]
    row = document["rows"][1]
    assert (row["amount"], row["share"], row["seq"]) == ("400000.00", 0.4, 2)
    assert (row["days_overdue"], row["trigger_date"], row["rejected_on"]) == (51, "2026-04-10", None)
    assert row["name"] == "=On delivery"


def test_what_show_prints_can_be_imported(book, capsysbinary):
    out = answer(capsysbinary, "show", book, "contracts", "--format", "csv")
    Path("again.csv").write_bytes(out.encode())
    document = json.loads(answer(capsysbinary, "import", book, "contracts", "again.csv", "--json"))
    assert (document["taken"], document["updated"], document["rejected"], document["unknown"]) == (
        1,
        1,
        [],
        [],
    )


def test_showing_writes_nothing(book, capsysbinary):
    before = Path(book).read_bytes()
    entries = sorted(Path().iterdir())
    answer(capsysbinary, "show", book, "aging")
    assert (Path(book).read_bytes(), sorted(Path().iterdir())) == (before, entries)


def test_an_unknown_column_names_those_there_are(book, capsysbinary):
    assert run(["show", book, "aging", "--where", "colour=red"]) == 2
    assert "group_kind" in capsysbinary.readouterr().err.decode("utf-8")


@pytest.mark.parametrize(
    "arguments", [["show", "no.xlsx", "aging"], ["import", "no.xlsx", "receipts", "paid.csv"]]
)
def test_a_book_that_is_not_there(book, capsysbinary, arguments):
    assert run(arguments) == 2
    out, err = capsysbinary.readouterr()
    assert out == b""
    assert b"no.xlsx" in err
    assert err.count(b"\n") == 1


def test_refresh_and_check_side_by_side(book, capsysbinary):
    Path("second.xlsx").write_bytes(Path(book).read_bytes())
    Path("third.xlsx").write_bytes(b"no workbook")
    asked = ["--as-of", "2026-06-30", "--jobs", "2", "--json"]
    refreshed = json.loads(answer(capsysbinary, "refresh", "*.xlsx", *asked, code=2))
    assert [document["book"] for document in refreshed] == ["second.xlsx", "third.xlsx", "账本.xlsx"]
    assert refreshed[0]["totals"]["overdue"] == "700000.00"
    assert refreshed[0]["changes"] > 0
    assert refreshed[1]["error"]["message"]
    assert refreshed[2]["totals"] == refreshed[0]["totals"]
    checked = json.loads(answer(capsysbinary, "check", "second.xlsx", book, *asked))
    assert [document["changes"] for document in checked] == [0, 0]


def test_people_are_told_what_a_refresh_did(book, capsysbinary):
    for option, words in (("--dry-run", "to update, nothing written"), ("--no-backup", "cells updated")):
        out = answer(capsysbinary, "refresh", book, "--as-of", "2026-06-30", option)
        assert words in out.splitlines()[0]
    out = answer(capsysbinary, "refresh", book, "--as-of", "2026-06-30", "--lang", "zh")
    assert out.startswith("账本.xlsx：截至 2026-06-30，无变更")
