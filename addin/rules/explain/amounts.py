"""How a milestone came to its amount: its part of the contract as signed, then amendments and the settlement."""

from __future__ import annotations

from collections.abc import Sequence

from addin.model.text import Text
from addin.rules.claims import Amended, Contract, Milestone
from addin.rules.explain import catalogue
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.desk import Desk
from addin.rules.explain.steps import Row, Rule, Term, Trail

_RULES = {"spread": catalogue.SPREAD, "catch_up": catalogue.CATCH_UP, "settle": catalogue.SETTLEMENT}


class Amounts:
    """The amounts of one contract's milestones, as steps on a trail; each is told once."""

    def __init__(self, desk: Desk, trail: Trail, contract: Contract) -> None:
        self.desk = desk
        self.trail = trail
        self.contract = contract
        self.records: Sequence[Amended] = desk.amended.get(contract.id, ())
        self._told: dict[tuple[str, int], Term] = {}

    def in_the_end(self, milestone: Milestone) -> Term:
        """The amount as at the as-of date; a step in any case."""
        return self.after(milestone, len(self.records))

    def after(self, milestone: Milestone, count: int) -> Term:
        """The amount after the first ``count`` amendments of the contract."""
        known = self._told.get((milestone.id, count))
        if known is None:
            known = self._told[milestone.id, count] = self._tell(milestone, count)
        return known

    def _tell(self, milestone: Milestone, count: int) -> Term:
        if count == 0:
            return self._signed(milestone)
        record = self.records[count - 1]
        if milestone in record.rows:
            position = record.rows.index(milestone)
            if record.before[position] != record.after[position]:
                return self._amended(record, position, count - 1)
        return self.after(milestone, count - 1)

    # --- as signed -------------------------------------------------------------------------------------

    def _row(self, milestone: Milestone) -> Row:
        return self.desk.at("milestones", milestone.row)

    @property
    def _contract_row(self) -> Row | None:
        return None if self.contract.row is None else self.desk.at("contracts", self.contract.row)

    def _signed(self, milestone: Milestone) -> Term:
        row, part = self._row(milestone), milestone.part
        if not part.known:
            return self._none(
                row,
                Text(
                    f"{milestone.id} 的比例或金额无法识别",
                    f"The share or amount of {milestone.id} cannot be read",
                ),
            )
        if part.fixed is not None:
            return self._fixed(milestone, row)
        contract = self._contract_row
        signed = Term(None) if contract is None else self.desk.cell(contract, "amount")
        if not isinstance(signed.value, Money):
            return self._none(
                row,
                Text(
                    f"合同 {self.contract.id} 的金额未知",
                    f"The amount of contract {self.contract.id} is unknown",
                ),
            )
        if part.is_balance:
            return self._balance(milestone, signed, row)
        if self._takes_difference(milestone):
            return self._rest(milestone, signed, row, catalogue.LAST_SHARE)
        return self._own(milestone)

    def _none(self, row: Row, why: Text) -> Term:
        return self.trail.add("none", (), catalogue.SHARE, why, [row, self._contract_row])

    def _fixed(self, milestone: Milestone, row: Row) -> Term:
        cell = self.desk.cell(row, "amount_fixed")
        if cell.value is not None:
            return self._own(milestone)
        zero = Term(Money(0, self.contract.digits))
        words = Text(f"{milestone.id} 是第二个余额行", f"{milestone.id} is a second balance row")
        return self.trail.add("same", [zero], catalogue.BALANCE, words, [row])

    def _own(self, milestone: Milestone) -> Term:
        """What a fixed or share row asks for itself."""
        row, trail = self._row(milestone), self.trail
        if milestone.part.fixed is not None:
            words = Text(f"{milestone.id} 的固定金额", f"Fixed amount of {milestone.id}")
            return trail.add("same", [self.desk.cell(row, "amount_fixed")], catalogue.FIXED, words)
        assert self._contract_row is not None, "a share without a contract has no amount"
        terms = [self.desk.cell(self._contract_row, "amount"), self.desk.cell(row, "share")]
        words = Text(
            f"{milestone.id} 占合同 {self.contract.id} 的比例",
            f"Share of {milestone.id} in contract {self.contract.id}",
        )
        return trail.add("share", terms, catalogue.SHARE, words)

    def _takes_difference(self, milestone: Milestone) -> bool:
        rows = self.contract.milestones
        shares = [each for each in rows if each.part.is_share]
        has_balance = any(each.part.is_balance or self._is_second_balance(each) for each in rows)
        return not has_balance and milestone is shares[-1] and self.contract.id not in self.desk.book.unsplit

    def _is_second_balance(self, milestone: Milestone) -> bool:
        blank = self.desk.cell(self._row(milestone), "amount_fixed").value is None
        return milestone.part.fixed is not None and blank

    def _balance(self, milestone: Milestone, signed: Term, row: Row) -> Term:
        rest = self._rest(milestone, signed, row, catalogue.BALANCE)
        if isinstance(rest.value, Money) and rest.value.minor < 0:
            words = Text("余额为负，按零计", "A balance below zero counts as nought")
            return self.trail.add("not_below_zero", [rest], catalogue.BALANCE, words, [row])
        return rest

    def _rest(self, milestone: Milestone, signed: Term, row: Row, rule: Rule) -> Term:
        others = [
            self._signed(each) if self._is_second_balance(each) else self._own(each)
            for each in self.contract.milestones
            if each is not milestone and each.part.known
        ]
        words = Text(
            f"{milestone.id} 取合同金额的其余部分", f"{milestone.id} takes what the other rows leave"
        )
        return self.trail.add("minus", [signed, *others], rule, words, [row])

    # --- amendments and the settlement -----------------------------------------------------------------

    def _source(self, record: Amended) -> Term:
        """The cell with the new total."""
        amendment = record.amendment
        if amendment.policy == "settle":
            return self.desk.cell(self.desk.at("contracts", amendment.row), "settlement_total")
        return self.desk.cell(self.desk.at("amendments", amendment.row), "new_amount")

    def _amended(self, record: Amended, position: int, count: int) -> Term:
        tell = {"catch_up": self._caught_up, "settle": self._settled}.get(
            record.amendment.policy, self._spread
        )
        return tell(record, position, count)

    def _difference(self, record: Amended, count: int) -> Term:
        amendment = record.amendment
        terms = [self._source(record), *(self.after(each, count) for each in record.rows)]
        words = Text(
            f"{self._name(record).zh} 与此前各行之和的差额",
            f"Difference of {self._name(record).en} to the rows before",
        )
        return self.trail.add("minus", terms, _RULES[amendment.policy], words)

    def _name(self, record: Amended) -> Text:
        amendment = record.amendment
        if amendment.policy == "settle":
            return Text(f"合同 {self.contract.id} 的结算", f"the settlement of {self.contract.id}")
        return Text(f"补充协议 {amendment.id}", f"amendment {amendment.id}")

    def _spread(self, record: Amended, position: int, count: int) -> Term:
        part = self._portion(record, position, count)
        return self._moved(record, position, count, [part])

    def _portion(self, record: Amended, position: int, count: int) -> Term:
        """A row's part of the difference: by its old amount, the last the rest."""
        difference, milestone = self._difference(record, count), record.rows[position]
        if position == record.movable[-1]:
            others = [self._portion(record, other, count) for other in record.movable[:-1]]
            words = Text(
                f"{milestone.id} 取差额的其余部分", f"{milestone.id} takes the rest of the difference"
            )
            return self.trail.add(
                "minus", [difference, *others], catalogue.SPREAD, words, [self._row(milestone)]
            )
        whole = self.trail.add(
            "sum",
            [self.after(record.rows[other], count) for other in record.movable],
            catalogue.SPREAD,
            self._unfrozen(record),
            [self._row(record.rows[other]) for other in record.movable],
        )
        words = Text(f"{milestone.id} 按原金额分得", f"Part of {milestone.id} by its amount before")
        terms = [difference, self.after(milestone, count), whole]
        return self.trail.add("by_weight", terms, catalogue.SPREAD, words, [self._row(milestone)])

    @staticmethod
    def _unfrozen(record: Amended) -> Text:
        """Which rows share the difference, and which do not because they have money or an invoice, or are fixed."""
        rest = [row.id for position, row in enumerate(record.rows) if position not in record.movable]
        if not rest:
            return Text("各行之和", "All rows together")
        listed = ", ".join(rest)
        return Text(
            f"未冻结各行之和（{listed} 已收款、已开票或为固定金额，不变）",
            f"Unfrozen rows together ({listed}: paid, invoiced or fixed, unchanged)",
        )

    def _settled(self, record: Amended, position: int, count: int) -> Term:
        return self._moved(record, position, count, [self._difference(record, count)])

    def _moved(self, record: Amended, position: int, count: int, parts: Sequence[Term]) -> Term:
        milestone = record.rows[position]
        name = self._name(record)
        words = Text(f"经{name.zh}，{milestone.id} 的金额", f"Amount of {milestone.id} after {name.en}")
        rule = _RULES[record.amendment.policy]
        return self.trail.add(
            "sum", [self.after(milestone, count), *parts], rule, words, [self._row(milestone)]
        )

    def _caught_up(self, record: Amended, position: int, count: int) -> Term:
        target = self._target(record, position, count)
        if position != record.movable[0]:
            return target
        milestone = record.rows[position]
        frozen = [other for other in range(len(record.rows)) if other not in record.movable]
        if not frozen:
            return target
        wanted = [self._target(record, other, count) for other in frozen]
        rows = [self._row(record.rows[other]) for other in frozen]
        sum_words = Text(
            f"{milestone.id} 的目标加已冻结各行的目标", f"Target of {milestone.id} and of the frozen rows"
        )
        both = self.trail.add("sum", [target, *wanted], catalogue.CATCH_UP, sum_words, rows)
        words = Text(
            f"减去已冻结各行的金额，{milestone.id} 的金额",
            f"Less the frozen rows, the amount of {milestone.id}",
        )
        had = [self.after(record.rows[other], count) for other in frozen]
        return self.trail.add("minus", [both, *had], catalogue.CATCH_UP, words, [self._row(milestone)])

    def _target(self, record: Amended, position: int, count: int) -> Term:
        """A share of the new total; of the balance row, else of the last share row, the rest."""
        milestone, rows = record.rows[position], record.rows
        if position == self._rest_position(record):
            others = [self._target(record, other, count) for other in range(len(rows)) if other != position]
            words = Text(
                f"{milestone.id} 的目标：新总额的其余部分",
                f"Target of {milestone.id}, the rest of the new total",
            )
            terms = [self._source(record), *others]
            return self.trail.add("minus", terms, catalogue.CATCH_UP, words, [self._row(milestone)])
        if not milestone.part.is_share:
            return self.after(milestone, count)
        words = Text(
            f"{milestone.id} 的目标：新总额的比例", f"Target of {milestone.id}, its share of the new total"
        )
        terms = [self._source(record), self.desk.cell(self._row(milestone), "share")]
        return self.trail.add("share", terms, catalogue.CATCH_UP, words)

    @staticmethod
    def _rest_position(record: Amended) -> int:
        parts = [milestone.part for milestone in record.rows]
        balances = [position for position, part in enumerate(parts) if part.is_balance]
        return balances[0] if balances else max(i for i, part in enumerate(parts) if part.is_share)


def in_force(desk: Desk, trail: Trail, contract: Contract, row: Row) -> Term:
    """A contract's amount in force."""
    records = desk.amended.get(contract.id, ())
    if not records:
        cell, name = desk.cell(row, "amount"), Text("签约金额，没有变更", "As signed, nothing changed it")
    elif (last := records[-1].amendment).policy == "settle":
        cell = desk.cell(row, "settlement_total")
        name = Text("结算金额", "By the settlement")
    else:
        cell = desk.cell(desk.at("amendments", last.row), "new_amount")
        name = Text(f"补充协议 {last.id} 的新总额", f"New total by amendment {last.id}")
    return trail.add("same", [cell], catalogue.IN_FORCE, name, [row])
