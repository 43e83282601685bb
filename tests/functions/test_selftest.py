"""The self-test counts what works, and names what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from addin import __version__
from addin.functions.registry import FUNCTIONS
from addin.functions.selftest import IN_CELLS, SELFTEST, example_in_cells, selftest
from addin.model.text import Text
from addin.rules.refused import Refused


def test_every_function_passes() -> None:
    assert selftest() == [["huikuan", __version__], ["functions", len(FUNCTIONS)], ["passed", len(FUNCTIONS)]]
    assert selftest() == SELFTEST.shows


def test_what_fails_is_listed_with_what_came() -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("by the rate")

    def refusing(*_: Any) -> Any:
        raise Refused("rate", Text("不对", "no"))

    alert, tax = FUNCTIONS["AR_ALERT"], FUNCTIONS["AR_NET_TAX"]
    tried = {
        "AR_ALERT": replace(alert, shows="red"),
        "AR_DSO": replace(tax, body=broken),
        "AR_ADD": replace(tax, body=refusing),
        "AR_NET_TAX": tax,
    }

    assert selftest(tried)[1:] == [
        ["functions", 4],
        ["passed", 1],
        ["AR_ALERT", "orange"],
        ["AR_DSO", "ZeroDivisionError: by the rate"],
        ["AR_ADD", "FunctionError: argument rate: no."],
    ]


def test_what_no_cell_can_take_fails() -> None:
    tax = FUNCTIONS["AR_NET_TAX"]
    long = replace(tax, example=("10000000000000.01", 0), shows=["10000000000000.01", "0.00"])

    assert [row[0] for row in selftest({"AR_NET_TAX": long})[2:]] == ["passed", "AR_NET_TAX"]


def test_examples_are_tried_as_cells_have_them() -> None:
    assert example_in_cells(FUNCTIONS["AR_DUE_DATE"]) == [datetime(2022, 1, 31), "NET 30"]
    assert repr(example_in_cells(FUNCTIONS["AR_ALERT"])) == "[7.0]"


def test_it_stands_beside_the_registry() -> None:
    assert [*IN_CELLS] == [*FUNCTIONS, "AR_SELFTEST"]
