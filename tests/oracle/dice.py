"""The chances of a random ledger: its days, its ids and coins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

STEPS = ("10", "20", "30", "30", "40", "50", "60", "100", "33.33", "0.01", "150")


class Dice:
    def __init__(self, random: Random, days: list[date]) -> None:
        self.random = random
        self.days = days

    def day(self) -> date:
        return self.random.choice(self.days)

    def maybe_day(self, chance: float) -> date | None:
        return self.day() if self.coin(chance) else None

    def coin(self, chance: float) -> bool:
        return self.random.random() < chance

    def pick(self, choices: Any) -> Any:
        return self.random.choice(choices)

    def step(self) -> Decimal:
        return Decimal(self.pick(STEPS))

    def ids(self, prefix: str, count: int) -> list[str]:
        """Numbers without leading zeros in shuffled order, some in lower case: R10 < R9 < r1."""
        names = [f"{prefix}{number}" for number in range(1, count + 1)]
        names = [name.lower() if self.coin(0.1) else name for name in names]
        self.random.shuffle(names)
        return names
