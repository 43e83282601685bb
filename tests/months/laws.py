"""What must hold of a run's letters, in plain code on the oracle's ledger of the day.

Each law yields a line for whatever breaks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from addin.model.money import digits_of, from_minor, grouped
from addin.service.letters.writing import Written
from tests.oracle.book import Row
from tests.oracle.money import money
from tests.oracle.worklist import Claim, Desk, Line, naive_worklist

HEADS_AFTER = timedelta(days=2)


class ByHand(Desk):
    """The oracle's worklist, with invoices that failed their check."""

    def failed(self, milestone: str) -> bool:
        numbers = {row["invoice_no"] for row in self.rows("bill_check") if not row.get("handled")}
        billed = {milestone, self.contract_of(milestone)["contract_id"]}
        bills = [row for row in self.rows("invoices") if row["invoice_no"] in numbers]
        return any((row["milestone_id"] or row["contract_id"]) in billed for row in bills)

    def hold(self, claim: Claim) -> None:
        super().hold(claim)
        if self.failed(claim.key):
            claim.holds.add("bill_check")


@dataclass
class Look:
    """A run: the ledger before it, the letters on record before it, and the rows of the worklist with their letters."""

    desk: ByHand
    ids: Sequence[str]
    written: Sequence[Written] = ()
    whole: bool = True
    """Whether the run was to write to everybody, of all levels."""

    @cached_property
    def issued(self) -> list[Written]:
        return [each for each in self.written if each.issued]

    @cached_property
    def rows(self) -> Mapping[str, Any]:
        """The milestones of the ledger."""
        return self.desk.report.milestones

    def purse(self, milestone: str) -> tuple[str, str]:
        contract = self.desk.contract_of(milestone)
        return contract["customer_id"], contract.get("currency") or "CNY"

    def items(self, milestone: str) -> Iterator[tuple[Any, int, bool]]:
        """(item, highest level on record, whether it is late) of what is open and triggered."""
        row = self.rows[milestone]
        is_plan = any(item["item"] for item in row["items"])
        for item in row["items"] if row["trigger"] else ():
            if item["open"] > 0:
                record = self.desk.on_record(milestone, item, is_plan)
                reached = max((each["level"] for each in record), default=-1)
                yield item, reached, item["due"] < self.desk.as_of

    def waiting(self, milestone: str) -> list[Row]:
        """Letters about it that were confirmed, are not overtaken, and have not gone out."""
        found = []
        for letter in self.desk.letters(milestone):
            gone = letter["sent_on"] and letter["sent_on"] <= self.desk.as_of
            if not gone and letter["date"] <= self.desk.as_of:
                for item, reached, late in self.items(milestone):
                    since = self.desk.round(milestone, item["item"])
                    over = letter["level"] <= reached or (late and self.desk.is_notice(letter))
                    over = over or (bool(item["item"]) and self.desk.is_early(letter, item["due"]))
                    if letter["date"] > since and not over and letter not in found:
                        found.append(letter)
        return found

    @cached_property
    def waiting_for(self) -> dict[str, set[str]]:
        """The letters that wait, by customer."""
        found: dict[str, set[str]] = {}
        for milestone in self.rows:
            numbers = {row["letter_id"] for row in self.waiting(milestone)}
            if numbers:
                found.setdefault(self.purse(milestone)[0], set()).update(numbers)
        return found

    def against(self, milestone: str) -> set[str]:
        """What stands against any letter about a milestone, money and minimum left aside."""
        desk, row, found = self.desk, self.rows[milestone], set()
        customer, today = self.purse(milestone)[0], desk.as_of
        for promise in desk.rows("promises"):
            named = promise.get("milestone_id")
            if (named == milestone) if named else (promise["customer_id"] == customer):
                state = desk.report.promises.get(promise["promise_id"], {}).get("state", "withdrawn")
                last = promise["promised_date"] + timedelta(days=desk.settings["promise_grace_days"])
                if state not in ("withdrawn", "kept") and today <= last:
                    found.add("promise")
        if row["disputed"] >= row["open"]:
            found.add("disputed")
        for letter in desk.sent(milestone):
            if today < letter["sent_on"] + timedelta(days=desk.settings["cooling_days"]):
                found.add("cooling")
        for file in desk.rows("customers"):
            paused = file.get("hold") and (not file.get("hold_until") or today <= file["hold_until"])
            if file["customer_id"] == customer and paused:
                found.add("on hold")
        if desk.contract_of(milestone).get("status") == "legal":
            found.add("in court")
        if desk.failed(milestone):
            found.add("bill check")
        if self.waiting(milestone):
            found.add("unsent")
        return found


def broken(look: Look) -> Iterator[str]:
    """Every breach of the laws of one run; some tell only of a run that was to write to everybody."""
    laws = [
        agrees_with_the_ledger,
        is_printed,
        goes_up_by_one,
        nothing_stands_against_it,
        has_not_paid,
        says_why,
    ]
    if look.whole:
        laws += [waits_in_front, nobody_is_forgotten, is_the_worklist_by_hand]
    for law in laws:
        yield from (f"{law.__name__}: {line}" for line in law(look))


# --- the figures --------------------------------------------------------------------------------------------


def agrees_with_the_ledger(look: Look) -> Iterator[str]:
    for each in look.issued:
        letter, digits = each.draft.letter, each.draft.letter.digits
        for claim in letter.claims:
            row = look.rows[claim.milestone_id]
            [item] = [one for one in row["items"] if one["item"] == claim.instalment]
            theirs = *(item[key] for key in ("amount", "paid", "adjusted", "open")), item["due"]
            figures = (claim.amount, claim.received, claim.adjusted, claim.open)
            ours = *(from_minor(figure, digits) for figure in figures), claim.due
            if ours != theirs or claim.days_overdue != (look.desk.as_of - item["due"]).days:
                yield f"{letter.letter_id} {claim.milestone_id} {claim.instalment}: {ours}, ledger {theirs}"
            notice = each.draft.level.mode == "before_due"
            if claim.open and notice == (item["due"] < look.desk.as_of):
                yield f"{letter.letter_id} {claim.milestone_id}: due {item['due']}, {each.draft.level.mode}"
        for milestone in each.draft.milestones:
            yield from _asks_too_much(look, each, milestone, digits)
        asked = sum(claim.open - claim.disputed + claim.charged for claim in letter.claims)
        total = sum(claim.open + claim.charged for claim in letter.claims)
        if (letter.asked, letter.total) != (asked, total):
            yield f"{letter.letter_id}: {letter.asked} of {letter.total}, items {asked} of {total}"


def _asks_too_much(look: Look, each: Written, milestone: str, digits: int) -> Iterator[str]:
    row, number = look.rows[milestone], each.draft.letter.letter_id
    claims = [claim for claim in each.draft.letter.claims if claim.milestone_id == milestone]
    asked = from_minor(sum(claim.asked for claim in claims), digits)
    charged = from_minor(sum(claim.charged for claim in claims), digits)
    printed = row["interest"] if row["interest_basis"] in ("contract", "statute") else Decimal(0)
    whole = each.draft.level.mode != "before_due"
    if row["open"] <= 0 or not row["trigger"]:
        yield f"{number} {milestone}: nothing is open"
    if asked > row["open"] - row["disputed"]:
        yield f"{number} {milestone}: asks {asked} of {row['open']}, {row['disputed']} in dispute"
    if charged > printed or (whole and charged != printed):
        yield f"{number} {milestone}: interest {charged}, ledger {printed}"


def is_printed(look: Look) -> Iterator[str]:
    for each in look.issued:
        for file in each.files:
            if file.suffix == ".txt":
                text, letter = file.read_text(encoding="utf-8"), each.draft.letter
                for figure in {letter.total, letter.asked}:
                    if grouped(figure, letter.digits) not in text:
                        yield f"{letter.letter_id}: {figure} is not in {text}"


# --- the levels ---------------------------------------------------------------------------------------------


def goes_up_by_one(look: Look) -> Iterator[str]:
    """A letter's level is the next of one of the milestones that it names, and none of them had it before."""
    for each in look.issued:
        level, leads = each.draft.level.number, False
        for milestone in each.draft.milestones:
            items = list(look.items(milestone))
            if items and all(reached >= level for _, reached, _ in items):
                yield f"{each.draft.letter.letter_id} {milestone}: level {level} again"
            leads |= any(_next(look, milestone, *item) == level for item in items)
        if not leads:
            yield f"{each.draft.letter.letter_id}: level {level} comes next of none of {each.draft.milestones}"


def _next(look: Look, milestone: str, item: Any, reached: int, late: bool) -> int | None:
    """The next row of the ladder; before the due date the last of the notices whose day has come."""
    desk = look.desk
    left = [(place, step) for place, step in enumerate(desk.ladder) if step["level"] > reached]
    if late:
        return next((int(step["level"]) for _, step in left if step["mode"] != "before_due"), None)
    raised = desk.raises(milestone, desk.round(milestone, item["item"]))
    customer, today = look.purse(milestone)[0], desk.as_of
    notices = [
        int(step["level"])
        for place, step in left
        if step["mode"] == "before_due" and desk.from_day(place, customer, raised, item["due"], []) <= today
    ]
    return notices[-1] if notices else None


class Stood:
    """Where each open item stood when one last looked: it moves by letters and agreements alone."""

    def __init__(self) -> None:
        self.at: dict[tuple[str, str], tuple[int, object]] = {}

    def moved(self, look: Look) -> Iterator[str]:
        now = {}
        for milestone in look.rows:
            for item, reached, _ in look.items(milestone):
                record = [
                    (row["letter_id"], row["sent_on"], *map(look.desk.contract_due, row["milestones"]))
                    for row in look.desk.sent(milestone)
                ]
                since = look.desk.round(milestone, item["item"])
                others = [one["item"] for one in look.rows[milestone]["items"]]
                now[milestone, item["item"]] = reached, (item["due"], since, record, others)
        for key in now.keys() & self.at.keys():
            before, why = self.at[key]
            if now[key][1] == why and now[key][0] != before:
                yield f"moved: {key} stood at {before} and stands at {now[key][0]} without a letter"
        self.at.update(now)


def climbs(desk: Desk) -> Iterator[str]:
    """Of milestones that were always written to alone, and have the due date that they had: the ladder row by row."""
    ladder = [int(step["level"]) for step in desk.ladder if step["mode"] != "before_due"]
    moved = {row["milestone_id"] for row in desk.rows("reschedules")}
    for milestone in set(desk.report.milestones) - moved:
        letters = sorted(desk.sent(milestone), key=lambda row: (row["sent_on"], row["letter_id"]))
        levels = [row["level"] for row in letters if row["level"] in ladder]
        if all(len(row["milestones"]) == 1 for row in letters) and levels != ladder[: len(levels)]:
            yield f"climbs: {milestone} had the levels {levels}"


# --- what stands against a letter ---------------------------------------------------------------------------


def nothing_stands_against_it(look: Look) -> Iterator[str]:
    desk = look.desk
    if look.issued and desk.everywhere():
        yield f"{len(look.issued)} letters in spite of {desk.everywhere()}"
    for each in look.issued:
        number, purse = (
            each.draft.letter.letter_id,
            (each.draft.proposal.customer, each.draft.proposal.currency),
        )
        for milestone in each.draft.milestones:
            if reasons := look.against(milestone):
                yield f"{number} {milestone}: {reasons}"
        owed = sum(
            (
                row["open"] - row["disputed"]
                for key, row in look.rows.items()
                if row["trigger"] and look.purse(key) == purse
            ),
            Decimal(0),
        )
        if sum(money(desk, *purse), Decimal(0)) >= owed:
            yield f"{number}: money that waits, {money(desk, *purse)}, would settle all of {owed}"


def has_not_paid(look: Look) -> Iterator[str]:
    for each in look.issued:
        proposal = each.draft.proposal
        owed = look.desk.report.customers[proposal.customer].get(proposal.currency, {})
        if not owed.get("open"):
            yield f"{each.draft.letter.letter_id}: {proposal.key} owes nothing"


# --- what waits ---------------------------------------------------------------------------------------------


def waits_in_front(look: Look) -> Iterator[str]:
    """Who has a letter that has waited for more than two days stands before all others, and the row names one."""
    heads = [bool(each.draft.proposal.unsent) for each in look.written]
    if heads != sorted(heads, reverse=True):
        yield f"rows with a letter that waits stand at {[at for at, head in enumerate(heads) if head]}"
    named = {(each.draft.proposal.customer, each.draft.proposal.currency): each.draft.proposal.unsent
             for each in look.written}  # fmt: skip
    for milestone in look.rows:
        for letter in look.waiting(milestone):
            customer, currency = look.purse(milestone)
            told = named.get((customer, currency), "") in look.waiting_for[customer]
            if letter["date"] + HEADS_AFTER < look.desk.as_of and not told:
                yield f"{letter['letter_id']} {milestone}: waits since {letter['date']}, and nobody says so"


def says_why(look: Look) -> Iterator[str]:
    for each in look.written:
        proposal, why = each.draft.proposal, each.draft.blocked_by
        if not each.issued and not (why.zh and why.en):
            yield f"{proposal.key}: not issued without a word"
        named = {look.ids[position] for position in proposal.milestones}
        if not set(each.draft.milestones) <= named:
            yield f"{proposal.key}: {each.draft.milestones} are not all of the row's {named}"


def nobody_is_forgotten(look: Look) -> Iterator[str]:
    """What nothing holds goes out in this run; of a row that goes out, what is held is named with why."""
    desk, rows = look.desk, {each.draft.proposal.key: each for each in look.written}
    if desk.everywhere():
        return
    for milestone in look.rows:
        claim = desk.claim(milestone)
        if claim is None:
            continue
        each = rows.get(f"{claim.customer} {claim.currency}")
        if each is None:
            yield f"{milestone}: level {claim.level['level']} is due, and there is no row"
            continue
        ids = [look.ids[position] for position in each.draft.proposal.milestones]
        if each.issued and milestone not in ids and milestone not in each.draft.proposal.reason.en:
            yield f"{milestone}: left out of {each.draft.letter.letter_id} without a word"
        if not look.against(milestone) and _nothing_else(look, claim):
            notice = claim.level["mode"] == "before_due"
            asked = ids if notice else each.draft.milestones
            if not each.issued or milestone not in asked:
                yield f"{milestone}: level {claim.level['level']} is due, nothing holds it, and no letter asks for it"


def _nothing_else(look: Look, claim: Claim) -> bool:
    """No money waits, what is asked is enough, and a notice need not wait for another letter."""
    least = max(Decimal(look.desk.settings["min_reminder"]), Decimal(claim.level.get("min_amount") or 0))
    asked = look.desk.rates(claim.asked, claim.currency)
    if claim.level["mode"] == "before_due" and claim.customer in look.waiting_for:
        return False
    if sum(money(look.desk, claim.customer, claim.currency), Decimal(0)) > 0:
        return False
    return claim.asked > 0 and (asked is None or asked >= least)


def is_the_worklist_by_hand(look: Look) -> Iterator[str]:
    ours = {}
    for each in look.written:
        row, digits = each.draft.proposal, digits_of(each.draft.proposal.currency)
        ours[row.customer, row.currency] = Line(
            each.draft.level.number,
            frozenset(look.ids[position] for position in row.milestones),
            from_minor(row.open, digits),
            from_minor(row.overdue, digits),
            frozenset(hold.code for hold in row.holds),
            row.unsent,
        )
    theirs = naive_worklist(look.desk)
    for purse in sorted({*theirs, *ours}):
        if theirs.get(purse) != ours.get(purse):
            yield f"{purse}: {ours.get(purse)}, by hand {theirs.get(purse)}"
