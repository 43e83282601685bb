"""What people overwrite in place, kept in dated versions: the history table, append-only, read as at a day.

Money and agreements are dated rows that a replay tells again as at any day. A plan is not: who moves it overwrites
it. So the first refresh that finds it changed adds its new version, dated as at that refresh, and no row that is
there is touched. A refresh as at a day before the newest row leaves the record alone (RULES 15, Events): what is
planned now is no news of an earlier day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from addin.model.columns import fold
from addin.model.finding import Finding, info
from addin.model.text import Language, Text
from addin.rules.frames import objects

PLAN = "plan"
GRADE = "grade"
MEASURES: Mapping[str, Text] = {
    PLAN: Text("回款计划", "Collection plan"),
    GRADE: Text("信用等级", "Credit grade"),
}
"""What the history keeps versions of, and the words for it in the book."""

_KEYS = {fold(word): key for key, name in MEASURES.items() for word in (key, name.zh, name.en)}


def as_at(history: pd.DataFrame, measure: str, as_of: date) -> dict[str, str]:
    """The version of each subject in force on a day: the newest row dated on or before it.

    Of several rows of one day the one furthest down counts. ``history`` is the history table, typed; its words may
    be of either language. A subject that was withdrawn has an empty version.

    >>> history = pd.DataFrame({"date": pd.to_datetime(["2026-06-30", "2026-03-31"]), "subject": "C",
    ...                         "measure": ["plan", "回款计划"], "value": ["2026-08 5.00", "2026-07 5.00"]})
    >>> as_at(history, "plan", date(2026, 6, 29)), as_at(history, "plan", date(2026, 6, 30))
    ({'C': '2026-07 5.00'}, {'C': '2026-08 5.00'})
    """
    rows = _recorded(history, measure, as_of)
    return dict(zip(rows["subject"].tolist(), rows["value"].tolist(), strict=True))


def dated_as_at(history: pd.DataFrame, measure: str, as_of: date) -> dict[str, tuple[date, str]]:
    """`as_at`, each version with the day on which it was recorded."""
    rows = _recorded(history, measure, as_of)
    versions = zip(rows["date"].dt.date.tolist(), rows["value"].tolist(), strict=True)
    return dict(zip(rows["subject"].tolist(), versions, strict=True))


def rows_as_at(history: pd.DataFrame, measure: str, as_of: date) -> dict[str, int]:
    """The row of each subject's version in force on a day, as the index of ``history`` numbers it."""
    rows = _recorded(history, measure, as_of)
    return dict(zip(rows["subject"].tolist(), rows.index.tolist(), strict=True))


def _recorded(history: pd.DataFrame, measure: str, as_of: date) -> pd.DataFrame:
    """The rows of one measure up to a day, those that count last."""
    words = {word: _KEYS.get(fold(word)) for word in history["measure"].unique().tolist()}
    ours = history["measure"].map(words).eq(measure).to_numpy(bool)
    seen = ours & (history["date"] <= pd.Timestamp(as_of)).to_numpy(bool)
    return history[seen].sort_values("date", kind="stable")


def new_versions(
    history: pd.DataFrame, measure: str, now: Mapping[str, str | None], as_of: date, language: Language
) -> tuple[pd.DataFrame, list[Finding]]:
    """The rows to add, in the order of ``now``, and what there is to tell.

    ``now`` holds each subject's present version, None where it cannot be known: that one stays as it is on record.
    A subject on record that is not among them gets an empty version.
    """
    known = as_at(history, measure, as_of)
    wanted = {subject: value for subject, value in now.items() if value is not None}
    wanted |= {subject: "" for subject, value in known.items() if value and subject not in now}
    changed = {subject: value for subject, value in wanted.items() if value != known.get(subject, "")}
    newest = history["date"].max()
    if changed and newest > pd.Timestamp(as_of):
        told = [_left_alone(measure, len(changed), as_of, newest.date())]
        return _rows({}, measure, as_of, language), told
    return _rows(changed, measure, as_of, language), []


def _rows(versions: Mapping[str, str], measure: str, as_of: date, language: Language) -> pd.DataFrame:
    count = len(versions)
    return pd.DataFrame(
        {
            "date": np.full(count, np.datetime64(as_of, "s")),
            "subject": objects(versions),
            "measure": objects([MEASURES[measure].in_(language)] * count),
            "value": objects(versions.values()),
        }
    )


def _left_alone(measure: str, count: int, as_of: date, newest: date) -> Finding:
    name = MEASURES[measure]
    return info(
        "history_left_alone",
        "history",
        None,
        "date",
        Text(
            f"{as_of} 早于历史中最新的记录（{newest}）：有 {count} 项“{name.zh}”与当日记录不同，未记入历史",
            f"{as_of} is before the newest record of the history ({newest}): {count} versions of "
            f'"{name.en}" differ from those of that day and are not recorded',
        ),
        Text(
            f"如需记录，请按 {newest} 或之后的日期刷新",
            f"To record them, refresh as at {newest} or later",
        ),
    )
