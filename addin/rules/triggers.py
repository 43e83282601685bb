"""The day on which a milestone becomes a claim (RULES 15, Trigger). Until then it is pending."""

from __future__ import annotations

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, Days, add_months, from_days, to_days
from addin.model.finding import Finding, error, info
from addin.model.ledger import Ledger
from addin.model.text import Text
from addin.rules.frames import integers
from addin.rules.terms import TermError, parse_term

_DAY_UNKNOWN = -1
MOST_MONTHS = 1200
"""Retention months beyond these hundred years date nothing."""


def trigger_days(ledger: Ledger, contract_of: np.ndarray) -> tuple[Days, list[Finding]]:
    """Trigger day by milestone row, ``NO_DAY`` where there is none yet; whatever lies after as_of is the caller's.

    ``contract_of`` is each milestone's position in the contracts frame, -1 where its contract is unknown. A
    trigger date that stands in the sheet counts; an empty one is derived from the contract or the invoice.
    A cell that cannot be read leaves the row pending.
    """
    milestones = ledger["milestones"]
    days = to_days(milestones["trigger_date"])
    kinds = milestones["trigger"].to_numpy()
    derivable = (days == NO_DAY) & ~ledger.is_unknown("milestones", "trigger_date")
    known = derivable & (contract_of >= 0)
    for kind, by_contract in _contract_days(ledger).items():
        chosen = known & (kinds == kind)
        days[chosen] = by_contract[contract_of[chosen]]
    days[derivable & (kinds == "acceptance") & ~_sole_acceptance(kinds, contract_of)] = NO_DAY
    _from_invoices(ledger, days, derivable & (kinds == "invoice"))
    _from_fixed_terms(milestones, days, derivable & (kinds == "fixed_date"))
    return days, [*_endless(ledger), *_reached(ledger, contract_of, known & (kinds == "progress"))]


def _contract_days(ledger: Ledger) -> dict[str, Days]:
    contracts = ledger["contracts"]
    completed = to_days(contracts["completed"])
    return {
        "signing": to_days(contracts["signed"]),
        "acceptance": completed,
        "settlement": to_days(contracts["settled_on"]),
        "warranty_end": warranty_ends(completed, contracts["retention_months"]),
    }


def warranty_ends(completed: Days, months: pd.Series) -> Days:
    """Completion plus the retention months, clamped to the month's end; ``NO_DAY`` where either is missing.

    More than `MOST_MONTHS` are no term of retention.
    """
    ends = np.full(len(completed), NO_DAY, dtype=np.int64)
    counts = months.to_numpy(np.int64, na_value=-1)
    dates = from_days(completed).astype("datetime64[D]").tolist()
    for position in np.flatnonzero((completed != NO_DAY) & (counts >= 0) & (counts <= MOST_MONTHS)).tolist():
        ends[position] = add_months(dates[position], int(counts[position])).toordinal()
    return ends


def _endless(ledger: Ledger) -> list[Finding]:
    """Retention months that no contract has: the milestones that wait for them stay pending."""
    frame = ledger["contracts"]
    rows = zip(frame.index.tolist(), integers(frame["retention_months"]), strict=True)
    return [_months_beyond(row, count) for row, count in rows if count is not None and count > MOST_MONTHS]


def _months_beyond(row: int, count: int) -> Finding:
    return error(
        "months_beyond",
        "contracts",
        row,
        "retention_months",
        Text(
            f"缺陷责任期 {count:,} 个月超过 {MOST_MONTHS:,} 个月，质保金节点按未触发处理",
            f"{count:,} retention months are more than {MOST_MONTHS:,}; the retention stays pending",
        ),
        Text("按月数填写，例如 24", "Type the number of months, for example 24"),
    )


def _sole_acceptance(kinds: np.ndarray, contract_of: np.ndarray) -> np.ndarray:
    """Whether a row is its contract's only acceptance row: only then completion dates it."""
    accepted = kinds == "acceptance"
    counts = np.bincount(contract_of[accepted] + 1, minlength=contract_of.max(initial=0) + 2)
    sole: np.ndarray = counts[contract_of + 1] == 1
    return sole


def live_invoices(ledger: Ledger) -> pd.DataFrame:
    """Invoices without the red ones and without those that a red one reverses (RULES 15, Corner 8)."""
    invoices = ledger["invoices"]
    reversed_ones = set(invoices["red_of"]) - {""}
    return invoices[(invoices["red_of"] == "") & ~invoices["invoice_no"].isin(reversed_ones)]


def _from_invoices(ledger: Ledger, days: Days, wanted: np.ndarray) -> None:
    """The milestone's invoice: received by the customer, else issued; of several the latest."""
    invoices = live_invoices(ledger)
    received, issued = to_days(invoices["received_by_customer"]), to_days(invoices["issued"])
    rows = zip(
        invoices.index.tolist(),
        invoices["milestone_id"].tolist(),
        received.tolist(),
        issued.tolist(),
        strict=True,
    )
    unreadable = ledger.unknown.get(("invoices", "received_by_customer"), frozenset())
    latest: dict[str, int] = {}
    for row, milestone, got, sent in rows:
        day = _DAY_UNKNOWN if row in unreadable else got or sent or _DAY_UNKNOWN
        before = latest.get(milestone, NO_DAY)
        latest[milestone] = _DAY_UNKNOWN if _DAY_UNKNOWN in (day, before) else max(day, before)
    ids = ledger["milestones"]["milestone_id"].to_numpy()
    for position in np.flatnonzero(wanted).tolist():
        days[position] = max(latest.get(ids[position], NO_DAY), NO_DAY)


def _from_fixed_terms(milestones: pd.DataFrame, days: Days, wanted: np.ndarray) -> None:
    """A fixed date is trigger and due date at once."""
    terms = milestones["term"].to_numpy()
    for position in np.flatnonzero(wanted).tolist():
        try:
            fixed = parse_term(terms[position]).fixed
        except TermError:
            continue
        if fixed is not None:
            days[position] = fixed.toordinal()


def _reached(ledger: Ledger, contract_of: np.ndarray, waiting: np.ndarray) -> list[Finding]:
    """Progress at or past the threshold dates nothing by itself: somebody has to."""
    milestones, contracts = ledger["milestones"], ledger["contracts"]
    findings = []
    for position in np.flatnonzero(waiting).tolist():
        threshold = milestones["threshold"].iloc[position]
        progress = contracts["progress"].iloc[contract_of[position]]
        if threshold is not None and progress is not None and progress >= threshold:
            findings.append(
                _reached_not_dated(int(milestones.index[position]), milestones["milestone_id"].iloc[position])
            )
    return findings


def _reached_not_dated(row: int, milestone: str) -> Finding:
    return info(
        "reached_not_dated",
        "milestones",
        row,
        "trigger_date",
        Text(
            f"节点 {milestone} 的进度已达到，尚无触发日期",
            f"{milestone} has reached its progress but has no trigger date",
        ),
        Text(
            "取得进度确认后填写触发日期，并开票",
            "Have the progress confirmed, fill in the trigger date, and invoice",
        ),
    )
