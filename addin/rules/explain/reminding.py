"""How far a milestone was reminded of, and what comes next."""

from __future__ import annotations

from addin.model.text import Text
from addin.rules.chasing.columns import counted_letters
from addin.rules.explain import catalogue
from addin.rules.explain.desk import Desk
from addin.rules.explain.standing import Standing
from addin.rules.explain.steps import Row, Term, Trail


def reminder_level(desk: Desk, trail: Trail, row: Row) -> Term:
    """The highest level of the letters that count."""
    if desk.left_alone:
        return _as_it_stands(desk, trail, row, "reminder_level")
    letters = counted_letters(desk.book).get(desk.milestones[row.key].position, ())
    cells = []
    for each in letters:
        letter = desk.row("letters", each.letter)
        assert letter is not None, "a letter on record has a row"
        cell = desk.cell(letter, "level")
        cells.append(cell if cell.value is not None else Term(each.level))
    if not cells:
        words = Text("没有寄出的催款函件", "No reminder has gone out")
        return trail.add("none", (), catalogue.ON_RECORD, words, [row])
    words = Text("寄出的催款函件的级别", "The levels of the letters that went out")
    return trail.add("highest", cells, catalogue.ON_RECORD, words, [row])


def next_action(desk: Desk, trail: Trail, row: Row) -> Term:
    """What the ladder has next for the milestone, and why it waits where something holds it back."""
    if desk.left_alone:
        return _as_it_stands(desk, trail, row, "next_action")
    told = str(desk.figure(row, "next_action").value or "")
    if not told:
        words = Text("没有到期未收的款项", "Nothing is open and due")
        return trail.add("none", (), catalogue.LADDER, words, [row])
    standing = Standing(desk, trail, row)

    used = [standing.due_date(), reminder_level(desk, trail, row)]
    levels = [desk.at("levels", number) for number in desk.book.ledger["levels"].index.tolist()]
    words = Text("催款级别表中的下一级", "The next row of the levels")
    return trail.add("next_level", [Term(told), *used], catalogue.LADDER, words, [row, *levels])


def _as_it_stands(desk: Desk, trail: Trail, row: Row, column: str) -> Term:
    words = Text(
        "截至日早于最近的函件或刷新，保持原值", "The day is before the newest letter or run: as it stood"
    )
    return trail.add("same", [desk.figure(row, column)], catalogue.LEFT_ALONE, words)
