"""FIELDS.md beside the templates: what staff may write into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from addin.model.text import Text

_CLAIM: Final = {
    "no": Text("行号", "number of the row"),
    "contract": Text("合同编号", "contract id"),
    "project": Text("项目", "project"),
    "milestone": Text("节点编号", "milestone id"),
    "name": Text("款项名称", "name of the item"),
    "instalment": Text("分期", "instalment of a plan"),
    "amount": Text("应收", "amount"),
    "received": Text("已付", "paid"),
    "adjusted": Text("调整，没有则空", "adjusted, empty if none"),
    "open": Text("未付", "open"),
    "disputed": Text("其中争议，没有则空", "of which disputed, empty if none"),
    "asked": Text("未付减争议", "open less disputed"),
    "due": Text("到期日", "due date in force"),
    "contract_due": Text(
        "合同到期日，与到期日相同则空", "the contract's due date, empty where it is the same"
    ),
    "days": Text("逾期天数，未逾期则空", "days overdue, empty if not overdue"),
    "interest": Text("违约金，无依据则空", "interest, empty without a basis"),
    "interest_from": Text(
        "违约金起算日，为到期日次日的则空",
        "first day of the interest, empty where it is the day after the due date",
    ),
    "basis": Text("违约金依据", "basis of the interest"),
    "rate": Text("日利率", "rate a day"),
    "clause": Text("付款条款", "payment clause"),
    "invoices": Text("发票号", "invoice numbers"),
}
_SUMS: Final = {
    "amount": Text("应收合计", "sum of amounts"),
    "received": Text("已付合计", "sum paid"),
    "adjusted": Text("调整合计", "sum adjusted"),
    "open": Text("未付合计", "sum open"),
    "disputed": Text("争议合计", "sum disputed"),
    "overdue": Text("逾期合计", "sum overdue"),
    "interest": Text("违约金合计", "sum of interest"),
}
FIELDS: Final[dict[str, dict[str, Text]]] = {
    "": {
        "letter_no": Text("函件编号", "number of the letter"),
        "day": Text("函件日期，也是计算截止日", "day of the letter and cut-off of its figures"),
        "pay_by": Text("付款期限", "last day for payment"),
        "level": Text("催款级别", "level"),
        "currency": Text("币种代码", "currency code"),
        "unit": Text("单位", "unit of the tables"),
        "contracts_in_short": Text("合同（多于两份时写“等 n 份”）", "contracts; more than two are counted"),
        "claim_count": Text("款项数", "number of items"),
        "open": Text("未付款项，带币种", "open amount with currency"),
        "interest": Text("违约金合计，带币种；没有则空", "interest with currency, empty if none"),
        "total": Text("应付总额 = 未付 + 违约金", "total owed = open + interest"),
        "total_in_words": Text("应付总额大写（人民币）", "total in Chinese capitals (CNY only)"),
        "disputed": Text("其中争议，没有则空", "of which disputed, empty if none"),
        "asked": Text("现应付 = 总额 − 争议", "to be paid now = total less disputed"),
        "asked_in_words": Text("现应付大写（人民币）", "the same in Chinese capitals (CNY only)"),
        "first_due": Text("最早到期日", "earliest due date"),
        "days_overdue": Text("最长逾期天数", "longest delay in days"),
        "interrupts": Text(
            "可否写明本函中断诉讼时效：有款项时效已届满的为假（真/假）",
            "whether the letter may say that it interrupts limitation: false where the period of an item is over "
            "(true or false)",
        ),
        "after_sale": Text(
            "是否附售后服务一段（真/假）", "whether the after-sale paragraph stands (true or false)"
        ),
    },
    "firm": {
        "name": Text("我方名称", "our name"),
        "uscc": Text("统一社会信用代码", "registration"),
        "address": Text("地址", "address"),
        "phone": Text("电话", "telephone"),
        "bank": Text("开户行", "bank"),
        "account": Text("账号", "account"),
        "signatory": Text("授权签字人", "who signs"),
    },
    "to": {
        "id": Text("客户编号", "customer id"),
        "name": Text("客户名称", "name"),
        "uscc": Text("统一社会信用代码", "registration"),
        "contact": Text("联系人", "contact"),
        "phone": Text("电话", "telephone"),
        "email": Text("邮箱", "e-mail"),
        "address": Text("送达地址", "address for service"),
    },
    "figures": _SUMS | {"total": Text("应付总额", "total owed")},
    "claims[]": _CLAIM,
    "contracts[]": {
        "no": Text("行号", "number of the row"),
        "contract": Text("合同编号", "contract id"),
        "project": Text("项目", "project"),
        "clause": Text("付款条款", "payment clause"),
        "open": Text("到期未付，带币种", "due and unpaid, with currency"),
        "invoices": Text("发票号", "invoice numbers"),
    },
    "interest_terms[]": {
        "contracts": Text("合同", "contracts"),
        "basis": Text("依据", "basis"),
        "rate": Text("日利率", "rate a day"),
        "interest": Text("违约金，带币种", "interest with currency"),
    },
    "earlier[]": {
        "no": Text("编号", "number"),
        "kind": Text("种类", "kind"),
        "level": Text("级别", "level"),
        "sent": Text("发出日", "sent on"),
        "delivered": Text("送达日，未知则空", "delivered on, empty if unknown"),
        "proof": Text("送达凭证", "proof of delivery"),
        "about": Text("涉及的行号，全部款项则空", "the rows of items it was about, empty if all"),
    },
    "statement[]": _CLAIM,
    "statement_figures": _SUMS,
}
_HOW: Final = """
- `{{ to.name }}`: a field · 字段
- `{%p if disputed %}` … `{%p endif %}`, each a paragraph of its own: what lies between stands only where the field is \
not empty · 各占一段：字段不空时才出现其间的段落
- `{%tr for c in claims %}` … `{%tr endfor %}`, each a table row of its own: the rows between are repeated, with \
`{{ c.open }}` · 各占一行：其间的行逐笔重复
"""


def fields_page() -> str:
    """The page as Markdown."""
    title = Text("函件模板字段", "Fields of letter templates")
    name = Text("文件名与催款级别表的“模板”列相同", "under the name that the levels table has")
    lines = [how_to(title, "letter_templates", name)]
    for group, fields in FIELDS.items():
        lines += [f"## `{group}`" if group else "## Letter · 函件", "", *field_table(group, fields)]
    return page(lines)


def how_to(title: Text, folder: str, name: Text) -> str:
    """The head of a page of fields: where the firm's own templates lie, ``name``: called what, and how to write one."""
    return f"""# {title.en} · {title.zh}

Edit a template in Word; copy it to `{folder}/zh/` or `{folder}/en/` beside your workbook, {name.en}, and yours is \
taken instead of ours. A field that is not in this list is refused by name.

在 Word 中修改模板，放到账簿旁的 `{folder}/zh/`（或 `en/`），{name.zh}，即以贵公司的模板为准。\
不在下表中的字段会被指名拒绝。
{_HOW}"""


def field_table(group: str, fields: Mapping[str, Text]) -> list[str]:
    """The fields of a group in lines of Markdown; those of a row are named by it, which the template names itself."""
    prefix = "" if not group or group.endswith("[]") else f"{group.rpartition('[].')[2]}."
    rows = [f"| `{prefix}{name}` | {words.zh} | {words.en} |" for name, words in fields.items()]
    return ["| field | 中文 | English |", "|---|---|---|", *rows, ""]


def page(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"
