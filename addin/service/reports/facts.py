"""The facts of each report, gathered from a dossier."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from addin.documents.facts import Claim
from addin.documents.report_facts import Card, Completion, Deal, Money, Promise, Settlement, Statement
from addin.model.days import days_on
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.book import own_days
from addin.rules.workdays import Calendar
from addin.service.reports import evidence
from addin.service.reports.gathering import deal, head, opinions, problems, receipts
from addin.service.reports.records import Record, Records, word
from addin.service.reports.timeline import scope_of

REPLY_DAYS = 15
"""Until when a statement asks for its reply; on the next working day."""


def number(kind: str, records: Records, subject: str) -> str:
    """What a document calls itself: the same for the same report as at the same day.

    >>> _PREFIX["statement"]
    'DZ'
    """
    day = records.as_of.isoformat().replace("-", "")
    return f"{_PREFIX[kind]}-{day}-{subject}"


_PREFIX = {"statement": "DZ", "settlement": "JS", "completion": "WG", "evidence": "ZJ", "card": "KP"}


# --- statement ---------------------------------------------------------------------------------------------


def statements(
    records: Records, row: Record, contracts: Collection[str] | None, language: Language, with_interest: bool
) -> Iterator[Statement]:
    """A statement for each currency in which the customer has a contract; ``contracts`` None: all of them.

    Some contracts' own number names them: on record one must not pass for another.
    """
    own = records.contracts_of.get(row["customer_id"], ())
    for currency in dict.fromkeys(each.currency for each in own):
        wanted = [
            each.id
            for each in own
            if each.currency == currency and (contracts is None or each.id in contracts)
        ]
        deals = [deal(records, id) for id in wanted]
        unapplied = _unapplied(records, row["customer_id"], currency, contracts)
        if contracts is None:
            deals = [each for each in deals if each.open or each.pending]
        if deals or unapplied:
            about = "-".join((row["customer_id"], *sorted(contracts or ()), currency))
            yield _statement(records, row, currency, about, deals, unapplied, language, with_interest)


def _statement(
    records: Records,
    row: Record,
    currency: str,
    about: str,
    deals: Sequence[Deal],
    unapplied: int,
    language: Language,
    with_interest: bool,
) -> Statement:
    ids = {each.id for each in deals}
    found = records.claims.statement(row["customer_id"], currency)
    return Statement(
        head(records, row, number("statement", records, about), language),
        currency,
        tuple(deals),
        tuple(claim for claim in found if claim.contract_id in ids),
        tuple(receipts(records, ids)),
        unapplied,
        _workday(records, days_on(records.as_of, REPLY_DAYS)),
        with_interest,
    )


def _unapplied(records: Records, customer: str, currency: str, contracts: Collection[str] | None) -> int:
    """What waits of the customer's money in the currency; of some contracts only what was meant for them."""
    return sum(
        each.left
        for each in records.receipts_of.get(customer, ())
        if each.currency == currency
        and (contracts is None or (each.contract is not None and each.contract.id in contracts))
    )


def _workday(records: Records, day: date) -> date:
    return Calendar(own_days(records.dossier.ledger.frames)).roll_if_known(day)


# --- settlement and completion -----------------------------------------------------------------------------


def settlement(records: Records, row: Record, contract: str, language: Language) -> Settlement:
    """The papers of a settlement meeting about one contract."""
    found = deal(records, contract)
    amendments = records.until("amendments", "effective", contract_id=contract)
    return Settlement(
        head(records, row, number("settlement", records, contract), language),
        found,
        tuple((each["effective"], each["new_amount"], each["document"]) for each in amendments),
        tuple(problems(records, contract)),
        tuple(stage for stage in found.stages if stage.open),
        found.meeting,
    )


def completion(records: Records, row: Record, contract: str, language: Language) -> Completion:
    """The completion report of one contract."""
    found = deal(records, contract)
    claims = records.claims.statement(row["customer_id"], found.currency)
    return Completion(
        head(records, row, number("completion", records, contract), language),
        found,
        tuple(problems(records, contract)),
        tuple(opinions(records, contract)),
        tuple(claim for claim in claims if claim.contract_id == contract),
    )


# --- card --------------------------------------------------------------------------------------------------


def card(records: Records, row: Record, language: Language) -> Card:
    """What to know of a customer before a call."""
    own = records.contracts_of.get(row["customer_id"], ())
    scope = scope_of(records, row["customer_id"], [each.id for each in own])
    currencies = list(dict.fromkeys(each.currency for each in own))
    claims = [
        (claim, code) for code in currencies for claim in records.claims.statement(row["customer_id"], code)
    ]
    disputes = [
        (problem, records.contracts[each.id].currency)
        for each in own
        for problem in problems(records, each.id)
        if problem.closed is None and problem.milestone
    ]
    ends = [records.one("contracts", each.id) for each in own]
    limits = [found["limitation"] for found in ends if found and found["limitation"] and found["open"]]
    return Card(
        head(records, row, number("card", records, row["customer_id"]), language),
        row["grade"],
        "" if row["paydex"] is None else f"{row['paydex']:f}",
        row["usual_delay"],
        word("customers", "usual_method", row["usual_method"], language),
        records.dossier.ledger.base_currency,
        row["credit_limit"],
        row["exposure"],
        tuple(_owed(records, row["customer_id"], code, claims) for code in currencies),
        tuple(sorted(claims, key=lambda pair: pair[0].due or date.max)),
        tuple(_promises(records, row["customer_id"])),
        tuple(disputes),
        tuple(evidence.letters(records, scope)),
        tuple(evidence.contacts(records, scope)),
        tuple(_to_do(records, row["customer_id"])),
        _on_hold(records, row),
        min(limits, default=None),
    )


def _owed(
    records: Records, customer: str, currency: str, claims: Sequence[tuple[Claim, str]]
) -> tuple[str, int, int, int, int]:
    own = [claim for claim, code in claims if code == currency]
    return (
        currency,
        sum(claim.open for claim in own),
        sum(claim.open for claim in own if claim.days_overdue > 0),
        _unapplied(records, customer, currency, None),
        sum(claim.disputed for claim in own),
    )


def _promises(records: Records, customer: str) -> Iterator[Promise]:
    """Promises still open or broken, the newest day first."""
    by_row = {each.row: each for each in records.book.promises}
    found = [
        row for row in records.until("promises", "made_on", customer_id=customer) if row["row"] in by_row
    ]
    for row in sorted(found, key=lambda row: row["promised_date"], reverse=True):
        if row["state"] in ("open", "broken", "partly_kept"):
            yield Promise(
                row["promised_date"],
                Money(row["amount"], by_row[row["row"]].currency),
                row["paid"] or 0,
                TABLES["promises"]["state"].choice_names[row["state"]],
                row["state"],
                row["milestone_id"],
                row["person"],
            )


def _to_do(records: Records, customer: str) -> Iterator[Text]:
    """What the worklist says of the customer, and what was agreed at the last contact."""
    for row in records.of("worklist", customer_id=customer):
        words = " · ".join(row[key] for key in ("reason", "next_action", "blocked_by") if row[key])
        if words:
            yield Text(words, words)
    contacts = records.until("contacts", "date", customer_id=customer)
    if contacts and (plan := contacts[-1]["next_plan"]):
        day = contacts[-1]["date"]
        yield Text(f"{day} 约定的下一步：{plan}", f"Agreed on {day}: {plan}")


def _on_hold(records: Records, row: Record) -> Text:
    until = row["hold_until"]
    if not row["hold"] or (until is not None and until < records.as_of):
        return Text("", "")
    return Text(
        f"已暂停催款{f'至 {until}' if until else ''}",
        f"Reminders are on hold{f' until {until}' if until else ''}",
    )
