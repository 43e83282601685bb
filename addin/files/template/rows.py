"""The rows that a new book comes with: the settings with their defaults, and a ladder of reminders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from addin.model.columns import Table
from addin.model.text import Language
from addin.rules.chasing.levels import DEFAULT
from addin.rules.policy import POLICY

Row: TypeAlias = dict[str, str | int]
"""Cells by column key."""


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
    return [
        {
            "level": level.number,
            "name_zh": level.name.zh,
            "name_en": level.name.en,
            "mode": table["mode"].choice_names[level.mode].in_(language),
            "days": level.days,
            "channel": table["channel"].choice_names[level.channel].in_(language),
            "template": level.template,
            "faster_grades": ";".join(sorted(level.faster_grades)),
        }
        for level in DEFAULT
    ]
