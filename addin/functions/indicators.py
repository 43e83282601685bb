"""Indicators: how many days sales stay out, and how well and how punctually money comes in."""

from __future__ import annotations

from addin.functions.kinds import MONEY, MONEYS, NUMBER, NUMBERS, SIGNED_MONEYS, WHOLE, choice
from addin.functions.registry import Argument, Function
from addin.model.text import Text
from addin.rules import indicators

_CREDIT_MANAGEMENT = Text("信用管理通行定义", "The customary definition of credit management")

_RECEIVABLES = Argument(
    "receivables",
    MONEY,
    Text("应收账款余额，与销售额同为含税", "Receivables, of the same tax basis as sales"),
)
_CURRENT = Argument("current", MONEY, Text("其中未逾期的部分", "The part of them that is not overdue"))
_SALES = Argument(
    "sales", MONEYS, Text("期间的赊销额；多项则相加", "Credit sales of the period; several are summed")
)
_DAYS = Argument("days", NUMBER, Text("期间的天数", "Days of the period"))
_BY = Argument(
    "by",
    choice("amount", "count"),
    Text("amount 按金额（默认），count 按笔数", "amount (default) or count"),
    "amount",
)

_DAYS_OF_SALES: tuple[Function, ...] = (
    Function(
        "AR_DSO",
        "indicators",
        Text(
            "应收账款周转天数：应收 ÷ 销售额 × 天数。",
            "Days of sales outstanding: receivables / sales × days.",
        ),
        _CREDIT_MANAGEMENT,
        (_RECEIVABLES, _SALES, _DAYS),
        "number",
        indicators.dso,
        (15000, 10000, 30),
        45,
    ),
    Function(
        "AR_BPDSO",
        "indicators",
        Text(
            "最佳可能周转天数：未逾期应收 ÷ 销售额 × 天数。",
            "Best possible DSO: receivables not overdue / sales × days.",
        ),
        _CREDIT_MANAGEMENT,
        (_CURRENT, _SALES, _DAYS),
        "number",
        indicators.best_possible_dso,
        (4000, 10000, 30),
        12,
    ),
    Function(
        "AR_ADD",
        "indicators",
        Text(
            "平均拖欠天数：周转天数减最佳可能周转天数。",
            "Average days delinquent: DSO less best possible DSO.",
        ),
        _CREDIT_MANAGEMENT,
        (_RECEIVABLES, _CURRENT, _SALES, _DAYS),
        "number",
        indicators.average_days_delinquent,
        (15000, 4000, 10000, 30),
        33,
    ),
    Function(
        "AR_DSO_COUNTBACK",
        "indicators",
        Text(
            "倒推法周转天数：从最近一期起逐期抵减应收，最后一期按比例；历史不足或遇到销售额不大于 0 的一期，得“>= n”，"
            "n 为已计的天数。",
            "DSO by counting back: the sales of period after period, the latest first, use up the receivables, the "
            'last in part; ">= n" (n = the days counted so far) where they outlast the history or come to a period '
            "whose sales are 0 or less.",
        ),
        _CREDIT_MANAGEMENT,
        (
            _RECEIVABLES,
            Argument(
                "sales", SIGNED_MONEYS, Text("各期销售额，最近一期在前", "Sales by period, the latest first")
            ),
            Argument("days", NUMBERS, Text("各期天数，与销售额一一对应", "Days of each of these periods")),
        ),
        "number",
        indicators.dso_countback,
        (150000, [100000, 100000], [30, 31]),
        45.5,
    ),
)

_EFFECTIVENESS: tuple[Function, ...] = (
    Function(
        "AR_CEI",
        "indicators",
        Text(
            "回收有效指数：期间可收之款中收回的比例。（期初＋销售−期末）÷（期初＋销售−期末未逾期），销售除以期数。",
            "Collection effectiveness: of what could be collected, the share that was. (opening + sales − closing) / "
            "(opening + sales − closing current), sales divided by the periods.",
        ),
        _CREDIT_MANAGEMENT,
        (
            Argument("opening", MONEY, Text("期初应收", "Receivables at the beginning")),
            Argument("sales", MONEY, Text("期间赊销额", "Credit sales of the period")),
            Argument("closing", MONEY, Text("期末应收", "Receivables at the end")),
            Argument(
                "closing_current",
                MONEY,
                Text("期末应收中未逾期的部分", "The part of them that is not overdue"),
            ),
            Argument(
                "periods",
                WHOLE,
                Text(
                    "期数：1 为整个期间的算法（默认）；大于 1 取平均每期销售额",
                    "1 (default) takes the full period's sales, more of them the average period's",
                ),
                1,
            ),
        ),
        "number",
        indicators.collection_effectiveness,
        (100000, 1000000, 120000, 100000),
        0.98,
    ),
    Function(
        "AR_COLLECTION_RATE",
        "indicators",
        Text(
            "回款率：收到的款 ÷（本期到期＋期初逾期）。未到期的预收不计入收款。",
            "Collection rate: received / (due in the period + overdue at its beginning). Advances are not in "
            "received.",
        ),
        Text("回款考核通行做法", "Customary in collection targets"),
        (
            Argument("due", MONEY, Text("本期到期应收", "What falls due in the period")),
            Argument("overdue_opening", MONEY, Text("期初已逾期应收", "What was overdue at its beginning")),
            Argument("received", MONEY, Text("本期收回，不含预收", "What was received, advances left out")),
        ),
        "number",
        indicators.collection_rate,
        (800000, 200000, 700000),
        0.7,
    ),
    Function(
        "AR_TURNOVER",
        "indicators",
        Text(
            "应收账款周转率与周转天数：{次数, 天数}。",
            "How often receivables turn over in a year, and the days of one turn: {turns, days}.",
        ),
        Text("财务分析通行公式，一年按 360 天", "Customary in financial analysis; a year of 360 days"),
        (
            Argument("sales", MONEY, Text("全年销售额", "The year's sales")),
            Argument(
                "average_receivables",
                MONEY,
                Text("平均应收账款，含应收票据", "Average receivables, notes included"),
            ),
            Argument(
                "year_days", NUMBER, Text("一年的天数，默认 360", "Days of a year, 360 by default"), 360
            ),
        ),
        ("number", "number"),
        indicators.turnover,
        (3750, 1000),
        [3.75, 96],
    ),
)

_PUNCTUALITY: tuple[Function, ...] = (
    Function(
        "AR_WEIGHTED_DAYS",
        "indicators",
        Text(
            "按金额加权的平均天数；提前为负。",
            "The mean of days weighted by amount; early days are negative.",
        ),
        _CREDIT_MANAGEMENT,
        (
            Argument("amounts", MONEYS, Text("各笔金额", "The amounts")),
            Argument("days", NUMBERS, Text("各笔天数，与金额一一对应", "The days of each")),
        ),
        "number",
        indicators.weighted_days,
        ([10, 30], [5, 9]),
        8,
    ),
    Function(
        "AR_ON_TIME",
        "indicators",
        Text(
            "按时付款的比例：迟延天数不大于 0 的为按时。",
            "The share that was paid on time: with 0 days late or fewer.",
        ),
        _CREDIT_MANAGEMENT,
        (
            Argument("amounts", MONEYS, Text("各笔已结清的金额", "The settled amounts")),
            Argument(
                "days_late", NUMBERS, Text("各笔迟延天数，提前为负", "Days late of each, early ones negative")
            ),
            _BY,
        ),
        "number",
        indicators.on_time,
        ([100, 300, 600], [0, 5, -2]),
        0.7,
    ),
    Function(
        "AR_PROMISE_KEPT",
        "indicators",
        Text(
            "承诺兑现率：按金额（部分兑现计部分）或按笔数（足额才算）。未到期的承诺不要列入。",
            "The share of promises kept: by amount (in part counts in part) or by count (only in full). Leave out "
            "promises that are not yet due.",
        ),
        _CREDIT_MANAGEMENT,
        (
            Argument("promised", MONEYS, Text("各笔承诺的金额", "The amounts promised")),
            Argument("paid", MONEYS, Text("到承诺日为止各笔付了多少", "What was paid of each by its date")),
            _BY,
        ),
        "number",
        indicators.promise_kept,
        ([100000, 50000, 30000], [100000, 20000, 0]),
        0.666666666666667,
    ),
)

FUNCTIONS: tuple[Function, ...] = (*_DAYS_OF_SALES, *_EFFECTIVENESS, *_PUNCTUALITY)
