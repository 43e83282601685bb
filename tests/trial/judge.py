"""Judges cases: compared, opened by others, and free of faults that the source did not have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.trial.cases import Case
from tests.trial.compare import compare
from tests.trial.opening import faults, office_opens, refusals


@dataclass
class Judge:
    """Figures of a trial so far, and what was found."""

    files: set[Path] = field(default_factory=set)
    edits: int = 0
    same_parts: int = 0
    changed_parts: int = 0
    cells: int = 0
    problems: list[str] = field(default_factory=list)
    opened: int = 0
    _pairs: list[tuple[Path, Path]] = field(default_factory=list)
    _sources: dict[Path, tuple[Counter[str], set[str]]] = field(default_factory=dict)

    def compare(self, case: Case) -> None:
        """Everything that is not owned is as it was."""
        found = compare(case.source, case.result, case.edits)
        self.edits += 1
        self.files.add(case.source)
        self.same_parts += found.same_parts
        self.changed_parts += len(found.changed_parts)
        self.cells += found.cells
        self.problems += [f"{case.name}: {problem}" for problem in found.problems]
        self._pairs.append((case.source, case.result))

    def open(self, case: Case) -> None:
        """Validator, audit, openpyxl and calamine say nothing that they did not say of the source."""
        if case.source not in self._sources:
            self._sources[case.source] = faults(case.source), refusals(case.source)
        known, refused = self._sources[case.source]
        self.problems += [f"{case.name}: {fault}" for fault in faults(case.result) - known]
        self.problems += [
            f"{case.name}: {reader} does not open it" for reader in refusals(case.result) - refused
        ]

    def office(self, folder: Path) -> None:
        """LibreOffice opens the results since the last time whose sources it opens (not all: none with
        backslashes in part names)."""
        sources = list({source for source, _ in self._pairs})
        unopened = set(office_opens(sources, folder / "office", folder / "profile"))
        results = [result for source, result in self._pairs if source not in unopened]
        refused = office_opens(results, folder / "office", folder / "profile")
        self.opened += len(results) - len(refused)
        self.problems += [f"LibreOffice does not open {path.name}" for path in refused]
        self._pairs = []

    def __str__(self) -> str:
        return (
            f"{len(self.files)} files, {self.edits} edits, {self.same_parts:,} parts the same packed bytes, "
            f"{self.changed_parts:,} changed parts and {self.cells:,} cells compared, "
            f"{self.opened} opened by LibreOffice, {len(self.problems)} problems"
        )
