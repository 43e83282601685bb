"""What a letter on record did: on which days it reached the debtor, and was confirmed (民法典195, 诉讼时效规定 8)."""

from __future__ import annotations

from typing import Final

from addin.model.columns import fold
from addin.model.days import NO_DAY
from addin.model.tables import TABLES

_WORDS: Final = TABLES["levels"]["channel"].choice_names
_COUNSEL: Final = frozenset(map(fold, ("legal", *_WORDS["legal"])))
_SPOKEN: Final = {fold(word): key for key in ("phone", "wechat") for word in (key, *_WORDS[key])}


def reaches_debtor(channel: str) -> bool:
    """Whether what went out by a channel, in either language's word, can reach the debtor; a file for counsel cannot.

    >>> reaches_debtor("信函"), reaches_debtor(""), reaches_debtor("Legal"), reaches_debtor("法务")
    (True, True, False, False)
    """
    return fold(channel) not in _COUNSEL


def spoken_by(channel: str) -> str:
    """The channel's key where it is a talk, in either language's word; "" where something is posted or mailed.

    >>> spoken_by("电话"), spoken_by("WeChat"), spoken_by("信函"), spoken_by("")
    ('phone', 'wechat', '', '')
    """
    return _SPOKEN.get(fold(channel), "")


def interrupting_days(
    delivered: int, proof: str, channel: str, kind: str, replied: int, confirmed: int | None
) -> tuple[int, int]:
    """The civil ordinals on which a letter interrupts limitation: delivered with proof, and, of a statement of
    account, confirmed by the debtor for an amount (minor units; nought confirms nothing). `NO_DAY`: it does not.

    >>> interrupting_days(5, "EMS 1", "信函", "demand", 0, None), interrupting_days(5, "", "", "statement", 9, 100)
    ((5, 0), (0, 9))
    """
    arrived = bool(proof) and reaches_debtor(channel)
    signed = kind == "statement" and bool(confirmed)
    return (delivered if arrived else NO_DAY), (replied if signed else NO_DAY)
