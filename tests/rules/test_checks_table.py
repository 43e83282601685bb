"""The checks sheet: what to look at, errors first, in the words of the book; then the controls."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from addin.model.finding import Finding, error, info, warning
from addin.model.result import Control
from addin.model.text import Language, Text
from addin.rules.checks_table import checks_table, in_order

SAID = Text("说明", "said"), Text("办法", "cure")
FOUND = [
    info("one", "milestones", 9, "due_date", *SAID),
    error("two", "receipts", 8, "amount", *SAID),
    warning("three", "customers", None, None, *SAID),
    error("four", "milestones", 7, "share", *SAID),
    error("five", "milestones", 6, "share", *SAID),
]
CONTROLS = [
    Control("buckets", "CNY", Decimal("1.00"), Decimal("1.00")),
    Control("gl", "USD", Decimal("1.00"), Decimal("1.01")),
]


def rows(findings: list[Finding], controls: list[Control], language: Language = "zh") -> list[dict[Any, Any]]:
    return checks_table(findings, controls, language).to_dict("records")


def test_errors_come_first_then_the_order_of_sheets_and_rows() -> None:
    assert [found.code for found in in_order(FOUND)] == ["five", "four", "two", "three", "one"]


def test_a_finding_names_table_and_column_as_people_see_them() -> None:
    zh, en = (rows([FOUND[1]], [], language)[0] for language in ("zh", "en"))
    assert (zh["table"], zh["row"], zh["column"], zh["message"], zh["cure"]) == (
        "回款",
        8,
        "金额",
        "说明",
        "办法",
    )
    assert (en["table"], en["row"], en["column"], en["message"], en["cure"]) == (
        "Receipts",
        8,
        "Amount",
        "said",
        "cure",
    )
    assert zh["severity"] == en["severity"] == "error"


def test_a_finding_about_a_whole_table_has_no_row_and_no_column() -> None:
    (row,) = rows([FOUND[2]], [])
    assert row["row"] is None and row["column"] == ""


def test_every_control_is_a_row_with_both_sides_and_an_open_one_an_error() -> None:
    closed, gap = rows([], CONTROLS, "en")
    assert (closed["severity"], closed["message"], closed["left"]) == (
        "info",
        "Buckets = open (CNY)",
        Decimal("1.00"),
    )
    assert (gap["severity"], gap["left"], gap["right"]) == ("error", Decimal("1.00"), Decimal("1.01"))
    assert {closed["code"], gap["code"]} == {"control"}


def test_nothing_found_leaves_only_the_controls() -> None:
    assert len(rows([], CONTROLS)) == 2 and len(rows([], [])) == 0
