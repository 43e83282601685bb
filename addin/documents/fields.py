"""Which fields of a template its context does not have, found without running it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from jinja2 import nodes

_ANY: Final = object()
"""What cannot be told without running: anything may be asked of it."""
_LOOP: Final = dict.fromkeys(
    "index index0 revindex revindex0 first last length previtem nextitem depth depth0 cycle changed".split(),
    _ANY,
)


def unknown_fields(template: nodes.Template, shape: Mapping[str, Any]) -> set[str]:
    """Names such as ``firm.fax`` or ``claim.colour`` that stand in a parsed template and not in ``shape``.

    Rows of a list are looked at by its first row; of an empty list everything may be asked.
    """
    return set(_block(template.body, dict(shape)))


def _block(body: Sequence[nodes.Node], known: dict[str, Any]) -> Iterator[str]:
    for node in body:
        yield from _node(node, known)


def _node(node: nodes.Node, known: dict[str, Any]) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _loop(node, known)
    elif isinstance(node, nodes.Assign):
        yield from _node(node.node, known)
        known.update(dict.fromkeys(_targets(node.target), _ANY))
    elif isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name):
        yield from _missing(node, known)
    else:
        yield from _block(list(node.iter_child_nodes()), known)


def _loop(node: nodes.For, known: dict[str, Any]) -> Iterator[str]:
    yield from _node(node.iter, known)
    rows = _value(node.iter, known)
    row = rows[0] if isinstance(rows, list | tuple) and rows else _ANY
    inner = known | {"loop": _LOOP}
    if isinstance(node.target, nodes.Name):
        inner[node.target.name] = row
    else:
        inner.update(dict.fromkeys(_targets(node.target), _ANY))
    if node.test is not None:
        yield from _node(node.test, inner)
    yield from _block(node.body, inner)
    yield from _block(node.else_, dict(known))


def _targets(target: nodes.Node) -> list[str]:
    found = [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
    return [name.name for name in found]


def _missing(node: nodes.Getattr | nodes.Getitem | nodes.Name, known: dict[str, Any]) -> Iterator[str]:
    """The name of a field, if its owner is known and has no such field."""
    if isinstance(node, nodes.Name):
        if node.name not in known:
            yield node.name
        return
    yield from _node(node.node, known)
    owner = _value(node.node, known)
    field = _field(node)
    if field is not None and isinstance(owner, Mapping) and field not in owner:
        yield f"{_path(node.node)}.{field}"


def _field(node: nodes.Getattr | nodes.Getitem) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    constant = node.arg
    return constant.value if isinstance(constant, nodes.Const) and isinstance(constant.value, str) else None


def _value(node: nodes.Node, known: Mapping[str, Any]) -> Any:
    if isinstance(node, nodes.Name):
        return known.get(node.name, _ANY)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        owner = _value(node.node, known)
        field = _field(node)
        return owner.get(field, _ANY) if isinstance(owner, Mapping) and field is not None else _ANY
    return _ANY


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        return f"{_path(node.node)}.{_field(node) or '…'}"
    return "…"
