"""The command: which mutants, what is told of them, and what is written down."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.project import RULES, Project, no_posix, preload
from tests.mutation.reach import reach
from tests.mutation.runner import BROKEN, HUNG, KILLED, Outcome, tried
from tests.mutation.sampling import sample

GOAL = 0.85
"""The part of the mutants that the tests must notice."""


def main(arguments: Sequence[str], project: Project = RULES) -> int:
    """0 where at least `GOAL` of the mutants were killed."""
    if not hasattr(os, "fork"):
        no_posix()
    ask = argparse.ArgumentParser(prog="python -m tests.mutation")
    ask.add_argument("--sample", type=int, help="so many mutants, spread over the modules; all without")
    ask.add_argument("--seed", type=int, default=1, help="of the sample")
    ask.add_argument("--jobs", type=int, default=1, help="so many at a time")
    ask.add_argument(
        "--budget",
        type=float,
        default=60,
        help="seconds of tests that a mutant may live through, the quickest first; longer ones are not run",
    )
    ask.add_argument("--only", metavar="MODULE", help="pools, or explain.sums")
    ask.add_argument("--match", metavar="TEXT", default="", help="only mutants with this in their names")
    ask.add_argument("--json", type=Path, metavar="FILE", help="writes all outcomes")
    asked = ask.parse_args(arguments)
    made = [mutant for mutant in _made(project, asked.only) if asked.match in mutant.name]
    chosen = made if asked.sample is None else sample(made, asked.sample, asked.seed)
    known = [mutant for mutant in chosen if (_short(project, mutant), mutant.name) in EQUIVALENT]
    trying = [mutant for mutant in chosen if mutant not in known]
    preload()
    reached = reach(project)
    began = time.monotonic()
    outcomes: list[Outcome] = []
    for outcome in tried(project, reached, trying, asked.jobs, asked.budget):
        outcomes.append(outcome)
        _tell(project, outcome)
        if len(outcomes) % 100 == 0:
            print(f"{len(outcomes)} of {len(trying)} tried", file=sys.stderr, flush=True)
    outcomes.sort(key=lambda each: (each.mutant.module, each.mutant.number))
    took = time.monotonic() - began
    if asked.json:
        rows = [_row(project, outcome) for outcome in outcomes]
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return _report(project, outcomes, len(made), len(known), took)


def _made(project: Project, only: str | None) -> list[Mutant]:
    found: list[Mutant] = []
    for name, path in project.modules().items():
        if only is None or name == f"{project.package}.{only}":
            found += mutants(name, path.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"nothing to mutate: {only or project.package}")
    return found


def _short(project: Project, mutant: Mutant) -> str:
    return mutant.module.removeprefix(f"{project.package}.")


def _place(project: Project, mutant: Mutant) -> str:
    return f"{_short(project, mutant)}:{mutant.lines[0]}  {mutant.name}"


def _tell(project: Project, outcome: Outcome) -> None:
    if outcome.state not in (KILLED, HUNG):
        print(f"{outcome.state:9}  {_place(project, outcome.mutant)}", flush=True)


def _row(project: Project, outcome: Outcome) -> dict[str, object]:
    return {
        "module": _short(project, outcome.mutant),
        "line": outcome.mutant.lines[0],
        "name": outcome.mutant.name,
        "state": outcome.state,
        "by": outcome.by,
        "seconds": round(outcome.seconds, 2),
    }


def _report(project: Project, outcomes: Sequence[Outcome], made: int, equivalent: int, took: float) -> int:
    tried, noticed = Counter[str](), Counter[str]()
    for outcome in outcomes:
        module = _short(project, outcome.mutant)
        tried[module] += 1
        noticed[module] += outcome.state in (KILLED, HUNG)
    print(f"\n{'module':28}{'tried':>7}{'killed':>8}")
    for module, count in tried.items():
        print(f"{module:28}{count:7}{noticed[module]:8}{noticed[module] / count:8.0%}")
    states = Counter(outcome.state for outcome in outcomes)
    killed, total = noticed.total(), max(len(outcomes), 1)
    print(
        f"\n{len(outcomes)} of {made} mutants, {killed} killed ({killed / total:.1%}), "
        + ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        + f"; {equivalent} more are named as equivalent; {took / total:.2f} s a mutant"
    )
    return 0 if killed >= GOAL * len(outcomes) and not states[BROKEN] else 1
