"""Settings: their defaults, the day from which they count, and values that cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from addin.model.finding import Finding, Severity
from addin.rules.policy import POLICY, Policy, defaults, read_policy

Row = tuple[str, str] | tuple[str, str, str]


def policy(*rows: Row, on: str = "2026-06-30", language: str = "zh") -> tuple[Policy, list[Finding]]:
    full = [(*row, "")[:3] for row in rows]
    frame = pd.DataFrame(
        {
            "key": [key for key, *_ in full],
            "value": [value for _, value, _ in full],
            "effective": pd.to_datetime(
                pd.Series([effective or None for *_, effective in full], index=range(6, 6 + len(full)))
            ),
        },
        index=range(6, 6 + len(full)),
    )
    return read_policy(frame, date.fromisoformat(on), language)


def test_without_settings_the_defaults_hold() -> None:
    found, told = policy()
    assert told == []
    assert found.base_currency == "CNY"
    assert found.aging_edges == (30, 60, 90, 120)
    assert found["provision_rates"][1] == Decimal("0.1")
    assert found["as_of"] is None


def test_due_dates_follow_in_zh_books_stay_in_en_books_and_obey_the_setting_in_both() -> None:
    assert (defaults("zh").roll, defaults("en").roll) == ("following", "none")
    assert policy(("roll", "preceding"), language="zh")[0].roll == "preceding"
    assert policy(("roll", "Following"), language="en")[0].roll == "following"


@pytest.mark.parametrize(
    ("on", "value"), [("2026-03-31", "100"), ("2026-04-01", "250"), ("2026-06-30", "250")]
)
def test_a_setting_counts_from_its_effective_day(on: str, value: str) -> None:
    rows: list[Row] = [("min_reminder", "250", "2026-04-01"), ("min_reminder", "999", "2026-07-01")]
    assert policy(*rows, on=on)[0]["min_reminder"] == Decimal(value)


def test_of_several_the_latest_effective_stands_and_an_empty_day_is_always() -> None:
    rows: list[Row] = [
        ("min_reminder", "5", "2026-05-01"),
        ("min_reminder", "7"),
        ("min_reminder", "4", "2026-04-01"),
    ]
    assert policy(*rows)[0]["min_reminder"] == Decimal(5)
    assert policy(*rows, on="2026-04-30")[0]["min_reminder"] == Decimal(4)
    assert policy(*rows, on="2026-03-31")[0]["min_reminder"] == Decimal(7)


def test_an_unknown_key_is_a_warning_at_its_row() -> None:
    _, (found,) = policy(("roll", "none"), ("rol", "none"))
    assert (found.code, found.severity, found.row, found.column) == (
        "setting_unknown",
        Severity.WARNING,
        7,
        "key",
    )


UNREADABLE = [
    ("aging_edges", "30;60;90", "30;60;90;120"),
    ("aging_edges", "30;60;60;90", "30;60;90;120"),
    ("aging_edges", "30;60;90;120;180", "30;60;90;120"),
    ("aging_edges", "0;60;90;120", "30;60;90;120"),
    ("roll", "forwards", ""),
    ("base_currency", "RMB ¥", "CNY"),
    ("lpr_1y", "three percent", "0.03"),
    ("min_reminder", "-1", "100"),
    ("cooling_days", "7.5", "7"),
    ("grade_cuts", "90;80;70", "90;80;70;60;50;40"),
    ("our_size", "huge", ""),
    ("as_of", "yesterday", ""),
]


@pytest.mark.parametrize(("key", "value", "default"), UNREADABLE)
def test_an_unreadable_value_names_the_default_that_applies(key: str, value: str, default: str) -> None:
    found, (told,) = policy((key, value))
    assert found[key] == defaults()[key]
    assert (told.code, told.severity, told.row, told.column) == (
        "setting_unreadable",
        Severity.ERROR,
        6,
        "value",
    )
    assert f"按默认值“{default}”" in told.message.zh if default else "按留空" in told.message.zh
    assert f'"{default}" applies' in told.message.en if default else "empty value applies" in told.message.en


READABLE: list[tuple[str, str, Any]] = [
    ("aging_edges", "30/60/90/180", (30, 60, 90, 180)),
    ("lpr_1y", "3.1%", Decimal("0.031")),
    ("base_currency", "usd", "USD"),
    ("as_of", "2026-06-30", date(2026, 6, 30)),
    ("cooling_days", "7.0", 7),
    ("cooling_days", "0", 0),
    ("estimate_late_rate", "0.0005", Decimal("0.0005")),
    ("ROLL", "none", "none"),
]


@pytest.mark.parametrize(("key", "value", "read"), READABLE)
def test_values_as_people_write_them(key: str, value: str, read: Any) -> None:
    found, told = policy((key, value))
    assert (found[key.lower()], told) == (read, [])


def test_an_empty_value_is_the_default_and_no_finding() -> None:
    assert policy(("lpr_1y", "")) == (defaults(), [])


def test_remembered_headings_are_no_settings() -> None:
    found, told = policy(("map.receipts.Zahlung vom", "date"), ("map.bank.a.b", "memo"))
    assert told == []
    assert found.maps == {("receipts", "Zahlung vom"): "date", ("bank", "a.b"): "memo"}


def test_every_default_can_be_read_and_every_key_is_there_once() -> None:
    keys = [setting.key for setting in POLICY]
    assert len(keys) == len({*keys}) > 30
    for setting in POLICY:
        setting.read(setting.default)
        assert setting.note.zh and setting.note.en
