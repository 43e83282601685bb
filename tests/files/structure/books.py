"""Ledgers that people lived in: the demo with a sheet, columns, rules and links of their own."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date, datetime
from functools import cache, lru_cache
from html import unescape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import TableColumn

from addin.model.tables import TABLES
from addin.model.text import Language
from addin.service.demo import make_demo

TODAY = date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 9, 15)
RUN: dict[str, Any] = {"today": TODAY, "now": NOW, "by": "li"}
OWN_SHEET = {"zh": "我的分析", "en": "My notes"}
OWN_COLUMN = {"zh": "大区", "en": "Territory"}
_WORKSHOP = TemporaryDirectory(prefix="huikuan-structure-")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def _demo(language: Language) -> Path:
    return make_demo(Path(_WORKSHOP.name) / language, language, **RUN).report.book


def demo(language: Language, folder: Path) -> Path:
    """A copy of the refreshed demo ledger, with what the last run remembers."""
    return _copy(_demo(language), folder)


def _copy(made: Path, folder: Path) -> Path:
    target = folder / made.name
    shutil.copy(made, target)
    shutil.copytree(made.with_name(".huikuan"), folder / ".huikuan")
    return target


def lived_in(language: Language, folder: Path) -> Path:
    """A copy of the demo ledger as openpyxl saves it, with things of the users in it."""
    return _copy(_lived_in(language), folder)


@cache
def _lived_in(language: Language) -> Path:
    folder = Path(_WORKSHOP.name) / f"lived-in-{language}"
    folder.mkdir()
    target = demo(language, folder)
    book = load_workbook(target)
    _own_column(book, language)
    _own_sheet(book, language)
    sheet = book[TABLES["contracts"].name.in_(language)]
    sheet["A1"].comment = Comment("客户 Customers 合同", "li")
    sheet["AH2"] = TABLES["contracts"].name.in_(language)  # the same words as ours, in a cell that is not
    book.save(target)
    return target


def _own_column(book: Workbook, language: Language) -> None:
    """A column of people's own with a list of its own, right of the milestones."""
    table = TABLES["milestones"]
    sheet = book[table.name.in_(language)]
    made = sheet.tables["milestones"]
    place = len(table.columns) + 1
    bottom = int(re.findall(r"\d+", made.ref)[1])
    word = table["status"].choice_names["overdue"].in_(language)
    sheet.cell(5, place, OWN_COLUMN[language])
    for row in range(6, bottom + 1):
        sheet.cell(row, place, word)
    letter = get_column_letter(place)
    made.ref = made.autoFilter.ref = f"A5:{letter}{bottom}"
    made.tableColumns.append(TableColumn(id=place, name=OWN_COLUMN[language]))
    words = ",".join(name.in_(language) for _, name in table["status"].choices)
    own = DataValidation("list", formula1=f'"{words}"', sqref=f"{letter}6:{letter}{bottom}")
    sheet.add_data_validation(own)
    red = PatternFill(bgColor="FFFF0000")
    rule = FormulaRule(formula=[f'${letter}6="{word}"'], fill=red)
    sheet.conditional_formatting.add(f"{letter}6:{letter}{bottom}", rule)


def _own_sheet(book: Workbook, language: Language) -> None:
    tab = TABLES["milestones"].name.in_(language)
    gl = TABLES["gl"].name.in_(language)
    open_column = TABLES["milestones"]["open"].heading(language)
    delay = TABLES["customers"]["usual_delay"].heading(language)
    sheet = book.create_sheet(OWN_SHEET[language])
    sheet["A1"] = tab
    sheet["A2"] = f"SUM(milestones[{open_column}])"
    sheet["B1"] = f"=SUM(milestones[{open_column}])"
    sheet["B2"] = f"='{tab}'!A6&\"{tab}!A6\""
    sheet["B3"] = f"=SUM('{gl}'!D6:D20)+{OWN_SHEET[language].split()[0] and 0}"
    sheet["B4"] = f"=SUM(customers[[#All],[{_in_brackets(delay)}]])"
    sheet["B5"] = f'=COUNTIF(milestones[{OWN_COLUMN[language]}],"*")'
    sheet["C1"] = tab
    sheet["C1"].hyperlink = Hyperlink(ref="C1", location=f"'{tab}'!A1")
    sheet["C2"] = "-"
    sheet["C2"].hyperlink = f"#'{tab}'!A2"
    chart = BarChart()
    chart.title = tab
    chart.add_data(Reference(book[tab], min_col=7, min_row=5, max_row=9), titles_from_data=True)
    sheet.add_chart(chart, "E5")
    book.defined_names["my_open"] = DefinedName("my_open", attr_text=f"milestones[{open_column}]")
    book.defined_names["my_cell"] = DefinedName("my_cell", attr_text=f"'{tab}'!$A$6")


def _in_brackets(heading: str) -> str:
    return re.sub(r"([\[\]#'])", r"'\1", heading)


def shared(path: Path) -> Path:
    """The same book with its texts as shared strings, each with a reading beside it, as Excel saves them."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    places: dict[str, int] = {}

    def share(match: re.Match[str]) -> str:
        place = places.setdefault(unescape(match[3]), len(places))
        return f'<c{match[1]}t="s"{match[2]}><v>{place}</v></c>'

    cell = re.compile(r'<c([^>]*?)t="inlineStr"([^>]*)><is><t[^>]*>([^<]*)</t></is></c>')
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = cell.sub(share, parts[name].decode()).encode()
    items = "".join(
        f'<si><t xml:space="preserve">{escape(text)}</t><phoneticPr fontId="1" type="noConversion"/></si>'
        for text in places
    )
    count = f'count="{len(places)}" uniqueCount="{len(places)}"'
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN[1:-1]}" {count}>{items}</sst>'.encode()
    types = '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    types += 'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    _end(parts, "[Content_Types].xml", "</Types>", types)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rIdShared" Type="{kind}" Target="/xl/sharedStrings.xml"/></Relationships>'
    _end(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", relation)
    rewrite(path, parts)
    return path


def _end(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    text = parts[name].decode()
    assert text.count(old) == 1, name
    if "sharedStrings" not in text:
        parts[name] = text.replace(old, new).encode()


def rewrite(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@lru_cache(maxsize=2)
def _loaded(content: bytes) -> Workbook:
    """To look at only: the next one who asks gets the same."""
    return load_workbook(BytesIO(content))


def values(path: Path) -> dict[str, dict[str, Any]]:
    """Every cell's value or formula by place, by sheet."""
    book = _loaded(path.read_bytes())
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }


def table_names(path: Path) -> dict[str, tuple[list[str], list[Any]]]:
    """The columns' names of every table as its part has them, and as its heading row has them."""
    book = _loaded(path.read_bytes())
    found = {}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            first, last = table.ref.split(":")
            row = sheet[first].row
            cells = sheet[first : get_column_letter(sheet[last].column) + str(row)][0]
            found[table.name] = (
                [column.name for column in table.tableColumns],
                [cell.value for cell in cells],
            )
    return found


def well_formed(path: Path) -> None:
    """Every XML part parses, and every relationship leads somewhere."""
    parts = parts_of(path)
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
