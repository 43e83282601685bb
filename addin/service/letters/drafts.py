"""From rows of the worklist to letters: which of them are written, to whom, under which number, about what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

import pandas as pd

from addin.documents.facts import Claim, Customer, Firm, Letter, PastLetter
from addin.model.bad_rows import new_ids
from addin.model.days import NO_DAY, days_on, to_days
from addin.model.mail import mail_addresses
from addin.model.text import Language, Text
from addin.rules.addressed import reaches_debtor
from addin.rules.book import own_days
from addin.rules.chasing.levels import BEFORE
from addin.rules.chasing.proposal import Level, Proposal
from addin.rules.policy import Policy
from addin.rules.workdays import Calendar
from addin.service.claims import Claims
from addin.service.dossier import Dossier

PAY_WITHIN: Final = 7
"""Days from a letter's date to the day by which it asks for the money; a day off moves on to the next workday."""

SPOKEN: Final = ("phone", "wechat")
"""Channels for which there is no letter, only words to say or paste."""

NOTICE: Final = "notice"


@dataclass(frozen=True)
class Draft:
    """A row of the worklist with the letter that it stands for, and the ids of the milestones that this asks for.

    ``notes`` are what a person should know of it. A row that is held back has a letter too: it shows what would be
    asked. ``ticked``: it was confirmed in the sheet.
    """

    proposal: Proposal
    level: Level
    letter: Letter
    milestones: tuple[str, ...]
    notes: tuple[Text, ...] = ()
    ticked: bool = False
    remark: Text | None = None
    """Why a tick in the sheet does not count."""

    @property
    def held(self) -> bool:
        return bool(self.proposal.holds)

    @property
    def blocked_by(self) -> Text:
        """Why the row waits; empty where it does not."""
        words = [hold.words for hold in self.proposal.holds]
        return Text("；".join(each.zh for each in words), "; ".join(each.en for each in words))

    @property
    def is_spoken(self) -> bool:
        """Whether words are all there is: a call, a message, or a level without a template."""
        return self.letter.channel in SPOKEN or not self.letter.kind


def drafts(dossier: Dossier, proposals: Sequence[Proposal]) -> list[Draft]:
    """A draft for each proposal that has a level.

    Numbers go over all of them in the worklist's order, held rows left out, so that they are the same whichever
    are written; a held row has none.
    """
    gathered = _Gathered(dossier)
    numbers = new_ids("letters", dossier.ledger["letters"]["letter_id"].tolist())
    return [
        gathered.draft(each, each.level, "" if each.holds else next(numbers))
        for each in proposals
        if each.level is not None
    ]


@dataclass
class _Gathered:
    """What the letters of one book have in common, gathered once."""

    dossier: Dossier
    claims: Claims = field(init=False)

    def __post_init__(self) -> None:
        self.claims = Claims(self.dossier.book)

    def draft(self, proposal: Proposal, level: Level, number: str) -> Draft:
        dossier = self.dossier
        to, language, notes = self._addressee(proposal.customer)
        channel, more = _channel(proposal.channel or level.channel, to, level)
        pay_by = self._pay_by
        claims = self._claims(proposal, level, pay_by)
        milestones = tuple(dict.fromkeys(claim.milestone_id for claim in claims))
        kind = "" if channel in SPOKEN else level.template
        if kind == NOTICE:
            pay_by = min((claim.due for claim in claims if claim.due is not None), default=pay_by)
        letter = Letter(
            number,
            dossier.as_of,
            language,
            level.number,
            kind,
            channel,
            proposal.currency,
            self._firm,
            to,
            claims,
            self.claims.statement(proposal.customer, proposal.currency),
            pay_by,
            self._earlier(proposal.customer, set(milestones)),
            not self._last_of_finished.isdisjoint(milestones),
        )
        return Draft(proposal, level, letter, milestones, (*notes, *more, *_over(letter)))

    def _claims(self, proposal: Proposal, level: Level, pay_by: date) -> tuple[Claim, ...]:
        """What the letter asks for, in the order of due dates: only a notice speaks of what is not overdue yet.

        What the row also names and is still to fall due stands in the statement, and has its own notice later.
        """
        if level.mode == BEFORE:
            until = max(pay_by, days_on(self.dossier.as_of, max(level.days, 0)))
            found = [claim for position in proposal.milestones for claim in self._coming(position, until)]
        else:
            asked = [self.claims.of(position, pay_by.toordinal()) for position in proposal.milestones]
            everything = [claim for claims in asked for claim in claims]
            found = [claim for claim in everything if claim.days_overdue > 0] or everything
        return tuple(sorted(found, key=lambda claim: claim.due or date.max))

    def _coming(self, position: int, until: date) -> list[Claim]:
        """What a notice speaks of: no instalment that is overdue (it has its own reminders) or settled."""
        ahead = [claim for claim in self.claims.of(position) if claim.open and claim.days_overdue <= 0]
        first = min((claim.due or date.max for claim in ahead), default=until)
        return [claim for claim in ahead if (claim.due or date.max) <= max(first, until)]

    @cached_property
    def _pay_by(self) -> date:
        calendar = Calendar(own_days(self.dossier.ledger.frames))
        return calendar.roll_if_known(days_on(self.dossier.as_of, PAY_WITHIN))

    @cached_property
    def _firm(self) -> Firm:
        return firm_of(self.dossier.policy)

    def _addressee(self, customer: str) -> tuple[Customer, Language, list[Text]]:
        row = self._customers.get(customer, {})
        to = customer_of(customer, row)
        language: Language = row.get("language") or self.dossier.language
        firm = self._firm
        notes = [] if firm.name and firm.bank and firm.account else [_NO_ACCOUNT]
        return to, language, notes + ([] if to.service_address else [_NO_ADDRESS])

    @cached_property
    def _customers(self) -> Mapping[str, Mapping[str, Any]]:
        rows: list[dict[Any, Any]] = self.dossier.ledger["customers"].to_dict("records")
        return {row["customer_id"]: row for row in rows}

    def _earlier(self, customer: str, milestones: set[str]) -> tuple[PastLetter, ...]:
        return tuple(past for past in self._sent.get(customer, ()) if milestones.intersection(past.about))

    @cached_property
    def _sent(self) -> Mapping[str, Sequence[PastLetter]]:
        """Letters that had gone out by the day, by customer, in the order of days; statements are none."""
        frame = self.dossier.ledger["letters"]
        days = {key: to_days(frame[key]).tolist() for key in ("sent_on", "delivered_on")}
        found: dict[str, list[PastLetter]] = {}
        for at, row in enumerate(frame.to_dict("records")):
            sent, delivered = days["sent_on"][at], days["delivered_on"][at]
            if (
                row["kind"] == "statement"
                or not reaches_debtor(row["channel"])
                or not NO_DAY < sent <= self.dossier.book.day
            ):
                continue
            past = PastLetter(
                row["letter_id"],
                row["kind"],
                _whole(row["level"]),
                date.fromordinal(sent),
                date.fromordinal(delivered) if NO_DAY < delivered <= self.dossier.book.day else None,
                row["proof"],
                tuple(row["milestones"]),
            )
            found.setdefault(row["customer_id"], []).append(past)
        return {id: sorted(letters, key=lambda each: each.sent_on) for id, letters in found.items()}

    @cached_property
    def _last_of_finished(self) -> frozenset[str]:
        """The id of the last milestone of each contract that is completed: what follows is after-sale care."""
        frame = self.dossier.ledger["contracts"]
        days = zip(frame["contract_id"].tolist(), to_days(frame["completed"]).tolist(), strict=True)
        finished = {id for id, day in days if NO_DAY < day <= self.dossier.book.day}
        last: dict[str, tuple[int, int, str]] = {}
        for position, milestone in enumerate(self.dossier.book.milestones):
            if milestone.contract.id in finished:
                last[milestone.contract.id] = max(
                    last.get(milestone.contract.id, (-1, -1, "")), (milestone.place, position, milestone.id)
                )
        return frozenset(id for _, _, id in last.values())


def firm_of(policy: Policy) -> Firm:
    """Us, as the settings have it."""
    keys = ("name", "uscc", "address", "phone", "bank", "account", "signatory")
    return Firm(*(str(policy[f"company_{key}"]) for key in keys))


def customer_of(id: str, row: Mapping[str, Any]) -> Customer:
    """A row of the customers; one that is not there is known by its id alone."""
    words = {key: str(row.get(key, "") or "") for key in ("name", "uscc", "contact", "phone", "email")}
    address = str(row.get("service_address") or row.get("address") or "")
    return Customer(id, words.pop("name") or id, **words, service_address=address)


def _channel(wanted: str, to: Customer, level: Level) -> tuple[str, list[Text]]:
    """The channel that the customer can be reached by, and why it is another one than the level's."""
    notes = []
    if "email" in (wanted, level.channel) and not mail_addresses(to.email):
        wanted = "letter"
        notes.append(_BAD_EMAIL if to.email else _NO_EMAIL)
    if wanted not in SPOKEN and not level.template:
        notes.append(_no_template(level))
    return wanted, notes


_NO_EMAIL: Final = Text("没有邮箱，改用信函", "no e-mail address: a letter instead")
_BAD_EMAIL: Final = Text("邮箱写法有误，改用信函", "the e-mail address cannot be used: a letter instead")
_NO_ACCOUNT: Final = Text(
    "设置中没有本公司名称、开户行或账号，函件中的收款账户不完整",
    "our name, bank or account is not in the settings: the letter does not say where to pay",
)
_NO_ADDRESS: Final = Text("没有送达地址，请在客户档案补填", "no address; add it to the customer's file")


def _over(letter: Letter) -> Iterator[Text]:
    """For us alone: what no demand can revive any more. The letter itself never says so."""
    over = dict.fromkeys(
        claim.milestone_id for claim in letter.claims if claim.limitation and claim.limitation < letter.day
    )
    if over:
        zh, en = "、".join(over), ", ".join(over)
        yield Text(
            f"{zh} 诉讼时效已届满，催告不能使其重新计算，函件中不写中断；请争取对方书面同意履行（民法典192）",
            f"limitation of {en} is over and no demand restarts it, so the letter does not say that it does; "
            "ask for a written promise to pay (Civil Code 192)",
        )


def _no_template(level: Level) -> Text:
    return Text(
        f"级别 {level.number} 没有模板，只写了话术",
        f"level {level.number} has no template: only words to say",
    )


def _whole(value: Any) -> int | None:
    """A level on record; None where the cell is empty."""
    return None if pd.isna(value) else int(value)


def marked(all: Iterable[Draft], ticked: Set[str], remarks: Mapping[str, Text]) -> list[Draft]:
    """The drafts, those among ``ticked`` as such, with what is to be said of ticks that do not count; by key."""
    return [_marked(each, each.proposal.key in ticked, remarks.get(each.proposal.key)) for each in all]


def _marked(draft: Draft, ticked: bool, remark: Text | None) -> Draft:
    notes = draft.notes if remark is None else (remark, *draft.notes)
    return replace(draft, ticked=ticked, remark=remark, notes=notes)
