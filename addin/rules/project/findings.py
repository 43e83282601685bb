"""Everything that the project's half of collecting has to say about a book as at a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from addin.model.finding import Finding
from addin.rules.book import Book
from addin.rules.project.acceptance import acceptance_findings
from addin.rules.project.agreements import agreement_findings
from addin.rules.project.broken_promises import promise_findings
from addin.rules.project.clauses import clause_check
from addin.rules.project.disputes import dispute_findings
from addin.rules.project.tasks import task_findings


def project_findings(book: Book) -> Iterator[Finding]:
    """The findings of every check, in the order of a project."""
    for check in CHECKS:
        yield from check(book)


CHECKS: Final[tuple[Callable[[Book], Iterator[Finding]], ...]] = (
    clause_check,
    acceptance_findings,
    dispute_findings,
    promise_findings,
    agreement_findings,
    task_findings,
)
