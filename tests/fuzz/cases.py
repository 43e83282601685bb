"""One case: damage something, run a command on it within this process, and hold what happened against the promise."""

from __future__ import annotations

import io
import random
import shutil
import signal
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import FrameType
from xml.parsers import expat

import python_calamine as calamine
from openpyxl import Workbook

from addin.assets import templates
from addin.files.csvfile import read_rows
from addin.model.columns import Kind
from addin.model.numerals import read_day, read_number
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES
from tests.bad_input.ledger import AS_OF, make_book
from tests.bad_input.reports import Spoken, command, listing
from tests.fuzz.packages import damaged
from tests.fuzz.shared_texts import with_shared_texts
from tests.fuzz.texts import damaged_text

SECONDS = 30
"""Processor time that one command may take; sound books take a quarter of a second."""
_ZIP_TROUBLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError)
UNFORESEEN = ("internal error", "内部错误", "Traceback", "Out of memory", "内存不足")


@dataclass(frozen=True)
class Outcome:
    """What one case came to: ``fault`` is empty where the promise was kept."""

    kind: str
    code: int
    seconds: float
    fault: str = ""
    said: str = ""


class Hang(BaseException):
    """The command ran out of its time; no `Exception`, so that nothing on the way takes it for its own."""


def run_case(seed: int, number: int, folder: Path) -> Outcome:
    """The case of a seed and a number, in an empty folder; the same every time."""
    chance = random.Random(f"{seed}:{number}")
    kind = chance.choices(["refresh", "check", "import text", "import book"], [45, 25, 22, 8])[0]
    arguments, source = _made(kind, chance, folder)
    language = chance.choice(LANGUAGES)
    before = listing(folder)
    started = time.process_time()
    try:
        with _limit(SECONDS):
            spoken = command(*arguments, "--lang", language)
            seconds = time.process_time() - started
            after = _after(spoken, source, before[source.name] or b"")
    except Hang:
        return Outcome(kind, -1, SECONDS, "hangs")
    except Exception as error:
        return Outcome(kind, -1, 0, f"{type(error).__name__} leaves the command: {error}")
    fault = _fault(kind, spoken, folder, before) or after
    return Outcome(kind, spoken.code, seconds, fault, spoken.err[-600:])


def _made(kind: str, chance: random.Random, folder: Path) -> tuple[list[str | Path], Path]:
    """The command line, and the book that it may change."""
    book = folder / "ledger.xlsx"
    sound = chance.choice(sound_books())
    if kind in ("refresh", "check"):
        book.write_bytes(damaged(sound, chance))
        dry = ["--dry-run"] if kind == "refresh" and chance.random() < 0.05 else []
        return [kind, book, "--as-of", AS_OF, *dry], book
    book.write_bytes(sound)
    options = [option for option in ("--preview", "--replace", "--json") if chance.random() < 0.2]
    if chance.random() < 0.2:
        options += ["--date-format", chance.choice(["%d/%m/%Y", "%Y", "%", "%Q", "\0"])]
    if kind == "import book":
        table, content = chance.choice(_plain_books())
        file = folder / "rows.xlsx"
        file.write_bytes(damaged(content, chance))
        return ["import", book, table, file, *options], book
    table, records = chance.choice(_texts())
    file = folder / "rows.csv"
    file.write_bytes(damaged_text([list(record) for record in records], chance))
    return ["import", book, table, file, *options], book


@lru_cache
def sound_books() -> tuple[bytes, ...]:
    """Sound ledgers: as openpyxl saves them, and as a refresh of ours leaves them."""
    made = []
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            book = make_book(Path(folder), language=language)
            made.append(book.read_bytes())
            made.append(with_shared_texts(made[-1]))
            assert command("refresh", book, "--as-of", AS_OF).code == 0
            made.append(book.read_bytes())
    return tuple(made)


@lru_cache
def _texts() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """The demo's files by table, the first rows of each."""
    found = []
    for file in sorted((templates() / "demo" / "en").glob("*.csv")):
        rows = read_rows(file)
        records = [
            tuple(rows.headings),
            *zip(*([str(cell) for cell in column] for column in rows.columns), strict=True),
        ]
        found.append((file.stem, tuple(records[:12])))
    return tuple(found)


@lru_cache
def _plain_books() -> tuple[tuple[str, bytes], ...]:
    """The same rows as workbooks of one sheet, dates and numbers typed."""
    found = []
    for file in sorted((templates() / "demo" / "en").glob("*.csv")):
        rows = read_rows(file)
        book, kinds = Workbook(), [TABLES[file.stem][heading].kind for heading in rows.headings]
        sheet = book.active
        assert sheet is not None
        sheet.append(list(rows.headings))
        for record in [*zip(*rows.columns, strict=True)][:12]:
            sheet.append([_typed(kind, str(cell)) for kind, cell in zip(kinds, record, strict=True)])
        content = io.BytesIO()
        book.save(content)
        found.append((file.stem, with_shared_texts(content.getvalue())))
    return tuple(found)


def _typed(kind: Kind, cell: str) -> str | float | date:
    day = read_day(cell) if kind is Kind.DATE else None
    amount = read_number(cell) if kind in (Kind.MONEY, Kind.NUM, Kind.INT) else None
    return day or (cell if amount is None else float(amount))


# --- the promise -------------------------------------------------------------------------------------------


def _fault(kind: str, spoken: Spoken, folder: Path, before: dict[str, bytes | None]) -> str:
    """What is wrong with an answer, "" where it is findings or one clear line."""
    lines = spoken.err.splitlines()
    if spoken.code not in (0, 1, 2):
        return f"exit code {spoken.code}"
    if any(word in spoken.err + spoken.out for word in UNFORESEEN):
        return "an error that nobody foresaw"
    after = {name: content for name, content in listing(folder).items() if not name.startswith(".huikuan")}
    if set(after) != set(before):
        return f"leaves {sorted(set(after) ^ set(before))}"
    changed = [name for name in after if after[name] != before[name]]
    if changed and (spoken.code == 2 or kind == "check" or changed != ["ledger.xlsx"]):
        return f"exit {spoken.code}, yet changed {changed}"
    if spoken.code == 2 and (len(lines) != 1 or not lines[0].strip() or spoken.out):
        return f"{len(lines)} lines instead of one"
    if spoken.code != 2 and not kind.startswith("import") and lines:
        return "lines on standard error beside a result"
    return ""


def _after(spoken: Spoken, book: Path, before: bytes) -> str:
    """What is wrong with the book that a command left; it was fine for that command before."""
    if spoken.code == 2 or book.read_bytes() == before:
        return ""
    old, new = _parts(before), _parts(book.read_bytes())
    for name, content in new.items():
        if _error_in(content) and name in old and not _error_in(old[name]):
            return f"{name} is no XML any more: {_error_in(content)}"
    if old.keys() - new.keys():
        return f"lost {sorted(old.keys() - new.keys())}"
    if _opens(before) and not _opens(book.read_bytes()):
        return "calamine opened it before and does not now"
    again = command("check", book, "--as-of", AS_OF)
    return f"check afterwards: {again.err[-300:]}" if again.code == 2 else ""


def _parts(book: bytes) -> dict[str, bytes]:
    """The XML of a package; nothing of what Python's zip reader does not give."""
    parts = {}
    try:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            for name in archive.namelist():
                if name.lower().endswith((".xml", ".rels")):
                    with suppress(*_ZIP_TROUBLE):
                        parts[name] = archive.read(name)
    except _ZIP_TROUBLE:
        return {}
    return parts


def _error_in(content: bytes) -> str:
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError as error:
        return str(error)
    return ""


def _opens(book: bytes) -> bool:
    try:
        with calamine.load_workbook(io.BytesIO(book)) as opened:
            for name in opened.sheet_names:
                opened.get_sheet_by_name(name).to_python(nrows=50)
    except BaseException as error:  # a panic of the library is no `Exception`
        if isinstance(error, KeyboardInterrupt | Hang):
            raise
        return False
    return True


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    """Raises `Hang` after so many seconds of work, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def over(_: int, __: FrameType | None) -> None:
        raise Hang

    previous = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)  # again, where a library lost the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def empty(folder: Path) -> Path:
    """The folder with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
