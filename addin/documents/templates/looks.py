"""Type, spacing and lines of our documents: every style names its East Asian font (LOOK: letters)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from addin.model.text import Language

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PREFERRED: Final = {
    "zh": {"body": ("Times New Roman", "FangSong"), "head": ("SimHei", "SimHei")},
    "en": {"body": ("Calibri", "FangSong"), "head": ("Calibri", "SimHei")},
}
_FALLBACK: Final = {
    "FangSong": "Noto Serif CJK SC",
    "SimHei": "Noto Sans CJK SC",
    "Calibri": "Carlito",
    "Times New Roman": "Liberation Serif",
}
_BODY_SIZE: Final = {"zh": 12.0, "en": 11.0}


@dataclass(frozen=True)
class _Look:
    """A paragraph style. Spaces are in points; ``size`` is added to that of the body."""

    name: str
    size: float = 0
    head: bool = False
    bold: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    indent: float = 0
    """Of the first line, in letters of the body's size."""
    hanging: float = 0
    line: float = 1.0
    level: bool = False
    """Lines of one height whatever is written in them: figures and words of a row stand on one line then."""
    keep_next: bool = False
    new_page: bool = False
    outline: int | None = None
    grey: bool = False


def _looks(language: Language) -> tuple[_Look, ...]:
    chinese = language == "zh"
    small = -3.5 if chinese else -2.5
    indent, line = (2.0, 1.25) if chinese else (0.0, 1.1)
    return (
        _Look("Body", indent=indent, after=4 if chinese else 7, line=line),
        _Look("Plain", after=2, line=line),
        _Look("Closing", before=6, indent=indent, line=line, keep_next=True),
        _Look("Firm", size=6, head=True, bold=True, align="center" if chinese else "left", after=2),
        _Look("FirmLine", size=-3 if chinese else -2, align="center" if chinese else "left", grey=True),
        _Look("Recipient", line=1.1),
        _Look("Reference", size=-1.5 if chinese else -1, align="right", line=1.1),
        _Look("Kind", size=6 if chinese else 4, head=True, bold=True, align="center" if chinese else "left", before=6,
              after=4, keep_next=True, outline=0),
        _Look("Subject", bold=True, before=2, after=8, line=1.15, keep_next=True),
        _Look("Heading", size=0, head=True, bold=True, before=8, after=3, keep_next=True, outline=1),
        _Look("Item", indent=indent, hanging=0 if chinese else 1.6, after=3, line=line),
        _Look("Annex", size=2, head=True, bold=True, before=0, after=6, keep_next=True, outline=0),
        _Look("AnnexPage", size=2, head=True, bold=True, after=6, keep_next=True, new_page=True, outline=0),
        _Look("CellHead", size=small, head=True, bold=True, align="center", level=True),
        _Look("Cell", size=small, level=True),
        _Look("CellNote", size=small - 1, grey=True, level=True),
        _Look("Figure", size=small, align="right", level=True),
        _Look("FigureNote", size=small - 1, align="right", grey=True, level=True),
        _Look("Centre", size=small, align="center", level=True),
        _Look("Total", size=small, bold=True, level=True),
        _Look("TotalFigure", size=small, bold=True, align="right", level=True),
        # rows of the sums stay on one page
        _Look("Sum", size=small, keep_next=True, level=True),
        _Look("SumFigure", size=small, align="right", keep_next=True, level=True),
        _Look("SumTotal", size=small, bold=True, keep_next=True, level=True),
        _Look("SumTotalFigure", size=small, bold=True, align="right", keep_next=True, level=True),
        _Look("Small", size=-3 if chinese else -2, after=2),
        _Look("Sign", align="right", line=1.3, keep_next=True),
        _Look("PageLine", size=small, grey=True),
        _Look("PageLineRight", size=small, align="right", grey=True),
        _Look("Break", size=-10 if chinese else -9),
    )  # fmt: skip


def styles(language: Language) -> str:
    """``styles.xml``."""
    look = "".join(_style(look, language) for look in _looks(language))
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(language, False)}"
        f"{_size(_BODY_SIZE[language])}{_tongue(language)}</w:rPr></w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        f"</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{_fonts(language, False)}{_size(_BODY_SIZE[language])}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f"{look}{_TABLES}</w:styles>"
    )


def _style(look: _Look, language: Language) -> str:
    size = _BODY_SIZE[language]
    letter = round(size * 20)
    flags = ("<w:keepNext/>" if look.keep_next else "") + ("<w:pageBreakBefore/>" if look.new_page else "")
    dent = ""
    if look.indent:
        dent = f'<w:ind w:firstLine="{round(look.indent * letter)}"/>'
    elif look.hanging:
        left = round(look.hanging * letter)
        dent = f'<w:ind w:left="{left}" w:hanging="{left}"/>'
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    bold = "<w:b/><w:bCs/>" if look.bold else ""
    colour = '<w:color w:val="595959"/>' if look.grey else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{look.name}"><w:name w:val="HK {look.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{flags}<w:widowControl/>'
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}"'
        f' {_line(look, size + look.size)}/>{dent}<w:jc w:val="{look.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_fonts(language, look.head)}{bold}{colour}{_size(size + look.size)}</w:rPr></w:style>"
    )


def _line(look: _Look, size: float) -> str:
    if look.level:
        return f'w:line="{round(size * 1.4 * 20)}" w:lineRule="exact"'
    return f'w:line="{round(look.line * 240)}" w:lineRule="auto"'


def _fonts(language: Language, head: bool) -> str:
    latin, asian = _PREFERRED[language]["head" if head else "body"]
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{asian}" w:cs="{latin}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _tongue(language: Language) -> str:
    return f'<w:lang w:val="{"en-GB" if language == "en" else "en-US"}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'


def _borders(colour: str, sides: str, size: int = 4) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>' for side in sides.split()
    )
    return f"<w:tblBorders>{lines}</w:tblBorders>"


_CELLS: Final = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="{0}" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
)
_TABLES: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"{_CELLS.format(0)}</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="TableItems"><w:name w:val="HK Table Items"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_borders("A6A6A6", "top bottom insideH")}{_CELLS.format(50)}'
    "</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="TableBox"><w:name w:val="HK Table Box"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_borders("A6A6A6", "top left bottom right insideH insideV")}'
    f"{_CELLS.format(80)}</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="TableLined"><w:name w:val="HK Table Lined"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_borders("7F7F7F", "bottom", 6)}{_CELLS.format(0)}'
    "</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="TablePlain"><w:name w:val="HK Table Plain"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_CELLS.format(0)}</w:tblPr></w:style>'
)


def settings(language: Language) -> str:
    """``settings.xml``: no compatibility mode, page numbers as they stand."""
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting'
        ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{"zh-CN" if language == "zh" else "en-GB"}" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table() -> str:
    """``fontTable.xml``: what to take where a font is missing."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _FALLBACK.items()
    )
    return f"<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def theme(language: Language) -> str:
    """``theme1.xml``: greys and our fonts, for what staff add in Word."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in zip(
            "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split(),
            "000000 FFFFFF 404040 F2F2F2 1F3864 404040 595959 7F7F7F A6A6A6 BFBFBF 1F3864 595959".split(),
            strict=True,
        )
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{latin}"/><a:ea typeface="{asian}"/><a:cs typeface=""/></a:{kind}Font>'
        for kind, (latin, asian) in zip(
            ("major", "minor"), (_PREFERRED[language]["head"], _PREFERRED[language]["body"]), strict=True
        )
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Huikuan"><a:themeElements>'
        f'<a:clrScheme name="Huikuan">{colours}</a:clrScheme><a:fontScheme name="Huikuan">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Huikuan"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}'
        f"</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}"
        "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
