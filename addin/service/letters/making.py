"""Files of letters, in one process or several: each letter whole, in the formats that it goes out in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeAlias

from addin.documents.letters import find_template
from addin.files.filenames import file_name
from addin.model.finding import LedgerError
from addin.model.mail import mail_addresses
from addin.model.text import Text
from addin.service.letters.drafts import Draft
from addin.service.letters.files import Order, document, warm, write_chunk, write_mail

FORMATS: Final = ("docx", "pdf", "eml", "txt")
"""What a letter may be written as, in the order in which its files are named."""

_CHUNK: Final = 8

Tell: TypeAlias = Callable[[str, float], None]
Pool: TypeAlias = ProcessPoolExecutor | None


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
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=warm)
    try:
        for _ in range(jobs):
            pool.submit(warm)
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def orders(drafts: Sequence[Draft], formats: Sequence[str] | None, book: Path) -> list[Order]:
    """What to write of each draft. LedgerError where a template is missing."""
    template_of = cache(partial(find_template, beside=book.parent))
    found = []
    for draft in drafts:
        wanted = formats_of(draft, formats)
        letter = draft.letter
        template = None if wanted == ("txt",) else template_of(letter.kind, letter.language)
        stem = f"{letter.letter_id} {letter.to.name} {draft.level.name.in_(letter.language)}"
        names = {each: file_name(stem, f".{each}") for each in wanted}  # a number is there once
        found.append(Order(letter, wanted, template, names))
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
    tell("files", 0.0)
    chunks = [orders[at : at + _CHUNK] for at in range(0, len(orders), _CHUNK)]
    done = 0
    try:
        for chunk, refused in zip(chunks, _answers(chunks, folder, aside, pool), strict=True):
            if refused is not None:
                raise LedgerError(*refused)
            done += len(chunk)
            tell("letters", done / len(orders))
    except BrokenProcessPool as ended:
        raise LedgerError("process_ended", _PROCESS_ENDED) from ended


def _answers(
    chunks: Sequence[Sequence[Order]], folder: Path, aside: Path, pool: Pool
) -> Iterable[tuple[str, Text] | None]:
    write = partial(write_chunk, folder=folder, aside=aside)
    return map(write, chunks) if pool is None else pool.map(write, chunks)


_PROCESS_ENDED: Final = Text(
    "写函件的一个进程被系统终止（多半是内存不足）；没有留下任何函件，账簿未变。请关闭其他程序，用 --jobs 1 再试。",
    "A process that wrote letters was ended by the system (most likely for want of memory); no letter was left and "
    "the book is as it was. Close other programs and try again with --jobs 1.",
)


def _pdfs(orders: Sequence[Order], folder: Path, aside: Path, tell: Tell) -> Made:
    """One office start for many letters; what it could not make is told, and the other formats stand."""
    wanted = {at: order for at, order in enumerate(orders) if "pdf" in order.formats}
    if not wanted:
        return Made()
    from addin.documents.office import LIMIT, pdfs, timeless

    sources = {at: document(order, folder, aside) for at, order in wanted.items()}
    printed = pdfs(list(sources.values()), aside, LIMIT, lambda done: tell("pdf", done / len(sources)))
    missing: dict[int, tuple[str, ...]] = {}
    for at, order in wanted.items():
        if (pdf := printed.made.get(sources[at])) is None:
            missing[at] = ("pdf",)
        else:
            (folder / order.names["pdf"]).write_bytes(timeless(pdf.read_bytes(), order.letter.day))
    return Made(missing, () if printed.problem is None else (printed.problem,))


def _mails(orders: Sequence[Order], folder: Path, aside: Path, made: Made) -> None:
    """Mails that carry a PDF, or the document where there is none."""
    for at, order in enumerate(orders):
        if order.mail_waits:
            has_pdf = at not in made.missing
            write_mail(
                order, folder, folder / order.names["pdf"] if has_pdf else document(order, folder, aside)
            )
