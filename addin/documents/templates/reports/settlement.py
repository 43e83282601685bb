"""结算会议: what the meeting is about, its agenda, and the minutes as a form whose dates come back as promises."""

from __future__ import annotations

from addin.documents.templates.kit import Column, Document, Section, each, figure, grid, p, table, when
from addin.documents.templates.layout import UPRIGHT
from addin.documents.templates.reports.parts import cell, document, facts, in_unit, money, unless_empty
from addin.model.text import Language, Text

TITLE = Text("结算会议议程与纪要", "Settlement meeting: agenda and minutes")
MINUTES = (
    Text("节点编号", "Milestone ID"),
    Text("款项", "Item"),
    Text("未付", "Open"),
    Text("约定付款金额", "Agreed amount"),
    Text("承诺付款日", "Promised date"),
    Text("承诺人", "Person"),
)
"""The headings of the table that is filled in at the meeting and read back."""


def settlement(language: Language) -> Document:
    """Agenda with the state of things, then the minutes."""
    return document(
        language, TITLE, (Section(_agenda(language), letterhead=True), Section(_minutes(language)))
    )


def _agenda(language: Language) -> str:
    rows = (
        (Text("合同编号", "Contract"), "deal.id"),
        (Text("项目", "Project"), "deal.project"),
        (Text("客户", "Customer"), "to.name"),
        (Text("会议日期", "Day of the meeting"), "meeting"),
        (Text("项目经理", "Project manager"), "deal.manager"),
        (Text("签订日", "Signed"), "deal.signed"),
        (Text("竣工/终验日", "Completed"), "deal.completed"),
        (Text("合同金额", "Contract sum"), "deal.amount"),
        (Text("现行金额", "Sum in force"), "deal.in_force"),
        (Text("结算金额", "Settlement total"), "deal.settlement_total"),
        (Text("已开票", "Invoiced"), "deal.invoiced"),
        (Text("已付款", "Paid"), "deal.received"),
        (Text("已到付款条件未付", "Open"), "deal.open"),
        (Text("其中逾期", "Of which overdue"), "deal.overdue"),
        (Text("未到付款条件", "Not yet due by contract"), "deal.pending"),
        (Text("质保金比例", "Retention"), "deal.retention_rate"),
        (Text("缺陷责任期（月）", "Retention, months"), "deal.retention_months"),
        (Text("付款条款", "Payment clause"), "deal.clause"),
    )
    points = each("a in agenda", p("{{ a.no }}. {{ a.words }}", "Item"))
    return (
        p(TITLE.in_(language), "Kind")
        + facts(language, rows)
        + p(Text("议程", "Agenda").in_(language), "Heading")
        + points
        + p(Text("各笔款项", "The items").in_(language), "Heading")
        + in_unit(language)
        + table(_stages(language), "s in stages")
        + unless_empty(
            "amendments",
            Text("合同变更", "Amendments"),
            table(_amendments(language), "a in amendments", False),
            language,
        )
        + unless_empty(
            "problems",
            Text("争议与整改", "Disputes and repairs"),
            table(problems(language), "x in problems", False),
            language,
        )
    )


def _stages(language: Language) -> list[Column]:
    total = Text("合计", "Total").in_(language)
    return [
        cell(2.7, Text("节点编号", "Milestone ID"), "s.id", language, total),
        cell(2.4, Text("款项", "Item"), "s.name", language),
        money(2.5, Text("金额", "Amount"), "s.amount", language, "stage_sums.amount"),
        money(2.5, Text("已付", "Paid"), "s.received", language, "stage_sums.received"),
        money(2.5, Text("未付", "Open"), "s.open", language, "stage_sums.open"),
        cell(1.9, Text("到期日", "Due"), "s.due", language, style="Centre"),
        cell(1.5, Text("状态", "State"), "s.status", language, style="Centre"),
    ]


def _amendments(language: Language) -> list[Column]:
    return [
        cell(3.0, Text("生效日", "Effective"), "a.day", language, style="Centre"),
        money(4.0, Text("变更后金额", "New sum"), "a.amount", language),
        cell(9.0, Text("文件", "Document"), "a.document", language),
    ]


def problems(language: Language) -> list[Column]:
    """Disputes and repairs, with what was done about them. It goes to the customer: whose fault it was is not told."""
    closed = Text("未了结", "open").in_(language)
    return [
        cell(2.0, Text("提出日", "Raised"), "x.day", language, style="Centre"),
        Column(
            4.0,
            Text("事项", "What").in_(language),
            p("{{ x.what }}", "Cell") + when("x.milestone", p("{{ x.milestone }}", "CellNote")),
        ),
        Column(2.3, Text("金额", "Amount").in_(language), figure("{{ x.amount }}")),
        cell(1.8, Text("责任人", "Owner"), "x.owner", language),
        cell(3.9, Text("处理", "How solved"), "x.solution", language),
        Column(
            2.0,
            Text("了结日", "Closed").in_(language),
            p(f"{{% if x.closed %}}{{{{ x.closed }}}}{{% else %}}{closed}{{% endif %}}", "Centre"),
        ),
    ]


def _minutes(language: Language) -> str:
    attended = Text(
        "合同 {{ deal.id }} {{ deal.project }}|会议日期：______ 年 ____ 月 ____ 日    地点：__________________|"
        "我方出席：________________________________________|对方出席：________________________________________",
        "Contract {{ deal.id }} {{ deal.project }}|Day: ______________    Place: __________________|"
        "Present for us: ________________________________|Present for the customer: ________________________",
    ).in_(language)
    total = Text(
        "一、结算总额：{% if deal.settlement_total %}{{ deal.settlement_total }}"
        "{% else %}__________________{% endif %}",
        "1. Settlement total: {% if deal.settlement_total %}{{ deal.settlement_total }}"
        "{% else %}__________________{% endif %}",
    ).in_(language)
    dates = Text(
        "二、各笔款项的付款承诺（单位：{{ unit }}；约定日期填写为 2026-08-31 的样式）：",
        "2. Payments promised (amounts in {{ unit }}; write days as 2026-08-31):",
    ).in_(language)
    others = Text("三、整改、发票及其他约定：", "3. Repairs, invoices and whatever else was agreed:").in_(
        language
    )
    kept = Text(
        "本纪要是付款承诺的记录，不改变合同约定的到期日和双方依合同、法律享有的权利。",
        "These minutes record promises to pay. They leave the contract's due dates, and the rights of both sides, as "
        "they are.",
    ).in_(language)
    signed = [
        [
            p("{{ firm.name }}", "Plain") + p(Text("代表签字：", "Signed:").in_(language), "Plain"),
            p("{{ to.name }}", "Plain") + p(Text("代表签字：", "Signed:").in_(language), "Plain"),
        ]
    ]
    lines = "".join(p("_" * (68 if language == "zh" else 72), "Plain") for _ in range(4))
    return (
        p(Text("结算会议纪要", "Minutes of the settlement meeting").in_(language), "Kind")
        + "".join(p(line, "Plain") for line in attended.split("|"))
        + p(total, "Heading")
        + p(dates, "Heading")
        + table(_form(language), "r in rows", False)
        + p(others, "Heading")
        + lines
        + p(kept, "Plain")
        + p("", "Small")
        + grid(signed, [UPRIGHT / 2, UPRIGHT / 2], "TablePlain", height=2.2)
    )


def _form(language: Language) -> list[Column]:
    id, name, open_, amount, day, person = (heading.in_(language) for heading in MINUTES)
    empty = p("", "Plain")
    return [
        Column(2.9, id, p("{{ r.id }}", "Cell")),
        Column(2.6, name, p("{{ r.name }}", "Cell")),
        Column(2.6, open_, figure("{{ r.open }}")),
        Column(2.7, amount, empty),
        Column(2.7, day, empty),
        Column(2.5, person, empty),
    ]
