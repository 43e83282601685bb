"""Columns and tables: what is declared once and read, written, formatted and validated everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from addin.model.text import LANGUAGES, Language, Text


class Kind(StrEnum):
    """What a column's cells hold, and the dtype they have in a frame."""

    TEXT = "text"  # object: str, "" where empty
    DATE = "date"  # datetime64[s], NaT where empty
    MONEY = "money"  # Int64: minor units of the row's currency, <NA> where empty
    RATE = "rate"  # object: Decimal fraction (0.3 is 30 %) or None
    NUM = "num"  # object: Decimal or None
    INT = "int"  # Int64
    BOOL = "bool"  # boolean
    CHOICE = "choice"  # object: the choice's key, "" where empty
    LIST = "list"  # object: tuple of str


FLAG_WORDS = {True: Text("是", "Yes"), False: Text("否", "No")}
"""What stands in a cell of yes and no."""

Owner = Literal["input", "computed", "people"]
Role = Literal["settings", "input", "mixed", "computed"]
View = Literal["finance", "manager", "month_end"]
CurrencySource = Literal["base", "self", "contract", "milestone", "receipt"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``owner``: ``input`` is typed by people, ``computed`` is written by a refresh, ``people`` is for people on a
    computed sheet and travels with the row's key. ``ref`` names the table whose key the cells hold.
    ``signed``: a number may be below zero. ``later``: its rule is not in this version, cells stay empty.
    """

    key: str
    kind: Kind
    name: Text
    required: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    owner: Owner = "input"
    ref: str | None = None
    signed: bool = False
    later: bool = False

    @cached_property
    def choice_names(self) -> Mapping[str, Text]:
        """The words of each choice by its key."""
        return dict(self.choices)

    def heading(self, language: Language) -> str:
        """What stands in the heading row."""
        return self.name.in_(language)


@dataclass(frozen=True)
class Table:
    """One table of the workbook: an Excel Table of this ``key`` on a sheet of its own.

    ``identity`` are the columns whose cells name a row; of a repeated identity the first row counts.
    ``currency`` tells where a row's currency stands: its own column, its contract's, its milestone's …
    """

    key: str
    name: Text
    role: Role
    about: Text
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ()
    currency: CurrencySource = "base"
    visible: bool = False
    views: tuple[View, ...] = field(default=("finance",))

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """The columns by key, in order."""
        return {column.key: column for column in self.columns}

    def __getitem__(self, key: str) -> Column:
        return self.by_key[key]

    def owned_by(self, owner: Owner) -> tuple[Column, ...]:
        """The columns of one owner, in order."""
        return tuple(column for column in self.columns if column.owner == owner)

    @cached_property
    def heading_keys(self) -> Mapping[str, str]:
        """Column key by every heading that is recognised: key, zh and en, folded for comparison."""
        return {
            fold(heading): column.key
            for column in self.columns
            for heading in (column.key, *(column.heading(language) for language in LANGUAGES))
        }

    def places(self, headings: Sequence[str]) -> dict[str, int]:
        """Where each declared column stands among headings, in any order and either language; the first counts."""
        known: dict[str, int] = {}
        for place, heading in enumerate(headings):
            key = self.heading_keys.get(fold(str(heading)))
            if key is not None:
                known.setdefault(key, place)
        return known


def fold(text: str) -> str:
    """Text as headings and choice words are compared: NFKC, no case, no white space.

    >>> fold("Due date") == fold("ＤＵＥ\\nDATE ")
    True
    """
    from unicodedata import normalize

    return "".join(normalize("NFKC", text).casefold().split())
