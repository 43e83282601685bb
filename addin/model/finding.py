"""What the ledger has to say about its own rows: values with a position, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from addin.model.text import Text


class Severity(StrEnum):
    """How much a finding matters: only an error changes the exit code."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One thing to look at: what, where (table key, sheet row, column key) and how to mend it.

    ``row`` is the row number that Excel shows; None where the finding is about the whole table.
    """

    code: str
    severity: Severity
    table: str
    row: int | None
    column: str | None
    message: Text
    cure: Text


class LedgerError(Exception):
    """Nothing can go on: one clear line for a person, in both languages.

    ``code`` names the kind of failure for logs and tests.
    """

    def __init__(self, code: str, problem: Text) -> None:
        super().__init__(problem.en)
        self.code = code
        self.problem = problem


def error(code: str, table: str, row: int | None, column: str | None, message: Text, cure: Text) -> Finding:
    """A finding that has to be mended before the figures can be trusted."""
    return Finding(code, Severity.ERROR, table, row, column, message, cure)


def warning(code: str, table: str, row: int | None, column: str | None, message: Text, cure: Text) -> Finding:
    """A finding that deserves a look; the figures stand."""
    return Finding(code, Severity.WARNING, table, row, column, message, cure)


def info(code: str, table: str, row: int | None, column: str | None, message: Text, cure: Text) -> Finding:
    """A finding that only tells what was done or assumed."""
    return Finding(code, Severity.INFO, table, row, column, message, cure)
