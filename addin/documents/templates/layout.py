"""What all letters have alike: head and foot of the page, address, tables, account, signature, reply slip, annex."""

from __future__ import annotations

from addin.documents.templates.kit import Column, figure, grid, p, row_when, table, when
from addin.model.text import Language, Text

UPRIGHT = 16.0
ACROSS = 24.7
"""Widths in cm that the margins leave of A4, upright and across."""
ANNEX = Text("对账明细", "Statement of account")
REPLY = Text("回执", "Reply slip")


def letterhead(language: Language) -> str:
    """Our name and address above the first page; of a fixed height, so that the address meets the window."""
    phone = Text("电话", "Telephone").in_(language)
    lines = [
        p("{{ firm.name }}", "Firm"),
        p("{{ firm.address }}", "FirmLine"),
        p(f"{{% if firm.phone %}}{phone} {{{{ firm.phone }}}}{{% endif %}}", "FirmLine"),
    ]
    return grid([["".join(lines)]], [UPRIGHT], "TableLined", height=2.6) + p("", "Break")


def header(subject: str) -> str:
    """Above the other pages, upright or across: whose letter, and which."""
    return p("{{ firm.name }}", "PageLine") + p(subject, "PageLine")


def footer(language: Language) -> str:
    """Below every page."""
    return p(
        Text("第 {PAGE} 页 共 {NUMPAGES} 页", "Page {PAGE} of {NUMPAGES}").in_(language), "PageLineRight"
    )


def address(language: Language, recipient: str = "") -> str:
    """The recipient where an envelope has its window; number and date of the letter at the right."""
    attention = Text("{{ to.contact }} 收", "Attn: {{ to.contact }}").in_(language)
    customer = p("**{{ to.name }}**", "Recipient") + "".join(
        when(field, p(words, "Recipient"))
        for field, words in (("to.address", "{{ to.address }}"), ("to.contact", attention))
    )
    reference = p(
        Text("编号：{{ letter_no }}", "Our reference: {{ letter_no }}").in_(language), "Reference"
    ) + p("{{ day }}", "Reference")
    return grid([[recipient or customer, reference]], [9.0, UPRIGHT - 9.0], height=3.4)


def items(language: Language) -> str:
    """What the letter asks for, line by line, with its sums."""
    return _unit(language) + table(_late_columns(language), "c in claims")


def coming(language: Language) -> str:
    """The same before the due date: no days, no interest."""
    item, amount, received, left, due, *_ = _late_columns(language)
    wide = [
        Column(5.8, item.heading, item.cell, item.total),
        *(Column(2.7, c.heading, c.cell, c.total) for c in (amount, received, left)),
        Column(2.1, due.heading, due.cell),
    ]
    return _unit(language) + table(wide, "c in claims")


def _unit(language: Language) -> str:
    return p(Text("单位：{{ unit }}", "Amounts in {{ unit }}").in_(language), "FigureNote")


def _late_columns(language: Language) -> list[Column]:
    name = "{{ c.name }}{% if c.instalment %} ({{ c.instalment }}){% endif %}"
    adjusted = Text("调整 {{ c.adjusted }}", "adjusted {{ c.adjusted }}").in_(language)
    disputed = Text("争议 {{ c.disputed }}", "disputed {{ c.disputed }}").in_(language)
    was = Text("原 {{ c.contract_due }}", "was {{ c.contract_due }}").in_(language)
    rate = Text("{{ c.basis }} {{ c.rate }}/日", "{{ c.rate }} a day").in_(language)
    basis = "" if language == "zh" else figure("{{ c.basis }}", "FigureNote")
    since = Text("自 {{ c.interest_from }}", "from {{ c.interest_from }}").in_(language)
    interest = p("{% if c.interest %}{{ c.interest }}{% else %}—{% endif %}", "Figure")
    total = Text("合计", "Total").in_(language)

    def money(heading: Text, field: str, note: str = "") -> Column:
        return Column(
            2.3,
            heading.in_(language),
            figure(f"{{{{ c.{field} }}}}") + note,
            figure(f"{{{{ figures.{field} }}}}", "TotalFigure"),
        )

    return [
        Column(
            3.6,
            Text("合同与款项", "Contract and item").in_(language),
            p("{{ c.no }}. {{ c.contract }} " + name, "Cell")
            + when("c.project", p("{{ c.project }}", "CellNote")),
            p(total, "Total"),
        ),
        money(Text("应收", "Amount"), "amount"),
        money(Text("已付", "Paid"), "received", when("c.adjusted", figure(adjusted, "FigureNote"))),
        money(Text("未付", "Open"), "open", when("c.disputed", figure(disputed, "FigureNote"))),
        Column(
            1.9,
            Text("到期日", "Due").in_(language),
            p("{{ c.due }}", "Centre") + when("c.contract_due", p(was, "CellNote")),
        ),
        Column(1.4, Text("逾期天数", "Days late").in_(language), p("{{ c.days }}", "Centre")),
        Column(
            2.2,
            Text("违约金", "Interest").in_(language),
            interest
            + when("c.rate", basis, figure(rate, "FigureNote"))
            + when("c.interest_from", figure(since, "FigureNote")),
            figure("{{ figures.interest }}", "TotalFigure"),
        ),
    ]


def sums(language: Language, ask: Text, served: bool = True) -> str:
    """Principal, interest, total in figures and words, what is disputed, and what is asked by when.

    ``served``: the reader is the debtor.
    """
    widths = [8.0, UPRIGHT - 8.0]

    def line(label: Text, *values: str, bold: bool = False) -> list[str]:
        style = ("SumTotal", "SumTotalFigure") if bold else ("Sum", "SumFigure")
        return [p(label.in_(language), style[0]), "".join(figure(value, style[1]) for value in values)]

    words = when("total_in_words", figure("{{ total_in_words }}", "SumTotalFigure"))
    asked = when("disputed and asked_in_words", figure("{{ asked_in_words }}", "SumTotalFigure"))
    total = line(Text("应付总额", "Total owed"), "{{ total }}", bold=True)
    payable = line(ask, "{{ asked }}", bold=True)
    by_you = Text("其中贵方提出异议的部分", "Of which disputed by you")
    by_debtor = Text("其中债务人提出异议的部分", "Of which disputed by the debtor")
    rows = [
        line(Text("未付款项", "Open amount"), "{{ open }}"),
        row_when(
            "interest",
            line(
                Text("违约金（逾期利息），计至{{ day }}", "Interest for late payment, up to {{ day }}"),
                "{{ interest }}",
            ),
            widths,
        ),
        [total[0], total[1] + words],
        row_when(
            "disputed",
            line(by_you if served else by_debtor, "{{ disputed }}"),
            widths,
        ),
        [payable[0], payable[1] + asked],
    ]
    return p("", "Small") + grid(rows, widths, "TableItems") + p("", "Small")


def account(language: Language) -> str:
    """Where to pay."""
    labels = Text("户名 开户行 账号 付款附言", "Payee Bank Account Reference").in_(language).split()
    values = ["{{ firm.name }}", "{{ firm.bank }}", "{{ firm.account }}", "{{ letter_no }}"]
    rows = [[p(label, "Cell"), p(value, "Total")] for label, value in zip(labels, values, strict=True)]
    return grid(rows, [3.0, UPRIGHT - 3.0], "TableItems") + p("", "Small")


def parties(language: Language, served: bool = True) -> str:
    """Full names, codes and addresses of both; ``served``: the reader is the debtor."""
    labels = (
        Text("名称 统一社会信用代码 地址 电话", "Name Registration Address Telephone").in_(language).split()
    )
    reader = Text("债权人（我方）|债务人（贵方）", "Creditor (we)|Debtor (you)")
    others = Text("债权人（我方）|债务人（对方）", "Creditor (we)|Debtor")
    creditor, debtor = (reader if served else others).in_(language).split("|")
    fields = ("name", "uscc", "address", "phone")
    rows = [[p("", "Cell"), p(creditor, "Total"), p(debtor, "Total")]] + [
        [p(label, "Cell"), p(f"{{{{ firm.{field} }}}}", "Cell"), p(f"{{{{ to.{field} }}}}", "Cell")]
        for label, field in zip(labels, fields, strict=True)
    ]
    return grid(rows, [3.4, 6.3, 6.3], "TableItems")


def signature(language: Language) -> str:
    """Place for the seal, who signs, and the day."""
    seal = Text("（盖章）", "(seal)").in_(language)
    signed = Text("授权签字人：{{ firm.signatory }}", "Signed for us by: {{ firm.signatory }}").in_(language)
    return (
        p("", "Sign")
        + p(f"{{{{ firm.name }}}} {seal}", "Sign")
        + when("firm.signatory", p(signed, "Sign"))
        + p("{{ day }}", "Reference")
    )


def reply_slip(language: Language) -> str:
    """A page for the customer to sign and send back: receipt, acknowledgement, or what is disputed."""
    lines = Text(
        "致：{{ firm.name }}|我方已收到贵方{{ day }}第 {{ letter_no }} 号函及所附对账明细。|"
        "□ 经核对，截至{{ day }}我方尚欠贵方来函所列款项本金{{ open }}"
        "{% if interest %}、违约金{{ interest }}{% endif %}，将于 ______ 年 ____ 月 ____ 日前付清。|"
        "□ 我方对下列款项有异议（请写明合同、款项、金额和理由）：|"
        "________________________________________________________________|"
        "________________________________________________________________|"
        "□ 其余无异议部分，将于 ______ 年 ____ 月 ____ 日前付清。",
        "To: {{ firm.name }}|We have received your letter {{ letter_no }} of {{ day }} with its statement of account.|"
        "□ We have checked it: on {{ day }} we owed you {{ open }} of principal"
        "{% if interest %} and {{ interest }} of interest{% endif %} under your letter, "
        "which we will pay by ____________________.|"
        "□ We dispute the following (contract, item, amount and reason):|"
        "________________________________________________________________|"
        "________________________________________________________________|"
        "□ The remainder, which we do not dispute, we will pay by ____________________.",
    ).in_(language)
    signed = Text(
        "{{ to.name }} （盖章）|经办人：______________  电话：______________|______ 年 ____ 月 ____ 日",
        "{{ to.name }} (seal)|Name: ____________________  Telephone: ______________|Date: ____________________",
    ).in_(language)
    return (
        p(REPLY.in_(language), "AnnexPage")
        + "".join(p(line, "Plain") for line in lines.split("|"))
        + p("", "Sign")
        + "".join(p(line, "Sign") for line in signed.split("|"))
    )


def annex(language: Language) -> str:
    """The statement: everything open of the customer in the letter's currency, overdue or not, principal only."""
    note = Text(
        "截至{{ day }}，单位：{{ unit }}。本表只列款项本金；违约金和逾期利息不在表内，我方保留主张的权利。",
        "As at {{ day }}, amounts in {{ unit }}. Principal only: interest for late payment is not part of this "
        "table and remains reserved.",
    ).in_(language)
    late = Text(
        "其中已逾期：{{ statement_figures.overdue }}", "Of which overdue: {{ statement_figures.overdue }}"
    )
    return (
        p(Text("附件：", "Annex: ").in_(language) + ANNEX.in_(language), "Annex")
        + p("{{ to.name }} ({{ to.id }})", "Small")
        + p(note, "Small")
        + table(_statement_columns(language), "c in statement")
        + p("", "Small")
        + p(late.in_(language), "Small")
    )


def _statement_columns(language: Language) -> list[Column]:
    def money(width: float, heading: Text, field: str) -> Column:
        return Column(
            width,
            heading.in_(language),
            figure(f"{{{{ c.{field} }}}}"),
            figure(f"{{{{ statement_figures.{field} }}}}", "TotalFigure"),
        )

    was = Text("原 {{ c.contract_due }}", "was {{ c.contract_due }}").in_(language)
    name = "{{ c.name }}{% if c.instalment %} ({{ c.instalment }}){% endif %}"
    return [
        Column(0.9, Text("序号", "No").in_(language), p("{{ c.no }}", "Centre")),
        Column(
            4.05,
            Text("合同", "Contract").in_(language),
            p("{{ c.contract }} {{ c.project }}", "Cell"),
            p(Text("合计", "Total").in_(language), "Total"),
        ),
        Column(2.35, Text("款项", "Item").in_(language), p(name, "Cell")),
        money(2.35, Text("应收", "Amount"), "amount"),
        money(2.35, Text("已付", "Paid"), "received"),
        money(1.9, Text("调整", "Adjusted"), "adjusted"),
        money(2.35, Text("未付", "Open"), "open"),
        money(1.9, Text("争议", "Disputed"), "disputed"),
        Column(
            1.9,
            Text("到期日", "Due").in_(language),
            p("{{ c.due }}", "Centre") + when("c.contract_due", p(was, "CellNote")),
        ),
        Column(1.4, Text("逾期天数", "Days late").in_(language), p("{{ c.days }}", "Centre")),
        Column(3.2, Text("发票", "Invoices").in_(language), p("{{ c.invoices }}", "Cell")),
    ]
