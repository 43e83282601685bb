"""Which files a pack takes: those beside the book that a row names, and nothing else on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.service.reports.papers import FOLDER, Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    home = tmp_path / "home"
    (home / FOLDER / "2026").mkdir(parents=True)
    (home / ".huikuan").mkdir()
    (home / FOLDER / "终验报告 1.pdf").write_text("report")
    (home / FOLDER / "2026" / "R-1.png").write_text("slip")
    (home / "beside.txt").write_text("beside")
    (home / ".huikuan" / "backup.xlsx").write_text("backup")
    (tmp_path / "secret.txt").write_text("secret")
    (home / "ledger.xlsx").write_text("all customers")
    return Shelf(home / "ledger.xlsx")


@pytest.mark.parametrize(
    ("named", "file"),
    [
        ("终验报告 1.pdf", "终验报告 1.pdf"),
        ("终验报告 1", "终验报告 1.pdf"),
        ("documents/终验报告 1.pdf", "终验报告 1.pdf"),
        (r"documents\2026\R-1.png", "R-1.png"),
        ("2026/R-1.png", "R-1.png"),
        ("r-1", "R-1.png"),
        ("beside.txt", "beside.txt"),
    ],
)
def test_a_file_is_found_by_path_or_name(shelf: Shelf, named: str, file: str) -> None:
    found, _ = shelf.find(named)
    assert found is not None and found.name == file


@pytest.mark.parametrize(
    "named",
    ["../secret.txt", "documents/../../secret.txt", r"..\secret.txt", "/etc/passwd", r"C:\secret.txt", "~/secret.txt",
     "", "http://example.org/x.pdf", "file:///etc/passwd", "no such", "CON", "x\0y", "a" * 5000, ".",
     ".huikuan/backup.xlsx", "documents", "ledger.xlsx"],
)  # fmt: skip
def test_nothing_else_is(shelf: Shelf, named: str) -> None:
    found, why = shelf.find(named)
    assert found is None and all(why)


def test_a_link_out_of_the_folder_is_not_followed(shelf: Shelf, tmp_path: Path) -> None:
    (shelf.book.parent / FOLDER / "link.txt").symlink_to(tmp_path / "secret.txt")
    for named in ("link.txt", "link", "documents/link.txt"):
        assert shelf.find(named)[0] is None
