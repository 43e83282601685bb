"""Files of letters, in one process or several: each letter whole, in the formats that it goes out in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeAlias

from addin.documents.facts import Letter
from addin.documents.messages import mail_addresses
from addin.files.filenames import file_name
from addin.model.finding import LedgerError
from addin.model.text import Text
from addin.service.letters.drafts import Draft

FORMATS: Final = ("docx", "pdf", "eml", "txt")
"""What a letter may be written as, in the order in which its files are named."""

_CHUNK: Final = 8

Tell: TypeAlias = Callable[[str, float], None]
Pool: TypeAlias = ProcessPoolExecutor | None


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


@dataclass(frozen=True)
class Made:
    """What could not be made as asked: by the letter's place, and of all together."""

    missing: dict[int, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Text, ...] = ()


@contextmanager
def workers(jobs: int) -> Iterator[Pool]:
    """That many processes, on their way while the book is still being read; none for a single job."""
    if jobs < 2:
        yield None
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_warm)
    try:
        for _ in range(jobs):
            pool.submit(_warm)
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _warm() -> None:
    """Imports what a letter needs."""
    import addin.documents.letters
    import addin.documents.messages  # noqa: F401  # for their own sake: they take half a second


def orders(drafts: Sequence[Draft], formats: Sequence[str] | None, book: Path) -> list[Order]:
    """What to write of each draft. LedgerError where a template is missing."""
    taken: set[str] = set()
    found = []
    for draft in drafts:
        wanted = formats_of(draft, formats)
        template = _template(draft, book) if wanted != ("txt",) else None
        stem = (
            f"{draft.letter.letter_id} {draft.letter.to.name} {draft.level.name.in_(draft.letter.language)}"
        )
        names = {each: file_name(stem, f".{each}", taken) for each in wanted}
        taken.update(names.values())
        found.append(Order(draft.letter, wanted, template, names))
    return found


def formats_of(draft: Draft, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """The formats of one letter: a call has words alone, mail needs an address.

    Where nothing is asked for a letter is a document, by mail also a mail with it.
    """
    if draft.is_spoken:
        return ("txt",)
    chosen = wanted or (("docx", "eml") if draft.letter.channel == "email" else ("docx",))
    fitting = {each for each in chosen if each != "eml" or mail_addresses(draft.letter.to.email)}
    return tuple(each for each in FORMATS if each in fitting) or ("docx",)


def _template(draft: Draft, book: Path) -> Path:
    from addin.documents.letters import find_template

    return find_template(draft.letter.kind, draft.letter.language, book.parent)


def make(orders: Sequence[Order], folder: Path, pool: Pool, tell: Tell) -> Made:
    """Writes every file of the orders into ``folder`` (and documents that only a mail carries into one beside it).

    LedgerError where a template is refused: the caller then throws the folder away.
    """
    aside = folder.with_name(f"{folder.name}-aside")
    for each in (folder, aside):
        each.mkdir()
    _documents(orders, folder, aside, pool, tell)
    made = _pdfs(orders, folder, aside, tell)
    _mails(orders, folder, aside, made)
    return made


def _documents(orders: Sequence[Order], folder: Path, aside: Path, pool: Pool, tell: Tell) -> None:
    chunks = [orders[at : at + _CHUNK] for at in range(0, len(orders), _CHUNK)]
    done = 0
    answers = (
        (_write_chunk(chunk, folder, aside) for chunk in chunks)
        if pool is None
        else pool.map(_write_chunk, chunks, [folder] * len(chunks), [aside] * len(chunks))
    )
    for chunk, refused in zip(chunks, answers, strict=True):
        if refused is not None:
            raise LedgerError(*refused)
        done += len(chunk)
        tell("letters", done / len(orders))


def _write_chunk(orders: Sequence[Order], folder: Path, aside: Path) -> tuple[str, Text] | None:
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


def document(order: Order, folder: Path, aside: Path) -> Path:
    """Where the document of an order lies: among the files, or beside them where nobody asked for it."""
    if "docx" in order.formats:
        return folder / order.names["docx"]
    stem = next(iter(order.names.values()))
    return aside / f"{Path(stem).stem}.docx"


def _pdfs(orders: Sequence[Order], folder: Path, aside: Path, tell: Tell) -> Made:
    """One office start for many letters; what it could not make is told, and the other formats stand."""
    wanted = {at: order for at, order in enumerate(orders) if "pdf" in order.formats}
    if not wanted:
        return Made()
    from addin.documents.office import LIMIT, pdfs

    sources = {at: document(order, folder, aside) for at, order in wanted.items()}
    printed = pdfs(list(sources.values()), aside, LIMIT, lambda done: tell("pdf", done / len(sources)))
    missing: dict[int, tuple[str, ...]] = {}
    for at, order in wanted.items():
        if (pdf := printed.made.get(sources[at])) is None:
            missing[at] = ("pdf",)
        else:
            pdf.replace(folder / order.names["pdf"])
    return Made(missing, () if printed.problem is None else (printed.problem,))


def _mails(orders: Sequence[Order], folder: Path, aside: Path, made: Made) -> None:
    """Mails carry the PDF where there is one, else the document."""
    from addin.documents.messages import letter_eml

    for at, order in enumerate(orders):
        if "eml" not in order.formats:
            continue
        has_pdf = "pdf" in order.formats and at not in made.missing
        carried = folder / order.names["pdf"] if has_pdf else document(order, folder, aside)
        name = f"{Path(order.names['eml']).stem}{carried.suffix}"
        mail = letter_eml(order.letter, [(name, carried.read_bytes())])
        (folder / order.names["eml"]).write_bytes(mail)
