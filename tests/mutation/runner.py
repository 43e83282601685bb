"""Tries mutants: each in a forked child that imports the package with the fault and runs the tests that reach it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import pytest

from tests.mutation.mutants import Mutant, mutated
from tests.mutation.project import Project, fork, run_tests
from tests.mutation.reach import Reach

KILLED, HUNG, SURVIVED, UNREACHED, BROKEN = "killed", "hung", "survived", "unreached", "broken"
"""What may become of a mutant. ``hung`` ran out of its time, which a test suite notices too; ``broken`` is a fault
of this program: no test was run."""

MEMORY = 6 << 30
PATIENCE = 5
"""A test may take so many times the CPU time that it is known to need, and the project's slack beyond that."""

PATIENCE_BY_THE_CLOCK = 10
"""All tests of a mutant may take so many times that by the clock: some faults make a test sleep."""


@dataclass(frozen=True)
class Outcome:
    mutant: Mutant
    state: str
    by: str = ""
    """The test that failed."""
    seconds: float = 0.0
    """Of CPU time."""


@dataclass
class _Trial:
    mutant: Mutant
    pipe: int
    seconds_left: float
    """By the clock, as far as this program runs: one that is stopped for a while is not late."""


def tried(
    project: Project, reach: Reach, mutants: Iterable[Mutant], jobs: int, budget: float
) -> Iterator[Outcome]:
    """The outcome of every mutant as it ends, so many at a time, each by ``budget`` seconds of tests at most."""
    running: dict[int, _Trial] = {}
    waiting = iter(mutants)
    before = time.monotonic()
    try:
        while True:
            while len(running) < jobs and (mutant := next(waiting, None)):
                if tests := reach.within(budget, reach.of(mutant)):
                    running |= _start(project, reach, mutant, tests)
                else:
                    yield Outcome(mutant, UNREACHED)
            if not running:
                return
            time.sleep(0.005)
            passed, before = min(time.monotonic() - before, 1.0), time.monotonic()
            yield from _ended(running, passed)
    finally:
        for pid in running:
            _kill(pid)
            os.waitpid(pid, 0)


def _start(project: Project, reach: Reach, mutant: Mutant, tests: list[int]) -> dict[int, _Trial]:
    reading, writing = os.pipe()
    rounds = [
        {reach.tests[test]: project.slack + PATIENCE * reach.seconds[test] for test in batch}
        for batch in reach.rounds(mutant, tests)
    ]
    pid = fork(lambda: _work(project, mutant, rounds, writing))
    os.close(writing)
    limit = PATIENCE_BY_THE_CLOCK * (project.slack + PATIENCE * reach.cost(tests))
    return {pid: _Trial(mutant, reading, limit)}


def _ended(running: dict[int, _Trial], passed: float) -> Iterator[Outcome]:
    for pid, trial in list(running.items()):
        trial.seconds_left -= passed
        late = trial.seconds_left < 0
        if late:
            _kill(pid)
        ended, status, used = os.wait4(pid, 0 if late else os.WNOHANG)
        if ended:
            _kill(pid)  # what it started
            del running[pid]
            by = os.read(trial.pipe, 4096).decode(errors="replace")
            os.close(trial.pipe)
            state = HUNG if late else _state(status)
            yield Outcome(trial.mutant, state, by, used.ru_utime + used.ru_stime)


def _state(status: int) -> str:
    if os.WIFSIGNALED(status):
        return HUNG if os.WTERMSIG(status) == signal.SIGXCPU else KILLED
    match os.WEXITSTATUS(status):
        case pytest.ExitCode.OK:
            return SURVIVED
        case pytest.ExitCode.TESTS_FAILED | pytest.ExitCode.INTERRUPTED:  # a file cannot be imported
            return KILLED
    return BROKEN


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


# --- in the child ------------------------------------------------------------------------------------------


def _work(project: Project, mutant: Mutant, rounds: list[dict[str, float]], pipe: int) -> int:
    """``rounds`` are the tests to run, each with the CPU time that it may take."""
    import resource

    path = project.modules()[mutant.module]
    code = mutated(path.read_text(encoding="utf-8"), str(path), mutant.number)
    sys.meta_path.insert(0, _Finder(mutant.module, path, code))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for tests in rounds:
        _allow(project.slack)
        files = list(dict.fromkeys(test.split("::")[0] for test in tests))
        result = run_tests(project, files, _Chosen(tests, pipe), "-x")
        if result != pytest.ExitCode.OK:
            return result
    return int(pytest.ExitCode.OK)


def _allow(seconds: float) -> None:
    """Ends this process after so much more CPU time."""
    import resource

    limit = int(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


class _Chosen:
    """Runs the tests of a list in its order, and tells which one failed."""

    def __init__(self, tests: dict[str, float], pipe: int) -> None:
        self._tests = tests
        self._pipe = pipe

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = {test: place for place, test in enumerate(self._tests)}
        items[:] = sorted(
            (item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid]
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        _allow(self._tests[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self._pipe, report.nodeid.encode()[:4000])


class _Finder(MetaPathFinder):
    """Finds one module, with the code of the mutant."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self._name, self._path, self._code = name, path, code

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        loader = _Loader(name, str(self._path))
        loader.code = self._code
        return spec_from_file_location(name, self._path, loader=loader)


class _Loader(SourceFileLoader):
    code: CodeType

    def get_code(self, fullname: str) -> CodeType:
        return self.code
