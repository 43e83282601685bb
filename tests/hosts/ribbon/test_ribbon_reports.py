"""The reports button: the files that the command line makes, of what is selected; the book is only read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from addin.files.reader import read_book
from addin.files.save import backups, state_folder
from addin.service.reports.making import make_reports
from addin.service.reports.orders import Wanted
from tests.hosts.ribbon.conftest import Copy
from tests.hosts.ribbon.live import TEN, cell, differences, pressed, refused, saved, select


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_reports_on_the_selected_contract(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path = copy("screen")
    book, before = excel.open(path), read_book(path)
    ids = list(before.tables["milestones"].columns[0])
    select(cell(book, before, "milestones", "open", ids.index("HT-2025-004-2")))
    pressed(excel, "report")
    assert (
        "documents not found: " in excel.app.status_bar
        and "documents beside the book" in excel.app.status_bar
    )
    made = files(path.parent / "reports")
    told = {
        name
        for each in ("card", "statement")
        for name in wanted(path, tmp_path, Wanted(each, customer="C008"))
    }
    for kind in ("settlement", "completion", "evidence"):
        told |= set(wanted(path, tmp_path, Wanted(kind, contract="HT-2025-004")))
    assert set(made) == told
    theirs = files(tmp_path / "theirs")
    differing = {name for name in made if made[name] != theirs[name.partition("/")[2]]}
    # the pack of an open book does not vouch for the bytes of a file that may not be saved yet
    assert differing and all(
        "Evidence HT-2025-004" in name or "证据 HT-2025-004" in name for name in differing
    )
    assert [
        each for each in differences(before, saved(book, tmp_path / "saved.xlsx")) if each[1] != "hidden"
    ] == []
    assert backups(path, state_folder(path)) == []


def wanted(path: Path, tmp_path: Path, order: Wanted) -> list[str]:
    """What the command line makes of an order, below the folder of reports."""
    found = make_reports(path, order, today=TEN.date(), out=tmp_path / "theirs")
    day = found.as_of.isoformat()
    return [
        f"{day}/{name}"
        for each in found.made
        for file in each.files
        for name in ([file.name] if file.is_file() else [f"{file.name}/{inner}" for inner in files(file)])
    ]


def test_a_row_that_names_nobody_is_told(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, before = excel.open(path), read_book(path)
    select(cell(book, before, "settings", "value", 0))
    assert refused(excel, "report")
    assert not (path.parent / "reports").exists()
