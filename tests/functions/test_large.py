"""Ten thousand items: the answer is right, and comes at once.

50 ms are asked for and half of that was measured; the bound here only tells a change of kind.
"""

from __future__ import annotations

import random
import time
from decimal import Decimal
from typing import Any

import pytest

from addin.functions.call import call_json

COUNT = 10_000
DICE = random.Random(560)
OPEN = [DICE.randrange(10**7) / 100 for _ in range(COUNT)]
DUE = [
    f"202{DICE.randrange(3, 7)}-{DICE.randrange(1, 13):02}-{DICE.randrange(1, 29):02}" for _ in range(COUNT)
]
GROUP = [f"K{DICE.randrange(300)}" for _ in range(COUNT)]
RATE = [DICE.choice((0.0005, 0.0003, 0)) for _ in range(COUNT)]
SECURITY = [DICE.choice((0, 1000, 50000.5)) for _ in range(COUNT)]
AS_OF = "2025-06-30"
TOTAL = sum(map(Decimal, map(str, OPEN)))
HALF = str(TOTAL // 2)


def quickly(name: str, args: list[Any]) -> Any:
    took = []
    for _ in range(3):
        start = time.process_time()
        found = call_json(name, args)
        took.append(time.process_time() - start)
    assert min(took) < 0.25
    return found


def test_aging() -> None:
    table = quickly("AR_AGING", [GROUP, DUE, OPEN, AS_OF])
    assert Decimal(table[-1][-1]) == TOTAL
    assert len(table) == 302


def test_open() -> None:
    left = quickly("AR_OPEN", [OPEN, HALF])
    assert sum(map(Decimal, left)) == TOTAL - Decimal(HALF)


@pytest.mark.parametrize("more", [[], [SECURITY, RATE, [False] * COUNT]], ids=["due dates", "everything"])
def test_allocate(more: list[Any]) -> None:
    paid = quickly("AR_ALLOCATE", [HALF, OPEN, DUE, AS_OF, *more])
    assert sum(map(Decimal, paid)) == Decimal(HALF)
    assert all(Decimal(part) <= Decimal(str(amount)) for part, amount in zip(paid, OPEN, strict=True))
