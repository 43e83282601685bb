"""证据目录与说明: the document at the head of an evidence pack. Every table says from which sheet its rows are."""

from __future__ import annotations

from collections.abc import Sequence

from addin.documents.templates.kit import Column, Document, Section, each, grid, p, table, when
from addin.documents.templates.layout import ACROSS
from addin.documents.templates.reports.parts import (
    cell,
    document,
    facts,
    in_unit,
    money,
    number,
    unless_empty,
)
from addin.model.text import Language, Text

TITLE = Text("证据目录与说明", "Evidence: contents and statement of facts")
_NONE = Text("台账中没有记录。", "Nothing on record.")


def evidence(language: Language) -> Document:
    """Contents and contracts upright, everything that is wide across."""
    return document(
        language,
        TITLE,
        (
            Section(_contents(language), letterhead=True),
            Section(
                _proof(language) + _timeline(language) + _interest(language) + _limitation(language),
                across=True,
            ),
        ),
    )


def _contents(language: Language) -> str:
    opening = Text(
        "本材料由工作簿 {{ book }} 按截至 {{ day }} 的记录生成，列示债权、履行、催收和付款的事实及其凭证。"
        "随附文件的 SHA-256 校验值见 manifest.sha256。",
        "Made from what the workbook {{ book }} records up to {{ day }}: the claims, what was performed, demanded and "
        "paid, and what proves it. The SHA-256 of every file of this pack is in manifest.sha256.",
    )
    missing = Text(
        "有 {{ missing_count }} 份文件在工作簿旁未找到（见下表“缺少”一栏），提交前请补齐。",
        "{{ missing_count }} documents were not found beside the workbook (column Missing below); add them before "
        "filing.",
    )
    sum_of_book = Text("工作簿 SHA-256：{{ book_sha256 }}", "SHA-256 of the workbook: {{ book_sha256 }}")
    parties = [
        [
            p("", "Cell"),
            p(Text("债权人", "Creditor").in_(language), "Total"),
            p(Text("债务人", "Debtor").in_(language), "Total"),
        ],
        *(
            [
                p(label.in_(language), "Cell"),
                p(f"{{{{ firm.{ours} }}}}", "Cell"),
                p(f"{{{{ to.{theirs} }}}}", "Cell"),
            ]
            for label, ours, theirs in (
                (Text("名称", "Name"), "name", "name"),
                (Text("统一社会信用代码", "Registration"), "uscc", "uscc"),
                (Text("地址（送达）", "Address for service"), "address", "address"),
                (Text("电话", "Telephone"), "phone", "phone"),
            )
        ),
    ]
    return (
        p(TITLE.in_(language), "Kind")
        + p(opening.in_(language))
        + when("missing_count", p(f"**{missing.in_(language)}**", "Plain"))
        + p(Text("当事人", "Parties").in_(language), "Heading")
        + grid(parties, [3.4, 6.3, 6.3], "TableItems")
        + each("d in deals", _deal(language))
        + p(Text("证据清单", "Documents").in_(language), "Heading")
        + table(_papers(language), "x in papers", False)
        + when("book_sha256", p(sum_of_book.in_(language), "CellNote"))
    )


def _papers(language: Language) -> list[Column]:
    return [
        number(0.9, "x", language),
        cell(2.6, Text("文件", "Document"), "x.what", language),
        cell(3.4, Text("编号", "ID"), "x.id", language),
        cell(3.6, Text("台账所列", "As the ledger names it"), "x.named", language),
        cell(3.3, Text("本包内路径", "In this pack"), "x.file", language),
        cell(2.2, Text("缺少", "Missing"), "x.missing", language),
    ]


def _deal(language: Language) -> str:
    rows = (
        (Text("项目", "Project"), "d.project"),
        (Text("类型", "Kind"), "d.kind"),
        (Text("签订日", "Signed"), "d.signed"),
        (Text("合同金额", "Contract sum"), "d.amount"),
        (Text("现行金额", "Sum in force"), "d.in_force"),
        (Text("付款条款", "Payment clause"), "d.clause"),
        (Text("验收期限（天）", "Inspection, days"), "d.inspection_days"),
        (Text("违约金日利率", "Late rate a day"), "d.late_rate"),
        (Text("违约金上限", "Cap of late interest"), "d.late_cap"),
        (Text("争议解决", "Forum"), "d.forum"),
        (Text("担保", "Security"), "d.security"),
        (Text("竣工/终验日", "Completed"), "d.completed"),
        (Text("结算确认日", "Settled"), "d.settled_on"),
        (Text("已开票", "Invoiced"), "d.invoiced"),
        (Text("已付款", "Paid"), "d.received"),
        (Text("未付本金", "Principal open"), "d.open"),
        (Text("其中逾期", "Of which overdue"), "d.overdue"),
        (Text("其中争议", "Of which disputed"), "d.disputed"),
        (Text("诉讼时效届满日", "Limitation ends"), "d.limitation"),
    )
    return p(Text("合同 {{ d.id }}", "Contract {{ d.id }}").in_(language), "Heading") + facts(language, rows)


def _proof(language: Language) -> str:
    total = Text("合计", "Total").in_(language)
    stages = [
        cell(2.7, Text("节点编号", "Milestone ID"), "s.id", language, total),
        cell(2.2, Text("款项", "Item"), "s.name", language),
        cell(1.9, Text("付款条件", "Falls due on"), "s.trigger", language),
        cell(2.0, Text("报验日", "Submitted"), "s.submitted", language, style="Centre"),
        cell(2.0, Text("达成日", "Reached"), "s.triggered", language, style="Centre"),
        cell(1.8, Text("验收人", "Accepted by"), "s.accepted_by", language),
        cell(3.0, Text("凭证", "Evidence"), "s.evidence", language),
        cell(1.9, Text("到期日", "Due"), "s.due", language, style="Centre"),
        money(2.4, Text("金额", "Amount"), "s.amount", language, "d.stage_sums.amount"),
        money(2.4, Text("已付", "Paid"), "s.received", language, "d.stage_sums.received"),
        money(ACROSS - 22.3, Text("未付", "Open"), "s.open", language, "d.stage_sums.open"),
    ]
    return (
        p(Text("一、履行与验收", "1. Performance and acceptance").in_(language), "Annex")
        + each(
            "d in deals",
            p("{{ d.id }} {{ d.project }}", "Heading"),
            in_unit(language, "d.unit"),
            table(stages, "s in d.stages"),
        )
        + _listed("invoices", Text("二、发票", "2. Invoices"), _invoices(language), language)
        + _listed("receipts", Text("三、付款", "3. Payments"), _receipts(language), language)
        + _listed(
            "letters", Text("四、函件与送达", "4. Letters and their delivery"), _letters(language), language
        )
        + _listed("contacts", Text("五、沟通记录", "5. Contacts"), _contacts(language), language)
        + _listed("cases", Text("六、法律程序", "6. Proceedings"), _cases(language), language)
    )


def _listed(rows: str, heading: Text, columns: list[Column], language: Language) -> str:
    """Rows of a sheet under their heading, or that there are none."""
    return unless_empty(rows, heading, table(columns, f"x in {rows}", False), language, _NONE)


def _invoices(language: Language) -> list[Column]:
    return [
        number(1.2, "x", language),
        cell(6.5, Text("发票号", "Invoice"), "x.number", language),
        cell(5.0, Text("合同", "Contract"), "x.contract", language),
        cell(3.5, Text("开票日", "Issued"), "x.issued", language, style="Centre"),
        money(5.0, Text("金额", "Amount"), "x.amount", language),
        cell(ACROSS - 21.2, Text("签收日", "Signed for"), "x.signed", language, style="Centre"),
    ]


def _receipts(language: Language) -> list[Column]:
    return [
        number(1.0, "x", language),
        cell(2.6, Text("编号", "ID"), "x.id", language),
        cell(2.1, Text("日期", "Date"), "x.day", language, style="Centre"),
        cell(5.0, Text("付款户名", "Payer"), "x.payer", language),
        money(2.7, Text("金额", "Amount"), "x.amount", language),
        money(2.7, Text("付本合同", "Of which this contract"), "x.paid", language),
        cell(2.0, Text("方式", "Method"), "x.method", language),
        cell(3.2, Text("流水号", "Bank reference"), "x.reference", language),
        cell(ACROSS - 21.3, Text("摘要", "Memo"), "x.memo", language),
    ]


def _letters(language: Language) -> list[Column]:
    return [
        cell(2.4, Text("编号", "ID"), "x.id", language),
        cell(2.2, Text("类别", "Kind"), "x.kind", language),
        cell(1.2, Text("级别", "Level"), "x.level", language, style="Centre"),
        cell(2.0, Text("寄出日", "Sent"), "x.sent", language, style="Centre"),
        cell(1.6, Text("渠道", "By"), "x.channel", language),
        cell(2.0, Text("送达日", "Delivered"), "x.delivered", language, style="Centre"),
        cell(4.2, Text("送达凭证", "Proof of delivery"), "x.proof", language),
        cell(2.0, Text("回复日", "Reply"), "x.reply", language, style="Centre"),
        money(2.6, Text("确认金额", "Confirmed"), "x.confirmed", language),
        cell(ACROSS - 20.2, Text("所涉节点", "Milestones"), "x.milestones", language),
    ]


def _contacts(language: Language) -> list[Column]:
    return [
        cell(2.3, Text("编号", "ID"), "x.id", language),
        cell(2.0, Text("日期", "Date"), "x.day", language, style="Centre"),
        cell(1.6, Text("方式", "Channel"), "x.channel", language),
        cell(2.6, Text("对方", "Person"), "x.person", language),
        cell(2.0, Text("我方", "By"), "x.by", language),
        cell(6.6, Text("内容", "Summary"), "x.summary", language),
        cell(3.4, Text("付款计划", "Plan"), "x.plan", language),
        cell(ACROSS - 20.5, Text("送达凭证", "Proof"), "x.proof", language),
    ]


def _cases(language: Language) -> list[Column]:
    return [
        cell(3.0, Text("编号", "ID"), "x.id", language),
        cell(6.0, Text("步骤", "Step"), "x.step", language),
        cell(2.6, Text("期限", "Deadline"), "x.deadline", language, style="Centre"),
        cell(2.6, Text("完成日", "Done"), "x.done", language, style="Centre"),
        cell(5.5, Text("案号", "Case no."), "x.case", language),
        cell(ACROSS - 19.7, Text("法院", "Court"), "x.court", language),
    ]


def _timeline(language: Language) -> str:
    columns = [
        number(1.0, "x", language),
        cell(2.1, Text("日期", "Date"), "x.day", language, style="Centre"),
        cell(4.0, Text("事实", "What happened"), "x.what", language),
        cell(7.4, Text("内容", "Details"), "x.details", language),
        money(3.0, Text("金额", "Amount"), "x.amount", language),
        cell(2.7, Text("合同", "Contract"), "x.contract", language),
        cell(ACROSS - 20.2, Text("台账来源", "Row of the ledger"), "x.source", language),
    ]
    return p(Text("七、时间线", "7. Timeline").in_(language), "AnnexPage") + table(
        columns, "x in timeline", False
    )


def _interest(language: Language) -> str:
    both = Text(
        "按合同或法规所定利率计至 {{ day }}（含当日），自到期日次日起算，付款当日仍按付款前本金计。"
        "A 为先本金后违约金（账面口径），B 为《民法典》第五百六十一条的顺序（先利息、后本金）；"
        "实现债权的费用不在台账内，未计入。主张哪一种由经办律师决定。",
        "By the rate of the contract or the regulation, from the day after the due date up to and including {{ day }}; "
        "the day of a payment still counts in full. A lets payments meet the principal first, as the books do; B is "
        "the order of art. 561 Civil Code, interest before principal. Costs of enforcement are not in the ledger. "
        "Which of the two is claimed is for counsel to decide.",
    )
    none = Text(
        "合同没有约定逾期利率，也没有适用的法定利率，未计算违约金；可依法主张逾期付款损失。",
        "The contract names no rate and no statutory one applies, so no interest is reckoned; losses may be claimed by "
        "law.",
    )
    return (
        p(Text("八、违约金（两种抵充顺序）", "8. Interest, by both orders").in_(language), "AnnexPage")
        + when("reckoned", p(both.in_(language), "Plain"), table(_items(language), "r in reckoned", False))
        + when("reckoned", p("", "Small"), table(_sums(language), "z in reckoned_sums", False))
        + when("not reckoned", p(none.in_(language), "Plain"))
        + each(
            "r in reckoned",
            p("{{ r.no }}. {{ r.milestone }}", "Heading"),
            p(Text("A 先本金", "A: principal first").in_(language), "Small"),
            table(_stretches(language), "b in r.books", False),
            p(Text("B 民法典第五百六十一条", "B: art. 561 Civil Code").in_(language), "Small"),
            table(_stretches(language), "b in r.article", False),
        )
    )


def _items(language: Language) -> list[Column]:
    return [
        number(0.8, "r", language),
        cell(3.3, Text("款项", "Item"), "r.milestone", language),
        money(2.3, Text("金额", "Amount"), "r.amount", language),
        cell(1.9, Text("到期日", "Due"), "r.due", language, style="Centre"),
        Column(
            1.8,
            Text("日利率", "Rate a day").in_(language),
            p("{{ r.rate }}", "Centre") + when("r.cap", p("≤ {{ r.cap }}", "CellNote")),
        ),
        cell(1.3, Text("依据", "Basis"), "r.basis", language, style="Centre"),
        *_both_orders("r", (2.3, 2.1, 2.3, 2.3, 2.1, ACROSS - 22.5), language),
    ]


def _sums(language: Language) -> list[Column]:
    return [
        cell(2.7, Text("合计", "Total"), "z.currency", language, style="Total"),
        *_both_orders("z", [(ACROSS - 2.7) / 6] * 6, language),
    ]


def _both_orders(row: str, widths: Sequence[float], language: Language) -> list[Column]:
    """Principal, interest and total, principal first (A) and by art. 561 (B)."""
    fields = ("principal", "interest", "total", "principal_561", "interest_561", "total_561")
    zh, en = ("本金", "违约金", "合计"), ("principal", "interest", "total")
    headings = [Text(f"{side} {zh[at]}", f"{side} {en[at]}") for side in "AB" for at in range(3)]
    return [
        money(width, heading, f"{row}.{field}", language)
        for width, heading, field in zip(widths, headings, fields, strict=True)
    ]


def _stretches(language: Language) -> list[Column]:
    return [
        cell(2.4, Text("起", "From"), "b.first", language, style="Centre"),
        cell(2.4, Text("止", "To"), "b.last", language, style="Centre"),
        cell(1.5, Text("天数", "Days"), "b.days", language, style="Centre"),
        money(3.4, Text("本金", "Principal"), "b.principal", language),
        money(3.0, Text("违约金", "Interest"), "b.interest", language),
        money(3.0, Text("止日付款", "Paid on the last day"), "b.paid", language),
        money(3.0, Text("抵违约金", "To interest"), "b.to_interest", language),
        money(3.0, Text("抵本金", "To principal"), "b.to_principal", language),
        money(ACROSS - 21.7, Text("其他变动", "Other changes"), "b.other", language),
    ]


def _limitation(language: Language) -> str:
    note = Text(
        "三年，自最后一期到期日起算（民法典第一百八十八条、第一百八十九条）；届满前每次中断重新起算（第一百九十五条）。"
        "各节点的期间另行列出，较早的日期更稳妥。",
        "Three years from the last instalment's due date (Civil Code 188, 189), anew from each interruption before it "
        "is over (195). The milestones' own periods are listed as well; the earlier day is the safe one.",
    )
    breaks = [
        cell(3.0, Text("中断日", "Interrupted on"), "b.day", language, style="Centre"),
        cell(8.0, Text("事由", "By what"), "b.what", language),
        cell(5.0, Text("台账编号", "Row"), "b.id", language),
        cell(ACROSS - 16.0, Text("新的届满日", "New last day"), "b.ends", language),
    ]
    line = Text(
        "{% if d.milestone %}节点 {{ d.milestone }}{% else %}合同 {{ d.contract }}{% endif %}：到期日 {{ d.due }}，"
        "届满日 {{ d.ends }}",
        "{% if d.milestone %}Milestone {{ d.milestone }}{% else %}Contract {{ d.contract }}{% endif %}: "
        "due {{ d.due }}, ends {{ d.ends }}",
    )
    return (
        p(Text("九、诉讼时效", "9. Limitation").in_(language), "AnnexPage")
        + p(note.in_(language), "Plain")
        + each(
            "d in periods",
            p(line.in_(language), "Heading"),
            when("d.breaks", table(breaks, "b in d.breaks", False)),
        )
    )
