"""`huikuan addin`: what it prints and makes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from addin.assets import macros
from tests.tools import Run

NAMES = ["huikuan.xlam", "huikuan-zh.xlsm", "huikuan-en.xlsm"]


def test_build_makes_the_committed_add_in(run_huikuan: Callable[..., Run], tmp_path: Path) -> None:
    done = run_huikuan("addin", "build", "加载项 x", "--lang", "zh", cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "已生成："
    assert [line.strip() for line in done.stdout.splitlines()[1:]] == [
        str(Path("加载项 x") / name) for name in NAMES
    ]
    assert (tmp_path / "加载项 x" / NAMES[0]).read_bytes() == (macros() / NAMES[0]).read_bytes()


def test_the_language_before_the_command_is_the_commands(
    run_huikuan: Callable[..., Run], tmp_path: Path
) -> None:
    done = run_huikuan("--lang", "zh", "addin", "build", cwd=tmp_path)

    assert done.stdout.startswith("已生成：")
    assert sorted(file.name for file in (tmp_path / "huikuan-addin").iterdir()) == sorted(NAMES)


def test_one_document_for_scripts(run_huikuan: Callable[..., Run], tmp_path: Path) -> None:
    done = run_huikuan("addin", "build", tmp_path, "--json")

    assert done.json == {"files": [str(tmp_path / name) for name in NAMES]}


def test_a_ledger_in_the_way_stops_it(run_huikuan: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / NAMES[1]).write_bytes(b"a ledger")
    done = run_huikuan("addin", "build", tmp_path, "--lang", "en")

    assert done.exit_code == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and "not overwritten" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == [NAMES[1]]


def test_alone_it_tells_what_there_is(run_huikuan: Callable[..., Run]) -> None:
    done = run_huikuan("addin")

    assert done.exit_code == 2 and "build" in done.stdout + done.stderr


def test_macros_stay_through_the_other_commands(run_huikuan: Callable[..., Run], tmp_path: Path) -> None:
    """A book with macros is a book like any other; its project and ribbon are copied as they are."""

    def macros_of(book: Path) -> list[bytes]:
        with zipfile.ZipFile(book) as archive:
            return [archive.read("xl/vbaProject.bin"), archive.read("customUI/customUI14.xml")]

    book = tmp_path / "台账.xlsm"
    assert run_huikuan("new", book, "--lang", "zh").exit_code == 0
    new = macros_of(book)
    (tmp_path / "c.csv").write_text("customer_id,name\nC-1,甲\n", encoding="utf-8")

    for command in (
        ("import", book, "customers", tmp_path / "c.csv"),
        ("refresh", book, "--as-of", "2026-06-30"),
        ("undo", book),
        ("language", book, "en"),
        ("upgrade", book),
    ):
        done = run_huikuan(*command)
        assert done.exit_code == 0, done.stderr
        assert macros_of(book) == new, command
