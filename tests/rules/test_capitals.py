"""人民币大写: the regulation's examples, every 零 that may or must stand, and what holds for every amount."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from addin.rules.capitals import BEYOND, capitals, capitals_date, capitals_ok
from addin.rules.refused import Refused

AMOUNTS = st.one_of(
    st.integers(0, BEYOND - 1),
    st.integers(0, 10**9),
    # few figures other than 0: where the rules are
    st.text("0001", min_size=1, max_size=18).map(int),
    st.text("00012345678990", min_size=1, max_size=18).map(int),
)


def fen(amount: str) -> int:
    yuan, _, rest = amount.replace(",", "").partition(".")
    return int(yuan) * 100 + int(rest.ljust(2, "0") or 0)


def value(words: str) -> int:
    """What the words come to, read unit by unit: an independent way back."""
    words = re.sub("人民币|整|正|零", "", words)
    sign = -1 if words.startswith("负") else 1
    yuan, parted, rest = words.removeprefix("负").rpartition("元")
    total = _group(yuan) * 100 if parted else 0
    for figure, unit in re.findall("(.)([角分])", rest):
        total += "零壹贰叁肆伍陆柒捌玖".index(figure) * {"角": 10, "分": 1}[unit]
    return sign * total


def _group(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            above, _, below = words.rpartition(unit)
            return _group(above) * size + _group(below)
    places = {"仟": 1000, "佰": 100, "拾": 10, "": 1}
    found = re.findall("([壹贰叁肆伍陆柒捌玖])([仟佰拾]?)", words)
    return sum("零壹贰叁肆伍陆柒捌玖".index(figure) * places[unit] for figure, unit in found)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1,409.50", "壹仟肆佰零玖元伍角整"),
        ("6,007.14", "陆仟零柒元壹角肆分"),
        ("1,680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107,000.53", "壹拾万柒仟元零伍角叁分"),
        ("16,409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
    ],
)
def test_examples_of_the_regulation(amount: str, words: str) -> None:
    assert capitals(fen(amount)) == words
    assert capitals(fen(amount), prefix=True) == "人民币" + words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("105", "壹佰零伍元整"),
        ("1000.05", "壹仟元零伍分"),
        ("100,001", "壹拾万零壹元整"),
        ("100,070.03", "壹拾万零柒拾元零叁分"),
        ("1,001,000", "壹佰万零壹仟元整"),
        ("1,234,567.89", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
        ("3,504,096.43", "叁佰伍拾万零肆仟零玖拾陆元肆角叁分"),
        ("100,000,000", "壹亿元整"),
        ("100,010,000", "壹亿零壹万元整"),
        ("1,000,000,001.01", "壹拾亿零壹元零壹分"),
        ("1,050,000,000", "壹拾亿零伍仟万元整"),
        ("1,000,000,000,000", "壹万亿元整"),
        ("1,000,500,000,000.1", "壹万零伍亿元零壹角整"),
        ("9,999,999,999,999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("1,000,000,000,000,000", "壹仟万亿元整"),
    ],
)
def test_noughts_and_units(amount: str, words: str) -> None:
    assert capitals(fen(amount)) == words


def test_a_negative_amount_begins_with_fu() -> None:
    assert capitals(-140950) == "负壹仟肆佰零玖元伍角整"
    assert capitals(-140950, prefix=True) == "人民币负壹仟肆佰零玖元伍角整"
    assert capitals_ok("负人民币壹元整", -100)
    assert not capitals_ok("壹元整", -100)
    assert not capitals_ok("负壹元整", 100)


def test_too_large_is_refused() -> None:
    assert capitals(BEYOND - 1).startswith("玖仟玖佰玖拾玖万玖仟")
    for amount in (BEYOND, -BEYOND):
        with pytest.raises(Refused) as refused:
            capitals(amount)
        assert refused.value.argument == "amount"
        with pytest.raises(Refused):
            capitals_ok("壹元整", amount)


# Where 零 may stand: $ marks each place between two words, the accepted texts have so many 零 in them.
@pytest.mark.parametrize(
    ("amount", "between", "accepted"),
    [
        ("1,409.50", "壹仟$肆佰$玖元$伍角", {(0, 1, 0)}),
        ("6,007.14", "陆仟$柒元$壹角$肆分", {(1, 0, 0), (2, 0, 0)}),
        ("1,680.32", "壹仟$陆佰$捌拾元$叁角$贰分", {(0, 0, 0, 0), (0, 0, 1, 0)}),
        (
            "107,000.53",
            "壹拾万$柒仟元$伍角$叁分",
            # one of the two at least: none at all is in no example
            {(0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 1, 0), (1, 2, 0)},
        ),
        ("16,409.02", "壹万$陆仟$肆佰$玖元$贰分", {(0, 0, 1, 1)}),
        ("325.04", "叁佰$贰拾$伍元$肆分", {(0, 0, 1)}),
        ("100,070.03", "壹拾万$柒拾元$叁分", {(a, b) for a in (1, 2) for b in (1, 2)}),
        ("3,504,096.43", "叁佰$伍拾万$肆仟$玖拾$陆元$肆角$叁分", {(0, a, 1, 0, 0, 0) for a in (0, 1)}),
        ("100,500", "壹拾万$伍佰元", {(1,), (2,)}),
        ("1,001,000", "壹佰万$壹仟元", {(0,), (1,), (2,)}),
        ("100,010,000", "壹亿$壹万元", {(1,), (2,)}),
        ("1,050,000,000", "壹拾亿$伍仟万元", {(0,), (1,)}),
        ("0.50", "$伍角", {(0,)}),
        ("0.05", "$伍分", {(0,)}),
    ],
)
def test_where_zero_may_stand(amount: str, between: str, accepted: set[tuple[int, ...]]) -> None:
    end = "" if fen(amount) % 10 else "整"
    first, *rest = between.split("$")
    for counts in product(range(3), repeat=len(rest)):
        words = first + "".join("零" * count + word for count, word in zip(counts, rest, strict=True)) + end
        assert capitals_ok(words, fen(amount)) == (counts in accepted), words


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("人民币壹仟肆佰零玖元伍角", "1409.50"),
        ("壹仟肆佰零玖元伍角正", "1409.50"),
        ("壹佰元正", "100"),
        ("人民幣壹萬圓整", "10000"),
        ("貳億陸仟萬元整", "260,000,000"),
        (" 壹佰元整\n", "100"),
        ("零元正", "0"),
        ("零元伍角", "0.5"),
        ("零元零伍角整", "0.5"),
        ("零元零伍分", "0.05"),
    ],
)
def test_valid_forms(words: str, amount: str) -> None:
    assert capitals_ok(words, fen(amount))


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("壹佰元", "100"),  # 整 must follow 元
        ("壹元伍分整", "1.05"),  # and never 分
        ("壹佰元整整", "100"),
        ("一百元整", "100"),  # 不得用一、二、三
        ("壹佰圆角整", "100"),
        ("佰元整", "100"),
        ("拾元整", "10"),  # 壹拾, so that nothing can be put before it
        ("人民币 壹佰元整", "100"),  # 不得留有空白
        ("人民币人民币壹佰元整", "100"),
        ("壹佰贰拾元整", "100"),
        ("壹拾万零柒仟元整", "107,000.53"),
        ("零元伍分", "0.05"),
        ("", "0"),
        ("整", "0"),
        ("人民币", "0.05"),
        ("零元", "0"),
        ("零元零零元整", "0"),
    ],
)
def test_invalid_forms(words: str, amount: str) -> None:
    assert not capitals_ok(words, fen(amount))


@given(AMOUNTS, st.sampled_from([1, -1]), st.booleans())
@example(0, 1, True)
def test_what_is_written_is_valid_and_says_the_amount(amount: int, sign: int, prefix: bool) -> None:
    words = capitals(sign * amount, prefix)
    assert capitals_ok(words, sign * amount)
    assert value(words) == sign * amount
    assert "零零" not in words
    assert not re.search("零[元角分万亿]", words.removeprefix("人民币")) or amount == 0


@given(AMOUNTS, AMOUNTS)
def test_another_amount_is_never_valid(amount: int, other: int) -> None:
    assume(amount != other)
    assert not capitals_ok(capitals(amount), other)
    assert not capitals_ok(capitals(amount), -amount) or amount == 0


@given(AMOUNTS, st.data())
def test_whatever_is_valid_says_the_amount(amount: int, data: st.DataObject) -> None:
    words = capitals(amount)
    place = data.draw(st.integers(0, len(words)))
    width = data.draw(st.integers(0, 2))
    put = data.draw(st.text("零壹伍拾佰仟万亿元角分整正", max_size=2))
    changed = words[:place] + put + words[place + width :]
    if capitals_ok(changed, amount):
        assert value(changed) == amount


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 1, 15), "贰零贰伍年零壹月壹拾伍日"),
        (date(2025, 2, 10), "贰零贰伍年零贰月零壹拾日"),
        (date(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日"),
        (date(2026, 11, 11), "贰零贰陆年壹拾壹月壹拾壹日"),
        (date(2026, 12, 30), "贰零贰陆年壹拾贰月零叁拾日"),
        (date(2026, 3, 31), "贰零贰陆年叁月叁拾壹日"),
        (date(2020, 9, 9), "贰零贰零年玖月零玖日"),
        (date(2000, 8, 21), "贰零零零年捌月贰拾壹日"),
    ],
)
def test_dates(day: date, words: str) -> None:
    assert capitals_date(day) == words


def test_every_day_of_a_year_is_written_its_own_way() -> None:
    days = [date(2024, 1, 1) + timedelta(days=count) for count in range(366)]
    assert len({capitals_date(day) for day in days}) == 366
