"""The formulas that Excel will be asked, looked at where there is none."""

from __future__ import annotations

import pytest

from addin.functions.call import call_cells
from addin.functions.registry import FUNCTIONS
from tests.windows.formulas import LONGEST, alike, formula


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_example_is_a_formula(name: str) -> None:
    made = formula(name, FUNCTIONS[name].example)

    assert made.startswith(f"={name}(") and made.endswith(")")
    assert len(made) <= LONGEST and made.count('"') % 2 == 0
    assert made.count("(") - made.count(")") == 0 and made.count("{") == made.count("}")
    assert ",}" not in made and "{," not in made and ";;" not in made, "an array has no empty places"


def test_a_result_is_alike_itself_and_no_other() -> None:
    """The comparison tells results of different functions apart, so that it can fail."""
    scalars = {
        name: shown
        for name in FUNCTIONS
        if not isinstance(shown := call_cells(name, FUNCTIONS[name].example), list)
    }

    assert all(alike(shown, shown) for shown in scalars.values())
    assert not alike(scalars["AR_DUE_DATE"], scalars["AR_DSO"])
    assert not alike("", 0) and not alike(True, 1) and not alike(1.001, 1)
