"""The documents that rows name: found beside the book, or named as missing. Nothing outside its folder is touched.

A cell may name a file by its path from the book's folder, or by its name in that folder or in ``documents`` (with
its ending or without). A paper without a cell of its own is looked for by the row's id: the contract, bank slips.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from addin.files.save import STATE_FOLDER
from addin.model.text import Text
from addin.service.reports.records import Record, Records
from addin.service.reports.timeline import Scope

FOLDER: Final = "documents"
"""Beside the book: where papers are looked for."""

_BOOK: Final = Text("台账本身，不收入", "the ledger itself, which stays out")
_NOT_FOUND: Final = Text("未找到文件", "no such file found")
_OUTSIDE: Final = Text("在工作簿文件夹之外，未复制", "outside the book's folder, not copied")
_LINK: Final = Text("网络链接，未下载", "a link, not downloaded")
_UNNAMED: Final = Text("未填写文件", "no file is named")
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A paper that a row names, and its file; None where there is none, with the reason."""

    table: str
    id: str
    named: str
    what: Text
    file: Path | None
    reason: Text = _NOT_FOUND


@dataclass(frozen=True)
class Shelf:
    """The folder of a book and its documents, looked at once. The book itself, with all customers in it, stays out."""

    book: Path

    def find(self, named: str) -> tuple[Path | None, Text]:
        """The file that a cell's text stands for, or why there is none."""
        text = named.strip()
        if not text:
            return None, _UNNAMED
        if _URL.match(text):
            return None, _LINK
        path = text.replace("\\", "/")
        if path.startswith(("/", "~")) or re.match(r"[A-Za-z]:", path) or ".." in path.split("/"):
            return None, _OUTSIDE
        for base in (self._root, self._root / FOLDER):
            try:
                candidate = (base / path).resolve()
                is_file = candidate.is_file()
            except (OSError, ValueError):  # a text that no system takes for a path
                return None, _NOT_FOUND
            if is_file and candidate == self.book.resolve():
                return None, _BOOK
            if is_file:
                inside = candidate.is_relative_to(self._root) and STATE_FOLDER not in candidate.parts
                return (candidate, _NOT_FOUND) if inside else (None, _OUTSIDE)
        same = self._by_stem.get(text.casefold(), ())
        return (same[0] if same else None), _NOT_FOUND

    @cached_property
    def _root(self) -> Path:
        return self.book.resolve().parent

    @cached_property
    def _by_stem(self) -> Mapping[str, Sequence[Path]]:
        """The files of ``documents`` by name without ending; a link out of the folder is none of them."""
        found: dict[str, list[Path]] = defaultdict(list)
        folder = self._root / FOLDER
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and path.resolve().is_relative_to(self._root):
                found[path.stem.casefold()].append(path)
        return found


def papers(records: Records, scope: Scope, shelf: Shelf) -> list[Found]:
    """Every paper that proves something about the contracts, in the order of the tables."""
    return [
        Found(table, id, named, what, *_found(shelf, named, id))
        for table, id, named, what in _named(records, scope)
    ]


def _found(shelf: Shelf, named: str, id: str) -> tuple[Path | None, Text]:
    """By what the cell names, part by part where it names several; without a name by the row's id."""
    if not named:
        return shelf.find(id)[0], _UNNAMED
    return shelf.find(named)


def _named(records: Records, scope: Scope) -> Iterator[tuple[str, str, str, Text]]:
    """Table, id, text of the cell, and what it is; a cell with several names gives one of each."""
    for table, id, cell, what in _cells(records, scope):
        parts = [part.strip() for part in re.split(r"[;；\n]", cell)]
        for part in [part for part in parts if part] or [""]:
            yield table, id, part, what


def _cells(records: Records, scope: Scope) -> Iterator[tuple[str, str, str, Text]]:
    for contract in scope.contracts:
        yield "contracts", contract, "", Text("合同", "Contract")
    for row in _ours(records, scope, "amendments", "effective"):
        yield "amendments", row["amendment_id"], row["document"], Text("补充协议", "Amendment")
    for row in _ours(records, scope, "reschedules", "agreed_on"):
        yield "reschedules", row["reschedule_id"], row["document"], Text("延期/分期协议", "Extension or plan")
    for id in scope.contracts:
        for milestone in records.contracts[id].milestones:
            own = records.one("milestones", milestone.id)
            if milestone.triggered and own is not None:
                yield "milestones", milestone.id, own["evidence"], Text("履约凭证", "Proof of performance")
    for row in _ours(records, scope, "invoices", "issued"):
        yield "invoices", row["invoice_no"], row["document"], Text("发票", "Invoice")
    for row in _ours(records, scope, "receipts", "date"):
        yield "receipts", row["receipt_id"], "", Text("银行回单", "Bank slip")
    for row in _ours(records, scope, "letters", "sent_on"):
        yield "letters", row["letter_id"], row["file"], Text("函件", "Letter")
        if row["delivered_on"] and row["delivered_on"] <= records.as_of:
            yield "letters", row["letter_id"], row["proof"], Text("送达凭证", "Proof of delivery")
    for row in _ours(records, scope, "contacts", "date"):
        if row["proof"]:
            yield "contacts", row["contact_id"], row["proof"], Text("沟通凭证", "Proof of contact")


def _ours(records: Records, scope: Scope, table: str, dated: str) -> list[Record]:
    return [row for row in records.until(table, dated) if scope.has(row)]
