"""How large a package may be, so that a bomb is refused before any of it is unpacked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from addin.files.package.problem import PackageError

MAX_MEMBERS: Final = 10_000
"""Parts of a package; the largest real ones seen have a few hundred."""
MAX_UNPACKED: Final = 2 * 1024**3
"""Bytes of the whole package when unpacked; a ledger of 100,000 rows and 40 columns has 0.4 GB."""
MAX_PART: Final = 1024**3
"""Bytes of one part when unpacked."""
MAX_RATIO: Final = 300
"""Unpacked bytes for one packed; sheets have 10 to 40, empty formatted rows up to about 150."""
RATIO_FROM: Final = 64 * 1024**2
"""Unpacked bytes below which the ratio does not matter."""


class Sized(Protocol):
    """A part as the directory describes it; its true size is checked when it is unpacked."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...


def check_count(members: int) -> None:
    """PackageError where there are too many parts."""
    if members > MAX_MEMBERS:
        raise too_large(f"{members} parts")


def check_sizes(members: Sequence[Sized], packed: int) -> None:
    """PackageError where the parts of a file of ``packed`` bytes would unpack beyond a limit."""
    unpacked = sum(member.size for member in members)
    if unpacked > MAX_UNPACKED or any(member.size > MAX_PART for member in members):
        raise too_large(f"{unpacked / 1024**3:.1f} GB")
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise too_large(f"1 : {unpacked // max(packed, 1)}")


def too_large(figure: str) -> PackageError:
    """The error of what is beyond a limit."""
    return PackageError(
        f"解压后过大（{figure}），超出安全限制；请核实文件来源，或删去空白格式行后另存。",
        f"unpacks beyond the safe limits ({figure}); check its origin, or delete empty formatted rows.",
        code="too_large",
    )
