"""完工报告: stages and acceptances, problems and how they were solved, what is still to pay; a form, and an offer."""

from __future__ import annotations

from addin.documents.templates.kit import Column, Document, Section, each, grid, p, table, when
from addin.documents.templates.layout import ACROSS, UPRIGHT, account, signature
from addin.documents.templates.reports.parts import cell, document, facts, in_unit, money, unless_empty
from addin.documents.templates.reports.settlement import problems
from addin.model.text import Language, Text

TITLE = Text("完工报告", "Completion report")
_QUESTIONS = (
    Text("交付质量", "Quality of what was delivered"),
    Text("进度与准时", "Keeping to time"),
    Text("沟通与配合", "Communication"),
    Text("现场与安全", "Site and safety"),
    Text("问题处理", "How problems were dealt with"),
    Text("总体满意度", "All in all"),
)


def completion(language: Language) -> Document:
    """The report, its stages across, then the form to be sent back."""
    return document(
        language,
        TITLE,
        (
            Section(_report(language), letterhead=True),
            Section(_stages(language), across=True),
            Section(_form(language)),
        ),
    )


def _report(language: Language) -> str:
    rows = (
        (Text("合同编号", "Contract"), "deal.id"),
        (Text("项目", "Project"), "deal.project"),
        (Text("客户", "Customer"), "to.name"),
        (Text("项目经理", "Project manager"), "deal.manager"),
        (Text("签订日", "Signed"), "deal.signed"),
        (Text("竣工/终验日", "Completed"), "deal.completed"),
        (Text("结算确认日", "Settled"), "deal.settled_on"),
        (Text("现行金额", "Contract sum in force"), "deal.in_force"),
        (Text("结算金额", "Settlement total"), "deal.settlement_total"),
        (Text("已开票", "Invoiced"), "deal.invoiced"),
        (Text("已付款", "Paid"), "deal.received"),
        (Text("尚待支付", "Still to pay"), "deal.left"),
        (Text("其中已到期", "Of which overdue"), "deal.overdue"),
    )
    opening = Text(
        "合同 {{ deal.id }}{% if deal.project %}（{{ deal.project }}）{% endif %}的实施情况截至 {{ day }} 报告如下。",
        "This is how contract {{ deal.id }}{% if deal.project %} ({{ deal.project }}){% endif %} stands on {{ day }}.",
    )
    offer = Text(
        "质保和售后服务按合同继续提供：使用中如有问题，或需要备件、培训、升级，"
        "请与我公司联系{% if firm.phone %}（{{ firm.phone }}）{% endif %}。随附满意度调查表，请填写后发回。",
        "Warranty and after-sale service continue as agreed: for any question in use, spare parts, training or "
        "upgrades, call us{% if firm.phone %} on {{ firm.phone }}{% endif %}. "
        "A short form is attached; please send it back.",
    )
    left = [
        cell(5.0, Text("款项", "Item"), "s.name", language),
        money(3.2, Text("尚待支付", "Still to pay"), "s.open", language),
        cell(2.6, Text("到期日", "Due"), "s.due", language, style="Centre"),
        cell(2.0, Text("状态", "State"), "s.status", language, style="Centre"),
        cell(3.2, Text("付款条件", "Falls due on"), "s.trigger", language, style="Centre"),
    ]
    return (
        p(TITLE.in_(language), "Kind")
        + p(opening.in_(language))
        + facts(language, rows)
        + unless_empty(
            "problems",
            Text("问题及处理", "Problems and how they were solved"),
            table(problems(language), "x in problems", False),
            language,
            Text("没有登记的争议或整改。", "No dispute or repair is on record."),
        )
        + unless_empty(
            "opinions",
            Text("客户反馈", "What the customer said"),
            each(
                "o in opinions",
                p("· {{ o.day }}  {% if o.score %}{{ o.score }}/10  {% endif %}{{ o.comment }}", "Item"),
            ),
            language,
            Text("尚未收到满意度反馈。", "No feedback so far."),
        )
        + when(
            "left",
            p(Text("尚待支付的款项", "Still to pay").in_(language), "Heading"),
            in_unit(language),
            table(left, "s in left", False),
            p(
                Text("合计 {{ left_sum }}，付款账户：", "In all {{ left_sum }}; please pay to:").in_(
                    language
                ),
                "Plain",
            ),
            account(language),
        )
        + p(Text("售后服务", "After-sale service").in_(language), "Heading")
        + p(offer.in_(language), "Closing")
        + signature(language)
    )


def _stages(language: Language) -> str:
    total = Text("合计", "Total").in_(language)
    rejected = Text("退回 {{ s.rejected }}", "rejected {{ s.rejected }}").in_(language)
    columns = [
        cell(2.8, Text("节点编号", "Milestone ID"), "s.id", language, total),
        cell(2.6, Text("款项", "Stage"), "s.name", language),
        Column(
            2.1,
            Text("报验日", "Submitted").in_(language),
            p("{{ s.submitted }}", "Centre") + when("s.rejected", p(rejected, "CellNote")),
        ),
        cell(2.1, Text("验收/达成日", "Accepted or reached"), "s.triggered", language, style="Centre"),
        cell(1.9, Text("验收人", "Accepted by"), "s.accepted_by", language),
        cell(3.6, Text("凭证", "Evidence"), "s.evidence", language),
        money(2.5, Text("金额", "Amount"), "s.amount", language, "stage_sums.amount"),
        money(2.5, Text("已付", "Paid"), "s.received", language, "stage_sums.received"),
        money(2.5, Text("未付", "Open"), "s.open", language, "stage_sums.open"),
        cell(ACROSS - 22.6, Text("状态", "State"), "s.status", language, style="Centre"),
    ]
    return (
        p(Text("各阶段与验收", "Stages and acceptances").in_(language), "Annex")
        + in_unit(language)
        + table(columns, "s in stages")
    )


def _form(language: Language) -> str:
    widths = [6.0, *[0.85] * 11, UPRIGHT - 6.0 - 0.85 * 11]
    head = [
        p(Text("项目", "Question").in_(language), "CellHead"),
        *(p(str(score), "CellHead") for score in range(11)),
        p("", "CellHead"),
    ]
    rows = [
        [p(question.in_(language), "Cell"), *(p("□", "Centre") for _ in range(11)), p("", "Cell")]
        for question in _QUESTIONS
    ]
    asked = Text(
        "客户：{{ to.name }}    合同：{{ deal.id }} {{ deal.project }}|请在 0（很不满意）到 10（非常满意）之间勾选：",
        "Customer: {{ to.name }}    Contract: {{ deal.id }} {{ deal.project }}|"
        "Please tick from 0 (not at all content) to 10 (very content):",
    ).in_(language)
    wishes = Text("意见、建议和后续需求：", "Remarks, suggestions, and what you need next:").in_(language)
    signed = Text(
        "填表人：______________  电话：______________  日期：______________",
        "Name: ____________________  Telephone: ______________  Date: ______________",
    ).in_(language)
    lines = "".join(p("_" * (68 if language == "zh" else 72), "Plain") for _ in range(5))
    return (
        p(Text("满意度调查表", "How content were you?").in_(language), "Kind")
        + "".join(p(line, "Plain") for line in asked.split("|"))
        + grid([head, *rows], widths, "TableBox")
        + p(wishes, "Heading")
        + lines
        + p("", "Small")
        + p(signed, "Plain")
    )
