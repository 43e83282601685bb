"""What a letter's template may ask for: every fact of a `Letter` as text, under the names of FIELDS.md.

All values are text, lists of rows, or true/false; "" where there is nothing to say, so that a template can ask
``{%p if interest %}``. Text from cells has passed `plain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from addin.documents.facts import Claim, Customer, Firm, Letter, PastLetter
from addin.documents.figures import in_words, long_day, money, percent, short_day
from addin.documents.plain import plain
from addin.model.money import digits_of, grouped
from addin.model.tables import TABLES
from addin.model.text import Language, Text

CONTRACTS_NAMED = 2
"""More contracts than that are counted in a subject line, not named."""
BASES = {
    "contract": Text("合同约定", "contract"),
    "statute": Text("《保障中小企业款项支付条例》第十七条", "Art. 17, SME Payment Regulations"),
}
_FEW = {"contract": Text("合同", "contract"), "statute": Text("条例", "statute")}


def letter_context(letter: Letter) -> dict[str, Any]:
    """The fields of a letter."""
    language, claims = letter.language, letter.claims
    return {
        "letter_no": plain(letter.letter_id),
        "day": long_day(letter.day, language),
        "pay_by": long_day(letter.pay_by, language),
        "level": str(letter.level),
        "currency": plain(letter.currency),
        "unit": "人民币元" if (letter.currency, language) == ("CNY", "zh") else plain(letter.currency),
        "firm": firm_context(letter.firm),
        "to": customer_context(letter.to),
        "contracts_in_short": contracts_in_short(claims, language),
        "contracts": _contracts(letter),
        "claims": [claim_context(claim, letter.digits, language, n) for n, claim in enumerate(claims, 1)],
        "claim_count": str(len(claims)),
        "figures": _sums(claims, letter.digits) | {"total": grouped(letter.total, letter.digits)},
        **_totals(letter),
        "interest_terms": interest_terms(claims, letter.currency, language),
        "first_due": long_day(_first_due(claims), language),
        "days_overdue": str(max((claim.days_overdue for claim in claims if claim.open), default=0)),
        "statement": [
            claim_context(claim, letter.digits, language, n) for n, claim in enumerate(letter.statement, 1)
        ],
        "statement_figures": _sums(letter.statement, letter.digits),
        "earlier": [_past(past, claims, language) for past in letter.earlier],
        "interrupts": letter.interrupts,
        "after_sale": letter.after_sale,
    }


def firm_context(firm: Firm) -> dict[str, str]:
    """The fields of our own firm."""
    return {
        "name": plain(firm.name),
        "uscc": plain(firm.uscc),
        "address": plain(firm.address),
        "phone": plain(firm.phone),
        "bank": plain(firm.bank),
        "account": plain(firm.account),
        "signatory": plain(firm.signatory),
    }


def customer_context(to: Customer) -> dict[str, str]:
    """The fields of the customer."""
    return {
        "id": plain(to.id),
        "name": plain(to.name),
        "uscc": plain(to.uscc),
        "contact": plain(to.contact),
        "phone": plain(to.phone),
        "email": plain(to.email),
        "address": plain(to.service_address),
    }


def claim_context(claim: Claim, digits: int, language: Language, number: int = 1) -> dict[str, str]:
    """The fields of a claim: a row of a table. Amounts are bare figures; nought is "" where it says nothing."""
    basis = claim.basis if claim.basis != "none" and claim.interest is not None else ""
    moved = claim.contract_due if claim.contract_due != claim.due else None
    return {
        "no": str(number),
        "contract": plain(claim.contract_id),
        "project": plain(claim.project),
        "milestone": plain(claim.milestone_id),
        "name": plain(claim.name),
        "instalment": plain(claim.instalment),
        "amount": grouped(claim.amount, digits),
        "received": grouped(claim.received, digits),
        "adjusted": _unless_nought(claim.adjusted, digits),
        "open": grouped(claim.open, digits),
        "disputed": _unless_nought(claim.disputed, digits),
        "asked": grouped(claim.asked, digits),
        "due": short_day(claim.due),
        "contract_due": short_day(moved),
        "days": str(claim.days_overdue) if claim.open and claim.days_overdue > 0 else "",
        "interest": grouped(claim.charged, digits) if basis else "",
        "interest_from": short_day(claim.bears_from) if basis else "",
        "basis": _FEW[basis].in_(language) if basis else "",
        "rate": percent(plain(claim.rate)) if basis else "",
        "clause": plain(claim.clause),
        "invoices": Text("、", ", ").in_(language).join(plain(number) for number in claim.invoices),
    }


def contracts_in_short(claims: Iterable[Claim], language: Language) -> str:
    """The contracts for a subject line: named while they are few, else counted; in Chinese 合同 follows.

    >>> contracts_in_short([], "zh")
    ''
    """
    names = {claim.contract_id: _contract_name(claim) for claim in claims}
    first = Text("、", " and ").in_(language).join(list(names.values())[:CONTRACTS_NAMED])
    if len(names) <= CONTRACTS_NAMED:
        return first
    return Text(
        f"{next(iter(names.values()))}等 {len(names)} 份",
        f"{next(iter(names.values()))} and {len(names) - 1} other contracts",
    ).in_(language)


def interest_terms(claims: Sequence[Claim], currency: str, language: Language) -> list[dict[str, str]]:
    """Interest by whose rate it is: contracts, basis, rate a day and sum, for the sentence that explains it."""
    terms: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.charged:
            terms.setdefault((claim.basis, claim.rate), []).append(claim)
    return [
        {
            "contracts": Text("、", ", ")
            .in_(language)
            .join(dict.fromkeys(plain(c.contract_id) for c in bearing)),
            "basis": BASES[basis].in_(language),
            "rate": percent(plain(rate)),
            "interest": money(
                sum(claim.charged for claim in bearing), currency, digits_of(currency), language
            ),
        }
        for (basis, rate), bearing in terms.items()
    ]


def _contract_name(claim: Claim) -> str:
    return " ".join(part for part in (plain(claim.contract_id), plain(claim.project)) if part)


def _contracts(letter: Letter) -> list[dict[str, str]]:
    """The contracts of the claims, each once, with their payment clause and what is open of their claims."""
    by_contract: dict[str, list[Claim]] = {}
    for claim in letter.claims:
        by_contract.setdefault(claim.contract_id, []).append(claim)
    return [
        {
            "no": str(number),
            "contract": plain(contract),
            "project": plain(claims[0].project),
            "clause": plain(claims[0].clause).rstrip("。.；; "),
            "open": money(
                sum(claim.open for claim in claims), letter.currency, letter.digits, letter.language
            ),
            "invoices": Text("、", ", ")
            .in_(letter.language)
            .join(dict.fromkeys(plain(invoice) for claim in claims for invoice in claim.invoices)),
        }
        for number, (contract, claims) in enumerate(by_contract.items(), 1)
    ]


def _sums(claims: Sequence[Claim], digits: int) -> dict[str, str]:
    """Column sums of a table as bare figures."""
    interest = sum(claim.charged for claim in claims)
    return {
        "amount": grouped(sum(claim.amount for claim in claims), digits),
        "received": grouped(sum(claim.received for claim in claims), digits),
        "adjusted": _unless_nought(sum(claim.adjusted for claim in claims), digits),
        "open": grouped(sum(claim.open for claim in claims), digits),
        "disputed": _unless_nought(sum(claim.disputed for claim in claims), digits),
        "overdue": grouped(sum(claim.open for claim in claims if claim.days_overdue > 0), digits),
        "interest": _unless_nought(interest, digits),
    }


def _totals(letter: Letter) -> dict[str, str]:
    """Sums for sentences, with currency; in words where the currency has a regulated way to write them."""

    def said(minor: int, always: bool = True) -> str:
        return money(minor, letter.currency, letter.digits, letter.language) if minor or always else ""

    return {
        "open": said(letter.open),
        "interest": said(letter.interest, always=False),
        "total": said(letter.total),
        "total_in_words": in_words(letter.total, letter.currency),
        "disputed": said(letter.disputed, always=False),
        "asked": said(letter.asked),
        "asked_in_words": in_words(letter.asked, letter.currency),
    }


def _first_due(claims: Iterable[Claim]) -> date | None:
    """When the oldest of what is still open fell due; an instalment that was paid late only bears its interest."""
    return min((claim.due for claim in claims if claim.open and claim.due is not None), default=None)


def _past(past: PastLetter, claims: Sequence[Claim], language: Language) -> dict[str, str]:
    return {
        "no": plain(past.letter_id),
        "kind": _kind(past.kind, language),
        "level": "" if past.level is None else str(past.level),
        "sent": long_day(past.sent_on, language),
        "delivered": long_day(past.delivered_on, language),
        "proof": plain(past.proof),
        "about": _items(past, claims, language),
    }


def _items(past: PastLetter, claims: Sequence[Claim], language: Language) -> str:
    """The rows of the table that an earlier letter was about; "" where it was about all of them."""
    found = [number for number, claim in enumerate(claims, 1) if claim.milestone_id in past.about]
    return Text("、", ", ").in_(language).join(map(str, found)) if len(found) < len(claims) else ""


def _kind(kind: str, language: Language) -> str:
    """The word of a letter's kind on record."""
    return _kinds(language).get(kind, plain(kind))


@lru_cache(maxsize=2)
def _kinds(language: Language) -> dict[str, str]:
    return {key: words.in_(language) for key, words in TABLES["letters"]["kind"].choice_names.items()}


def _unless_nought(minor: int, digits: int) -> str:
    return grouped(minor, digits) if minor else ""
