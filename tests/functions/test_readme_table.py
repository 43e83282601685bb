"""The README lists the functions that there are."""

from __future__ import annotations

import pytest

from tests.functions.readme_table import README, table, written


def test_the_tables_are_up_to_date() -> None:
    readme = README.read_text("utf-8")
    assert written(readme) == readme, "run python -m tests.functions.readme_table"


def test_a_readme_without_tables_is_told() -> None:
    with pytest.raises(ValueError, match="0 tables"):
        written("nothing here")


def test_no_cell_breaks_the_table() -> None:
    assert {line.count("|") for line in [*table("zh"), *table("en")]} == {3}
