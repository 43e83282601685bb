"""The credit file of a customer: how it pays, its score, grade, limit and exposure, and the contacts with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np

from addin.model.days import NO_DAY, to_days
from addin.model.text import Text
from addin.rules.chasing.cadence import cadence, large_customers
from addin.rules.claims import Item, Milestone
from addin.rules.conduct import broken_promises, counted
from addin.rules.credit_file import PARTS, accepted, in_range
from addin.rules.explain import catalogue, sums
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.desk import Desk
from addin.rules.explain.steps import Row, Rule, Term, Trail
from addin.rules.grades import GRADES
from addin.rules.history import GRADE, rows_as_at


@dataclass(frozen=True)
class _Payment:
    """An item that counts: the day up to which it was late, its due date, its amount in base currency."""

    day: Term
    due: Term
    amount: Term
    row: Row
    overdue: bool

    @property
    def terms(self) -> tuple[Term, Term, Term]:
        return self.day, self.due, self.amount


class Credit:
    """The figures of one customer's credit file as at the as-of date, each a step on the trail."""

    def __init__(self, desk: Desk, trail: Trail, row: Row) -> None:
        self.desk = desk
        self.trail = trail
        self.row = row

    def _add(self, operation: str, terms: Sequence[Term], rule: Rule, words: Text, *rows: Row | None) -> Term:
        return self.trail.add(operation, terms, rule, words, [self.row, *rows])

    def _nothing(self, rule: Rule, zh: str, en: str, *because: Term) -> Term:
        return self._add("none", because, rule, Text(zh, en))

    # --- how it pays -----------------------------------------------------------------------------------

    @cached_property
    def _payments(self) -> list[_Payment]:
        day = self.desk.book.day
        return [
            self._payment(milestone, item, until, amount)
            for milestone in self.desk.book.milestones
            if milestone.contract.customer == self.row.key
            and milestone.triggered
            and milestone.amount is not None
            for item, until, amount in counted(milestone, day)
        ]

    def _payment(self, milestone: Milestone, item: Item, until: int, amount: int) -> _Payment:
        desk, overdue = self.desk, item.open > 0
        row, contract = desk.at("milestones", milestone.row), milestone.contract
        if milestone.plan:
            own = Term(Money(amount, contract.digits))
        else:
            own = desk.figure(row, "open" if overdue else "received")
        in_base = sums.converted(desk, self.trail, self.row, own, contract.currency)
        day = desk.as_of if overdue else Term(date.fromordinal(until))
        return _Payment(day, self._due(row, milestone, item), in_base, row, overdue)

    def _due(self, row: Row, milestone: Milestone, item: Item) -> Term:
        if not milestone.plan:
            return self.desk.figure(row, "due_date")
        instalment = self.desk.row("reschedules", item.name) if item.name else None
        return self.desk.cell(instalment, "new_due") if instalment else Term(date.fromordinal(item.due))

    @cached_property
    def _unknown(self) -> Term | None:
        """What keeps the payments from being weighed: an amount without a rate."""
        return next((each.amount for each in self._payments if each.amount.value is None), None)

    def _over(self, operation: str, payments: Sequence[_Payment], rule: Rule, words: Text) -> Term:
        terms = [term for each in payments for term in each.terms]
        return self._add(operation, terms, rule, words, *(each.row for each in payments))

    def paydex(self) -> Term:
        if self._unknown:
            return self._nothing(
                catalogue.PAYDEX, "缺少汇率，无法加权", "A rate is missing: no weights", self._unknown
            )
        if not self._payments:
            return self._nothing(catalogue.PAYDEX, "没有付款记录", "No payment history")
        words = Text("已结清与逾期款项", "Settled and overdue items")
        return self._over("paydex", self._payments, catalogue.PAYDEX, words)

    def usual_delay(self) -> Term:
        settled = [each for each in self._payments if not each.overdue]
        if self._unknown:
            return self._nothing(
                catalogue.DELAY, "缺少汇率，无法加权", "A rate is missing: no weights", self._unknown
            )
        if not settled:
            return self._nothing(catalogue.DELAY, "没有已结清的款项", "Nothing is settled")
        return self._over("mean_delay", settled, catalogue.DELAY, Text("已结清款项", "Settled items"))

    def usual_method(self) -> Term:
        terms: list[Term] = []
        receipts = self.desk.receipts_of.get(self.row.key, [])
        for receipt in sorted(receipts, key=lambda each: (each.day, each.rank)):
            row = self.desk.at("receipts", receipt.row)
            method = self.desk.cell(row, "method")
            if method.value is None or receipt.amount <= 0:
                continue
            amount = self.desk.cell(row, "amount")
            in_base = sums.converted(self.desk, self.trail, self.row, amount, receipt.currency)
            if not isinstance(in_base.value, Money):
                return self._nothing(
                    catalogue.METHOD, "缺少汇率，无法比较", "A rate is missing: no comparing", in_base
                )
            if in_base.value.minor:
                terms += [method, in_base]
        if not terms:
            return self._nothing(catalogue.METHOD, "没有写明方式的回款", "No receipt names its method")
        return self._add("most_money", terms, catalogue.METHOD, Text("各方式的回款", "Receipts by method"))

    # --- score and grade -------------------------------------------------------------------------------

    def _parts(self) -> list[Term]:
        """Part, weight, part, weight …: those that are known."""
        if self._unknown:
            return []
        parts = [self.paydex(), *(self.desk.cell(self.row, column) for column in PARTS)]
        weights = self.desk.book.policy["grade_weights"]
        return [
            term
            for part, weight in zip(parts, weights, strict=True)
            if isinstance(part.value, Decimal) and weight and in_range(part.value) is not None
            for term in (part, Term(weight))
        ]

    def score(self) -> Term:
        parts = self._parts()
        if not parts:
            return self._nothing(
                catalogue.SCORE,
                "没有可以评分的内容",
                "There is nothing to score by",
                *([self._unknown] if self._unknown else ()),
            )
        setting = self.desk.setting("grade_weights")
        words = Text("已知各项按权重平均", "The known parts by weight")
        return self._add("score", parts, catalogue.SCORE, words, setting)

    def grade(self) -> Term:
        parts = self._parts()
        if not parts:
            return self._nothing(
                catalogue.GRADE, "没有得分，没有等级", "Without a score no grade", self.score()
            )
        cuts = [Term(cut) for cut in self.desk.book.policy["grade_cuts"]]
        settings = [self.desk.setting(key) for key in ("grade_weights", "grade_cuts")]
        words = Text("得分对应的等级", "The grade of the score")
        earned = self._add("earned", [*parts, *cuts], catalogue.GRADE, words, *settings)
        caps = [self.paydex(), self._longest(), self._broken(), self._in_court()]
        capped = self._add("capped", [earned, *caps], catalogue.CAPS, Text("等级上限", "Caps of the grade"))
        return self._moved(capped)

    def _longest(self) -> Term:
        overdue = [each for each in self._payments if each.overdue]
        terms = [term for each in overdue for term in (each.day, each.due)]
        words = Text("逾期最久的一笔", "Overdue the longest")
        return self._add("longest", terms, catalogue.CAPS, words, *(each.row for each in overdue))

    def _broken(self) -> Term:
        ids = broken_promises(self.desk.book).get(self.row.key, ())
        rows = [row for id in ids if (row := self.desk.row("promises", id))]
        words = Text("90 天内到期而分文未付的承诺", "Promises due within 90 days that brought nothing")
        terms = [self.desk.cell(row, "promised_date") for row in rows]
        return self._add("count", terms, catalogue.CAPS, words)

    def _in_court(self) -> Term:
        frame = self.desk.book.ledger["contracts"]
        own = frame.index[(frame["customer_id"] == self.row.key) & (frame["status"] == "legal")]
        terms = [self.desk.cell(self.desk.at("contracts", int(number)), "status") for number in own]
        return self._add("count", terms, catalogue.CAPS, Text("涉诉的合同", "Contracts in court"))

    def _moved(self, capped: Term) -> Term:
        """From the grade on record, where there is one."""
        number = rows_as_at(self.desk.history, GRADE, self.desk.book.as_of).get(self.row.key)
        if number is None:
            return capped
        record = self.desk.at("history", number)
        last = self.desk.cell(record, "value")
        if last.value not in GRADES:
            return capped
        terms = [capped, last, self.desk.cell(record, "date"), self.desk.as_of]
        return self._add("moved", terms, catalogue.NOTCH, Text("自记录的等级起", "From the grade on record"))

    # --- limit and terms -------------------------------------------------------------------------------

    def credit_limit(self) -> Term:
        sales, months = (self.desk.cell(self.row, key) for key in ("avg_monthly_sales", "credit_months"))
        grade = self.grade()
        known = (
            isinstance(sales.value, Money)
            and sales.value.minor >= 0
            and isinstance(months.value, Decimal)
            and months.value >= 0
        )
        if not known or grade.value is None:
            return self._nothing(
                catalogue.LIMIT,
                "缺少月均销售额、授信月数或等级",
                "Monthly sales, months of credit or the grade is missing",
                sales,
                months,
                grade,
            )
        words = Text("月均销售额 × 授信月数 × 等级系数", "Monthly sales × months × the grade's share")
        return self._add("limit", [sales, months, grade], catalogue.LIMIT, words)

    def exposure(self) -> Term:
        parts = [self.desk.figure(self.row, "open"), self._accepted()]
        unapplied = self.desk.figure(self.row, "unapplied")
        if any(term.value is None for term in (*parts, unapplied)):
            return self._nothing(
                catalogue.EXPOSURE, "有一项未知", "One of them is not known", *parts, unapplied
            )
        words = Text("应收余额与已验收未开票的款项", "What is open, and accepted work not billed")
        owed = self._add("sum", parts, catalogue.EXPOSURE, words)
        words = Text("减去未核销收款", "Less unapplied money")
        return self._add("minus", [owed, unapplied], catalogue.EXPOSURE, words)

    def _accepted(self) -> Term:
        """Pending amounts of accepted work, in base currency."""
        book, by_currency = self.desk.book, dict[str, list[Term]]()
        for place in np.flatnonzero(accepted(book) & (book.standing.pending != 0)).tolist():
            milestone = book.milestones[place]
            if milestone.contract.customer == self.row.key:
                term = self.desk.figure(self.desk.at("milestones", milestone.row), "open")
                by_currency.setdefault(milestone.contract.currency, []).append(term)
        words = Text("已验收、未开票、未触发的款项", "Pending amounts of accepted work without an invoice")
        return sums.in_base(self.desk, self.trail, self.row, by_currency, catalogue.EXPOSURE, words)

    def available(self) -> Term:
        limit, exposure = self.credit_limit(), self.exposure()
        if limit.value is None or exposure.value is None:
            return self._nothing(
                catalogue.AVAILABLE,
                "额度或已用额度未知",
                "The limit or the exposure is not known",
                limit,
                exposure,
            )
        words = Text("授信额度 − 已用额度", "Credit limit − exposure")
        return self._add("minus", [limit, exposure], catalogue.AVAILABLE, words)

    def suggested_terms(self) -> Term:
        grade = self.grade()
        if grade.value is None:
            return self._nothing(catalogue.TERMS, "没有等级", "There is no grade", grade)
        terms = self.desk.book.policy["grade_terms"]
        pairs = [Term(word) for name in GRADES for word in (name, terms[name].in_(self.desk.language))]
        words = Text("该等级的条件", "The terms of the grade")
        return self._add(
            "looked_up", [grade, *pairs], catalogue.TERMS, words, self.desk.setting("grade_terms")
        )

    # --- contacts --------------------------------------------------------------------------------------

    @cached_property
    def _contacts(self) -> list[Row]:
        """Up to the as-of date, the latest last."""
        frame = self.desk.book.ledger["contacts"]
        own = frame[frame["customer_id"] == self.row.key]
        days = to_days(own["date"])
        seen = own[(days != NO_DAY) & (days <= self.desk.book.day)].sort_values("date", kind="stable")
        return [self.desk.at("contacts", int(number)) for number in seen.index]

    def last_contact(self) -> Term:
        if not self._contacts:
            return self._nothing(catalogue.CONTACT, "截至日没有沟通记录", "No contact by the as-of date")
        days = [self.desk.cell(row, "date") for row in self._contacts]
        return self._add("latest", days, catalogue.CONTACT, Text("最近一次沟通", "The latest contact"))

    def next_contact(self) -> Term:
        last = self.last_contact()
        if last.value is None:
            return self._nothing(catalogue.CONTACT, "没有沟通记录", "There is no contact", last)
        of_day = [row for row in self._contacts if self.desk.cell(row, "date").value == last.value]
        planned = [cell for row in of_day if (cell := self.desk.cell(row, "next_date")).value is not None]
        if planned:
            words = Text("最近一次沟通约定的日期", "The day that the latest contact names")
            return self._add("earliest", planned, catalogue.CONTACT, words)
        book, grade = self.desk.book, self.desk.figure(self.row, "grade").value
        rule = cadence(book, str(grade or ""), self.row.key in large_customers(book))
        words = Text("最近一次沟通之后", "After the latest contact")
        if rule.setting != "contact_cadence_days":
            words = Text(f"{words.zh}（{rule.why.zh}）", f"{words.en} ({rule.why.en})")
        setting = self.desk.setting(rule.setting)
        return self._add("plus_days", [last, Term(rule.days)], catalogue.CONTACT, words, *of_day, setting)
