"""What goes to standard output and standard error: streams that never choke, and the JSON documents."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

from addin.model.money import digits_of

if TYPE_CHECKING:
    from addin.model.result import Control, Sums
    from addin.service.books import BookReport


def steady_streams() -> None:
    """Streams that are closed or in an encoding without the sign at hand do not stop a run."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


def write_utf8(text: str) -> None:
    """Text for programs: UTF-8 whatever the console's own encoding is. Who reads no more is left alone."""
    buffer = getattr(sys.stdout, "buffer", None)
    try:
        if buffer is None:
            sys.stdout.write(text)
        else:
            sys.stdout.flush()
            buffer.write(text.encode("utf-8", "replace"))  # half a surrogate pair, as in a file's odd name
        sys.stdout.flush()
    except OSError as error:
        reader_left(error)


def write_lines(lines: Iterable[str]) -> None:
    """Lines for people, in the console's encoding."""
    try:
        for line in lines:
            sys.stdout.write(f"{harmless(line)}\n")
        sys.stdout.flush()
    except OSError as error:
        reader_left(error)


def reader_left(error: OSError) -> None:
    """Whoever read our output has gone: the rest goes nowhere, and the work counts all the same.

    POSIX says EPIPE, Windows EINVAL; any other error is raised again.
    """
    if error.errno not in (errno.EPIPE, errno.EINVAL):
        raise error
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


_COMMANDS = re.compile(
    "(\x1b\\[[0-9;]{1,8}m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def harmless(line: str) -> str:
    """The line without signs that a terminal obeys, but for colours: text from a book moves no cursor.

    Marks of direction go too: they would show a name or an amount in another order than it has.

    >>> harmless("C\\x1b[2J1\\u202e")
    'C�[2J1�'
    """
    return _COMMANDS.sub(lambda hit: hit[1] or "\ufffd", line)


def say(line: str) -> None:
    """A message for people, beside the output for programs."""
    try:
        sys.stderr.write(f"{harmless(line)}\n")
        sys.stderr.flush()
    except OSError:
        return


def write_json(document: object, compact: bool = False) -> None:
    """The one JSON document of a run."""
    write_utf8(json.dumps(document, ensure_ascii=False, indent=None if compact else 2) + "\n")


def amount_text(amount: Decimal | None, currency: str) -> str | None:
    """An amount as JSON has it: plain text with the currency's own number of decimals.

    >>> amount_text(Decimal("1234.5"), "CNY"), amount_text(Decimal(7), "JPY"), amount_text(None, "CNY")
    ('1234.50', '7', None)
    """
    return None if amount is None else f"{amount:.{digits_of(currency)}f}"


def _sums(sums: Sums, currency: str) -> dict[str, Any]:
    def texts(amounts: Mapping[str, Decimal | None]) -> dict[str, str | None]:
        return {name: amount_text(amount, currency) for name, amount in amounts.items()}

    return {"totals": texts(sums.totals), "buckets": texts(sums.buckets)}


def _control(control: Control) -> dict[str, Any]:
    return {
        "name": control.name,
        "currency": control.currency,
        "left": amount_text(control.left, control.currency),
        "right": amount_text(control.right, control.currency),
        "closes": control.closes,
    }


def report_document(report: BookReport) -> dict[str, Any]:
    """What `refresh` and `check` say about one book."""
    result = report.result
    return {
        "book": str(report.book),
        "as_of": result.as_of.isoformat(),
        "currency": result.base_currency,
        **_sums(result.base, result.base_currency),
        "currencies": {currency: _sums(sums, currency) for currency, sums in result.currencies.items()},
        "controls": [_control(control) for control in result.controls],
        "findings": [
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "table": finding.table,
                "row": finding.row,
                "column": finding.column,
                "message": finding.message.in_(report.language),
                "cure": finding.cure.in_(report.language),
            }
            for finding in result.findings
        ],
        "changes": report.changes,
        "seconds": {
            "read": round(report.seconds.read, 3),
            "rules": round(report.seconds.rules, 3),
            "write": round(report.seconds.write, 3),
        },
    }


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at this stream."""
    return bool(getattr(stream, "isatty", lambda: False)())
