"""Formulas follow renamed sheets and columns, and nothing else in them changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.files.package.structure.references import Renames

NAMES = Renames(
    {"合同": "Contracts", "总账余额": "General ledger", "It's": "Q1"},
    {"receipts": {"金额": "Amount", "惯常延迟(天)": "Delay [days]", "#号": "No."}},
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("合同!A1", "Contracts!A1"),
        ("'合同'!A1:B2", "'Contracts'!A1:B2"),
        ("总账余额!A1", "'General ledger'!A1"),
        ("'It''s'!A1", "'Q1'!A1"),
        ("SUM(合同:总账余额!A1)", "SUM('Contracts:General ledger'!A1)"),
        ("receipts[金额]", "receipts[Amount]"),
        ("RECEIPTS[[#This Row],[金额]]", "RECEIPTS[[#This Row],[Amount]]"),
        ("receipts[[金额]:[惯常延迟(天)]]", "receipts[[Amount]:[Delay '[days']]]"),
        ("receipts['#号]", "receipts[No.]"),
        ("SUM(receipts[金额],合同!A1)", "SUM(receipts[Amount],Contracts!A1)"),
    ],
)
def test_references_follow(before: str, after: str) -> None:
    assert NAMES.formula(before) == after


@pytest.mark.parametrize(
    "formula",
    [
        '"合同!A1"&"receipts[金额]"',
        "[1]合同!A1",
        "'[book.xlsx]合同'!A1",
        "'C:\\dir\\[book.xlsx]合同'!A1",
        "其他合同!A1",
        "合同",
        "invoices[金额]",
        "receipts[#All]",
        "receipts[大区]",
        'INDIRECT("合同!A1")',
        "SUM({1,2;3,4})",
    ],
)
def test_what_is_no_reference_stays(formula: str) -> None:
    assert NAMES.formula(formula) == formula


@given(st.text("合同总账A1!'[]:\"#,() 金额receipts", max_size=30))
def test_any_text_is_survived_and_without_names_nothing_changes(text: str) -> None:
    NAMES.formula(text)
    assert Renames().formula(text) == text


@given(st.permutations(["合同!A1", "receipts[金额]", '"合同!"', "[1]合同!A1", "B2"]))
def test_there_and_back_is_the_same_formula(terms: list[str]) -> None:
    back = Renames({"Contracts": "合同"}, {"receipts": {"Amount": "金额"}})
    formula = "+".join(terms)
    assert back.formula(NAMES.formula(formula)) == formula
