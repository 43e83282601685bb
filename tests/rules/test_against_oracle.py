"""Our refresh against the naive oracle on random ledgers, at many dates, to the cent.

More seeds: `python -m tests.oracle.long_run 0 1000`.
"""

from __future__ import annotations

from collections import Counter

import pytest

from addin.rules.workdays import Roll
from tests.oracle.random_ledgers import random_tables
from tests.rules.engine import Replayed
from tests.rules.side_by_side import DAYS, differing, together

SEEDS = range(60)


@pytest.mark.parametrize("roll", ["following", "none"])
def test_every_figure_of_sixty_random_ledgers_at_every_date(roll: Roll) -> None:
    assert not list(differing(SEEDS, roll))


def test_the_random_ledgers_see_every_kind_of_event() -> None:
    replayed = Replayed(together({seed: random_tables(seed)[0] for seed in SEEDS}), DAYS[-1])
    reasons = Counter(each.reason for each in replayed.state.allocations)
    assert reasons.keys() == {
        "milestone",
        "contract",
        "customer",
        "reserved",
        "contract_waited",
        "customer_waited",
        "refund",
        "dishonour",
    }
    told = Counter(finding.code for finding in replayed.findings)
    wanted = "overpaid refund_short amendment_impossible plan_too_large adjusted_too_much reversed_too_much"
    for code in (*wanted.split(), "dishonoured", "not_approved", "share_sum", "second_balance"):
        assert told[code] >= 5, code
    assert min(reasons.values()) >= 20, reasons
    assert sum(bool(each.plan) for each in replayed.claims.milestones) >= 30
    assert sum(bool(each.amount_changes) for each in replayed.claims.milestones) >= 60
