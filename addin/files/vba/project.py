"""A project put together: its streams by [MS-OVBA] 2.2 and 2.3, in their compound file."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from addin.files.vba.compound import compound_file
from addin.files.vba.compression import compress
from addin.files.vba.modules import Module
from addin.files.vba.obfuscation import obfuscated

_CODE_PAGE: Final = 1252
_ENGLISH: Final = 0x0409
_VERSION: Final = struct.pack("<LH", 0x5F2B0C4E, 7)
"""Major and minor version of the project; a change of theirs means nothing where no compiled code is kept."""
_SOURCE_ONLY: Final = bytes.fromhex("cc61ffff000000")
"""`_VBA_PROJECT` of a version that nobody has: whoever loads the project compiles it from its sources."""
_NAMESPACE: Final = uuid.UUID("6f0e1cf1-5a43-4f5a-9d3c-0a6d1d6a2c11")
_HOST_EXTENDER: Final = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
_PROTECTION, _PASSWORD, _VISIBLE = bytes(4), bytes(1), b"\xff"
_KEYWORDS: Final = {"standard": "Module", "class": "Class"}


@dataclass(frozen=True)
class Reference:
    """A type library that the project uses, beside VBA and Excel, which Excel adds itself."""

    name: str
    library: str


def vba_project(name: str, modules: Sequence[Module], references: Sequence[Reference] = ()) -> bytes:
    """The bytes of `vbaProject.bin`.

    ValueError where two names agree without regard to case, the project's included: VBA could not tell them apart.
    """
    folded = [each.casefold() for each in (name, *(module.name for module in modules))]
    if len(set(folded)) < len(folded):
        raise ValueError("a project and its modules all need different names")
    streams = {f"VBA/{module.name}": compress(module.source.encode("ascii")) for module in modules}
    directory = b"".join(_directory(name, modules, references))
    return compound_file(
        streams
        | {
            "VBA/_VBA_PROJECT": _SOURCE_ONLY,
            "VBA/dir": compress(directory),
            "PROJECT": _project(name, modules).encode("ascii"),
            "PROJECTwm": b"".join(map(_both_spellings, modules)) + bytes(2),
        }
    )


# --- VBA/dir: the directory of modules, records of a number, a length and data -----------------------------------


def _directory(name: str, modules: Sequence[Module], references: Sequence[Reference]) -> Iterator[bytes]:
    yield _record(0x01, _long(1))  # Windows, 32 bits: what every Excel writes
    yield _record(0x02, _long(_ENGLISH))
    yield _record(0x14, _long(_ENGLISH))
    yield _record(0x03, _short(_CODE_PAGE))
    yield _record(0x04, name.encode("ascii"))
    yield _twice(0x05, 0x40, "")  # description
    yield _record(0x06, b"") + _record(0x3D, b"")  # help file
    yield _record(0x07, _long(0))  # help context
    yield _record(0x08, _long(0))  # flags
    yield struct.pack("<HL", 0x09, 4) + _VERSION  # the length leaves out the minor version
    yield _twice(0x0C, 0x3C, "")  # constants
    for reference in references:
        yield _twice(0x16, 0x3E, reference.name)
        library = reference.library.encode("ascii")
        yield _record(0x0D, _long(len(library)) + library + bytes(6))
    yield _record(0x0F, _short(len(modules)))
    yield _record(0x13, _short(0xFFFF))
    for module in modules:
        yield from _module(module)
    yield _record(0x10, b"")


def _module(module: Module) -> Iterator[bytes]:
    yield _twice(0x19, 0x47, module.name)
    yield _twice(0x1A, 0x32, module.name)  # its stream
    yield _twice(0x1C, 0x48, "")  # description
    yield _record(0x31, _long(0))  # where the source begins in the stream
    yield _record(0x1E, _long(0))  # help context
    yield _record(0x2C, _short(0xFFFF))
    yield _record(0x21 if module.kind == "standard" else 0x22, b"")
    yield _record(0x2B, b"")


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HL", number, len(data)) + data


def _twice(plain: int, wide: int, text: str) -> bytes:
    """A text in the code page, then in UTF-16."""
    return _record(plain, text.encode("ascii")) + _record(wide, text.encode("utf-16-le"))


def _long(value: int) -> bytes:
    return struct.pack("<L", value)


def _short(value: int) -> bytes:
    return struct.pack("<H", value)


# --- PROJECT and PROJECTwm: the modules as the editor lists them --------------------------------------------------


def _project(name: str, modules: Sequence[Module]) -> str:
    """The project's properties; its id follows from its name, so that every build is the same."""
    number = f"{{{uuid.uuid5(_NAMESPACE, name)}}}".upper()
    lines = [
        f'ID="{number}"',
        *map(_listed, modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{obfuscated(_PROTECTION, number)}"',
        f'DPB="{obfuscated(_PASSWORD, number)}"',
        f'GC="{obfuscated(_VISIBLE, number)}"',
        "",
        "[Host Extender Info]",
        _HOST_EXTENDER,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _listed(module: Module) -> str:
    if module.kind == "document":
        return f"Document={module.name}/&H00000000"
    return f"{_KEYWORDS[module.kind]}={module.name}"


def _both_spellings(module: Module) -> bytes:
    return module.name.encode("ascii") + b"\0" + module.name.encode("utf-16-le") + bytes(2)
