"""The six letters and what they call themselves."""

from __future__ import annotations

from typing import Final

from addin.model.text import Text

TITLES: Final = {
    "notice": Text("付款提示", "Payment notice"),
    "reminder": Text("付款提醒", "Payment reminder"),
    "second_reminder": Text("再次催款函", "Second reminder"),
    "demand": Text("催款函", "Formal demand for payment"),
    "final": Text("最后催告函", "Final notice"),
    "legal": Text("移送律师材料", "File for counsel"),
}
KINDS: Final = tuple(TITLES)


def title(kind: str) -> Text:
    """What a letter calls itself; a call and a firm's own template count as a reminder."""
    return TITLES.get(kind, TITLES["reminder"])
