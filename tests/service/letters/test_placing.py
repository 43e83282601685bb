"""Files moved into a folder together, and out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.model.finding import LedgerError
from addin.service.letters.placing import placed, workshop


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_text(f"new {name}")
    return folder


def test_files_come_into_a_folder_that_was_not_there(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "one" / "two"
    with placed(made, ["a", "b"], target, durable=True):
        assert (target / "a").read_text() == "new a"
    assert sorted(path.name for path in target.iterdir()) == ["a", "b"]


def test_where_the_block_fails_all_is_as_it_was(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "one" / "two"
    with pytest.raises(RuntimeError), placed(made, ["a", "b"], target):
        raise RuntimeError
    assert not (tmp_path / "one").exists()


def test_an_interrupt_counts_as_a_failure(made: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), placed(made, ["a"], tmp_path / "one"):
        raise KeyboardInterrupt
    assert not (tmp_path / "one").exists()


def test_files_of_before_come_back(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "one"
    target.mkdir()
    (target / "a").write_text("old a")
    (target / "other").write_text("other")
    with pytest.raises(RuntimeError), placed(made, ["a", "b"], target):
        raise RuntimeError
    assert {path.name: path.read_text() for path in target.iterdir()} == {"a": "old a", "other": "other"}


def test_a_file_of_the_same_name_is_kept_under_a_number_and_the_same_file_is_left(
    made: Path, tmp_path: Path
) -> None:
    target = tmp_path / "one"
    target.mkdir()
    (target / "a").write_text("old a")
    (target / "a (1)").write_text("older a")
    (target / "b").write_text("new b")
    before = (target / "b").stat()
    with placed(made, ["a", "b"], target):
        pass
    found = {path.name: path.read_text() for path in target.iterdir()}
    assert found == {"a": "new a", "a (1)": "older a", "a (2)": "old a", "b": "new b"}
    assert (target / "b").stat().st_mtime_ns == before.st_mtime_ns


def test_where_one_file_cannot_be_moved_none_is(made: Path, tmp_path: Path) -> None:
    with (
        pytest.raises(LedgerError, match="no file was left there"),
        placed(made, ["a", "missing"], tmp_path / "x"),
    ):
        raise AssertionError("never reached")
    assert not (tmp_path / "x").exists()


def test_a_workshop_lies_where_its_files_will_and_goes_whatever_happens(tmp_path: Path) -> None:
    with workshop(tmp_path / "one" / "two") as shop:
        assert shop.parent == tmp_path and shop.is_dir()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RuntimeError), workshop(tmp_path) as shop:
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="is a file, not a folder"), workshop(tmp_path / "file"):
        raise AssertionError("never reached")
