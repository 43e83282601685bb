"""How the figures of a milestone, a contract or a customer came about; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from addin.files.memory import recall
from addin.model.cells import RawBook
from addin.model.columns import fold
from addin.model.finding import LedgerError
from addin.model.ledger import typed_computed
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.book import Book, replay_book
from addin.rules.explain.desk import SUBJECTS, Desk
from addin.rules.explain.figures import TELLERS, explain, explain_all, rows_named
from addin.rules.explain.steps import Explanation, Row
from addin.service.books import as_of_date, load_book
from addin.service.chasing import failed_bills, later_than
from addin.service.refresh import typed

NEAR = 5
"""Ids that are proposed for one that is not known."""


@dataclass(frozen=True)
class Explained:
    """Explanations as at a day, in the order milestone, contract, customer; ``sheets`` as the book calls them."""

    book: Path
    as_of: date
    language: Language
    sheets: Mapping[str, str]
    explanations: list[Explanation]


def explain_book(
    book: Path,
    ref: str,
    field: str | None = None,
    *,
    today: date,
    as_of: date | None = None,
    language: Language | None = None,
) -> Explained:
    """Explains one figure (``field``: column key or heading) of the rows that bear the id ``ref``, or all of them.

    An id may name a milestone, a contract and a customer at once: each is explained, in that order. LedgerError
    where nothing bears the id, with the nearest ids, or none of the rows has such a column.
    """
    raw, own = load_book(book)
    return explained(book, raw, own, ref, field, today=today, as_of=as_of, language=language)


def explained(
    book: Path,
    raw: RawBook,
    own: Language,
    ref: str,
    field: str | None = None,
    *,
    today: date,
    as_of: date | None = None,
    language: Language | None = None,
) -> Explained:
    """The same of a book whose cells are at hand."""
    day = as_of_date(raw, as_of, today, own)
    ledger = typed(raw, day, own, recall(book))
    desk = desk_of(raw, replay_book(ledger.ledger, ledger.policy, day), own)
    rows = rows_named(desk, ref.strip())
    if not rows:
        raise LedgerError("ref_unknown", _unknown(desk, ref.strip()))
    sheets = {key: table.sheet for key, table in raw.tables.items()}
    return Explained(book, day, language or own, sheets, _explanations(desk, rows, field))


def desk_of(raw: RawBook, book: Book, language: Language) -> Desk:
    """Where the figures of a replayed book are explained from; ``language`` is the book's own."""
    left_alone = later_than(raw, book.ledger, book.as_of) is not None
    return Desk(book, typed_computed(raw, "history"), language, failed_bills(raw), left_alone)


def _explanations(desk: Desk, rows: list[Row], field: str | None) -> list[Explanation]:
    if field is None:
        return [each for row in rows for each in explain_all(desk, row)]
    columns = [(row, TABLES[row.table].heading_keys.get(fold(field))) for row in rows]
    found = [explain(desk, row, column) for row, column in columns if column is not None]
    if not found:
        raise LedgerError("field_unknown", _no_field(rows[0], field))
    return found


def _unknown(desk: Desk, ref: str) -> Text:
    near = _nearest(desk, ref)
    hint_zh = f"相近的有 {'、'.join(near)}。" if near else "编号见收款节点、合同和客户档案三张表。"
    hint_en = (
        f"Near to it: {', '.join(near)}." if near else "Ids stand in milestones, contracts and customers."
    )
    return Text(
        f"没有编号为“{ref}”的节点、合同或客户。{hint_zh}",
        f'No milestone, contract or customer has the id "{ref}". {hint_en}',
    )


def _nearest(desk: Desk, ref: str) -> list[str]:
    """The ids most like it, width and case aside; of a customer's name its id."""
    ids: dict[str, str] = {}
    for table in SUBJECTS:
        for id in desk.rows_by_id(table):
            ids.setdefault(fold(id), id)
    customers = desk.book.ledger["customers"]
    for name, id in zip(customers["name"].tolist(), customers["customer_id"].tolist(), strict=True):
        ids.setdefault(fold(name), id)
    return list(dict.fromkeys(ids[word] for word in get_close_matches(fold(ref), ids, NEAR)))


def _no_field(row: Row, field: str) -> Text:
    table = TABLES[row.table]
    keys = ", ".join(TELLERS[row.table])
    return Text(
        f"“{table.name.zh}”没有“{field}”这一列。可以解释的有 {keys}。",
        f'{table.key} has no column "{field}". What can be explained: {keys}.',
    )
