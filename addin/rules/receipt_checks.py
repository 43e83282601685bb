"""Findings about receipts that the replay itself does not stop at: drafts that are not money yet."""

from __future__ import annotations

from datetime import date

from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding
from addin.rules import claim_findings as tell
from addin.rules.book import Book

COMMERCIAL = ("commercial_draft", "e_voucher")


def drafts_waiting(book: Book) -> list[Finding]:
    """Commercial drafts and e-vouchers until they mature; a bank draft is as good as its bank."""
    frame = book.ledger["receipts"]
    columns = zip(
        frame.index.tolist(), frame["method"].tolist(), to_days(frame["matures_on"]).tolist(), strict=True
    )
    facts = {row: (method, matures) for row, method, matures in columns}
    findings = []
    for receipt in book.receipts:
        method, matures = facts[receipt.row]
        waiting = matures == NO_DAY or matures > book.day
        if method in COMMERCIAL and waiting and receipt.amount > 0 and not receipt.lapsed:
            until = date.fromordinal(matures).isoformat() if matures != NO_DAY else "?"
            findings.append(tell.draft_waiting(receipt.row, until))
    return findings
