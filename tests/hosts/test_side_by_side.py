"""Many books in several processes: one whose process dies takes no other with it."""

from __future__ import annotations

import os
from pathlib import Path

from addin.hosts.cli.books import Order, outcomes
from addin.hosts.cli.side_by_side import side_by_side
from tests.service.letters.calls import TODAY


def squared(number: int) -> int:
    """Of a negative number it does not come back."""
    if number < 0:
        os._exit(9)
    return number * number


def test_answers_stand_in_the_order_of_the_things() -> None:
    assert list(side_by_side(squared, [3, 1, 2], 2)) == [9, 1, 4]
    assert list(side_by_side(squared, [], 2)) == []


def test_a_process_that_dies_takes_nothing_with_it() -> None:
    assert list(side_by_side(squared, [2, -1, 3, -2, 4], 2)) == [4, None, 9, None, 16]


def test_the_books_after_it_are_done_and_it_is_told_of(monkeypatch) -> None:
    def answers(work, things, jobs):
        return (None if each.name == "b.xlsx" else work(each) for each in things)

    monkeypatch.setattr("addin.hosts.cli.side_by_side.side_by_side", answers)
    names = [Path("a.xlsx"), Path("b.xlsx"), Path("c.xlsx")]
    found = list(outcomes(Order("check", TODAY), names, 2))
    assert [each.book for each in found] == names
    assert [each.failure.code for each in found] == ["not_found", "process_ended", "not_found"]
    assert "b.xlsx" in found[1].failure.problem.en and "b.xlsx" in found[1].failure.problem.zh
    assert found[1].exit_code == 2
