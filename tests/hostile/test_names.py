"""Names of parts that point elsewhere, and names of files made of what stands in cells."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.files.filenames import LONGEST, file_name
from tests.bad_input.reports import command, listing
from tests.files.inputs import customers
from tests.hostile.crafted import AS_OF, Entry, entries_of, zipped

TRICKS = [b"../../evil.txt", b"/etc/evil.txt", b"C:\\evil.txt", b"..\\..\\evil.txt", b"\\\\host\\share\\evil",
          b"a\0b.xml",          b"x" * 60_000, b"", b".", b"..", b"%2e%2e/evil.txt", b"xl/../../evil",
          b"CON", "\u202elsx.exe".encode(), b"\xff\xfe"]  # fmt: skip


@pytest.mark.parametrize("name", TRICKS, ids=[ascii(name[:20]) for name in TRICKS])
def test_a_part_of_any_name_is_kept_and_goes_nowhere(tmp_path, name):
    folder = tmp_path / "deep" / "down"
    folder.mkdir(parents=True)
    book = customers(folder / "ledger.xlsx", [["C1", "Alpha"]])
    book.write_bytes(zipped([*entries_of(book.read_bytes()), Entry(name, b"evil")]))
    before = set(listing(tmp_path))
    code = command("refresh", book, "--as-of", AS_OF, "--no-backup").code
    assert code in (0, 1, 2)
    new = {path for path in set(listing(tmp_path)) - before if ".huikuan" not in path}
    assert not new, new


# --- file names ----------------------------------------------------------------------------------------

SPOILT = ["../../x", "..", ".", "", " ", "CON", "con", "aux.txt", "NUL", "COM1", "LPT9 ", "CONIN$", "a:b",
          "a/b", "a\\b",          "C:\\x", "/etc/passwd", "x.", "x ", "x...", ".hidden", "-rf", "~$book",
          "a\0b", "a\nb", "a\tb", 'a"b', "a<b>|?*",
          "x" * 300, "甲" * 300, "𠮷" * 300, "\u202egpj.exe", "\ud800", "\ufeff", "\u200b", "e\u0301"]  # fmt: skip


def is_safe(name: str, ending: str) -> None:
    assert name.endswith(ending) and len(name.encode("utf-8")) <= LONGEST
    assert PurePosixPath(name).name == name == PureWindowsPath(name).name
    assert not PureWindowsPath(name).is_reserved() and not PureWindowsPath(name).drive
    assert name[0] not in " .-~" and name[-1] not in " ."
    assert not set(name) & set('<>:"/\\|?*')
    assert not {unicodedata.category(letter) for letter in name} & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize("text", SPOILT, ids=[ascii(text[:12]) for text in SPOILT])
@pytest.mark.parametrize("ending", [".pdf", ""])
def test_a_spoilt_name_becomes_one_that_every_system_takes(tmp_path, text, ending):
    name = file_name(text, ending)
    is_safe(name, ending)
    (tmp_path / name).write_text("x")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("text", ["C-01", "青屿食品", "Orvenholt Packaging Inc", "é", "2026-03 (2)", "a.b"])
def test_a_good_name_stays(text):
    assert file_name(text, ".docx") == f"{text}.docx"


@given(st.text(max_size=200), st.sampled_from([".pdf", ".eml", ""]))
def test_any_text_gives_a_safe_name_and_always_the_same(text, ending):
    name = file_name(text, ending)
    is_safe(name, ending)
    assert file_name(text, ending) == name


@given(st.lists(st.text(st.sampled_from("ab:/\\.~ ?\u200b"), max_size=6), unique=True, max_size=30))
def test_different_texts_give_different_names(texts):
    assert len({file_name(text, ".pdf") for text in texts}) == len(texts)


def test_names_that_differ_in_case_alone_are_kept_apart_where_they_are_known():
    first = file_name("Alpha", ".pdf")
    assert file_name("ALPHA", ".pdf", [first]).casefold() != first.casefold()


def test_nobody_can_choose_the_name_that_another_text_was_given():
    made = file_name("a:b", ".pdf")
    assert file_name(made.removesuffix(".pdf"), ".pdf") != made


def test_the_helper_writes_inside_its_folder_alone(tmp_path: Path):
    for text in SPOILT:
        assert (tmp_path / file_name(text, ".txt")).resolve().parent == tmp_path.resolve()
