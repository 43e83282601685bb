"""Which column each heading of a file stands for: decisions first, then our own words, guesses never."""

from __future__ import annotations

import pytest

from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.import_headings import parse_map, propose, recognise

RECEIPTS = TABLES["receipts"]


def test_keys_and_both_languages_are_known():
    found = recognise(RECEIPTS, ["receipt_id", "日期", "AMOUNT", "Payer "], {}, {})
    assert found.columns == {"receipt_id": 0, "date": 1, "amount": 2, "payer": 3}
    assert found.unknown == ()


def test_full_width_and_line_breaks_do_not_matter():
    assert recognise(RECEIPTS, ["Ｒｅｃｅｉｐｔ\nID"], {}, {}).columns == {"receipt_id": 0}


def test_computed_columns_are_left_out():
    found = recognise(RECEIPTS, ["receipt_id", "allocated", "未核销"], {}, {})
    assert found.columns == {"receipt_id": 0}
    assert found.left_out == ("allocated", "未核销")


def test_what_the_person_says_goes_before_what_was_remembered_and_before_our_own_words():
    headings = ["Amount", "Total", "Net"]
    assert recognise(RECEIPTS, headings, {}, {}).columns["amount"] == 0
    assert recognise(RECEIPTS, headings, {}, {"Amount": "memo", "Total": "amount"}).columns["amount"] == 1
    assert recognise(RECEIPTS, headings, {"amount": "Net"}, {"Total": "amount"}).columns["amount"] == 2


def test_of_two_headings_for_a_column_the_first_counts():
    found = recognise(RECEIPTS, ["amount", "金额"], {}, {})
    assert (found.columns, found.left_out) == ({"amount": 0}, ("金额",))


def test_a_map_may_name_the_column_in_any_language():
    assert recognise(RECEIPTS, ["Total"], {"金额": "Total"}, {}).chosen == {"amount": "Total"}


def test_guesses_are_proposed_and_not_applied():
    found = recognise(RECEIPTS, ["receipt_id", "Recepit date", "Remitter", "Zzz"], {}, {})
    assert found.columns == {"receipt_id": 0}
    assert found.unknown == ("Recepit date", "Remitter", "Zzz")
    assert found.proposals["Remitter"] == "payer"
    assert "Zzz" not in found.proposals


def test_a_column_is_proposed_once():
    proposals = propose(["Total", "Totals"], [RECEIPTS["amount"]])
    assert proposals == {"Total": "amount"}


@pytest.mark.parametrize(
    ("asked", "code", "named"),
    [
        ({"colour": "Total"}, "map_column", "receipt_id"),
        ({"allocated": "Total"}, "map_column", "receipt_id"),
        ({"amount": "Sum"}, "map_heading", "Total"),
    ],
)
def test_a_map_that_fits_nothing_is_told_with_what_there_is(asked, code, named):
    with pytest.raises(LedgerError) as caught:
        recognise(RECEIPTS, ["Total"], asked, {})
    assert caught.value.code == code
    assert named in caught.value.problem.zh
    assert named in caught.value.problem.en


@pytest.mark.parametrize("entry", ["amount", "=Total", "amount="])
def test_a_map_needs_both_sides(entry):
    with pytest.raises(LedgerError, match="key=Heading"):
        parse_map([entry])


def test_a_heading_may_hold_an_equals_sign():
    assert parse_map(["amount=a=b"]) == {"amount": "a=b"}
