"""人民币大写: amounts and dates in words, as cheques, drafts and invoices carry them.

Source: 支付结算办法 (银发〔1997〕393号), 附一《正确填写票据和结算凭证的基本规定》, articles 1 to 5; 会计基础工作规范
52 asks for 整 after 角 as well, which the other allows. Nought and negative amounts are in neither: 零元整 and 负…
are convention.

An amount is spelled once, as words and the noughts between them (`_spelling`). The regulation leaves a choice for
some noughts: `capitals` writes one form, `capitals_ok` takes them all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from addin.model.text import Text
from addin.rules.refused import Refused

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_UNITS: Final = ("", "拾", "佰", "仟")
_CURRENCY: Final = "人民币"

# Article 1: traditional characters are to be accepted as well.
_PLAIN: Final = str.maketrans("貳貮參叄陸億萬圓圆幣負", "贰贰叁叁陆亿万元元币负")

BEYOND: Final = 10**18
"""Fen from which on an amount has no spelling here: after 玖仟玖佰玖拾玖万…亿 the words run out."""


class _Noughts(NamedTuple):
    """The noughts between two figures: how many, whether writing 零 is left open, and before which place."""

    run: int
    optional: bool
    place: int


_JIAO: Final = -1
_FEN: Final = -2
_Spelling: TypeAlias = list[str | _Noughts]


def capitals(minor: int, prefix: bool = False) -> str:
    """An amount of fen in words; ``prefix`` puts 人民币 before it. `Refused` from `BEYOND` on.

    整 stands after 元 and after 角, not after 分. One 零 is written for noughts in a row. Where the choice is free for
    the place of 万 and for that of 元 (article 4(3)) only the latter is written, as in the regulation's own example.

    >>> capitals(10_700_053), capitals(140_950, prefix=True)
    ('壹拾万柒仟元零伍角叁分', '人民币壹仟肆佰零玖元伍角整')
    >>> capitals(0), capitals(-5)
    ('零元整', '负伍分')
    """
    spelling = _spelling(abs(minor))
    at_yuan = any(part.place == _JIAO and part.optional for part in _noughts(spelling))
    words = (
        part if isinstance(part, str) else "" if part.place == 3 and at_yuan else "零" for part in spelling
    )
    sign = "负" if minor < 0 else ""
    end = "" if minor % 10 else "整"
    return (_CURRENCY if prefix else "") + sign + "".join(words) + end


def capitals_ok(text: str, minor: int) -> bool:
    """Whether ``text`` is a form that the regulation's words allow for this amount of fen.

    With or without 人民币 (the form may have it printed); 整 or 正, which must follow 元, may follow 角 and never
    follows 分 (article 2); traditional characters count (1). Noughts in a row take one 零 or more, up to one for
    each (4(2): "可以只写一个"). The nought at the place of 万 before a 仟, or of 元 before a 角, may go unwritten
    (4(3)), but not both of them in an amount without any other 零: the regulation's example has one of the two.
    The places of 亿 and 万亿 before a 仟 are read likewise, being unnamed there. Blanks inside are not allowed (3).
    `Refused` from `BEYOND` on.

    >>> capitals_ok("人民币壹拾万零柒仟元伍角叁分", 10_700_053), capitals_ok("壹拾万柒仟元伍角叁分", 10_700_053)
    (True, False)
    """
    forms = _spellings(abs(minor))
    words = unicodedata.normalize("NFKC", text).strip().translate(_PLAIN)
    words = _after_sign(words, minor)
    if minor % 10 == 0 and words.endswith(("整", "正")):
        words = words[:-1]
    elif minor % 100 == 0:
        return False
    return any(_fits(words, spelling) for spelling in forms)


def _after_sign(words: str, minor: int) -> str:
    """What follows 人民币 and, for a negative amount, 负 (before or after it); unfit words stay unfit."""
    for start in ("负" + _CURRENCY, _CURRENCY + "负", "负") if minor < 0 else (_CURRENCY,):
        if words.startswith(start):
            return words[len(start) :]
    return "" if minor < 0 else words


def _spellings(minor: int) -> list[_Spelling]:
    """The spelling, and for an amount below one yuan also the one that begins with 零元."""
    spelling = _spelling(minor)
    if not 0 < minor < 100:
        return [spelling]
    after = _Noughts(1, True, _JIAO) if minor >= 10 else _Noughts(1, False, _FEN)
    return [spelling, ["零元", after, *spelling]]


def _fits(words: str, spelling: _Spelling) -> bool:
    """Whether the words are those of the spelling, each run of noughts with as many 零 as it may have."""
    at = 0
    for part in spelling:
        if isinstance(part, str):
            if not words.startswith(part, at):
                return False
            at += len(part)
        else:
            written = at
            while words.startswith("零", at):
                at += 1
            if not (0 if part.optional else 1) <= at - written <= part.run:
                return False
    free = sum(part.optional for part in _noughts(spelling))
    return at == len(words) and (free < 2 or "零" in words)


def _noughts(spelling: _Spelling) -> Iterator[_Noughts]:
    return (part for part in spelling if isinstance(part, _Noughts))


def _spelling(minor: int) -> _Spelling:
    """The words of an amount ≥ 0 and the noughts between them, without sign and 整."""
    if minor >= BEYOND:
        raise Refused("amount", Text("应小于一亿亿元（10 的 16 次方）", "expected less than 10^16 yuan"))
    yuan, jiao, fen = minor // 100, minor // 10 % 10, minor % 10
    if not minor:
        return ["零元"]
    spelling, noughts = _yuan(yuan)
    if jiao:
        if yuan and noughts:
            spelling.append(_Noughts(noughts, True, _JIAO))
        spelling.append(_DIGITS[jiao] + "角")
    elif yuan and fen:
        spelling.append(_Noughts(noughts + 1, False, _FEN))
    if fen:
        spelling.append(_DIGITS[fen] + "分")
    return spelling


def _yuan(yuan: int) -> tuple[_Spelling, int]:
    """The words of whole yuan, 元 included (none for 0), and how many noughts stand before 元.

    A nought in the place of 万 (亿, 万亿) is optional where a 仟 follows; before anything lower it is within its
    group of four and must be written.
    """
    spelling: _Spelling = []
    noughts = 0
    figures = str(yuan)
    for place, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        if figure == "0":
            noughts += 1
        else:
            if noughts:
                spelling.append(_Noughts(noughts, place % 4 == 3, place))
            spelling.append(_DIGITS[int(figure)] + _UNITS[place % 4])
            noughts = 0
        if place % 4 == 0:
            spelling.append(_group_unit(yuan, place))
    return (spelling, noughts) if yuan else ([], 0)


def _group_unit(yuan: int, place: int) -> str:
    """What closes a group of four figures: 元, 万 where the group has any, 亿 for all that stands above."""
    if place == 0:
        return "元"
    if place == 8:
        return "亿"
    return "万" if yuan // 10**place % 10_000 else ""


def capitals_date(day: date) -> str:
    """The date of issue as drafts carry it (article 5).

    零 stands before the months 壹, 贰 and 壹拾 and before the days 壹 to 玖, 壹拾, 贰拾 and 叁拾; what is from 11 to 19
    begins with 壹.

    >>> capitals_date(date(2026, 1, 15)), capitals_date(date(2026, 10, 20))
    ('贰零贰陆年零壹月壹拾伍日', '贰零贰陆年零壹拾月零贰拾日')
    """
    year = "".join(_DIGITS[int(figure)] for figure in str(day.year))
    month = ("零" if day.month in (1, 2, 10) else "") + _below_hundred(day.month)
    of_month = ("零" if day.day < 10 or day.day % 10 == 0 else "") + _below_hundred(day.day)
    return f"{year}年{month}月{of_month}日"


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] + "拾" if tens else "") + (_DIGITS[ones] if ones else "")
