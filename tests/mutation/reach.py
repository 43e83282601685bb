"""Which tests run through which line of the package: one run of all of them under `coverage`, kept in `.tests`."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.mutants import Mutant, imported_by
from tests.mutation.project import Project, fork, run_tests

ROUNDS = (0.5, 3.0, 20.0)
"""Seconds of tests after which a new round begins."""


@dataclass(frozen=True)
class Reach:
    """Tests by number, the quickest first. A set of tests is an int with the bits of their numbers.

    ``lines`` has for each module the tests that run through each line (none: it runs at import); ``importers`` has
    the modules that import a module by name.
    """

    tests: list[str]
    seconds: list[float]
    lines: dict[str, dict[int, int]]
    importers: dict[str, list[str]]

    def of(self, mutant: Mutant) -> list[int]:
        """The tests that run through a mutant: those of its module's own file first, then the quickest first.

        A wide one may show wherever its module is used, or a module that imports it.
        """
        return sorted(self._of(mutant), key=lambda test: (not self._is_own(mutant, test), test))

    def _is_own(self, mutant: Mutant, test: int) -> bool:
        name = mutant.module.rpartition(".")[2]
        return self.tests[test].split("::")[0].endswith(f"/test_{name}.py")

    def _of(self, mutant: Mutant) -> list[int]:
        if mutant.wide:
            return self._near(mutant.module)
        lines = self.lines.get(mutant.module, {})
        for first, last in (mutant.lines, mutant.around):
            span = lines.keys() & range(first, last + 1)
            if span:
                found = _union(lines[line] for line in span)
                return _numbers(found) or self._near(mutant.module)  # what only runs at import
        return []

    def _near(self, module: str) -> list[int]:
        """The tests that run through anything of a module, or of those that import it."""
        modules = (module, *self.importers.get(module, ()))
        return _numbers(_union(mask for name in modules for mask in self.lines.get(name, {}).values()))

    def cost(self, tests: Sequence[int]) -> float:
        return sum(self.seconds[test] for test in tests)

    def within(self, budget: float, tests: Sequence[int]) -> list[int]:
        """The first of the tests, one at least, that together need no more than so many seconds."""
        spent = accumulate(self.seconds[test] for test in tests)
        return [
            test
            for place, (test, so_far) in enumerate(zip(tests, spent, strict=True))
            if not place or so_far <= budget
        ]

    def rounds(self, mutant: Mutant, tests: Sequence[int]) -> list[list[int]]:
        """The tests by file, the module's own and then the cheapest first, in rounds: most mutants need not import
        the other files."""
        by_file: dict[str, list[int]] = {}
        for test in tests:
            by_file.setdefault(self.tests[test].split("::")[0], []).append(test)

        def place(group: list[int]) -> tuple[bool, float]:
            return not self._is_own(mutant, group[0]), self.cost(group)

        found: list[list[int]] = [[]]
        spent, limits = 0.0, [*ROUNDS]
        for group in sorted(by_file.values(), key=place):
            if found[-1] and limits and spent + self.cost(group) > limits[0]:
                limits = [limit for limit in limits if limit > spent + self.cost(group)]
                found.append([])
            found[-1] += group
            spent += self.cost(group)
        return [sorted(tests) for tests in found if tests]


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _numbers(mask: int) -> list[int]:
    return [number for number in range(mask.bit_length()) if mask >> number & 1]


def reach(project: Project) -> Reach:
    """From `.tests` where nothing has changed since, else measured; exits where a test fails without any fault."""
    folder = project.root / ".tests" / "mutation"
    kept = folder / f"reach-{_fingerprint(project)}.json"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        print("measuring which tests run through which line …", file=sys.stderr, flush=True)
        os.waitpid(fork(lambda: _measure(project, kept)), 0)
        for old in folder.glob("reach-*.json"):
            if old != kept:
                old.unlink()
    if not kept.is_file():
        sys.exit("the tests could not be run")
    found = json.loads(kept.read_text(encoding="utf-8"))
    if found["failed"]:
        kept.unlink()
        sys.exit("these tests fail without any fault:\n" + "\n".join(found["failed"]))
    lines = {
        name: {int(line): int(mask, 16) for line, mask in masks.items()}
        for name, masks in found["lines"].items()
    }
    return Reach(found["tests"], found["seconds"], lines, imported_by(project.modules()))


def _fingerprint(project: Project) -> str:
    made = hashlib.sha256(f"{project.package} {project.tests} {sys.version}".encode())
    tops = {project.package.split(".")[0], *(Path(test).parts[0] for test in project.tests)}
    for top in sorted(tops):
        path = project.root / top
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            made.update(f"{file.relative_to(project.root)}".encode() + file.read_bytes())
    return made.hexdigest()[:16]


# --- in the child ------------------------------------------------------------------------------------------


def _measure(project: Project, kept: Path) -> int:
    os.environ["COVERAGE_CORE"] = "ctrace"  # the only one of all Pythons that tells which test it was
    import coverage

    files = {str(file): name for name, file in project.modules().items()}
    cov = coverage.Coverage(data_file=None, config_file=False, include=list(files))
    watcher = _Watcher(cov)
    cov.start()
    run_tests(project, project.tests, watcher)
    cov.stop()
    order = sorted(watcher.seconds, key=lambda test: (watcher.seconds[test], test))
    bits = watcher.bits({test: 1 << number for number, test in enumerate(order)})
    data = cov.get_data()
    lines = {
        name: {
            line: f"{_union(bits.get(context, 0) for context in contexts):x}"
            for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file, name in files.items()
    }
    found = {
        "tests": order,
        "seconds": [round(watcher.seconds[test], 4) for test in order],
        "lines": lines,
        "failed": watcher.failed,
    }
    part = kept.with_suffix(".part")
    part.write_text(json.dumps(found), encoding="utf-8")
    part.replace(kept)
    return 0


class _Watcher:
    """Tells `coverage` which test runs. What a shared fixture runs through counts for each test that uses it."""

    def __init__(self, cov: Any) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self._cov = cov
        self._context = ""
        self._fixtures: dict[str, tuple[str, str, float]] = {}
        self._used: dict[str, list[str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        _forget()
        self._switch(item.nodeid)
        began = time.process_time()
        shared = sum(seconds for *_, seconds in self._fixtures.values())
        result = yield
        took = time.process_time() - began
        self._switch("")
        new = sum(seconds for *_, seconds in self._fixtures.values()) - shared
        names = getattr(item, "fixturenames", ())
        self._used[item.nodeid] = [
            key
            for key, (base, name, _) in self._fixtures.items()
            if name in names and item.nodeid.startswith(base)
        ]
        needed = sum(self._fixtures[key][2] for key in self._used[item.nodeid])
        self.seconds[item.nodeid] = max(took - new, 0) + needed
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[Any]:
        if fixturedef.scope == "function":
            return (yield)
        before, began = self._context, time.process_time()
        key = f"fixture {fixturedef.baseid} {fixturedef.argname}"
        self._switch(key)
        try:
            return (yield)
        finally:
            spent = time.process_time() - began
            self._fixtures[key] = (fixturedef.baseid, fixturedef.argname, spent)
            self._switch(before)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def bits(self, own: dict[str, int]) -> dict[str, int]:
        """The tests of each context: itself, or all that use the fixture."""
        found = dict(own)
        for test, fixtures in self._used.items():
            for fixture in fixtures:
                found[fixture] = found.get(fixture, 0) | own[test]
        return found

    def _switch(self, context: str) -> None:
        self._context = context
        self._cov.switch_context(context)


def _forget() -> None:
    """Empties what helpers of the tests have kept, so that each test runs through all that it needs."""
    for name, module in list(sys.modules.items()):
        if name.startswith("tests."):
            for held in list(vars(module).values()):
                if clear := getattr(held, "cache_clear", None):
                    clear()
