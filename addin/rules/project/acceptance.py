"""Acceptance on its way: submitted, rejected, accepted; and what the buyer's silence means.

A period of n days ends with the nth day after the day of submission, which is not counted (民法典201). Only after it
is silence deemed to be acceptance: the day proposed is the period's last (民法典621; 条例10 for small firms against
large enterprises and public bodies), in construction the day of the report itself (建工解释(一)9).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding, info, warning
from addin.model.problems import shown
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.frames import integers
from addin.rules.late_interest import STATUTE_BUYERS
from addin.rules.project.few import few

REASONABLE_DAYS = 30
"""After so many days without an answer a submission under a contract without a period is told."""


@dataclass(frozen=True)
class Submission:
    """A milestone that waits for acceptance, as far as the sheet tells. Days are ordinals, `NO_DAY`: none."""

    row: int
    submitted: int
    rejected: int
    accepted_by: str
    inspection_days: int | None
    kind: str
    stage: bool
    """Whether it is the acceptance of a stage, which no article deems to be given."""
    protected: bool
    """Whether we are small and the buyer a large enterprise or a public body (条例10)."""

    @property
    def is_rejected(self) -> bool:
        """Whether the last word is a rejection: on the day of submission or later."""
        return self.rejected != NO_DAY and self.rejected >= self.submitted


def acceptance_findings(book: Book) -> Iterator[Finding]:
    """What is to be done about each acceptance that is not dated yet."""
    by_code: dict[str, list[tuple[str, Finding]]] = {}
    for id, each in _waiting(book):
        found = _told(each, book.day)
        if found is not None:
            by_code.setdefault(found.code, []).append((id, found))
    for findings in by_code.values():
        yield from few(findings)


def _waiting(book: Book) -> Iterator[tuple[str, Submission]]:
    """Pending acceptance and progress milestones with anything entered about their acceptance by the day."""
    frame = book.ledger["milestones"]
    submitted, rejected = (_up_to(to_days(frame[key]), book.day) for key in ("submitted_on", "rejected_on"))
    named = frame["accepted_by"].to_numpy() != ""
    triggers = frame["trigger"].to_numpy()
    stages = triggers == "progress"
    waits = ((triggers == "acceptance") | stages) & ~book.standing.triggered
    waits &= (submitted != NO_DAY) | (rejected != NO_DAY) | named
    dated_later = to_days(frame["trigger_date"]) > book.day
    places = np.flatnonzero(
        waits & ~dated_later & ~book.ledger.is_unknown("milestones", "trigger_date")
    ).tolist()
    if not places:
        return
    days, kinds = (
        integers(book.ledger["contracts"]["inspection_days"]),
        book.ledger["contracts"]["kind"].tolist(),
    )
    protected = _protected(book)
    for place in places:
        contract = int(book.contract_of[place])
        known = contract < len(days)
        yield (
            book.milestones[place].id,
            Submission(
                book.milestones[place].row,
                int(submitted[place]),
                int(rejected[place]),
                frame["accepted_by"].iloc[place],
                days[contract] if known else None,
                kinds[contract] if known else "",
                bool(stages[place]),
                book.contracts[contract].customer in protected,
            ),
        )


def _up_to(days: np.ndarray, as_of: int) -> np.ndarray:
    return np.where(days <= as_of, days, NO_DAY)


def _protected(book: Book) -> set[str]:
    if book.policy["our_size"] == "large":
        return set()
    frame = book.ledger["customers"]
    return set(frame["customer_id"][frame["kind"].isin(STATUTE_BUYERS).to_numpy(bool)].tolist())


def _told(each: Submission, as_of: int) -> Finding | None:
    if each.is_rejected:
        return _rejected(each, as_of)
    if each.accepted_by:
        return _not_dated(each)
    days = REASONABLE_DAYS if each.inspection_days is None else each.inspection_days
    last = each.submitted + days
    if as_of <= last:
        return None
    return _silent(each, as_of) if each.stage or each.inspection_days is None else _deemed(each, last)


def _rejected(each: Submission, as_of: int) -> Finding:
    day, ago = date.fromordinal(each.rejected), as_of - each.rejected
    return info(
        "acceptance_rejected",
        "milestones",
        each.row,
        "rejected_on",
        Text(
            f"{day} 被退回，已 {ago} 天，尚未再次报验",
            f"Rejected on {day}, {ago} days ago, and not submitted again",
        ),
        Text(
            "按书面意见整改后再次报验，把报验日改为新日期；有异议的登记争议",
            "Put right what the rejection names, submit again and enter that day; enter a dispute where you disagree",
        ),
    )


def _not_dated(each: Submission) -> Finding:
    return warning(
        "accepted_not_dated",
        "milestones",
        each.row,
        "trigger_date",
        Text(
            f"{shown(each.accepted_by)} 已验收，但没有触发日期，款项仍按未触发计",
            f"Accepted by {shown(each.accepted_by)}, but without a trigger date: the amount is still pending",
        ),
        Text(
            "填写触发日期（验收单签署日）和凭证",
            "Enter the trigger date (the day of the report) and the evidence",
        ),
    )


def _silent(each: Submission, as_of: int) -> Finding:
    day, ago, days = date.fromordinal(each.submitted), as_of - each.submitted, each.inspection_days
    period = (
        Text("合同没有约定验收期限", "the contract names no inspection period")
        if days is None
        else Text(f"合同约定验收期限 {days} 天", f"the contract gives {days} days for inspection")
    )
    return info(
        "acceptance_silent",
        "milestones",
        each.row,
        "submitted_on",
        Text(
            f"{day} 报验，已 {ago} 天无答复；{period.zh}",
            f"Submitted on {day}, no answer for {ago} days; {period.en}",
        ),
        _ask_for_it(each),
    )


def _ask_for_it(each: Submission) -> Text:
    """The buyer's duty to inspect is of sales and the like (民法典621, 646); works have their own rule, for the end."""
    ask = Text("书面催促验收并约定答复日", "Ask for acceptance in writing and set a date")
    if each.kind != "construction":
        return Text(
            f"{ask.zh}：对方应在合理期限内检验，自收货起最长两年（民法典第621条）",
            f"{ask.en}: the buyer has a reasonable time, two years at the most (Civil Code 621)",
        )
    if each.stage:
        return ask
    return Text(
        f"{ask.zh}：发包人拖延验收的，以提交竣工验收报告之日为竣工日期（建工解释（一）第9条）",
        f"{ask.en}: where the owner delays it, the works are completed on the day of the report (Construction "
        "Interpretation (I) 9)",
    )


def _deemed(each: Submission, last: int) -> Finding:
    construction = each.kind == "construction"
    day = date.fromordinal(each.submitted if construction else last)
    source = _source(construction, each.protected)
    return warning(
        "acceptance_deemed",
        "milestones",
        each.row,
        "trigger_date",
        Text(
            f"{date.fromordinal(each.submitted)} 报验，验收期限 {each.inspection_days} 天已于 "
            f"{date.fromordinal(last)} 届满，对方未提异议：建议视为 {day} 验收合格（{source.zh}）",
            f"Submitted on {date.fromordinal(each.submitted)}; the {each.inspection_days} days for inspection ended on "
            f"{date.fromordinal(last)} without an objection: accepted, it is proposed, as of {day} ({source.en})",
        ),
        Text(
            f"发函告知视为验收并保留送达凭证，然后把触发日期填为 {day}，凭证写明该函",
            f"Say so in a letter and keep the proof of delivery; then enter {day} as trigger date, and the letter as "
            "evidence",
        ),
    )


def _source(construction: bool, protected: bool) -> Text:
    own = (
        Text("建工解释（一）第9条：拖延验收的，以提交报告之日为准",
             "Construction Interpretation (I) 9: where acceptance is delayed, the day of the report")
        if construction
        else Text("民法典第621条", "Civil Code 621")
    )  # fmt: skip
    if not protected or construction:
        return own
    return Text(
        f"{own.zh}；保障中小企业款项支付条例第10条：付款期限自验收期限届满起算",
        f"{own.en}; SME Payment Regulation 10: the term runs from the end of the inspection period",
    )
