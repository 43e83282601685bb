"""What holds a reminder back, each reason from the last day on which it does to the first on which it does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from addin.rules.chasing.letter_findings import letter_findings
from addin.rules.chasing.worklist import worklist
from tests.oracle.build import Cells, contract, day, dispute, extension, fixed, invoice, receipt
from tests.rules.books import customer
from tests.rules.chasing.cases import FILE, book, columns, held, letter, level, promise, row, rows, step

TWO = [fixed("M", "400", "03-01"), fixed("N", "600", "03-02")]


@pytest.mark.parametrize(
    ("on", "holds"),
    [("03-09", []), ("03-10", ["promise 03-23"]), ("03-23", ["promise 03-23"]), ("03-24", [])],
)
def test_a_live_promise_through_its_grace(on: str, holds: list[str]) -> None:
    assert held(on, promises=[promise("P", "03-10", "03-20")]) == holds


@pytest.mark.parametrize(
    ("promises", "words"),
    [
        ([promise("P", "03-10", "03-20")], "a promise is live, until 2025-03-23"),
        ([{**promise("P", "03-10", "03-20"), "amount": Decimal("0.01")}],
         "CNY 0.01 of CNY 1,000.00 is promised, until 2025-03-23"),
        ([promise("P", "03-10", "03-20", 400), promise("Q", "03-10", "03-25", 500)],
         "CNY 900.00 of CNY 1,000.00 is promised, until 2025-03-28"),
        ([promise("P", "03-10", "03-20", 500, milestone=None)],
         "CNY 500.00 is promised, for no milestone in particular, until 2025-03-23"),
        ([promise("P", "03-10", "03-20", 500, milestone=None), promise("Q", "03-10", "03-25", 500)],
         "CNY 500.00 of CNY 1,000.00 is promised, until 2025-03-28"),
    ],
)  # fmt: skip
def test_a_promise_for_less_holds_all_that_it_names_and_says_how_much(
    promises: list[Cells], words: str
) -> None:
    found = row("03-15", promises=promises)
    assert found is not None and [each.words.en for each in found.holds] == [words]


def test_what_came_of_a_promise_is_not_to_come() -> None:
    paid = [receipt("R", "03-12", "300", m="M")]
    found = row("03-15", promises=[promise("P", "03-10", "03-20", 500)], receipts=paid)
    assert found is not None
    assert found.holds[0].words.zh == "客户已承诺付款 CNY 200.00（未收 CNY 700.00），至 2025-03-23"


def test_a_promise_for_the_last_of_days() -> None:
    endless = {**promise("P", "03-10", "03-20"), "promised_date": date.max}
    found = row("03-15", promises=[endless])
    assert found is not None and found.act_by is None
    assert [(hold.code, hold.until) for hold in found.holds] == [("promise", date.max)]


def test_a_promise_of_the_customer_holds_all_and_one_kept_or_withdrawn_none() -> None:
    assert held("03-15", promises=[promise("P", "03-10", "03-20", milestone=None)]) == ["promise 03-23"]
    assert held("03-15", promises=[promise("P", "03-10", "03-20", withdrawn_on=day("03-15"))]) == []
    kept = promise("P", "03-10", "03-20", 500)
    assert held("03-15", promises=[kept], receipts=[receipt("R", "03-12", "500", m="M")]) == []
    other = row("03-15", milestones=TWO, promises=[promise("P", "03-10", "03-20", milestone="N")])
    assert other is not None and other.milestones == (0,) and not other.holds
    assert "N waits: a promise is live, until 2025-03-23" in other.reason.en


def test_the_undisputed_part_stays_due() -> None:
    part = row("03-10", disputes=[dispute("D", "M", "03-05", amount="300")])
    assert part is not None and not part.holds and (part.open, part.overdue) == (100_000, 100_000)
    assert "CNY 300.00 of it is disputed and not asked for" in part.reason.en
    assert held("03-10", disputes=[dispute("D", "M", "03-05")]) == ["disputed"]
    assert held("03-10", disputes=[dispute("D", "M", "03-05", closed="03-10")]) == []


@pytest.mark.parametrize(("on", "holds"), [("03-14", ["cooling 03-14"]), ("03-15", [])])
def test_cooling_days_since_the_last_letter_of_the_milestone(on: str, holds: list[str]) -> None:
    assert held(on, settings={"cooling_days": "7"}, letters=[letter("L", 1, "03-08")]) == holds


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({}, ["cooling 03-14"]),
        ({"kind": "statement"}, []),
        ({"customer_id": "J"}, []),
        ({"sent_on": None}, []),
    ],
)
def test_a_letter_that_names_no_milestone_is_one_about_all_for_the_cooling_days(
    more: Cells, holds: list[str]
) -> None:
    general = {**letter("L", 1, "03-08"), "milestones": (), **more}
    assert held("03-10", settings={"cooling_days": "7"}, letters=[general]) == holds
    assert step("03-20", letters=[general]) == 1, "no level counts for it"
    later = {**general, "sent_on": day("03-11")}
    assert held("03-10", settings={"cooling_days": "7"}, letters=[later]) == [], "it has not gone out yet"
    told = [(each.code, each.row) for each in letter_findings(book("03-10", letters=[general]).ledger)]
    assert told == ([] if more.keys() & {"kind", "sent_on"} else [("letter_without_milestones", 6)])


def test_a_letter_about_what_another_customer_owes_is_told() -> None:
    astray = {**letter("L", 1, "03-08"), "customer_id": "J"}
    told = [(each.code, each.message.en) for each in letter_findings(book("03-10", letters=[astray]).ledger)]
    assert told == [
        (
            "letter_of_another",
            "Milestone M is owed by K, not by the customer of this letter; its level counts there",
        )
    ]


def test_one_that_was_reminded_of_lately_does_not_silence_the_others() -> None:
    found = row(
        "03-12", settings={"cooling_days": "7"}, milestones=TWO, letters=[letter("L", 1, "03-08", "M")]
    )
    assert found is not None and found.milestones == (1,) and not found.holds


@pytest.mark.parametrize(("least", "holds"), [("1000", []), ("1000.01", ["below_minimum"])])
def test_below_the_firms_minimum(least: str, holds: list[str]) -> None:
    assert held("03-10", settings={"min_reminder": least}) == holds


def test_the_minimum_is_of_what_is_asked_in_base_currency() -> None:
    part = {"disputes": [dispute("D", "M", "03-05", amount="950")]}
    assert held("03-10", **part) == ["below_minimum"], "50 asked, 100 is the default"
    dollars: dict[str, list[Cells]] = {
        "contracts": [contract("C", "20", currency="USD")],
        "milestones": [fixed("M", "20", "03-01")],
    }
    rate: list[Cells] = [{"date": day("01-01"), "currency": "USD", "rate": 7}]
    assert held("03-10", **dollars, fx_rates=rate) == []
    assert held("03-10", settings={"min_reminder": "141"}, **dollars, fx_rates=rate) == ["below_minimum"]
    assert held("03-10", settings={"min_reminder": "141"}, **dollars) == [], (
        "without a rate nothing is too small"
    )


def test_a_levels_own_minimum_lets_lower_levels_go_out() -> None:
    steps = [level(1, "after_due", 1), level(2, "after_due", 3, min_amount=5000)]
    found = row("03-10", levels=steps, milestones=TWO, letters=[letter("L", 1, "03-03")])
    assert found is not None and found.milestones == (1,) and not found.holds
    assert "M waits: below level 2's minimum of CNY 5,000.00" in found.reason.en


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({"hold": True}, ["on_hold"]),
        ({"hold": True, "hold_until": day("03-10")}, ["on_hold 03-10"]),
        ({"hold": True, "hold_until": day("03-09")}, []),
        ({"hold": False, "hold_until": day("03-31")}, []),
        ({"hold": "perhaps"}, ["on_hold"]),
    ],
)
def test_a_customer_on_hold(more: Cells, holds: list[str]) -> None:
    assert held("03-10", customers=[customer(**FILE, **more)]) == holds


# --- of the day --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("newest", "limit", "holds"),
    [
        ("03-03", "7", []),
        ("03-02", "7", ["stale_bank"]),
        ("03-02", "8", []),
        ("03-02", "0", []),
        ("03-20", "7", []),
    ],
)
def test_bank_data_that_are_too_old(newest: str, limit: str, holds: list[str]) -> None:
    lines: list[Cells] = [{"bank_ref": "B", "date": day(newest), "amount": -5, "payer": "Bank"}]
    assert held("03-10", settings={"bank_stale_days": limit}, bank=lines) == holds


def test_no_bank_table_no_question() -> None:
    assert held("03-10", settings={"bank_stale_days": "1"}) == []


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        ("04-30", []),
        ("05-01", ["holiday 05-05"]),  # Labour Day 2025: 1 to 5 May
        ("05-04", ["holiday 05-05"]),  # the Sunday inside it
        ("05-06", []),
        ("05-10", []),  # a plain Saturday
        ("04-27", []),  # a Sunday that is worked
    ],
)
def test_public_holidays(on: str, holds: list[str]) -> None:
    assert held(on) == holds


def test_the_firms_own_calendar_closes_and_opens_days() -> None:
    own: list[Cells] = [{"date": day("03-11"), "workday": False}, {"date": day("05-01"), "workday": True}]
    assert held("03-11", calendar=own) == ["holiday 03-11"]
    assert held("05-01", calendar=own) == []


# --- papers and courts -------------------------------------------------------------------------------------


def test_a_failed_bill_check_of_an_invoice_that_names_the_milestone() -> None:
    made = book("03-10", invoices=[invoice("I1", "M", "02-01")])
    assert [[hold.code for hold in found.holds] for found in worklist(made, {}, {"I1"})] == [["bill_check"]]
    assert [found.holds for found in worklist(made, {}, {"I2"})] == [()]


def test_a_failed_bill_check_of_an_invoice_that_names_only_its_contract_holds_all_of_it() -> None:
    more = {
        "contracts": [contract("C", "1000"), contract("D", "500")],
        "milestones": [*TWO, fixed("O", "500", "03-03", contract="D")],
        "invoices": [invoice("I1", None, "02-01")],
    }
    (found,) = worklist(book("03-10", **more), {}, {"I1"})
    assert (found.milestones, found.holds) == ((2,), ())
    assert "M waits: invoice I1 failed its check" in found.reason.en
    assert "N waits: invoice I1 failed its check" in found.reason.en
    more = {**more, "contracts": more["contracts"][:1], "milestones": TWO}
    (found,) = worklist(book("03-10", **more), {}, {"I1"})
    assert [hold.code for hold in found.holds] == ["bill_check"]


def test_nobody_is_written_to_of_whom_there_is_no_row() -> None:
    assert held("03-10", customers=[]) == ["no_customer"]
    assert columns("03-10", customers=[])["M"][1] == "Level 1 waits: no customer row"


def test_a_contract_with_the_courts() -> None:
    assert held("03-10", contracts=[contract("C", "1000", status="legal")]) == ["legal"]


# --- confirmed and not sent --------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "heads"), [("03-09", ""), ("03-12", ""), ("03-13", "L")])
def test_a_letter_that_was_confirmed_and_not_sent(on: str, heads: str) -> None:
    waiting = [letter("L", 1, None, date="03-10")]
    found = row(on, letters=waiting)
    assert found is not None and found.unsent == heads
    assert [hold.code for hold in found.holds] == (["unsent"] if on >= "03-10" else [])
    if heads:
        assert found.next_action.en == "Send L (confirmed 2025-03-10) and fill in the day of sending"
        assert found.act_by == day(on), "it waits for us alone"


@pytest.mark.parametrize(
    ("channel", "does"), [("电话", "Call: L"), ("WeChat", "WeChat: L"), ("信函", "Send L"), (None, "Send L")]
)
def test_a_call_that_was_confirmed_is_to_be_made_not_posted(channel: str | None, does: str) -> None:
    found = row("03-12", letters=[letter("L", 2, None, date="03-10", channel=channel)])
    assert found is not None
    assert found.next_action.en == f"{does} (confirmed 2025-03-10) and fill in the day of sending"
    made = "made" if does != "Send L" else "sent"
    assert [hold.words.en for hold in found.holds] == [
        f"L was confirmed on 2025-03-10 and has not been {made}"
    ]


def test_a_notice_waits_for_a_call_too() -> None:
    more = {
        "contracts": [contract("C", "400"), contract("D", "600", currency="USD")],
        "milestones": [TWO[0], fixed("N", "600", "03-05", term="net 10", contract="D")],
    }
    call = letter("L1", 2, None, "M", date="03-10", channel="phone")
    in_dollars = {found.currency: found for found in rows("03-11", letters=[call], **more)}["USD"]
    assert [hold.words.en for hold in in_dollars.holds] == ["L1 is to be made first"]


def test_a_letter_that_waits_for_more_than_the_post_is_looked_at_when_that_ends() -> None:
    word = promise("P", "03-10", "03-20")
    found = row("03-13", letters=[letter("L", 1, None, date="03-10")], promises=[word])
    assert found is not None and {hold.code for hold in found.holds} == {"unsent", "promise"}
    assert found.act_by == day("03-24"), "the day after the grace"


def test_an_unsent_letter_heads_the_list() -> None:
    more = {
        "customers": [customer(**FILE), customer("J", **FILE)],
        "contracts": [contract("C", "1000"), contract("D", "99000", customer="J")],
        "milestones": [fixed("M", "1000", "03-01"), fixed("N", "99000", "03-01", contract="D")],
        "letters": [letter("L", 1, None, date="03-10")],
    }
    assert [found.customer for found in rows("03-12", **more)] == ["J", "K"]
    assert [found.customer for found in rows("03-13", **more)] == ["K", "J"]


def test_an_unsent_letter_shows_where_no_level_is_due() -> None:
    early = [letter("L1", 1, "03-02"), letter("L2", 2, None, date="03-03")]
    found = row("03-06", letters=early)
    assert found is not None and found.level is not None
    assert (found.unsent, found.level.number) == ("L2", 2)


WAITING = [letter("L1", 1, None, "M", date="03-10")]


def test_a_notice_waits_for_a_letter_that_is_on_its_way() -> None:
    coming = fixed("N", "600", "03-05", term="net 10")
    found = row("03-11", milestones=[TWO[0], coming], letters=WAITING)
    assert found is not None and found.level is not None
    assert (found.milestones, found.level.number) == ((0, 1), 1)
    assert [hold.words.en for hold in found.holds] == ["L1 was confirmed on 2025-03-10 and has not been sent"]
    shown = columns("03-11", milestones=[TWO[0], coming], letters=WAITING)
    assert shown["N"] == (None, "Level 0 waits: unsent")


def test_a_notice_in_another_currency_waits_too_and_its_row_says_for_what() -> None:
    more = {
        "contracts": [contract("C", "400"), contract("D", "600", currency="USD")],
        "milestones": [TWO[0], fixed("N", "600", "03-05", term="net 10", contract="D")],
    }
    in_dollars = {found.currency: found for found in rows("03-11", letters=WAITING, **more)}["USD"]
    assert [hold.words.en for hold in in_dollars.holds] == ["send L1 first; its annex has what falls due"]
    overdue = {**more, "milestones": [TWO[0], fixed("N", "600", "03-01", contract="D")]}
    in_dollars = {found.currency: found for found in rows("03-11", letters=WAITING, **overdue)}["USD"]
    assert in_dollars.holds == (), "a reminder does not wait"


def test_a_notice_waits_for_no_letter_that_is_settled_or_overtaken() -> None:
    both = [TWO[0], fixed("N", "600", "03-05", term="net 10")]
    assert (
        held("03-11", milestones=both, letters=WAITING, receipts=[receipt("R", "03-10", "400", m="M")]) == []
    )
    later = letter("L2", 2, "03-10", "M")
    assert held("03-11", milestones=both, letters=[*WAITING, later]) == []


def test_what_a_later_letter_or_a_new_due_date_overtook_waits_no_more() -> None:
    overtaken = [letter("L1", 1, None, date="03-02"), letter("L2", 2, "03-08")]
    assert rows("03-10", letters=overtaken) == []
    moved = [extension("E", "M", "03-05", "06-01")]
    assert rows("03-10", letters=overtaken[:1], reschedules=moved) == []


@pytest.mark.parametrize("on", [None, "lately"])
def test_an_unsent_letter_of_an_unknown_day_waits_and_heads_the_list(on: str | None) -> None:
    found = row("03-10", letters=[{**letter("L", 1, None, date="03-10"), "date": on}])
    assert found is not None and found.unsent == "L"
    assert [each.words.en for each in found.holds] == [
        "L has not been sent; its date is empty or cannot be read"
    ]
    assert found.next_action.en == "Send L and fill in its date and the day of sending"


@pytest.mark.parametrize(("on", "number", "holds"), [("03-01", 0, ["unsent"]), ("03-02", 1, [])])
@pytest.mark.parametrize("known", [0, None, 9])
def test_a_notice_that_was_never_sent_gives_way_to_the_reminder(
    on: str, number: int, holds: list[str], known: int | None
) -> None:
    """It says what is to fall due; of a level that the ladder has not, the kind says that it is one."""
    notice = [letter("L0", known, None, date="02-25", kind="notice")]
    found = row(on, letters=notice)
    assert found is not None and found.level is not None
    assert ([each.code for each in found.holds], found.unsent) == (holds, "L0" if holds else "")
    assert found.level.number == number
    assert ("L0" in found.next_action.en) == bool(holds)


def test_a_lapsed_notice_keeps_no_other_notice_waiting() -> None:
    two = [fixed("M", "400", "03-01"), fixed("N", "600", "02-05", term="net 28")]
    found = row("03-02", milestones=two, letters=[letter("L0", 0, None, date="02-25", kind="notice")])
    assert found is not None and found.milestones == (0, 1) and not found.holds


# --- who, how, when ----------------------------------------------------------------------------------------


def test_channel_owner_and_day() -> None:
    found = row("03-08")  # a Saturday
    assert found is not None
    assert (found.channel, found.owner, found.act_by) == ("email", "Rao", day("03-10"))
    assert found.next_action.en == "E-mail: Reminder (level 1)"
    mine = row(
        "03-08", milestones=[fixed("M", "1000", "03-01", owner="Ann")], letters=[letter("L", 1, "03-02")]
    )
    assert mine is not None and (mine.channel, mine.owner) == ("phone", "Ann")
    assert mine.next_action.en == "Call Kim 000-1: Call (level 2)"


def test_without_an_address_it_says_so() -> None:
    bare = row("03-08", customers=[customer()])
    assert bare is not None and bare.channel == "letter" and not bare.holds
    assert "no e-mail address on file: by post" in bare.reason.en
    odd = row("03-08", customers=[customer(address="1 Road", email="k at k.example")])
    assert odd is not None and odd.channel == "letter"
    assert "the e-mail address cannot be used: by post" in odd.reason.en
    assert "no address on file: fill it in" in bare.reason.en


def test_the_next_action_of_a_milestone_says_what_it_waits_for() -> None:
    assert columns("03-15", promises=[promise("P", "03-10", "03-20")])["M"] == (
        None,
        "Level 1 waits: promise to 2025-03-23",
    )


def test_all_reasons_of_a_row_that_waits_and_the_day_after_the_last() -> None:
    found = row(
        "03-15",
        milestones=TWO,
        promises=[promise("P", "03-10", "03-20"), promise("Q", "03-10", "03-25", milestone="N")],
    )
    assert found is not None and found.milestones == (0, 1)
    assert [(hold.code, hold.until) for hold in found.holds] == [("promise", day("03-28"))]
    assert found.act_by == day("03-31"), "03-29 is a Saturday"
