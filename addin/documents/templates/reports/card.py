"""客户卡片: one page before a call. It stays with us."""

from __future__ import annotations

from addin.documents.templates.kit import Column, Document, Section, each, grid, p, table, when
from addin.documents.templates.layout import UPRIGHT
from addin.documents.templates.reports.parts import cell, document, money
from addin.model.text import Language, Text

TITLE = Text("客户卡片", "Customer card")


def card(language: Language) -> Document:
    """One page."""
    return document(language, TITLE, (Section(_page(language)),), inside=True)


def _page(language: Language) -> str:
    title = Text("客户卡片：{{ to.name }}（{{ to.id }}）", "Customer card: {{ to.name }} ({{ to.id }})").in_(
        language
    )
    to_do = each("t in to_do", p("· {{ t.words }}", "Cell"))
    return (
        p(title, "Annex")
        + p(Text("截至 {{ day }} · 内部资料", "As at {{ day }} · internal").in_(language), "Small")
        + when("on_hold", p("**{{ on_hold }}**", "Cell"))
        + _who(language)
        + _list("to_do", Text("这次要谈的", "What to talk about"), to_do, language)
        + _list("owed", Text("欠款", "Owed"), table(_owed(language), "o in owed", False), language)
        + _list(
            "claims",
            Text("未付款项（先到期的在前）", "Open items, the oldest first"),
            table(_claims(language), "c in claims", False)
            + when("more_claims", p("{{ more_claims }}", "CellNote")),
            language,
        )
        + _list(
            "promises",
            Text("付款承诺", "Promises"),
            table(_promises(language), "x in promises", False),
            language,
        )
        + _list(
            "problems", Text("争议", "Disputes"), table(_disputes(language), "x in problems", False), language
        )
        + _list(
            "letters",
            Text("最近函件", "Last letters"),
            table(_letters(language), "x in letters", False),
            language,
        )
        + _list(
            "contacts",
            Text("最近沟通", "Last contacts"),
            table(_contacts(language), "x in contacts", False),
            language,
        )
    )


def _list(rows: str, heading: Text, body: str, language: Language) -> str:
    return when(rows, p(heading.in_(language), "Heading"), body)


def _who(language: Language) -> str:
    def said(zh: str, en: str, field: str) -> str:
        return p(f"{{% if {field} %}}{Text(zh, en).in_(language)} {{{{ {field} }}}}{{% endif %}}", "Cell")

    rows = [
        [
            said("联系人", "Contact", "to.contact"),
            said("电话", "Telephone", "to.phone"),
            said("邮箱", "E-mail", "to.email"),
        ],
        [
            said("信用等级", "Grade", "grade"),
            said("付款指数", "Paydex", "paydex"),
            said("惯常延迟（天）", "Usual delay, days", "usual_delay"),
        ],
        [
            said("授信额度 {{ base }}", "Credit limit, {{ base }}", "credit_limit"),
            said("已用额度 {{ base }}", "Exposure, {{ base }}", "exposure"),
            said("最早时效届满", "Limitation, earliest", "limitation"),
        ],
    ]
    return grid(rows, [UPRIGHT / 3] * 3, "TableItems")


def _owed(language: Language) -> list[Column]:
    return [
        cell(2.4, Text("币种", "Currency"), "o.currency", language, style="Centre"),
        money(3.4, Text("未付", "Open"), "o.open", language),
        money(3.4, Text("其中逾期", "Overdue"), "o.overdue", language),
        money(3.4, Text("其中争议", "Disputed"), "o.disputed", language),
        money(3.4, Text("未核销收款", "Received, not applied"), "o.unapplied", language),
    ]


def _claims(language: Language) -> list[Column]:
    name = "{{ c.milestone }} {{ c.name }}{% if c.instalment %} ({{ c.instalment }}){% endif %}"
    return [
        Column(5.2, Text("款项", "Item").in_(language), p(name, "Cell")),
        cell(1.5, Text("币种", "Currency"), "c.currency", language, style="Centre"),
        money(2.6, Text("未付", "Open"), "c.open", language),
        money(2.0, Text("争议", "Disputed"), "c.disputed", language),
        cell(2.1, Text("到期日", "Due"), "c.due", language, style="Centre"),
        cell(1.2, Text("逾期", "Days"), "c.days", language, style="Centre"),
        cell(1.4, Text("违约金依据", "Interest by"), "c.basis", language, style="Centre"),
    ]


def _promises(language: Language) -> list[Column]:
    return [
        cell(2.2, Text("承诺付款日", "For"), "x.day", language, style="Centre"),
        money(3.0, Text("金额", "Amount"), "x.amount", language),
        money(2.8, Text("已付", "Paid"), "x.paid", language),
        cell(2.2, Text("状态", "State"), "x.state", language, style="Centre"),
        cell(3.0, Text("节点", "Milestone"), "x.milestone", language),
        cell(2.8, Text("承诺人", "Person"), "x.person", language),
    ]


def _disputes(language: Language) -> list[Column]:
    return [
        cell(3.0, Text("节点", "Milestone"), "x.milestone", language),
        cell(3.0, Text("原因", "Reason"), "x.what", language),
        money(3.0, Text("金额", "Amount"), "x.amount", language),
        cell(2.2, Text("提出日", "Raised"), "x.since", language, style="Centre"),
        cell(2.6, Text("责任人", "Owner"), "x.owner", language),
        cell(2.2, Text("责任", "Fault"), "x.fault", language, style="Centre"),
    ]


def _letters(language: Language) -> list[Column]:
    return [
        cell(2.4, Text("寄出日", "Sent"), "x.sent", language, style="Centre"),
        cell(3.2, Text("类别", "Kind"), "x.kind", language),
        cell(1.6, Text("级别", "Level"), "x.level", language, style="Centre"),
        cell(2.4, Text("送达日", "Delivered"), "x.delivered", language, style="Centre"),
        cell(6.4, Text("送达凭证", "Proof of delivery"), "x.proof", language),
    ]


def _contacts(language: Language) -> list[Column]:
    return [
        cell(2.1, Text("日期", "Date"), "x.day", language, style="Centre"),
        cell(1.6, Text("方式", "Channel"), "x.channel", language),
        cell(2.6, Text("对方", "Person"), "x.person", language),
        cell(4.8, Text("内容", "Summary"), "x.summary", language),
        cell(3.0, Text("下一步", "Next"), "x.plan", language),
        cell(1.9, Text("下次日期", "Next date"), "x.next", language, style="Centre"),
    ]
