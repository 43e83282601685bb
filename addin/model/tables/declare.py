"""The short words in which the tables are declared."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from addin.model.columns import Column, Kind
from addin.model.text import Text

Options = tuple[tuple[str, Text], ...]


def options(words: str) -> Options:
    """Choices written as ``key zh en; key zh en``: the first two blanks part key, zh word and en word.

    >>> options("visit 拜访 Visit; draft 银承 Bank draft")[1]
    ('draft', Text(zh='银承', en='Bank draft'))
    """
    parts = (entry.strip().split(" ", 2) for entry in words.split(";"))
    return tuple((key, Text(zh, en)) for key, zh, en in parts)


def _column(
    kind: Kind,
    key: str,
    zh: str,
    en: str,
    choices: str | Options = (),
    *,
    required: bool = False,
    ref: str | None = None,
    signed: bool = False,
    later: bool = False,
) -> Column:
    made = options(choices) if isinstance(choices, str) else choices
    return Column(key, kind, Text(zh, en), required, made, "input", ref, signed, later)


text = partial(_column, Kind.TEXT)
day = partial(_column, Kind.DATE)
money = partial(_column, Kind.MONEY)
rate = partial(_column, Kind.RATE)
number = partial(_column, Kind.NUM)
whole = partial(_column, Kind.INT)
flag = partial(_column, Kind.BOOL)
choice = partial(_column, Kind.CHOICE)
several = partial(_column, Kind.LIST)


def computed(*columns: Column) -> tuple[Column, ...]:
    """The same columns, owned by the add-in."""
    return tuple(replace(column, owner="computed") for column in columns)


def for_people(*columns: Column) -> tuple[Column, ...]:
    """The same columns, for people on a computed sheet: they travel with the row's key."""
    return tuple(replace(column, owner="people") for column in columns)
