"""Every figure of every report is the ledger's: of the demo in both languages, customer by customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from addin.documents.report_facts import Evidence
from addin.documents.reports.rendering import find_report_template, report_docx
from addin.files.wordtables import word_tables
from addin.model.money import grouped
from addin.rules.frames import integers
from addin.service.reports import facts
from addin.service.reports.evidence import evidence
from addin.service.reports.gathering import deal, head
from addin.service.reports.records import Records
from addin.service.reports.timeline import scope_of
from tests.service.reports.documents import words

Read = Callable[[str], Records]
LANGUAGES = ("zh", "en")


def pack(records: Records, contract: str) -> Evidence:
    row = records.one("customers", records.contracts[contract].customer)
    assert row is not None
    scope = scope_of(records, row["customer_id"], [contract])
    of = head(records, row, "X", records.dossier.language)
    return evidence(records, of, [deal(records, contract)], scope, [], "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_says_what_the_aging_says(records: Read, language: str) -> None:
    book = records(language)
    aging = {
        (row["group_id"], row["currency"]): row
        for row in book.rows("aging")
        if row["group_kind"] == "customer"
    }
    told = 0
    for row in book.rows("customers"):
        for found in facts.statements(book, row, None, "zh", with_interest=True):
            ages = aging[row["customer_id"], found.currency]
            assert (found.open, found.unapplied, found.net) == (ages["open"], ages["unapplied"], ages["net"])
            assert sum(each.pending for each in found.deals) == ages["pending"]
            assert sum(each.open for each in found.deals) == found.open
            assert found.open - sum(c.open for c in found.claims if c.days_overdue > 0) == ages["current"]
            told += 1
    assert told >= 11


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_and_contract_is_the_sheets_row(records: Read, language: str) -> None:
    book = records(language)
    frame = book.dossier.result.frames["milestones"]
    sheet = dict(zip(book.dossier.ledger["milestones"]["milestone_id"], integers(frame["open"]), strict=True))
    for id in book.contracts:
        found, row = deal(book, id), book.one("contracts", id)
        assert row is not None
        assert (found.open, found.overdue, found.received) == (row["open"], row["overdue"], row["received"])
        assert sum(each.amount or 0 for each in found.stages) == row["milestones_total"]
        assert all(each.open == sheet[each.id] for each in found.stages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pack_reckons_the_books_interest(records: Read, language: str) -> None:
    book, compared = records(language), 0
    for id in book.contracts:
        found = pack(book, id)
        for stage in found.deals[0].stages:
            items = [each for each in found.reckoned if each.milestone == stage.id]
            if items:
                assert sum(each.books.interest for each in items) == stage.interest
                assert sum(each.books.principal for each in items) == stage.open
                compared += 1
        last = found.periods[0]
        row = book.one("contracts", id)
        assert row is not None and last.ends == row["limitation"]
        told = [ends for *_, ends in last.interruptions if ends is not None]
        assert not told or told[-1] == last.ends
    assert compared >= 25


def test_the_pack_of_the_case_in_court(records: Read) -> None:
    found = pack(records("zh"), "HT-2025-004")
    sums = [sum(getattr(each.books, part) for each in found.reckoned) for part in ("principal", "interest")]
    assert sums == [19_760_000, 3_110_600]
    article = [
        sum(getattr(each.article_561, part) for each in found.reckoned) for part in ("principal", "interest")
    ]
    assert article == [20_083_840, 2_833_879]  # 3,238.40 of the 60,000.00 meet interest
    assert [each.day for each in found.timeline] == sorted(each.day for each in found.timeline)
    assert [each.id for each in found.letters] == [f"CK-2025-0{n}" for n in (1, 2, 3, 4)]
    assert [each.step for each in found.cases] == ["起诉立案", "举证期限", "开庭"]
    assert {each.id for each, _ in found.receipts} == {"R-2025-06", "R-2025-18"}


def test_nothing_after_the_day_is_told(records: Read) -> None:
    book = records("zh")
    for id in book.contracts:
        assert all(each.day <= book.as_of for each in pack(book, id).timeline)


def test_a_statement_prints_interest_only_when_asked_and_reserves_it(records: Read) -> None:
    book = records("zh")
    row = book.one("customers", "C009")
    assert row is not None
    for with_interest in (False, True):
        found = next(facts.statements(book, row, None, "zh", with_interest))
        template = find_report_template("statement", "zh", book.dossier.path.parent)
        text = words(report_docx("statement", found, template))
        assert grouped(found.open) in text and "人民币柒拾万元整" in text
        assert ("违约金" in text) == with_interest
        assert (grouped(found.interest) in text) == with_interest
        assert ("不影响我公司就违约金和其他损失享有的权利" in text) == with_interest
        assert "对账回执" in text and "信息相符" in text and "信息不符" in text


def test_an_estimate_is_printed_nowhere(records: Read) -> None:
    book = records("zh")
    for row in book.rows("customers"):
        for found in facts.statements(book, row, None, "zh", with_interest=True):
            assert all(claim.basis in ("contract", "statute", "none") for claim in found.claims)


def test_what_a_customer_reads_names_no_fault_of_ours_and_no_risk(records: Read) -> None:
    book = records("zh")
    row = book.one("customers", "C009")
    assert row is not None
    told = facts.settlement(book, row, "HT-2025-005", "zh")
    assert "寻求保证人" not in {each.what.zh for each in told.problems}  # a task about a risk
    faulty = facts.settlement(book, book.one("customers", "C002") or {}, "HT-2024-005", "zh")
    assert any(each.our_fault for each in faulty.problems)
    noted = book.one("tasks", "RW-15") or {}
    served = facts.settlement(book, book.one("customers", "C012") or {}, noted["contract_id"], "zh")
    assert noted["notes"] and "RW-15" in {each.id for each in served.problems}
    [repair] = [each for each in served.problems if each.id == "RW-15"]
    assert (repair.day, repair.solution) == (None, "→ 2026-06-26"), "by when, not since when"
    template = find_report_template("settlement", "zh", book.dossier.path.parent)
    assert noted["notes"] not in words(report_docx("settlement", served, template))
    assert "我方责任" not in words(report_docx("settlement", faulty, template))


def test_a_card_tells_promises_disputes_letters_and_contacts(records: Read) -> None:
    book = records("zh")
    row = book.one("customers", "C002")
    assert row is not None
    found = facts.card(book, row, "zh")
    assert found.owed == (("CNY", 41_250_000, 41_250_000, 0, 8_600_000),)
    assert [claim.milestone_id for claim, _ in found.claims] == ["HT-2024-005-3", "HT-2026-003-2"]
    assert [problem.id for problem, _ in found.problems] == ["ZY-2026-02"]
    assert found.letters[-1].id == "CK-2026-10" and found.contacts[-1].day <= book.as_of


def test_a_statement_of_300_items_holds_them_all(records: Read, tmp_path: Path) -> None:
    book = records("zh")
    row = book.one("customers", "C009")
    assert row is not None
    found = next(facts.statements(book, row, None, "zh", with_interest=True))
    many = tuple(
        replace(found.claims[0], milestone_id=f"M-{n:03}", name=f"第 {n} 期 <&>") for n in range(300)
    )
    made = report_docx(
        "statement", replace(found, claims=many), find_report_template("statement", "zh", tmp_path)
    )
    (tmp_path / "many.docx").write_bytes(made)
    (table,) = [
        table for table in word_tables(tmp_path / "many.docx") if table[0][0] == "序号" and len(table) > 200
    ]
    assert len(table) == 302 and table[300][2] == "第 299 期 <&>"
    assert table[301][5] == grouped(300 * found.claims[0].open)


def test_a_reversed_invoice_is_none_of_a_stage(records: Read) -> None:
    book = records("zh")
    stages = {stage.id: stage for stage in deal(book, "HT-2025-013").stages}
    assert [row["red_of"] for row in book.of("invoices", invoice_no="26320000000000000002")] == [
        "25320000000000000030"
    ]
    named = {number for stage in stages.values() for number in stage.invoices}
    assert named and not named & {"26320000000000000002", "25320000000000000030"}
