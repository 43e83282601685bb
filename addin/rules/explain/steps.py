"""What an explanation is made of: terms, steps, and the trail on which steps follow each other.

A step combines its terms by an operation of `addin.rules.explain.operations`; a term is a cell of the book, the
value of an earlier step, or a plain value. So whoever has the explanation alone can reckon the figure again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from addin.model.text import Text
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.operations import evaluate, sentence

Value: TypeAlias = Money | Decimal | date | int | str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the book: table key, the row number that Excel shows, and the words that name the row."""

    table: str
    row: int
    key: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its short name, and the text that it comes from."""

    name: Text
    source: Text


@dataclass(frozen=True, slots=True)
class Term:
    """A value that a step takes: of an earlier ``step`` (counted from 0), or of ``column`` in ``row``, or plain."""

    value: Value
    step: int | None = None
    row: Row | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence: ``value`` is what ``operation`` makes of ``terms``; ``rows`` are all rows that it looks at."""

    text: Text
    value: Value
    operation: str
    terms: tuple[Term, ...]
    rule: Rule
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The derivation of one figure; the last step's value is the figure's. ``rule`` is the last step's."""

    row: Row
    field: str
    value: Value
    steps: tuple[Step, ...]

    @property
    def rule(self) -> Rule:
        return self.steps[-1].rule


class Trail:
    """Steps in the order in which they need each other; a step that is there already is not added again."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._places: dict[Step, int] = {}

    def add(
        self,
        operation: str,
        terms: Iterable[Term],
        rule: Rule,
        caption: Text,
        rows: Iterable[Row | None] = (),
    ) -> Term:
        """Appends a step and gives its value as a term; ``caption`` says what the arithmetic after it is for."""
        taken = tuple(terms)
        values = [term.value for term in taken]
        value = evaluate(operation, values)
        reckoned = sentence(operation, values, value)
        text = Text(f"{caption.zh}：{reckoned.zh}", f"{caption.en}: {reckoned.en}")
        looked_at = tuple(dict.fromkeys(row for row in (*(term.row for term in taken), *rows) if row))
        step = Step(text, value, operation, taken, rule, looked_at)
        place = self._places.setdefault(step, len(self._steps))
        if place == len(self._steps):
            self._steps.append(step)
        return Term(value, place)

    def leading_to(self, last: Term) -> tuple[Step, ...]:
        """The steps that the value of ``last`` needs, in order, counted anew."""
        assert last.step is not None, "a figure ends with a step"
        needed, open_ = set[int](), [last.step]
        while open_:
            place = open_.pop()
            if place not in needed:
                needed.add(place)
                open_ += [term.step for term in self._steps[place].terms if term.step is not None]
        order = {place: number for number, place in enumerate(sorted(needed))}
        return tuple(_renumbered(self._steps[place], order) for place in order)


def _renumbered(step: Step, order: dict[int, int]) -> Step:
    terms = tuple(term if term.step is None else replace(term, step=order[term.step]) for term in step.terms)
    return replace(step, terms=terms)


def rows_of(terms: Sequence[Term]) -> list[Row]:
    """The rows of those terms that are cells."""
    return [term.row for term in terms if term.row is not None]
