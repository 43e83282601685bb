"""Letters to test with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from addin.documents.facts import Claim, Letter
from addin.documents.letters import find_template, letter_docx
from addin.documents.samples import sample_letter
from tests.documents.golden_letters import NOWHERE


def made(letter: Letter) -> bytes:
    """The letter by our template."""
    return letter_docx(letter, find_template(letter.kind, letter.language, NOWHERE))


def claim(number: int, opened: int = 100_000, **more: object) -> Claim:
    """An overdue item without interest."""
    plain = Claim(
        f"P-{number:03d}", f"Project {number}", f"P-{number:03d}-1", "Delivery", opened, 0, 0, opened, 0,
        date(2026, 5, 31), date(2026, 5, 31), 30,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]  # the fields are Claim's own


def letter(*claims: Claim, **more: object) -> Letter:
    """A formal demand for these items; the statement lists just them."""
    sample = replace(sample_letter("en"), claims=claims, statement=claims, after_sale=False, earlier=())
    return replace(sample, **more)  # type: ignore[arg-type]  # the fields are Letter's own
