"""Runs that change more than cells: how a book whose structure was rebuilt is saved, logged and remembered."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from addin.files.memory import recall, remember
from addin.files.package.edits import Edits, PatchReport
from addin.files.package.patch import patch
from addin.files.save import Saved, Stamp, Write, save, state_folder
from addin.model.cells import RawBook
from addin.service.logs import Run, next_run
from addin.service.typed_over import last_run


def save_rebuilt(book: Path, before: Stamp, run: Run, write: Write, no_backup: bool) -> Saved:
    """Saves what ``write`` makes of the book; ``before`` is its stamp from before it was read."""
    return save(
        book,
        Edits(),
        read_stat=before,
        backup_dir=None if no_backup else state_folder(book),
        run=run.at.strftime("%Y%m%d-%H%M%S"),
        write=write,
    )


def then_patched(target: Path, report: PatchReport, edits: Edits) -> PatchReport:
    """Patches what an edit of structure has just written; the report is that of both."""
    second = target.with_name(f"{target.stem}-2{target.suffix}")
    try:
        patched = patch(target, second, edits)
        os.replace(second, target)
    finally:
        second.unlink(missing_ok=True)
    changed = {*report.changed_parts, *patched.changed_parts} - {*report.added_parts, *patched.dropped_parts}
    return PatchReport(tuple(sorted(changed)), patched.dropped_parts, report.added_parts)


def keep_memory(book: Path, raw: RawBook, run: Run, without: Sequence[str]) -> None:
    """What the last refresh wrote is known also after this run; but for some columns (``table/column``)."""
    memory = recall(book)
    if "run" in memory and "runs" in raw.tables and tuple(memory["run"].tolist()) == last_run(raw):
        kept = {name: marks for name, marks in memory.items() if name not in ("run", *without)}
        remember(book, {"run": np.array(next_run(raw, run)), **kept})
