"""The main use case, pure: a book's cells and a day in, every figure and every cell to write out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from addin.model.cells import RawBook
from addin.model.finding import Finding, LedgerError
from addin.model.ledger import Ledger, build_ledger, read_settings, typed_computed
from addin.model.result import CellWrites, Result, TableWrite
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules import credit_file, summaries
from addin.rules.aging_table import aging_table
from addin.rules.book import replay_book
from addin.rules.checks_table import checks_table, in_order
from addin.rules.controls import controls
from addin.rules.outlook import due_within
from addin.rules.performance import performance
from addin.rules.policy import SCHEMA, Policy, read_policy
from addin.rules.project.findings import project_findings
from addin.rules.provision import provision
from addin.rules.receipt_checks import drafts_waiting
from addin.rules.rollforward import movements, rollforward
from addin.rules.totals import in_base, in_own_currency, sums_by_currency
from addin.service.chasing import chased
from addin.service.histories import history_writes
from addin.service.typed_over import Memory, typed_over
from addin.service.writes import cell_writes, id_writes, table_writes


def policy_of(raw: RawBook, as_of: date, language: Language) -> tuple[Policy, list[Finding]]:
    """The settings of a book in force on a day."""
    settings, findings = read_settings(raw)
    policy, more = read_policy(settings, as_of, language)
    return policy, [*findings, *more]


class Typed(NamedTuple):
    """A book's ledger, its settings in force, and what was wrong with its cells."""

    ledger: Ledger
    policy: Policy
    findings: list[Finding]


def refresh(raw: RawBook, as_of: date, language: Language, memory: Memory | None = None) -> Result:
    """Everything that a refresh of the book finds out as at ``as_of``, and the cells it would write.

    ``language`` is the book's own: computed words are in it. ``memory`` is what the last run left. LedgerError
    where the book was made by a newer version.
    """
    return computed(raw, typed(raw, as_of, language, memory), as_of, language)


def typed(raw: RawBook, as_of: date, language: Language, memory: Memory | None = None) -> Typed:
    """The first half of a refresh: cells become a ledger, and what is wrong with them is found."""
    policy, _ = read_policy(read_settings(raw)[0], as_of, language)
    refuse_newer(policy)
    ledger, findings = build_ledger(raw, policy.base_currency)
    findings += typed_over(raw, ledger, memory or {})
    lost = ledger.unknown.get(("settings", "value"), frozenset())
    findings += read_policy(ledger["settings"], as_of, language, lost)[1]
    return Typed(ledger, policy, findings)


def computed(raw: RawBook, source: Typed, as_of: date, language: Language) -> Result:
    """The second half of a refresh: the rules, and which cells of ``raw`` differ from what they say."""
    ledger, policy, findings = source
    book = replay_book(ledger, policy, as_of)
    sums = sums_by_currency(book)
    base, no_rates = in_base(book, sums)
    aging, aging_digits = aging_table(book)
    allocations, allocation_digits = summaries.allocations(book, language)
    moves, losses = movements(book), provision(book)
    provided, provided_digits = losses.frame(language)
    rolled, rolled_digits, gl_gaps, closings = rollforward(book, moves)
    made, gaps = controls(book, sums, closings, rolled)
    history = typed_computed(raw, "history")
    customers = credit_file.customers(book, history, language)
    chasing = chased(raw, book, customers["grade"], language)
    amounts, grades = book.positions["amount"], customers["grade"]
    versions, untold = history_writes(raw, ledger, history, amounts, grades, as_of, language)
    told = [*findings, *book.findings, *drafts_waiting(book), *credit_file.scores_out_of_range(book)]
    told += project_findings(book)
    found = in_order([*told, *losses.findings, *chasing.findings, *no_rates, *gl_gaps, *gaps, *untold])
    frames: dict[str, pd.DataFrame] = {
        "milestones": pd.concat([summaries.milestones(book), chasing.milestones], axis=1),
        "contracts": summaries.contracts(book),
        "customers": customers,
        "receipts": summaries.receipts(book, language),
        "promises": summaries.promises(book),
        "worklist": chasing.worklist,
        "aging": aging,
        "allocations": allocations,
        "provision": provided,
        "rollforward": rolled,
        "checks": checks_table(found, made, language),
    }
    digits = {key: values.tolist() for key, values in ledger.digits.items()} | {
        "worklist": chasing.digits,
        "aging": aging_digits,
        "allocations": allocation_digits,
        "provision": provided_digits,
        "rollforward": rolled_digits,
    }
    written = {key: frame for key, frame in frames.items() if key != "worklist" or not chasing.left_alone}
    cells, tables = _writes(raw, ledger, written, digits)
    return Result(
        as_of,
        ledger.base_currency,
        frames,
        digits,
        found,
        made,
        base,
        in_own_currency(book, sums),
        due_within(book, 30),
        performance(book, moves),
        cells,
        [*tables, *versions],
        ledger["customers"]["name"].tolist(),
        {key: ledger[key][TABLES[key].identity[0]].tolist() for key in frames if key in ledger.frames},
    )


def refuse_newer(policy: Policy) -> None:
    """LedgerError where the book was made by a newer version."""
    if policy["schema"] > SCHEMA:
        raise LedgerError("newer_book", _newer(policy["schema"]))


def _newer(schema: int) -> Text:
    return Text(
        f"工作簿版本 {schema} 比本程序支持的 {SCHEMA} 新。请升级 huikuan。",
        f"The workbook is of version {schema}, newer than the {SCHEMA} that this program knows. Upgrade huikuan.",
    )


def _writes(
    raw: RawBook, ledger: Ledger, frames: Mapping[str, pd.DataFrame], digits: Mapping[str, list[int]]
) -> tuple[list[CellWrites], list[TableWrite]]:
    cells: list[CellWrites] = [*id_writes(ledger)]
    tables: list[TableWrite] = []
    for key, frame in frames.items():
        if key not in raw.tables:
            continue
        if key in ledger.frames:
            cells += cell_writes(raw.tables[key], ledger, key, frame)
        else:
            tables += table_writes(raw.tables[key], key, frame, digits.get(key))
    return cells, tables
