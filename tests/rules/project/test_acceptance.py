"""Acceptance on its way: silence on the last day of inspection and the day after, rejection, a missing date."""

from __future__ import annotations

from typing import Any

import pytest

from addin.model.finding import Finding
from tests.oracle.build import Cells, day, fixed
from tests.rules.books import customer
from tests.rules.project.told import agreed, codes, only, told

BUYER = {"service_address": "1 Quay Street"}


def accepted(
    on: str, kind: str = "goods", days: int | None = 10, buyer: str = "sme", **row: Any
) -> list[Finding]:
    """What is told of one acceptance milestone; missing inspection days are no matter here."""
    dates = ("submitted_on", "rejected_on", "trigger_date")
    cells: Cells = {key: day(value) if key in dates else value for key, value in row.items()}
    milestone = {**fixed("M", "1000"), "trigger": "acceptance", "term": "NET 30", **cells}
    found = told(on, [agreed(kind=kind, inspection_days=days)], [milestone], [customer(kind=buyer, **BUYER)])
    return [each for each in found if each.code != "clauses_missing"]


@pytest.mark.parametrize(("on", "deemed"), [("03-11", False), ("03-12", True), ("12-31", True)])
def test_silence_counts_from_the_day_after_the_last_day_of_inspection(on: str, deemed: bool) -> None:
    found = accepted(on, submitted_on="03-01")  # ten days, the first of them the 2nd
    assert codes(found) == (["acceptance_deemed"] if deemed else [])


def test_goods_are_deemed_accepted_at_the_end_of_the_period() -> None:
    found = only(accepted("03-12", submitted_on="03-01"))
    assert (found.severity, found.table, found.column) == ("warning", "milestones", "trigger_date")
    assert "as of 2025-03-11 (Civil Code 621)" in found.message.en
    assert "民法典第621条" in found.message.zh
    assert "enter 2025-03-11 as trigger date" in found.cure.en


def test_construction_is_deemed_accepted_on_the_day_of_the_report() -> None:
    found = only(accepted("03-12", "construction", submitted_on="03-01", buyer="public_body"))
    assert "as of 2025-03-01 (Construction Interpretation (I) 9" in found.message.en
    assert "建工解释（一）第9条" in found.message.zh


@pytest.mark.parametrize("buyer", ["public_body", "large_enterprise"])
def test_small_firms_have_the_regulation_against_the_large(buyer: str) -> None:
    assert "第10条" in only(accepted("03-12", submitted_on="03-01", buyer=buyer)).message.zh


def test_without_a_period_silence_is_told_after_a_month_and_deems_nothing() -> None:
    assert accepted("03-31", days=None, submitted_on="03-01") == []
    found = only(accepted("04-01", days=None, submitted_on="03-01"))
    assert (found.code, found.severity) == ("acceptance_silent", "info")
    assert "no inspection period" in found.message.en


def test_a_stage_is_pressed_for_but_deemed_by_nobody() -> None:
    assert accepted("03-11", trigger="progress", submitted_on="03-01") == []
    found = only(accepted("03-12", trigger="progress", submitted_on="03-01"))
    assert found.code == "acceptance_silent"
    assert "10 days for inspection" in found.message.en


def test_a_rejection_stops_the_silence_until_it_is_submitted_again() -> None:
    found = only(accepted("04-30", submitted_on="03-01", rejected_on="03-05"))
    assert (found.code, found.severity) == ("acceptance_rejected", "info")
    assert "2025-03-05, 56 days ago" in found.message.en
    again = {"submitted_on": "03-20", "rejected_on": "03-05"}
    assert accepted("03-30", **again) == []
    assert codes(accepted("03-31", **again)) == ["acceptance_deemed"]
    assert (
        codes(accepted("03-04", submitted_on="03-01", rejected_on="03-05")) == []
    )  # not yet, as at that day


def test_accepted_by_somebody_but_never_dated() -> None:
    found = only(accepted("03-02", submitted_on="03-01", accepted_by="Fang"))
    assert (found.code, found.severity) == ("accepted_not_dated", "warning")
    assert accepted("03-12", submitted_on="03-01", accepted_by="Fang", trigger_date="03-10") == []
    assert accepted("03-12", submitted_on="03-01", trigger_date="2025-05-01") == []  # its day is named


def test_what_is_not_submitted_is_not_waited_for() -> None:
    assert accepted("12-31") == []
    assert accepted("02-28", submitted_on="03-01") == []
    assert accepted("12-31", trigger="settlement", submitted_on="03-01") == []


def test_silence_without_a_period_names_the_article_of_the_kind_of_contract() -> None:
    def cure(**more: Any) -> tuple[str, str]:
        return only(accepted("12-31", days=None, submitted_on="03-01", **more)).cure

    assert "Civil Code 621" in cure().en and "民法典第621条" in cure().zh
    works = cure(kind="construction")
    assert "Construction Interpretation (I) 9" in works.en and "建工解释（一）第9条" in works.zh
    assert "621" not in works.en + works.zh
