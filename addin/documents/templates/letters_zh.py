"""The letters in Chinese. 民法典 is cited by article where a sentence rests on it.

The tone rises with the level and stays civil. No letter gives up anything or names less than is owed.
"""

from __future__ import annotations

from typing import Final

from addin.documents.kinds import TITLES
from addin.documents.templates.kit import each, p, when
from addin.documents.templates.layout import account, coming, items, parties, signature, sums
from addin.documents.templates.wording import Wording, numbered, paragraphs
from addin.model.text import Text

_PAY: Final = Text("请不迟于{{ pay_by }}付款", "")
_SUBJECT: Final = "关于{{ contracts_in_short }}合同项下{{ %s }}"
_RESERVED: Final = "本函不影响我方依合同和法律享有的任何权利，我方保留全部权利。"
_PAID: Final = "如贵方已经付款，谨致谢意，并请将付款回单发给我方核对。"
_AFTER_SALE: Final = when(
    "after_sale",
    p("相关项目的实施阶段已经完成，谢谢贵方的配合。质保和售后服务按合同继续提供：使用中如有问题或需要备件、培训，"
      "请随时与我方联系{% if firm.phone %}（{{ firm.phone }}）{% endif %}，我方将及时安排。"),
)  # fmt: skip
_EARLIER: Final = when(
    "earlier",
    p("就本函所列款项，我方此前的函件和联系如下："),
    each(
        "past in earlier",
        p("· {{ past.sent }}，第{{ past.no }}号{% if past.kind %}（{{ past.kind }}）{% endif %}"
          "{% if past.about %}，涉及第{{ past.about }}项{% endif %}"
          "{% if past.delivered %}，{{ past.delivered }}送达{% endif %}", "Item"),
    ),
)  # fmt: skip
_DISPUTED: Final = when(
    "disputed",
    p("贵方对其中{{ disputed }}提出异议，双方正在核对；该部分我方仍然主张。"
      "无争议的部分请按期支付，不因该异议而延后。"),
)  # fmt: skip
_INTEREST: Final = when(
    "interest",
    p("上列违约金（逾期利息）自各款项到期日的次日（表中另注起算日的，自该日）起计至{{ day }}："),
    each(
        "term in interest_terms",
        p("· {{ term.contracts }}：依据{{ term.basis }}，以未付金额为基数，日利率{{ term.rate }}，"
          "计{{ term.interest }}；", "Item"),
    ),
    p("此后按同一标准继续计算至实际付清之日，合同约有上限的以上限为准。表中未列违约金的款项，"
      "我方保留依双方约定和法律主张逾期付款损失的权利。"),
) + when(
    "not interest",
    p("逾期付款的违约金或损失，我方保留依合同、双方约定和法律主张的权利，其数额未计入本函。"),
)  # fmt: skip
_CONTRACTS: Final = each(
    "k in contracts",
    p("（{{ k.no }}）合同{{ k.contract }}{% if k.project %}（{{ k.project }}）{% endif %}："
      "{% if k.clause %}付款条款为“{{ k.clause }}”。{% endif %}"
      "{% if k.invoices %}已开具发票：{{ k.invoices }}。{% endif %}"
      "截至{{ day }}到期未付{{ k.open }}。"),
)  # fmt: skip
_LIMITATION: Final = (
    "{% if interrupts %}本函系我方依据《中华人民共和国民法典》第一百九十五条第一项提出的履行请求，"
    "诉讼时效自本函到达贵方之日起中断并重新计算。{% else %}本函系我方提出的履行请求。{% endif %}"
)


def _heading(number: str, words: str) -> str:
    return p(f"{number}、{words}", "Heading")


_NOTICE = Wording(
    TITLES["notice"].zh,
    _SUBJECT % "open" + "即将到期的提示",
    paragraphs("感谢贵方在合同履行中的配合。下列款项将于所列日期到期，谨提前提示，请贵方安排付款。")
    + coming("zh")
    + sums("zh", Text("请不迟于到期日（{{ pay_by }}）付款", ""))
    + account("zh")
    + _DISPUTED
    + paragraphs(
        "付款所需的发票、验收单等资料如有缺漏，或者贵方对上列款项有疑问，请在到期日前告知，我方即予办理。",
        _PAID,
    )
    + _AFTER_SALE
    + signature("zh"),
)

_REMINDER = Wording(
    TITLES["reminder"].zh,
    _SUBJECT % "open" + "到期未付的提醒",
    paragraphs(
        "截至{{ day }}，我方尚未收到或者尚未足额收到下列已经到期的款项，其中最早一笔于{{ first_due }}到期。"
        "这或许是一时疏漏，请贵方核对后安排付款。"
    )
    + items("zh")
    + sums("zh", _PAY)
    + account("zh")
    + _DISPUTED
    + paragraphs(
        _PAID + "如因发票、验收等资料未齐而未付，请告知所缺资料，我方即予补齐；如需调整付款安排，"
        "请在上述期限内与我方书面商定，商定之前仍以原到期日为准。",
        "逾期未付的，我方将继续催收，逾期付款的责任按合同和法律确定。" + _RESERVED,
    )
    + _AFTER_SALE
    + signature("zh"),
)

_SECOND = Wording(
    TITLES["second_reminder"].zh,
    _SUBJECT % "total" + "逾期未付的再次催告",
    paragraphs(
        "截至{{ day }}，下列款项仍未付清，最早一笔于{{ first_due }}到期，最长已逾期{{ days_overdue }}天。"
    )
    + _EARLIER
    + items("zh")
    + sums("zh", _PAY)
    + _INTEREST
    + _DISPUTED
    + paragraphs(
        "请贵方在上述期限内付款；确有困难的，请在同一期限内书面说明原因，并提出写明金额和日期的付款计划，与我方商定。"
        "所附对账明细请一并核对，如有不符，请书面指明。"
    )
    + account("zh")
    + p("逾期仍未付款的，我方将：", "Closing")
    + numbered(
        "发出加盖公章的正式催款函{% if interest %}，并按合同、双方约定和法律继续计收违约金{% endif %}；",
        "在合同约定或者《中华人民共和国民法典》第五百二十六条、第五百二十七条规定的条件具备时，中止履行后续的供货或服务。",
    )
    + paragraphs(_PAID, _RESERVED)
    + _AFTER_SALE
    + signature("zh"),
)

_DEMAND = Wording(
    TITLES["demand"].zh,
    _SUBJECT % "total" + "逾期未付的催告",
    parties("zh")
    + _heading("一", "合同与欠款事实")
    + _CONTRACTS
    + paragraphs("以上款项明细如下，最早一笔于{{ first_due }}到期，最长已逾期{{ days_overdue }}天：")
    + items("zh")
    + sums("zh", _PAY)
    + _DISPUTED
    + _heading("二", "违约金（逾期利息）")
    + _INTEREST
    + _heading("三", "付款要求")
    + _EARLIER
    + paragraphs("请贵方不迟于{{ pay_by }}将{{ asked }}付至下列账户：")
    + account("zh")
    + _heading("四", "逾期不付的后果")
    + paragraphs("上述期限届满仍未付款的，我方将依合同、双方约定和法律采取下列措施：")
    + numbered(
        "依据《中华人民共和国民法典》第五百七十七条、第五百七十九条、第五百八十四条和第五百八十五条，"
        "请求贵方支付欠款、违约金并赔偿损失，违约金计至实际付清之日；",
        "在合同约定或者《中华人民共和国民法典》第五百二十六条、第五百二十七条规定的条件具备时，中止履行后续的供货或服务；",
        "将本案移交律师，按合同约定的争议解决方式主张权利。",
        mark="（{}）",
    )
    + paragraphs(_LIMITATION + _RESERVED)
    + _heading("五", "回复")
    + paragraphs("请贵方不迟于{{ pay_by }}付款或者书面回复，并将所附回执盖章后寄回我方。" + _PAID)
    + _AFTER_SALE
    + p("附件：1. 回执；2. 对账明细；3. 合同及发票复印件", "Closing")
    + signature("zh"),
    reply=True,
)

_FINAL = Wording(
    TITLES["final"].zh,
    _SUBJECT % "total" + "逾期未付的最后通知",
    parties("zh")
    + _heading("一", "欠款")
    + _CONTRACTS
    + paragraphs("以上款项至今未付清，最早一笔于{{ first_due }}到期，最长已逾期{{ days_overdue }}天：")
    + items("zh")
    + sums("zh", _PAY)
    + _DISPUTED
    + _INTEREST
    + _heading("二", "此前的函件和联系")
    + _EARLIER
    + when("not earlier", p("本函即为我方就上述款项的书面催告。"))
    + _heading("三", "最后期限")
    + paragraphs("请贵方不迟于{{ pay_by }}将{{ asked }}付至下列账户。这是我方移交律师之前的最后一次通知：")
    + account("zh")
    + _heading("四", "期限届满后的措施")
    + paragraphs("期限届满仍未付款的，我方不再另行通知，将把合同、验收、发票、对账和历次催告的材料移交律师，"
                 "并按合同约定的争议解决方式提起诉讼或者申请仲裁，请求：")
    + numbered(
        "支付全部欠款，以及计至实际付清之日的违约金或逾期付款损失；",
        "承担诉讼费或仲裁费、保全费，以及合同约定或法律规定应由贵方承担的律师费等实现债权的费用；",
        "必要时依法申请财产保全；裁判生效后仍不履行的，依法申请强制执行。",
        mark="（{}）",
    )
    + paragraphs(
        _LIMITATION + _RESERVED,
        "我方仍愿在上述期限内与贵方协商。贵方如已付款或者另有安排，"
        "请立即与我方联系{% if firm.phone %}（{{ firm.phone }}）{% endif %}，"
        "并将所附回执盖章后寄回。",
    )
    + _AFTER_SALE
    + p("附件：1. 回执；2. 对账明细；3. 合同及发票复印件"
        "{% if earlier %}；4. 此前的函件及送达凭证{% endif %}", "Closing")
    + signature("zh"),
    reply=True,
)  # fmt: skip

_LEGAL = Wording(
    TITLES["legal"].zh,
    "{{ to.name }}欠付合同款项{{ total }}（{{ contracts_in_short }}合同）",
    paragraphs("现将本案材料移交贵所审查，请就下列债权代为主张。本材料供律师使用，不向对方送达。")
    + _heading("一", "当事人")
    + parties("zh", served=False)
    + _heading("二", "合同与欠款事实")
    + _CONTRACTS
    + _heading("三", "债权金额")
    + paragraphs("截至{{ day }}的金额如下，最早一笔于{{ first_due }}到期，最长已逾期{{ days_overdue }}天：")
    + items("zh")
    + sums("zh", Text("无争议、可即时请求的金额（拟定最后付款日{{ pay_by }}）", ""), served=False)
    + _INTEREST
    + _heading("四", "催告经过")
    + each(
        "past in earlier",
        p("· {{ past.sent }}，第{{ past.no }}号{% if past.kind %}（{{ past.kind }}）{% endif %}："
          "{% if past.about %}涉及第{{ past.about }}项，{% endif %}"
          "{% if past.delivered %}{{ past.delivered }}送达，{% endif %}"
          "{% if past.proof %}凭证：{{ past.proof }}{% else %}**送达凭证待补**{% endif %}", "Item"),
    )
    + when("not earlier", p("**催款记录中没有已经发出的函件，请先核对诉讼时效是否中断。**"))
    + _heading("五", "争议与抗辩")
    + when("disputed", p("对方对{{ disputed }}提出异议，明细见上表“争议”；处理记录见争议台账。"))
    + when("not disputed", p("台账中没有对方提出的未了结异议。"))
    + _heading("六", "委托事项")
    + numbered(
        "审查证据、诉讼时效和合同约定的争议解决方式；",
        "以律师函要求对方不迟于{{ pay_by }}付至下列账户；",
        "到期不付的，提起诉讼或者申请仲裁，必要时先行申请财产保全。",
        mark="（{}）",
    )
    + account("zh")
    + _heading("七", "移交清单")
    + "".join(
        p(f"□ {words}", "Item")
        for words in (
            "合同及补充协议、延期或分期协议",
            "报验、验收、交付凭证，完工报告",
            "发票及签收记录",
            "盖章的对账单，付款回单",
            "历次催款函及送达凭证（邮单、物流记录、邮件、聊天记录）",
            "担保文件，往来沟通记录",
            "对账明细（附后）",
        )
    )
    + signature("zh"),
    recipient=p("**致：经办律师**", "Recipient") + p("关于：{{ to.name }}（{{ to.id }}）", "Recipient"),
)  # fmt: skip

WORDINGS: Final = {
    "notice": _NOTICE,
    "reminder": _REMINDER,
    "second_reminder": _SECOND,
    "demand": _DEMAND,
    "final": _FINAL,
    "legal": _LEGAL,
}
