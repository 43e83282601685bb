"""Many months of collecting by chance, every run of letters held against the ledger of its day and against the laws.

Longer: `python -m tests.test_many_months 0 200` walks through two to four months of each of these seeds.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from addin.model.money import digits_of, from_minor, to_minor
from addin.rules.workdays import is_public_holiday
from addin.service.dossier import Dossier
from tests.months.laws import ByHand, Look, Stood, broken, climbs
from tests.months.life import Life
from tests.months.office import Office

SEEDS = (1, 5, 13, 15)
DAYS = 36


def walked(seed: int, folder: Path, days: int | None = None, seen: Tally[str] | None = None) -> Iterator[str]:
    """Every breach of a law in one life, led by seed and day."""
    life = Life(seed)
    settings = {
        "cooling_days": life.pick((3, 7, 7, 20)),
        "promise_grace_days": life.pick((0, 2)),
        "min_reminder": 25,
        "bank_stale_days": life.pick((0, 15, 40)),
    }
    office = Office(life, folder, life.pick(("zh", "en")), settings)
    asleep, stood = 0, Stood()
    for later in range(days or life.random.randrange(60, 121)):
        day = life.start + timedelta(days=later)
        life.live(day)
        asleep = max(asleep - 1, life.pick((6, 15)) if life.coin(0.03) else 0)
        if not asleep and life.coin(0.45):
            for line in a_run(office, day, stood, seen):
                yield f"seed {seed} as at {day} {line}"
    ended = by_hand(office, office.dossier(life.today))
    yield from (f"seed {seed} {line}" for line in climbs(ended))


def a_run(office: Office, day: date, stood: Stood, seen: Tally[str] | None) -> Iterator[str]:
    """The letters of a day, and again before and after they are sent: nothing goes out twice."""
    life, dossier = office.life, office.dossier(day)
    look = Look(by_hand(office, dossier), [milestone.id for milestone in dossier.book.milestones])
    life.known = look.desk.report
    wish = wished(life)
    look.whole = not wish.keys() & {"customer", "level"}
    look.written = office.run(dossier, **wish).letters
    yield from broken(look)
    yield from stood.moved(look)
    if look.issued:
        again = office.run(office.dossier(day), **wish).letters
        yield from (f"again: {each.draft.milestones}" for each in again if each.issued)
        office.post()
        if life.coin(0.2):
            asked = {milestone for each in look.issued for milestone in each.draft.milestones}
            later = [each for each in office.run(office.dossier(day), **wish).letters if each.issued]
            yield from (
                f"later: {asked & {*one.draft.milestones}}"
                for one in later
                if asked & {*one.draft.milestones}
            )
            office.post()
    if seen is not None:
        count(seen, look)


def wished(life: Life) -> dict[str, Any]:
    """Mostly the letters to everybody; texts alone are quick, and now and then there are documents and mails too."""
    wish: dict[str, Any] = {} if life.coin(0.1) else {"formats": ("txt",)}
    if life.coin(0.08):
        wish["customer"] = life.pick(life.tables["customers"])["customer_id"]
    if life.coin(0.05):
        wish["level"] = life.pick((0, 1, 2, 3, 5))
    return wish


def by_hand(office: Office, dossier: Dossier) -> ByHand:
    tables = {**office.life.tables, "letters": list(office.life.tables["letters"])}
    day, rates = dossier.as_of, in_base(dossier)
    ledger, given = office.ledger(day), office.grades(dossier)
    return ByHand(tables, ledger, day, given, rates, is_public_holiday(day), office.settings)


def in_base(dossier: Dossier) -> Callable[[Decimal, str], Decimal | None]:
    def rate(amount: Decimal, currency: str) -> Decimal | None:
        minor = dossier.book.rates.to_base(to_minor(amount, digits_of(currency)), currency)
        return None if minor is None else from_minor(minor)

    return rate


def count(seen: Tally[str], look: Look) -> None:
    seen["runs"] += 1
    for each in look.written:
        seen["letters"] += each.issued
        seen["several milestones"] += each.issued and len(each.draft.milestones) > 1
        seen[f"level {each.draft.level.number}"] += each.issued
        seen["heads the list"] += bool(each.draft.proposal.unsent)
        seen.update(hold.code for hold in each.draft.proposal.holds)


def test_months_by_chance_break_no_law(tmp_path: Path) -> None:
    seen: Tally[str] = Tally()
    found = []
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        folder.mkdir()
        found += list(walked(seed, folder, DAYS, seen))
    assert found == []
    wanted = "promise disputed cooling on_hold unallocated unsent below_minimum holiday".split()
    wanted += ["heads the list", "several milestones", "level 1", "level 2", "level 3", "level 5"]
    for kind in wanted:
        assert seen[kind], (kind, seen)
    assert seen["letters"] >= 30, seen


if __name__ == "__main__":
    number, total = 0, Tally[str]()
    for seed in range(*map(int, sys.argv[1:3])):
        with tempfile.TemporaryDirectory() as made:
            for line in walked(seed, Path(made), None, total):
                number += 1
                print(line, flush=True)
        print(f"seed {seed}: {number} breaches so far", flush=True)
    print(dict(total.most_common()))
