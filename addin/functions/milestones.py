"""Milestones, tax, and amounts in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from addin.functions.kinds import (
    DAY,
    FLAG,
    FLAGS,
    MONEY,
    MONEYS,
    SHARE,
    SIGNED_MONEY,
    TEXT,
    Kind,
    Unfit,
    choice,
    choice_of,
    fraction,
    many,
)
from addin.functions.registry import Argument, Function
from addin.model.numerals import clean
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.rules.capitals import capitals, capitals_date, capitals_ok
from addin.rules.contract_sums import net_and_tax, recoup_start, retention_cap
from addin.rules.supplement import Wish, split_exactly, supplement

_PART_WORDS: Final = Text(
    "比例（0.3、30%、“1/3”）、“fixed 200”、“33% rest” 或 “balance”",
    'a fraction (0.3, 30%, "1/3"), "fixed 200", "33% rest" or "balance"',
)
_BALANCE: Final = {"balance", "余款", "尾款"}
_FIXED: Final = re.compile("(?:fixed|固定)(.+)", re.IGNORECASE)
_REST: Final = re.compile("(.+)rest|其余的?(.+)", re.IGNORECASE)


def _part(value: object) -> Wish:
    words = clean(value) if isinstance(value, str) else ""
    if words.lower() in _BALANCE:
        return Wish()
    if found := _FIXED.fullmatch(words):
        return Wish(fixed=_inner(MONEY.read, found[1].strip(), value))
    if found := _REST.fullmatch(words):
        return Wish(rest=_inner(_fraction, (found[1] or found[2]).strip(), value))
    return Wish(share=_fraction(value))


def _inner(read: Callable[[str], Any], words: str, whole: object) -> Any:
    """Reads what stands within a part; what is unfit is the part."""
    try:
        return read(words)
    except Unfit as unfit:
        raise Unfit(unfit.expected, whole) from None


def _fraction(value: object) -> Fraction:
    share = fraction(value, _PART_WORDS)
    if share < 0:
        raise Unfit(_PART_WORDS, value)
    return share


PARTS: Final = many(Kind("part", _PART_WORDS, _part))


_SETTLEMENT_MEASURES: Final = Text(
    "支付结算办法附一“正确填写票据和结算凭证的基本规定”",
    "Payment and Settlement Measures, annex 1: how drafts and settlement vouchers are filled in",
)
_POLICY: Final = choice_of(TABLES["amendments"]["policy"], "spread", "catch_up")
_AMOUNT: Final = Argument("amount", SIGNED_MONEY, Text("金额；可为负", "the amount; may be negative"))

FUNCTIONS: Final = (
    Function(
        "AR_SPLIT",
        "milestones",
        Text(
            "把总额分成各期，合计正好等于总额",
            "Splits a total into amounts that add up to it",
        ),
        Text(
            "四舍五入到分；last：最后一项承担尾差；largest：最大余数法，相同取靠前",
            "To the cent, half-up; last: the last takes the rounding difference; "
            "largest: largest remainder, ties to the first",
        ),
        (
            Argument("total", MONEY, Text("总额", "the total")),
            Argument(
                "shares",
                PARTS,
                Text(
                    "各期：总额的比例、“fixed 200”（固定）、“33% rest”（扣除固定后的比例）或 “balance”（余款）",
                    'each part: a fraction of the total, "fixed 200", "33% rest" (of what the fixed parts leave) '
                    'or "balance"',
                ),
            ),
            Argument(
                "method",
                choice("last", "largest"),
                Text(
                    "尾差归最后一项，或按最大余数",
                    "the last takes the rounding difference, or the cents go by largest remainder",
                ),
                "last",
            ),
        ),
        "moneys",
        split_exactly,
        (100000.01, [0.3, 0.4, 0.3]),
        ["30000.00", "40000.00", "30000.01"],
    ),
    Function(
        "AR_AMEND",
        "milestones",
        Text(
            "补充协议改变总额后各期的金额；已收款或已开票的不变",
            "The amounts after a supplement; what is paid or invoiced stays",
        ),
        Text(
            "合同约定的方式：spread 差额按未冻结各期原金额分摊；catch_up 全部按新总额重算，下一未冻结期补足",
            "As agreed: spread puts the difference on the open ones by weight; catch_up re-shares the new total, "
            "the next open one makes up what the frozen ones miss",
        ),
        (
            Argument("new_total", MONEY, Text("新总额", "the new total")),
            Argument("amounts", MONEYS, Text("各期原金额", "the amounts before")),
            Argument("frozen", FLAGS, Text("已收款或已开票为 TRUE", "TRUE per paid or invoiced milestone")),
            Argument(
                "policy",
                _POLICY,
                Text("分摊或重算", "how the difference is shared"),
                "spread",
            ),
        ),
        "moneys",
        supplement,
        (1100000, [300000, 400000, 300000], [True, False, False]),
        ["300000.00", "457142.86", "342857.14"],
    ),
    Function(
        "AR_NET_TAX",
        "milestones",
        Text("含税额分为不含税额和税额", "A gross amount as net amount and tax"),
        Text(
            "增值税：不含税额 = 含税额 ÷（1+税率），四舍五入；税额 = 含税额 − 不含税额",
            "VAT: net = gross / (1 + rate), rounded; tax = gross - net",
        ),
        (
            Argument("gross", MONEY, Text("含税额", "amount with tax")),
            Argument("rate", SHARE, Text("税率，0.13 即 13%", "tax rate, 0.13 is 13 %")),
        ),
        ("money", "money"),
        net_and_tax,
        (1000000, 0.09),
        ["917431.19", "82568.81"],
    ),
    Function(
        "AR_RECOUP_START",
        "milestones",
        Text(
            "预付款起扣点：累计完成额到此开始扣回预付款",
            "The cumulative work value at which recovery of the advance starts",
        ),
        Text(
            "工程预付款起扣点 T = P − M ÷ N（P 合同价，M 预付款，N 主要材料比重）",
            "Construction practice: T = P - M / N (contract price, advance, share of materials)",
        ),
        (
            Argument("contract", MONEY, Text("合同价", "contract price")),
            Argument("advance", MONEY, Text("预付款", "the advance")),
            Argument(
                "material_share", SHARE, Text("主要材料比重，0.6 即 60%", "share of materials, 0.6 is 60 %")
            ),
        ),
        "money",
        recoup_start,
        (3000000, 450000, 0.6),
        "2250000.00",
    ),
    Function(
        "AR_RETENTION_CAP",
        "milestones",
        Text(
            "工程质保金上限，向下取到分",
            "The most that may be retained in construction, rounded down",
        ),
        Text(
            "建质〔2017〕138号第7条：不得高于工程价款结算总额的 3%",
            "Construction Quality Deposit Measures, Jianzhi [2017] 138, 7: at most 3 % of the settlement total",
        ),
        (
            Argument("settlement_total", MONEY, Text("结算总额", "settlement total")),
            Argument("rate", SHARE, Text("比例", "the share"), 0.03),
        ),
        "money",
        retention_cap,
        (2000000,),
        "60000.00",
    ),
    Function(
        "AR_CAPITALS",
        "milestones",
        Text("金额的中文大写", "The amount in Chinese capitals"),
        Text(
            f"{_SETTLEMENT_MEASURES.zh}；会计基础工作规范第52条：“角”后也写“整”；零和负数依惯例",
            f"{_SETTLEMENT_MEASURES.en}; Basic Standards of Accounting 52: 整 after 角 too; nought and 负 by custom",
        ),
        (
            _AMOUNT,
            Argument(
                "prefix",
                FLAG,
                Text("TRUE 时前加“人民币”", "TRUE puts the word for renminbi before it"),
                False,
            ),
        ),
        "text",
        capitals,
        (1409.5, True),
        "人民币壹仟肆佰零玖元伍角整",
    ),
    Function(
        "AR_CAPITALS_OK",
        "milestones",
        Text(
            "大写文字是否为该金额的一种合规写法",
            "Whether a text is one of the valid capital forms of an amount",
        ),
        _SETTLEMENT_MEASURES,
        (Argument("text", TEXT, Text("大写文字", "the capitals")), _AMOUNT),
        "flag",
        capitals_ok,
        ("人民币壹仟肆佰零玖元伍角", 1409.5),
        True,
    ),
    Function(
        "AR_CAPITALS_DATE",
        "milestones",
        Text("票据日期的中文大写", "The date of a draft in Chinese capitals"),
        _SETTLEMENT_MEASURES,
        (Argument("date", DAY, Text("出票日期", "the date")),),
        "text",
        capitals_date,
        ("2026-01-15",),
        "贰零贰陆年零壹月壹拾伍日",
    ),
)
