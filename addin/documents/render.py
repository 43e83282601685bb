"""Fills Word templates: a template and a context in, the bytes of a document out.

Templates are Word files that people edit: text with ``{{ field }}``, ``{%p if … %}`` on a paragraph of its own,
``{%tr for … %}`` on a table row of its own (docxtpl's notation). They run in a sandbox without globals; what a
context holds is data and never looked at as a template. A field that the context does not know is refused by
name, also where it stands in a branch that is not taken.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from jinja2 import StrictUndefined, TemplateError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from addin.documents.fields import unknown_fields
from addin.model.finding import LedgerError
from addin.model.text import Text

if TYPE_CHECKING:
    from jinja2 import Template

MOST_MEMBERS: Final = 500
MOST_BYTES: Final = 64 << 20
"""Unpacked; a template with a logo has far less."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every member, so that the same facts give the same bytes."""
_FILLED: Final = ("word/document", "word/header", "word/footer", "word/footnotes", "docProps/core")
_REFUSED: Final = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What an expression in a template may raise."""

Context = Mapping[str, Any]


@dataclass(frozen=True)
class _Prepared:
    """A template read and compiled once: members that stay, and those to be filled."""

    name: str
    kept: Mapping[str, bytes]
    filled: Mapping[str, Template]
    parsed: tuple[nodes.Template, ...]
    order: tuple[str, ...]


def render(template: Path, context: Context, shape: Context | None = None) -> bytes:
    """The document that ``template`` and ``context`` give: the same bytes every time.

    ``shape`` is a context in which every list has a row, to check fields against; without it the context itself
    is, and fields of the rows of an empty list stay unchecked. LedgerError ``template.…``: the file is missing,
    no Word template, damaged, wrongly written, or has an unknown field; nothing was made then.
    """
    prepared = _prepare(template)
    check_fields(template, context if shape is None else shape)
    parts = {name: _fill(prepared, name, context) for name in prepared.filled}
    return _packed((name, parts[name] if name in parts else prepared.kept[name]) for name in prepared.order)


def check_fields(template: Path, shape: Context) -> None:
    """LedgerError ``template.field`` with the names of all fields that ``shape`` does not have."""
    prepared = _prepare(template)
    names = sorted({name for parsed in prepared.parsed for name in unknown_fields(parsed, shape)})
    if names:
        raise _unknown(prepared.name, ", ".join(names))


def _prepare(template: Path) -> _Prepared:
    try:
        state = template.stat()
    except OSError as problem:
        raise _unreadable(template.name, problem) from problem
    return _prepare_once(template.absolute(), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=32)
def _prepare_once(template: Path, _changed: int, _size: int) -> _Prepared:
    from docxtpl import DocxTemplate  # late: only who makes documents pays for it

    parts = dict(_members(template))
    if "word/document.xml" not in parts:
        raise _unreadable(template.name, "word/document.xml")
    patch = DocxTemplate(str(template)).patch_xml
    sources = {}
    for name, part in parts.items():
        if name.startswith(_FILLED) and name.endswith(".xml"):
            _well_formed(template.name, part)
            source = patch(_words(template.name, part))
            if "{{" in source or "{%" in source or "{#" in source:
                sources[name] = source
    pairs = {name: _parsed(template.name, source) for name, source in sources.items()}
    parsed, filled = (
        tuple(tree for tree, _ in pairs.values()),
        {name: code for name, (_, code) in pairs.items()},
    )
    kept = {name: part for name, part in parts.items() if name not in filled}
    return _Prepared(template.name, kept, filled, parsed, tuple(parts))


def _words(name: str, part: bytes) -> str:
    try:
        return part.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _wrong(name, str(problem)) from problem


def _members(template: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(template) as package:
            entries = package.infolist()
            if len(entries) > MOST_MEMBERS or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise _unreadable(template.name, f"> {MOST_BYTES >> 20} MB")
            for entry in entries:
                if not entry.is_dir():
                    yield entry.filename, package.read(entry)
    except (
        OSError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as problem:
        raise _unreadable(template.name, problem) from problem


@lru_cache(maxsize=1)
def _sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    sandbox.globals.clear()
    return sandbox


def _parsed(name: str, source: str) -> tuple[nodes.Template, Template]:
    """A part's syntax as it is written, and ready to be filled: compiling folds constants, fields among them."""
    sandbox = _sandbox()
    try:
        tree, code = sandbox.parse(source), sandbox.compile(source)
    except _REFUSED as problem:
        raise _wrong(name, getattr(problem, "message", None) or str(problem)) from problem
    return tree, sandbox.template_class.from_code(sandbox, code, sandbox.make_globals(None))


def _fill(prepared: _Prepared, part: str, context: Context) -> bytes:
    try:
        filled = prepared.filled[part].render(context).encode()
    except SecurityError as problem:
        raise _wrong(prepared.name, str(problem)) from problem
    except UndefinedError as problem:
        raise _unknown(prepared.name, str(problem)) from problem
    except _REFUSED as problem:
        raise _wrong(prepared.name, str(problem)) from problem
    _well_formed(prepared.name, filled)
    return filled


def _well_formed(name: str, part: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as problem:
        raise _wrong(name, str(problem)) from problem


def _no_doctype(*_declared: object) -> None:
    raise ValueError("DOCTYPE")


def _packed(parts: Iterator[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in parts:
            package.writestr(member(name), part, zipfile.ZIP_DEFLATED, 6)
    return target.getvalue()


def member(name: str) -> zipfile.ZipInfo:
    """A member's entry that is the same on every machine and at every time."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _unreadable(name: str, problem: object) -> LedgerError:
    words = Text(
        f"模板 {name} 读不出来（{problem}）：请用 Word 另存为 .docx，或删去它而用自带的模板",
        f"the template {name} cannot be read ({problem}): save it from Word as .docx, or remove it to use ours",
    )
    return LedgerError("template.unreadable", words)


def _wrong(name: str, problem: str) -> LedgerError:
    words = Text(
        f"模板 {name} 写法有误：{problem}。请在 Word 中改正大括号里的文字，或删去它而用自带的模板",
        f"the template {name} is wrongly written: {problem}. Mend what stands in braces, or remove it to use ours",
    )
    return LedgerError("template.wrong", words)


def _unknown(name: str, fields: str) -> LedgerError:
    words = Text(
        f"模板 {name} 中有未知字段：{fields}。请改正字段名",
        f"the template {name} has unknown fields: {fields}. Correct the names",
    )
    return LedgerError("template.field", words)
