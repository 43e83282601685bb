"""Where a milestone stands: received, adjusted, open, disputed, days overdue, bucket, status."""

from __future__ import annotations

from addin.model.days import NO_DAY, to_days
from addin.model.text import Text
from addin.rules.explain import catalogue, dates
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.desk import Desk
from addin.rules.explain.history import journal_of
from addin.rules.explain.journal import Journal
from addin.rules.explain.steps import Row, Term, Trail


class Standing:
    """The figures of one milestone as at the as-of date, each a step on the trail."""

    def __init__(self, desk: Desk, trail: Trail, row: Row) -> None:
        self.desk = desk
        self.trail = trail
        self.row = row
        self.milestone = desk.milestones[row.key]
        self.journal: Journal = journal_of(desk, trail, self.milestone)

    def amount(self) -> Term:
        return self.journal.amounts.in_the_end(self.milestone)

    def trigger_date(self) -> Term:
        return dates.trigger(self.desk, self.trail, self.milestone)

    def contract_due(self) -> Term:
        return dates.contract_due(self.desk, self.trail, self.milestone)

    def due_date(self) -> Term:
        return dates.due_date(self.desk, self.journal)

    def received(self) -> Term:
        return self.journal.total_received()

    def adjusted(self) -> Term:
        return self.journal.total_adjusted()

    def open_amount(self) -> Term:
        amount = self.amount()
        if amount.value is None:
            words = Text("应收金额未知，未收也未知", "The amount is unknown, and so is what is open")
            return self.trail.add("same", [amount], catalogue.OPEN, words, [self.row])
        terms = [amount, self.received(), self.adjusted()]
        words = Text("应收 − 已核销 − 已调整", "Amount − received − adjusted")
        return self.trail.add("minus", terms, catalogue.OPEN, words, [self.row])

    # --- disputes --------------------------------------------------------------------------------------

    def disputed(self) -> Term:
        disputes = self._live_disputes()
        if not self.milestone.triggered or not disputes:
            words = Text("截至日没有争议", "No dispute on the as-of date")
            if not self.milestone.triggered:
                words = Text("未触发的节点不计争议", "A pending milestone has no disputed amount")
            return self.trail.add("same", [self.journal.zero()], catalogue.DISPUTED, words, [self.row])
        left = self.open_amount()
        left = left if left.value is not None else self.journal.zero()
        amounts = [self.desk.cell(row, "amount") for row in disputes]
        if any(term.value is None for term in amounts):
            words = Text(
                "争议金额留空，全部未收有争议", "A dispute without an amount disputes all that is open"
            )
            return self.trail.add("same", [left], catalogue.DISPUTED, words, [self.row, *disputes])
        words = Text("未关闭的争议之和", "Disputes that are open")
        together = self.trail.add("sum", amounts, catalogue.DISPUTED, words)
        words = Text("不超过未收", "At most what is open")
        return self.trail.add("least", [left, together], catalogue.DISPUTED, words, [self.row])

    def _live_disputes(self) -> list[Row]:
        frame, day = self.desk.book.ledger["disputes"], self.desk.book.day
        own = frame[frame["milestone_id"] == self.milestone.id]
        found = []
        for row, opened, closed in zip(
            own.index, to_days(own["opened"]), to_days(own["closed"]), strict=True
        ):
            dispute = self.desk.at("disputes", int(row))
            lost = any(self.desk.is_unknown(dispute, column) for column in ("amount", "closed"))
            if NO_DAY < opened <= day and (closed == NO_DAY or day < closed) and not lost:
                found.append(dispute)
        return found

    # --- age -------------------------------------------------------------------------------------------

    def _settled(self) -> bool:
        left = self.open_amount().value
        return isinstance(left, Money) and not left.minor

    def days_overdue(self) -> Term:
        if self._settled():
            words = Text("已结清，没有逾期天数", "Settled: no days")
            return self.trail.add("none", [self.open_amount()], catalogue.OVERDUE, words, [self.row])
        due = self.due_date()
        if due.value is None:
            words = Text("未触发，没有逾期天数", "Pending: no days")
            return self.trail.add("none", [due], catalogue.OVERDUE, words, [self.row])
        words = Text("截至日减到期日", "As-of date less due date")
        return self.trail.add("days_after", [self.desk.as_of, due], catalogue.OVERDUE, words, [self.row])

    def bucket(self) -> Term:
        days = self.days_overdue()
        if days.value is None:
            words = Text("没有逾期天数，没有区间", "No days, no bucket")
            return self.trail.add("same", [days], catalogue.BUCKET, words, [self.row])
        edges = [Term(edge) for edge in self.desk.book.policy.aging_edges]
        rows = [self.row, self.desk.setting("aging_edges")]
        words = Text("逾期天数所在的区间", "The bucket of these days")
        return self.trail.add("bucket", [days, *edges], catalogue.BUCKET, words, rows)

    def status(self) -> Term:
        terms = [self.open_amount(), self.trigger_date(), self.days_overdue()]
        return self.trail.add("status", terms, catalogue.STATUS, Text("状态", "Status"), [self.row])
