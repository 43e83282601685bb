"""FIELDS.md beside the reports' templates: what staff may write into one."""

from __future__ import annotations

from typing import Final

from addin.documents.templates.fields_page import FIELDS, field_table, how_to, page
from addin.model.text import Text

Fields = dict[str, Text]

_NO: Final = {"no": Text("行号", "number of the row")}
_HEAD: Final = {
    "letter_no": Text("报告编号", "number of the report"),
    "day": Text("截至日", "as-of date"),
}
_UNIT: Final = {"unit": Text("表格单位", "unit of the tables")}
_PARTIES: Final = {"firm": FIELDS["firm"], "to": FIELDS["to"]}
_DEAL: Final[Fields] = {
    "id": Text("合同编号", "contract id"),
    "project": Text("项目", "project"),
    "manager": Text("客户经理", "manager"),
    "kind": Text("合同类型", "kind"),
    "status": Text("合同状态", "status"),
    "signed": Text("签订日", "signed"),
    "amount": Text("合同金额", "contract sum"),
    "in_force": Text("现行金额", "sum in force"),
    "invoiced": Text("已开票", "invoiced"),
    "received": Text("已付款", "paid"),
    "adjusted": Text("调整，没有则空", "adjusted, empty if none"),
    "open": Text("应付未付", "open"),
    "overdue": Text("其中已到期", "of which overdue"),
    "disputed": Text("其中争议，没有则空", "of which disputed, empty if none"),
    "pending": Text("未到付款条件", "not yet due by contract"),
    "left": Text("应付未付加未到付款条件", "open and pending together"),
    "to_invoice": Text("尚未开票", "still to be invoiced"),
    "completed": Text("竣工/终验日", "completed"),
    "settled_on": Text("结算确认日", "settlement confirmed on"),
    "settlement_total": Text("结算总额", "settlement total"),
    "meeting": Text("结算会议日", "day of the settlement meeting"),
    "retention_rate": Text("质保金比例", "share retained"),
    "retention_months": Text("质保期（月）", "months of retention"),
    "inspection_days": Text("验收期限（天）", "days of inspection"),
    "clause": Text("付款条款", "payment clause"),
    "method": Text("付款方式", "payment method"),
    "forum": Text("争议解决", "forum"),
    "late_rate": Text("违约金日利率", "late rate a day"),
    "late_cap": Text("违约金上限", "cap of late interest"),
    "security": Text("担保", "security"),
    "limitation": Text("诉讼时效届满日", "last day of limitation"),
}
_STAGE: Final[Fields] = {
    **_NO,
    "id": Text("节点编号", "milestone id"),
    "name": Text("款项名称", "name of the item"),
    "amount": Text("金额", "amount"),
    "received": Text("已付", "paid"),
    "adjusted": Text("调整，没有则空", "adjusted, empty if none"),
    "open": Text("未付", "open"),
    "disputed": Text("争议，没有则空", "disputed, empty if none"),
    "due": Text("到期日", "due date in force"),
    "was": Text("合同到期日，与到期日相同则空", "the contract's due date, empty where it is the same"),
    "days": Text("逾期天数，未逾期则空", "days overdue, empty if not overdue"),
    "status": Text("状态", "state"),
    "trigger": Text("付款条件", "what it falls due on"),
    "triggered": Text("验收/达成日", "accepted or reached on"),
    "submitted": Text("报验日", "submitted on"),
    "rejected": Text("退回日", "rejected on"),
    "accepted_by": Text("验收人", "accepted by"),
    "evidence": Text("履约凭证", "evidence"),
    "invoices": Text("发票号", "invoice numbers"),
    "interest": Text("违约金，无依据则空", "interest, empty without a basis"),
}
_STAGE_SUMS: Final = {key: _STAGE[key] for key in ("amount", "received", "adjusted", "open")}
_PROBLEM: Final[Fields] = {
    **_NO,
    "id": Text("编号", "id"),
    "day": Text("提出日", "since"),
    "what": Text("事由", "what it is"),
    "milestone": Text("节点编号", "milestone id"),
    "amount": Text("争议金额", "amount disputed"),
    "owner": Text("责任人", "owner"),
    "fault": Text("是否我方责任，不是则空", "whether it is ours, empty if not"),
    "solution": Text("处理结果", "how it was solved"),
    "closed": Text("了结日", "closed on"),
}
_RECEIPT: Final[Fields] = {
    **_NO,
    "id": Text("回款编号", "receipt id"),
    "day": Text("日期", "date"),
    "payer": Text("付款户名", "payer"),
    "amount": Text("金额", "amount"),
    "paid": Text("其中付所列合同", "of which these contracts"),
    "method": Text("方式", "method"),
    "reference": Text("流水号", "bank reference"),
    "memo": Text("摘要", "memo"),
}
_UNAPPLIED: Final = Text("已收到、尚未对应款项，没有则空", "received and not yet applied, empty if none")
_LETTER: Final[Fields] = {
    "sent": Text("寄出日", "sent on"),
    "kind": Text("类别", "kind"),
    "level": Text("级别", "level"),
    "delivered": Text("送达日", "delivered on"),
    "proof": Text("送达凭证", "proof of delivery"),
}
_CONTACT: Final[Fields] = {
    "day": Text("日期", "date"),
    "channel": Text("方式", "channel"),
    "person": Text("对方", "person"),
    "summary": Text("内容", "summary"),
    "plan": Text("付款计划", "plan"),
}
_ORDERS: Final[Fields] = {
    "principal": Text("A（先本金）本金", "A (principal first): principal"),
    "interest": Text("A 违约金", "A: interest"),
    "total": Text("A 合计", "A: total"),
    "principal_561": Text("B（民法典561）本金", "B (Civil Code 561): principal"),
    "interest_561": Text("B 违约金", "B: interest"),
    "total_561": Text("B 合计", "B: total"),
}
_STRETCH: Final[Fields] = {
    "first": Text("起", "from"),
    "last": Text("止", "to"),
    "days": Text("天数", "days"),
    "principal": Text("本金", "principal"),
    "interest": Text("违约金", "interest"),
    "paid": Text("止日付款", "paid on the last day"),
    "to_interest": Text("抵违约金", "to interest"),
    "to_principal": Text("抵本金", "to principal"),
    "other": Text("其他变动", "other changes"),
}
_DEALS: Final = ("in_force", "invoiced", "received", "adjusted", "open", "overdue", "disputed", "pending")
_CLAIM: Final = FIELDS["claims[]"]

REPORT_FIELDS: Final[dict[str, dict[str, Fields]]] = {
    "statement": {
        "": _HEAD
        | _UNIT
        | {
            "currency": Text("币种代码", "currency code"),
            "reply_by": Text("请于何日前回复", "until when a reply is asked for"),
            "open": Text("应付未付，带币种", "open amount with currency"),
            "open_in_words": Text("应付未付大写（人民币）", "the same in Chinese capitals (CNY only)"),
            "unapplied": _UNAPPLIED,
            "net": Text("减去尚未对应款项后的余额", "balance less what is not yet applied"),
            "net_in_words": Text("余额大写（人民币）", "the same in Chinese capitals (CNY only)"),
            "interest": Text("违约金，只在 --interest 时有", "interest, with --interest alone"),
            "with_interest": Text("是否列违约金（真/假）", "whether interest is listed (true or false)"),
        },
        **_PARTIES,
        "deals[]": {**_NO, "contract": _DEAL["id"], "project": _DEAL["project"]}
        | {key: _DEAL[key] for key in _DEALS},
        "deal_sums": {
            key: _DEAL[key] for key in ("in_force", "invoiced", "received", "open", "overdue", "pending")
        },
        "claims[]": _CLAIM,
        "claim_sums": {key: _CLAIM[key] for key in ("amount", "received", "open", "disputed", "interest")},
        "receipts[]": _RECEIPT | {"unapplied": _UNAPPLIED},
        "receipt_sums": {key: _RECEIPT[key] for key in ("amount", "paid")},
    },
    "settlement": {
        "": _HEAD | _UNIT | {"meeting": _DEAL["meeting"]},
        **_PARTIES,
        "deal": _DEAL,
        "stages[]": _STAGE,
        "stage_sums": _STAGE_SUMS,
        "amendments[]": {
            "day": Text("生效日", "in force from"),
            "amount": Text("新的合同金额", "new contract sum"),
            "document": Text("文件", "document"),
        },
        "problems[]": _PROBLEM,
        "agenda[]": {**_NO, "words": Text("议题", "point of the agenda")},
        "rows[]": _STAGE,
    },
    "completion": {
        "": _HEAD | _UNIT | {"left_sum": Text("尚待支付合计，带币种", "still to pay, with currency")},
        **_PARTIES,
        "deal": _DEAL,
        "stages[]": _STAGE,
        "stage_sums": _STAGE_SUMS,
        "left[]": _STAGE,
        "problems[]": _PROBLEM,
        "opinions[]": {
            "day": Text("日期", "date"),
            "score": Text("评分（0 至 10），没有则空", "score (0 to 10), empty if none"),
            "comment": Text("意见", "comment"),
        },
    },
    "evidence": {
        "": _HEAD
        | {
            "book": Text("工作簿文件名", "file name of the workbook"),
            "book_sha256": Text("工作簿 SHA-256，未保存则空", "SHA-256 of the workbook, empty if not saved"),
            "missing_count": Text("缺少的文件数，没有则空", "number of documents missing, empty if none"),
            "paper_count": Text("文件数", "number of documents"),
        },
        **_PARTIES,
        "deals[]": _DEAL | _UNIT,
        "deals[].stages[]": _STAGE,
        "deals[].stage_sums": _STAGE_SUMS,
        "invoices[]": {
            **_NO,
            "number": Text("发票号", "invoice number"),
            "contract": _DEAL["id"],
            "issued": Text("开票日", "issued on"),
            "amount": Text("金额", "amount"),
            "signed": Text("签收日", "signed for on"),
        },
        "receipts[]": _RECEIPT,
        "letters[]": {
            **_NO,
            "id": Text("编号", "id"),
            **_LETTER,
            "channel": Text("渠道", "channel"),
            "reply": Text("回复日", "reply on"),
            "confirmed": Text("确认金额", "amount confirmed"),
            "file": Text("文件", "file"),
            "milestones": Text("所涉节点", "milestones"),
        },
        "contacts[]": {
            **_NO,
            "id": Text("编号", "id"),
            **_CONTACT,
            "by": Text("我方经手人", "by whom of us"),
            "proof": Text("送达凭证", "proof"),
        },
        "cases[]": {
            **_NO,
            "id": Text("编号", "id"),
            "step": Text("步骤", "step"),
            "deadline": Text("期限", "deadline"),
            "done": Text("完成日", "done on"),
            "case": Text("案号", "case number"),
            "court": Text("法院", "court"),
        },
        "timeline[]": {
            **_NO,
            "day": Text("日期", "date"),
            "what": Text("事实", "what happened"),
            "details": Text("内容", "details"),
            "amount": Text("金额", "amount"),
            "contract": _DEAL["id"],
            "source": Text("台账来源", "row of the ledger"),
        },
        "reckoned[]": {
            **_NO,
            "contract": _DEAL["id"],
            "milestone": Text("款项", "item"),
            "amount": Text("金额", "amount"),
            "due": Text("到期日", "due date"),
            "rate": Text("日利率", "rate a day"),
            "cap": Text("上限，没有则空", "cap, empty if none"),
            "basis": Text("依据", "basis"),
            **_ORDERS,
        },
        "reckoned[].books[]": _STRETCH,
        "reckoned[].article[]": _STRETCH,
        "reckoned_sums[]": {"currency": Text("币种代码", "currency code"), **_ORDERS},
        "periods[]": {
            "contract": _DEAL["id"],
            "milestone": Text("节点编号；整份合同则空", "milestone id, empty for a whole contract"),
            "due": Text("到期日", "due date"),
            "ends": Text("诉讼时效届满日", "last day of limitation"),
        },
        "periods[].breaks[]": {
            "day": Text("中断日", "interrupted on"),
            "what": Text("事由", "by what"),
            "id": Text("台账编号", "row of the ledger"),
            "ends": Text("新的届满日", "new last day"),
        },
        "papers[]": {
            **_NO,
            "what": Text("文件", "document"),
            "id": Text("编号", "id"),
            "named": Text("台账所列", "as the ledger names it"),
            "file": Text("本包内路径", "path in this pack"),
            "missing": Text("缺少的原因，有文件则空", "why it is missing, empty if it is there"),
        },
    },
    "card": {
        "": _HEAD
        | {
            "grade": Text("信用等级", "grade"),
            "paydex": Text("付款评分", "payment score"),
            "usual_delay": Text("通常迟付天数", "days it usually pays late"),
            "usual_method": Text("通常付款方式", "how it usually pays"),
            "base": Text("本位币", "base currency"),
            "credit_limit": Text("信用额度", "credit limit"),
            "exposure": Text("信用占用", "exposure"),
            "limitation": Text("最早的诉讼时效届满日", "earliest last day of limitation"),
            "on_hold": Text("暂停催款的说明，没有则空", "that reminders are on hold, empty if not"),
            "more_claims": Text("未列出的款项数，没有则空", "how many claims are not listed, empty if none"),
        },
        **_PARTIES,
        "owed[]": {
            "currency": Text("币种代码", "currency code"),
            "open": Text("应付未付", "open"),
            "overdue": Text("其中逾期", "of which overdue"),
            "unapplied": _UNAPPLIED,
            "disputed": Text("其中争议", "of which disputed"),
        },
        "claims[]": _CLAIM | {"currency": Text("币种代码", "currency code")},
        "promises[]": {
            "day": Text("承诺付款日", "promised for"),
            "amount": Text("金额", "amount"),
            "paid": Text("已付", "paid"),
            "state": Text("状态", "state"),
            "milestone": Text("节点编号", "milestone id"),
            "person": Text("承诺人", "by whom"),
        },
        "problems[]": {key: _PROBLEM[key] for key in ("milestone", "what", "amount", "owner", "fault")}
        | {"since": _PROBLEM["day"]},
        "letters[]": _LETTER,
        "contacts[]": _CONTACT | {"next": Text("下次联系日", "next contact")},
        "to_do[]": {"words": Text("待办", "what is to be done")},
    },
}


def report_fields_page() -> str:
    """The page as Markdown. What several reports have alike is listed once."""
    title = Text("报告模板字段", "Fields of report templates")
    lines = [how_to(title, "report_templates", Text("文件名与我们的相同", "under the name that ours has"))]
    first: dict[int, str] = {}
    for kind, groups in REPORT_FIELDS.items():
        lines += [f"## {kind}.docx", ""]
        for group, fields in groups.items():
            lines += [f"### `{group}`", ""] if group else []
            known = first.setdefault(id(fields), f"{kind}.docx `{group}`")
            is_new = known == f"{kind}.docx `{group}`"
            lines += field_table(group, fields) if is_new else [f"As in {known} · 同 {known}", ""]
    return page(lines)
