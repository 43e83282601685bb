"""The program itself: which faults it makes, and that it tells what becomes of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.mutants import Mutant, mutants, mutated
from tests.mutation.project import RULES
from tests.mutation.sampling import sample
from tests.tools import ROOT


def names(source: str) -> list[str]:
    """What the faults change: the part of the name in ‹›."""
    return [each.name.split("‹")[1].split("›")[0] for each in mutants("some", dedent(source))]


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("x = a < b", ["< → <="]),
        ("x = a >= b", [">= → >"]),
        ("x = a == b is c", ["== → !=", " → not "]),
        ("x = a + b", ["+ → -"]),
        ("x += b", ["+= → -="]),
        ("x = a * b", ["* → //"]),
        ("x = a and b", ["and → or"]),
        ("x = not a", ["not  → "]),
        ("x = 7", ["7 → 8"]),
        ("x = True", ["True → False"]),
        ("x = Decimal('0.5')", ["5 → 51"]),
        ("x = min(a)", ["min → max"]),
        ("x = a.cumsum()", [".cumsum() → "]),
        ("x = np.cumsum(a)", ["np.cumsum(a) → a"]),
        ("x = sorted(a, key=f)", ["sorted(a, key=f → list(a"]),
        ("x = a[b:c]", ["b → ", "c → "]),
        ("x = np.searchsorted(a, b, side='left')", ["left → right"]),
        ("x = frame.drop_duplicates(keep='last')", ["last → first"]),
        ("x = frame.sort_values(ascending=False)", ["False → True"]),
        ("x = [y for y in z if y]", [" → not "]),
        ("if x:\n    pass", [" → not "]),
        ("def f():\n    return x", ["x → None"]),
        ("def f():\n    g(x)", ["g(x) → pass"]),
        ("x.y = z", ["x.y = z → pass"]),
        ("for x in y:\n    continue", ["continue → break"]),
        ("raise E('7' + x)", ["raise E('7' + x) → pass"]),
        ("x = ROUND_HALF_UP", ["ROUND_HALF_UP → ROUND_HALF_EVEN"]),
    ],
)
def test_the_faults_of_a_line(source: str, faults: list[str]) -> None:
    assert names(source) == faults


@pytest.mark.parametrize(
    "source",
    [
        '"""1 + 2"""',
        "x: Literal[1] | None",
        "@cache(1)\ndef f(x: A[1]) -> B[2]: ...",
        "x = Text(f'{1 + 2}', 'a' + 'b')",
        "__all__ = ['a'] + ['b']",
        "x = zip(a, b, strict=True)",
        "x = 'word'",
        "x = a + 'word'",
        "assert x > 1",
        "import x",
    ],
)
def test_words_types_and_guards_are_left_alone(source: str) -> None:
    assert names(source) == []


def test_a_fault_is_in_the_code_and_nothing_else_is() -> None:
    source = "def f(a, b):\n    return a < b or a > b + 10\n"
    faults = {each.name: each for each in mutants("some", source)}
    room: dict[str, object] = {}
    exec(mutated(source, "some.py", faults["f: return a ‹< → <=› b or a > b + 10"].number), room)
    f = room["f"]
    assert callable(f)
    assert (f(1, 1), f(1, 2), f(2, 1), f(12, 1)) == (True, True, False, True)


def test_a_fault_knows_its_lines_and_whether_it_is_made_wide() -> None:
    source = "LIMIT = 5\n\n\ndef f(a, b=3):\n    return g(\n        a,\n        b + LIMIT,\n    )\n"
    found = {each.name.split("‹")[1]: each for each in mutants("some", source)}
    assert (found["5 → 6›"].lines, found["5 → 6›"].wide) == ((1, 1), True)
    assert found["3 → 4›):"].wide
    assert (found["+ → -› LIMIT)"].lines, found["+ → -› LIMIT)"].around) == ((7, 7), (5, 8))
    assert not found["+ → -› LIMIT)"].wide


def test_no_two_faults_of_the_rules_have_one_name_and_each_equivalent_one_is_there() -> None:
    made = [
        (name.removeprefix(f"{RULES.package}."), each.name)
        for name, path in RULES.modules().items()
        for each in mutants(name, path.read_text(encoding="utf-8"))
    ]
    assert len(made) > 2000
    assert len(set(made)) == len(made)
    assert EQUIVALENT.keys() <= set(made)


def test_a_sample_is_spread_over_the_modules_and_the_same_for_a_seed() -> None:
    made = [Mutant(module, number, "", (1, 1), (1, 1), False) for module in "abc" for number in range(40)]
    made += [Mutant("d", number, "", (1, 1), (1, 1), False) for number in range(80)]
    chosen = sample(made, 50, seed=3)
    assert [sum(each.module == module for each in chosen) for module in "abcd"] == [10, 10, 10, 20]
    assert chosen == sample(made, 50, seed=3) != sample(made, 50, seed=4)
    assert len({(each.module, each.number) for each in chosen}) == 50
    assert sample(made, 1000, seed=3) == made


TOY = {
    "toy/__init__.py": "",
    "toy/limits.py": "LEAST = 10\n",
    "toy/sums.py": """\
        from toy.limits import LEAST


        def larger(one, other):
            if one < other:
                return other
            return one


        def counted(number):
            steps = 0
            while number:
                number -= 1
                steps += 1
            return steps


        def enough(number):
            return number >= LEAST


        def forgotten(number):
            return number + 1
        """,
    "toy_tests/test_toy.py": """\
        import pytest
        from toy import sums


        @pytest.fixture(scope="module")
        def larger():
            return sums.larger(2, 1)


        def test_none_is_larger():
            assert sums.larger(1, 1) == 1


        def test_the_first_may_be_larger(larger):
            assert larger == 2


        def test_the_second_may_be_larger():
            assert sums.larger(1, 2) == 2


        def test_counted():
            assert sums.counted(3) == 3


        def test_enough():
            assert sums.enough(10) and not sums.enough(9)
        """,
}

STATES = {
    "module: LEAST = ‹10 → 11›": "killed",
    "larger: if one ‹< → <=› other:": "survived",
    "larger: return ‹other → None›": "killed",
    "larger: return ‹one → None›": "killed",
    "counted: steps = ‹0 → 1›": "killed",
    "counted: while ‹ → not ›number:": "killed",
    "counted: number ‹-= → +=› 1": "hung",
    "counted: number -= ‹1 → 2›": "hung",
    "counted: steps ‹+= → -=› 1": "killed",
    "counted: steps += ‹1 → 2›": "killed",
    "counted: return ‹steps → None›": "killed",
    "enough: return ‹number >= LEAST → None›": "killed",
    "enough: return number ‹>= → >› LEAST": "killed",
    "forgotten: return ‹number + 1 → None›": "unreached",
    "forgotten: return number ‹+ → -› 1": "unreached",
    "forgotten: return number + ‹1 → 2›": "unreached",
}

RUN = """
import sys
from pathlib import Path
from tests.mutation.command import main
from tests.mutation.project import Project
root, *arguments = sys.argv[1:]
sys.exit(main(arguments, Project(Path(root), Path(root), "toy", ("toy_tests",), slack=1)))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_faults_are_noticed_overlooked_or_never_end(tmp_path: Path) -> None:
    for name, text in TOY.items():
        file = tmp_path / "project" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    told = tmp_path / "outcomes.json"
    command = [sys.executable, "-c", RUN, str(tmp_path / "project"), "--json", str(told), "--jobs", "2"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    outcomes = {row["name"]: row for row in json.loads(told.read_text(encoding="utf-8"))}
    assert {name: row["state"] for name, row in outcomes.items()} == STATES
    first_of_one = outcomes["larger: return ‹one → None›"]["by"]
    assert first_of_one.startswith("toy_tests/test_toy.py::test_")
    assert "16 of 16 mutants, 12 killed (75.0%)" in ended.stdout
    assert ended.returncode == 1, "less than the goal"
    assert sorted(path.name for path in (tmp_path / "project" / "toy").glob("*.py")) == [
        "__init__.py",
        "limits.py",
        "sums.py",
    ]
    assert dedent(TOY["toy/sums.py"]) == (tmp_path / "project/toy/sums.py").read_text(encoding="utf-8")
