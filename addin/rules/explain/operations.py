"""Every operation by its name: what a step makes of its terms, and how that is written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from addin.model.text import Text
from addin.rules.explain import arithmetic, credit_arithmetic

_OPERATIONS: Final[Mapping[str, arithmetic.Operation]] = {
    **arithmetic.OPERATIONS,
    **credit_arithmetic.OPERATIONS,
}


def evaluate(operation: str, values: Sequence[Any]) -> Any:
    """What the operation makes of the values."""
    return _OPERATIONS[operation][0](*values)


def sentence(operation: str, values: Sequence[Any], value: Any) -> Text:
    """The arithmetic in words and signs."""
    return _OPERATIONS[operation][1](values, value)
