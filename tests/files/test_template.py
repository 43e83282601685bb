"""The standard workbooks hold to the declaration of their tables, and are sound files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from addin.assets import templates
from addin.files.template import (
    HEADING_ROW,
    LAST_ROW,
    Debtor,
    Figures,
    dashboard_edits,
    dashboard_values,
    make_template,
    run_stamp,
)
from addin.files.template.places import DASHBOARD_NAMES
from addin.files.template.styles import FILLS, FORMATS, STRIPE, TEXTS, style_of
from addin.files.template.widths import WIDEST, demo_widths, wraps
from addin.model.columns import Column, Kind, Table
from addin.model.result import Month, Performance
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.rules.policy import POLICY
from tests import tools
from tests.excel.engine import without_print_titles
from tests.files.pdf_checks import contrast

EVERY_TABLE = [(language, key) for language in LANGUAGES for key in TABLES]


@cache
def committed(language: Language) -> Workbook:
    return load_workbook(templates() / f"huikuan-{language}.xlsx")


@cache
def fresh(language: Language) -> bytes:
    return make_template(language)


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_of(language: Language, key: str) -> Worksheet:
    return committed(language)[TABLES[key].name.in_(language)]


def validations(sheet: Worksheet, letter: str) -> list[DataValidation]:
    reach = f"{letter}6:{letter}{LAST_ROW}"
    return [v for v in sheet.data_validations.dataValidation if reach in str(v.sqref).split()]


@pytest.mark.parametrize("language", LANGUAGES)
class TestTheFile:
    def test_committed_is_what_the_declaration_makes(self, language: Language) -> None:
        """Rewrite with `python -m addin.files.template` after a change of tables, demo or looks."""
        file = (templates() / f"huikuan-{language}.xlsx").read_bytes()

        assert parts(file) == parts(fresh(language))

    def test_a_second_build_is_the_same_bytes(self, language: Language) -> None:
        assert make_template(language) == fresh(language)

    def test_open_xml_validator_finds_nothing(
        self, language: Language, validator: Callable[[Path], list[dict[str, Any]]]
    ) -> None:
        assert validator(templates() / f"huikuan-{language}.xlsx") == []

    def test_no_formula_so_none_is_ever_stale(self, language: Language) -> None:
        formulas = [
            cell.coordinate
            for sheet in committed(language).worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert formulas == []

    def test_a_recalculated_empty_book_has_no_error(
        self, language: Language, soffice: tools.Office, tmp_path: Path
    ) -> None:
        source = without_print_titles(templates() / f"huikuan-{language}.xlsx", tmp_path)
        book = load_workbook(soffice(source, "xlsx", tmp_path / "recalculated"), data_only=True)

        cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row]

        assert book.sheetnames == committed(language).sheetnames
        assert [cell.coordinate for cell in cells if cell.data_type == "e"] == []

    def test_sheets_in_order_nine_of_them_visible(self, language: Language) -> None:
        book = committed(language)
        names = [table.name.in_(language) for table in TABLES.values()]
        first = {"zh": ["目录", "看板"], "en": ["Index", "Dashboard"]}[language]
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]

        assert book.sheetnames == [*first, *names]
        assert shown == book.sheetnames[:9]
        assert len({sheet.sheet_properties.codeName for sheet in book.worksheets}) == len(book.sheetnames)
        assert re.search(rb'codeName="ThisWorkbook"', parts(fresh(language))["xl/workbook.xml"])

    def test_index_links_to_every_sheet(self, language: Language) -> None:
        index, *others = committed(language).worksheets
        links = {cell.hyperlink.location for row in index.iter_rows() for cell in row if cell.hyperlink}

        assert links == {f"'{sheet.title}'!A1" for sheet in others}

    def test_calamine_reads_the_tables(self, language: Language) -> None:
        book = CalamineWorkbook.from_path(str(templates() / f"huikuan-{language}.xlsx"), load_tables=True)

        assert sorted(book.table_names) == sorted(TABLES)
        for key, table in TABLES.items():
            assert book.get_table_by_name(key).columns == [c.heading(language) for c in table.columns]


@pytest.mark.parametrize(("language", "key"), EVERY_TABLE, ids=[f"{key}-{lang}" for lang, key in EVERY_TABLE])
class TestATable:
    def test_is_an_excel_table_with_its_headings(self, language: Language, key: str) -> None:
        sheet, table = sheet_of(language, key), TABLES[key]
        made = sheet.tables[key]
        headings = [cell.value for cell in sheet[HEADING_ROW]]

        assert made.displayName == key
        assert made.ref.startswith(f"A{HEADING_ROW}:{get_column_letter(len(table.columns))}")
        assert headings == [column.heading(language) for column in table.columns]
        assert [column.name for column in made.tableColumns] == headings
        assert made.tableStyleInfo.name == "Huikuan"

    def test_columns_have_style_and_format_to_the_bottom(self, language: Language, key: str) -> None:
        sheet, table = sheet_of(language, key), TABLES[key]
        for position, column in enumerate(table.columns, start=1):
            first = sheet.cell(HEADING_ROW + 1, position)
            whole = sheet.column_dimensions[get_column_letter(position)]

            assert (first.style, first.number_format) == (style_of(table, column), FORMATS[column.kind])
            assert whole._style == first._style

    def test_what_is_typed_is_validated_to_the_last_row(self, language: Language, key: str) -> None:
        sheet, table = sheet_of(language, key), TABLES[key]
        for position, column in enumerate(table.columns, start=1):
            found = validations(sheet, get_column_letter(position))
            if column.owner == "computed":
                assert found == []
            else:
                check_validation(column, found, language)

    def test_title_stamp_frozen_headings_and_print_titles(self, language: Language, key: str) -> None:
        sheet, table = sheet_of(language, key), TABLES[key]
        stamp = run_stamp(table)

        assert sheet["A1"].value == table.name.in_(language)
        assert any(cell.value == table.about.in_(language) for cell in sheet[2])
        assert (stamp is None) == (table.role in ("input", "settings"))
        assert stamp is None or sheet.cell(*stamp.as_of).number_format == "yyyy-mm-dd"
        assert re.fullmatch(rf"[BC]{HEADING_ROW + 1}", sheet.freeze_panes)
        assert sheet.print_title_rows == f"$4:${HEADING_ROW}"
        assert sheet.print_title_cols in ("$A:$A", "$A:$B")

    def test_rules_for_later_are_told_on_the_sheet(self, language: Language, key: str) -> None:
        sheet, table = sheet_of(language, key), TABLES[key]
        later = any(column.later for column in table.columns)

        assert later == any(cell.value for cell in sheet[3])

    def test_demo_values_fit_or_wrap(self, language: Language, key: str) -> None:
        sheet, table = sheet_of(language, key), TABLES[key]
        widest = demo_widths(key, language)
        for position, column in enumerate(table.columns, start=1):
            width = sheet.column_dimensions[get_column_letter(position)].width
            if column.kind in (Kind.TEXT, Kind.LIST):
                assert width >= widest.get(column.key, 0) or (width >= WIDEST and wraps(table, column))


def check_validation(column: Column, found: list[DataValidation], language: Language) -> None:
    if column.choices:
        words = ",".join(name.in_(language) for _, name in column.choices)
        assert [(v.type, v.formula1, v.errorStyle) for v in found] == [("list", f'"{words}"', "stop")]
        assert len(words) <= 255
    elif column.kind is Kind.BOOL:
        words = {"zh": "是,否", "en": "Yes,No"}[language]
        assert [(v.type, v.formula1) for v in found] == [("list", f'"{words}"')]
    elif column.ref and column.kind is Kind.TEXT:
        assert [(v.formula1, v.errorStyle) for v in found] == [(f"ids_{column.ref}", "warning")]
        heading = TABLES[column.ref].columns[0].heading(language)
        assert committed(language).defined_names[f"ids_{column.ref}"].attr_text == f"{column.ref}[{heading}]"
    elif column.kind is Kind.DATE:
        assert [(v.type, v.errorStyle) for v in found] == [("date", "warning")]


class TestWords:
    @pytest.mark.parametrize("key", TABLES)
    def test_headings_of_a_table_differ_in_every_language(self, key: str) -> None:
        table: Table = TABLES[key]
        for language in LANGUAGES:
            headings = [column.heading(language).casefold() for column in table.columns]
            assert len(set(headings)) == len(headings)

    def test_sheet_names_are_short_and_unlike(self) -> None:
        for language in LANGUAGES:
            names = [table.name.in_(language) for table in TABLES.values()]
            assert len(set(names)) == len(names)
            assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)


class TestFirstRows:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_settings_come_with_their_defaults(self, language: Language) -> None:
        sheet = sheet_of(language, "settings")
        rows = [[cell.value for cell in row] for row in sheet[sheet.tables["settings"].ref]][1:]

        expected = [
            [s.key, language if s.key == "language" else s.default or None, s.unit.in_(language) or None, None,
             s.note.in_(language)]
            for s in POLICY
        ]  # fmt: skip
        assert rows == expected

    def test_levels_rise(self) -> None:
        sheet = sheet_of("zh", "levels")
        rows = [[cell.value for cell in row] for row in sheet[sheet.tables["levels"].ref]][1:]

        assert [(row[0], row[3], row[4], row[5]) for row in rows] == [
            (0, "到期前", 7, "邮件"),
            (1, "到期后", 1, "邮件"),
            (2, "到期后", 7, "电话"),
            (3, "到期后", 15, "信函"),
            (4, "到期后", 30, "信函"),
            (5, "到期后", 60, "信函"),
            (6, "到期后", 90, "法务"),
        ]


class TestLooks:
    @pytest.mark.parametrize("style", TEXTS)
    def test_text_stands_out_from_its_ground(self, style: str) -> None:
        grounds = [FILLS[style]] if style in FILLS else ["FFFFFF", STRIPE, "F7F9FC"]
        for ground in grounds:
            assert contrast(_rgb(TEXTS[style]), _rgb(ground)) >= 4.5

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_charts_have_titles_and_alternative_texts(self, language: Language) -> None:
        package = parts(fresh(language))
        drawing = package["xl/drawings/drawing1.xml"].decode()
        charts = [package[f"xl/charts/chart{number}.xml"].decode() for number in (1, 2, 3)]

        assert len(re.findall(r'descr="[^"]{20,}"', drawing)) == 3
        assert all("<a:t>" in chart and "Microsoft YaHei" in chart for chart in charts)


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))


SEEN = Performance(
    Fraction(2, 3),
    Fraction(365, 8),
    None,
    [
        *(Month(f"2025-{month:02}", Decimal(month), None) for month in range(4, 13)),
        *(Month(f"2026-{month:02}", Decimal(month), Decimal(10)) for month in (1, 2)),
        Month("2026-03", Decimal("5.00"), Decimal("8.00")),
    ],
    {"blue": 3, "orange": 2, "red": 1},
)
FIGURES = Figures(
    as_of=date(2026, 3, 31),
    currency="CNY",
    open=Decimal("100.00"),
    overdue=Decimal("25.00"),
    due_30=Decimal("10.00"),
    pending=Decimal("7.00"),
    unapplied=Decimal("0.00"),
    buckets=[Decimal(amount) for amount in ("75", "10", "5", "4", "3", "3")],
    debtors=[Debtor(f"C{rank:02}", Decimal(rank), Decimal(0)) for rank in range(13)],
    performance=SEEN,
)


class TestDashboard:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_value_lands_where_its_name_points(self, language: Language) -> None:
        book = committed(language)
        names = {name: defined.attr_text for name, defined in book.defined_names.items()}
        values = dashboard_values(FIGURES, language, "2026-03-31 18:05")
        edits = {(e.row, e.column): e.value for e in dashboard_edits(names, values)}

        assert values.keys() == DASHBOARD_NAMES.keys()
        assert all((len(rows), len(rows[0])) == DASHBOARD_NAMES[name] for name, rows in values.items())
        assert {e.sheet for e in dashboard_edits(names, values)} == {book.sheetnames[1]}
        assert len(edits) == sum(down * right for down, right in DASHBOARD_NAMES.values())
        assert edits[5, 2] == Decimal("100.00")
        assert edits[6, 4] == Decimal("0.2500")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_one_screen_of_1280_by_720(self, language: Language) -> None:
        """Cards and charts, in pixels, within what Excel's window leaves of the screen with its ribbon open."""
        sheet = committed(language).worksheets[1]
        area = sheet[sheet.print_area.rpartition("!")[2].replace("$", "")]
        widths = [sheet.column_dimensions[cell.column_letter].width * 7 + 5 for cell in area[0]]
        heights = [sheet.row_dimensions[row[0].row].height / 0.75 for row in area]
        charts = [chart.anchor.to for chart in sheet._charts]

        assert sum(widths) <= 1240
        assert sum(heights) <= 470
        assert all(corner.col < len(widths) and corner.row <= len(heights) for corner in charts)

    def test_top_ten_largest_first_and_nobody_who_owes_nothing(self) -> None:
        rows = dashboard_values(FIGURES, "en", "")["dash_debtors"]

        assert [row[0] for row in rows] == [f"C{rank:02}" for rank in range(12, 2, -1)]

    @pytest.mark.parametrize(
        ("name", "zh", "en"),
        [
            ("dash_collection_rate", Decimal("0.6667"), Decimal("0.6667")),
            ("dash_target_share", Decimal("0.6250"), Decimal("0.6250")),
            ("dash_dso", Decimal("45.6"), Decimal("45.6")),
            ("dash_promises_kept", "–", "–"),
            ("dash_received_month", Decimal("5.00"), Decimal("5.00")),
            ("dash_alerts_blue", 3, 3),
            ("dash_alerts_red", 1, 1),
            (
                "dash_months_finding",
                "本月到账 5.00，完成目标 8.00 的 62.5%",
                "5.00 came in this month, 62.5% of the target of 8.00",
            ),
        ],
    )
    def test_how_collecting_goes(self, name: str, zh: object, en: object) -> None:
        assert dashboard_values(FIGURES, "zh", "")[name] == ((zh,),)
        assert dashboard_values(FIGURES, "en", "")[name] == ((en,),)

    def test_twelve_months_with_their_targets(self) -> None:
        rows = dashboard_values(FIGURES, "zh", "")["dash_months"]

        assert rows[0] == ("4月", Decimal(4), None)
        assert rows[-2:] == [("2月", Decimal(2), Decimal(10)), ("3月", Decimal("5.00"), Decimal("8.00"))]
        assert dashboard_values(FIGURES, "en", "")["dash_months"][0][0] == "Apr"

    def test_without_a_target_the_dashboard_says_so(self) -> None:
        seen = replace(SEEN, months=[Month("2026-03", Decimal(5), None)])
        values = dashboard_values(replace(FIGURES, performance=seen), "en", "")

        assert values["dash_target_share"] == (("No target for this month",),)
        assert values["dash_months_finding"] == (("5.00 came in this month; no target is set",),)
        assert values["dash_months"][:11] == [(None, None, None)] * 11

    def test_without_an_exchange_rate_there_is_no_figure(self) -> None:
        seen = Performance(None, None, None, [Month("2026-03", None, Decimal(8))], SEEN.alerts)
        values = dashboard_values(replace(FIGURES, performance=seen), "en", "")

        assert [values[f"dash_{name}"] for name in ("collection_rate", "target_share", "dso")] == [
            (("–",),)
        ] * 3
        assert values["dash_months_finding"] == (("A foreign currency lacks a rate: no total",),)

    def test_a_broken_or_missing_name_is_passed_over(self) -> None:
        values = dashboard_values(FIGURES, "zh", "")

        assert list(dashboard_edits({"dash_open": "#REF!"}, values)) == []

    def test_nothing_open_says_so(self) -> None:
        nothing = Figures(
            date(2026, 3, 31), "CNY", *[Decimal(0)] * 5, buckets=[Decimal(0)] * 6, debtors=[], performance=SEEN
        )  # fmt: skip
        values = dashboard_values(nothing, "zh", "")

        assert values["dash_aging_finding"] == (("没有未收的应收款",),)
        assert values["dash_overdue_share"] == ((Decimal("0.0000"),),)
