"""Files are put in place beside what is there, never over it."""

from __future__ import annotations

from pathlib import Path

from addin.service.reports.writing import put


def made(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def test_a_free_name_is_taken_and_the_same_bytes_are_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    for _ in range(2):
        assert put([made(tmp_path / "work", "a.docx", "one")], target) == (target / "a.docx",)
    assert [path.name for path in target.iterdir()] == ["a.docx"]


def test_what_somebody_edited_stays(tmp_path: Path) -> None:
    target = tmp_path / "out"
    made(target, "a.docx", "edited")
    assert put([made(tmp_path / "work", "a.docx", "one")], target) == (target / "a (2).docx",)
    assert (target / "a.docx").read_text() == "edited"


def test_what_belongs_together_bears_the_same_number(tmp_path: Path) -> None:
    target = tmp_path / "out"
    made(target, "a.docx", "edited")
    files = [made(tmp_path / "work", "a.docx", "one"), made(tmp_path / "work", "a.pdf", "one")]
    assert [path.name for path in put(files, target)] == ["a (2).docx", "a (2).pdf"]


def test_a_folder_is_compared_file_by_file(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    names = []
    for text in ("one", "one", "two"):
        made(tmp_path / "work", "x", "")
        names += [path.name for path in put([made(tmp_path / "pack", "f", text).parent], target)]
    assert names == ["pack", "pack", "pack (2)"]
    (target / "pack" / "notes.txt").write_text("mine")
    assert [path.name for path in put([made(tmp_path / "pack", "f", "one").parent], target)] == ["pack (3)"]
