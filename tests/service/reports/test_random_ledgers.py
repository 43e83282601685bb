"""Reports of random ledgers: none breaks, whatever a row leaves out, and every sum is the ledger's."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from addin.documents.reports.rendering import find_report_template, report_docx
from addin.files.save import Stamp
from addin.service.dossier import dossier_of
from addin.service.reports import facts
from addin.service.reports.evidence import evidence
from addin.service.reports.gathering import deal, head
from addin.service.reports.papers import Shelf, papers
from addin.service.reports.records import Record, Records
from addin.service.reports.timeline import scope_of
from tests.oracle.random_chasing import SETTINGS
from tests.oracle.random_ledgers import random_tables
from tests.rules.engine import raw_book

SEEDS = range(12)


def read(seed: int, as_of: date) -> Records:
    tables, _ = random_tables(seed)
    raw = raw_book({**tables, "settings": SETTINGS})
    return Records(dossier_of(Path("ledger.xlsx"), raw, "zh", Stamp(0, 0, 0), today=as_of, as_of=as_of))


def statements_agree(records: Records, row: Record) -> int:
    """Every statement's sums are those of the aging; how many there were."""
    ages = {
        each["currency"]: each
        for each in records.rows("aging")
        if each["group_kind"] == "customer" and each["group_id"] == row["customer_id"]
    }
    told = 0
    for found in facts.statements(records, row, None, "zh", with_interest=True):
        age = ages.get(found.currency)
        sums = (found.open, found.unapplied, sum(each.pending for each in found.deals))
        assert sums == ((age["open"], age["unapplied"], age["pending"]) if age else (0, 0, 0))
        told += 1
    return told


def contract_agrees(records: Records, row: Record, id: str, shelf: Path) -> Counter[str]:
    """The papers of one contract hold together; what there was to see."""
    found = deal(records, id)
    contract = records.one("contracts", id)
    assert contract is not None and found.open == contract["open"]
    scope = scope_of(records, row["customer_id"], [id])
    pack = evidence(records, head(records, row, "X-20260101-X", "en"), [found], scope, [], "")
    assert sum(each.paid for each, _ in pack.receipts) == found.received
    by_milestone: Counter[str] = Counter()
    for each in pack.reckoned:
        by_milestone[each.milestone] += each.books.interest
    for stage in found.stages:
        if stage.interest:
            assert by_milestone[stage.id] == stage.interest
    assert pack.periods[0].ends == contract["limitation"]
    for period in pack.periods:
        anew = [ends for *_, ends in period.interruptions if ends is not None]
        assert not anew or anew[-1] == period.ends, (period.contract, period.milestone)
    assert all(each.file is None for each in papers(records, scope, Shelf(shelf / "ledger.xlsx")))
    for kind, told in (
        ("settlement", facts.settlement(records, row, id, "en")),
        ("completion", facts.completion(records, row, id, "zh")),
        ("evidence", pack),
    ):
        assert report_docx(kind, told, find_report_template(kind, "en", shelf))
    return Counter(
        {
            "interest": len(by_milestone),
            "events": len(pack.timeline),
            "breaks": len(pack.periods[0].interruptions),
        }
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_sums_agree_and_nothing_breaks(seed: int, tmp_path: Path) -> None:
    days = random_tables(seed)[1]
    for as_of in (days[len(days) // 2], days[-1] + timedelta(days=200)):
        records, seen = read(seed, as_of), Counter[str]()
        for row in records.rows("customers"):
            seen["statements"] += statements_agree(records, row)
            card = facts.card(records, row, "zh")
            assert report_docx("card", card, find_report_template("card", "zh", tmp_path))
            for contract in records.contracts_of.get(row["customer_id"], ()):
                seen += contract_agrees(records, row, contract.id, tmp_path)
        assert seen["events"] and seen["statements"], seed
