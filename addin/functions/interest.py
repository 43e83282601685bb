"""Interest on late money and the fixed compensation beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from addin.functions.kinds import DAY, DAYS, MONEY, MONEYS, RATE, choice
from addin.functions.registry import Argument, Function
from addin.functions.results import Table
from addin.model.text import Text
from addin.rules.interest import Basis, Order, segments, simple_interest
from addin.rules.late_fee import late_fee
from addin.rules.refused import as_many

_HEADINGS: Final = ("from", "to", "days", "principal", "interest", "paid_interest", "paid_principal")

_BASIS: Final = choice("365", "360", "30/360", "daily", **{"30E/360": "30/360"})
_BASIS_HELP: Final = Text(
    "计息基准：365、360、30/360（30E/360，每月按 30 天）或 daily（利率按日）",
    "365, 360, 30/360 (30E/360: every month has 30 days) or daily (the rate is per day)",
)
_PRINCIPAL: Final = Argument("principal", MONEY, Text("本金", "The amount that is late"))
_DUE: Final = Argument(
    "due", DAY, Text("到期日；次日为计息第一天", "The due date; the day after it is the first that counts")
)
_RATE: Final = Argument(
    "rate", RATE, Text("利率，0.05 即 5%；daily 时为日利率", "The rate, 0.05 is 5 %; per day where daily")
)


def _interest(principal: int, due: date, paid: date, rate: Decimal, basis: Basis, cap: Decimal | None) -> int:
    limit = None if cap is None else Fraction(cap)
    return simple_interest(principal, due, paid, Fraction(rate), basis, limit)


def _interest_paid(
    principal: int,
    due: date,
    as_of: date,
    rate: Decimal,
    basis: Basis,
    pay_dates: Sequence[date],
    pay_amounts: Sequence[int],
    order: Order,
) -> list[Sequence[Any]]:
    as_many("pay_amounts", len(pay_amounts), "pay_dates", len(pay_dates))
    payments = zip(pay_dates, pay_amounts, strict=True)
    rows = segments(principal, due, as_of, Fraction(rate), basis, payments, order)
    return [
        _HEADINGS,
        *(
            (
                row.first,
                row.last,
                row.days,
                row.principal,
                row.interest,
                row.paid_interest,
                row.paid_principal,
            )
            for row in rows
        ),
    ]


FUNCTIONS: tuple[Function, ...] = (
    Function(
        name="AR_INTEREST",
        group="interest",
        help=Text(
            "到期日次日起至付款日（含）的单利，最后一次性四舍五入到分，不为负",
            "Simple interest for the days after due up to and including paid, rounded once; never negative",
        ),
        source=Text(
            "民法典第201条（到期日当日不计）、第585条；保障中小企业款项支付条例第17条（日万分之五）；"
            "30E/360 见 ISDA 定义",
            "Civil Code 201 (the due day does not count), 585; Regulations on Payments to SMEs 17 (0.05 % a day); "
            "30E/360 as ISDA defines it",
        ),
        arguments=(
            _PRINCIPAL,
            _DUE,
            Argument("paid", DAY, Text("付款日，当日仍计息", "The day of payment; it still counts")),
            _RATE,
            Argument("basis", _BASIS, _BASIS_HELP, default="365"),
            Argument(
                "cap",
                RATE,
                Text(
                    "上限，占本金的比例；留空为不设上限",
                    "The most, as a fraction of principal; none if empty",
                ),
                default=None,
            ),
        ),
        result="money",
        body=_interest,
        example=(300000, "2025-03-31", "2025-05-31", 0.0005, "daily"),
        shows="9150.00",
    ),
    Function(
        name="AR_INTEREST_PAID",
        group="interest",
        help=Text(
            "有部分付款时的单利：每段一行，列出按基准计的天数、本金、利息和该段末付款的冲抵；利息合计只舍入一次，不计复利",
            "Simple interest with payments on the way: a row a segment with its days as the basis counts them, "
            "principal and interest, and what the payment on its last day met; rounded once in all, not compounded",
        ),
        source=Text(
            "民法典第561条：先利息后本金；约定先本金的用 principal",
            "Civil Code 561: interest before principal; `principal` where the reverse was agreed",
        ),
        arguments=(
            _PRINCIPAL,
            _DUE,
            Argument("as_of", DAY, Text("截至日，当日计息", "The last day that counts")),
            _RATE,
            Argument("basis", _BASIS, _BASIS_HELP),
            Argument(
                "pay_dates",
                DAYS,
                Text(
                    "各次付款日，顺序不限；到期日及以前的冲减本金，截至日以后的不计",
                    "The days of the payments, in any order; one up to due lowers the principal, one after as_of is "
                    "left out",
                ),
            ),
            Argument(
                "pay_amounts",
                MONEYS,
                Text(
                    "各次付款金额，与付款日一一对应；超出本息的部分不列示",
                    "The amount of each; what exceeds interest and principal is not shown",
                ),
            ),
            Argument(
                "order",
                choice("561", "principal"),
                Text(
                    "561：先利息（默认）；principal：先本金",
                    "561: interest first (default); principal: principal first",
                ),
                default="561",
            ),
        ),
        result=Table(("day", "day", "whole", "money")),
        body=_interest_paid,
        example=(100000, "2025-03-31", "2025-06-09", 0.0005, "daily", ["2025-05-10"], [40000]),
        shows=[
            list(_HEADINGS),
            ["2025-04-01", "2025-05-10", 40, "100000.00", "2000.00", "2000.00", "38000.00"],
            ["2025-05-11", "2025-06-09", 30, "62000.00", "930.00", "0.00", "0.00"],
        ],
    ),
    Function(
        name="AR_LATE_FEE",
        group="interest",
        help=Text(
            "每笔逾期债务的法定固定补偿，按债务金额分档；债务为 0 时为 0",
            "The fixed compensation for one late debt, by its size; nothing on a debt of 0",
        ),
        source=Text(
            "英国 Late Payment of Commercial Debts (Interest) Act 1998 第5A条；"
            "爱尔兰 2012 年商业交易逾期付款条例；欧盟指令 2011/7/EU 第6条",
            "UK Late Payment of Commercial Debts (Interest) Act 1998 s. 5A; Irish Late Payment in Commercial "
            "Transactions Regulations 2012; Directive 2011/7/EU art. 6",
        ),
        arguments=(
            Argument("debt", MONEY, Text("债务金额（英镑或欧元）", "The debt, in pounds or euro")),
            Argument(
                "regime",
                choice("UK", "IE", "EU"),
                Text(
                    "UK：不足 1000 为 40，1000 起 70，10000 起 100；"
                    "IE：1000 及以下 40，10000 及以下 70，以上 100；EU：40",
                    "UK: 40 below 1,000, 70 from 1,000, 100 from 10,000; IE: 40 up to 1,000, 70 up to 10,000, 100 "
                    "above; EU: 40",
                ),
            ),
        ),
        result="money",
        body=late_fee,
        example=(5000, "UK"),
        shows="70.00",
    ),
)
