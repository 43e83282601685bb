"""Sheets of real workbooks renamed there and back: references follow, everything else is the same bytes."""

from __future__ import annotations

from pathlib import Path

from addin.files.package.container import Archive
from addin.files.package.problem import PackageError
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.names import rename
from addin.files.package.structure.references import Renames
from addin.files.package.verify import verify
from tests.files.structure.books import parts_of, well_formed


def renamed(source: Path, target: Path, names: dict[str, str]) -> set[str]:
    """The parts that the renaming of sheets changed; the writer's own check is passed."""
    with Archive(source) as archive:
        draft = Draft(archive)
        rename(draft, Renames(names))
        report = draft.write(target)
    verify(source, target, report)
    return set(report.changed_parts)


def test_sheets_are_renamed_there_and_back(tmp_path: Path, corpus: Path) -> None:
    there, back = tmp_path / f"there{corpus.suffix}", tmp_path / f"back{corpus.suffix}"
    try:
        with Archive(corpus) as archive:
            sheets = [sheet.name for sheet in Draft(archive).package.sheets]
    except PackageError as refused:
        assert "sign" in refused.problem.en or "encrypt" in refused.problem.en
        return
    names = {name: f"Blatt_{place}" for place, name in enumerate(sheets)}
    changed = renamed(corpus, there, names)
    assert changed
    before = parts_of(corpus)
    with Archive(there) as archive:
        assert [sheet.name for sheet in Draft(archive).package.sheets] == list(names.values())
    well_formed(there)
    renamed(there, back, {new: old for old, new in names.items()})
    again = parts_of(back)
    for name in before:
        assert _bare(again[name]) == _bare(before[name]), name


def _bare(part: bytes) -> bytes:
    """A part without the ways in which the same reference is spelt: quotes around a name, entities."""
    for spelt, plain in (
        (b"&apos;", b"'"),
        (b"&#39;", b"'"),
        (b"&quot;", b'"'),
        (b"&gt;", b">"),
        (b"'", b""),
    ):
        part = part.replace(spelt, plain)
    return part
