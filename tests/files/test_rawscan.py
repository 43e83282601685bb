"""Error cells, uncalculated formulas and the extent of a sheet, by patterns and by exact parsing alike."""

from __future__ import annotations

import pytest
from defusedxml import DTDForbidden
from hypothesis import given
from hypothesis import strategies as st

from addin.files import rawscan
from addin.files.discover import column_number
from addin.files.rawscan import NEAR_COLUMNS, NEAR_ROWS, SheetScan, scan_sheet
from addin.model.cells import CellError, Uncalculated

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str, before: str = "", after: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def scan(xml: bytes) -> SheetScan:
    return scan_sheet(lambda: [xml])


def exactly(xml: bytes) -> SheetScan:
    return rawscan.scan_exactly([xml])


# what a cell may hold behind its reference, and the mark that it gives
CELLS = [
    ("/>", None),
    (' s="3"/>', None),
    ("><v>5</v></c>", None),
    (' t="s"><v>0</v></c>', None),
    (' t="inlineStr"><is><t>t="e" &lt;f&gt;</t></is></c>', None),
    (' t="e"><v>#REF!</v></c>', CellError("#REF!")),
    (" s='1' t='e'><v>#N/A</v></c>", CellError("#N/A")),
    (' t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
    (' t="e"/>', CellError("#VALUE!")),
    ("><f>1+1</f><v>2</v></c>", None),
    (' t="str"><f>""</f><v></v></c>', None),
    (' t="str"><f>""</f><v/></c>', None),
    (' t="str"><f>A1</f></c>', None),
    ("><f>SUM(A1:B2)</f></c>", Uncalculated("=SUM(A1:B2)")),
    ("><f>A1&amp;&quot;x&quot;</f><v></v></c>", Uncalculated('=A1&"x"')),
    ("><f>1</f><v/></c>", Uncalculated("=1")),
    ("><f>1</f> <v /> </c>", Uncalculated("=1")),
    ('><f t="shared" si="0"/></c>', Uncalculated("=")),
    ('><f t="shared" si="0"/><v>7</v></c>', None),
    ("><f/></c>", Uncalculated("=")),
    (' t="b"><f>TRUE</f><v>1</v></c>', None),
]


@pytest.mark.parametrize(("cell", "mark"), CELLS)
@pytest.mark.parametrize("way", [scan, exactly])
def test_each_kind_of_cell(cell, mark, way):
    xml = sheet(f'<row r="7"><c r="B7"{cell}<c r="C7"><v>1</v></c></row>')
    assert way(xml).marks == ({(7, 2): mark} if mark else {})


@given(
    st.lists(st.lists(st.sampled_from(CELLS), max_size=6), max_size=8),
    st.integers(40, 400),
)
def test_patterns_and_parsing_agree_wherever_the_blocks_end(rows, block):
    cells = [
        "".join(f'<c r="{letter}{number}"{cell}' for letter, (cell, _) in zip("ABCDEF", row, strict=False))
        for number, row in enumerate(rows, 1)
    ]
    xml = sheet("".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, 1)))
    expected = {(r, c): mark for r, row in enumerate(rows, 1) for c, (_, mark) in enumerate(row, 1) if mark}
    pieces = [xml[at : at + block] for at in range(0, len(xml), block)]
    try:
        assert rawscan._scan_patterns(pieces).marks == expected
    except rawscan._Unusual:
        # a piece so short that the root does not fit: parsed exactly, with the same result
        assert scan_sheet(lambda: pieces).marks == expected
    assert exactly(xml).marks == expected


@pytest.mark.parametrize(
    ("row", "column"), [(1, "BA"), (1, "AAA"), (9, "XFD"), (NEAR_ROWS + 1, "A"), (1_048_576, "XFD")]
)
def test_far_cells_stretch_the_extent(row, column):
    found = scan(sheet(f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'))
    assert (found.last_row, found.last_column) == (
        max(NEAR_ROWS, row),
        column_number(column),
    )


def test_near_cells_do_not():
    found = scan(sheet(f'<row r="{NEAR_ROWS}"><c r="AZ{NEAR_ROWS}"><v>1</v></c></row>'))
    assert (found.last_row, found.last_column) == (NEAR_ROWS, NEAR_COLUMNS)


@pytest.mark.parametrize("letters", ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA", "XFD"])
def test_the_last_column_is_known_exactly(letters):
    cells = f'<row r="1"><c r="A1"><v>1</v></c><c r="{letters}1"><v>1</v></c></row>'
    assert scan(sheet(cells)).last_column == column_number(letters) == exactly(sheet(cells)).last_column


@pytest.mark.parametrize("end", ["/>", ' s="12"/>'])
def test_formatted_cells_without_a_value_do_not(end):
    found = scan(sheet(f'<row r="1048576"><c r="XFD1048576"{end}</row>'))
    assert (found.last_row, found.last_column) == (NEAR_ROWS, 0)


def test_a_row_may_lie_about_its_number():
    found = scan(sheet('<row r="1"><c r="XFD1048576"><v>1</v></c></row>'))
    assert (found.last_row, found.last_column) == (1_048_576, 16_384)


@pytest.mark.parametrize(
    "xml",
    [
        sheet('<row r="2"><c t="e"><v>#REF!</v></c></row>'),
        sheet('<row r="2"><c r=\'A2\' t="e"><v>#REF!</v></c></row>'),
        sheet('<row r="2"><c t="e" r="A2"><v>#REF!</v></c></row>'),
        sheet('<!-- <c r="B9" t="e"/> --><row r="2"><c r="A2" t="e"><v><![CDATA[#REF!]]></v></c></row>'),
        sheet('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>').decode().encode("utf-16"),
    ],
    ids=["no reference", "single quotes", "other order", "comment and CDATA", "UTF-16"],
)
def test_unusual_spellings_are_parsed(xml):
    assert scan(xml).marks == {(2, 1): CellError("#REF!")}


def test_formulas_outside_the_cells_are_none_of_ours():
    after = (
        '<extLst><ext><f>A1</f></ext></extLst><conditionalFormatting><cfRule t="e"/></conditionalFormatting>'
    )
    assert scan(sheet('<row r="1"><c r="A1"><v>1</v></c></row>', "<cols><col/></cols>", after)).marks == {}


def test_a_document_type_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet("<row><c><v>&a;</v></c></row>")
    with pytest.raises(DTDForbidden):
        scan(bomb)


@pytest.mark.parametrize(
    "xml",
    [
        sheet('<row r="2"><y:c xmlns:y="u" r="A2" t="e"><v>#REF!</v></y:c></row>'),
        sheet('<row r="2"><c r="a2" t="e"><v>#REF!</v></c></row>'),
        sheet('<row r="2"><c r="$A$2" t="e"><v>#REF!</v></c></row>'),
        sheet('<?x <c r="B9" t="e"><v>1</v></c>?><row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'),
        sheet('<row r="2"><c r="A2"\nt="e"><v>#REF!</v></c></row>'),
        sheet('<row r="2"><c\tr="A2" t="e"><v>#REF!</v></c></row>'),
        b"<?x <x:worksheet ?>" + sheet('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'),
        b"<!-- <x:worksheet > -->" + sheet('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'),
        sheet('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>')
        .replace(b"worksheet", b"x:worksheet")
        .replace(b"xmlns=", b'xmlns:x="%s" xmlns=' % MAIN.encode()),
    ],
)
def test_cells_spelt_otherwise_are_seen_by_both_ways(xml):
    assert scan(xml).marks == exactly(xml).marks == {(2, 1): CellError("#REF!")}


def test_a_cell_in_the_words_of_a_text_is_none():
    words = '&lt;c r="XFD9" t="e"/> t="e" &lt;f>'
    found = scan(sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row>'))
    assert (found.marks, found.last_column) == ({}, 1)


def test_a_sheet_without_cells_has_no_extent():
    for xml in (f'<worksheet xmlns="{MAIN}"/>'.encode(), sheet("")):
        assert scan(xml).last_column == exactly(xml).last_column == 0


def test_a_piece_that_holds_nothing_is_not_the_end():
    xml = sheet('<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3" t="e"><v>#REF!</v></c></row>')
    half = xml.index(b"</row>")
    assert scan_sheet(lambda: [xml[:half], b"", xml[half:]]).marks == {(3, 1): CellError("#REF!")}


def test_nesting_has_an_end():
    with pytest.raises(rawscan.Malformed):
        exactly(sheet("<a>" * 300 + "</a>" * 300))
