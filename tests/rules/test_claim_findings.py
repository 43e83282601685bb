"""What is said of contracts whose rows do not make up the amount."""

from __future__ import annotations

import pytest

from tests.oracle.build import contract, share
from tests.rules.figures import Look


@pytest.mark.parametrize(
    ("last", "said"), [("0.6999", "come to 0.01 less than"), ("0.7001", "come to 0.01 more than")]
)
def test_rows_miss_the_amount_on_one_side_or_the_other(last: str, said: str) -> None:
    # 30.00 + 69.99 or 70.01 of 100
    seen = Look("02-10", [contract("C", "100")], [share("A", "0.3", 1), share("B", last, 2)])
    assert said in seen.finding("share_sum").message.en
