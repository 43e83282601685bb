"""To whom a letter on record went: what goes to counsel reaches no debtor."""

from __future__ import annotations

from typing import Final

from addin.model.columns import fold

_COUNSEL: Final = frozenset({"legal", "法务"})


def reaches_debtor(channel: str) -> bool:
    """Whether what went out by a channel, in either language's word, can reach the debtor (诉讼时效规定 8).

    >>> reaches_debtor("信函"), reaches_debtor(""), reaches_debtor("Legal"), reaches_debtor("法务")
    (True, True, False, False)
    """
    return fold(channel) not in _COUNSEL
