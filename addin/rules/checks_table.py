"""The checks table: every finding and every control total, in the words of the book."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from addin.model.finding import Finding, Severity
from addin.model.result import Control
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.frames import nullable, objects
from addin.rules.words import CONTROL_NAMES

_SEVERITIES = list(Severity)
_PLACES = {key: place for place, key in enumerate(TABLES)}


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first, then by the order of the sheets and rows."""
    return sorted(
        findings,
        key=lambda each: (_SEVERITIES.index(each.severity), _PLACES.get(each.table, 99), each.row or 0),
    )


PASSING = ("id_filled", "typed_over")
"""Findings about what this run mended itself: the next run has none of them, so the sheet does not list them."""


def checks_table(
    findings: Sequence[Finding], controls: Sequence[Control], language: Language
) -> pd.DataFrame:
    """A row a finding, then a row a control with both its sides."""
    findings = [each for each in findings if each.code not in PASSING]
    closed = [Severity.INFO if control.closes else Severity.ERROR for control in controls]
    blank = [None] * len(controls)
    return pd.DataFrame(
        {
            "severity": objects([str(each.severity) for each in findings] + [str(each) for each in closed]),
            "table": objects(
                [TABLES[each.table].name.in_(language) for each in findings] + [""] * len(controls)
            ),
            "row": nullable([*(each.row for each in findings), *blank]),
            "column": objects([_heading(each, language) for each in findings] + [""] * len(controls)),
            "code": objects([each.code for each in findings] + ["control"] * len(controls)),
            "message": objects(
                [each.message.in_(language) for each in findings]
                + [f"{CONTROL_NAMES[each.name].in_(language)} ({each.currency})" for each in controls]
            ),
            "cure": objects([each.cure.in_(language) for each in findings] + [""] * len(controls)),
            "left": objects([None] * len(findings) + [each.left for each in controls]),
            "right": objects([None] * len(findings) + [each.right for each in controls]),
        }
    )


def _heading(finding: Finding, language: Language) -> str:
    if finding.column is None:
        return ""
    return TABLES[finding.table][finding.column].heading(language)
