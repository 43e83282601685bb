"""Macros and a ribbon for a workbook that has none: two parts more, and the workbook says that it has macros.

Sources: ECMA-376 part 4 (annex on macros in [MS-OFFMACRO2] 2.2) and [MS-CUSTOMUI] 2.1.
"""

from __future__ import annotations

from typing import Final

from addin.files.package.container import part_key
from addin.files.package.markup import attribute, escape, splice, tags
from addin.files.package.problem import damaged
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.names import new_attribute
from addin.files.package.workbook import CONTENT_TYPES, rels_part

VBA_TYPE: Final = "application/vnd.ms-office.vbaProject"
VBA_RELATION: Final = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
RIBBON_RELATION: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
VBA_PART, RIBBON_PART = "xl/vbaProject.bin", "customUI/customUI14.xml"
_PLAIN: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACROS: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def code_names(draft: Draft) -> tuple[str, list[str]]:
    """The names by which macros know the workbook and its sheets, in order.

    PackageError where one has none: it could not be given a module.
    """
    workbook = draft.package.workbook_part
    sheets = [_code_name(draft, sheet.part, b"sheetPr") for sheet in draft.package.sheets]
    return _code_name(draft, workbook, b"workbookPr"), sheets


def _code_name(draft: Draft, part: str, element: bytes) -> str:
    for tag in tags(draft.read(part)):
        if tag.local == element and (name := attribute(tag, "codeName")):
            return name
    raise damaged(f"part {part} has no code name")


def attach(draft: Draft, vba: bytes, ribbon: bytes) -> None:
    """Adds a project of macros and a ribbon; PackageError where the workbook has macros already."""
    workbook = draft.package.workbook_part
    draft.add(VBA_PART, vba, VBA_TYPE)
    draft.add(RIBBON_PART, ribbon)
    _relate(draft, rels_part(workbook), VBA_RELATION, VBA_PART)
    _relate(draft, rels_part(""), RIBBON_RELATION, RIBBON_PART)
    types = draft.read(CONTENT_TYPES)
    for tag in tags(types):
        if tag.local == b"Override" and part_key(attribute(tag, "PartName") or "") == part_key(workbook):
            if attribute(tag, "ContentType") != _PLAIN:
                raise damaged("not a plain workbook")
            draft.put(CONTENT_TYPES, splice(types, list(new_attribute(tag, "ContentType", _WITH_MACROS))))
            return
    raise damaged("a workbook without content type")


def _relate(draft: Draft, rels: str, kind: str, part: str) -> None:
    data = draft.read(rels)
    found = list(tags(data))
    taken = {attribute(tag, "Id") for tag in found}
    number = next(number for number in range(1, len(found) + 2) if f"rId{number}" not in taken)
    end = next(tag for tag in found if tag.local == b"Relationships" and tag.closing)
    entry = b'<%bRelationship Id="rId%d" Type="%b" Target="/%b"/>'
    new = entry % (end.prefix, number, escape(kind), escape(part))
    draft.put(rels, splice(data, [(end.start, end.start, new)]))
