"""What a worksheet function is, and all of them by name.

A family (a module beside this one) declares its functions in a tuple ``FUNCTIONS``. The registry reads the
families when it is first asked, so that help and start-up do not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, Final

from addin.functions.kinds import Kind
from addin.functions.results import Shape
from addin.model.text import Text

REQUIRED: Final = object()
"""The default of an argument that has none."""


@dataclass(frozen=True, eq=False)
class Argument:
    """One argument. ``default`` is written as a caller would; None reaches the body as None."""

    name: str
    kind: Kind
    help: Text
    default: object = REQUIRED

    @property
    def required(self) -> bool:
        return self.default is REQUIRED


@dataclass(frozen=True, eq=False)
class Function:
    """A worksheet function: what it tells, by which source, from which arguments, in which shape.

    ``body`` takes the arguments as their kinds read them, by position, and returns an exact value of the shape
    ``result``. ``example`` are the arguments of a call as JSON has them, ``shows`` its result in JSON.
    """

    name: str
    group: str
    help: Text
    source: Text
    arguments: tuple[Argument, ...]
    result: Shape
    body: Callable[..., Any]
    example: tuple[object, ...]
    shows: object


GROUPS: Final[Mapping[str, Text]] = {
    "milestones": Text("节点与税", "Milestones and tax"),
    "dates": Text("日期", "Dates"),
    "aging": Text("账龄", "Aging"),
    "receipts": Text("收款核销", "Receipts"),
    "interest": Text("利息", "Interest"),
    "limitation": Text("诉讼时效", "Limitation"),
    "credit": Text("信用", "Credit"),
    "credit_loss": Text("预期信用损失", "Expected credit loss"),
    "indicators": Text("指标", "Indicators"),
    "warning": Text("预警与激励", "Warning and incentive"),
}
"""The families, in their order; a family's module has its key as name."""


class _Registry(Mapping[str, Function]):
    """All functions by name, family after family."""

    @cached_property
    def _by_name(self) -> dict[str, Function]:
        families = (import_module(f"addin.functions.{group}").FUNCTIONS for group in GROUPS)
        return {function.name: function for family in families for function in family}

    def __getitem__(self, name: str) -> Function:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)


FUNCTIONS: Final[Mapping[str, Function]] = _Registry()
