"""What is told about contracts and milestones before any event: shares, terms, calendars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.model.finding import Finding, error, info, warning
from addin.model.ledger import Ledger
from addin.model.money import grouped
from addin.model.text import Text
from addin.rules.amounts import Split
from addin.rules.claims import Contract, Milestone
from addin.rules.terms import TermError


def split_problems(contract: Contract, made: Split) -> Iterator[Finding]:
    """Rows that cannot make up the contract's amount."""
    for position in made.second_balances:
        yield _second_balance(contract.milestones[position])
    if made.overdrawn:
        yield _overdrawn(contract, made.overdrawn)
    elif not made.adds_up:
        yield _share_sum(contract, made.difference)


def _second_balance(milestone: Milestone) -> Finding:
    return error(
        "second_balance",
        "milestones",
        milestone.row,
        "share",
        Text(
            "同一合同只能有一个余额节点，本行按 0.00 计",
            "A contract has one balance row at most; this one counts 0.00",
        ),
        Text("填写比例或固定金额", "Fill in a share or a fixed amount"),
    )


def _overdrawn(contract: Contract, missing: int) -> Finding:
    shown = grouped(missing, contract.digits)
    balance = next(milestone for milestone in contract.milestones if milestone.part.is_balance)
    return error(
        "balance_negative",
        "milestones",
        balance.row,
        "share",
        Text(
            f"其他节点已超出合同金额 {shown}，余额节点按 0.00 计",
            f"The other rows exceed the contract by {shown}; the balance counts 0.00",
        ),
        Text("核对各节点比例与合同金额", "Check the shares and the contract amount"),
    )


def _share_sum(contract: Contract, difference: int) -> Finding:
    gap = grouped(abs(difference), contract.digits)
    side = Text("少", "less") if difference > 0 else Text("多", "more")
    last = contract.milestones[-1].row if contract.milestones else None
    place = ("milestones", last, "share") if last is not None else ("contracts", contract.row, "amount")
    by_rounding_only = Text(
        f"合同 {contract.id} 的节点比例合计不是 100%，仅因四舍五入才等于合同金额",
        f"The milestones of {contract.id} make up its amount by rounding only; their shares are not 100 %",
    )
    missing = Text(
        f"合同 {contract.id} 的节点合计比合同金额{side.zh} {gap}",
        f"The milestones of {contract.id} come to {gap} {side.en} than its amount",
    )
    return error(
        "share_sum",
        *place,
        missing if difference else by_rounding_only,
        Text(
            "使比例合计为 100%，或留一个余额节点",
            "Let the shares add up to 100 %, or leave one row as the balance",
        ),
    )


def both_share_and_fixed(ledger: Ledger) -> list[Finding]:
    """A row with a share and a fixed amount: the fixed amount counts."""
    frame = ledger["milestones"]
    both = frame["amount_fixed"].notna() & frame["share"].notna()
    return [
        warning(
            "share_and_fixed",
            "milestones",
            int(row),
            "share",
            Text(
                "同时填了比例和固定金额，按固定金额计",
                "Both a share and a fixed amount are given; the fixed amount counts",
            ),
            Text("清空其中一格", "Clear one of the two"),
        )
        for row in frame.index[both.to_numpy(bool)]
    ]


def term_unreadable(row: int, problem: TermError) -> Finding:
    """A term that names no due date: the row stays pending."""
    return error(
        "term_unreadable",
        "milestones",
        row,
        "term",
        problem.problem,
        Text(
            "改写账期，例如 净30天；改好前按未触发处理",
            "Rewrite the term, for example NET 30; until then the row is pending",
        ),
    )


def provisional(rows: Sequence[int]) -> list[Finding]:
    """Due dates in a year whose working calendar is not published yet."""
    return [
        info(
            "provisional",
            "milestones",
            row,
            "due_date",
            Text(
                "该年放假安排尚未公布，到期日只按周末顺延，为暂定",
                "That year's holidays are not published; the due date heeds weekends only and is provisional",
            ),
            Text(
                "公布后再次刷新；也可在节假日表登记",
                "Refresh once they are published, or enter them in the calendar",
            ),
        )
        for row in rows
    ]


def undesignated(row: int, customers: Sequence[str]) -> Finding:
    """Money that names neither milestone, contract nor customer; ``customers`` pay under that name."""
    likely = ", ".join(customers)
    return warning(
        "undesignated",
        "receipts",
        row,
        "customer_id",
        Text(
            "未指明节点、合同或客户，款项未核销",
            "Names no milestone, contract or customer; the money stays unapplied",
        ),
        Text(
            f"付款户名与客户 {likely} 相符，核实后填写客户编号或合同编号",
            f"The payer's name is that of customer {likely}: make sure, then fill in the customer or contract",
        )
        if likely
        else Text(
            "核实付款人后填写客户编号或合同编号", "Find out who paid, then fill in the customer or contract"
        ),
    )


def ids_conflict(row: int, column: str, used: str) -> Finding:
    """Two ids of a receipt belong to different claims."""
    return warning(
        "ids_conflict",
        "receipts",
        row,
        column,
        Text(f"与 {used} 不一致，按 {used} 核销", f"Does not belong to {used}; {used} decides"),
        Text("改正其中一个编号", "Correct one of the ids"),
    )


def other_currency(row: int, receipt: str, contract: str) -> Finding:
    """A receipt in another currency than the contract that it names."""
    return error(
        "currency_differs",
        "receipts",
        row,
        "currency",
        Text(
            f"币种 {receipt} 与合同币种 {contract} 不同，款项未核销",
            f"The currency {receipt} is not the contract's {contract}; the money stays unapplied",
        ),
        Text(
            "按合同币种登记金额，或核对合同编号",
            "Enter the amount in the contract's currency, or check the contract",
        ),
    )


def draft_waiting(row: int, until: str) -> Finding:
    """A commercial draft or e-voucher that is not money yet."""
    return info(
        "draft_waiting",
        "receipts",
        row,
        "matures_on",
        Text(
            f"商业票据尚未到期（{until}），到期前仍有拒付风险",
            f"The commercial draft is not due yet ({until}); it may still be refused",
        ),
        Text("到期日跟进承兑", "Follow up on the day it matures"),
    )


def contract_gap(contract: Contract, total: int, in_force: int) -> Finding:
    """The control of one contract: its milestones are not its amount in force."""
    shown, left, right = (grouped(each, contract.digits) for each in (in_force - total, total, in_force))
    return error(
        "milestones_differ",
        "contracts",
        contract.row,
        "milestones_total",
        Text(
            f"节点合计 {left} 与现行金额 {right} 相差 {shown}",
            f"The milestones are {left}, the amount in force {right}: a difference of {shown}",
        ),
        Text("核对节点比例、固定金额与合同变更", "Check shares, fixed amounts and amendments"),
    )
