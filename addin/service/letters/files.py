"""The files of one letter. Processes that write letters import this and no more: pandas alone takes half a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.documents.facts import Letter
from addin.model.finding import LedgerError
from addin.model.text import Text


@dataclass(frozen=True)
class Order:
    """A letter to write: its formats, the template of its document, and its files' names by format."""

    letter: Letter
    formats: tuple[str, ...]
    template: Path | None
    names: dict[str, str]

    @property
    def needs_docx(self) -> bool:
        """A PDF is made of the document, and a mail carries it."""
        return self.template is not None and any(each != "txt" for each in self.formats)

    @property
    def mail_waits(self) -> bool:
        """Whether there is a mail that carries a PDF, which is made later."""
        return "eml" in self.formats and "pdf" in self.formats


def warm() -> None:
    """Imports what a letter needs: it takes some tenths of a second, and the book is being read meanwhile."""
    import docxtpl  # noqa: F401  # loaded now, used by the letters

    import addin.documents.letters
    import addin.documents.messages  # noqa: F401  # loaded now, used by the letters


def write_chunk(orders: Sequence[Order], folder: Path, aside: Path) -> tuple[str, Text] | None:
    """Writes some letters; what refuses them goes back as plain words, for errors of ours do not travel."""
    try:
        for order in orders:
            _write(order, folder, aside)
    except LedgerError as error:
        return error.code, error.problem
    return None


def _write(order: Order, folder: Path, aside: Path) -> None:
    from addin.documents.letters import letter_docx
    from addin.documents.messages import letter_txt

    if order.needs_docx and order.template is not None:
        path = document(order, folder, aside)
        path.write_bytes(letter_docx(order.letter, order.template))
    if "txt" in order.formats:
        (folder / order.names["txt"]).write_bytes(letter_txt(order.letter).encode())
    if "eml" in order.formats and not order.mail_waits:
        write_mail(order, folder, document(order, folder, aside))


def document(order: Order, folder: Path, aside: Path) -> Path:
    """Where the document of an order lies: among the files, or beside them where nobody asked for it."""
    if "docx" in order.formats:
        return folder / order.names["docx"]
    stem = Path(next(iter(order.names.values()))).stem
    return aside / f"{stem}.docx"


def write_mail(order: Order, folder: Path, carried: Path) -> None:
    """The mail of an order, with one file attached."""
    from addin.documents.messages import letter_eml

    name = f"{Path(order.names['eml']).stem}{carried.suffix}"
    mail = letter_eml(order.letter, [(name, carried.read_bytes())])
    (folder / order.names["eml"]).write_bytes(mail)
