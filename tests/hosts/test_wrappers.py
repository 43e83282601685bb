"""The worksheet functions in VBA and Python: what xlwings makes of the registry, for every function of it."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.assets import macros
from addin.files.vba.xlwings_modules import in_own_book
from addin.functions.call import call_cells
from addin.functions.registry import FUNCTIONS
from addin.hosts import udfs
from addin.hosts.macros.udf_module import argument_name, udf_module
from addin.hosts.macros.wrappers import finished
from tests.tools import ROOT

HELP = re.compile(r'^Attribute (\w+)\.VB_Description = "((?:[^"]|"")*)"\r$', re.MULTILINE)
SIGNATURE = re.compile(r"^Function (\w+)\((.*)\)\r$", re.MULTILINE)


@cache
def made_for(workbook: str) -> str:
    """xlwings changes under the stand-ins for Windows, so the generator has a process of its own."""
    command = [sys.executable, "-m", "tests.hosts.wrappers", workbook]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=120)
    return str(json.loads(done.stdout))


def committed() -> str:
    return (macros() / "xlwings_udfs.bas").read_bytes().decode("ascii")


def test_committed_is_what_xlwings_makes() -> None:
    """Rewrite with `python -m tests.hosts.wrappers`."""
    assert committed() == made_for("huikuan.xlam")


def test_a_workbook_that_carries_its_macros_gets_what_xlwings_makes_for_it() -> None:
    assert in_own_book(committed()) == made_for("huikuan-zh.xlsm")
    assert in_own_book(committed()) != committed()


def test_the_module_is_what_the_registry_makes() -> None:
    """Rewrite with `python -m addin.hosts.macros`."""
    assert inspect.getsource(udfs) == udf_module()


def test_every_function_has_its_wrapper_with_its_arguments() -> None:
    found = dict(SIGNATURE.findall(committed()))

    assert set(found) == set(FUNCTIONS)
    for name, function in FUNCTIONS.items():
        plain = [each.removeprefix("Optional ") for each in found[name].split(", ")]
        assert plain == [argument_name(argument) for argument in function.arguments]
        required = [not each.startswith("Optional ") for each in found[name].split(", ")]
        assert required == sorted(required, reverse=True), "what may be left out comes last"
        assert all(
            kept for kept, argument in zip(required, function.arguments, strict=True) if argument.required
        )


def test_every_wrapper_calls_its_own_function() -> None:
    calls = re.findall(r'(\w+) = XLPy\.CallUDF\("([\w.]+)", "(\w+)", Array\((.*?)\)', committed())

    assert {name for name, *_ in calls} == set(FUNCTIONS)
    for name, module, called, arguments in calls:
        assert (module, called) == ("addin.hosts.udfs", name)
        assert arguments.split(", ") == [argument_name(argument) for argument in FUNCTIONS[name].arguments]


def test_every_function_has_help_in_the_wizard() -> None:
    found = {name: words.replace('""', '"') for name, words in HELP.findall(committed())}

    assert set(found) == set(FUNCTIONS)
    for name, words in found.items():
        assert words[:20].isascii() and len(words) <= 255
        assert words[:15] == FUNCTIONS[name].help.en[:15].replace("−", "-").replace("×", "x")


def test_none_is_volatile() -> None:
    assert "Volatile" not in committed() and "CommandBars" not in committed()


def test_on_macos_each_answers_that_it_cannot() -> None:
    """Excel for macOS calls no Python from a cell: not available, instead of a name of a Windows library."""
    guards = re.findall(
        r"    #If Mac Then\r\n        (\w+) = CVErr\(xlErrNA\)\r\n        Exit Function\r\n", committed()
    )

    assert sorted(guards) == sorted(FUNCTIONS)


def test_the_module_is_ascii_with_short_lines() -> None:
    assert committed().isascii() and max(map(len, committed().split("\r\n"))) < 1024
    assert "\n" not in committed().replace("\r\n", "")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_function_answers_as_the_registry_does(name: str) -> None:
    function = FUNCTIONS[name]

    assert getattr(udfs, name)(*function.example) == call_cells(name, function.example)


def test_reserved_words_get_another_name() -> None:
    names = {argument_name(argument) for function in FUNCTIONS.values() for argument in function.arguments}

    assert {"from_", "to_", "date_", "open_"} <= names
    assert not {"from", "to", "date", "open"} & names
    assert {each for each in names if each.endswith("_")} == {"from_", "to_", "date_", "open_"}


@given(st.lists(st.sampled_from(["AR_DSO", "AR_ADD", "AR_SPLIT"]), min_size=1, unique=True))
def test_long_signatures_are_found_too(names: list[str]) -> None:
    """xlwings breaks a line of more than 1,024 characters."""
    generated = "".join(f"Function {name}(a, _\n b)\n    body\nEnd Function\n" for name in names)

    assert [name for name, _ in HELP.findall(finished(generated))] == names
