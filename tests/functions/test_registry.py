"""The registry and the contract: names, arguments, help in both languages, examples, sources."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from addin.functions.call import call_json
from addin.functions.registry import FUNCTIONS, GROUPS, Function
from addin.functions.results import Scalar, Table, Vector
from addin.hosts.cli.functions import signature
from addin.model.text import Text

ALL = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=list(FUNCTIONS))
CHINESE = re.compile("[\u4e00-\u9fff]")


def contract_signatures(contract: str) -> dict[str, str]:
    """Name and arguments of each function in the contract's tables, without the defaults."""
    cells = [line.split("|")[1] for line in contract.splitlines() if line.startswith("| AR_")]
    found = re.findall(r"(AR_\w+)\(([^()]*)\)", " ".join(cells))
    return {name: re.sub(r"=[^\]]*", "", arguments) for name, arguments in found}


def test_the_registry_is_the_contract(shared: Path) -> None:
    contract = contract_signatures((shared / "FUNCTIONS.md").read_text("utf-8"))
    assert len(contract) == len(FUNCTIONS) > 40
    ours = {
        name: re.sub(r"=[^\]]*", "", signature(function)[len(name) + 1 : -1])
        for name, function in FUNCTIONS.items()
    }
    assert ours == contract


def test_functions_stand_in_their_groups() -> None:
    groups = [function.group for function in FUNCTIONS.values()]
    assert list(dict.fromkeys(groups)) == list(GROUPS)
    assert groups == sorted(groups, key=list(GROUPS).index)


def is_said(text: Text) -> bool:
    """In both languages, each being that language."""
    return bool(CHINESE.search(text.zh)) and bool(re.search("[A-Za-z]", text.en)) and text.zh != text.en


@ALL
def test_help_and_source_in_both_languages(function: Function) -> None:
    assert is_said(function.help)
    assert is_said(function.source)
    assert not CHINESE.search(function.help.en)
    for argument in function.arguments:
        assert is_said(argument.help), argument.name
        assert not CHINESE.search(argument.help.en), argument.name


@ALL
def test_the_example_shows_what_it_says(function: Function) -> None:
    assert call_json(function.name, function.example) == function.shows


@ALL
def test_the_shape_is_declared(function: Function) -> None:
    scalars, vectors = get_args(Scalar), get_args(Vector)
    match function.result:
        case Table(kinds):
            assert kinds
            assert set(kinds) <= set(scalars)
            assert isinstance(function.shows, list)
        case tuple():
            assert set(function.result) <= set(scalars)
            assert isinstance(function.shows, list)
            assert len(function.shows) == len(function.result)
        case shape:
            assert shape in (*scalars, *vectors)
            assert isinstance(function.shows, list) == (shape in vectors)


@ALL
def test_defaults_are_of_their_kind(function: Function) -> None:
    optional = [each for each in function.arguments if not each.required and each.default is not None]
    for argument in optional:
        argument.kind.read(argument.default)
        json.dumps(argument.default)
    assert len({argument.name for argument in function.arguments}) == len(function.arguments)
