"""Chasing the money: contacts, promises, disputes, tasks, and what is learnt from them."""

from __future__ import annotations

from addin.model.columns import Table
from addin.model.tables.declare import choice, computed, day, flag, money, number, rate, text
from addin.model.text import Text

CHANNELS = "visit 拜访 Visit; phone 电话 Phone; email 邮件 E-mail; wechat 微信 WeChat; letter 信函 Letter; meeting 会议 Meeting"

CONTACTS = Table(
    "contacts",
    Text("沟通记录", "Contacts"),
    "input",
    Text("与客户的每次沟通一行；每月至少一次。", "A row a contact with the customer; once a month at least."),
    (
        text("contact_id", "沟通编号", "Contact ID", required=True),
        day("date", "日期", "Date", required=True),
        text("customer_id", "客户编号", "Customer ID", required=True, ref="customers"),
        text("contract_id", "合同编号", "Contract ID", ref="contracts"),
        choice("channel", "方式", "Channel", CHANNELS),
        text("person", "对方", "Person"),
        text("by", "我方", "By"),
        text("summary", "沟通内容", "Summary"),
        text("payment_status", "付款状态", "Payment status"),
        text("factors", "影响因素", "Factors"),
        text("suggestion", "解决建议", "Suggestion"),
        text("next_plan", "下一步付款计划", "Next plan"),
        day("next_date", "下次日期", "Next date"),
        flag("delivered", "已送达", "Delivered"),
        text("proof", "凭证", "Proof"),
    ),
    identity=("contact_id",),
    visible=True,
    views=("finance", "manager"),
)  # fmt: skip

PROMISES = Table(
    "promises",
    Text("付款承诺", "Promises"),
    "mixed",
    Text("客户答应的付款；兑现情况由程序计算。", "What a customer promised to pay; whether it came is computed."),
    (
        text("promise_id", "承诺编号", "Promise ID", required=True),
        day("made_on", "承诺日", "Made on", required=True),
        text("customer_id", "客户编号", "Customer ID", required=True, ref="customers"),
        text("milestone_id", "节点编号", "Milestone ID", ref="milestones"),
        money("amount", "金额", "Amount", required=True),
        day("promised_date", "承诺付款日", "Promised date", required=True),
        text("person", "承诺人", "Person"),
        day("withdrawn_on", "撤回日", "Withdrawn on"),
        *computed(
            choice("state", "状态", "State",
                   "open 未到期 Open; kept 已兑现 Kept; partly_kept 部分兑现 Partly kept; broken 未兑现 Broken; withdrawn 已撤回 Withdrawn"),
            money("paid", "已付", "Paid"),
        ),
    ),
    identity=("promise_id",),
    currency="milestone",
    views=("finance", "manager"),
)  # fmt: skip

DISPUTES = Table(
    "disputes",
    Text("争议", "Disputes"),
    "input",
    Text("客户有异议的款项；金额留空为整笔。", "What a customer disputes; no amount means the whole."),
    (
        text("dispute_id", "争议编号", "Dispute ID", required=True),
        text("milestone_id", "节点编号", "Milestone ID", required=True, ref="milestones"),
        day("opened", "提出日", "Opened", required=True),
        money("amount", "争议金额", "Amount"),
        choice("reason", "原因", "Reason",
               "quality 质量 Quality; quantity 数量 Quantity; price 价格 Price; scope 范围 Scope; delay 延误 Delay; paperwork 单据 Paperwork; other 其他 Other"),
        flag("our_fault", "我方责任", "Our fault"),
        text("owner", "责任人", "Owner"),
        text("resolution", "处理结果", "Resolution"),
        day("closed", "了结日", "Closed"),
    ),
    identity=("dispute_id",),
    currency="milestone",
    views=("finance", "manager"),
)  # fmt: skip

TARGETS = Table(
    "targets",
    Text("回款目标", "Targets"),
    "input",
    Text("按期间的回款目标：2026、2026Q1 或 2026-03。", "Collection targets by period: 2026, 2026Q1 or 2026-03."),
    (
        text("target_id", "目标编号", "Target ID", required=True),
        text("period", "期间", "Period", required=True),
        text("manager", "项目经理", "Manager"),
        text("contract_id", "合同编号", "Contract ID", ref="contracts"),
        money("amount", "金额", "Amount", required=True),
        choice("kind", "类别", "Kind", "stage 阶段款 Stage; final 尾款 Final"),
    ),
    identity=("target_id",),
    views=("manager", "month_end"),
)  # fmt: skip

BONUS_PLAN = Table(
    "bonus_plan",
    Text("激励方案", "Bonus plan"),
    "input",
    Text("回款激励的比例与形式。", "What collecting earns, and in which form."),
    (
        text("plan_id", "方案编号", "Plan ID", required=True),
        text("role", "角色", "Role", required=True),
        rate("rate", "比例", "Rate", required=True),
        day("effective", "生效日", "Effective", required=True),
        text("ladder", "扣减阶梯", "Ladder"),
        choice("form", "形式", "Form", "cash 现金 Cash; promotion 晋升 Promotion; training 培训 Training"),
    ),
    identity=("plan_id",),
    views=("month_end",),
)  # fmt: skip

SURVEYS = Table(
    "surveys",
    Text("满意度", "Surveys"),
    "input",
    Text("客户满意度评分，0 到 10。", "How content a customer is, 0 to 10."),
    (
        text("survey_id", "调查编号", "Survey ID", required=True),
        day("date", "日期", "Date", required=True),
        text("customer_id", "客户编号", "Customer ID", required=True, ref="customers"),
        text("contract_id", "合同编号", "Contract ID", ref="contracts"),
        number("score", "评分", "Score", required=True),
        text("comment", "意见", "Comment"),
    ),
    identity=("survey_id",),
    views=("manager",),
)  # fmt: skip

LESSONS = Table(
    "lessons",
    Text("复盘记录", "Lessons"),
    "input",
    Text("每个项目收尾时的教训。", "What a finished project taught."),
    (
        text("lesson_id", "复盘编号", "Lesson ID", required=True),
        text("contract_id", "合同编号", "Contract ID", required=True, ref="contracts"),
        choice("cause", "原因", "Cause",
               "clause 条款 Clause; acceptance 验收 Acceptance; invoice 开票 Invoice; dispute 争议 Dispute; customer_cash 客户资金 Customer's cash; "
               "relationship 关系 Relationship; internal 内部 Internal; none 无 None"),
        text("what_happened", "经过", "What happened"),
        text("lesson", "教训", "Lesson"),
        day("written_on", "记录日", "Written on"),
    ),
    identity=("lesson_id",),
    views=("manager",),
)  # fmt: skip

TASKS = Table(
    "tasks",
    Text("流程任务", "Tasks"),
    "input",
    Text("合同推进中的每一步、责任人与期限。", "Each step of a contract, its owner and deadline."),
    (
        text("task_id", "任务编号", "Task ID", required=True),
        text("contract_id", "合同编号", "Contract ID", ref="contracts"),
        text("customer_id", "客户编号", "Customer ID", ref="customers"),
        text("step", "步骤", "Step", required=True),
        choice("kind", "类别", "Kind",
               "process 流程 Process; risk 风险 Risk; training 培训 Training; visit 拜访 Visit; service 服务 Service; report 报告 Report; "
               "meeting 会议 Meeting; legal 法务 Legal"),
        text("owner", "责任人", "Owner"),
        day("deadline", "期限", "Deadline"),
        day("done_on", "完成日", "Done on"),
        text("likelihood", "可能性", "Likelihood"),
        text("response", "应对", "Response"),
        text("case_no", "案号", "Case no."),
        text("court", "法院", "Court"),
        text("notes", "备注", "Notes"),
    ),
    identity=("task_id",),
    views=("manager",),
)  # fmt: skip

TABLES = (CONTACTS, PROMISES, DISPUTES, TARGETS, BONUS_PLAN, SURVEYS, LESSONS, TASKS)
