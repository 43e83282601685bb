"""Formulas as text: sheets and table columns under their new names.

Strings, references into other workbooks and everything else are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"\"(?:[^\"]|\"\")*\""
    r"|(?P<quoted>'(?:[^']|'')*'!)"
    r"|(?P<plain>[^\W\d][\w.]*(?::[^\W\d][\w.]*)?!)"
    r"|\[[^\]]*\](?:[\w.]+!)?"
    r"|(?P<table>[^\W\d][\w.\\]*)\["
    r"|[\w.\\]+"
)
_BARE = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]\d*|[Rr]\d*[Cc]\d*|TRUE|FALSE", re.IGNORECASE)


@dataclass(frozen=True)
class Renames:
    """New names by old: sheets, and the columns of each table (its name case-folded)."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sheets or any(self.columns.values()))

    def sheet(self, name: str) -> str:
        """A sheet's new name, any case; its own where it keeps it."""
        folded = name.casefold()
        return next((new for old, new in self.sheets.items() if old.casefold() == folded), name)

    def formula(self, text: str) -> str:
        """A formula after the renaming.

        >>> names = Renames({"合同": "Contracts", "总账": "Ledger 1"}, {"receipts": {"金额": "Amount"}})
        >>> names.formula("SUM(receipts[[#All],[金额]])+合同!A1+总账!B2&\\"合同!A1\\"+[1]合同!A1")
        'SUM(receipts[[#All],[Amount]])+Contracts!A1+\\'Ledger 1\\'!B2&"合同!A1"+[1]合同!A1'
        """
        if "!" not in text and "[" not in text:
            return text
        out: list[str] = []
        at = 0
        while match := _TOKEN.search(text, at):
            out.append(text[at : match.start()])
            at = match.end()
            if match["quoted"] or match["plain"]:
                out.append(self._prefix(match[0]))
            elif match["table"]:
                end = bracket_end(text, at)
                if not end:
                    return text
                out.append(match[0] + self._inside(match["table"], text[at : end - 1]) + text[end - 1 : end])
                at = end
            else:
                out.append(match[0])
        return "".join([*out, text[at:]])

    def _prefix(self, prefix: str) -> str:
        """A sheet's name before its exclamation mark; two names with a colon are a stack of sheets."""
        quoted = prefix.startswith("'")
        inner = prefix[1:-2].replace("''", "'") if quoted else prefix[:-1]
        if quoted and "[" in inner:
            return prefix
        names = [self.sheet(name) for name in inner.split(":")]
        new = ":".join(names)
        if new == inner:
            return prefix
        if quoted or not all(map(_is_bare, names)):
            return f"'{new.replace(chr(39), chr(39) * 2)}'!"
        return f"{new}!"

    def _inside(self, table: str, inside: str) -> str:
        """What stands between a table's brackets: a column, or items in brackets of their own."""
        names = self.columns.get(table.casefold())
        if not names:
            return inside
        if "[" not in re.sub(r"'.", "", inside):
            return _renamed_item(inside, names)
        out, at = [], 0
        while (start := inside.find("[", at)) >= 0:
            end = bracket_end(inside, start + 1)
            if not end:
                return inside
            out += [inside[at : start + 1], _renamed_item(inside[start + 1 : end - 1], names), "]"]
            at = end
        return "".join([*out, inside[at:]])


def bracket_end(text: str, at: int) -> int:
    """The position after the bracket that was opened before `at`, 0 where it is never closed; an apostrophe
    escapes inside."""
    depth = 1
    while at < len(text) and depth:
        if text[at] == "'":
            at += 1
        else:
            depth += (text[at] == "[") - (text[at] == "]")
        at += 1
    return 0 if depth else at


def _renamed_item(item: str, names: Mapping[str, str]) -> str:
    mark = "@" if item.startswith("@") else ""
    name = re.sub(r"'(.)", r"\1", item[len(mark) :])
    return mark + column_item(names[name]) if name in names else item


def column_item(name: str) -> str:
    """A column's name inside brackets: its special characters behind an apostrophe.

    >>> column_item("Invoice [no.]")
    "Invoice '[no.']"
    """
    return "".join(f"'{char}" if char in "[]#'@" else char for char in name)


def _is_bare(name: str) -> bool:
    return bool(_BARE.fullmatch(name)) and not _LIKE_A_CELL.fullmatch(name)
