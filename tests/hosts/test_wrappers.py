"""The worksheet functions in VBA and Python: what xlwings makes of the registry, for every function of it."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.assets import macros
from addin.files.vba.xlwings_modules import in_own_book
from addin.functions.call import call_cells
from addin.functions.cells import takes_days
from addin.functions.registry import FUNCTIONS
from addin.functions.selftest import IN_CELLS
from addin.hosts import udfs
from addin.hosts.macros.udf_module import argument_name, udf_module
from addin.hosts.macros.wrappers import finished
from tests.tools import ROOT

HELP = re.compile(r'^Attribute (\w+)\.VB_Description = "((?:[^"]|"")*)"\r$', re.MULTILINE)
SIGNATURE = re.compile(r"^Function (\w+)\((.*)\)\r$", re.MULTILINE)


@cache
def xlwings_makes(workbook: str) -> dict[str, Any]:
    """xlwings changes under the stand-ins for Windows, so the generator has a process of its own."""
    command = [sys.executable, "-m", "tests.hosts.wrappers", workbook]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=120)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def made_for(workbook: str) -> str:
    return str(xlwings_makes(workbook)["module"])


def committed() -> str:
    return (macros() / "xlwings_udfs.bas").read_bytes().decode("ascii")


def test_committed_is_what_xlwings_makes() -> None:
    """Rewrite with `python -m tests.hosts.wrappers`."""
    assert committed() == made_for("huikuan.xlam")


def test_without_our_lines_it_is_what_xlwings_makes() -> None:
    """Lines are added to the generator's, none is changed or left out."""
    theirs = xlwings_makes("huikuan.xlam")["generated"].rstrip("\n").split("\n")
    ours = committed().removesuffix("\r\n").split("\r\n")
    added = {line for name in IN_CELLS for line in added_to(name)}

    assert [line for line in ours if line not in added and "VB_Description" not in line] == (
        [line for line in theirs if line not in added]
    )
    assert {line for line in theirs if line in added} == {"        Exit Function", "    #End If"}
    assert len(ours) - len(theirs) == 6 * len(IN_CELLS) - 1, "the self-test keeps its text"


def added_to(name: str) -> list[str]:
    failed = f"    {name} = HuikuanError({name})"
    guard = ["    #If Mac Then", f"        {name} = CVErr(xlErrNA)", "        Exit Function", "    #End If"]
    return [*guard, failed]


def test_what_failed_is_an_error_value() -> None:
    """xlwings puts the reason into the cell as a text, which a sum passes over."""
    texts = re.findall(r"    (\w+) = Err\.Description\r\n(?!    \1 = HuikuanError\(\1\)\r\n)", committed())

    assert texts == ["AR_SELFTEST"]


def test_a_workbook_that_carries_its_macros_gets_what_xlwings_makes_for_it() -> None:
    assert in_own_book(committed()) == made_for("huikuan-zh.xlsm")
    assert in_own_book(committed()) != committed()


def test_the_module_is_what_the_registry_makes() -> None:
    """Rewrite with `python -m addin.hosts.macros`."""
    assert inspect.getsource(udfs) == udf_module()


def test_every_function_has_its_wrapper_with_its_arguments() -> None:
    found = dict(SIGNATURE.findall(committed()))

    assert set(found) == set(IN_CELLS)
    for name, function in FUNCTIONS.items():
        plain = [each.removeprefix("Optional ") for each in found[name].split(", ")]
        assert plain == [argument_name(argument) for argument in function.arguments]
        required = [not each.startswith("Optional ") for each in found[name].split(", ")]
        assert required == sorted(required, reverse=True), "what may be left out comes last"
        assert all(
            kept for kept, argument in zip(required, function.arguments, strict=True) if argument.required
        )


def test_every_wrapper_calls_its_own_function() -> None:
    call = r'(\w+) = XLPy\.CallUDF\("([\w.]+)", "(\w+)", Array\((.*?)\)'
    calls = re.findall(call + r"(?:, ActiveWorkbook, Application\.Caller)?\)\r\n", committed())

    assert {name for name, *_ in calls} == set(IN_CELLS)
    for name, module, called, arguments in calls:
        assert (module, called) == ("addin.hosts.udfs", name)
        names = [argument_name(argument) for argument in IN_CELLS[name].arguments]
        asked = ["HuikuanFrom1904()"] if takes_days_of(name) else []
        assert arguments == ", ".join(names + asked)


def takes_days_of(name: str) -> bool:
    return any(takes_days(argument.kind) for argument in IN_CELLS[name].arguments)


def test_every_function_has_help_in_the_wizard() -> None:
    found = {name: words.replace('""', '"') for name, words in HELP.findall(committed())}

    assert set(found) == set(IN_CELLS)
    for name, words in found.items():
        assert words[:20].isascii() and len(words) <= 255
        assert words[:15] == IN_CELLS[name].help.en[:15].replace("−", "-").replace("×", "x")


def test_xlwings_own_import_would_describe_them_too() -> None:
    wizard = xlwings_makes("huikuan.xlam")["wizard"]

    assert set(wizard) == set(IN_CELLS)
    for name, function in IN_CELLS.items():
        helps = [f"{each.help.zh} {each.help.en}" for each in function.arguments]
        assert wizard[name]["ArgumentDescriptions"] == (helps or None)
        assert wizard[name]["Description"] == f"{function.help.zh} {function.help.en}"[:255]
        assert wizard[name]["Category"] == "Huikuan"


def test_none_is_volatile() -> None:
    assert "Volatile" not in committed() and "CommandBars" not in committed()


def test_on_macos_each_answers_that_it_cannot() -> None:
    """Excel for macOS calls no Python from a cell: not available, instead of a name of a Windows library."""
    guards = re.findall(
        r"    #If Mac Then\r\n        (\w+) = CVErr\(xlErrNA\)\r\n        Exit Function\r\n", committed()
    )

    assert sorted(guards) == sorted(IN_CELLS)


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
