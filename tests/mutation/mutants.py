"""Where in a module faults can be made, and the code of the module with one of them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from tests.mutation.operators import name_of, replacements

MESSAGES = {"Text", "_plain"}
"""What is called with words for people: no fault is made in there."""

TYPES = {"annotation", "returns", "decorator_list", "bases", "type_params", "format_spec", "ctx"}
"""Fields that compute nothing; decorators are dataclasses and caches, which behave the same without."""

SAFETY = {"strict", "dtype", "kind", "copy"}
"""Keyword arguments that guard or speed up, and change no result."""

NAMES = {"__all__", "__slots__"}

CACHES = {"cache", "lru_cache"}


@dataclass(frozen=True)
class Mutant:
    """Fault number ``number`` of a module. ``name`` says function and change, whatever line they stand on.

    ``lines`` are the first and last line of the changed expression; the ones of its statement are ``around``.
    ``wide``: the change is outside of functions or in one that remembers its answers, so that it may show in tests
    that do not run through its lines.
    """

    module: str
    number: int
    name: str
    lines: tuple[int, int]
    around: tuple[int, int]
    wide: bool


@dataclass
class _Place:
    """A field of a node (or a place in its list) that holds another node."""

    parent: ast.AST
    field: str
    index: int | None
    statement: ast.stmt
    scope: tuple[str, ...]
    traced: bool
    """Whether whatever computes it again runs through it again."""

    @property
    def node(self) -> ast.AST:
        held = getattr(self.parent, self.field)
        found: ast.AST = held if self.index is None else held[self.index]
        return found

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


@dataclass
class _Change:
    place: _Place
    old: ast.AST
    new: ast.AST


def mutants(module: str, source: str) -> list[Mutant]:
    """Every fault of a module, in the order of its text."""
    found: list[Mutant] = []
    seen: Counter[str] = Counter()
    for number, change in enumerate(_changes(ast.parse(source))):
        name = f"{'.'.join(change.place.scope) or 'module'}: {_shown(change)}"
        seen[name] += 1
        if seen[name] > 1:
            name += f" #{seen[name]}"
        around = _lines(change.place.statement)
        lines = _lines(change.old) if isinstance(change.old, ast.stmt | ast.expr) else around
        found.append(Mutant(module, number, name, lines, around, not change.place.traced))
    return found


def mutated(source: str, path: str, number: int) -> CodeType:
    """The code of the module with its fault of that number, and with the line numbers of the original."""
    tree = ast.parse(source, path)
    for place, change in enumerate(_changes(tree)):
        if place == number:
            change.place.put(change.new)
            return compile(ast.fix_missing_locations(tree), path, "exec")
    raise IndexError(f"{path} has no mutant {number}")


def _changes(tree: ast.Module) -> Iterator[_Change]:
    for place in _places(tree, None, (), False):
        old = place.node
        for new in replacements(old):
            yield _Change(place, old, ast.copy_location(new, old) if hasattr(old, "lineno") else new)


def _places(
    parent: ast.AST, statement: ast.stmt | None, scope: tuple[str, ...], traced: bool
) -> Iterator[_Place]:
    """All places below a node that compute something, from the first to the last."""
    for field, index, child in _children(parent):
        around = child if isinstance(child, ast.stmt) else statement
        if around is None or _skipped(child):
            continue
        inside = traced
        if isinstance(parent, ast.FunctionDef | ast.Lambda):
            inside = (traced or field == "body") and not _remembers(parent)  # defaults are computed at import
        yield _Place(parent, field, index, around, scope, inside)
        inner = (*scope, child.name) if isinstance(child, ast.FunctionDef | ast.ClassDef) else scope
        if not isinstance(child, ast.Raise):  # what is raised are words
            yield from _places(child, around, inner, inside)


def _remembers(function: ast.FunctionDef | ast.Lambda) -> bool:
    """Whether it keeps its answers from one test to the next."""
    decorators = [] if isinstance(function, ast.Lambda) else function.decorator_list
    called = (each.func if isinstance(each, ast.Call) else each for each in decorators)
    return any(name_of(each) in CACHES for each in called)


def _children(parent: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for field, held in ast.iter_fields(parent):
        if field in TYPES:
            continue
        if isinstance(held, ast.AST):
            yield field, None, held
        elif isinstance(held, list):
            yield from ((field, at, each) for at, each in enumerate(held) if isinstance(each, ast.AST))


def _skipped(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert():
            return True
        case ast.Expr(ast.Constant()):
            return True
        case ast.Call(function) if name_of(function) in MESSAGES:
            return True
        case ast.keyword(name) if name in SAFETY:
            return True
        case ast.Assign([ast.Name(name)]) if name in NAMES:
            return True
        case ast.AnnAssign(annotation=ast.Name("TypeAlias")):
            return True
        case ast.If(ast.Name("TYPE_CHECKING")):
            return True
    return False


def _lines(node: ast.stmt | ast.expr) -> tuple[int, int]:
    """The first and last line of a node without its block."""
    body = getattr(node, "body", None)
    if isinstance(body, list) and body:
        return node.lineno, max(node.lineno, body[0].lineno - 1)
    return node.lineno, node.end_lineno or node.lineno


# --- names -------------------------------------------------------------------------------------------------

CONTEXT, MOST = 36, 80
"""So many characters of the statement are shown on either side of a change, and at most of a change itself."""

BLOCKS = ("body", "orelse", "handlers", "finalbody")


def _shown(change: _Change) -> str:
    """The statement with the change in it: ``if item.open ‹> → >=› 0:``."""
    before = _tokens(change.place.statement)
    change.place.put(change.new)
    changed = change.new if change.old is change.place.statement else change.place.statement
    after = _tokens(changed)
    change.place.put(change.old)
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    head, tail = "".join(before[:start]), "".join(before[len(before) - end :])
    old, new = (_short("".join(tokens[start : len(tokens) - end])) for tokens in (before, after))
    head = head if len(head) <= CONTEXT else "…" + head[-CONTEXT:]
    return f"{head}‹{old} → {new}›{_short(tail, CONTEXT)}"


def _tokens(statement: ast.AST) -> list[str]:
    """A statement on one line, without its block."""
    blocks: dict[str, Any] = {name: [] for name in BLOCKS if hasattr(statement, name)}
    values = {name: getattr(statement, name) for name in statement._fields if hasattr(statement, name)}
    if blocks:
        statement = type(statement)(**{**values, **blocks})
    text = " ".join(ast.unparse(ast.fix_missing_locations(statement)).split())
    return re.findall(r"\w+|\s+|[<>=!]+|[-+*/%&|]+=?|[^\w\s]", text)


def _alike(these: list[str], those: list[str]) -> int:
    """How many tokens are the same from the beginning."""
    return next(
        (at for at, (one, other) in enumerate(zip(these, those, strict=False)) if one != other),
        min(len(these), len(those)),
    )


def _short(text: str, most: int = MOST) -> str:
    return text if len(text) <= most else text[:most] + "…"


# --- modules -----------------------------------------------------------------------------------------------


def imported_by(modules: Mapping[str, Path]) -> dict[str, list[str]]:
    """For each module those that import it, or a name from it."""
    found: dict[str, list[str]] = {name: [] for name in modules}
    for importer, path in modules.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                base = node.module or ""
                for name in {base, *(f"{base}.{alias.name}" for alias in node.names)} & found.keys():
                    found[name].append(importer)
    return found
