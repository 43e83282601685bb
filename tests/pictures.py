"""Draws the README's pictures from the demo ledger, and a letter: `python -m tests.pictures` from the top.

LibreOffice prints, and the page becomes a PNG without its margins. The milestones are drawn from a copy with
fewer columns and rows, or the type would be too small to read. Each PNG carries a digest of what its sheet
held, so that a test can tell when the demo has moved on and the picture has not.
"""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pdfplumber
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops, ImageOps
from PIL.PngImagePlugin import PngInfo

from addin.documents.letters import find_template, letter_docx
from addin.documents.office import pdfs
from addin.documents.samples import sample_letter
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language, Text
from tests.tools import ROOT, Office, pictures, program, run_huikuan

FOLDER = ROOT / "workbook_templates" / "pictures"
DASHBOARD = Text("看板", "Dashboard")
MILESTONES = TABLES["milestones"]
COLUMNS = (
    "milestone_id name share trigger trigger_date term customer_name amount due_date received open "
    "days_overdue bucket status"
).split()
HEADING_ROW = 5
ROWS = 24
DPI = 120
NOTE = "sheet"


def demo(language: Language, folder: Path) -> Path:
    """A fresh demo ledger."""
    done = run_huikuan("demo", folder, "--lang", language)
    assert done.exit_code == 0, done.stderr
    return next(folder.glob("*.xlsx"))


def targets(language: Language) -> dict[Text, Path]:
    """The picture of each sheet."""
    return {
        DASHBOARD: FOLDER / f"dashboard-{language}.png",
        MILESTONES.name: FOLDER / f"milestones-{language}.png",
    }


def letter_target(language: Language) -> Path:
    """The picture of a letter."""
    return FOLDER / f"letter-{language}.png"


def letter(language: Language) -> bytes:
    """A formal demand as Word document."""
    return letter_docx(sample_letter(language), find_template("demand", language, ROOT))


def letter_digest(language: Language) -> str:
    """What a letter's pages hold and how they look."""
    with zipfile.ZipFile(io.BytesIO(letter(language))) as package:
        return hashlib.sha256(repr([package.read(name) for name in package.namelist()]).encode()).hexdigest()


def digest(book: Path, title: str) -> str:
    """What a sheet holds but for the time of the run, and how the book's charts look."""
    sheet = openpyxl.load_workbook(book, data_only=True)[title]
    cells = [(cell.coordinate, cell.value) for row in sheet.iter_rows() for cell in row]
    held = [(place, str(value)) for place, value in cells if value is not None and not is_moment(value)]
    assert held, f"nothing on {title}"
    with zipfile.ZipFile(book) as package:
        charts = [package.read(name) for name in sorted(package.namelist()) if "/charts/" in name]
    return hashlib.sha256(repr((held, charts)).encode()).hexdigest()


def is_moment(value: object) -> bool:
    """A time of day, as a run leaves it."""
    if isinstance(value, datetime):
        return bool(value.hour or value.minute or value.second)
    return isinstance(value, str) and bool(re.search(r"\d\d:\d\d", value))


def fewer(book: Path, language: Language, folder: Path) -> Path:
    """A copy that prints the milestones on one page: the columns and contracts that tell a story."""
    copy = openpyxl.load_workbook(book)
    sheet = copy[MILESTONES.name.in_(language)]
    for name in copy.sheetnames:
        if name != sheet.title:
            copy[name].sheet_state = "hidden"
    copy.active = copy.index(sheet)
    wanted = {MILESTONES[key].heading(language) for key in COLUMNS}
    places = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
    assert wanted <= set(places)
    for heading, column in places.items():
        sheet.column_dimensions[get_column_letter(column)].hidden = heading not in wanted
    keep_open_contracts(sheet, places[MILESTONES["contract_id"].heading(language)], places, language)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    made = folder / f"fewer-{language}.xlsx"
    copy.save(made)
    return made


def keep_open_contracts(
    sheet: Worksheet, contract: int, places: dict[object, int], language: Language
) -> None:
    """Hide all but the first rows of contracts on which something is overdue."""
    status = places[MILESTONES["status"].heading(language)]
    overdue = MILESTONES["status"].choice_names["overdue"].in_(language)
    rows = range(HEADING_ROW + 1, sheet.max_row + 1)
    late = {sheet.cell(row, contract).value for row in rows if sheet.cell(row, status).value == overdue}
    shown = [row for row in rows if sheet.cell(row, contract).value in late][:ROWS]
    for row in {2, 3, 4, *rows} - set(shown):
        sheet.row_dimensions[row].hidden = True


def page_of(pdf: Path, title: str) -> int:
    """The first page, counted from 1, that begins with the sheet's title."""
    with pdfplumber.open(pdf) as document:
        for number, page in enumerate(document.pages, 1):
            if (page.extract_text() or "").lstrip().startswith(title):
                return number
    raise AssertionError(f"no page of {pdf.name} begins with {title}")


def without_margins(image: Image.Image, rim: int = 12) -> Image.Image:
    """Only what is drawn, with a little white around it; the page's foot counts as margin."""
    body = image.convert("RGB").crop((0, 0, image.width, round(image.height * 0.93)))
    drawn = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    assert drawn, "an empty page"
    left, top, right, bottom = drawn
    return body.crop(
        (max(left - rim, 0), max(top - rim, 0), min(right + rim, body.width), min(bottom + rim, body.height))
    )


def draw(printed: Path, title: str, note: str, target: Path) -> None:
    """The sheet's first page as a PNG."""
    (page,) = pictures(printed, printed.parent / target.stem, DPI, page_of(printed, title))
    noted = PngInfo()
    noted.add_text(NOTE, note)
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(page) as image:
        without_margins(image).quantize(128).save(target, pnginfo=noted, optimize=True)


def draw_letter(language: Language, folder: Path) -> None:
    """The first page of a letter as a PNG, with its margins and a thin edge."""
    document = folder / f"letter-{language}.docx"
    document.write_bytes(letter(language))
    (page,) = pictures(pdfs([document], folder).made[document], folder / "pages", 90, 1)
    noted = PngInfo()
    noted.add_text(NOTE, letter_digest(language))
    with Image.open(page) as image:
        framed = ImageOps.expand(image.convert("RGB"), 1, "#A6A6A6")
        framed.quantize(64).save(letter_target(language), pnginfo=noted, optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        office = Office(program("soffice"), Path(temporary) / "profile")
        for language in LANGUAGES:
            folder = Path(temporary) / language
            book = demo(language, folder)
            printed = {DASHBOARD: book, MILESTONES.name: fewer(book, language, folder)}
            for name, target in targets(language).items():
                title = name.in_(language)
                draw(office(printed[name], "pdf", folder), title, digest(book, title), target)
                print(target.relative_to(ROOT))
            draw_letter(language, folder)
            print(letter_target(language).relative_to(ROOT))


if __name__ == "__main__":
    main()
