"""The ladder of reminding: the rows of 催款级别, or the default where the table is empty (RULES 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from addin.model.days import LAST_DAY, Days, months_of, to_days
from addin.model.finding import Finding, error
from addin.model.ledger import Ledger
from addin.model.text import Text
from addin.rules.chasing.proposal import Channel, Level, Mode
from addin.rules.frames import integers

NEVER: Final = LAST_DAY + 1
"""The day on which a level comes due that nothing makes come due."""

BEFORE: Final = "before_due"
KINDS: Final[Mapping[str, str]] = {
    "notice": "notice",
    "reminder": "reminder",
    "second_reminder": "reminder",
    "demand": "demand",
    "final": "final",
    "legal": "final",
}
"""Kind on record by template; what is none of ours, and a call, is a reminder."""

_SLOW: Final = frozenset({"B", "C"})


def _level(
    number: int, zh: str, en: str, mode: Mode, days: int, channel: Channel, template: str = ""
) -> Level:
    return Level(
        number, Text(zh, en), mode, days, channel, 0, template, _SLOW if number >= 2 else frozenset()
    )


DEFAULT: Final[tuple[Level, ...]] = (
    _level(0, "到期前提示", "Friendly notice", "before_due", 7, "email", "notice"),
    _level(1, "首次提醒", "Reminder", "after_due", 1, "email", "reminder"),
    _level(2, "电话催收", "Call", "after_due", 7, "phone"),
    _level(
        3, "书面对账与催款", "Second reminder with statement", "after_due", 15, "letter", "second_reminder"
    ),
    _level(4, "盖章催款函", "Formal demand", "after_due", 30, "letter", "demand"),
    _level(5, "最后通知", "Final notice", "after_due", 60, "letter", "final"),
    _level(6, "移送律师", "Hand-over to counsel", "after_due", 90, "legal", "legal"),
)
"""What holds until a firm writes its own levels."""


def ladder(ledger: Ledger) -> tuple[Level, ...]:
    """The levels by number; a row without mode or days can never come due and is left out."""
    frame = ledger["levels"]
    if frame.empty:
        return DEFAULT
    names = ("mode", "channel", "name_zh", "name_en", "template", "faster_grades")
    rows = zip(
        integers(frame["level"]),
        integers(frame["days"]),
        integers(frame["min_amount"]),
        *(frame[name].tolist() for name in names),
        strict=True,
    )
    made = [
        Level(
            number,
            Text(zh or en or f"第 {number} 级", en or zh or f"Level {number}"),
            mode,
            days,
            channel or ("letter" if template else "phone"),
            least or 0,
            template,
            frozenset(grades),
        )
        for number, days, least, mode, channel, zh, en, template, grades in rows
        if number is not None and days is not None and mode
    ]
    return tuple(sorted(made, key=lambda level: level.number))


def level_findings(ledger: Ledger) -> Iterator[Finding]:
    """Rows that can never come due: without a mode or days, a notice after the due date, a first step that waits for
    one before it; and notices that stand above a reminder, which would then be taken for sent."""
    frame = ledger["levels"]
    for column in ("mode", "days"):
        empty = (frame[column].isna() | (frame[column] == "")).to_numpy(bool)
        for row in frame.index[empty & ~ledger.is_unknown("levels", column)].tolist():
            yield _incomplete(row, column)
    rows = dict(zip(integers(frame["level"]), frame.index.tolist(), strict=True))
    levels = ladder(ledger) if rows else ()
    steps = [level for level in levels if level.mode != BEFORE]
    for level in levels:
        if level.mode == BEFORE and level.days < 0:
            yield _too_late(rows[level.number])
        if level.mode == BEFORE and steps and level.number > steps[0].number:
            yield _too_high(rows[level.number])
    if steps and steps[0].mode == "after_previous":
        yield _no_previous(rows[steps[0].number])


def _incomplete(row: int, column: str) -> Finding:
    return error(
        "level_incomplete",
        "levels",
        row,
        column,
        Text(
            "此催款级别缺少起算方式或天数，不会到期，已略过",
            "This level has no mode or no days; it is left out",
        ),
        Text("补填起算方式和天数，或删除该行", "Fill in mode and days, or delete the row"),
    )


def _too_late(row: int) -> Finding:
    return error(
        "level_too_late",
        "levels",
        row,
        "days",
        Text(
            "到期前的天数为负，提示落在到期之后，不会发出",
            "A negative number of days before the due date is after it: such a notice never comes",
        ),
        Text("填写正数，或改为“到期后”", "Write a positive number, or choose “After due”"),
    )


def _too_high(row: int) -> Finding:
    return error(
        "level_order",
        "levels",
        row,
        "level",
        Text(
            "到期前提示的级别编号高于到期后的级别：发出后，编号更低的各级不再催",
            "A notice before the due date has a higher number than a reminder: once sent, the lower levels are over",
        ),
        Text("到期前各级的编号应最小", "Give the levels before the due date the lowest numbers"),
    )


def _no_previous(row: int) -> Finding:
    return error(
        "level_without_previous",
        "levels",
        row,
        "mode",
        Text(
            "第一个催款级别不能以“上一级后”起算：没有上一级，永远不会到期",
            "The first level cannot count from the one before it: there is none, so nothing is ever due",
        ),
        Text("改为“到期后”并填写天数", "Choose “After due” and fill in the days"),
    )


def level_of_kind(levels: Sequence[Level], kind: str, reached: int) -> int | None:
    """The level that a letter counts as whose own is not known: the first of its kind above what was reached.

    No level is skipped, so it cannot have been a higher one; where none of its kind is left it was the last of them.

    >>> [level_of_kind(DEFAULT, kind, 1) for kind in ("notice", "reminder", "demand", "")]
    [0, 2, 4, 2]
    """
    numbers = [level.number for level in levels if _kind(level) == kind]
    numbers = numbers or [level.number for level in levels if level.mode != BEFORE]
    return next((number for number in numbers if number > reached), numbers[-1] if numbers else None)


def _kind(level: Level) -> str:
    return KINDS.get(level.template, "notice" if level.mode == BEFORE else "reminder")


def days_of(levels: Sequence[Level], rung: int, earlier: int) -> int:
    """The days of a rung that comes due ``earlier`` rows before its own: those of a row below, of the same mode.

    >>> days_of(DEFAULT, 3, 0), days_of(DEFAULT, 3, 1), days_of(DEFAULT, 3, 9)
    (15, 7, 1)
    """
    mode = levels[rung].mode
    while earlier and rung and levels[rung - 1].mode == mode:
        rung, earlier = rung - 1, earlier - 1
    return levels[rung].days


def earliest_day(levels: Sequence[Level], number: int, due: int) -> int:
    """The first day (inclusive) on which a letter of level ``number`` can be about an instalment due on ``due``: the
    days of a notice before it, else the day after it.

    >>> earliest_day(DEFAULT, 0, 100), earliest_day(DEFAULT, 3, 100)
    (93, 101)
    """
    early = {level.number: level.days for level in levels if level.mode == BEFORE}
    return due - early.get(number, -1)


def comes_due(levels: Sequence[Level], rung: int, earlier: Days, due: Days, sent: Days) -> Days:
    """The day from which a rung is due, for items due on ``due``; `NEVER` where nothing makes it so.

    ``earlier`` is by how many rows it is raised, ``sent`` when the level before went out (0: not yet). What counts
    after the due date begins the day after it at the earliest: the due date itself is on time (RULES 14, 16).
    """
    level = levels[rung]
    table = np.array([days_of(levels, rung, shift) for shift in range(rung + 1)], dtype=np.int64)
    days = np.clip(table, -NEVER, NEVER)[np.minimum(earlier, rung)]
    if level.mode == BEFORE:
        return due - days
    if level.mode == "after_previous":
        return np.where(sent > 0, np.clip(sent + days, due + 1, NEVER), NEVER)
    counted = np.clip(due + days, 1, NEVER)
    if level.mode == "end_of_month":
        counted = _month_ends(np.minimum(counted, LAST_DAY))
    begins: Days = np.maximum(counted, due + 1)
    return begins


def _month_ends(days: Days) -> Days:
    ends: Days = to_days((months_of(days) + 1).astype("datetime64[D]")) - 1
    return ends
