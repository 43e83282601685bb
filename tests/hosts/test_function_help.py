"""The module that tells the function wizard: every function and argument, in both languages."""

from __future__ import annotations

import re

import pytest

from addin.assets import macros
from addin.functions.registry import Function
from addin.functions.selftest import IN_CELLS
from addin.hosts.macros.callbacks import callbacks
from addin.hosts.macros.function_help import LONGEST_HELP, coded, function_help, wizard_words

TOLD = re.compile(r'    Describe language, "(\w+)"((?:, _\r\n        "(?:[^"]|"")*")+)\r\n')
MOST_CONTINUATIONS = 24  # of a statement in VBA


def read(text: str) -> str:
    """A constant of the module as `Spelled` reads it."""
    return re.sub(r"\\u(....)", lambda found: chr(int(found[1], 16)), text[1:-1].replace('""', '"'))


def told() -> dict[str, list[str]]:
    found = TOLD.findall(function_help())
    return {name: [read(each.strip()) for each in words.split(", _\r\n")[1:]] for name, words in found}


def test_committed_is_what_the_registry_makes() -> None:
    """Rewrite with `python -m addin.hosts.macros`."""
    assert (macros() / "HuikuanHelp.bas").read_bytes() == function_help().encode("ascii")


def test_it_tells_of_every_function_and_argument_in_both_languages() -> None:
    wanted = {
        name: [word for pair in wizard_words(function) for word in pair]
        for name, function in IN_CELLS.items()
    }

    assert told() == wanted


@pytest.mark.parametrize("function", IN_CELLS.values(), ids=list(IN_CELLS))
def test_the_words_say_what_is_expected_and_fit(function: Function) -> None:
    own, *of_arguments = wizard_words(function)

    assert own == function.help
    for argument, words in zip(function.arguments, of_arguments, strict=True):
        assert argument.help.zh in words.zh and argument.kind.expected.zh in words.zh
        assert argument.help.en in words.en and argument.kind.expected.en in words.en
    assert max(len(word) for pair in (own, *of_arguments) for word in pair) <= LONGEST_HELP


def test_it_is_vba_that_compiles_in_any_country() -> None:
    text = function_help()
    statements = text.replace(" _\r\n", "\0").split("\r\n")

    assert text.isascii() and "\n" not in text.replace("\r\n", "")
    assert max(map(len, text.split("\r\n"))) < 1024
    assert 0 < max(statement.count("\0") for statement in statements) <= MOST_CONTINUATIONS
    assert max(map(len, text.split("End Sub"))) < 1 << 16


def test_its_helpers_are_no_functions_of_the_sheet() -> None:
    assert "\r\nOption Private Module\r\n" in function_help()


def test_every_family_is_told() -> None:
    text = function_help()
    called = re.findall(r"^    (Describe\w+) language\r$", text, re.MULTILINE)

    assert called == re.findall(
        r"^Private Sub (Describe\w+)\(ByVal language As String\)\r$", text, re.MULTILINE
    )
    assert len(called) == len({function.group for function in IN_CELLS.values()})


def test_the_ribbon_has_it_told_at_start_with_a_click_and_after_a_switch() -> None:
    subs = callbacks().split("End Sub")
    tell = {each.split("Sub ")[-1].split("(")[0] for each in subs if "HuikuanDescribe" in each}

    assert tell == {"HuikuanLoad", "HuikuanSpeak", "Press"}


@pytest.mark.parametrize("text", ["", "a", "账", '"账龄"', "（0 到 1）", "−×…"])
def test_a_text_is_spelled_in_ascii(text: str) -> None:
    assert coded(text).isascii()
    assert read(coded(text)) == text
