"""What is mutated, by which tests it is tried, and how a child process runs those."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import addin
from tests.tools import ROOT

PRELOADED = ("numpy", "pandas", "hypothesis.strategies", "holidays", "openpyxl", "rich", "typer", "babel")
"""Imported once, before any child is forked. What is mutated or tested is imported by the child alone."""

QUIET = ["-q", "-s", "--tb=no", "--no-header", "--no-summary", "-p", "no:cacheprovider", "-p", "no:xdist"]


@dataclass(frozen=True)
class Project:
    """``tests`` are paths below ``root`` for pytest; doctests of the package are among them.

    ``installed`` is where the package lies: ``root``, or where the tests use a wheel the folder of that.
    """

    root: Path
    installed: Path
    package: str
    tests: tuple[str, ...]
    slack: int = 10
    """Seconds of CPU time that a child may take beyond what its tests are known to need."""

    def modules(self) -> dict[str, Path]:
        """The modules of the package, by their dotted names."""
        folder = self.installed.joinpath(*self.package.split("."))
        files = sorted(folder.rglob("*.py"))
        names = (file.relative_to(self.installed).with_suffix("").parts for file in files)
        return {
            ".".join(name).removesuffix(".__init__"): file for name, file in zip(names, files, strict=True)
        }


# Left out: tests/real, tests/service and tests/bad_input, minutes of work for a mutant that lives and little that the
# others do not see; tests/oracle, which tries the second implementation.
RULES = Project(
    ROOT,
    Path(addin.__file__).resolve().parent.parent,
    "addin.rules",
    (
        "tests/rules",
        "tests/properties",
        "tests/test_demo_data.py",
        "tests/test_demo_stories.py",
        "addin/rules",
    ),
)


def preload() -> None:
    for name in PRELOADED:
        import_module(name)


def fork(work: Callable[[], int]) -> int:
    """Starts ``work`` in a child with its own process group and nothing to say; its pid."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        code = work()
    finally:
        os._exit(code)


def run_tests(project: Project, what: Sequence[str], plugin: object, *options: str) -> int:
    """pytest in this process, with plain asserts (their reports are not read); its exit code."""
    import pytest
    from hypothesis import Phase, settings

    os.chdir(project.root)
    sys.path.insert(0, str(project.root))
    # the first failure is enough: it is not made smaller, explained or remembered
    settings.register_profile(
        "mutation", database=None, deadline=None, phases=[Phase.explicit, Phase.generate]
    )
    settings.load_profile("mutation")
    return int(pytest.main([*QUIET, "--assert=plain", *options, *what], plugins=[plugin]))


def no_posix() -> NoReturn:
    sys.exit("mutation testing needs a POSIX system (fork)")
