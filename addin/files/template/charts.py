"""The dashboard's charts: native Excel charts in one accent colour and greys."""

from __future__ import annotations

from typing import Any, Final, Literal

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.text import Text as ChartText
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.template.places import DASHBOARD_NAMES
from addin.model.text import Language, Text

GREY: Final = "BFBFBF"
ACCENT: Final = "2F5597"
LINE: Final = "7F7F7F"
AGES: Final = (GREY, "B4C3DF", "8FA7D0", "6688BF", ACCENT, "1F3864")
"""Not overdue grey, then deeper by age."""

ALT_TEXTS: Final = (
    Text(
        "柱形图：应收未收按账龄分段，未逾期为灰色，逾期越久颜色越深。",
        "Column chart: what is open by age; not overdue in grey, deeper the longer overdue.",
    ),
    Text(
        "柱形与折线图：最近十二个月每月到账金额，折线为当月回款目标。",
        "Columns and a line: what was received in each of the last twelve months, and the month's target.",
    ),
    Text(
        "条形图：欠款最多的十名客户，分未逾期与已逾期。",
        "Bar chart: the ten customers who owe most, split into not overdue and overdue.",
    ),
)
"""Alternative texts of the charts, in their order; they go into the drawing part."""

_AGING_TITLE: Final = Text("应收账龄", "Open by age")
_MONTHS_TITLE: Final = Text("每月到账与目标", "Received by month")
_DEBTORS_TITLE: Final = Text("欠款前十名客户（深色：已逾期）", "Top ten debtors (dark: overdue)")

Place = tuple[int, int]


def add_charts(
    sheet: Worksheet, aging: Place, months: Place, debtors: Place, rows: tuple[int, int], language: Language
) -> None:
    """The charts side by side between two rows, each below two cards; the places are where their data begin."""
    _set(sheet, _aging_chart(sheet, aging, language), (1, 4), rows)
    _set(sheet, _months_chart(sheet, months, language), (5, 8), rows)
    _set(sheet, _debtors_chart(sheet, debtors, language), (9, 12), rows)


def _aging_chart(sheet: Worksheet, place: Place, language: Language) -> BarChart:
    row, column = place
    last = row + DASHBOARD_NAMES["dash_aging"][0] - 1
    chart = _bars("col", "clustered", _AGING_TITLE.in_(language), language)
    chart.add_data(Reference(sheet, column, row - 1, column, last), titles_from_data=True)
    chart.set_categories(Reference(sheet, column - 1, row, column - 1, last))
    chart.series[0].graphicalProperties = _solid(ACCENT)
    for number, colour in enumerate(AGES):
        point = DataPoint(idx=number, invertIfNegative=False)
        point.graphicalProperties = _solid(colour)
        chart.series[0].dPt.append(point)
    chart.legend = None
    chart.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    chart.dataLabels.position = "outEnd"
    chart.dataLabels.txPr = chart.x_axis.txPr = _text(language, 800)
    chart.y_axis.delete, chart.y_axis.majorGridlines = True, None  # every column bears its amount
    return chart


def _months_chart(sheet: Worksheet, place: Place, language: Language) -> BarChart:
    """What came in as columns, the target as a line with marks: a single month's would not show otherwise."""
    row, column = place
    last = row + DASHBOARD_NAMES["dash_months"][0] - 1
    months = Reference(sheet, column, row, column, last)
    chart = _bars("col", "clustered", _MONTHS_TITLE.in_(language), language)
    chart.add_data(Reference(sheet, column + 1, row - 1, column + 1, last), titles_from_data=True)
    chart.series[0].graphicalProperties = _solid(ACCENT)
    chart.y_axis.scaling.min = None  # a month may have more refunds than receipts
    chart.x_axis.tickLblPos = "low"
    targets = LineChart()
    targets.add_data(Reference(sheet, column + 2, row - 1, column + 2, last), titles_from_data=True)
    line = targets.series[0]
    line.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=19050))
    line.marker = Marker("circle", size=5, spPr=_solid(LINE))
    line.smooth = False
    for each in (chart, targets):
        each.set_categories(months)
    chart += targets
    chart.x_axis.txPr = _text(language, 800)
    chart.legend.position = "b"
    chart.legend.txPr = _text(language, 800)
    return chart


def _debtors_chart(sheet: Worksheet, place: Place, language: Language) -> BarChart:
    row, column = place
    last = row + DASHBOARD_NAMES["dash_debtors"][0] - 1
    chart = _bars("bar", "stacked", _DEBTORS_TITLE.in_(language), language)
    chart.add_data(Reference(sheet, column + 1, row - 1, column + 2, last), titles_from_data=True)
    chart.set_categories(Reference(sheet, column, row, column, last))
    for series, colour in zip(chart.series, (GREY, ACCENT), strict=True):
        series.graphicalProperties = _solid(colour)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    if language == "en":  # in full the amounts would touch beside the longer names
        chart.y_axis.number_format = '[>=1000000]0.0,,"m";[>=1000]0,"k";0'
    chart.x_axis.tickLblSkip = 1
    chart.x_axis.txPr, chart.y_axis.txPr = _text(language, 800), _text(language, 850)
    chart.legend = None  # the title says what is dark: ten names need the room
    return chart


def _bars(
    direction: Literal["bar", "col"],
    grouping: Literal["clustered", "stacked"],
    title: str,
    language: Language,
) -> BarChart:
    """A bar chart, plain: thin grey grid, thin frame."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = direction, grouping, 100, 50
    chart.title = _title(title, language)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _text(language, 900)
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GREY))
        axis.majorTickMark = "none"
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill="E7E7E7")))
    chart.y_axis.scaling.min = 0
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9"))
    return chart


def _set(sheet: Worksheet, chart: BarChart, columns: tuple[int, int], rows: tuple[int, int]) -> None:
    """Anchor the chart to cells, so that it keeps in line with the cards whatever the typeface."""
    anchor: Any = TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=columns[0], row=rows[0] - 1),
        to=AnchorMarker(col=columns[1], row=rows[1]),
    )
    chart.anchor = anchor
    sheet.add_chart(chart)


def _title(words: str, language: Language) -> Title:
    bold = _type(language, 1100, bold=True)
    line = Paragraph(pPr=ParagraphProperties(defRPr=bold), r=[RegularTextRun(rPr=bold, t=words)])
    return Title(tx=ChartText(rich=RichText(RichTextProperties(), p=[line])), overlay=False)


def _solid(colour: str) -> GraphicalProperties:
    return GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))


def _type(language: Language, size: int, bold: bool = False) -> CharacterProperties:
    """Size in hundredths of a point; the East Asian typeface is named too, or programs fall back apart."""
    name = "Microsoft YaHei" if language == "zh" else "Calibri"
    return CharacterProperties(
        sz=size, b=bold, solidFill="404040", latin=Font(typeface=name), ea=Font(typeface="Microsoft YaHei")
    )


def _text(language: Language, size: int) -> RichText:
    properties = ParagraphProperties(defRPr=_type(language, size))
    return RichText(RichTextProperties(), p=[Paragraph(pPr=properties, endParaRPr=_type(language, size))])
