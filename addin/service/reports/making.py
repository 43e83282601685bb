"""Reports of a book as files: statement, settlement, completion, evidence, card. The book is only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from addin.documents.report_facts import Evidence, Head
from addin.documents.reports.rendering import find_report_template, report_docx
from addin.files.filenames import file_name
from addin.model.finding import LedgerError
from addin.model.text import Language, Text
from addin.service.dossier import Dossier, open_dossier
from addin.service.letters.placing import workshop
from addin.service.reports import facts, pack
from addin.service.reports.evidence import evidence
from addin.service.reports.gathering import deal, head, language_of
from addin.service.reports.minutes import write_minutes
from addin.service.reports.numbering import numbered
from addin.service.reports.orders import KINDS, Wanted, check, subjects
from addin.service.reports.papers import Shelf, papers
from addin.service.reports.records import Record, Records
from addin.service.reports.timeline import scope_of
from addin.service.reports.writing import put


@dataclass(frozen=True)
class Report:
    """One report: what it is about, where its files are now, and what it could not find."""

    kind: str
    number: str
    customer: str
    contract: str
    language: Language
    files: tuple[Path, ...]
    missing: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    """Of a statement: the milestones that it says are open."""
    fresh: tuple[Path, ...] = ()
    """Those of the files that were not there before."""


@dataclass(frozen=True)
class Reports:
    """All reports of one order; ``problem`` tells why some have no PDF.

    ``issued`` are the numbers of those that went on record, ``backup`` the book before that.
    """

    book: Path
    as_of: date
    language: Language
    folder: Path
    made: tuple[Report, ...]
    problem: Text | None = None
    issued: tuple[str, ...] = ()
    backup: Path | None = None


@dataclass
class _Draft:
    """A report whose files are made and not yet in place."""

    kind: str
    number: str
    customer: str
    contract: str
    language: Language
    documents: list[Path] = field(default_factory=list)
    """The Word documents, of which there may be a PDF."""
    others: list[Path] = field(default_factory=list)
    pack: Path | None = None
    """The folder that holds them all, of an evidence pack."""
    missing: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()


def make_reports(
    book: Path,
    wanted: Wanted,
    *,
    today: date,
    as_of: date | None = None,
    out: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> Reports:
    """Makes the reports; ``out`` is the folder, by default ``reports/AS_OF`` beside the book.

    LedgerError where the order cannot be understood, names nobody, or a template cannot be used: nothing is written
    then, nor where the folder cannot be.
    """
    check(wanted)
    dossier = open_dossier(book, today=today, as_of=as_of)
    return write_reports(dossier, wanted, out=out, progress=progress)


def write_reports(
    dossier: Dossier,
    wanted: Wanted,
    *,
    out: Path | None = None,
    saved: bool = True,
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> Reports:
    """The same of a book that is read already; ``saved`` False: the file on the disk may be another than was read."""
    check(wanted)
    records = Records(dossier)
    about = subjects(records, wanted)
    folder = out or dossier.path.parent / "reports" / dossier.as_of.isoformat()
    with workshop(folder) as work:
        drafts: list[_Draft] = []
        for done, subject in enumerate(about, 1):
            drafts += _MAKERS[wanted.kind](_Job(records, wanted, work, *subject, saved))
            progress(done, len(about))
        problem = _pdfs(drafts, dossier.as_of) if "pdf" in wanted.formats else None
        folder.mkdir(parents=True, exist_ok=True)
        made = tuple(_placed(draft, folder, wanted) for draft in drafts)
    return Reports(dossier.path, dossier.as_of, wanted.language or dossier.language, folder, made, problem)


# --- one report --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Job:
    """One subject of an order, and the folder where its files are made."""

    records: Records
    wanted: Wanted
    work: Path
    row: Record
    contracts: tuple[str, ...] | None
    saved: bool

    def language(self, own: bool) -> Language:
        """Asked for, else the customer's own (of what goes to them), else the book's."""
        if own:
            return language_of(self.records, self.row, self.wanted.language)
        return self.wanted.language or self.records.dossier.language

    @property
    def contract(self) -> str:
        return self.contracts[0] if self.contracts else ""

    def document(self, kind: str, found: Any) -> bytes:
        """A report as a Word document, in its own language."""
        template = find_report_template(kind, found.head.language, self.records.dossier.path.parent)
        return report_docx(kind, found, template)

    def draft(self, head: Head, made: bytes, subject: str) -> _Draft:
        """The document in the workshop."""
        kind, language = self.wanted.kind, head.language
        file = self.work / file_name(f"{KINDS[kind].in_(language)} {subject}", ".docx", _names(self.work))
        file.write_bytes(made)
        return _Draft(kind, head.number, self.row["customer_id"], self.contract, language, [file])

    @property
    def about(self) -> str:
        """The customer for a file's name; a last dot would be taken from it."""
        return f"{self.row['customer_id']} {self.row['name']}".rstrip(" .")


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _statements(job: _Job) -> Iterator[_Draft]:
    language = job.language(own=True)
    for each in facts.statements(job.records, job.row, job.contracts, language, job.wanted.interest):
        found, made = numbered(job.records, each, partial(job.document, "statement"))
        draft = job.draft(found.head, made, f"{job.contract} {job.about} {found.currency}".strip())
        draft.milestones = tuple(dict.fromkeys(claim.milestone_id for claim in found.claims if claim.open))
        yield draft


def _settlement(job: _Job) -> Iterator[_Draft]:
    language = job.language(own=True)
    found = facts.settlement(job.records, job.row, job.contract, language)
    draft = job.draft(found.head, job.document("settlement", found), job.contract)
    draft.others.append(write_minutes(found, job.records, job.work))
    yield draft


def _completion(job: _Job) -> Iterator[_Draft]:
    language = job.language(own=True)
    found = facts.completion(job.records, job.row, job.contract, language)
    yield job.draft(found.head, job.document("completion", found), job.contract)


def _card(job: _Job) -> Iterator[_Draft]:
    language = job.language(own=False)
    found = facts.card(job.records, job.row, language)
    yield job.draft(found.head, job.document("card", found), job.about)


def _evidence(job: _Job) -> Iterator[_Draft]:
    """A folder with the papers, the tables, the document and the manifest; the zip is made once all is in it."""
    records, language = job.records, job.language(own=False)
    contracts = job.contracts or [each.id for each in records.contracts_of.get(job.row["customer_id"], ())]
    if not contracts:
        raise LedgerError("no_contract", _no_contract(job.about))
    folder = job.work / file_name(f"{KINDS['evidence'].in_(language)} {job.contract or job.about}")
    folder.mkdir()
    scope = scope_of(records, job.row["customer_id"], contracts)
    copied = pack.copy_papers(papers(records, scope, Shelf(records.dossier.path)), folder, language)
    found = evidence(
        records,
        head(
            records,
            job.row,
            facts.number("evidence", records, job.contract or job.row["customer_id"]),
            language,
        ),
        [deal(records, id) for id in scope.contracts],
        scope,
        copied,
        pack.sha256(records.dossier.path) if job.saved else "",
    )
    document = folder / Text("证据目录与说明.docx", "evidence.docx").in_(language)
    document.write_bytes(job.document("evidence", found))
    documents = [document]
    for statement in facts.statements(records, job.row, job.contracts, language, with_interest=False):
        file = folder / file_name(f"{KINDS['statement'].in_(language)} {statement.currency}", ".docx")
        file.write_bytes(numbered(records, statement, partial(job.document, "statement"))[1])
        documents.append(file)
    pack.write_tables(found, folder)
    draft = _Draft("evidence", found.head.number, job.row["customer_id"], job.contract, language, documents)
    draft.pack, draft.missing = folder, _missing(found)
    yield draft


def _no_contract(about: str) -> Text:
    return Text(
        f"{about} 在合同表中没有合同，没有可举证的内容。请先登记合同，或核对 --customer。",
        f"{about} has no contract in the book, so there is nothing to prove. Enter the contract, or check --customer.",
    )


def _missing(found: Evidence) -> tuple[str, ...]:
    language = found.head.language
    return tuple(
        " ".join(
            part
            for part in (each.what.in_(language), each.id, each.named, each.missing.in_(language))
            if part
        )
        for each in found.missing
    )


_MAKERS: Final[Mapping[str, Callable[[_Job], Iterator[_Draft]]]] = {
    "statement": _statements,
    "settlement": _settlement,
    "completion": _completion,
    "evidence": _evidence,
    "card": _card,
}


# --- PDF, and into place -----------------------------------------------------------------------------------


def _pdfs(drafts: Sequence[_Draft], day: date) -> Text | None:
    """A PDF beside each Word document, one start of the office a folder; why there is none where there is none.

    It bears ``day`` for the hour of its making: the same document gives the same bytes.
    """
    from addin.documents.office import pdfs, timeless

    by_folder: dict[Path, list[Path]] = {}
    for draft in drafts:
        for file in draft.documents:
            by_folder.setdefault(file.parent, []).append(file)
    printed = [pdfs(files, folder) for folder, files in by_folder.items()]
    for file in [file for each in printed for file in each.made.values()]:
        file.write_bytes(timeless(file.read_bytes(), day))
    return next((each.problem for each in printed if each.problem is not None), None)


def _placed(draft: _Draft, folder: Path, wanted: Wanted) -> Report:
    """The files where they stay."""
    files = [file for document in draft.documents for file in _kept(document, wanted)]
    files = [*files, *draft.others] if draft.pack is None else _sealed(draft.pack, draft)
    there = set(folder.iterdir())
    placed = put(files, folder)
    return Report(
        draft.kind,
        draft.number,
        draft.customer,
        draft.contract,
        draft.language,
        placed,
        draft.missing,
        draft.milestones,
        tuple(file for file in placed if file not in there),
    )


def _kept(document: Path, wanted: Wanted) -> list[Path]:
    """The Word document and its PDF; if it was only wanted as PDF, the Word document goes where there is one."""
    made = document.with_suffix(".pdf")
    if not made.exists():
        return [document]
    if "docx" in wanted.formats:
        return [document, made]
    document.unlink()
    return [made]


def _sealed(folder: Path, draft: _Draft) -> list[Path]:
    """The pack with its manifest, and the zip of it."""
    pack.write_manifest(folder)
    archive = folder.with_name(f"{folder.name}.zip")
    pack.zip_pack(folder, archive, _day(draft.number))
    return [folder, archive]


def _day(number: str) -> date:
    """The day that a report's number holds."""
    return date.fromisoformat(number.split("-")[1])
