"""The rows that a new book comes with: the settings with their defaults, and a ladder of reminders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from addin.model.columns import Table
from addin.model.text import Language
from addin.rules.policy import POLICY

Row: TypeAlias = dict[str, str | int]
"""Cells by column key."""

_LADDER = """
0 before_due 7 email 到期提示|Friendly notice notice
1 after_due 1 email 首次提醒|First reminder reminder
2 after_due 7 phone 电话催收|Call -
3 after_due 15 letter 对账与催款|Statement and reminder reminder
4 after_due 30 letter 催款函|Demand demand
5 after_due 60 letter 最后通知|Final notice final
6 after_due 90 legal 诉讼或仲裁|Suit or arbitration -
"""
"""Level, mode, days, channel, name in zh|en, template."""

_FASTER = "B;C"
"""Customers of these grades are a level further on."""


def first_rows(table: Table, language: Language) -> Sequence[Row]:
    """The rows of a new book; none for most tables."""
    made = {"settings": _settings, "levels": _levels}.get(table.key)
    return [_without_blanks(row) for row in made(table, language)] if made else ()


def _without_blanks(row: Row) -> Row:
    return {key: value for key, value in row.items() if value != ""}


def _settings(_: Table, language: Language) -> list[Row]:
    return [
        {
            "key": setting.key,
            "value": language if setting.key == "language" else setting.default,
            "unit": setting.unit.in_(language),
            "note": setting.note.in_(language),
        }
        for setting in POLICY
    ]


def _levels(table: Table, language: Language) -> list[Row]:
    return [_level(table, line, language) for line in _LADDER.strip().splitlines()]


def _level(table: Table, line: str, language: Language) -> Row:
    level, mode, days, channel, rest = line.split(" ", 4)
    names, template = rest.rsplit(" ", 1)
    name_zh, name_en = names.split("|")
    return {
        "level": int(level),
        "name_zh": name_zh,
        "name_en": name_en,
        "mode": table["mode"].choice_names[mode].in_(language),
        "days": int(days),
        "channel": table["channel"].choice_names[channel].in_(language),
        "template": template.strip("-"),
        "faster_grades": _FASTER if int(level) else "",
    }
