"""A sample of mutants, spread over the modules by their size, always the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.mutation.mutants import Mutant


def sample(mutants: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """``size`` of them (all where there are no more), each module with its part by the largest remainder."""
    if size >= len(mutants):
        return list(mutants)
    groups: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        groups.setdefault(mutant.module, []).append(mutant)
    chosen: list[Mutant] = []
    for module, wanted in _parts({name: len(group) for name, group in groups.items()}, size).items():
        picked = Random(f"{seed} {module}").sample(groups[module], wanted)
        chosen += sorted(picked, key=lambda mutant: mutant.number)
    return chosen


def _parts(sizes: dict[str, int], total: int) -> dict[str, int]:
    whole = sum(sizes.values())
    parts = {name: size * total // whole for name, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda name: (-(sizes[name] * total % whole), name))
    for name in by_remainder[: total - sum(parts.values())]:
        parts[name] += 1
    return parts
