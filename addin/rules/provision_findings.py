"""What the provision has to say: where its rates come from, how it moved, and which customer's rate it cannot use."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from addin.model.finding import Finding, info, warning
from addin.model.money import digits_of, grouped
from addin.model.text import Text
from addin.rules.age_bands import BANDS

_CLASS_NAMES = {
    "receivable": Text("应收账款坏账准备", "receivables"),
    "contract_asset": Text("合同资产减值准备", "contract assets"),
    "notes": Text("应收票据坏账准备", "notes"),
}


def about(rates: Sequence[Fraction], years: Sequence[int]) -> list[Finding]:
    """Which rates apply (``years`` of history, the latest first; none: the settings'), and whether they rise."""
    shown = "; ".join(f"{float(rate):.2%}" for rate in rates)
    basis = _from_history(shown, years) if years else _from_settings(shown)
    falling = [band for band, (rate, older) in enumerate(pairwise(rates)) if older < rate]
    return [basis, *(_falls(band, rates) for band in falling[:1])]


def _from_history(shown: str, years: Sequence[int]) -> Finding:
    first, last, count = years[-1], years[0], len(years)
    return info(
        "provision_basis",
        "provision",
        None,
        "rate",
        Text(
            f"组合计提比例按台账 {first}–{last} 年（{count} 个完整年度）的平均迁徙率计算：{shown}",
            f"The pool's rates come from the ledger's own migration in {first}–{last}, {count} full years: {shown}",
        ),
        Text(
            "参数 provision_rates 只在台账不满三个完整年度时采用；要对某客户另定比例，填写其单项计提比例与原因",
            "The setting provision_rates applies only where three full years are not there; for another rate of a"
            " customer, enter its individual rate and reason",
        ),
    )


def _from_settings(shown: str) -> Finding:
    return info(
        "provision_basis",
        "provision",
        None,
        "rate",
        Text(
            f"组合计提比例按参数 provision_rates：{shown}",
            f"The pool's rates are those of the setting provision_rates: {shown}",
        ),
        Text(
            "台账满三个完整年度后，改按台账自身的迁徙率计算",
            "Once three full years are in the ledger, its own migration rates apply",
        ),
    )


def _falls(band: int, rates: Sequence[Fraction]) -> Finding:
    younger, older = BANDS[band], BANDS[band + 1]
    low, high = f"{float(rates[band + 1]):.2%}", f"{float(rates[band]):.2%}"
    return warning(
        "provision_rates_fall",
        "provision",
        None,
        "rate",
        Text(
            f"计提比例随账龄下降：{younger.zh} {high}，{older.zh} 只有 {low}",
            f"The rates fall with age: {younger.en} {high}, {older.en} only {low}",
        ),
        Text(
            "核对参数 provision_rates；账龄越长，比例不应越低",
            "Check the setting provision_rates: older amounts should not bear less",
        ),
    )


def moved(kind: str, amounts: tuple[int, int, int, int, int], base: str) -> Finding:
    """Opening, charge, written off, recovered and closing allowance of a class, in minor units of ``base``."""
    opening, charge, written_off, recovered, closing = (grouped(each, digits_of(base)) for each in amounts)
    name = _CLASS_NAMES[kind]
    return info(
        "provision_movement",
        "provision",
        None,
        "movement",
        Text(
            f"{name.zh}本月变动：期初 {opening} + 计提 {charge} − 核销 {written_off} + 收回 {recovered}"
            f" = 期末 {closing}",
            f"Provision for {name.en} this month: opening {opening} + charge {charge} − written off {written_off}"
            f" + recovered {recovered} = closing {closing}",
        ),
        Text("计提为负是转回；按此入账", "A charge below zero is a release; book these"),
    )


def no_reason(row: int) -> Finding:
    """A customer with an individual rate but without its reason."""
    return warning(
        "individual_no_reason",
        "customers",
        row,
        "individual_reason",
        Text(
            "填了单项计提比例而没有原因：该客户仍按组合计提",
            "An individual rate without its reason: the customer stays in the pool",
        ),
        Text("写明单项计提的原因，或清空比例", "Enter why it is assessed individually, or clear the rate"),
    )


def no_rate(row: int) -> Finding:
    """A customer with a reason for individual assessment but without a rate."""
    return warning(
        "individual_no_rate",
        "customers",
        row,
        "individual_rate",
        Text(
            "填了单项计提原因而没有比例：该客户仍按组合计提",
            "A reason for individual assessment without a rate: the customer stays in the pool",
        ),
        Text("填写单项计提比例，或清空原因", "Enter the individual rate, or clear the reason"),
    )
