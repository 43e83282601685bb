"""Claims as documents tell them, from rows written by hand: plans, disputes, interest, invoices."""

from __future__ import annotations

from datetime import date
from typing import Any

from addin.documents.facts import Claim
from addin.rules.book import Book, replay_book
from addin.service.claims import Claims
from addin.service.refresh import typed
from tests.rules.engine import raw_book

DAY = date(2026, 6, 30)


def book(as_of: date = DAY, **more: Any) -> Book:
    """One contract of 1,000.00 at five per ten thousand a day, due on 2026-05-31."""
    tables: dict[str, Any] = {
        "customers": [{"customer_id": "C1", "name": "One", "kind": "sme"}],
        "contracts": [
            {"contract_id": "K1", "customer_id": "C1", "project": "Hall", "amount": 1000, "late_rate_daily": "0.0005",
             "payment_clause": "30 days"}
        ],
        "milestones": [
            {"milestone_id": "M1", "contract_id": "K1", "seq": 1, "name": "All", "amount_fixed": 1000,
             "trigger": "delivery", "trigger_date": date(2026, 5, 1), "term": "NET 30"}
        ],
        "settings": [{"key": "roll", "value": "none"}],
    }  # fmt: skip
    source = typed(raw_book({**tables, **more}), as_of, "en", {})
    assert [found for found in source.findings if found.severity.name == "ERROR"] == []
    return replay_book(source.ledger, source.policy, as_of)


def only(found: tuple[Claim, ...]) -> Claim:
    [claim] = found
    return claim


def plan(*parts: tuple[date, int]) -> list[dict[str, Any]]:
    return [
        {"reschedule_id": f"Y{n}", "agreement_no": "A1", "milestone_id": "M1", "agreed_on": date(2026, 6, 1),
         "new_due": due, "amount": amount}
        for n, (due, amount) in enumerate(parts, 1)
    ]  # fmt: skip


class TestOneMilestone:
    def test_every_fact_is_the_ledgers(self) -> None:
        claim = only(Claims(book()).of(0))
        assert (claim.contract_id, claim.project, claim.milestone_id, claim.name) == (
            "K1",
            "Hall",
            "M1",
            "All",
        )
        assert (claim.amount, claim.received, claim.open, claim.days_overdue) == (100000, 0, 100000, 30)
        assert (claim.due, claim.contract_due, claim.clause) == (
            date(2026, 5, 31),
            date(2026, 5, 31),
            "30 days",
        )
        assert (claim.interest, claim.basis, claim.rate) == (1500, "contract", "0.0005")

    def test_what_was_paid_stands_beside_what_is_open(self) -> None:
        paid = [{"receipt_id": "R1", "date": date(2026, 6, 10), "milestone_id": "M1", "amount": 400}]
        claim = only(Claims(book(receipts=paid)).of(0))
        assert (claim.amount, claim.received, claim.open) == (100000, 40000, 60000)
        assert claim.interest == 500 + 600, "ten days on 1,000 and twenty on 600"

    def test_an_estimate_is_never_printed(self) -> None:
        silent = [{"contract_id": "K1", "customer_id": "C1", "amount": 1000}]
        rate = [{"key": "estimate_late_rate", "value": "0.0003"}, {"key": "roll", "value": "none"}]
        claim = only(Claims(book(contracts=silent, settings=rate)).of(0))
        assert (claim.interest, claim.basis, claim.rate) == (None, "none", "")

    def test_the_statute_is_a_basis_where_the_contract_is_silent(self) -> None:
        silent = [{"contract_id": "K1", "customer_id": "C1", "amount": 1000}]
        public = [{"customer_id": "C1", "name": "One", "kind": "public_body"}]
        claim = only(Claims(book(contracts=silent, customers=public)).of(0))
        assert (claim.interest, claim.basis, claim.rate) == (1500, "statute", "0.0005")

    def test_invoices_that_stand(self) -> None:
        """Not the red one, not the one that it reverses, not one issued later."""
        bills = [
            {"invoice_no": number, "contract_id": "K1", "milestone_id": "M1", "issued": issued, "amount": amount,
             "red_of": red}
            for number, issued, amount, red in (
                ("F1", date(2026, 5, 2), 1000, ""),
                ("F2", date(2026, 5, 3), -1000, "F1"),
                ("F3", date(2026, 5, 4), 1000, ""),
                ("F4", date(2026, 7, 1), 1000, ""),
            )
        ]  # fmt: skip
        assert only(Claims(book(invoices=bills)).of(0)).invoices == ("F3",)

    def test_interest_begins_later_where_what_came_before_was_given_up(self) -> None:
        """Agreed on 2026-06-20 with the day due as it was: ten days of 0.50 each are left of thirty."""
        agreed = [{"reschedule_id": "Y1", "milestone_id": "M1", "agreed_on": date(2026, 6, 20),
                   "new_due": date(2026, 5, 31), "penalty_waived": True}]  # fmt: skip
        claim = only(Claims(book(reschedules=agreed)).of(0))
        assert (claim.due, claim.bears_from, claim.interest) == (date(2026, 5, 31), date(2026, 6, 21), 500)
        assert only(Claims(book()).of(0)).bears_from is None

    def test_limitation_is_the_earlier_of_the_milestones_and_the_contracts(self) -> None:
        """Three years from 2026-05-31; a later instalment moves the contract's day and not the milestone's."""
        later = [
            {"milestone_id": f"M{seq}", "contract_id": "K1", "seq": seq, "name": "Half", "amount_fixed": 500,
             "trigger": "delivery", "trigger_date": day, "term": "NET 30"}
            for seq, day in ((1, date(2026, 5, 1)), (2, date(2026, 6, 1)))
        ]  # fmt: skip
        assert only(Claims(book()).of(0)).limitation == date(2029, 5, 31)
        assert only(Claims(book(milestones=later)).of(0)).limitation == date(2029, 5, 31)

    def test_a_settled_one_is_no_claim_unless_it_bore_interest(self) -> None:
        def paid_on(day: date) -> tuple[Claim, ...]:
            paid = [{"receipt_id": "R1", "date": day, "milestone_id": "M1", "amount": 1000}]
            return Claims(book(receipts=paid)).of(0)

        assert paid_on(date(2026, 5, 31)) == ()
        late = only(paid_on(date(2026, 6, 1)))
        assert (late.open, late.interest) == (0, 50)


class TestPlans:
    PARTS = ((date(2026, 6, 15), 300), (date(2026, 7, 15), 300), (date(2026, 8, 15), 400))

    def test_instalments_are_claims_of_their_own(self) -> None:
        claims = Claims(book(reschedules=plan(*self.PARTS))).of(0)
        assert [(each.open, each.due, each.instalment) for each in claims] == [
            (30000, date(2026, 6, 15), "Y1"), (30000, date(2026, 7, 15), "Y2"), (40000, date(2026, 8, 15), "Y3")
        ]  # fmt: skip
        assert all(each.contract_due == date(2026, 5, 31) for each in claims)

    def test_those_that_fall_due_after_a_day_are_left_out(self) -> None:
        found = Claims(book(reschedules=plan(*self.PARTS)))
        due = [each.instalment for each in found.of(0, date(2026, 7, 14).toordinal())]
        next_day = [each.instalment for each in found.of(0, date(2026, 7, 15).toordinal())]
        assert due == ["Y1"] and next_day == ["Y1", "Y2"]

    def test_the_first_is_there_in_any_case(self) -> None:
        found = Claims(book(reschedules=plan(*self.PARTS)))
        assert [each.instalment for each in found.of(0, date(2026, 6, 1).toordinal())] == ["Y1"]

    def test_interest_of_all_claims_is_that_of_the_milestone(self) -> None:
        """The first instalment was paid five days late and bears its interest; the others have not begun to."""
        paid = [{"receipt_id": "R1", "date": date(2026, 6, 20), "milestone_id": "M1", "amount": 300}]
        whole = book(reschedules=plan(*self.PARTS), receipts=paid)
        claims = Claims(whole).of(0)
        assert sum(each.interest or 0 for each in claims) == whole.positions["interest"].tolist()[0] == 75
        assert sum(each.open for each in claims) == int(whole.standing.open[0]) == 70000

    def test_what_is_disputed_is_what_would_be_paid_last(self) -> None:
        disputed = [{"dispute_id": "D1", "milestone_id": "M1", "opened": date(2026, 6, 20), "amount": 500}]
        claims = Claims(book(reschedules=plan(*self.PARTS), disputes=disputed)).of(0)
        assert [each.disputed for each in claims] == [0, 10000, 40000]


def test_a_statement_has_everything_open_of_a_customer_and_currency() -> None:
    """Due or not; what is pending is no claim yet, another currency is another statement."""
    more = [
        {"milestone_id": "M1", "contract_id": "K1", "seq": 1, "name": "All", "amount_fixed": 1000,
         "trigger": "delivery", "trigger_date": date(2026, 5, 1), "term": "NET 30"},
        {"milestone_id": "M2", "contract_id": "K2", "seq": 1, "name": "Due later", "amount_fixed": 500,
         "trigger": "delivery", "trigger_date": date(2026, 6, 29), "term": "NET 30"},
        {"milestone_id": "M3", "contract_id": "K2", "seq": 2, "name": "Pending", "amount_fixed": 500,
         "trigger": "acceptance"},
        {"milestone_id": "M4", "contract_id": "K3", "seq": 1, "name": "Dollars", "amount_fixed": 7,
         "trigger": "delivery", "trigger_date": date(2026, 5, 1)},
    ]  # fmt: skip
    contracts = [
        {"contract_id": "K1", "customer_id": "C1", "amount": 1000},
        {"contract_id": "K2", "customer_id": "C1", "amount": 1000},
        {"contract_id": "K3", "customer_id": "C1", "amount": 7, "currency": "USD"},
    ]
    found = Claims(book(milestones=more, contracts=contracts))
    assert [each.milestone_id for each in found.statement("C1", "CNY")] == ["M1", "M2"]
    assert [each.milestone_id for each in found.statement("C1", "USD")] == ["M4"]
    assert found.statement("C2", "CNY") == ()
