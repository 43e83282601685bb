"""The clause check: what a contract should say about being paid, at signing and as long as anything is to come.

Looked into are contracts that are not closed, have something left, and of which somebody entered the kind or what
was agreed in words: a row that only takes an amount over says nothing about the contract.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress
from typing import NamedTuple

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding, info, warning
from addin.model.money import half_up
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.late_interest import STATUTE_BUYERS
from addin.rules.project.few import few_of

MOST_RETAINED = Fraction(3, 100)
"""Of the settled price, in construction; 建质〔2017〕138号 art. 7."""


@dataclass(frozen=True)
class Clause:
    """A clause, the column of the contracts sheet to look at, and what holds where it is missing."""

    column: str
    name: Text
    otherwise: Text


CLAUSES: Mapping[str, Clause] = {
    "payment_date": Clause(
        "payment_clause",
        Text("付款时间", "payment date"),
        Text("应在收到标的物时支付，民法典第628条", "on receipt, Civil Code 628"),
    ),
    "payment_date_of_works": Clause(
        "payment_clause",
        Text("付款时间", "payment date"),
        Text(
            "自交付、提交竣工结算文件或起诉之日起应付，建工解释（一）第27条",
            "from hand-over, the settlement documents or the suit, Construction Interpretation (I) 27",
        ),
    ),
    "method": Clause(
        "payment_method",
        Text("付款方式", "payment method"),
        Text("票据可能被拒付", "a draft may be dishonoured"),
    ),
    "final_condition": Clause(
        "payment_clause",
        Text("尾款条件", "condition of the final payment"),
        Text("尾款何时到期没有依据", "nothing tells when it falls due"),
    ),
    "inspection": Clause(
        "inspection_days",
        Text("验收期限", "inspection days"),
        Text("最长可拖两年，民法典第621条", "up to two years, Civil Code 621"),
    ),
    "inspection_of_works": Clause(
        "inspection_days",
        Text("验收期限", "inspection days"),
        Text(
            "拖延验收须由我方证明，建工解释（一）第9条",
            "that acceptance is delayed is ours to prove, Construction Interpretation (I) 9",
        ),
    ),
    "penalty": Clause(
        "late_rate_daily",
        Text("违约金", "late payment penalty"),
        Text("只能按损失主张，民法典第584、585条", "only the loss can be claimed, Civil Code 584 and 585"),
    ),
    "statute": Clause(
        "late_rate_daily",
        Text("违约金", "late payment penalty"),
        Text("按日万分之五，保障中小企业款项支付条例第17条", "0.05 % a day, SME Payment Regulation 17"),
    ),
    "forum": Clause(
        "forum",
        Text("争议解决", "forum"),
        Text(
            "由被告住所地或合同履行地法院管辖",
            "the court of the defendant's seat or of the place of performance",
        ),
    ),
    "forum_of_works": Clause(
        "forum",
        Text("争议解决", "forum"),
        Text("由工程所在地法院专属管辖", "the court of the site, and no other"),
    ),
}
"""By what is looked for, in the order in which a contract is read."""


def clause_check(book: Book) -> Iterator[Finding]:
    """One line a contract for what is missing, one each where payment waits for a third party or too much is kept;
    and one a customer without an address for service."""
    looked = _looked_into(book)
    if looked.any():
        yield from few_of(_missing(book, looked), _clauses_missing)
        yield from few_of(_back_to_back(book, looked), _pay_when_paid)
        yield from few_of(_retained(book, looked), _retention_high)
        yield from few_of(_not_served(book, looked), _no_address)


_FILLED_IN = ("kind", "payment_clause", "payment_method", "forum")


def _looked_into(book: Book) -> np.ndarray:
    """By row of the contracts table."""
    frame = book.ledger["contracts"]
    rows = len(frame)
    live, entered = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
    live[[place for place in book.live_contracts if place < rows]] = True
    for column in _FILLED_IN:
        entered |= ~_empty(frame, column)
    found: np.ndarray = live & entered & (frame["status"].to_numpy() != "legal")
    return found


class Gap(NamedTuple):
    """The clauses that the contract in a row lacks (of each whether it does), and whether it is signed already."""

    row: int
    lacks: Sequence[bool]
    signed: bool

    @property
    def clauses(self) -> list[Clause]:
        return list(compress(CLAUSES.values(), self.lacks))


def _missing(book: Book, looked: np.ndarray) -> Iterator[tuple[str, Gap]]:
    frame, lacks = book.ledger["contracts"], _lacking(book)
    table = np.stack([lacks[key] for key in CLAUSES])
    places = np.flatnonzero(looked & table.any(axis=0))
    ids, rows = frame["contract_id"].to_numpy()[places].tolist(), frame.index.to_numpy()[places].tolist()
    days = to_days(frame["signed"])[places]
    signed = ((days != NO_DAY) & (days <= book.day)).tolist()
    return zip(ids, map(Gap, rows, table[:, places].T.tolist(), signed), strict=True)


def _lacking(book: Book) -> dict[str, np.ndarray]:
    """By clause, whether each row of the contracts table lacks it. What cannot be read is not missing."""
    ledger, frame = book.ledger, book.ledger["contracts"]
    kinds, milestones = frame["kind"].to_numpy(), ledger["milestones"]
    triggers, categories = milestones["trigger"].to_numpy(), milestones["category"].to_numpy()
    undated = _empty(milestones, "term") & (triggers != "fixed_date")
    undated &= ~ledger.is_unknown("milestones", "term")
    final = (categories == "final") | (categories == "retention")
    no_condition = final & (triggers == "") & milestones["trigger_date"].isna().to_numpy(bool)
    inspected = ((kinds != "service") & (kinds != "")) | _of_contracts(book, triggers == "acceptance")
    no_rate, protected = _no_number(book, "late_rate_daily"), _protected(book)
    no_date = _of_contracts(book, undated) & _empty(frame, "payment_clause")
    no_period = inspected & _no_number(book, "inspection_days")
    no_forum, works = _empty(frame, "forum"), kinds == "construction"
    return {
        "payment_date": no_date & ~works,
        "payment_date_of_works": no_date & works,
        "method": _empty(frame, "payment_method"),
        "final_condition": _of_contracts(book, no_condition) & _empty(frame, "payment_clause"),
        "inspection": no_period & ~works,
        "inspection_of_works": no_period & works,
        "penalty": no_rate & ~protected,
        "statute": no_rate & protected,
        "forum": no_forum & ~works,
        "forum_of_works": no_forum & works,
    }


def _of_contracts(book: Book, milestones: np.ndarray) -> np.ndarray:
    """Whether any of these milestones belongs to each row of the contracts table."""
    found = np.zeros(len(book.contracts), dtype=bool)
    found[book.contract_of[milestones]] = True
    return found[: len(book.ledger["contracts"])]


def _empty(frame: pd.DataFrame, column: str) -> np.ndarray:
    empty: np.ndarray = frame[column].to_numpy() == ""
    return empty


def _no_number(book: Book, column: str) -> np.ndarray:
    unknown = book.ledger.is_unknown("contracts", column)
    empty: np.ndarray = book.ledger["contracts"][column].isna().to_numpy(bool) & ~unknown
    return empty


def _protected(book: Book) -> np.ndarray:
    """Whether the buyer of each contract is a large enterprise or public body, and we are not large (条例9, 17)."""
    customers = book.ledger["customers"]
    small = book.policy["our_size"] != "large"
    bound = set(customers["customer_id"][customers["kind"].isin(STATUTE_BUYERS).to_numpy(bool)].tolist())
    buyers = book.ledger["contracts"]["customer_id"].tolist()
    return np.array([small and buyer in bound for buyer in buyers], dtype=bool)


def _clauses_missing(gap: Gap) -> Finding:
    clauses = gap.clauses
    zh = "；".join(f"{clause.name.zh}（{clause.otherwise.zh}）" for clause in clauses)
    en = "; ".join(f"{clause.name.en} ({clause.otherwise.en})" for clause in clauses)
    cure = (
        Text(
            "以补充协议补上，或在对账单、会议纪要中请对方书面确认，再填入本行",
            "Agree it in a supplement, or have it confirmed in writing in a statement or minutes, and enter it here",
        )
        if gap.signed
        else Text("签约前写入合同并填入本行", "Put it into the contract before signing, and enter it here")
    )
    return info(
        "clauses_missing",
        "contracts",
        gap.row,
        clauses[0].column,
        Text(f"合同缺少条款：{zh}", f"The contract lacks clauses: {en}"),
        cure,
    )


def _back_to_back(book: Book, looked: np.ndarray) -> Iterator[tuple[str, tuple[int, str]]]:
    """With the row of the contract, the kind of its buyer where the regulation protects us against it."""
    frame, customers = book.ledger["contracts"], book.ledger["customers"]
    kinds = dict(zip(customers["customer_id"].tolist(), customers["kind"].tolist(), strict=True))
    protected = _protected(book)
    waits = looked & frame["back_to_back"].fillna(False).to_numpy(bool)
    for place in np.flatnonzero(waits).tolist():
        buyer = kinds[frame["customer_id"].iloc[place]] if protected[place] else ""
        yield frame["contract_id"].iloc[place], (int(frame.index[place]), buyer)


_CURES = {
    "large_enterprise": Text(
        "大型企业不得以第三方付款为向中小企业付款的条件（保障中小企业款项支付条例第9条）：照期主张，并请对方改约",
        "A large enterprise may not make a small firm wait for a third party (SME Payment Regulation 9): claim on "
        "the due date, and ask for another clause",
    ),
    "public_body": Text(
        "机关、事业单位应自交付起30日内付款，合同另有约定的最长60日（保障中小企业款项支付条例第9条）：照期主张，并请对方改约",
        "A public body pays within 30 days of delivery, by contract within 60 at most (SME Payment Regulation 9): "
        "claim on that day, and ask for another clause",
    ),
}
_OTHERWISE = Text(
    "约定最迟付款日，并取得上游付款的知情权",
    "Agree a last day for payment, and a right to know what upstream paid",
)


def _pay_when_paid(facts: tuple[int, str]) -> Finding:
    row, buyer = facts
    return warning(
        "back_to_back",
        "contracts",
        row,
        "back_to_back",
        Text(
            "背靠背条款：付款以第三方付款为条件", "A pay-when-paid clause: payment waits for a third party's"
        ),
        _CURES.get(buyer, _OTHERWISE),
    )


def _retained(book: Book, looked: np.ndarray) -> Iterator[tuple[str, int]]:
    """Construction contracts that keep more than 3 % of the settled price (until then: of the amount in force)."""
    frame = book.ledger["contracts"]
    of_retention = book.ledger["milestones"]["category"].to_numpy() == "retention"
    kept = np.zeros(len(book.contracts), dtype=np.int64)
    np.add.at(kept, book.contract_of[of_retention], book.standing.amount[of_retention])
    building = looked & (frame["kind"].to_numpy() == "construction")
    ids, rows, rates = frame["contract_id"].tolist(), frame.index.tolist(), frame["retention_rate"].tolist()
    for place in np.flatnonzero(building).tolist():
        price, rate, amount = book.contracts[place].in_force, rates[place], int(kept[place])
        too_much = price is not None and 100 * amount > 3 * price and amount > half_up(price * MOST_RETAINED)
        if too_much or (rate is not None and rate > MOST_RETAINED):
            yield ids[place], rows[place]


def _retention_high(row: int) -> Finding:
    return warning(
        "retention_high",
        "contracts",
        row,
        "retention_rate",
        Text(
            "质保金超过结算总额的3%（建质〔2017〕138号第七条）",
            "More than 3 % of the settled price is retained (建质〔2017〕138号, art. 7)",
        ),
        Text(
            "请对方把质保金降到3%，或改用银行保函", "Ask for at most 3 %, or offer a bank guarantee instead"
        ),
    )


def _not_served(book: Book, looked: np.ndarray) -> Iterator[tuple[str, tuple[int, str]]]:
    frame = book.ledger["customers"]
    buyers = set(book.ledger["contracts"]["customer_id"][looked].tolist())
    without = _empty(frame, "service_address")
    rows = zip(frame.index[without].tolist(), frame["customer_id"][without].tolist(), strict=True)
    return ((id, (row, id)) for row, id in rows if id in buyers)


def _no_address(facts: tuple[int, str]) -> Finding:
    row, id = facts
    return info(
        "service_address_missing",
        "customers",
        row,
        "service_address",
        Text(
            f"{id} 没有约定送达地址：退件时送达难以证明",
            f"{id} has no agreed address for service: a letter that comes back proves little",
        ),
        Text(
            "在合同或对账单中约定送达地址（含电子邮箱），填入本行",
            "Agree one in the contract or a statement, e-mail included, and enter it here",
        ),
    )
