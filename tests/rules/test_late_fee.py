"""Fixed compensation: on both sides of each band, as the British and the Irish authorities print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.late_fee import Regime, late_fee


@pytest.mark.parametrize(
    ("debt", "uk", "irish"),
    [
        (1, 40_00, 40_00),
        (999_99, 40_00, 40_00),
        (1_000_00, 70_00, 40_00),  # lower bound included in the UK, upper bound in Ireland
        (1_000_01, 70_00, 70_00),
        (5_000_00, 70_00, 70_00),
        (9_999_99, 70_00, 70_00),
        (10_000_00, 100_00, 70_00),
        (10_000_01, 100_00, 100_00),
        (10**20, 100_00, 100_00),
    ],
)
def test_bands(debt: int, uk: int, irish: int) -> None:
    assert late_fee(debt, "UK") == uk
    assert late_fee(debt, "IE") == irish
    assert late_fee(debt, "EU") == 40_00


@pytest.mark.parametrize("regime", ["UK", "IE", "EU"])
def test_no_debt_no_fee(regime: Regime) -> None:
    assert late_fee(0, regime) == 0


@given(st.integers(1, 10**8), st.integers(0, 10**8), st.sampled_from(["UK", "IE", "EU"]))
def test_more_debt_is_never_less_fee(debt: int, more: int, regime: Regime) -> None:
    assert 40_00 <= late_fee(debt, regime) <= late_fee(debt + more, regime) <= 100_00
