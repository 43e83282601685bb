"""A function takes the words that stand in the ledger's own cells, in either language."""

from __future__ import annotations

import pytest

from addin.functions.registry import FUNCTIONS
from addin.model.tables import TABLES


@pytest.mark.parametrize(
    ("function", "argument", "table", "column", "keys"),
    [
        ("AR_STATUTORY_DUE", "buyer", "customers", "kind", {"public_body", "large_enterprise"}),
        ("AR_AMEND", "policy", "amendments", "policy", {"spread", "catch_up"}),
    ],
)
def test_the_words_of_a_table_are_words_of_the_function(
    function: str, argument: str, table: str, column: str, keys: set[str]
) -> None:
    kind = next(a.kind for a in FUNCTIONS[function].arguments if a.name == argument)
    words = {key: name for key, name in TABLES[table][column].choice_names.items() if key in keys}
    assert set(words) == keys
    for key, name in words.items():
        assert {kind.read(word) for word in (key, name.zh, name.en)} == {key}
