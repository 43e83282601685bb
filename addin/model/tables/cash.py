"""Money that came and what lowers a claim without it: receipts, adjustments, bank lines."""

from __future__ import annotations

from addin.model.columns import Table
from addin.model.tables.declare import choice, computed, day, money, number, text
from addin.model.text import Text

METHODS = "transfer 转账 Transfer; bank_draft 银承 Bank draft; commercial_draft 商承 Commercial draft; e_voucher 电子债权凭证 E-voucher; offset 抵账 Offset; cash 现金 Cash"

RECEIPTS = Table(
    "receipts",
    Text("回款", "Receipts"),
    "mixed",
    Text("每笔到账一行，退款为负；付款人指定了节点或合同就填上。", "A row a receipt, refunds negative; fill in the milestone or contract that the payer named."),
    (
        text("receipt_id", "回款编号", "Receipt ID", required=True),
        day("date", "日期", "Date", required=True),
        text("customer_id", "客户编号", "Customer ID", ref="customers"),
        text("payer", "付款户名", "Payer"),
        money("amount", "金额", "Amount", required=True, signed=True),
        text("currency", "币种", "Currency"),
        number("fx_rate", "汇率", "Exchange rate"),
        text("contract_id", "合同编号", "Contract ID", ref="contracts"),
        text("milestone_id", "节点编号", "Milestone ID", ref="milestones"),
        choice("method", "收款方式", "Method", METHODS),
        text("note_no", "票据号", "Note no."),
        day("matures_on", "票据到期日", "Matures on"),
        day("dishonoured_on", "拒付日", "Dishonoured on"),
        text("bank_ref", "流水号", "Bank ref."),
        text("memo", "摘要", "Memo"),
        *computed(
            text("customer_name", "客户名称", "Customer"),
            money("allocated", "已核销", "Allocated", signed=True),
            money("unapplied", "未核销", "Unapplied", signed=True),
            text("match_reason", "匹配依据", "Match reason"),
        ),
    ),
    identity=("receipt_id",),
    currency="receipt",
    visible=True,
)  # fmt: skip

ADJUSTMENTS = Table(
    "adjustments",
    Text("调整", "Adjustments"),
    "input",
    Text("减让、手续费、折扣、核销坏账；后三种须有批准人。", "Credit notes, bank fees, discounts, write-offs; the last three need an approver."),
    (
        text("adjustment_id", "调整编号", "Adjustment ID", required=True),
        day("date", "日期", "Date", required=True),
        text("milestone_id", "节点编号", "Milestone ID", required=True, ref="milestones"),
        choice("kind", "类别", "Kind",
               "credit_note 红字减让 Credit note; bank_fee 手续费 Bank fee; discount 折扣 Discount; write_off 核销坏账 Write-off", required=True),
        money("amount", "金额", "Amount", required=True, signed=True),
        text("approved_by", "批准人", "Approved by"),
        text("reason", "原因", "Reason"),
    ),
    identity=("adjustment_id",),
    currency="milestone",
)  # fmt: skip

BANK = Table(
    "bank",
    Text("银行流水", "Bank"),
    "mixed",
    Text("导入的银行流水与匹配结果。", "Imported bank lines and what they matched."),
    (
        text("bank_ref", "流水号", "Bank ref.", required=True),
        day("date", "日期", "Date", required=True),
        money("amount", "金额", "Amount", required=True, signed=True),
        text("payer", "付款户名", "Payer"),
        text("payer_account", "付款账号", "Payer account"),
        text("memo", "摘要", "Memo"),
        text("account", "收款账号", "Our account"),
        text("imported_from", "导入来源", "Imported from"),
        *computed(
            choice("state", "状态", "State", "new 新 New; matched 已匹配 Matched; suggested 建议 Suggested; ignored 忽略 Ignored", later=True),
            text("receipt_id", "回款编号", "Receipt ID", later=True),
            text("reason", "依据", "Reason", later=True),
        ),
    ),
    identity=("bank_ref",),
)  # fmt: skip

TABLES = (RECEIPTS, ADJUSTMENTS, BANK)
