"""Text in csv files that a spreadsheet would run as a formula: made harmless, and taken back.

A csv file has no types: Excel, LibreOffice and Google Sheets take a field for a formula by its first sign, in
quotation marks or not, so that quoting protects nobody. What OWASP (CSV Injection; ASVS 5.0, 1.2.10) and
CWE-1236 advise is an apostrophe before such text. It is put before text alone: amounts, days and text that is a
plain number stay as they are, or minus signs would make text of figures. Reading takes it away again, so that
what `show --format csv` gave comes back by `import` unchanged.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DANGEROUS = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r\n\0]")
"""A sign that begins a formula (full-width ones too, which some settings make plain), or white space that a
program may drop from before it; NUL as in ASVS."""


def csv_text(text: str) -> str:
    """Text as it may stand in a csv file: what a spreadsheet would take for a formula gets an apostrophe.

    >>> csv_text("=1+1"), csv_text("-5"), csv_text("C-01")
    ("'=1+1", '-5', 'C-01')
    """
    return f"'{text}" if _needs_apostrophe(text) else text


def plain_text(field: str) -> str:
    """A field of a csv file without the apostrophe that `csv_text` put before it.

    >>> plain_text("'=1+1"), plain_text("'tis"), plain_text(csv_text("'=x"))
    ('=1+1', "'tis", "'=x")
    """
    return field[1:] if field[:1] == "'" and _needs_apostrophe(field[1:]) else field


def _needs_apostrophe(text: str) -> bool:
    """Also text that looks as if it had one already: else two texts would be written alike."""
    bare = text.lstrip("'")
    return _DANGEROUS.match(bare) is not None and not (bare == text and _NUMBER.fullmatch(text))
