"""A level's wording in one language."""

from __future__ import annotations

from dataclasses import dataclass

from addin.documents.templates.kit import p


@dataclass(frozen=True)
class Wording:
    """What a letter calls itself, its subject line and its body; whose address it bears if not the customer's."""

    kind: str
    subject: str
    body: str
    reply: bool = False
    recipient: str = ""


def paragraphs(*texts: str) -> str:
    return "".join(p(text) for text in texts)


def numbered(*texts: str, mark: str = "{}. ") -> str:
    """A list; its numbers are part of the text, so that what is cited in a dispute never renumbers itself."""
    return "".join(p(mark.format(number) + text, "Item") for number, text in enumerate(texts, 1))
