"""What a receipt pays: by law, by proof, and within one claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from addin.functions.kinds import DAY, DAYS, FLAG, MONEY, MONEYS, RATE, Kind, many
from addin.functions.registry import Argument, Function
from addin.model.days import LAST_DAY
from addin.model.text import Text
from addin.rules.article_560 import allocate, fill
from addin.rules.matching import match


def _or_empty(kind: Kind, nothing: object) -> Kind:
    """Vectors in which an empty item is known to mean nothing."""

    def read(value: object) -> object:
        return nothing if value is None or value == "" else kind.read(value)

    return many(Kind(kind.name, kind.expected, read))


def _allocate(
    receipt: int,
    opens: Sequence[int],
    dues: Sequence[date],
    as_of: date | None,
    securities: Sequence[int] | None,
    burdens: Sequence[Decimal] | None,
    designated: Sequence[bool] | None,
) -> list[int]:
    days = [due.toordinal() for due in dues]
    on = LAST_DAY if as_of is None else as_of.toordinal()
    return allocate(receipt, opens, days, on, securities, burdens, designated)


def _match(receipt: int, opens: Sequence[int], tolerance: int) -> list[int] | str:
    found = match(receipt, opens, tolerance)
    return found if isinstance(found, str) else [place + 1 for place in found]


def _article_561(payment: int, costs: int, interest: int, principal: int) -> tuple[int, ...]:
    return tuple(fill(payment, (costs, interest, principal)))


_OPEN: Final = Argument("open", MONEYS, Text("各项未收金额", "what is open of each item"))
_RECEIPT: Final = Argument("receipt", MONEY, Text("收到的金额", "the money received"))

FUNCTIONS: Final = (
    Function(
        "AR_ALLOCATE",
        "receipts",
        Text(
            "一笔收款在各项之间的核销：先指定的；再按已到期、担保最少、负担最重、到期最早；同序按比例（最大余数）",
            "What a receipt pays of each item: the designated first; then due before not due, least secured, heaviest "
            "burden, earliest due; equals pro rata by largest remainder",
        ),
        Text("民法典第560条", "Civil Code 560"),
        (
            _RECEIPT,
            _OPEN,
            Argument("due", DAYS, Text("各项到期日", "due date of each item")),
            Argument(
                "as_of",
                DAY,
                Text("收款日；空则视为全部到期", "day of the receipt; empty: all count as due"),
                None,
            ),
            Argument(
                "security",
                _or_empty(MONEY, 0),
                Text("各项担保金额；空为 0", "what secures each item; empty is 0"),
                None,
            ),
            Argument(
                "burden",
                _or_empty(RATE, 0),
                Text("各项逾期利率；空为 0", "late rate of each item; empty is 0"),
                None,
            ),
            Argument(
                "designated",
                _or_empty(FLAG, False),
                Text("付款人指定的项为 TRUE", "TRUE for the items that the payer named"),
                None,
            ),
        ),
        "moneys",
        _allocate,
        (30000, [100000, 100000], ["2025-12-31", "2025-03-31"], "2025-06-30"),
        ["0.00", "30000.00"],
    ),
    Function(
        "AR_MATCH",
        "receipts",
        Text(
            "恰好凑成收款的唯一一组未收项的位置；没有为 none，多于一组为 ambiguous；容差内有恰好相等的取恰好相等的",
            "The positions of the only set of open amounts that adds up to the receipt; none, or ambiguous where "
            "several do; within a tolerance an exact set beats a near one",
        ),
        Text(
            "逐一验证全部组合，只提唯一解",
            "Every set is looked at, so that the only one is proved",
        ),
        (
            _RECEIPT,
            _OPEN,
            Argument("tolerance", MONEY, Text("允许的差额，含在内", "difference allowed, inclusive"), 0),
        ),
        "wholes",
        _match,
        (11000, [12000, 8000, 5000, 3000]),
        [2, 4],
    ),
    Function(
        "AR_ARTICLE_561",
        "receipts",
        Text(
            "一笔付款依次抵充费用、利息、本金",
            "What a payment meets: costs, then interest, then principal",
        ),
        Text("民法典第561条", "Civil Code 561"),
        (
            Argument("payment", MONEY, Text("付款金额", "the payment")),
            Argument("costs", MONEY, Text("实现债权的费用", "costs of enforcing the claim")),
            Argument("interest", MONEY, Text("利息", "interest owed")),
            Argument("principal", MONEY, Text("本金", "principal owed")),
        ),
        ("money", "money", "money"),
        _article_561,
        (50000, 2000, 5000, 100000),
        ["2000.00", "5000.00", "43000.00"],
    ),
)
