"""Rows that interrupt limitation: letters, agreements, contacts, legal tasks (民法典195; RULES 15, Limitation).

The one list that the ledger's last days and the record of an evidence pack follow from. Receipts are not in it: what
they paid is known by the replay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from addin.model.days import NO_DAY, to_days
from addin.model.ledger import Ledger
from addin.rules.addressed import interrupting_days
from addin.rules.frames import integers


class Interruption(NamedTuple):
    """A day on which the period started anew, and the cell that proves it.

    It counts for the ``milestones`` that it names, where it names none for all of its ``contract``, and where it
    names none of these for all of the customer's.
    """

    day: int
    table: str
    id: str
    column: str
    milestones: tuple[str, ...] = ()
    contract: str = ""
    customer: str = ""


def written(ledger: Ledger, as_of: int) -> Iterator[Interruption]:
    """What interrupted limitation up to ``as_of``.

    A letter counts on the day of delivery, with its proof, and a statement again when the debtor confirms an amount;
    a contact when it reached the debtor, with its proof; a reschedule when its document is there; a legal task when
    it is done.
    """
    contacts, tasks = ledger["contacts"], ledger["tasks"]
    reached = contacts["delivered"].fillna(False).to_numpy(bool) & (contacts["proof"] != "").to_numpy(bool)
    for found in (
        _letters(ledger["letters"]),
        _reschedules(ledger["reschedules"]),
        _named(contacts[reached], "contacts", "date"),
        _named(tasks[(tasks["kind"] == "legal").to_numpy(bool)], "tasks", "done_on"),
    ):
        for each in found:
            if NO_DAY < each.day <= as_of:
                yield each


def _letters(letters: pd.DataFrame) -> Iterator[Interruption]:
    rows = zip(
        letters["letter_id"].tolist(),
        letters["milestones"].tolist(),
        letters["customer_id"].tolist(),
        to_days(letters["delivered_on"]).tolist(),
        letters["proof"].tolist(),
        letters["channel"].tolist(),
        letters["kind"].tolist(),
        to_days(letters["reply_on"]).tolist(),
        integers(letters["confirmed_amount"]),
        strict=True,
    )
    for id, names, customer, delivered, proof, channel, kind, replied, confirmed in rows:
        arrived, signed = interrupting_days(delivered, proof, channel, kind, replied, confirmed)
        yield Interruption(arrived, "letters", id, "delivered_on", tuple(names), customer=customer)
        yield Interruption(signed, "letters", id, "reply_on", tuple(names), customer=customer)


def _reschedules(reschedules: pd.DataFrame) -> Iterator[Interruption]:
    rows = zip(
        reschedules["reschedule_id"].tolist(),
        reschedules["milestone_id"].tolist(),
        to_days(reschedules["agreed_on"]).tolist(),
        reschedules["document"].tolist(),
        strict=True,
    )
    for id, milestone, agreed, document in rows:
        if document:
            yield Interruption(agreed, "reschedules", id, "agreed_on", (milestone,))


def _named(rows: pd.DataFrame, table: str, dated: str) -> Iterator[Interruption]:
    """Rows that name a contract, else a customer; their own id stands first."""
    columns = (rows.iloc[:, 0].tolist(), rows["contract_id"].tolist(), rows["customer_id"].tolist())
    for day, id, contract, customer in zip(to_days(rows[dated]).tolist(), *columns, strict=True):
        yield Interruption(day, table, id, dated, (), contract, customer)
