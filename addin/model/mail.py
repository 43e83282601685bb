"""E-mail addresses as people write them into a cell."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
    r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST: Final = 254
"""Signs of an address (RFC 5321)."""


def mail_addresses(cell: str) -> tuple[str, ...]:
    """The addresses of a cell, apart by ";" "," or blanks; () unless every one of them is an address.

    >>> mail_addresses("a@x.cn; b.c@y-z.com"), mail_addresses("a@x.cn\\nBcc: b@y.com"), mail_addresses("")
    (('a@x.cn', 'b.c@y-z.com'), (), ())
    """
    parts = [part for part in re.split(r"[\s;,；，、]+", cell) if part]
    good = all(len(part) <= _LONGEST and _ADDRESS.fullmatch(part) for part in parts)
    return tuple(dict.fromkeys(parts)) if good else ()
