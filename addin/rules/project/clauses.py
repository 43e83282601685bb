"""The clause check: what a contract should say about being paid, at signing and as long as anything is to come.

Looked into are contracts that are not closed, have something left, and of which somebody entered the kind or what
was agreed in words: a row that only takes an amount over says nothing about the contract.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding, info, warning
from addin.model.money import half_up
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.chasing.cadence import live_contracts
from addin.rules.late_interest import STATUTE_BUYERS
from addin.rules.project.few import few

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
        Text("未约定则随时请求，民法典第628条", "on receipt, Civil Code 628"),
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
        "forum", Text("争议解决", "forum"), Text("原则上由被告住所地管辖", "the defendant's court, as a rule")
    ),
}
"""By what is looked for, in the order in which a contract is read."""


def clause_check(book: Book) -> Iterator[Finding]:
    """One line a contract for what is missing, one each where payment waits for a third party or too much is kept;
    and one a customer without an address for service."""
    looked = _looked_into(book)
    if looked.any():
        yield from few(_missing(book, looked))
        yield from few(_back_to_back(book, looked))
        yield from few(_retained(book, looked))
        yield from few(_not_served(book, looked))


_FILLED_IN = ("kind", "payment_clause", "payment_method", "forum")


def _looked_into(book: Book) -> np.ndarray:
    """By row of the contracts table."""
    frame = book.ledger["contracts"]
    live = np.zeros(len(frame), dtype=bool)
    live[[place for place in live_contracts(book) if place < len(frame)]] = True
    entered = np.zeros(len(frame), dtype=bool)
    for column in _FILLED_IN:
        entered |= (frame[column] != "").to_numpy(bool)
    found: np.ndarray = live & entered & (frame["status"] != "legal").to_numpy(bool)
    return found


def _missing(book: Book, looked: np.ndarray) -> Iterator[tuple[str, Finding]]:
    frame = book.ledger["contracts"]
    lacks = _lacking(book)
    table = np.stack([lacks[key] for key in CLAUSES])
    ids, rows = frame["contract_id"].tolist(), frame.index.tolist()
    signed = to_days(frame["signed"])
    for place in np.flatnonzero(looked & table.any(axis=0)).tolist():
        clauses = [
            clause for clause, gone in zip(CLAUSES.values(), table[:, place].tolist(), strict=True) if gone
        ]
        after = NO_DAY < signed[place] <= book.day
        yield ids[place], _clauses_missing(rows[place], clauses, bool(after))


def _lacking(book: Book) -> dict[str, np.ndarray]:
    """By clause, whether each row of the contracts table lacks it. What cannot be read is not missing."""
    ledger, frame = book.ledger, book.ledger["contracts"]
    goods = (frame["kind"] != "service").to_numpy(bool) & (frame["kind"] != "").to_numpy(bool)
    milestones = ledger["milestones"]
    triggers, terms = milestones["trigger"], (milestones["term"] == "").to_numpy(bool)
    undated = terms & (triggers != "fixed_date").to_numpy(bool) & ~ledger.is_unknown("milestones", "term")
    final = milestones["category"].isin(["final", "retention"]).to_numpy(bool)
    no_condition = final & (triggers == "").to_numpy(bool) & milestones["trigger_date"].isna().to_numpy(bool)
    inspected = goods | _of_contracts(book, (triggers == "acceptance").to_numpy(bool))
    no_rate, protected = _no_number(book, "late_rate_daily"), _protected(book)
    return {
        "payment_date": _of_contracts(book, undated) & _empty(frame, "payment_clause"),
        "method": _empty(frame, "payment_method"),
        "final_condition": _of_contracts(book, no_condition) & _empty(frame, "payment_clause"),
        "inspection": inspected & _no_number(book, "inspection_days"),
        "penalty": no_rate & ~protected,
        "statute": no_rate & protected,
        "forum": _empty(frame, "forum"),
    }


def _of_contracts(book: Book, milestones: np.ndarray) -> np.ndarray:
    """Whether any of these milestones belongs to each row of the contracts table."""
    found = np.zeros(len(book.contracts), dtype=bool)
    found[book.contract_of[milestones]] = True
    return found[: len(book.ledger["contracts"])]


def _empty(frame: pd.DataFrame, column: str) -> np.ndarray:
    empty: np.ndarray = (frame[column] == "").to_numpy(bool)
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


def _clauses_missing(row: int, clauses: list[Clause], after: bool) -> Finding:
    zh = "；".join(f"{clause.name.zh}（{clause.otherwise.zh}）" for clause in clauses)
    en = "; ".join(f"{clause.name.en} ({clause.otherwise.en})" for clause in clauses)
    cure = (
        Text(
            "以补充协议补上，或在对账单、会议纪要中请对方书面确认，再填入本行",
            "Agree it in a supplement, or have it confirmed in writing in a statement or minutes, and enter it here",
        )
        if after
        else Text("签约前写入合同并填入本行", "Put it into the contract before signing, and enter it here")
    )
    return info(
        "clauses_missing",
        "contracts",
        row,
        clauses[0].column,
        Text(f"合同缺少条款：{zh}", f"The contract lacks clauses: {en}"),
        cure,
    )


def _back_to_back(book: Book, looked: np.ndarray) -> Iterator[tuple[str, Finding]]:
    frame, protected = book.ledger["contracts"], _protected(book)
    waits = looked & frame["back_to_back"].fillna(False).to_numpy(bool)
    for place in np.flatnonzero(waits).tolist():
        yield (
            frame["contract_id"].iloc[place],
            _pay_when_paid(int(frame.index[place]), bool(protected[place])),
        )


def _pay_when_paid(row: int, protected: bool) -> Finding:
    cure = (
        Text(
            "对方为大型企业或机关单位而我方为中小企业时，此约定不得对抗我方（保障中小企业款项支付条例第9条）：照期主张，并请对方改约",
            "Against a small firm a large enterprise or public body may not rely on it (SME Payment Regulation 9): "
            "claim on the due date, and ask for another clause",
        )
        if protected
        else Text(
            "约定最迟付款日，并取得上游付款的知情权",
            "Agree a last day for payment, and a right to know what upstream paid",
        )
    )
    return warning(
        "back_to_back",
        "contracts",
        row,
        "back_to_back",
        Text(
            "背靠背条款：付款以第三方付款为条件", "A pay-when-paid clause: payment waits for a third party's"
        ),
        cure,
    )


def _retained(book: Book, looked: np.ndarray) -> Iterator[tuple[str, Finding]]:
    """Construction contracts that keep more than 3 % of the settled price (until then: of the amount in force)."""
    frame = book.ledger["contracts"]
    of_retention = (book.ledger["milestones"]["category"] == "retention").to_numpy(bool)
    kept = np.zeros(len(book.contracts), dtype=np.int64)
    np.add.at(kept, book.contract_of[of_retention], book.standing.amount[of_retention])
    rates = frame["retention_rate"].tolist()
    for place in np.flatnonzero(looked & (frame["kind"] == "construction").to_numpy(bool)).tolist():
        price, rate = book.contracts[place].in_force, rates[place]
        too_much = price is not None and int(kept[place]) > half_up(price * MOST_RETAINED)
        if too_much or (rate is not None and rate > MOST_RETAINED):
            yield frame["contract_id"].iloc[place], _retention_high(int(frame.index[place]))


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


def _not_served(book: Book, looked: np.ndarray) -> Iterator[tuple[str, Finding]]:
    frame = book.ledger["customers"]
    buyers = set(book.ledger["contracts"]["customer_id"][looked].tolist())
    wanting = frame[frame["customer_id"].isin(buyers).to_numpy(bool) & _empty(frame, "service_address")]
    for row, id in zip(wanting.index.tolist(), wanting["customer_id"].tolist(), strict=True):
        yield (
            id,
            info(
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
            ),
        )
