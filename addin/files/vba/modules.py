"""A module of a project: its name, its kind, and its source with the attributes that Excel expects there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

_NAME: Final = re.compile(r'^Attribute VB_Name = "(\w{1,31})"\r$', re.MULTILINE)
_CLASS_HEAD: Final = re.compile(r"\AVERSION [^\r]*\r\nBEGIN\r\n(?:.*\r\n)*?END\r\n")
_CLASS_BASE: Final = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_BASES: Final = {
    "workbook": "0{00020819-0000-0000-C000-000000000046}",
    "sheet": "0{00020820-0000-0000-C000-000000000046}",
}
"""The classes of a workbook and of a sheet in Excel's type library."""


@dataclass(frozen=True)
class Module:
    """One module; the source is ASCII with CRLF line ends and begins with its ``Attribute`` lines."""

    name: str
    kind: Literal["standard", "class", "document"]
    source: str

    def __post_init__(self) -> None:
        if not self.source.isascii():
            raise ValueError(f"{self.name}: characters beyond ASCII depend on the reader's code page")
        if re.search(r"(?<!\r)\n|\r(?!\n)", self.source):
            raise ValueError(f"{self.name}: a line does not end in CRLF")


def standard_module(text: str) -> Module:
    """A module from the text of a .bas file. ValueError where it names itself nowhere."""
    return Module(_name(text), "standard", text)


def class_module(text: str) -> Module:
    """A class from the text of a .cls file: inside a project it has a base in place of the file's first block."""
    name = _name(text)
    source = _CLASS_HEAD.sub("", text)
    line = f'Attribute VB_Name = "{name}"\r\n'
    customizable = "Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n"
    source = source.replace(line, f'{line}Attribute VB_Base = "{_CLASS_BASE}"\r\n', 1)
    exposed = re.compile(r"^Attribute VB_Exposed = \w+\r\n", re.MULTILINE)
    return Module(name, "class", exposed.sub(lambda found: found[0] + customizable, source, count=1))


def document_module(name: str, kind: Literal["workbook", "sheet"], code: str = "") -> Module:
    """The module of a workbook or sheet, named as the part's ``codeName``; ``code`` stands below its attributes."""
    attributes = (
        f'VB_Name = "{name}"',
        f'VB_Base = "{_BASES[kind]}"',
        "VB_GlobalNameSpace = False",
        "VB_Creatable = False",
        "VB_PredeclaredId = True",
        "VB_Exposed = True",
        "VB_TemplateDerived = False",
        "VB_Customizable = True",
    )
    return Module(name, "document", "".join(f"Attribute {line}\r\n" for line in attributes) + code)


def _name(text: str) -> str:
    found = _NAME.search(text)
    if found is None:
        raise ValueError("a module without a line Attribute VB_Name, or without CRLF line ends")
    return found[1]
