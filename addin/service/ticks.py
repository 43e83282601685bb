"""Rows of the worklist that somebody confirmed in the sheet: a tick counts only for what the row showed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from addin.files.package.edits import KEEP, ColumnEdit, ColumnValue, TableEdit
from addin.model.cells import RawBook, RawTable
from addin.model.columns import FLAG_WORDS
from addin.model.ledger import typed_computed
from addin.model.money import digits_of
from addin.model.problems import shown
from addin.model.reading import text_of
from addin.model.result import TableWrite
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.chasing.proposal import Proposal
from addin.service.writes import cell_words

WORKLIST: Final = "worklist"


class Ticks(NamedTuple):
    """Keys of the rows whose tick counts, and by key why another one's does not."""

    valid: set[str]
    ignored: dict[str, Text]


def ticks(raw: RawBook, proposals: Sequence[Proposal], ids: Sequence[str]) -> Ticks:
    """``ids`` are the milestones' by position. A tick counts where the row still stands for the same letter."""
    found = Ticks(set(), {})
    source = raw.tables.get(WORKLIST)
    if source is None or "confirm" not in TABLES[WORKLIST].places(source.headings):
        return found
    frame = typed_computed(raw, WORKLIST, _digits(source))
    fresh = {each.key: each for each in proposals}
    rows: list[dict[Any, Any]] = frame[_ticked(frame)].to_dict("records")
    for row in rows:
        key = str(row["key"])
        proposal = fresh.get(key)
        if proposal is None or proposal.level is None:
            found.ignored[key] = _GONE
        elif proposal.holds:
            found.ignored[key] = _HELD
        elif _shown(row) != _meant(proposal, ids):
            found.ignored[key] = _OTHER
        else:
            found.valid.add(key)
    found.ignored.update(_unread(source, frame))
    return found


def _unread(source: RawTable, frame: pd.DataFrame) -> Iterator[tuple[str, Text]]:
    """Rows with something in the column of ticks that is neither yes nor no: nobody may wait for their letters."""
    cells = source.columns[TABLES[WORKLIST].places(source.headings)["confirm"]]
    for key, cell, unknown in zip(
        frame["key"].tolist(), cells, frame["confirm"].isna().tolist(), strict=True
    ):
        if unknown and (said := shown(cell_words(cell))):
            yield (
                str(key),
                Text(
                    f"勾选未生效：“{said}”不是“是”或“否”",
                    f'the tick does not count: "{said}" is neither yes nor no',
                ),
            )


def _ticked(frame: pd.DataFrame) -> np.ndarray:
    ticked: np.ndarray = frame["confirm"].fillna(False).to_numpy(bool)
    return ticked


def _digits(source: RawTable) -> np.ndarray:
    """Decimals of each row's currency, which its key ends in."""
    place = TABLES[WORKLIST].places(source.headings).get("key")
    keys = [""] * len(source.rows) if place is None else list(map(cell_words, source.columns[place]))
    return np.array([digits_of(key.rpartition(" ")[2]) for key in keys], dtype=int)


def _shown(row: dict[Any, Any]) -> tuple[object, ...]:
    """What the person saw who ticked. Interest is left out: it grows by the day, and nobody confirms it."""
    figures = [None if pd.isna(row[column]) else int(row[column]) for column in ("level", "open", "overdue")]
    return *figures, tuple(row["milestones"])


def _meant(proposal: Proposal, ids: Sequence[str]) -> tuple[object, ...]:
    """The same of the row as it would be now."""
    assert proposal.level is not None, "a row with a tick that could count has a level"
    named = tuple(ids[position] for position in proposal.milestones)
    return proposal.level.number, proposal.open, proposal.overdue, named


_GONE: Final = Text(
    "勾选未生效：这一行已不再建议催款", "the tick does not count: this row is no longer proposed"
)
_HELD: Final = Text("勾选未生效：这一行暂缓", "the tick does not count: this row is held back")
_OTHER: Final = Text(
    "勾选未生效：级别、节点或金额已变，请刷新后重新勾选",
    "the tick does not count: level, milestones or amounts have changed; refresh and tick again",
)


def outdated(raw: RawBook, write: TableWrite | None) -> set[str]:
    """Keys of ticked rows that ``write`` shows otherwise or holds back: nobody has confirmed what they say now."""
    source = raw.tables.get(WORKLIST)
    if write is None or source is None or "confirm" not in TABLES[WORKLIST].places(source.headings):
        return set()
    stored = typed_computed(raw, WORKLIST, _digits(source))
    ticked: list[dict[Any, Any]] = stored[_ticked(stored)].to_dict("records")
    if not ticked:
        return set()
    rows: list[dict[Any, Any]] = write.frame.to_dict("records")
    fresh = {row["key"]: row for row in rows}
    return {
        row["key"]
        for row in ticked
        if (now := fresh.get(row["key"])) is not None and (now["blocked_by"] or _shown(row) != _shown(now))
    }


def cleared(raw: RawBook, write: TableWrite | None, keys: set[str], language: Language) -> TableEdit | None:
    """The worklist with the ticks of these rows emptied; ``write`` is what the run writes into it otherwise."""
    source = raw.tables.get(WORKLIST)
    places = {} if source is None else TABLES[WORKLIST].places(source.headings)
    if source is None or not {"key", "confirm"} <= places.keys():
        return None
    keyed = dict(zip(source.rows, map(cell_words, source.columns[places["key"]]), strict=True))
    ticked = dict(zip(source.rows, source.columns[places["confirm"]], strict=True))
    first = source.header_row + 1
    if write is None:
        gone = [keyed.get(first + slot) in keys and first + slot in ticked for slot in range(source.size)]
        values: list[ColumnValue] = [None if emptied else KEEP for emptied in gone]
    else:
        values = [
            None if key in keys else _again(ticked.get(first + old) if old is not None else None, language)
            for key, old in zip(write.frame["key"].tolist(), write.origin, strict=True)
        ]
    return TableEdit(WORKLIST, {places["confirm"]: ColumnEdit("text", values)}, len(values))


def _again(cell: object, language: Language) -> ColumnValue:
    """A cell of the column as it is written where its row moves."""
    if isinstance(cell, bool):
        return FLAG_WORDS[cell].in_(language)
    return text_of(cell) or None if isinstance(cell, str | float) else None
