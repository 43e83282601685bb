"""The veil over a project's protection, password and visibility, [MS-OVBA] 2.4.3.2. It protects nothing."""

from __future__ import annotations

from typing import Final

_VERSION: Final = 2


def obfuscated(data: bytes, project_id: str, seed: int = 0x5E) -> str:
    """``data`` as the hexadecimal text of a line such as ``CMG``; the id counts with its braces.

    >>> obfuscated(b"\\xff", "{00000000-0000-0000-0000-000000000000}", seed=0x10)
    '1012BCBFBDBFBD40'
    """
    key = sum(project_id.encode("ascii")) & 0xFF
    made = [seed, seed ^ _VERSION, seed ^ key]
    previous = key
    for plain in [*([0] * ((seed & 6) // 2)), *len(data).to_bytes(4, "little"), *data]:
        made.append(plain ^ ((made[-2] + previous) & 0xFF))
        previous = plain
    return bytes(made).hex().upper()
