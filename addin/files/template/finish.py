"""What openpyxl leaves to do in the package: the order inside fonts, our table style, alternative texts,
and fixed times, so that the same sources give the same parts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from addin.files.template.charts import ALT_TEXTS
from addin.files.template.places import FIRST_ROW
from addin.files.template.sheets import TABLE_STYLE
from addin.files.template.styles import STRIPE
from addin.model.text import Language, Text

_FONT_ORDER: Final = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_MADE: Final = "2026-01-01T00:00:00Z"
_TITLE: Final = Text("回款台账", "Receivables ledger")

_APP: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Huikuan</Application></Properties>"
)
_CORE: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
    "<dc:creator>Huikuan</dc:creator><dc:language>{language}</dc:language>"
    f'<dcterms:created xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:created>'
    f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:modified></cp:coreProperties>'
)
_BUILT_IN: Final = {"Note": 10, "Input": 20, "Total": 25, "Good": 26, "Bad": 27}
"""Styles of ours that bear the name of one of Excel's own: marked as that one, changed."""
_STRIPE_FORMAT: Final = (
    f'<dxf><fill><patternFill patternType="solid"><fgColor rgb="FF{STRIPE}"/><bgColor rgb="FF{STRIPE}"/>'
    "</patternFill></fill></dxf>"
)


def finish(package: bytes, language: Language) -> bytes:
    """The package as openpyxl saved it, mended; members keep their order, times are fixed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            part = _mend(name, source.read(name).decode("utf-8"), language)
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(member, part.encode("utf-8"))
    return made.getvalue()


def _mend(name: str, part: str, language: Language) -> str:
    mends: Mapping[str, Callable[[], str]] = {
        "docProps/app.xml": lambda: _APP,
        "docProps/core.xml": lambda: _CORE.format(title=escape(_TITLE.in_(language)), language=language),
        "xl/styles.xml": lambda: _styles(part),
        "xl/drawings/drawing1.xml": lambda: _alt_texts(part, language),
    }
    return mends[name]() if name in mends else _row_heights(part) if "<tableParts" in part else part


def _row_heights(part: str) -> str:
    """Data rows of a table are as high as their text needs, not sized by hand: they may grow with it."""
    return re.sub(
        r'<row r="(\d+)"[^>]*>',
        lambda row: row[0].replace(' customHeight="1"', "") if int(row[1]) >= FIRST_ROW else row[0],
        part,
    )


def _styles(part: str) -> str:
    """Fonts in the schema's order, and the table style whose stripe is the last differential format."""
    part = re.sub(r"<font>(.*?)</font>", _font, part, flags=re.DOTALL)
    for name, number in _BUILT_IN.items():
        part, found = re.subn(
            rf'<cellStyle name="{name}" (?=[^>]*/>)', rf'\g<0>builtinId="{number}" customBuiltin="1" ', part
        )
        assert found == 1, f"openpyxl writes the style {name} differently now"
    count = len(re.findall(r"<dxf>", part))
    part = re.sub(r'<dxfs count="\d+">', f'<dxfs count="{count + 1}">', part)
    part = part.replace("</dxfs>", f"{_STRIPE_FORMAT}</dxfs>")
    style = (
        f'<tableStyles count="1" defaultTableStyle="{TABLE_STYLE}" defaultPivotStyle="PivotStyleLight16">'
        f'<tableStyle name="{TABLE_STYLE}" pivot="0" count="1">'
        f'<tableStyleElement type="secondRowStripe" dxfId="{count}"/></tableStyle></tableStyles>'
    )
    mended, replaced = re.subn(r"<tableStyles\b[^>]*/>", style, part)
    assert replaced == 1, "openpyxl writes its table styles differently now"
    return mended


def _font(match: re.Match[str]) -> str:
    """The children of a font, each an empty element, in the schema's order."""
    children = re.findall(r"<(\w+)\b[^>]*/>", match[1])
    elements = dict(zip(children, re.findall(r"<\w+\b[^>]*/>", match[1]), strict=True))
    return "<font>" + "".join(elements[name] for name in _FONT_ORDER if name in elements) + "</font>"


def _alt_texts(part: str, language: Language) -> str:
    for number, words in enumerate(ALT_TEXTS, start=1):
        described = f'name="Chart {number}" descr={quoteattr(words.in_(language))}'
        assert f'name="Chart {number}"' in part, "openpyxl names its charts differently now"
        part = part.replace(f'name="Chart {number}"', described)
    return part
