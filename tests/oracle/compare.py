"""Two answers to one ledger side by side: every difference is one line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracle.report import Report

Key = tuple[str, str, str, date]
SECTIONS = ("milestones", "contracts", "receipts", "credit", "promises", "totals", "buckets")


def differences(report: Report, ours: Mapping[str, Any], without: Collection[str] = ()) -> list[str]:
    """What ours has otherwise than report, a line each; empty where they agree.

    ours holds the sections and allocations in report's shape, as plain
    dicts of Decimal, date, str, int and None. A section, a field or a "section field"
    named in without is not compared.
    """
    lines: list[str] = []
    for section in SECTIONS:
        if section not in without:
            lines += tables(section, getattr(report, section), ours[section], without)
    if "allocations" not in without:
        lines += sums("allocations", netted(report.allocations), netted(ours["allocations"]))
    return lines


def tables(
    name: str,
    theirs: Mapping[str, Mapping[str, Any]],
    ours: Mapping[str, Mapping[str, Any]],
    without: Collection[str],
) -> list[str]:
    lines = []
    for key in sorted({*theirs, *ours}):
        if key not in theirs or key not in ours:
            present = theirs.get(key) or ours.get(key) or {}
            if name in ("totals", "buckets") and not any(present.values()):
                continue
            lines.append(f"{name} {key}: only in {'the oracle' if key in theirs else 'ours'}")
            continue
        for field in theirs[key]:
            if not {field, f"{name} {field}"} & {*without}:
                lines += fields(f"{name} {key} {field}", theirs[key][field], ours[key].get(field, "missing"))
    return lines


def fields(name: str, theirs: Any, ours: Any) -> list[str]:
    if isinstance(theirs, list) and isinstance(ours, list):
        return items(name, theirs, ours)
    if theirs == ours and (theirs is None) == (ours is None):
        return []
    return [f"{name}: oracle {shown(theirs)}, ours {shown(ours)}"]


def items(name: str, theirs: list[Mapping[str, Any]], ours: list[Mapping[str, Any]]) -> list[str]:
    """Items by id; those that hold nothing any more are left aside on both sides."""
    first = {str(item["item"]): item for item in theirs if item["amount"]}
    second = {str(item["item"]): item for item in ours if item["amount"]}
    lines = []
    for key in sorted({*first, *second}):
        if key not in first or key not in second:
            lines.append(f"{name} {key or 'own'}: only in {'the oracle' if key in first else 'ours'}")
            continue
        for field, value in first[key].items():
            lines += fields(f"{name} {key or 'own'} {field}", value, second[key].get(field, "missing"))
    return lines


def netted(allocations: Iterable[tuple[str, str, str, date, Decimal]]) -> dict[Key, Decimal]:
    result: dict[Key, Decimal] = {}
    for receipt, milestone, item, day, amount in allocations:
        key = (receipt, milestone, item, day)
        result[key] = result.get(key, Decimal(0)) + amount
    return result


def sums(name: str, theirs: dict[Key, Decimal], ours: dict[Key, Decimal]) -> list[str]:
    """A key that one side nets to zero and the other does not have is no difference."""
    zero = Decimal(0)
    return [
        f"{name} {' '.join(map(str, key))}: oracle {theirs.get(key, zero)}, ours {ours.get(key, zero)}"
        for key in sorted({*theirs, *ours})
        if theirs.get(key, zero) != ours.get(key, zero)
    ]


def shown(value: Any) -> str:
    return repr(value) if isinstance(value, str) else str(value)
