"""Saving: at every moment the whole old or the whole new book, and a clear line when it cannot be."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import addin
from addin.files import save as saving
from addin.files.locks import only_run
from addin.files.package import CellEdit, Edits, PackageError
from addin.files.package.verify import verify
from addin.files.save import Saved, SaveError, backups, save, stamp, state_folder
from tests.files.package import comparator
from tests.files.package.books import rows_of, sheet_xml, write_book


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "回款 ledger.xlsx", {"S": sheet_xml("")})


def write(book: Path, value: str = "x", **options: object) -> Saved:
    options = {"read_stat": stamp(book), "backup_dir": state_folder(book), "run": "r1", **options}
    return save(book, Edits(cells=[CellEdit("S", 1, 1, value)]), **options)  # type: ignore[arg-type]


def refusal(book: Path, **options: object) -> str:
    """The message of a save that must fail; the book and its folder stay as they were."""
    before = {path.name: path.read_bytes() for path in book.parent.iterdir() if path.is_file()}
    with pytest.raises(SaveError) as caught:
        write(book, **options)
    assert {path.name: path.read_bytes() for path in book.parent.iterdir() if path.is_file()} == before
    assert caught.value.problem.zh and "Traceback" not in caught.value.problem.en
    return caught.value.problem.en


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.startswith(".~huikuan-")]


def test_a_save_writes_the_book_and_keeps_the_old_one(book: Path) -> None:
    old = book.read_bytes()
    saved = write(book)
    assert saved.book == book and "<t>x</t>" in rows_of(book)
    assert saved.backup and saved.backup.read_bytes() == old
    assert saved.backup.parent == book.parent / ".huikuan"
    assert leftovers(book.parent) == []


def test_a_save_without_change_leaves_bytes_date_and_backups_alone(book: Path) -> None:
    write(book)
    before = (book.read_bytes(), stamp(book), backups(book, state_folder(book)))
    saved = write(book, run="r2")
    assert not saved.report.changed and saved.backup is None
    assert (book.read_bytes(), stamp(book), backups(book, state_folder(book))) == before


def test_without_a_backup_folder_there_is_no_backup(book: Path) -> None:
    assert write(book, backup_dir=None).backup is None
    assert backups(book, state_folder(book)) == []


def test_the_newest_ten_backups_stay_and_other_books_keep_theirs(book: Path) -> None:
    other = book.with_name(f"{book.stem}~b.xlsx")
    shutil.copyfile(book, other)
    write(other, run="r00")
    for number in range(13):
        write(book, f"v{number}", run=f"r{number:02}")
    kept = backups(book, state_folder(book))
    assert [path.stem.rpartition("~")[2] for path in kept] == [f"r{number:02}" for number in range(3, 13)]
    assert "v11" in rows_of(kept[-1]) and "v12" in rows_of(book)
    assert len(backups(other, state_folder(other))) == 1


def test_one_label_twice_is_two_backups(book: Path) -> None:
    first, second = write(book, "a"), write(book, "b")
    assert first.backup != second.backup and len(backups(book, state_folder(book))) == 2


def test_out_writes_elsewhere_and_leaves_the_book(book: Path, tmp_path: Path) -> None:
    old, target = book.read_bytes(), tmp_path / "other" / "copy.xlsx"
    target.parent.mkdir()
    saved = write(book, out=target)
    assert book.read_bytes() == old and "<t>x</t>" in rows_of(target) and saved.backup is None
    assert [path.name for path in target.parent.iterdir()] == ["copy.xlsx"]
    with pytest.raises(SaveError, match=r"There is no .*nowhere"):
        write(book, out=tmp_path / "nowhere" / "copy.xlsx")


def test_a_book_changed_since_it_was_read_is_not_written(book: Path) -> None:
    read = stamp(book)
    with book.open("ab") as file:
        file.write(b"\0")
    assert "changed by someone else" in refusal(book, read_stat=read)


def test_a_book_changed_while_it_is_written_is_not_replaced(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(source: Path, target: Path, report: object) -> None:
        os.utime(source, ns=(1, 1))

    monkeypatch.setattr(saving, "verify", slow)
    assert "changed by someone else" in refusal(book)


def test_excels_lock_names_its_owner(book: Path) -> None:
    book.with_name(f"~${book.name}").write_bytes(b"\x08Zhang Wu" + b" " * 40)
    assert "open in Excel (Zhang Wu)" in refusal(book)


def test_libreoffices_lock_names_its_owner(book: Path) -> None:
    book.with_name(f".~lock.{book.name}#").write_text(",li,host7,01.02.2026 10:00,file:///x;")
    assert "open in LibreOffice (li host7)" in refusal(book)


def test_two_runs_at_once(book: Path) -> None:
    with only_run(saving._lock_file(book)) as ours:
        assert ours
        assert "Another run is working on" in refusal(book)
    write(book)


def test_a_read_only_book_is_refused(book: Path) -> None:
    book.chmod(0o444)
    assert "read-only" in refusal(book)


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_rights_stay(book: Path) -> None:
    book.chmod(0o640)
    write(book)
    assert stat.S_IMODE(book.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_leads_to_the_real_file(book: Path, tmp_path: Path) -> None:
    link = tmp_path / "desk" / "link.xlsx"
    link.parent.mkdir()
    link.symlink_to(book)
    saved = write(link)
    assert link.is_symlink() and saved.book == book and "<t>x</t>" in rows_of(book)
    assert saved.backup and saved.backup.parent == book.parent / ".huikuan"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.unlink(), "There is no"),
        (lambda path: (path.unlink(), path.mkdir()), "is not a file"),
        (lambda path: path.write_bytes(b"no zip"), "not a whole Excel workbook"),
        (lambda path: path.write_bytes(path.read_bytes()[:-30]), "not a whole Excel workbook"),
    ],
    ids=["missing", "folder", "no zip", "cut off"],
)
def test_what_is_no_book_is_one_clear_line(book: Path, make: Callable[[Path], object], words: str) -> None:
    make(book)
    with pytest.raises(SaveError) as caught:
        write(book)
    assert words in caught.value.problem.en and book.name in caught.value.problem.zh
    assert leftovers(book.parent) == []


def test_leftovers_of_killed_runs_are_swept_but_not_those_of_other_books(book: Path) -> None:
    dead = book.with_name(f".~huikuan-{saving._mark(book)}-0badcafe.tmp")
    foreign = book.with_name(".~huikuan-000000000000-0badcafe.tmp")
    for path in (dead, foreign):
        path.write_bytes(b"half")
    write(book)
    assert leftovers(book.parent) == [foreign.name]


def fails(code: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("step", ["patch", "_sync", "verify", "_backup"])
@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "No permission"), (errno.EIO, "could not be saved")],
)
def test_trouble_of_the_system_leaves_the_old_book(
    book: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, words: str
) -> None:
    monkeypatch.setattr(saving, step, fails(code))
    assert words in refusal(book)
    assert leftovers(book.parent) == [] and backups(book, state_folder(book)) == []


def test_a_held_book_is_tried_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.replace, []

    def replace(source: Path, target: Path) -> None:
        if Path(target) == book:
            calls.append(source)
            if len(calls) < 3:
                raise PermissionError(errno.EACCES, "held")
        real(source, target)

    monkeypatch.setattr(saving.os, "replace", replace)
    monkeypatch.setattr(saving.time, "sleep", lambda seconds: None)
    write(book)
    assert len(calls) == 3 and "<t>x</t>" in rows_of(book)


def test_a_book_held_for_long_leaves_a_pending_one(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, old = os.replace, book.read_bytes()

    def replace(source: Path, target: Path) -> None:
        if Path(target) == book:
            raise PermissionError(errno.EACCES, "held")
        real(source, target)

    monkeypatch.setattr(saving.os, "replace", replace)
    monkeypatch.setattr(saving.time, "sleep", lambda seconds: None)
    with pytest.raises(SaveError, match=r"ledger\.pending\.xlsx"):
        write(book)
    assert book.read_bytes() == old
    assert "<t>x</t>" in rows_of(book.with_name("回款 ledger.pending.xlsx"))
    assert backups(book, state_folder(book)) == [] and leftovers(book.parent) == []


def test_the_check_after_writing_finds_a_foreign_byte(book: Path, tmp_path: Path) -> None:
    saved = write(book)
    assert saved.backup
    verify(saved.backup, book, saved.report)
    data = bytearray(book.read_bytes())
    data[data.find(b"_rels/.rels") + 20] ^= 1
    book.write_bytes(data)
    with pytest.raises(PackageError, match="check after writing"):
        verify(saved.backup, book, saved.report)


KILLED = """
import sys
from pathlib import Path
from addin.files.package import CellEdit, Edits
from addin.files.save import save, stamp, state_folder
book = Path(sys.argv[1])
print("ready", flush=True)
for number in range(1000):
    edits = Edits(cells=[CellEdit("S", 1, 1, f"v{number}")])
    save(book, edits, read_stat=stamp(book), backup_dir=state_folder(book), run=f"{number:04}")
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_killed_save_leaves_a_whole_book(book: Path) -> None:
    """A few kills at different moments; each leaves the book whole and the next save unharmed."""
    root = Path(addin.__file__).resolve().parent.parent
    environment = os.environ | {"PYTHONPATH": str(root)}
    first = comparator.digests(book)
    for kill in range(8):
        command = [sys.executable, "-c", KILLED, str(book)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout and process.stdout.readline()
            time.sleep(0.02 + 0.013 * kill)
            process.send_signal(signal.SIGKILL)
        found = comparator.digests(book)
        assert found.keys() == first.keys()
        assert {name for name in first if found[name] != first[name]} <= {"xl/worksheets/sheet1.xml"}
    write(book, "after all")
    assert "after all" in rows_of(book) and leftovers(book.parent) == []
    assert len(backups(book, state_folder(book))) <= 11
