"""Tables whose rows belong to the add-in: aging, allocations, proposals, controls, logs."""

from __future__ import annotations

from addin.model.columns import Table
from addin.model.tables.declare import (
    choice,
    computed,
    day,
    flag,
    for_people,
    money,
    number,
    rate,
    several,
    text,
    whole,
)
from addin.model.text import Text

AGING = Table(
    "aging",
    Text("账龄", "Aging"),
    "computed",
    Text("按客户、合同、项目经理汇总的账龄；由程序生成。", "What is open by age, for each customer, contract and manager; made by the program."),
    computed(
        choice("group_kind", "汇总方式", "Group by", "customer 客户 Customer; contract 合同 Contract; manager 项目经理 Manager"),
        text("group_id", "编号", "Group"),
        text("group_name", "名称", "Name"),
        text("currency", "币种", "Currency"),
        money("pending", "未触发", "Pending"),
        money("current", "未逾期", "Not overdue"),
        money("b1", "1–30 天", "1–30 days"),
        money("b2", "31–60 天", "31–60 days"),
        money("b3", "61–90 天", "61–90 days"),
        money("b4", "91–120 天", "91–120 days"),
        money("b5", "120 天以上", "Over 120 days"),
        money("open", "应收余额", "Open"),
        money("unapplied", "未核销收款", "Unapplied", signed=True),
        money("net", "净额", "Net", signed=True),
        day("oldest_due", "最早到期日", "Oldest due date"),
    ),
    identity=("group_kind", "group_id", "currency"),
    currency="self",
)  # fmt: skip

ALLOCATIONS = Table(
    "allocations",
    Text("核销明细", "Allocations"),
    "computed",
    Text("每笔收款核销到哪个节点；由程序生成。", "Which receipt paid which milestone; made by the program."),
    computed(
        text("receipt_id", "回款编号", "Receipt ID", ref="receipts"),
        text("milestone_id", "节点编号", "Milestone ID", ref="milestones"),
        text("item", "分期", "Instalment"),
        day("date", "日期", "Date"),
        money("amount", "金额", "Amount", signed=True),
        text("reason", "依据", "Reason"),
    ),
    identity=("receipt_id", "milestone_id", "item", "date"),
    currency="milestone",
)  # fmt: skip

WORKLIST = Table(
    "worklist",
    Text("催款建议", "Worklist"),
    "computed",
    Text("今天该催谁、为什么；确认后才出函。", "Whom to chase today and why; nothing goes out unconfirmed."),
    (
        *computed(
            text("key", "键", "Key"),
            text("customer_id", "客户编号", "Customer ID"),
            text("customer_name", "客户名称", "Customer"),
            whole("level", "级别", "Level"),
            several("milestones", "节点", "Milestones"),
            money("open", "应收余额", "Open"),
            money("overdue", "逾期金额", "Overdue"),
            money("interest", "违约金", "Interest"),
            text("reason", "依据", "Reason"),
            text("blocked_by", "暂缓原因", "Held back by"),
            text("channel", "渠道", "Channel"),
            text("owner", "责任人", "Owner"),
            day("act_by", "处理期限", "Act by"),
            text("next_action", "下一步", "Next action"),
        ),
        *for_people(flag("confirm", "确认发出", "Confirm"), text("note", "备注", "Note")),
    ),
    identity=("key",),
    visible=True,
    views=("finance", "manager"),
)  # fmt: skip

ALERTS = Table(
    "alerts",
    Text("预警", "Alerts"),
    "computed",
    Text("超过限值的指标与建议的应对。", "Indicators beyond their limit, and what to do."),
    (
        *computed(
            text("key", "键", "Key", later=True),
            text("indicator", "指标", "Indicator", later=True),
            text("subject", "对象", "Subject", later=True),
            text("value", "数值", "Value", later=True),
            text("limit", "限值", "Limit", later=True),
            choice("severity", "等级", "Severity", "blue 蓝 Blue; orange 橙 Orange; red 红 Red", later=True),
            day("since", "起始日", "Since", later=True),
            choice("state", "状态", "State", "new 新增 New; continuing 持续 Continuing; cleared 解除 Cleared", later=True),
            text("response", "应对", "Response", later=True),
            text("owner", "责任人", "Owner", later=True),
        ),
        *for_people(flag("handled", "已处理", "Handled"), text("note", "备注", "Note")),
    ),
    identity=("key",),
    views=("finance", "manager"),
)  # fmt: skip

BILL_CHECK = Table(
    "bill_check",
    Text("账单核对", "Bill check"),
    "computed",
    Text("发票与合同、交付逐项核对的结果。", "Invoices held against contract and deliveries."),
    (
        *computed(
            text("key", "键", "Key", later=True),
            text("invoice_no", "发票号", "Invoice no.", later=True),
            text("check", "核对项", "Check", later=True),
            text("clause", "条款", "Clause", later=True),
            text("expected", "应为", "Expected", later=True),
            text("found", "实为", "Found", later=True),
            choice("verdict", "结论", "Verdict", "ok 相符 OK; warn 注意 Warning; fail 不符 Fail", later=True),
            text("source_rows", "来源行", "Source rows", later=True),
        ),
        *for_people(flag("handled", "已处理", "Handled"), text("note", "备注", "Note")),
    ),
    identity=("key",),
)  # fmt: skip

PROVISION = Table(
    "provision",
    Text("坏账准备", "Provision"),
    "computed",
    Text("预期信用损失，按组合与单项。", "Expected credit losses, by group and individually."),
    computed(
        choice("class", "类别", "Class", "receivable 应收账款 Receivable; contract_asset 合同资产 Contract asset; notes 应收票据 Notes"),
        choice("pool", "组合", "Pool", "group 组合 Group; individual 单项 Individual"),
        text("customer_id", "客户编号", "Customer ID"),
        text("band", "账龄", "Band"),
        money("balance", "余额", "Balance"),
        rate("rate", "计提比例", "Rate"),
        money("allowance", "坏账准备", "Allowance"),
        money("previous", "上期", "Previous"),
        money("movement", "变动", "Movement", signed=True),
    ),
    identity=("class", "pool", "customer_id", "band"),
    views=("month_end",),
)  # fmt: skip

PLAN = Table(
    "plan",
    Text("回款计划", "Plan"),
    "computed",
    Text("各合同每月计划与实收。", "Planned and received, by contract and month."),
    computed(
        text("contract_id", "合同编号", "Contract ID", later=True),
        text("month", "月份", "Month", later=True),
        money("planned", "计划", "Planned", later=True),
        money("received", "实收", "Received", signed=True, later=True),
        money("gap", "差额", "Gap", signed=True, later=True),
        text("owner", "责任人", "Owner", later=True),
        text("measure", "跟进措施", "Measure", later=True),
    ),
    identity=("contract_id", "month"),
    currency="contract",
    views=("manager", "month_end"),
)  # fmt: skip

ROLLFORWARD = Table(
    "rollforward",
    Text("应收变动表", "Roll-forward"),
    "computed",
    Text("期初加变动等于期末，并与总账核对。", "Opening plus movements is closing, held against the general ledger."),
    computed(
        text("period", "期间", "Period"),
        text("customer_id", "客户编号", "Customer ID", ref="customers"),
        text("currency", "币种", "Currency"),
        money("opening", "期初", "Opening", signed=True),
        money("new", "新增应收", "New", signed=True),
        money("received", "收款", "Received", signed=True),
        money("adjusted", "调整", "Adjusted", signed=True),
        money("written_off", "核销坏账", "Written off", signed=True),
        money("closing", "期末", "Closing", signed=True),
        money("gl_balance", "总账余额", "General ledger", signed=True),
        money("difference", "差异", "Difference", signed=True),
    ),
    identity=("period", "customer_id", "currency"),
    currency="self",
    views=("month_end",),
)  # fmt: skip

CHECKS = Table(
    "checks",
    Text("检查", "Checks"),
    "computed",
    Text("需要看一看的行与总数核对；由程序生成。", "Rows to look at, and control totals; made by the program."),
    computed(
        choice("severity", "级别", "Severity", "error 错误 Error; warning 警告 Warning; info 提示 Info"),
        text("table", "表", "Table"),
        whole("row", "行", "Row"),
        text("column", "列", "Column"),
        text("code", "代码", "Code"),
        text("message", "说明", "Message"),
        text("cure", "处理办法", "Cure"),
        number("left", "左方", "Left", signed=True),
        number("right", "右方", "Right", signed=True),
    ),
    identity=("severity", "table", "row", "column", "code"),
)  # fmt: skip

CHANGES = Table(
    "changes",
    Text("变更记录", "Changes"),
    "computed",
    Text("每次刷新改变了什么，保留最近 5000 行。", "What each refresh changed; the newest 5,000 rows."),
    computed(
        whole("run", "运行", "Run"),
        text("table", "表", "Table"),
        text("row_key", "行", "Row"),
        text("column", "列", "Column"),
        text("old", "原值", "Old"),
        text("new", "新值", "New"),
    ),
    identity=("run", "table", "row_key", "column"),
)  # fmt: skip

RUNS = Table(
    "runs",
    Text("运行记录", "Runs"),
    "computed",
    Text("改变过本簿的每次运行。", "Each run that changed this book."),
    computed(
        whole("run", "运行", "Run"),
        text("at", "时间", "At"),
        day("as_of", "截至日", "As of"),
        text("command", "命令", "Command"),
        text("by", "执行人", "By"),
        whole("findings", "发现", "Findings"),
        whole("changes", "变更", "Changes"),
    ),
    identity=("run",),
)  # fmt: skip

HISTORY = Table(
    "history",
    Text("历史", "History"),
    "computed",
    Text("只增不改的历史：等级、计划版本、预警。", "Append-only: grades, plan versions, alerts."),
    computed(
        day("date", "日期", "Date"),
        text("subject", "对象", "Subject"),
        text("measure", "项目", "Measure"),
        text("value", "取值", "Value"),
    ),
    identity=("date", "subject", "measure"),
)  # fmt: skip

TABLES = (
    AGING,
    ALLOCATIONS,
    WORKLIST,
    ALERTS,
    BILL_CHECK,
    PROVISION,
    PLAN,
    ROLLFORWARD,
    CHECKS,
    CHANGES,
    RUNS,
    HISTORY,
)
