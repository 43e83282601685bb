"""Net and tax, the start of recovery, the retention: boundary pairs by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.contract_sums import net_and_tax, recoup_start, retention_cap
from addin.rules.refused import Refused


@pytest.mark.parametrize(
    ("gross", "rate", "net"),
    [(113, "0.13", 100), (4, "0.13", 4), (5, "0.13", 4), (100, "0", 100), (3, "1", 2), (0, "0.13", 0)],
)
def test_net_and_tax(gross: int, rate: str, net: int) -> None:
    assert net_and_tax(gross, Fraction(rate)) == (net, gross - net)


@given(st.integers(0, 10**15), st.fractions(0, 1, max_denominator=10_000))
def test_the_rounded_net_is_the_nearest(gross: int, rate: Fraction) -> None:
    net, tax = net_and_tax(gross, rate)
    assert net + tax == gross
    assert abs(net * (1 + rate) - gross) <= Fraction(1, 2) * (1 + rate)


def test_recovery_starts_where_the_materials_left_equal_the_advance() -> None:
    assert recoup_start(300, 60, Fraction(6, 10)) == 200
    assert recoup_start(100, 33, Fraction(1, 3)) == 1
    assert recoup_start(100, 60, Fraction(6, 10)) == 0
    assert recoup_start(100, 0, Fraction(1)) == 100


@pytest.mark.parametrize(
    ("advance", "materials", "argument"), [(61, 60, "advance"), (1, 0, "material_share")]
)
def test_what_no_recovery_can_start_from(advance: int, materials: int, argument: str) -> None:
    with pytest.raises(Refused) as refused:
        recoup_start(100, advance, Fraction(materials, 100))
    assert refused.value.argument == argument


@pytest.mark.parametrize(("total", "cap"), [(100, 3), (133, 3), (134, 4), (33, 0), (34, 1), (0, 0)])
def test_retention_is_rounded_down(total: int, cap: int) -> None:
    assert retention_cap(total, Fraction(3, 100)) == cap
