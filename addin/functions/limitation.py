"""The day on which a claim's limitation period ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from addin.functions.kinds import DAY, DAY_OR_EMPTY, many
from addin.functions.registry import Argument, Function
from addin.model.days import NO_DAY
from addin.model.text import Text
from addin.rules.limitation import Limitation
from addin.rules.refused import Refused
from addin.rules.workdays import Calendar


@cache
def _rule() -> Limitation:
    return Limitation(Calendar())


def _limitation(last_due: date, interrupted_on: Sequence[date | None] | None) -> date:
    ends = _rule().ends(last_due.toordinal(), [day.toordinal() for day in interrupted_on or () if day])
    if ends == NO_DAY:
        raise Refused(
            "last_due",
            Text(
                "应使时效在 9999 年之内届满", "expected a date whose limitation period ends by the year 9999"
            ),
        )
    return date.fromordinal(ends)


FUNCTIONS: tuple[Function, ...] = (
    Function(
        name="AR_LIMITATION",
        group="limitation",
        help=Text(
            "诉讼时效届满日：自最后一期到期日起三年，届满前（含当日）每次中断后重新起算，逢非工作日顺延；"
            "届满后的催款不再中断，该年节假日未公布的不顺延",
            "The last day of limitation: three years from the last instalment's due date, anew from each interruption "
            "up to that day, rolled to a working day; an interruption after it revives nothing, and a year whose "
            "calendar is not published is not rolled",
        ),
        source=Text(
            "民法典第188、189、195、202、203条；第192条债务人届满后的同意履行不在计算之列",
            "Civil Code 188, 189, 195, 202, 203; a debtor's promise after expiry (192) is not computed",
        ),
        arguments=(
            Argument("last_due", DAY, Text("最后一期的到期日", "The due date of the last instalment")),
            Argument(
                "interrupted_on",
                many(DAY_OR_EMPTY),
                Text(
                    "中断日：送达的催款、部分付款、还款承诺、起诉等，顺序不限，空格不计",
                    "Interruptions: a demand that arrived, a part payment, a promise, a suit …, in any order; empty "
                    "cells are none",
                ),
                default=None,
            ),
        ),
        result="day",
        body=_limitation,
        example=("2023-06-30", ["2024-11-19"]),
        shows="2027-11-19",
    ),
)
