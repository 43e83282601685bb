"""When money falls due: milestones, and what changes them."""

from __future__ import annotations

from addin.model.columns import Table
from addin.model.tables.declare import choice, computed, day, flag, money, rate, text, whole
from addin.model.text import Text

MILESTONES = Table(
    "milestones",
    Text("收款节点", "Milestones"),
    "mixed",
    Text("每期应收一行；项目经理填左侧，右侧灰色列由程序计算。", "A row a stage payment; managers fill the left, the grey columns on the right are computed."),
    (
        text("milestone_id", "节点编号", "Milestone ID", required=True),
        text("contract_id", "合同编号", "Contract ID", required=True, ref="contracts"),
        whole("seq", "序号", "Seq"),
        text("name", "节点名称", "Milestone", required=True),
        choice("category", "类别", "Category", "advance 预付款 Advance; stage 阶段款 Stage; final 尾款 Final; retention 质保金 Retention"),
        rate("share", "比例", "Share"),
        money("amount_fixed", "固定金额", "Fixed amount"),
        choice("trigger", "触发条件", "Trigger",
               "signing 签约 Signing; start 开工 Start; delivery 交付 Delivery; progress 进度 Progress; acceptance 验收 Acceptance; "
               "settlement 结算 Settlement; invoice 开票 Invoice; warranty_end 质保期满 Warranty end; fixed_date 固定日期 Fixed date"),
        rate("threshold", "进度阈值", "Threshold"),
        day("trigger_date", "触发日期", "Trigger date"),
        text("term", "账期", "Term"),
        day("planned_date", "计划回款日", "Planned date"),
        day("submitted_on", "报验日", "Submitted on"),
        day("rejected_on", "退回日", "Rejected on"),
        text("accepted_by", "验收人", "Accepted by"),
        text("evidence", "凭证", "Evidence"),
        day("recognised_on", "确认日", "Recognised on"),
        text("owner", "责任人", "Owner"),
        text("measure", "跟进措施", "Measure"),
        *computed(
            text("customer_name", "客户名称", "Customer"),
            text("project", "项目名称", "Project"),
            text("manager", "项目经理", "Manager"),
            text("currency", "币种", "Currency"),
            money("amount", "应收金额", "Amount"),
            day("due_date", "到期日", "Due date"),
            day("contract_due", "合同到期日", "Contract due date"),
            money("received", "已核销", "Received", signed=True),
            money("adjusted", "已调整", "Adjusted", signed=True),
            money("disputed", "争议金额", "Disputed"),
            money("open", "未收", "Open"),
            whole("days_overdue", "逾期天数", "Days overdue", signed=True),
            text("bucket", "账龄区间", "Bucket"),
            money("interest", "违约金", "Interest"),
            choice("interest_basis", "违约金依据", "Interest basis",
                   "contract 合同 Contract; statute 法定 Statute; estimate 估算 Estimate; none 无 None"),
            choice("status", "状态", "Status", "pending 未触发 Pending; not_due 未到期 Not due; overdue 逾期 Overdue; settled 已结清 Settled"),
            day("limitation", "诉讼时效届满日", "Limitation"),
            whole("reminder_level", "催款级别", "Reminder level"),
            text("next_action", "下一步", "Next action"),
            day("expected_date", "预计回款日", "Expected date", later=True),
        ),
    ),
    identity=("milestone_id",),
    currency="contract",
    visible=True,
    views=("finance", "manager"),
)  # fmt: skip

AMENDMENTS = Table(
    "amendments",
    Text("合同变更", "Amendments"),
    "input",
    Text("补充协议；填变更后的总额，不填差额。", "Supplementary agreements: the new total, not the difference."),
    (
        text("amendment_id", "变更编号", "Amendment ID", required=True),
        text("contract_id", "合同编号", "Contract ID", required=True, ref="contracts"),
        day("effective", "生效日", "Effective", required=True),
        money("new_amount", "变更后金额", "New amount", required=True),
        choice("policy", "分摊方式", "Policy", "spread 分摊到未付节点 Spread; catch_up 按新总额补齐 Catch up"),
        text("approved_by", "批准人", "Approved by"),
        text("document", "文件", "Document"),
    ),
    identity=("amendment_id",),
    currency="contract",
    views=("finance", "manager"),
)  # fmt: skip

RESCHEDULES = Table(
    "reschedules",
    Text("延期协议", "Reschedules"),
    "input",
    Text("展期与分期；金额留空为整笔展期，同一协议多行为分期。", "Extensions and instalment plans: no amount extends the whole, several rows of one agreement are instalments."),
    (
        text("reschedule_id", "延期编号", "Reschedule ID", required=True),
        text("agreement_no", "协议编号", "Agreement no."),
        text("milestone_id", "节点编号", "Milestone ID", required=True, ref="milestones"),
        day("agreed_on", "约定日", "Agreed on", required=True),
        day("new_due", "新到期日", "New due date", required=True),
        money("amount", "金额", "Amount"),
        flag("penalty_waived", "免除违约金", "Penalty waived"),
        text("reason", "原因", "Reason"),
        text("approved_by", "批准人", "Approved by"),
        text("document", "文件", "Document"),
    ),
    identity=("reschedule_id",),
    currency="milestone",
    views=("finance", "manager"),
)  # fmt: skip

TABLES = (MILESTONES, AMENDMENTS, RESCHEDULES)
