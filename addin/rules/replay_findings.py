"""What the replay tells people about rows that ask for more than there is."""

from __future__ import annotations

from addin.model.finding import Finding, error, warning
from addin.model.money import grouped
from addin.model.text import Text
from addin.rules.claims import Adjustment, Agreement, Amendment, Milestone, Receipt


def overpaid(receipt: Receipt, milestone: Milestone) -> Finding:
    """Money that names a milestone on which less is open: the excess stays unapplied."""
    left = grouped(receipt.left, receipt.digits)
    if milestone.amount is None:
        return warning(
            "amount_unknown",
            "receipts",
            receipt.row,
            "milestone_id",
            Text(
                f"节点 {milestone.id} 的应收金额未知，{left} 未核销",
                f"The amount of {milestone.id} is unknown; {left} stays unapplied",
            ),
            Text(
                "先改正该节点的比例或金额、或其合同的金额",
                "First mend the milestone's share or amount, or its contract's amount",
            ),
        )
    if milestone.adjusted_by_kind.get("write_off", 0) > 0:
        return warning(
            "paid_after_write_off",
            "receipts",
            receipt.row,
            "milestone_id",
            Text(
                f"节点 {milestone.id} 已核销坏账，{left} 未核销",
                f"{milestone.id} was written off; {left} stays unapplied",
            ),
            Text("登记一笔负数的核销调整以转回坏账", "Reverse the write-off by a negative adjustment"),
        )
    return warning(
        "overpaid",
        "receipts",
        receipt.row,
        "milestone_id",
        Text(
            f"超过节点 {milestone.id} 的未收金额，{left} 未核销",
            f"More than {milestone.id} has open; {left} stays unapplied",
        ),
        Text(
            "核对节点编号，或清空它让款项按合同核销，或退款",
            "Check the milestone, or clear it so that the contract is paid, or refund",
        ),
    )


def refund_short(refund: Receipt) -> Finding:
    """A refund of more than was received for its designation."""
    short = grouped(-refund.left, refund.digits)
    return error(
        "refund_short",
        "receipts",
        refund.row,
        "amount",
        Text(
            f"退款超过所指定的收款，{short} 无处可退", f"There is {short} less to refund than this row says"
        ),
        Text(
            "核对退款金额与所填的节点、合同或客户",
            "Check the amount, and the milestone, contract or customer that it names",
        ),
    )


def dishonoured(draft: Receipt) -> Finding:
    """A draft that was refused: the claim is open again."""
    return error(
        "dishonoured",
        "receipts",
        draft.row,
        "dishonoured_on",
        Text(
            f"票据 {draft.id} 被拒付，已恢复应收",
            f"The draft {draft.id} was dishonoured; the claim is open again",
        ),
        Text(
            "向出票人及前手追索，并重新催收", "Take recourse against drawer and endorsers, and collect again"
        ),
    )


def not_approved(adjustment: Adjustment) -> Finding:
    """A write-off, discount or bank fee without approver is not applied."""
    return error(
        "not_approved",
        "adjustments",
        adjustment.row,
        "approved_by",
        Text(
            f"调整 {adjustment.id} 没有批准人，未计入",
            f"The adjustment {adjustment.id} has no approver; it is not applied",
        ),
        Text("填写批准人", "Fill in who approved it"),
    )


def adjusted_too_much(adjustment: Adjustment) -> Finding:
    """An adjustment above what is open is not applied."""
    milestone = adjustment.milestone
    digits = milestone.contract.digits
    shown = grouped(milestone.open, digits)
    return error(
        "adjusted_too_much",
        "adjustments",
        adjustment.row,
        "amount",
        Text(
            f"调整超过节点 {milestone.id} 的未收金额 {shown}，未计入",
            f"More than the {shown} that {milestone.id} has open; not applied",
        ),
        Text("核对金额与节点", "Check the amount and the milestone"),
    )


def reversed_too_much(adjustment: Adjustment, taken: int) -> Finding:
    """A reversal of more than earlier adjustments of its kind took."""
    shown = grouped(taken, adjustment.milestone.contract.digits)
    return error(
        "reversed_too_much",
        "adjustments",
        adjustment.row,
        "amount",
        Text(
            f"此前同类调整共 {shown}，只转回这么多",
            f"Earlier adjustments of the kind took {shown}; no more is reversed",
        ),
        Text("核对金额与类别", "Check the amount and the kind"),
    )


def plan_too_large(agreement: Agreement, excess: int) -> Finding:
    """Instalments above what is open on the day of the agreement."""
    shown = grouped(excess, agreement.milestone.contract.digits)
    return error(
        "plan_too_large",
        "reschedules",
        agreement.row,
        "amount",
        Text(f"分期金额比未收金额多 {shown}", f"The instalments are {shown} more than what is open"),
        Text("核对各期金额", "Check the instalments"),
    )


def amendment_impossible(amendment: Amendment, difference: int) -> Finding:
    """No row can take the difference: all are frozen, or one would fall below what it has received."""
    shown = grouped(difference, amendment.contract.digits)
    table, column = (
        ("contracts", "settlement_total") if amendment.policy == "settle" else ("amendments", "new_amount")
    )
    return error(
        "amendment_impossible",
        table,
        amendment.row,
        column,
        Text(
            f"没有可调整的节点来承担差额 {shown}，节点金额未变",
            f"No milestone can take the difference of {shown}; the amounts stay",
        ),
        Text(
            "增加一个收款节点，或用调整、退款处理差额",
            "Add a milestone, or settle the difference by an adjustment or refund",
        ),
    )
