"""Minutes of a settlement meeting come back as promises, once."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from addin.files.wordtables import word_tables
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.books import load_book
from addin.service.reports.minutes import take_minutes
from tests.service.reports.conftest import TODAY
from tests.service.reports.ordering import NOW, change, make


def promises(book: Path) -> list[dict[str, str]]:
    raw, _ = load_book(book)
    source = raw.tables["promises"]
    keys = [TABLES["promises"].heading_keys.get(heading.casefold(), heading) for heading in source.headings]
    rows = [dict(zip(source.headings, row, strict=True)) for row in zip(*source.columns, strict=True)]
    assert keys
    return [{str(key): str(value) for key, value in row.items()} for row in rows]


def settle(book: Path, file: Path) -> Any:
    return take_minutes(book, "HT-2024-005", file, today=TODAY, now=NOW)


def test_a_filled_csv_becomes_promises_once(book: Path) -> None:
    form = make(book, "settlement", contract="HT-2024-005").files[1]
    before = len(promises(book))
    with form.open(encoding="utf-8-sig", newline="") as source:
        heading, *rows = list(csv.reader(source))
    assert [row[3] for row in rows] == ["HT-2024-005-3", "HT-2024-005-4"]
    rows[0][5:7] = ["2026-08-31", "裴若棠"]
    with form.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([heading, *rows])
    for updated in (0, 1):
        taken = settle(book, form)
        assert (taken.taken, taken.updated, taken.undated, taken.rejected) == (1, updated, 1, ())
    rows_now = promises(book)
    assert len(rows_now) == before + 1
    new = rows_now[-1]
    assert new["承诺编号"] == "JS-HT-2024-005-3-20260714" and new["金额"] == "280500.0"
    assert new["承诺付款日"].startswith("2026-08-31") and new["客户编号"] == "C002"


def test_several_dates_of_one_milestone_are_several_promises_once(book: Path) -> None:
    form = book.parent / "agreed.csv"
    form.write_text(
        "milestone_id,amount,promised_date\nHT-2024-005-3,200000,2026-08-31\nHT-2024-005-3,80500,2026-09-30\n"
        "HT-2024-005-3,80500,2026-09-30\nHT-2024-005-4,1,2026-09-30\n"
    )
    before = len(promises(book))
    for updated in (0, 3):
        taken = settle(book, form)
        assert (taken.taken, taken.updated) == (3, updated)
        assert [each.row for each in taken.rejected] == [4], "the same once more is a slip"
    first = "JS-HT-2024-005-3-20260630"
    assert {row["承诺编号"]: (row["金额"], row["承诺付款日"][:10]) for row in promises(book)[before:]} == {
        first: ("200000.0", "2026-08-31"),
        f"{first}-2": ("80500.0", "2026-09-30"),
        "JS-HT-2024-005-4-20260630": ("1.0", "2026-09-30"),
    }


def test_the_filled_word_form_does_too(book: Path) -> None:
    paper = make(book, "settlement", contract="HT-2024-005").files[0]
    document = docx.Document(str(paper))
    form = next(
        table for table in document.tables if table.cell(0, 0).text == "节点编号" and len(table.columns) == 6
    )
    assert [row.cells[0].text for row in form.rows] == ["节点编号", "HT-2024-005-3", "HT-2024-005-4"]
    form.cell(1, 3).text, form.cell(1, 4).text, form.cell(1, 5).text = "200,000.00", "2026年8月31日", "裴若棠"
    form.cell(2, 4).text = "下周"
    filled = book.parent / "filled.docx"
    document.save(str(filled))
    taken = settle(book, filled)
    assert (taken.taken, taken.undated, [each.row for each in taken.rejected]) == (1, 0, [3])
    assert promises(book)[-1]["金额"] == "200000.0" and taken.backup is not None


def test_a_word_form_taken_again_on_another_day_promises_nothing_twice(book: Path) -> None:
    paper = make(book, "settlement", contract="HT-2024-005").files[0]
    document = docx.Document(str(paper))
    form = next(
        table for table in document.tables if table.cell(0, 0).text == "节点编号" and len(table.columns) == 6
    )
    form.cell(1, 4).text = "2026年8月31日"
    filled = book.parent / "filled.docx"
    document.save(str(filled))
    settle(book, filled)
    before = promises(book)
    again = take_minutes(book, "HT-2024-005", filled, today=TODAY, now=NOW, as_of=date(2026, 7, 2))
    assert (again.taken, again.updated) == (1, 1) and promises(book) == before


@pytest.mark.parametrize(
    ("taken_on", "made_on"), [(date(2026, 7, 15), date(2026, 7, 10)), (date(2026, 7, 8), date(2026, 7, 8))]
)
def test_a_form_printed_before_the_meeting_bears_the_meetings_day(
    book: Path, taken_on: date, made_on: date
) -> None:
    """Not that of its printing; and where the meeting was sooner than planned, no day to come."""
    change(book, "contracts", contract_id="HT-2024-005", settlement_meeting=date(2026, 7, 10))
    form = make(book, "settlement", contract="HT-2024-005").files[1]
    with form.open(encoding="utf-8-sig", newline="") as source:
        heading, *rows = list(csv.reader(source))
    assert {row[1] for row in rows} == {"2026-07-10"}
    rows[0][5] = "2026-08-31"
    with form.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([heading, *rows])
    for updated in (0, 1):
        taken = take_minutes(book, "HT-2024-005", form, today=TODAY, now=NOW, as_of=taken_on)
        assert (taken.taken, taken.updated) == (1, updated)
    new = promises(book)[-1]
    assert new["承诺编号"] == "JS-HT-2024-005-3-20260710"
    assert new["承诺日"].startswith(made_on.isoformat())


def test_csv_and_word_form_of_one_meeting_promise_once(book: Path) -> None:
    paper, form = make(book, "settlement", contract="HT-2024-005").files
    filled = book.parent / "filled.docx"
    document = docx.Document(str(paper))
    next(
        table for table in document.tables if table.cell(0, 0).text == "节点编号" and len(table.columns) == 6
    ).cell(1, 4).text = "2026年8月31日"
    document.save(str(filled))
    with form.open(encoding="utf-8-sig", newline="") as source:
        heading, *rows = list(csv.reader(source))
    rows[0][5] = "2026-08-31"
    with form.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([heading, *rows])
    before = len(promises(book))
    for one in (filled, form, filled):
        settle(book, one)
        assert len(promises(book)) == before + 1


def test_an_empty_form_changes_no_byte(book: Path) -> None:
    form = make(book, "settlement", contract="HT-2024-005").files[1]
    before = book.read_bytes()
    taken = settle(book, form)
    assert (taken.taken, taken.undated, taken.backup) == (0, 2, None)
    assert book.read_bytes() == before


def test_another_contracts_milestone_is_rejected(book: Path) -> None:
    form = book.parent / "form.csv"
    form.write_text("节点编号,金额,承诺付款日\nHT-2025-001-3,5,2026-08-31\n", encoding="utf-8")
    before = book.read_bytes()
    taken = settle(book, form)
    assert taken.taken == 0 and [each.row for each in taken.rejected] == [2]
    assert "HT-2025-001-3" in taken.rejected[0].reason.zh and book.read_bytes() == before


@pytest.mark.parametrize("made", [b"PK\x03\x04 no zip", b"a,b\n1,2\n", b""])
def test_what_is_no_form_is_refused(book: Path, made: bytes) -> None:
    form = book.parent / "form.docx"
    form.write_bytes(made)
    with pytest.raises(LedgerError):
        settle(book, form)


def test_a_word_document_with_entities_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(LedgerError):
        word_tables(bomb)
