"""Others at the book: Excel, LibreOffice, a colleague, another run, a run that died."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from addin.files import locks
from addin.files import save as saving
from addin.files.package import CellEdit, Edits, patch
from addin.files.save import SaveError
from addin.hosts.cli.app import run
from addin.service import books
from addin.service.books import refresh_book
from addin.service.demo import BOOK, make_demo
from tests.faults.ledger import DAY, LATER, NINE, backups_in, leftovers
from tests.tools import ROOT

TEN = datetime(2030, 1, 1, 10)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("others")
    make_demo(folder, "en", today=DAY, now=NINE, by="tester")
    return folder


@pytest.fixture
def book(source: Path, tmp_path: Path) -> Path:
    shutil.copytree(source, tmp_path / "book")
    return tmp_path / "book" / BOOK


def files(book: Path) -> dict[str, bytes]:
    """All that lies in the book's folder, but for the lock file, which stays."""
    found = (path for path in book.parent.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(book.parent)): path.read_bytes() for path in found}


def refresh(book: Path, as_of: date = LATER) -> books.BookReport:
    return refresh_book(book, today=as_of, now=TEN, by="tester", as_of=as_of)


EXCEL = (f"~${BOOK}", b"\x08Zhang Wu".ljust(165), "Excel (Zhang Wu)", "Excel 中打开（Zhang Wu）")
OFFICE = (
    f".~lock.{BOOK}#", b",li,host7,01.02.2026 10:00,file:///x;", "LibreOffice (li host7)",
    "LibreOffice 中打开（li host7）",
)  # fmt: skip


@pytest.mark.parametrize(("name", "content", "en", "zh"), [EXCEL, OFFICE], ids=["Excel", "LibreOffice"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_book_that_a_program_has_open(
    book: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, en: str, zh: str, language: str
) -> None:
    book.with_name(name).write_bytes(content)
    before = files(book)
    assert run(["refresh", str(book), "--as-of", "2026-07-31", "--lang", language]) == 2
    out, said = capsys.readouterr()
    assert out == "" and said.count("\n") == 1
    assert (en if language == "en" else zh) in said and name in said
    assert files(book) == before
    book.with_name(name).unlink()
    assert refresh(book).written == book


def test_a_book_that_somebody_opens_while_it_is_computed(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patched = saving.patch

    def opened_meanwhile(*more: object) -> object:
        book.with_name(f"~${BOOK}").write_bytes(b"\x02Li")
        return patched(*more)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(saving, "patch", opened_meanwhile)
    old = book.read_bytes()
    with pytest.raises(SaveError, match=r"is open in Excel \(Li\)"):
        refresh(book)
    assert book.read_bytes() == old and backups_in(book.parent) == [] and leftovers(book.parent) == []


@pytest.mark.parametrize("moment", ["before the save", "while it is written"])
def test_a_book_that_somebody_saved_since_it_was_read(
    book: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """What the other one saved stays."""
    theirs = book.with_name("theirs.xlsx")
    patch(book, theirs, Edits(cells=[CellEdit("Milestones", 2, 30, "theirs")]))
    content = theirs.read_bytes()
    room, name = (books, "all_edits") if moment == "before the save" else (saving, "verify")
    real = getattr(room, name)

    def meanwhile(*more: object) -> object:
        book.write_bytes(content)
        return real(*more)

    monkeypatch.setattr(room, name, meanwhile)
    with pytest.raises(SaveError) as caught:
        refresh(book)
    assert "was changed by someone else after it was read" in caught.value.problem.en
    assert "被别人改动过" in caught.value.problem.zh
    assert book.read_bytes() == content and backups_in(book.parent) == [] and leftovers(book.parent) == []
    monkeypatch.undo()
    assert refresh(book).written == book


def test_what_dead_runs_left_is_no_hindrance_and_goes(book: Path) -> None:
    """A half-written book, a half-copied backup, a half-written memory, and the lock of a run that is no more."""
    state, mark = book.parent / ".huikuan", saving._mark(book)
    for path in (book.parent / f".~huikuan-{mark}-0badcafe.tmp", state / f".~huikuan-{mark}-0badcafe.tmp"):
        path.write_bytes(b"half")
    (state / f"{BOOK}.written.tmp").write_bytes(b"half")
    (state / f"{mark}.lock").write_bytes(b"1234")
    assert refresh(book).written == book
    assert leftovers(book.parent) == []


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_the_lock_of_a_killed_run_is_no_lock(book: Path) -> None:
    held = "import sys, time\nfrom pathlib import Path\nfrom addin.files.locks import only_run\n"
    held += "with only_run(Path(sys.argv[1])) as ours:\n    print(ours, flush=True)\n    time.sleep(600)\n"
    command = [sys.executable, "-c", held, str(saving._lock_file(book))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout and holder.stdout.readline() == b"True\n"
        with pytest.raises(SaveError, match="Another run is working on"):
            refresh(book)
        holder.kill()
    assert refresh(book).written == book


def test_a_disk_without_locks_is_still_guarded_by_the_stamp(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network drives know no locks: two runs may then meet, and the one that comes second is refused."""
    if sys.platform == "win32":
        pytest.skip("Windows locks are tried on Windows")

    def unknown(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locks.fcntl, "flock", unknown)
    read = saving.stamp(book)
    assert refresh(book).written == book
    with pytest.raises(SaveError, match="was changed by someone else"):
        saving.save(book, Edits(), read_stat=read, backup_dir=None)


def test_a_book_that_windows_does_not_let_go(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pending file is the whole new book; put in the old one's place it is a ledger like any other."""
    real, old = os.replace, book.read_bytes()

    def replace(source: Path, target: Path) -> None:
        if Path(target) == book:
            raise PermissionError(errno.EACCES, "held")
        real(source, target)

    monkeypatch.setattr(saving.os, "replace", replace)
    monkeypatch.setattr(saving.time, "sleep", lambda seconds: None)
    with pytest.raises(SaveError) as caught:
        refresh(book)
    assert "huikuan-demo.pending.xlsx" in caught.value.problem.zh
    assert "is held by another program" in caught.value.problem.en
    assert book.read_bytes() == old and backups_in(book.parent) == [] and leftovers(book.parent) == []
    monkeypatch.undo()
    book.with_name("huikuan-demo.pending.xlsx").replace(book)
    assert refresh(book).written is None
