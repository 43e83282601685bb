"""The operations by which a customer's credit file is explained, and how each is written out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from addin.model.money import half_up
from addin.model.text import Text
from addin.rules import grades
from addin.rules.credit_file import two_decimals
from addin.rules.credit_limit import SHARES, credit_limit
from addin.rules.explain.arithmetic import LONGEST, Money, Operation, written
from addin.rules.paydex import paydex

_CUTS = len(grades.CUTS)


# --- what the operations do --------------------------------------------------------------------------------


def _late(triples: Sequence[Any]) -> list[tuple[int, int]]:
    """Day, due date, amount, day …: by how many days each amount was late."""
    days, dues, amounts = triples[::3], triples[1::3], triples[2::3]
    return [((day - due).days, amount.minor) for day, due, amount in zip(days, dues, amounts, strict=True)]


def _paydex(*triples: Any) -> Decimal | None:
    found = paydex(*zip(*_late(triples), strict=True))
    return None if found is None else Decimal(found)


def _mean_delay(*triples: Any) -> int | None:
    late = _late(triples)
    whole = sum(amount for _, amount in late)
    return half_up(Fraction(sum(days * amount for days, amount in late), whole)) if whole else None


def _longest(*pairs: Any) -> int:
    return max(((day - due).days for day, due in zip(pairs[::2], pairs[1::2], strict=True)), default=0)


def _count(*values: Any) -> int:
    return len(values)


def _exact(pairs: Sequence[Any]) -> Fraction | None:
    """Part, weight, part, weight …: the mean by weight."""
    return grades.mean_of_known(pairs[::2], pairs[1::2])


def _score(*pairs: Any) -> Decimal | None:
    exact = _exact(pairs)
    return None if exact is None else two_decimals(exact)


def _earned(*values: Any) -> str | None:
    """Parts and weights as for the score, and the cuts; it is the exact score that counts."""
    exact = _exact(values[:-_CUTS])
    return None if exact is None else grades.grade(exact, values[-_CUTS:])


def _capped(earned: grades.Grade, paydex: Decimal | None, days: int, broken: int, in_court: int) -> str:
    conduct = grades.Conduct(None if paydex is None else int(paydex), days, broken, in_court > 0)
    return grades.capped(earned, conduct)


def _most_money(*pairs: Any) -> str:
    """Name, amount, name, amount …: the name with most; of two with as much the one that stands first."""
    sums: dict[str, int] = {}
    for name, amount in zip(pairs[::2], pairs[1::2], strict=True):
        sums[name] = sums.get(name, 0) + amount.minor
    return max(sums, key=sums.__getitem__)


def _limit(sales: Money, months: Decimal, grade: grades.Grade) -> Money:
    return Money(credit_limit(sales.minor, months, grade)[0], sales.digits)


def _looked_up(name: str, *pairs: str) -> str:
    return dict(zip(pairs[::2], pairs[1::2], strict=True))[name]


# --- how they are written ----------------------------------------------------------------------------------


def _delays(values: Sequence[Any], value: Any) -> Text:
    late = _late(values)
    shown = [
        (written(Money(amount, money.digits)), days)
        for (days, amount), money in zip(late[:LONGEST], values[2::3], strict=False)
    ]
    more = (
        Text(f"；…（共 {len(late)} 笔）", f"; … ({len(late)} in all)")
        if len(late) > LONGEST
        else Text("", "")
    )
    return Text(
        f"{'；'.join(f'{amount} 晚 {days} 天' for amount, days in shown)}{more.zh} → {written(value)}",
        f"{'; '.join(f'{amount} {_days(days)} late' for amount, days in shown)}{more.en} → {written(value)}",
    )


def _days(count: int) -> str:
    return f"{count} {'day' if abs(count) == 1 else 'days'}"


def _longest_words(values: Sequence[Any], value: Any) -> Text:
    return Text(f"{value} 天", _days(value))


def _number(values: Sequence[Any], value: Any) -> Text:
    return Text(f"{value} 项", f"{value}")


def _weighted(values: Sequence[Any], value: Any) -> Text:
    parts = [
        f"{written(part)} × {written(weight)}" for part, weight in zip(values[::2], values[1::2], strict=True)
    ]
    whole = written(sum(values[1::2], Decimal(0)))
    return _same(f"({' + '.join(parts)}) ÷ {whole} = {written(value)}")


def _against_cuts(values: Sequence[Any], value: Any) -> Text:
    score, cuts = written(_score(*values[:-_CUTS])), "/".join(written(cut) for cut in values[-_CUTS:])
    return Text(f"{score} 分，分界 {cuts} → {value}", f"{score} against {cuts} → {value}")


def _from_to(values: Sequence[Any], value: Any) -> Text:
    return _same(value if values[0] == value else f"{values[0]} → {value}")


def _step_by_step(values: Sequence[Any], value: Any) -> Text:
    earned, last, last_on, _ = values
    return Text(
        f"{last_on} 起为 {last}，应得 {earned} → {value}",
        f"{last} since {last_on}, {earned} earned → {value}",
    )


def _sums(values: Sequence[Any], value: Any) -> Text:
    shown = [f"{name} {written(amount)}" for name, amount in zip(values[::2], values[1::2], strict=True)]
    listed = ", ".join(shown[:LONGEST]) + (", …" if len(shown) > LONGEST else "")
    return _same(f"{listed} → {value}")


def _limited(values: Sequence[Any], value: Any) -> Text:
    sales, months, grade = values
    return _same(f"{written(sales)} × {written(months)} × {SHARES[grade][0]}% ({grade}) = {written(value)}")


def _found(values: Sequence[Any], value: Any) -> Text:
    """Terms of ours in both languages, a firm's own as they are."""
    own = next((text for text in grades.TERMS.values() if value in (text.zh, text.en)), Text(value, value))
    return Text(f"{values[0]} → {own.zh}", f"{values[0]} → {own.en}")


def _same(text: str) -> Text:
    return Text(text, text)


OPERATIONS: dict[str, Operation] = {
    "paydex": (_paydex, _delays),
    "mean_delay": (_mean_delay, _delays),
    "longest": (_longest, _longest_words),
    "count": (_count, _number),
    "score": (_score, _weighted),
    "earned": (_earned, _against_cuts),
    "capped": (_capped, _from_to),
    "moved": (grades.moved, _step_by_step),
    "most_money": (_most_money, _sums),
    "limit": (_limit, _limited),
    "looked_up": (_looked_up, _found),
}
