"""What stands against a reminder: a live promise, a dispute, money that has come, a pause, an old bank import …

Every hold says why, and until when where that is known (RULES 9, 14).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from addin.model.days import NO_DAY, to_days
from addin.rules.book import Book, own_days
from addin.rules.chasing.levels import BEFORE
from addin.rules.chasing.promised import Claim, Word, given
from addin.rules.chasing.proposal import Hold, Level
from addin.rules.chasing.record import Record, Sent
from addin.rules.chasing.unread import unread, unread_ladder
from addin.rules.chasing.words import hold, iso, money_words
from addin.rules.claims import Milestone
from addin.rules.workdays import Calendar, UnpublishedYear, is_public_holiday


@dataclass(frozen=True)
class Standstill:
    """What may hold reminders back in a book as at a day."""

    as_of: int
    base: str
    cooling_days: int
    word: Word
    record: Record
    disputed: np.ndarray
    resting: Mapping[str, int]
    """Customers with a pause and its last day, `NO_DAY`: open-ended."""
    in_court: frozenset[str]
    unread: Mapping[Claim, Sequence[Hold]]
    """By milestone or customer the rows about them with a cell that cannot be read."""
    without_file: frozenset[str]
    """Customers of contracts of whom there is no row."""
    bill_failed: Mapping[str, str]
    """The invoice that failed its check, by the milestone that it names, else by its contract."""
    everywhere: tuple[Hold, ...]

    def concerned(self, book: Book, positions: np.ndarray) -> np.ndarray:
        """Which of the milestones may have a hold at all: most have none, and need no closer look."""
        named = {milestone for _, milestone in self._claims} | {*self.record.sent} | {*self.bill_failed}
        customers = {customer for customer, _ in self._claims} | {*self.resting} | {*self.record.general}
        customers |= self.without_file
        contracts = self.in_court | {*self.bill_failed}
        found: np.ndarray = self.disputed[positions] > 0
        for place, position in enumerate(positions.tolist() if named or customers or contracts else ()):
            milestone = book.milestones[position]
            contract = milestone.contract
            if milestone.id in named or contract.customer in customers or contract.id in contracts:
                found[place] = True
        return found

    @property
    def _claims(self) -> set[Claim]:
        return {*self.word.until, *self.unread} - {("", "")}

    def of(self, milestone: Milestone, open_amount: int) -> list[Hold]:
        """What holds back every reminder of the milestone."""
        id, customer = milestone.id, milestone.contract.customer
        found = []
        if promise := self.word.live(id, customer):
            words = self._promised(promise, open_amount, milestone.contract.currency)
            found.append(hold("promise", *words, self.word.until[promise]))
        if self.disputed[milestone.position] >= open_amount:
            found.append(hold("disputed", "全额有争议", "all of it is disputed"))
        last = self.record.last_sent(id, customer)
        if last != NO_DAY and last + self.cooling_days > self.as_of:
            words = f"{iso(last)} 刚催过", f"reminded on {iso(last)}"
            found.append(hold("cooling", *words, last + self.cooling_days - 1))
        found += [*self.unread.get(("", id), ()), *self.unread.get((customer, ""), ())]
        if customer in self.resting:
            found.append(hold("on_hold", "客户暂停催款", "the customer is on hold", self.resting[customer]))
        if customer in self.without_file:
            words = (
                f"客户档案中没有 {customer}，无法写函",
                f"there is no customer {customer} on file to write to",
            )
            found.append(hold("no_customer", *words))
        if number := self.bill_failed.get(id) or self.bill_failed.get(milestone.contract.id):
            found.append(hold("bill_check", f"发票 {number} 核对不符", f"invoice {number} failed its check"))
        if milestone.contract.id in self.in_court:
            found.append(hold("legal", "合同已进入法律程序", "the contract is with the courts"))
        return found

    def _promised(self, claim: Claim, open_amount: int, currency: str) -> tuple[str, str]:
        """A promise holds back all that it names, whatever its amount: a letter asks for what is open, never for a
        lower total. Where it is for less, it is said for how much."""
        amount, milestone = self.word.to_come[claim], claim[1]
        if not milestone:
            shown = money_words(amount, self.base)
            return (
                f"客户已承诺付款 {shown}，未指明节点",
                f"{shown} is promised, for no milestone in particular",
            )
        if amount >= open_amount:
            return "客户已承诺付款", "a promise is live"
        shown, left = money_words(amount, currency), money_words(open_amount, currency)
        return f"客户已承诺付款 {shown}（未收 {left}）", f"{shown} of {left} is promised"


def standstill(book: Book, record: Record, failed_bills: Collection[str]) -> Standstill:
    """Everything that a book holds against reminders; ``failed_bills`` are invoices that failed and wait."""
    contracts, customers = book.ledger["contracts"], book.ledger["customers"]
    policy = book.policy
    return Standstill(
        book.day,
        book.rates.base,
        policy["cooling_days"],
        given(book.promises, book.day, policy["promise_grace_days"]),
        record,
        book.positions["disputed"].to_numpy(np.int64, na_value=0),
        _resting(book),
        frozenset(contracts["contract_id"][_in_court(book)].tolist()),
        unread(book),
        frozenset(contracts["customer_id"].tolist()) - {*customers["customer_id"].tolist()},
        _bill_failed(book, failed_bills) if failed_bills else {},
        (*unread_ladder(book.ledger), *_stale_bank(book), *_holiday(book)),
    )


def _in_court(book: Book) -> np.ndarray:
    """By row of the contracts table; a status that cannot be read may be this one."""
    legal = (book.ledger["contracts"]["status"] == "legal").to_numpy(bool)
    found: np.ndarray = legal | book.ledger.is_unknown("contracts", "status")
    return found


def _bill_failed(book: Book, failed_bills: Collection[str]) -> dict[str, str]:
    """An invoice that names only its contract may bill any of its milestones: it holds them all."""
    columns = (
        book.ledger["invoices"][each].tolist() for each in ("milestone_id", "contract_id", "invoice_no")
    )
    rows = zip(*columns, strict=True)
    return {milestone or contract: number for milestone, contract, number in rows if number in failed_bills}


def _resting(book: Book) -> dict[str, int]:
    """A cell that cannot be read counts as a pause: better no letter than one too many."""
    frame, ledger = book.ledger["customers"], book.ledger
    paused = frame["hold"].fillna(False).to_numpy(bool) | ledger.is_unknown("customers", "hold")
    until = np.where(ledger.is_unknown("customers", "hold_until"), NO_DAY, to_days(frame["hold_until"]))
    resting = paused & ((until == NO_DAY) | (book.day <= until))
    ids = frame["customer_id"].tolist()
    return {ids[place]: int(until[place]) for place in np.flatnonzero(resting).tolist()}


def _stale_bank(book: Book) -> list[Hold]:
    """Older than bank_stale_days: somebody may have paid. The limit itself is still fresh; 0 asks for nothing."""
    limit = book.policy["bank_stale_days"]
    days = to_days(book.ledger["bank"]["date"])
    seen = days[(days != NO_DAY) & (days <= book.day)]
    if not limit or not len(seen) or int(seen.max()) >= book.day - limit:
        return []
    newest = iso(int(seen.max()))
    return [
        hold(
            "stale_bank",
            f"银行流水只到 {newest}，超过 {limit} 天，请先导入",
            f"bank data end on {newest}, more than {limit} days ago: import them first",
        )
    ]


def _holiday(book: Book) -> list[Hold]:
    """A public holiday, or a day that the firm's own calendar closes; a plain weekend is neither."""
    own = own_days(book.ledger.frames)
    if not _closed(book.as_of, own):
        return []
    last, calendar = book.as_of, Calendar(own)
    try:
        while not calendar.is_workday(last + timedelta(1)):
            last += timedelta(1)
    except (UnpublishedYear, OverflowError):
        last = book.as_of
    return [hold("holiday", "节假日", "a holiday", last.toordinal())]


def _closed(day: date, own: Mapping[date, bool]) -> bool:
    named = own.get(day)
    return is_public_holiday(day) if named is None else not named


def unsent_letter(
    letters: Iterable[Sent], levels: Sequence[Level], reached: int, since: int, late: bool
) -> Sent | None:
    """The newest of the letters that was confirmed after ``since`` for more than the level reached, and has not gone
    out. A notice waits for nothing once the claim is ``late``: its reminder takes its place."""
    waiting = [
        each
        for each in letters
        if (each.day > since or each.day == NO_DAY)
        and (each.level is None or each.level > reached)
        and not (late and _is_notice(each, levels))
    ]
    return max(waiting, key=lambda each: (each.day, each.letter), default=None)


def _is_notice(letter: Sent, levels: Sequence[Level]) -> bool:
    """By its level; where the ladder has none such, by its kind."""
    modes = {level.number: level.mode for level in levels}
    return modes[letter.level] == BEFORE if letter.level in modes else letter.kind == "notice"


def unsent_hold(letter: Sent) -> Hold:
    id, day = letter.letter, iso(letter.day) if letter.day != NO_DAY else ""
    zh, en = ("进行", "made") if letter.spoken else ("寄出", "sent")
    if not day:
        words = (
            f"{id} 尚未{zh}，函件日期为空或无法识别",
            f"{id} has not been {en}; its date is empty or cannot be read",
        )
        return hold("unsent", *words)
    return hold(
        "unsent", f"{id} 已于 {day} 确认，尚未{zh}", f"{id} was confirmed on {day} and has not been {en}"
    )


def notice_hold(letter: Sent) -> Hold:
    """A notice waits for a letter or call to the customer that is on its way: one at a time, and a letter's annex has
    what falls due."""
    id = letter.letter
    if letter.spoken:
        return hold("unsent", f"先完成 {id}", f"{id} is to be made first")
    return hold(
        "unsent", f"先寄出 {id}，其附表已列明将到期的款项", f"send {id} first; its annex has what falls due"
    )


def below_minimum(least: str, level: Level | None) -> Hold:
    """What is asked is below the firm's minimum, or that of the level."""
    if level is None:
        return hold("below_minimum", f"低于最低金额 {least}", f"below the minimum of {least}")
    zh, en = f"低于第 {level.number} 级的最低金额 {least}", f"below level {level.number}'s minimum of {least}"
    return hold("below_minimum", zh, en)
