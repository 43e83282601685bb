"""Milestones and receipts by group and currency: a customer's, a contract's, a manager's, or all there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from addin.rules.claims import Contract, Receipt

Key = tuple[str, str]
"""Id and currency: money of one currency is never added to another's."""


@dataclass(frozen=True)
class Groups:
    """Keys in order of first appearance, and the number of each contract's, milestone's and receipt's key."""

    keys: Sequence[Key]
    of_contract: np.ndarray
    of_milestone: np.ndarray
    of_receipt: np.ndarray

    def sums(self, numbers: np.ndarray, amounts: np.ndarray) -> np.ndarray:
        """Exact sums by key of amounts whose keys have these ``numbers``."""
        found = np.zeros(len(self.keys), dtype=np.int64)
        np.add.at(found, numbers, amounts)
        return found

    def by_currency(self, numbers: np.ndarray, amounts: np.ndarray) -> dict[str, int]:
        """The same sums, of all ids together: one for each currency that a key has."""
        found: dict[str, int] = defaultdict(int)
        for (_, currency), amount in zip(self.keys, self.sums(numbers, amounts).tolist(), strict=True):
            found[currency] += amount
        return found


def grouped(
    contracts: Sequence[Contract],
    contract_of: np.ndarray,
    of_contract: Iterable[str],
    receipts: Sequence[Receipt],
    of_receipt: Iterable[str],
) -> Groups:
    """Groups by the id of each contract and receipt; ``contract_of`` is each milestone's place among contracts."""
    numbers: dict[Key, int] = {}
    by_contract = [
        numbers.setdefault((id, contract.currency), len(numbers))
        for id, contract in zip(of_contract, contracts, strict=True)
    ]
    by_receipt = [
        numbers.setdefault((id, receipt.currency), len(numbers))
        for id, receipt in zip(of_receipt, receipts, strict=True)
    ]
    place = np.array(by_contract, dtype=np.int64)
    return Groups(list(numbers), place, place[contract_of], np.array(by_receipt, dtype=np.int64))
