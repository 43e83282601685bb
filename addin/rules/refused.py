"""Why a rule has no answer: which input it is, and what was expected of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from addin.model.text import Text


class Refused(ValueError):
    """A rule cannot be applied to what it was given.

    ``argument`` is the name of the input, the same in the rule and in the worksheet function; ``problem`` says
    what was expected, without the name.
    """

    def __init__(self, argument: str, problem: Text) -> None:
        super().__init__(f"{argument}: {problem.en}")
        self.argument = argument
        self.problem = problem


@contextmanager
def blaming(argument: str, kind: type[ValueError] = ValueError) -> Iterator[None]:
    """Says which input an error of a kind, with a ``problem``, is about: a `TermError`, an `UnpublishedYear`.

    >>> from addin.rules.terms import parse_term
    >>> try:
    ...     with blaming("term"):
    ...         parse_term("soon")
    ... except Refused as refused:
    ...     refused.argument
    'term'
    """
    try:
        yield
    except Refused:
        raise
    except kind as error:
        problem = getattr(error, "problem", None)
        if not isinstance(problem, Text):
            raise
        raise Refused(argument, problem) from error


def as_many(argument: str, found: int, other: str, wanted: int) -> None:
    """`Refused` unless two vectors that go together are equally long."""
    if found != wanted:
        raise Refused(
            argument,
            Text(
                f"应与 {other} 一样有 {wanted} 项，却有 {found} 项",
                f"expected as many items as {other} has, {wanted}, not {found}",
            ),
        )
