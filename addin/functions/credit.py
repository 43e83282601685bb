"""How well somebody pays, and how much they may owe."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from addin.functions.kinds import MONEY, MONEYS, NUMBER, NUMBERS, choice
from addin.functions.registry import Argument, Function
from addin.model.text import Text
from addin.rules.altman import altman
from addin.rules.credit_limit import credit_limit
from addin.rules.grades import CUTS, GRADES, grade
from addin.rules.paydex import paydex
from addin.rules.refused import Refused, as_many


def _paydex(days: Sequence[Decimal], amounts: Sequence[int] | None) -> int:
    if amounts is None:
        amounts = [1] * len(days)
    as_many("amounts", len(amounts), "days_beyond_terms", len(days))
    found = paydex(map(_exact, days), amounts)
    if found is None:
        raise Refused("amounts", Text("合计应大于 0", "expected a sum above 0"))
    return found


def _exact(number: Decimal) -> int | Fraction:
    exact = Fraction(number)
    return exact.numerator if exact.denominator == 1 else exact


FUNCTIONS: tuple[Function, ...] = (
    Function(
        name="AR_PAYDEX",
        group="credit",
        help=Text(
            "付款指数 1–100，按金额加权：提前30天 100，提前20天 90，按期 80，晚15天 70，22天 60，30天 50，60天 40，"
            "90天 30，120天 20，180天起 1，其间线性；未取整的得分加权平均后一次向上取整",
            "How promptly somebody pays, 1 to 100, weighted by amount: 30 days early 100, 20 early 90, on time 80, 15 "
            "late 70, 22 60, 30 50, 60 40, 90 30, 120 20, from 180 on 1, linear between; the mean of the unrounded "
            "scores, rounded up once",
        ),
        source=Text(
            "邓白氏 PAYDEX 公布的分值（15 与 22 天为 70 与 60）；逐日线性并向上取整与其术语表逐日吻合；"
            "120 天以后为本程序约定",
            "Dun & Bradstreet's published anchors (15 and 22 days for 70 and 60); linear and rounded up gives each day "
            "that its glossary prints; beyond 120 days it is ours",
        ),
        arguments=(
            Argument(
                "days_beyond_terms",
                NUMBERS,
                Text(
                    "各笔付款晚于账期的天数，提前为负",
                    "Days beyond terms of each payment, negative where early",
                ),
            ),
            Argument(
                "amounts",
                MONEYS,
                Text("各笔金额；留空则各笔权重相同", "The amounts; all weigh the same if empty"),
                default=None,
            ),
        ),
        result="whole",
        body=_paydex,
        example=([0, 60], [900000, 100000]),
        shows=76,
    ),
    Function(
        name="AR_ALTMAN",
        group="credit",
        help=Text(
            "Altman Z 值与区间：private 为 Z′（高于 2.9 safe，低于 1.23 distress），public 为 Z（2.99 与 1.81），"
            "其间含两端为 grey",
            "Altman's Z and its zone: private is Z′ (safe above 2.9, distress below 1.23), public is Z (2.99 and "
            "1.81); grey between, both ends included",
        ),
        source=Text(
            "E. Altman 1968（Z，销售系数 0.999）与 1983（Z′）",
            "E. Altman 1968 (Z, with 0.999 for sales) and 1983 (Z′)",
        ),
        arguments=(
            Argument("total_assets", NUMBER, Text("资产总额，大于 0", "Total assets, above 0")),
            Argument(
                "working_capital",
                NUMBER,
                Text("营运资金，可为负", "Working capital; may be negative"),
            ),
            Argument(
                "retained_earnings", NUMBER, Text("留存收益，可为负", "Retained earnings; may be negative")
            ),
            Argument(
                "ebit",
                NUMBER,
                Text("息税前利润，可为负", "Earnings before interest and tax; may be negative"),
            ),
            Argument(
                "equity",
                NUMBER,
                Text(
                    "股东权益：private 用账面值（可为负），public 用市值",
                    "Equity: book value for private (may be negative), market value for public",
                ),
            ),
            Argument("liabilities", NUMBER, Text("负债总额，大于 0", "Total liabilities, above 0")),
            Argument("sales", NUMBER, Text("营业收入", "Sales")),
            Argument(
                "model",
                choice("private", "public"),
                Text("private（默认）或 public", "private (default) or public"),
                default="private",
            ),
        ),
        result=("number", "text"),
        body=altman,
        example=(100, 20, 30, 10, 60, 40, 150),
        shows=[2.8352, "grey"],
    ),
    Function(
        name="AR_GRADE",
        group="credit",
        help=Text(
            "信用等级：高于 90 为 AAA，高于 80 为 AA，依次 A、BBB、BB、B，不高于 40 为 C；等于分界归下一级",
            "The grade of a score: above 90 AAA, above 80 AA, then A, BBB, BB, B, and C up to 40; a score on a cut "
            "belongs to the grade below",
        ),
        source=Text(
            "公开的 AAA 级信用评分标准，下限不含",
            "A published Chinese scale of credit scores, lower bounds exclusive",
        ),
        arguments=(
            Argument("score", NUMBER, Text("信用得分", "The score")),
            Argument(
                "cuts",
                NUMBERS,
                Text(
                    "六个分界，从大到小；默认 90、80、70、60、50、40",
                    "Six cuts, falling; 90, 80, 70, 60, 50, 40 by default",
                ),
                default=CUTS,
            ),
        ),
        result="text",
        body=grade,
        example=(80,),
        shows="A",
    ),
    Function(
        name="AR_CREDIT_LIMIT",
        group="credit",
        help=Text(
            "授信额度的下限与上限：月均销售额 × 授信月数 × 系数；AAA 150–300%，AA 100，A 80，BBB 70，BB 65，B 60，C 0",
            "{lowest, highest} = average monthly sales × months of credit × a share: AAA 150–300 %, AA 100, A 80, "
            "BBB 70, BB 65, B 60, C 0",
        ),
        source=Text(
            "公开的企业信用政策；BBB 与 BB 的系数为本程序约定",
            "A published Chinese credit policy; the shares of BBB and BB are ours",
        ),
        arguments=(
            Argument("avg_monthly_sales", MONEY, Text("月均销售额", "Average monthly sales")),
            Argument("months", NUMBER, Text("授信月数，可带小数", "Months of credit, fractions allowed")),
            Argument("grade", choice(*GRADES), Text("信用等级", "The grade")),
        ),
        result=("money", "money"),
        body=credit_limit,
        example=(500000, 2, "AAA"),
        shows=["1500000.00", "3000000.00"],
    ),
)
