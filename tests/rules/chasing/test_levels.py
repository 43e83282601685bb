"""When a level is due, each mode on its boundary; never skipped, never twice, caught up after a missed run."""

from __future__ import annotations

import re

import pytest

from addin.rules.chasing.letter_findings import letter_findings
from addin.rules.chasing.levels import DEFAULT, days_of, ladder, level_findings
from addin.rules.chasing.proposal import Level
from addin.rules.chasing.worklist import chase
from tests.oracle.build import Cells, contract, day, extension, fixed, instalment
from tests.rules.chasing.cases import book, columns, letter, level, promise, row, rows, step

UP_TO: dict[int, list[Cells]] = {
    number: [letter(f"L{each}", each, f"03-{each + 1:02d}") for each in range(1, number + 1)]
    for number in range(7)
}
"""Letters of all levels from 1 up, sent from 03-02 on, a day each."""


@pytest.mark.parametrize(
    ("on", "number"),
    [
        ("02-21", None),
        ("02-22", 0),  # seven days before
        ("03-01", 0),  # the due date itself is on time
        ("03-02", 1),
        ("12-31", 1),  # a missed run catches up, with the first step
    ],
)
def test_the_first_step(on: str, number: int | None) -> None:
    assert step(on) == number


@pytest.mark.parametrize(
    ("done", "before", "on", "number"),
    [
        (1, "03-07", "03-08", 2),
        (2, "03-15", "03-16", 3),
        (3, "03-30", "03-31", 4),
        (4, "04-29", "04-30", 5),
        (5, "05-29", "05-30", 6),
    ],
)
def test_each_step_of_the_default_ladder_on_its_day(done: int, before: str, on: str, number: int) -> None:
    assert step(before, letters=UP_TO[done]) is None
    assert step(on, letters=UP_TO[done]) == number
    assert step("12-31", letters=UP_TO[done]) == number, "not the one that the days alone would allow"


def test_after_the_last_level_nothing_is_proposed() -> None:
    assert rows("12-31", letters=UP_TO[6]) == []
    assert columns("12-31", letters=UP_TO[6])["M"] == (6, "All levels sent: decide by hand")


def test_a_second_run_proposes_nothing_new() -> None:
    assert step("03-20", letters=UP_TO[1]) == 2
    assert (
        step("03-20", letters=[*UP_TO[1], letter("L2", 2, "03-20")]) == 3
    )  # the next one is due by its days
    assert step("03-10", letters=[*UP_TO[1], letter("L2", 2, "03-10")]) is None


def test_a_notice_before_the_due_date_is_sent_once_and_lapses_with_it() -> None:
    assert step("02-25", letters=[letter("L0", 0, "02-22")]) is None
    assert step("03-02", letters=[letter("L0", 0, "02-22")]) == 1
    assert columns("02-25", letters=[letter("L0", 0, "02-22")])["M"] == (
        0,
        "Level 1 from 2025-03-02: E-mail",
    )


def test_of_several_notices_the_last_that_is_due_counts() -> None:
    notices = [level(0, "before_due", 7), level(1, "before_due", 1), level(2, "after_due", 3)]
    assert step("02-22", levels=notices) == 0
    assert step("02-28", levels=notices) == 1
    assert step("02-28", levels=notices, letters=[letter("L", 0, "02-22")]) == 1
    assert step("02-28", levels=notices, letters=[letter("L", 1, "02-27")]) is None
    assert step("03-03", levels=notices) is None
    assert step("03-04", levels=notices) == 2


@pytest.mark.parametrize(
    ("mode", "days", "before", "on"),
    [
        ("after_due", 3, "03-03", "03-04"),
        ("after_due", 0, "03-01", "03-02"),
        ("end_of_month", 0, "03-30", "03-31"),
        ("end_of_month", 30, "03-30", "03-31"),  # 03-31 is the end of its own month
        ("end_of_month", 31, "04-29", "04-30"),
    ],
)
def test_modes(mode: str, days: int, before: str, on: str) -> None:
    ladder_of_one = [level(1, mode, days)]
    assert step(before, levels=ladder_of_one) is None
    assert step(on, levels=ladder_of_one) == 1


def test_after_previous_counts_from_the_day_of_sending() -> None:
    steps = [level(1, "after_due", 1), level(2, "after_previous", 10)]
    sent = [letter("L", 1, "03-05", date="03-03")]
    assert step("03-14", levels=steps, letters=sent) is None
    assert step("03-15", levels=steps, letters=sent) == 2
    assert columns("03-04", levels=steps)["M"] == (None, "Level 1 from 2025-03-02: Letter")
    told = row("03-15", levels=steps, letters=sent)
    assert told is not None and "10 days after the level before was sent" in told.reason.en


def test_a_letter_counts_from_the_day_on_which_it_was_sent() -> None:
    late = [letter("L", 1, "03-08", date="03-02")]
    assert columns("03-07", letters=late)["M"][0] is None
    assert columns("03-08", letters=late)["M"][0] == 1


def test_a_statement_is_no_reminder() -> None:
    assert step("03-09", letters=[letter("L", 1, "03-05", kind="statement")]) == 1


@pytest.mark.parametrize(
    ("before", "kind", "counts_as", "then"),
    [
        (0, "reminder", 1, 2),
        (0, "notice", 0, 1),
        (1, "reminder", 2, 3),  # a call
        (2, "reminder", 3, 4),
        (3, "reminder", 3, 4),  # the last of its kind
        (3, "demand", 4, 5),
        (5, "final", 6, None),
        (1, None, 2, 3),
    ],
)
@pytest.mark.parametrize("unsaid", [None, "third"])
def test_a_letter_that_went_out_counts_though_its_level_is_not_known(
    before: int, kind: str | None, counts_as: int, then: int | None, unsaid: str | None
) -> None:
    """No level is sent twice for it: it counts as the next of its kind, and somebody is asked to fill it in."""
    unknown = {**letter("X", None, "03-20", kind=kind), "level": unsaid}
    made = book("12-31", letters=[*UP_TO[before], unknown])
    assert columns("12-31", letters=[*UP_TO[before], unknown])["M"][0] == counts_as
    assert step("12-31", letters=[*UP_TO[before], unknown]) == then
    told = [(each.code, each.row, each.column) for each in letter_findings(made.ledger)]
    assert told == ([("letter_without_level", 6 + before, "level")] if unsaid is None else [])


@pytest.mark.parametrize(("number", "codes"), [(6, []), (7, ["letter_level_unknown"])])
def test_a_letter_above_the_ladder_is_told_for_nothing_comes_after_it(number: int, codes: list[str]) -> None:
    made = book("05-10", letters=[letter("L", number, "03-05")])
    assert [each.code for each in letter_findings(made.ledger)] == codes
    assert rows("05-10", letters=[letter("L", number, "03-05")]) == []


def test_a_new_date_starts_anew_for_letters_of_unknown_level_too() -> None:
    moved = [extension("E", "M", "03-10", "04-01")]
    unknown = letter("X", None, "04-02")
    assert step("04-20", letters=[*UP_TO[6], unknown], reschedules=moved) == 2


def test_nothing_is_missing_of_a_statement_and_of_what_has_not_gone_out() -> None:
    letters = [letter("S", None, "03-05", kind="statement"), letter("L", None, None, date="03-05")]
    assert [*letter_findings(book("03-09", letters=letters).ledger)] == []


def test_history_is_that_of_the_milestone() -> None:
    two = [fixed("M", "400", "03-01"), fixed("N", "600", "03-01")]
    found = row("03-10", milestones=two, letters=UP_TO[1])
    assert found is not None and found.level is not None
    assert (found.level.number, found.milestones) == (2, (0, 1)), (
        "one letter, with the highest level of its items"
    )
    assert found.reason.en.startswith("M: due 2025-03-01, 9 days, level 2 from day 7; 1 more with it")
    assert columns("03-10", milestones=two, letters=UP_TO[1]) == {
        "M": (1, "Level 2 from 2025-03-08: Phone"),
        "N": (None, "Level 1 from 2025-03-02: E-mail"),
    }


@pytest.mark.parametrize(
    ("sent", "before", "on", "number"),
    [
        ("05-06", "05-13", "05-14", 3),  # on 05-06 its own days had come to level 2
        ("05-05", "05-05", "05-06", 2),  # to level 1
        ("04-29", "04-29", "04-30", 1),  # to none: due that very day
    ],
)
def test_what_rode_along_in_a_letter_for_an_older_debt_goes_on_by_its_own_days(
    sent: str, before: str, on: str, number: int
) -> None:
    """The final notice for M names N too: N is spared none of its own steps."""
    two = [fixed("M", "400", "03-01"), fixed("N", "600", "04-29")]
    letters = [letter("L", 5, sent, "M", "N")]
    assert own_step("N", before, two, letters) != number
    assert own_step("N", on, two, letters) == number
    assert own_step("M", "05-30", two, letters) == 6


@pytest.mark.parametrize("grade", ["", "C"])
def test_what_rode_along_is_not_valued_anew_by_later_grades_and_promises(grade: str) -> None:
    """Whoever falls into grade C, or breaks its word and gives it again, would else be spared a level for that."""
    two = [fixed("M", "400", "03-01"), fixed("N", "600", "04-29")]
    letters = [letter("L", 6, "05-05", "M", "N")]
    words = [promise(f"P{on}", on, on, milestone="N") for on in ("05-05", "05-06")]
    again = [] if grade else words
    no_grace = {"promise_grace_days": "0"}
    found = row("05-07", grade, no_grace, milestones=two, letters=letters, promises=again)
    assert found is not None and found.level is not None
    assert (found.level.number, found.milestones) == (2, (1,)), "on 05-05 its own days had come to level 1"


def test_a_letter_is_a_step_at_least_for_what_rode_along_and_is_late() -> None:
    """In grade C level 2 of N was due on the day after; the last letter for M asked for it."""
    two = [fixed("M", "400", "03-01"), fixed("N", "600", "04-29")]
    letters = [letter("L1", 1, "04-30", "N"), letter("L2", 6, "05-03", "M", "N")]
    assert row("05-05", "C", milestones=two, letters=letters) is None
    found = row("05-06", "C", milestones=two, letters=letters)
    assert found is not None and found.level is not None and found.level.number == 3


def own_step(milestone: str, on: str, milestones: list[Cells], letters: list[Cells]) -> int | None:
    """The level that a milestone among others has come to, by the words of its next action."""
    action = columns(on, milestones=milestones, letters=letters)[milestone][1]
    found = re.fullmatch(r"Level (\d) from (\S+): .*", action)
    return int(found[1]) if found and found[2] <= day(on).isoformat() else None


def test_the_reason_says_days_level_and_since_when() -> None:
    found = row("04-17", letters=UP_TO[3])
    assert found is not None
    assert found.reason.en == "due 2025-03-01, 47 days, level 4 from day 30"
    assert found.reason.zh == "2025-03-01 到期，已 47 天，第 4 级自第 30 天起"
    skipped = row("04-17")
    assert skipped is not None
    assert "by days level 4, but no level is skipped: level 1 is next" in skipped.reason.en


# --- sooner ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("grade", "on"), [("A", "03-16"), ("B", "03-08"), ("C", "03-08")])
def test_worse_grades_are_one_level_faster(grade: str, on: str) -> None:
    day_before = f"{on[:3]}{int(on[3:]) - 1:02d}"
    assert step(day_before, grade, letters=UP_TO[2]) is None
    assert step(on, grade, letters=UP_TO[2]) == 3


def test_a_promise_after_a_broken_one_raises_the_level_and_each_further_one_again() -> None:
    broken, again = promise("P1", "03-02", "03-05"), promise("P2", "03-06", "03-06")
    assert step("03-12", letters=UP_TO[2], promises=[broken]) is None
    raised = row("03-12", letters=UP_TO[2], promises=[broken, again])
    assert raised is not None and raised.level is not None and raised.level.number == 3
    assert "promised again after a broken promise: 1 faster" in raised.reason.en
    third = promise("P3", "03-07", "03-07")
    assert step("03-12", letters=UP_TO[3], promises=[broken, again]) is None
    assert step("03-12", letters=UP_TO[3], promises=[broken, again, third]) == 4


def test_a_promise_for_a_later_day_made_along_with_the_broken_one_does_not_hide_it() -> None:
    parts = [promise("P1", "03-02", "03-05", 400), promise("P2", "03-02", "03-08", 600)]
    again = promise("P3", "03-06", "03-07", 400)
    assert step("03-12", letters=UP_TO[2], promises=parts) is None
    assert step("03-12", letters=UP_TO[2], promises=[*parts, again]) == 3
    assert step("03-12", letters=UP_TO[3], promises=[*parts, again]) is None, "once, not twice"


def test_a_promise_for_the_rest_after_one_kept_in_part_raises_nothing() -> None:
    partly = [promise("P1", "03-02", "03-05"), promise("P2", "03-06", "03-06", 900)]
    money: list[Cells] = [{"receipt_id": "R", "date": "2025-03-04", "amount": 100, "milestone_id": "M"}]
    assert step("03-12", letters=UP_TO[2], promises=partly, receipts=money) is None


def test_a_promise_of_nothing_is_not_broken() -> None:
    nothing, again = promise("P1", "03-02", "03-05", 0), promise("P2", "03-06", "03-06")
    assert step("03-12", letters=UP_TO[2], promises=[nothing, again]) is None


def test_days_of_a_lower_row_stop_where_the_mode_changes() -> None:
    assert [days_of(DEFAULT, 4, earlier) for earlier in range(5)] == [30, 15, 7, 1, 1]
    assert days_of(DEFAULT, 0, 1) == 7


# --- a new due date ----------------------------------------------------------------------------------------


def test_an_extension_starts_a_new_round() -> None:
    moved = [extension("E", "M", "03-10", "04-01")]
    assert step("03-24", letters=UP_TO[1], reschedules=moved) is None
    assert step("03-25", letters=UP_TO[1], reschedules=moved) == 0
    assert step("04-02", letters=UP_TO[1], reschedules=moved) == 1
    assert columns("04-02", letters=UP_TO[1], reschedules=moved)["M"][0] is None
    same_day = [letter("L1", 1, "03-10")]
    assert step("04-02", letters=same_day, reschedules=moved) == 1, "sent before the agreement of that day"


def test_a_letter_that_waits_asks_for_no_instalment_of_later() -> None:
    """What is asked of a milestone is the same before and after its letter is confirmed: money is held against it."""
    plan = [instalment("E1", "M", "02-10", "03-01", "400"), instalment("E2", "M", "02-10", "05-01", "600")]
    waiting = [letter("L1", 1, None, date="03-10")]
    asked = [
        chase(book("03-10", reschedules=plan, letters=letters), {}).cases.asked.tolist()
        for letters in ([], waiting)
    ]
    assert asked == [[40_000], [40_000]]


def test_on_the_day_of_an_agreement_nothing_of_its_round_is_due() -> None:
    """What is sent that day counts for the round before: it would be sent twice."""
    moved = [extension("E", "M", "03-25", "04-01")]
    assert step("03-24", letters=UP_TO[3], reschedules=moved) is None
    assert step("03-25", reschedules=moved) is None
    assert columns("03-25", reschedules=moved)["M"][1] == "Level 0 from 2025-03-26: E-mail"
    assert step("03-26", reschedules=moved) == 0
    late = [instalment("E1", "M", "03-25", "03-20", "400"), instalment("E2", "M", "03-25", "05-01", "600")]
    assert step("03-25", reschedules=late) is None
    assert step("03-26", reschedules=late) == 1


def test_a_letter_written_before_an_agreement_and_sent_after_it_is_of_the_round_before() -> None:
    moved = [extension("E", "M", "03-10", "04-01")]
    old = [letter("L3", 3, "03-12", date=day("03-09"))]
    assert step("04-02", letters=old, reschedules=moved) == 1
    assert columns("04-02", letters=old, reschedules=moved)["M"][0] is None


def test_instalments_have_rounds_of_their_own() -> None:
    plan = [instalment("E1", "M", "03-10", "04-01", "400"), instalment("E2", "M", "03-10", "05-01", "600")]
    first = [letter("L1", 1, "04-05"), letter("L2", 2, "04-08")]
    assert step("04-08", reschedules=plan, letters=first[:1]) == 2
    assert step("04-24", reschedules=plan, letters=[*first, letter("L3", 3, "04-17")]) == 0, (
        "notice of the second"
    )
    found = row(
        "05-02", reschedules=plan, letters=[*first, letter("L3", 3, "04-17"), letter("L4", 4, "05-01")]
    )
    assert found is not None and found.level is not None and found.level.number == 1
    assert found.overdue == found.open == 100_000


# --- the table ---------------------------------------------------------------------------------------------


def test_an_empty_table_is_the_default_ladder() -> None:
    assert ladder(book("03-01").ledger) == DEFAULT


def test_rows_count_by_number_and_incomplete_ones_are_told() -> None:
    made = book(
        "03-01",
        levels=[level(5, "after_due", 9), level(2, "after_due", 3), {"level": 3, "mode": "after_due"}],
    )
    assert [(each.number, each.days) for each in ladder(made.ledger)] == [(2, 3), (5, 9)]
    assert [(each.code, each.column) for each in level_findings(made.ledger)] == [
        ("level_incomplete", "days")
    ]


def test_a_first_level_after_the_previous_one_is_told() -> None:
    made = book("03-01", levels=[level(1, "after_previous", 9)])
    assert [each.code for each in level_findings(made.ledger)] == ["level_without_previous"]
    assert step("05-01", levels=[level(1, "after_previous", 9)]) is None


def test_a_notice_above_a_reminder_is_told() -> None:
    made = book(
        "03-01", levels=[level(2, "before_due", 7), level(1, "after_due", 1), level(3, "after_due", 3)]
    )
    assert [(each.code, each.row) for each in level_findings(made.ledger)] == [("level_order", 6)]
    assert [*level_findings(book("03-01").ledger)] == []


def test_a_notice_of_negative_days_is_told() -> None:
    made = book("03-02", levels=[level(0, "before_due", -3), level(1, "after_due", -3)])
    assert [(each.code, each.row) for each in level_findings(made.ledger)] == [("level_too_late", 6)]
    assert step("03-02", levels=[level(0, "before_due", 0), level(1, "after_due", -3)]) == 1


def test_a_ladder_of_which_no_row_can_come_due_proposes_nothing_and_stands() -> None:
    broken = {
        "levels": [{"level": 1, "name_en": "Reminder"}],
        "letters": [letter("L", 1, None, date="03-08")],
    }
    assert rows("03-10", **broken) == []
    assert columns("03-10", **broken)["M"] == (None, "All levels sent: decide by hand")


def test_every_level_has_words() -> None:
    assert all(isinstance(each, Level) and each.name.zh and each.name.en for each in DEFAULT)


def test_pending_settled_and_unknown_claims_are_left_alone() -> None:
    assert rows("05-01", milestones=[fixed("M", "1000")]) == []
    paid: list[Cells] = [{"receipt_id": "R", "date": "2025-03-04", "amount": 1000, "milestone_id": "M"}]
    assert rows("05-01", receipts=paid) == []
    assert rows("05-01", contracts=[contract("X", "1000")]) == [], "a contract without a row has no customer"
