"""Papers that prove a claim: invoices, deliveries, issued letters."""

from __future__ import annotations

from addin.model.columns import Table
from addin.model.tables.declare import choice, day, money, number, rate, several, text, whole
from addin.model.text import Text

INVOICES = Table(
    "invoices",
    Text("发票", "Invoices"),
    "input",
    Text("开出的发票，红字发票填被冲原票号；财务填写。", "Invoices issued; a red one names the invoice that it reverses. Finance fills it in."),
    (
        text("invoice_no", "发票号", "Invoice no.", required=True),
        text("contract_id", "合同编号", "Contract ID", required=True, ref="contracts"),
        text("milestone_id", "节点编号", "Milestone ID", ref="milestones"),
        choice("kind", "票种", "Kind", "special 专票 Special; ordinary 普票 Ordinary"),
        day("issued", "开票日", "Issued", required=True),
        money("amount", "价税合计", "Amount", required=True, signed=True),
        rate("tax_rate", "税率", "Tax rate"),
        day("received_by_customer", "签收日", "Received by customer"),
        text("red_of", "红冲原票号", "Reverses", ref="invoices"),
        text("document", "文件", "Document"),
    ),
    identity=("invoice_no",),
    currency="contract",
    visible=True,
)  # fmt: skip

INVOICE_LINES = Table(
    "invoice_lines",
    Text("发票明细", "Invoice lines"),
    "input",
    Text("发票的逐项内容，用于对账单核对。", "What an invoice bills, item by item, for the bill check."),
    (
        text("line_id", "明细编号", "Line ID", required=True),
        text("invoice_no", "发票号", "Invoice no.", required=True, ref="invoices"),
        text("item", "项目", "Item", required=True),
        number("quantity", "数量", "Quantity", signed=True),
        money("unit_price", "单价", "Unit price"),
        money("amount", "金额", "Amount", signed=True),
    ),
    identity=("line_id",),
    currency="contract",
)  # fmt: skip

DELIVERIES = Table(
    "deliveries",
    Text("交付清单", "Deliveries"),
    "input",
    Text("交付与验收数量，用于对账单核对；项目经理填写。", "What was delivered and accepted, for the bill check; managers fill it in."),
    (
        text("delivery_id", "交付编号", "Delivery ID", required=True),
        text("contract_id", "合同编号", "Contract ID", required=True, ref="contracts"),
        text("item", "项目", "Item", required=True),
        number("contract_quantity", "合同数量", "Contract quantity"),
        money("unit_price", "单价", "Unit price"),
        number("delivered_quantity", "交付数量", "Delivered quantity"),
        day("delivered_on", "交付日", "Delivered on"),
        day("accepted_on", "验收日", "Accepted on"),
    ),
    identity=("delivery_id",),
    currency="contract",
    views=("manager",),
)  # fmt: skip

LETTERS = Table(
    "letters",
    Text("催款记录", "Letters"),
    "input",
    Text("已确认的函件；寄出、送达与回复由经办人补填。", "Letters that were confirmed; sending, delivery and reply are filled in by hand."),
    (
        text("letter_id", "函件编号", "Letter ID", required=True),
        day("date", "日期", "Date", required=True),
        text("customer_id", "客户编号", "Customer ID", required=True, ref="customers"),
        several("milestones", "节点", "Milestones", ref="milestones"),
        whole("level", "级别", "Level"),
        choice("kind", "类别", "Kind",
               "notice 提示 Notice; reminder 催款 Reminder; demand 催告 Demand; final 最后通知 Final notice; statement 对账 Statement"),
        text("channel", "渠道", "Channel"),
        text("file", "文件", "File"),
        day("sent_on", "寄出日", "Sent on"),
        day("delivered_on", "送达日", "Delivered on"),
        text("proof", "送达凭证", "Proof of delivery"),
        day("reply_on", "回复日", "Reply on"),
        money("confirmed_amount", "确认金额", "Confirmed amount"),
    ),
    identity=("letter_id",),
    views=("finance", "manager"),
)  # fmt: skip

TABLES = (INVOICES, INVOICE_LINES, DELIVERIES, LETTERS)
