"""Draws the README's pictures from the demo ledger: `python -m tests.pictures` from the top of the checkout.

LibreOffice prints the book, the page of a sheet becomes a PNG without its margins, and the money on that
page is noted inside the PNG, so that a test can tell when the demo has moved on and the picture has not.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from addin.model.text import LANGUAGES, Language, Text
from tests.tools import ROOT, Office, pictures, program, run_huikuan

FOLDER = ROOT / "workbook_templates" / "pictures"
SHEETS = {"dashboard": Text("看板", "Dashboard"), "milestones": Text("收款节点", "Milestones")}
DPI = 110
NOTE = "figures"


def demo_pdf(language: Language, office: Office, folder: Path) -> Path:
    """The demo ledger as LibreOffice prints it."""
    done = run_huikuan("demo", folder, "--lang", language)
    assert done.exit_code in (0, 1), done.stderr
    book = next(folder.glob("*.xlsx"))
    return office(book, "pdf", folder)


def page_of(pdf: Path, title: str) -> int:
    """The first page, counted from 1, whose uppermost line begins with the sheet's title."""
    with pdfplumber.open(pdf) as document:
        for number, page in enumerate(document.pages, 1):
            if (page.extract_text() or "").lstrip().startswith(title):
                return number
    raise AssertionError(f"no page of {pdf.name} begins with {title}")


def figures(pdf: Path, number: int) -> str:
    """All money on a page, sorted: what the picture of it shows, however it is drawn."""
    with pdfplumber.open(pdf) as document:
        text = document.pages[number - 1].extract_text() or ""
    return " ".join(sorted(re.findall(r"-?[\d,]+\.\d\d\b", text)))


def without_margins(image: Image.Image, rim: int = 12) -> Image.Image:
    """Only what is drawn, with a little white around it; the page's foot counts as margin."""
    body = image.convert("RGB").crop((0, 0, image.width, round(image.height * 0.93)))
    drawn = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    assert drawn, "an empty page"
    left, top, right, bottom = drawn
    return body.crop(
        (max(left - rim, 0), max(top - rim, 0), min(right + rim, body.width), min(bottom + rim, body.height))
    )


def draw(pdf: Path, title: str, target: Path) -> None:
    """One sheet's first page as a PNG with its figures noted."""
    number = page_of(pdf, title)
    (page,) = pictures(pdf, pdf.parent / target.stem, DPI, number)
    note = PngInfo()
    note.add_text(NOTE, figures(pdf, number))
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(page) as image:
        without_margins(image).quantize(128).save(target, pnginfo=note, optimize=True)


def wanted(language: Language) -> Iterator[tuple[str, Path]]:
    """Title of the sheet and file of its picture."""
    for name, title in SHEETS.items():
        yield title.in_(language), FOLDER / f"{name}-{language}.png"


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        office = Office(program("soffice"), Path(temporary) / "profile")
        for language in LANGUAGES:
            pdf = demo_pdf(language, office, Path(temporary) / language)
            for title, target in wanted(language):
                draw(pdf, title, target)
                print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
