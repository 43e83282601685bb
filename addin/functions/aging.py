"""Aging: days past due, buckets, years, what is left open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from addin.functions.kinds import COUNTS, DAY, DAYS, LABELS, MONEY, MONEYS, Kind, Unfit
from addin.functions.registry import Argument, Function
from addin.functions.results import Table
from addin.model.numerals import clean
from addin.model.text import Text
from addin.rules.aging import (
    AGE_BANDS,
    DEFAULT_EDGES,
    age_years,
    aging_table,
    bucket_labels,
    bucket_of,
    days_overdue,
    left_open,
)

_EDGES_WORDS: Final = Text("由小到大的天数，如 30;60;90;120", "days in rising order, such as 30;60;90;120")


def _edges(value: object) -> list[int]:
    """A vector, or the text that the settings sheet has: 30;60;90;120."""
    parts = re.split("[;,/]", clean(value)) if isinstance(value, str) else value
    edges: list[int] = COUNTS.read(parts)
    if any(low >= high for low, high in zip([0, *edges], edges, strict=False)):
        raise Unfit(_EDGES_WORDS, value)
    return edges


EDGES: Final = Kind("edges", _EDGES_WORDS, _edges)

_AS_OF: Final = Argument("as_of", DAY, Text("截至日", "the as-of date"))
_DUE: Final = Argument("due", DAY, Text("到期日", "due date"))
_EDGES: Final = Argument(
    "edges",
    EDGES,
    Text("各段上限（含），最后一段不封顶", "upper bounds of the buckets, inclusive; one more is open-ended"),
    DEFAULT_EDGES,
)


def _bucket(due: date, as_of: date, edges: Sequence[int]) -> str:
    return bucket_labels(edges)[bucket_of(days_overdue(due, as_of), edges)]


def _age(recognised: date, as_of: date) -> str:
    return AGE_BANDS[age_years(recognised, as_of)]


FUNCTIONS: Final = (
    Function(
        "AR_DAYS_OVERDUE",
        "aging",
        Text("逾期天数：到期日当天为 0，之前为负", "Days past due: 0 on the due date, negative before it"),
        Text("民法典第201条：开始的当日不计入", "Civil Code 201: the day of the start is not counted"),
        (_DUE, _AS_OF),
        "whole",
        days_overdue,
        ("2024-01-31", "2024-02-10"),
        10,
    ),
    Function(
        "AR_BUCKET",
        "aging",
        Text("账龄段，按逾期天数，上限含在内", "The aging bucket by days past due, upper bounds inclusive"),
        Text(
            "收款管理惯例：逾期 1-30、31-60、61-90、91-120、120 天以上",
            "Collections practice: 1-30, 31-60, 61-90, 91-120, 120+ days past due",
        ),
        (_DUE, _AS_OF, _EDGES),
        "text",
        _bucket,
        ("2025-05-01", "2025-06-30"),
        "31-60",
    ),
    Function(
        "AR_AGE_YEARS",
        "aging",
        Text(
            "披露账龄：自确认日起按周年计，恰满 N 年仍在较低一段，2月29日的周年为2月28日",
            "The age band of disclosures: by anniversaries of recognition; exactly N years stays in the lower band, "
            "the anniversary of 29 February is 28 February",
        ),
        Text(
            "财务报表附注的账龄分段惯例：1年以内（含1年）、1至2年（含2年）……",
            "Age bands in the notes of Chinese financial statements: within 1 year (included), 1 to 2 (included) …",
        ),
        (Argument("recognised", DAY, Text("应收款确认日", "day on which it was recognised")), _AS_OF),
        "text",
        _age,
        ("2020-12-31", "2025-12-31"),
        "4-5年",
    ),
    Function(
        "AR_OPEN",
        "aging",
        Text(
            "各项未收金额：收款从最早一项起依次抵减；多收时另加一行负数",
            "What is left of each amount after what was received is applied oldest first; "
            "an over-payment is one more, negative row",
        ),
        Text(
            "按先后顺序核销；多收部分不得抵消其他应收",
            "Oldest first; an over-payment stands on a row of its own",
        ),
        (
            Argument("amounts", MONEYS, Text("各项应收金额，最早的在前", "the amounts, oldest first")),
            Argument("received", MONEY, Text("累计收款", "money received in all")),
        ),
        "moneys",
        left_open,
        ([30, 50, 20], 40),
        ["0.00", "40.00", "20.00"],
    ),
    Function(
        "AR_AGING",
        "aging",
        Text(
            "账龄表：每组一行，按首次出现的顺序，末行合计",
            "The aging table: a row a group in order of first appearance, the last row the totals",
        ),
        Text(
            "分段同 AR_BUCKET；合计等于未收总额",
            "Buckets as in AR_BUCKET; the totals add up to what is open",
        ),
        (
            Argument(
                "group",
                LABELS,
                Text("每项的分组：客户、合同或负责人", "group of each item: customer, contract, manager"),
            ),
            Argument("due", DAYS, Text("每项的到期日", "due date of each item")),
            Argument("open", MONEYS, Text("每项的未收金额", "what is open of each item")),
            _AS_OF,
            _EDGES,
        ),
        Table(("text", "money")),
        aging_table,
        (["B", "A"], ["2025-05-01", "2025-07-05"], [500, 70], "2025-06-30", [30, 60]),
        [
            ["group", "current", "1-30", "31-60", "60+", "total"],
            ["B", "0.00", "0.00", "500.00", "0.00", "500.00"],
            ["A", "70.00", "0.00", "0.00", "0.00", "70.00"],
            ["total", "70.00", "0.00", "500.00", "0.00", "570.00"],
        ],
    ),
)
