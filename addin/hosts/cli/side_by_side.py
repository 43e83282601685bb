"""The same work on many things in several processes, in which one that dies takes no other thing with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def side_by_side(
    work: Callable[[Thing], Answer], things: Sequence[Thing], jobs: int
) -> Iterator[Answer | None]:
    """An answer for each thing, in their order; None where working on it ends its process (killed, no memory).

    What was on its way when a process died is done once more, so ``work`` must bear being done twice.
    """
    left = list(things)
    while left:
        with _pool(min(jobs, len(left))) as pool:
            waiting = [pool.submit(work, each) for each in left]
            try:
                for future in waiting:
                    yield future.result()
                    del left[0]
            except BrokenProcessPool:
                pass
        if left:
            yield _alone(work, left.pop(0))


def _alone(work: Callable[[Thing], Answer], thing: Thing) -> Answer | None:
    """In a process of its own: whose process dies here did it itself."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, thing).result()
        except BrokenProcessPool:
            return None


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
