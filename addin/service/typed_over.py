"""Computed cells that somebody typed over: what stands there is not what the last run wrote (WORKBOOK, rule 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from addin.model import bad_rows
from addin.model.cells import RawBook
from addin.model.columns import Column, Kind
from addin.model.finding import Finding
from addin.model.ledger import Ledger, typed_computed
from addin.model.result import Result
from addin.model.tables import TABLES

Memory = Mapping[str, np.ndarray]
"""Marks of the cells last written, by ``table/column``; ``table/`` marks the keys, ``run`` the run."""

_NOTHING = np.iinfo(np.int64).min


def memory_of(result: Result, run: Sequence[str]) -> Memory:
    """Marks of every computed cell of the mixed tables as a run leaves them. ``run`` tells runs apart."""
    marks = {"run": np.array(run)}
    for key, ids in result.keys.items():
        frame = result.frames[key]
        marks[f"{key}/"] = _marks_of_words(ids)
        for column in TABLES[key].owned_by("computed"):
            if column.key in frame:
                marks[f"{key}/{column.key}"] = _marks(column, frame[column.key])
    return marks


def last_run(raw: RawBook) -> tuple[str, str]:
    """Number and time of the last run that the book knows of."""
    runs = typed_computed(raw, "runs")
    return ("", "") if runs.empty else (str(runs["run"].iloc[-1]), str(runs["at"].iloc[-1]))


def typed_over(raw: RawBook, ledger: Ledger, memory: Memory) -> Iterator[Finding]:
    """A finding for each cell that is not as the last run left it; none where the memory is another run's."""
    if "run" not in memory or tuple(memory["run"].tolist()) != last_run(raw):
        return
    for name, before in memory.items():
        key, _, column_key = name.partition("/")
        if column_key and key in ledger.frames and column_key in TABLES[key].by_key:
            column = TABLES[key][column_key]
            for row in _changed_rows(ledger, key, column, memory[f"{key}/"], before):
                yield bad_rows.typed_over(TABLES[key], column, row)


def _changed_rows(
    ledger: Ledger, key: str, column: Column, old_keys: np.ndarray, before: np.ndarray
) -> list[int]:
    frame = ledger[key]
    if not len(old_keys) or not len(frame):
        return []
    order = np.argsort(old_keys, kind="stable")
    keys = _marks_of_words(frame[TABLES[key].identity[0]].tolist())
    place = order[np.minimum(np.searchsorted(old_keys, keys, sorter=order), len(order) - 1)]
    known = old_keys[place] == keys
    lost = ledger.unknown.get((key, column.key), frozenset())  # told when it was read
    changed = known & (_marks(column, frame[column.key]) != before[place])
    return [row for row in frame.index[changed].tolist() if row not in lost]


def _marks(column: Column, values: pd.Series) -> np.ndarray:
    """A number for each cell: equal cells have equal numbers."""
    if column.kind in (Kind.MONEY, Kind.INT):
        return values.to_numpy(np.int64, na_value=_NOTHING)
    if column.kind is Kind.DATE:
        return values.to_numpy("datetime64[s]").astype(np.int64)
    return _marks_of_words([_word(value) for value in values.tolist()])


def _word(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None or value is pd.NA else str(value)


def _marks_of_words(words: Sequence[str]) -> np.ndarray:
    marks = pd.util.hash_array(np.array(words, dtype=object)) if words else np.array([], dtype=np.uint64)
    return marks.astype(np.uint64).view(np.int64)
