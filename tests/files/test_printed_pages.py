"""The workbook on paper: LibreOffice prints every sheet, filled, and a program reads the pages."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from addin.files.package import Edits, patch
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.service.demo import make_demo
from tests import tools
from tests.files.filled import fill
from tests.files.pdf_checks import contrast, problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_every_sheet_is_whole_on_paper(
    language: Language, soffice: tools.Office, tmp_path: Path
) -> None:
    book = fill(language, tmp_path / f"full-{language}.xlsx")

    pdf = soffice(book, "pdf")

    assert problems(book, pdf) == []


def test_the_checker_sees_what_is_wrong(soffice: tools.Office, tmp_path: Path) -> None:
    """A narrow date, a low row and faint text are each found on the page where they stand."""
    book = fill("en", tmp_path / "full.xlsx")
    spoilt = tmp_path / "spoilt.xlsx"
    _spoil(book, spoilt)

    found = problems(spoilt, soffice(spoilt, "pdf"))

    assert any("###" in words for words in found)
    assert any("Summary, row" in words for words in found)
    assert any("contrast" in words for words in found)
    assert any("type of" in words for words in found)


def _spoil(source: Path, target: Path) -> None:
    book = load_workbook(source)
    contacts = book[TABLES["contacts"].name.en]
    for sheet in book.worksheets:
        if sheet is not contacts:
            del book[sheet.title]
    contacts.column_dimensions["B"].width = 5
    contacts.row_dimensions[6].height = 12
    contacts["G7"].font = Font(color="FFBFBFBF", size=10)
    contacts["G8"].font = Font(size=8)
    book.save(target)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((1, 1, 1), (1, 1, 1)) == pytest.approx(1)
    assert contrast((0x76 / 255,) * 3, (1, 1, 1)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_ledger_is_whole_on_paper(language: Language, soffice: tools.Office, tmp_path: Path) -> None:
    """As `huikuan demo` leaves it, every sheet shown; tables without rows print their headings alone."""
    demo = make_demo(
        tmp_path, language, today=date(2026, 7, 1), now=datetime(2026, 7, 1, 8), by="test"
    ).report.book
    book = tmp_path / f"shown-{language}.xlsx"
    patch(demo, book, Edits(show_sheets=[table.name.in_(language) for table in TABLES.values()]))

    found = problems(book, soffice(book, "pdf"))

    assert [words for words in found if not words.endswith(EMPTY_TABLE)] == []


EMPTY_TABLE = ("headings and no rows", "1 rows are not printed on its last pages")
