"""Settings that nobody knows or can read: told with their row, and the default, by name, in their place."""

from __future__ import annotations

from datetime import date

import pytest

from addin.files.template import HEADING_ROW
from addin.rules.policy import POLICY
from tests.bad_input.ledger import CLEAN_TOTALS, make_book, shows_error, with_rows
from tests.bad_input.reports import check

ADDED = HEADING_ROW + 1 + len(POLICY)
"""The first free row of the template's settings."""


def book_with(folder, key, value, effective=date(2026, 1, 1), cells=None):
    row = {"key": key, "value": value, "effective": effective}
    return make_book(folder, cells, rows=with_rows(settings=[row]))


UNREADABLE = {
    "cooling_days": ("-1", "7"),
    "promise_grace_days": ("two", "3"),
    "bank_stale_days": ("a week", "7"),
    "rollforward_months": ("1000000000", "12"),
    "aging_edges": ("30;60;60;120", "30;60;90;120"),
    "lpr_1y": ("NaN", "0.03"),
    "day_count": ("364", "365"),
    "provision_rates": ("0.1;0.2", "0.03;0.1;0.3;0.5;0.8;1"),
    "base_currency": ("doubloons", "CNY"),
    "min_reminder": ("1e300", "100"),
}


@pytest.mark.parametrize("key", UNREADABLE)
def test_a_value_that_cannot_be_read(tmp_path, key):
    value, default = UNREADABLE[key]
    seen = check(book_with(tmp_path, key, value))
    ((found, zh),) = seen.only("setting_unreadable")
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        "error",
        "settings",
        ADDED,
        "value",
    )
    assert found["message"] == f'The value "{value}" of {key} cannot be read; the default "{default}" applies'
    assert f"默认值“{default}”" in zh["message"]
    assert seen.code == 1
    assert seen.totals == CLEAN_TOTALS


def test_a_default_that_is_empty_is_named_too(tmp_path):
    seen = check(book_with(tmp_path, "as_of", "soon"))
    found, zh = seen.one("setting_unreadable")
    assert found["message"].endswith("an empty value applies")
    assert zh["message"].endswith("按留空计算")
    assert "for example" not in found["cure"]


def test_a_value_that_is_an_error_cell(tmp_path):
    cells = {("settings", ADDED, "value"): shows_error("#REF!")}
    seen = check(book_with(tmp_path, "aging_edges", "x", cells=cells))
    assert seen.one("cell_error")[0]["row"] == ADDED
    assert "the default" in seen.one("setting_unreadable")[0]["message"]
    assert seen.buckets == {"current": "40000.00", "31-60": "20000.00"}


def test_an_unknown_key(tmp_path):
    seen = check(book_with(tmp_path, "favourite_colour", "red"))
    ((found, _),) = seen.only("setting_unknown")
    assert (found["severity"], found["row"], found["column"]) == ("warning", ADDED, "key")
    assert seen.code == 0
    assert seen.totals == CLEAN_TOTALS


def test_a_day_that_cannot_be_read_leaves_the_row_out(tmp_path):
    """Unknown is not empty: an empty day would put the setting in force for ever."""
    seen = check(book_with(tmp_path, "aging_edges", "50;60;70;80", effective="someday"))
    ((found, _),) = seen.only("unreadable")
    assert (found["row"], found["column"]) == (ADDED, "effective")
    assert found["message"].endswith("this row is left out")
    assert seen.buckets == {"current": "40000.00", "31-60": "20000.00"}


READ = {"３０；６０；９０；１２０": "31-60", "50/55/60/65": "51-55", "10, 20, 30, 60": "31-60"}


@pytest.mark.parametrize("value", READ)
def test_other_ways_to_write_edges_are_read(tmp_path, value):
    """M001 is 55 days overdue."""
    seen = check(book_with(tmp_path, "aging_edges", value))
    assert seen.only() == []
    assert seen.buckets[READ[value]] == "20000.00"


def test_a_day_in_words_is_read_as_everywhere(tmp_path):
    seen = check(book_with(tmp_path, "as_of", "2026年3月31日"))
    assert seen.only() == []
