"""往来对账函: what our books say, for the customer to confirm on the reply slip."""

from __future__ import annotations

from addin.documents.templates.kit import Column, Document, Section, figure, grid, p, row_when, table, when
from addin.documents.templates.layout import ACROSS, UPRIGHT, address, signature
from addin.documents.templates.reports.parts import cell, document, in_unit, money, number
from addin.model.text import Language, Text

TITLE = Text("往来对账函", "Statement of account")
_RESERVED = Text(
    "应贵公司要求，另列上述未付款项截至 {{ day }} 的逾期付款违约金 {{ interest }}（依据与利率见明细）。该数额随逾期天数"
    "继续增加，以实际付清之日计算的为准；已付清的款项此前逾期所生的违约金不在其内。列示该数额不影响我公司就违约金"
    "和其他损失享有的权利。",
    "As you asked, interest for late payment on these open items comes to {{ interest }} up to {{ day }} (basis and "
    "rates are in the details). It goes on accruing, and what counts is the sum on the day of payment; interest on "
    "items that were paid late and are settled is not part of it. Stating it here leaves our rights to interest and "
    "other losses as they are.",
)


def statement(language: Language) -> Document:
    """Letter, details across, reply slip."""
    return document(
        language,
        TITLE,
        (
            Section(_letter(language), letterhead=True),
            Section(_details(language), across=True),
            Section(_reply(language)),
        ),
    )


def _letter(language: Language) -> str:
    opening = Text(
        "为核对双方往来账项，现将截至 {{ day }} 我公司账面所列应收贵公司款项告知如下，请与贵公司账面核对。",
        "So that our books agree, here is what they show as receivable from you on {{ day }}. "
        "Please compare it with yours.",
    )
    ask = Text(
        "请于 {{ reply_by }} 前在所附回执上注明相符或不符，加盖公章后寄回或以电子邮件发回我公司。"
        "账目不符的，请列明差异及理由。",
        "Please mark the reply slip as correct or not by {{ reply_by }}, seal or sign it, and send it back by post or "
        "e-mail. Where the figures differ, name the difference and the reason.",
    )
    aside = Text(
        "本函核对的是款项本金；双方依合同和法律享有的其他权利义务不受影响。",
        "This statement reconciles principal; all other rights and duties under contract and law stand as they are.",
    )
    return (
        address(language)
        + p(TITLE.in_(language), "Kind")
        + p(opening.in_(language))
        + in_unit(language)
        + table(_deals(language), "d in deals")
        + p("", "Small")
        + _sums(language)
        + when("interest", p(_RESERVED.in_(language)))
        + p(ask.in_(language))
        + when("not interest", p(aside.in_(language)))
        + signature(language)
    )


def _deals(language: Language) -> list[Column]:
    total = Text("合计", "Total").in_(language)
    pending = Text("未到付款条件 {{ d.pending }}", "not yet due by contract {{ d.pending }}").in_(language)
    disputed = Text("其中争议 {{ d.disputed }}", "disputed {{ d.disputed }}").in_(language)
    adjusted = Text("调整 {{ d.adjusted }}", "adjusted {{ d.adjusted }}").in_(language)
    return [
        Column(
            3.8,
            Text("合同", "Contract").in_(language),
            p("{{ d.contract }} {{ d.project }}", "Cell") + when("d.pending", p(pending, "CellNote")),
            p(total, "Total"),
        ),
        money(2.5, Text("合同金额", "Contract sum"), "d.in_force", language, "deal_sums.in_force"),
        money(2.4, Text("已开票", "Invoiced"), "d.invoiced", language, "deal_sums.invoiced"),
        Column(
            2.5,
            Text("已付款", "Paid").in_(language),
            figure("{{ d.received }}") + when("d.adjusted", figure(adjusted, "FigureNote")),
            figure("{{ deal_sums.received }}", "TotalFigure"),
        ),
        Column(
            2.5,
            Text("应付未付", "Open").in_(language),
            figure("{{ d.open }}") + when("d.disputed", figure(disputed, "FigureNote")),
            figure("{{ deal_sums.open }}", "TotalFigure"),
        ),
        money(2.3, Text("其中已到期", "Of which overdue"), "d.overdue", language, "deal_sums.overdue"),
    ]


def _sums(language: Language) -> str:
    widths = [6.0, UPRIGHT - 6.0]

    def line(label: Text, *values: str, style: str = "Figure") -> list[str]:
        words = p(label.in_(language), "Total" if style == "TotalFigure" else "Cell")
        return [words, "".join(figure(value, style) for value in values)]

    open_words = when("not unapplied and open_in_words", figure("{{ open_in_words }}", "TotalFigure"))
    net_words = when("net_in_words", figure("{{ net_in_words }}", "TotalFigure"))
    owed = line(Text("应付未付款项", "Open amount"), "{{ open }}", style="TotalFigure")
    net = line(Text("减去后的余额", "Balance"), "{{ net }}", style="TotalFigure")
    rows = [
        [owed[0], owed[1] + open_words],
        row_when(
            "unapplied",
            line(
                Text("减：已收到、尚未对应款项的金额", "Less: received and not yet applied"),
                "{{ unapplied }}",
            ),
            widths,
        ),
        row_when("unapplied", [net[0], net[1] + net_words], widths),
    ]
    return grid(rows, widths, "TableItems") + p("", "Small")


def _details(language: Language) -> str:
    title = Text("附件一：未付款项明细", "Annex 1: what is open").in_(language)
    paid = Text("附件二：付款明细", "Annex 2: payments received").in_(language)
    as_at = Text("截至 {{ day }}，单位：{{ unit }}", "As at {{ day }}, amounts in {{ unit }}").in_(language)
    none = Text("没有未付款项。", "Nothing is open.").in_(language)
    return (
        p(title, "Annex")
        + p(as_at, "Small")
        + when("claims and not with_interest", table(_claims(language, False), "c in claims"))
        + when("claims and with_interest", table(_claims(language, True), "c in claims"))
        + when("not claims", p(none, "Plain"))
        + when("receipts", p("", "Small"), p(paid, "Annex"), table(_receipts(language), "r in receipts"))
    )


def _claims(language: Language, interest: bool) -> list[Column]:
    was = Text("原 {{ c.contract_due }}", "was {{ c.contract_due }}").in_(language)
    name = "{{ c.name }}{% if c.instalment %} ({{ c.instalment }}){% endif %}"
    columns = [
        number(0.9, "c", language),
        Column(
            5.0,
            Text("合同", "Contract").in_(language),
            p("{{ c.contract }} {{ c.project }}", "Cell"),
            p(Text("合计", "Total").in_(language), "Total"),
        ),
        Column(3.0, Text("款项", "Item").in_(language), p(name, "Cell")),
        money(2.5, Text("应收", "Amount"), "c.amount", language, "claim_sums.amount"),
        money(2.5, Text("已付", "Paid"), "c.received", language, "claim_sums.received"),
        money(2.5, Text("未付", "Open"), "c.open", language, "claim_sums.open"),
        money(2.0, Text("争议", "Disputed"), "c.disputed", language, "claim_sums.disputed"),
        Column(
            2.0,
            Text("到期日", "Due").in_(language),
            p("{{ c.due }}", "Centre") + when("c.contract_due", p(was, "CellNote")),
        ),
        cell(1.3, Text("逾期天数", "Days late"), "c.days", language, style="Centre"),
    ]
    if interest:
        rate = Text("{{ c.basis }} 日 {{ c.rate }}", "{{ c.basis }} {{ c.rate }} a day").in_(language)
        words = Text("违约金", "Interest").in_(language)
        bears = figure("{{ c.interest }}") + when("c.rate", figure(rate, "FigureNote"))
        return [*columns, Column(3.0, words, bears, figure("{{ claim_sums.interest }}", "TotalFigure"))]
    return [*columns, cell(3.0, Text("发票", "Invoices"), "c.invoices", language)]


def _receipts(language: Language) -> list[Column]:
    return [
        number(0.9, "r", language),
        cell(2.3, Text("日期", "Date"), "r.day", language, style="Centre"),
        cell(5.5, Text("付款户名", "Payer"), "r.payer", language, Text("合计", "Total").in_(language)),
        cell(2.4, Text("方式", "Method"), "r.method", language),
        money(2.8, Text("金额", "Amount"), "r.amount", language, "receipt_sums.amount"),
        money(
            2.8, Text("其中付上列合同", "Of which these contracts"), "r.paid", language, "receipt_sums.paid"
        ),
        cell(3.6, Text("流水号", "Bank reference"), "r.reference", language),
        cell(ACROSS - 20.3, Text("摘要", "Memo"), "r.memo", language),
    ]


def _reply(language: Language) -> str:
    lines = Text(
        "致：{{ firm.name }}|贵公司 {{ day }} 第 {{ letter_no }} 号往来对账函收悉。|"
        "□ 经核对，所列信息相符：截至 {{ day }}，我公司应付贵公司 {{ open }}"
        "{% if open_in_words %}（{{ open_in_words }}）{% endif %}"
        "{% if unapplied %}，另有已付、尚未对应款项的 {{ unapplied }}，减去后的余额为 {{ net }}{% endif %}。|"
        "□ 所列信息不符，差异及理由如下：",
        "To: {{ firm.name }}|We have received your statement {{ letter_no }} of {{ day }}.|"
        "□ It agrees with our books: on {{ day }} we owed you {{ open }}"
        "{% if unapplied %}, less {{ unapplied }} paid and not yet applied: a balance of {{ net }}{% endif %}.|"
        "□ It does not agree with our books. The differences and their reasons:",
    ).in_(language)
    headings = Text(
        "合同 款项 贵公司账面 我公司账面 差异 理由", "Contract Item Yours Ours Difference Reason"
    ).in_(language)
    widths = [2.8, 2.6, 2.6, 2.6, 2.2, UPRIGHT - 12.8]
    head = [p(word, "CellHead") for word in headings.split()]
    empty = [p("", "Cell")] * len(widths)
    signed = Text(
        "{{ to.name }}（公章）|经办人：______________  电话：______________|______ 年 ____ 月 ____ 日",
        "{{ to.name }} (seal or signature)|Name: ____________________  Telephone: ______________|Date: ______________",
    ).in_(language)
    return (
        p(Text("对账回执", "Reply slip").in_(language), "Kind")
        + "".join(p(line, "Plain") for line in lines.split("|"))
        + grid([head], widths, "TableBox")
        + grid([empty] * 5, widths, "TableBox", height=0.9)
        + p("", "Sign")
        + "".join(p(line, "Sign") for line in signed.split("|"))
    )
