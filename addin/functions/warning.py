"""Early warning, the instalment buyer's default, and what late money takes off a bonus."""

from __future__ import annotations

from fractions import Fraction

from addin.functions.kinds import COUNT, MONEY, NUMBER, SHARE, WHOLE, Kind, Unfit, items_of
from addin.functions.registry import Argument, Function
from addin.model.text import Text
from addin.rules.alerts import alert, may_call_in
from addin.rules.incentives import DEFAULT_LADDER, Ladder, Tier, bonus_cut

_LADDER_WORDS = Text(
    "两列：天数（不小于 0 的整数，递增）与比例（0 到 1）",
    "two columns: days (whole numbers of 0 or more that rise) and shares (from 0 to 1)",
)


def _ladder(value: object) -> Ladder:
    """Rows of days and share; one row may come as a flat pair."""
    rows = value if isinstance(value, list | tuple) else ()
    if rows and not any(isinstance(row, list | tuple) for row in rows):
        rows = (rows,)
    if not rows or any(len(items_of(row)) != 2 for row in rows):
        raise Unfit(_LADDER_WORDS, value)
    return [_tier(items_of(row), place) for place, row in enumerate(rows, 1)]


def _tier(row: list[object], place: int) -> Tier:
    try:
        days: int = COUNT.read(row[0])
        share: Fraction = SHARE.read(row[1])
    except Unfit as unfit:
        raise Unfit(unfit.expected, unfit.value, place) from None
    return Tier(days, share)


LADDER = Kind("ladder", _LADDER_WORDS, _ladder)

FUNCTIONS: tuple[Function, ...] = (
    Function(
        "AR_ALERT",
        "warning",
        Text(
            "按逾期天数的预警：1 天起 blue，7 天起 orange，15 天起 red；未逾期为空。",
            "The warning by days overdue: blue from 1, orange from 7, red from 15 days; empty where nothing is "
            "overdue.",
        ),
        Text(
            "公开的三级预警做法（1–3、7、15 天）；4–6 天仍为 blue",
            "A published three-step practice (1–3, 7, 15 days); days 4–6 stay blue",
        ),
        (Argument("days_overdue", WHOLE, Text("逾期天数", "Days overdue")),),
        "text",
        alert,
        (7,),
        "orange",
    ),
    Function(
        "AR_ARTICLE_634",
        "warning",
        Text(
            "分期付款买受人未付的到期价款是否达到全部价款的五分之一。达到后须经催告及合理期限，方可请求全部价款或解除合同；"
            "适用于分三期以上付款的买卖。",
            "Whether an instalment buyer's unpaid due amount reaches one fifth of the price. Then, after a demand and "
            "a reasonable time, the whole price may be called in or the contract ended; for sales in three or more "
            "instalments.",
        ),
        Text("民法典第634条；买卖合同解释第27条", "Civil Code art. 634; Interpretation on Sales art. 27"),
        (
            Argument("price", MONEY, Text("全部价款", "The whole price")),
            Argument("due_unpaid", MONEY, Text("到期未付的价款", "What is due and unpaid")),
        ),
        "flag",
        may_call_in,
        (1000000, 200000),
        True,
    ),
    Function(
        "AR_BONUS_CUT",
        "warning",
        Text(
            "超期回款扣减的金额：超过 30/60/90/120/180 天分别扣 20/40/50/80/100%；恰好等于不算超过。",
            "What is taken off a bonus for late money: 20/40/50/80/100 % above 30/60/90/120/180 days; exactly so many "
            "days is not above.",
        ),
        Text(
            "公开的回款奖励扣减办法；扣减的是奖金而非工资（工资支付暂行规定第16条）",
            "A published deduction ladder; it cuts a bonus, not wages (Interim Provisions on Wage Payment, art. 16)",
        ),
        (
            Argument("amount", MONEY, Text("奖金基数", "The bonus that it is taken from")),
            Argument("days_over", NUMBER, Text("超过约定日期的天数", "Days past the agreed date")),
            Argument(
                "ladder",
                LADDER,
                Text(
                    "扣减阶梯，两列：天数、比例；超过该天数即扣该比例",
                    "The ladder, two columns: above so many days, so large a share",
                ),
                [[tier.days, f"{tier.share * 100}%"] for tier in DEFAULT_LADDER],
            ),
        ),
        "money",
        bonus_cut,
        (100000, 61),
        "40000.00",
    ),
)
