"""The faults: what each expression or statement may be replaced by.

Every fault is one that a programmer could make and that changes what is computed: a boundary, a sign, a constant, a
condition, a missing step, the wrong end of a sorted run. Words are never touched.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_PAIRS = (
    ("min", "max"),
    ("minimum", "maximum"),
    ("idxmin", "idxmax"),
    ("argmin", "argmax"),
    ("any", "all"),
    ("floor", "ceil"),
    ("first", "last"),
    ("head", "tail"),
    ("isna", "notna"),
    ("startswith", "endswith"),
    ("bisect_left", "bisect_right"),
)
NAMES = dict([*_PAIRS, *((right, left) for left, right in _PAIRS), ("ROUND_HALF_UP", "ROUND_HALF_EVEN")])
"""Functions, methods and constants that are easily taken for each other."""

DROPPED = {"cumsum", "abs", "sorted", "reversed"}
"""Functions of one value that may be forgotten."""

WORDS = {"left": "right", "right": "left", "first": "last", "last": "first"}
WORD_KEYWORDS = {"side", "keep", "na_position"}
"""Keywords of numpy and pandas whose word says at which end."""

NUMBER_TEXTS = {"Decimal", "Fraction"}


def name_of(function: ast.expr) -> str:
    """The last part of what is called: ``cumsum`` of ``np.cumsum`` or ``frame.cumsum``."""
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """Each fault that can be made of just this node; its children have their own."""
    for kind, make in _MAKERS:
        if isinstance(node, kind):
            yield from make(node)


def _with(node: Node, **fields: object) -> Node:
    """The same node with other fields."""
    values = {name: getattr(node, name) for name in node._fields if hasattr(node, name)}
    return type(node)(**{**values, **fields})


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for place, operator in enumerate(node.ops):
        yield _with(node, ops=[*node.ops[:place], COMPARISONS[type(operator)](), *node.ops[place + 1 :]])


def _arithmetic(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    texts = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)
    if any(isinstance(side, texts) or _is_text(side) for side in sides):
        return  # joining is no arithmetic
    if other := ARITHMETIC.get(type(node.op)):
        yield _with(node, op=other())


def _is_text(node: ast.expr) -> bool:
    return _text_of(node) is not None


def _text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)


def _call(node: ast.Call) -> Iterator[ast.AST]:
    name = name_of(node.func)
    if name in NAMES:
        yield _with(node, func=_renamed(node.func))
    if name in DROPPED:
        if len(node.args) == 1:
            yield ast.Call(ast.Name("list", ast.Load()), node.args, []) if name[-2:] == "ed" else node.args[0]
        elif not node.args and isinstance(node.func, ast.Attribute):
            yield node.func.value
    if name in NUMBER_TEXTS and node.args and (text := _text_of(node.args[0])):
        yield _with(node, args=[ast.Constant(f"{text}1"), *node.args[1:]])


def _renamed(function: ast.expr) -> ast.expr:
    other = NAMES[name_of(function)]
    return _with(function, **{"id" if isinstance(function, ast.Name) else "attr": other})


def _rounding(node: ast.Name | ast.Attribute) -> Iterator[ast.AST]:
    if name_of(node) == "ROUND_HALF_UP":
        yield _renamed(node)


def _keyword(node: ast.keyword) -> Iterator[ast.AST]:
    if node.arg in WORD_KEYWORDS and (other := WORDS.get(_text_of(node.value) or "")):
        yield _with(node, value=ast.Constant(other))


def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    if node.lower:
        yield _with(node, lower=None)
    if node.upper:
        yield _with(node, upper=None)


def _condition(node: ast.If | ast.While | ast.IfExp) -> Iterator[ast.AST]:
    if not _is_negatable(node.test):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _filters(node: ast.comprehension) -> Iterator[ast.AST]:
    for place, test in enumerate(node.ifs):
        if not _is_negatable(test):
            others = [*node.ifs[:place], ast.UnaryOp(ast.Not(), test), *node.ifs[place + 1 :]]
            yield _with(node, ifs=others)


def _is_negatable(test: ast.expr) -> bool:
    """Whether a fault of the condition itself negates it already."""
    if isinstance(test, ast.Compare):
        return True
    return isinstance(test, ast.BoolOp) or (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not))


def _return(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None))


def _statement(node: ast.stmt) -> Iterator[ast.AST]:
    yield ast.Pass()


def _expression(node: ast.Expr) -> Iterator[ast.AST]:
    if not isinstance(node.value, ast.Constant):
        yield ast.Pass()


def _stored(node: ast.Assign) -> Iterator[ast.AST]:
    """A forgotten local variable would only be a NameError; a forgotten field or cell is a fault."""
    if all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets):
        yield ast.Pass()


def _jump(node: ast.Break | ast.Continue) -> Iterator[ast.AST]:
    yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


_MAKERS: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[ast.AST]]], ...] = (
    (ast.Compare, _compare),
    ((ast.BinOp, ast.AugAssign), _arithmetic),
    (ast.BoolOp, _boolean),
    (ast.UnaryOp, _unary),
    (ast.Constant, _constant),
    (ast.Call, _call),
    ((ast.Name, ast.Attribute), _rounding),
    (ast.keyword, _keyword),
    (ast.Slice, _slice),
    ((ast.If, ast.While, ast.IfExp), _condition),
    (ast.comprehension, _filters),
    (ast.Return, _return),
    ((ast.Raise, ast.Delete), _statement),
    (ast.Expr, _expression),
    (ast.Assign, _stored),
    ((ast.Break, ast.Continue), _jump),
)
