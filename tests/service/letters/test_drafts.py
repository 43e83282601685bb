"""Drafts: a file for each row that may go out, every figure that of the ledger, and the book as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pdfplumber
import pytest

from addin.model.finding import LedgerError
from addin.model.money import grouped
from addin.model.text import Text
from addin.rules.chasing.levels import DEFAULT
from addin.rules.chasing.proposal import Proposal
from addin.service.chasing import chase_of
from addin.service.dossier import open_dossier
from addin.service.letters.drafts import drafts
from tests import tools
from tests.service.letters.calls import DAY, TODAY, files_in, issued, letters, of, row_of, rows, words
from tests.service.undone import typed


def test_drafts_are_files_beside_the_book_and_the_book_stays_as_it_is(book: Path) -> None:
    before = book.read_bytes()
    report = letters(book)

    going = [each for each in report.letters if not each.draft.held]
    assert going and all(each.files for each in going) and issued(report) == []
    assert report.folder == book.parent / "letters" / DAY.isoformat()
    assert sorted(path for each in going for path in each.files) == files_in(book.parent / "letters")
    assert book.read_bytes() == before and report.backup is None


def test_rows_that_are_held_back_have_no_file_and_say_why(book: Path) -> None:
    held = [each for each in letters(book).letters if each.draft.held]
    assert held
    for each in held:
        assert each.files == () and each.draft.letter.letter_id == ""
        assert each.draft.blocked_by.zh and each.draft.blocked_by.en


def test_every_figure_is_that_of_the_ledger(book: Path) -> None:
    ledger = {row["milestone_id"]: row for row in rows(book, "milestones")}
    checked = 0
    for each in letters(book).letters:
        for claim in each.draft.letter.claims:
            row = ledger[claim.milestone_id]
            if (
                claim.instalment
                or sum(row["milestone_id"] == one.milestone_id for one in each.draft.letter.claims) > 1
            ):
                continue
            figures = (claim.amount, claim.received, claim.adjusted, claim.open, claim.disputed)
            cells = (row[key] for key in ("amount", "received", "adjusted", "open", "disputed"))
            assert [figure / 100 for figure in figures] == list(cells), claim.milestone_id
            assert (claim.due, claim.contract_due, claim.days_overdue) == (
                row["due_date"], row["contract_due"], row["days_overdue"]
            )  # fmt: skip
            printed = claim.basis != "none"
            assert claim.interest == (round(float(str(row["interest"])) * 100) if printed else None)
            checked += 1
    assert checked >= 8


def test_a_document_prints_the_sums_of_its_claims(book: Path) -> None:
    final = of(letters(book), "C009")
    letter, text = final.draft.letter, words(final.files[0])
    assert letter.total == letter.open + letter.interest > letter.open
    for amount in (letter.open, letter.interest, letter.total):
        assert grouped(amount, 2) in text
    assert letter.letter_id in text and letter.to.name in text and letter.firm.account in text


def test_a_letter_asks_only_for_what_is_overdue_and_the_statement_shows_the_rest(book: Path) -> None:
    """C001 has one milestone overdue and one that falls due today: on its due date money is on time."""
    letter = of(letters(book), "C001").draft.letter
    assert [claim.milestone_id for claim in letter.claims] == ["HT-2025-009-3"]
    assert {claim.milestone_id for claim in letter.statement} == {"HT-2025-009-3", "HT-2025-009-4"}


def test_a_notice_speaks_of_the_instalment_that_is_coming_and_of_none_that_is_overdue(book: Path) -> None:
    """A plan of 86,000.00 each on 2026-03-31, 04-30 and 05-29: on 2026-05-22 a part of the second is overdue."""
    dossier = open_dossier(book, today=TODAY, as_of=date(2026, 5, 22))
    [position] = [at for at, each in enumerate(dossier.book.milestones) if each.id == "HT-2025-003-3"]
    nothing = Text("", "")
    for level in (DEFAULT[0], replace(DEFAULT[0], days=20)):
        proposal = Proposal("C007", "CNY", level, (position,), 0, 0, 0, nothing, (), "", "", None, nothing)
        [draft] = drafts(dossier, [proposal])
        assert [(claim.due, claim.open) for claim in draft.letter.claims] == [(date(2026, 5, 29), 8_600_000)]
        assert draft.letter.pay_by == date(2026, 5, 29)


def test_after_sale_care_is_offered_where_the_last_instalment_itself_is_asked_for(book: Path) -> None:
    """HT-2025-001 is completed and its warranty money is no claim yet: a letter on its other debt offers nothing."""
    dossier = open_dossier(book, today=TODAY, as_of=DAY)
    at = {each.id: position for position, each in enumerate(dossier.book.milestones)}
    nothing = Text("", "")

    def after_sale(*milestones: str) -> bool:
        rows = tuple(at[each] for each in milestones)
        proposal = Proposal("C003", "CNY", DEFAULT[1], rows, 0, 0, 0, nothing, (), "", "", None, nothing)
        [draft] = drafts(dossier, [proposal])
        assert draft.milestones == milestones[:1]
        return draft.letter.after_sale

    assert after_sale("HT-2024-002-4")
    assert not after_sale("HT-2025-001-3", "HT-2025-001-4")


@pytest.mark.parametrize(("day", "over"), [(date(2029, 1, 13), False), (date(2029, 1, 14), True)])
def test_what_no_demand_revives_is_told_to_us_alone(book: Path, day: date, over: bool) -> None:
    """HT-2024-002-4 can be interrupted up to 2029-01-13 (there are later items beside it)."""
    dossier = open_dossier(book, today=TODAY, as_of=day)
    [draft] = [
        each
        for each in drafts(dossier, chase_of(dossier.raw, dossier.book, dossier.grades).proposals)
        if each.proposal.customer == "C003"
    ]
    said = [note for note in draft.notes if "Civil Code 192" in note.en]
    assert draft.letter.interrupts != over and bool(said) == over
    assert all("HT-2024-002-4" in note.zh and "HT-2025-001-3" not in note.zh for note in said)


def test_earlier_letters_name_what_they_were_about(book: Path) -> None:
    ledger = {row["letter_id"]: row for row in rows(book, "letters")}
    checked = 0
    for each in letters(book).letters:
        for past in each.draft.letter.earlier:
            assert ";".join(past.about) == ledger[past.letter_id]["milestones"]
            assert set(past.about) & set(each.draft.milestones)
            checked += 1
    assert checked >= 3


def test_a_call_has_words_alone_and_a_mail_has_its_document(book: Path) -> None:
    report = letters(book)
    assert [path.suffix for path in of(report, "C002").files] == [".txt"]
    mail = of(report, "C003")
    assert [path.suffix for path in mail.files] == [".docx", ".eml"]
    read = message_from_bytes(mail.files[1].read_bytes(), policy=policy.default)
    [attached] = list(read.iter_attachments())
    assert read["X-Unsent"] == "1" and attached.get_content() == mail.files[0].read_bytes()


def test_formats_are_those_asked_for(book: Path) -> None:
    report = letters(book, formats=("txt", "docx"))
    assert [path.suffix for path in of(report, "C009").files] == [".docx", ".txt"]
    assert [path.suffix for path in of(report, "C002").files] == [".txt"], "a call has no document"


def test_an_unknown_format_is_refused(book: Path) -> None:
    with pytest.raises(LedgerError, match='not "odt"'):
        letters(book, formats=("odt",))


@pytest.mark.parametrize(
    "cell", ["", "nobody", "ap@x.example\r\nBcc: all@y.example", "ap@x.example <b@y.example>"], ids=repr
)
def test_without_a_usable_address_a_letter_goes_by_post_and_that_is_said(book: Path, cell: str) -> None:
    typed(book, "customers", "email", row_of(book, "customers", "C003"), cell)
    written = of(letters(book, formats=("eml",)), "C003")
    assert written.draft.letter.channel == "letter"
    assert [path.suffix for path in written.files] == [".docx"]
    assert any("letter instead" in note.en for note in written.draft.notes)


def test_without_an_address_the_letter_is_made_and_that_is_said(book: Path) -> None:
    for column in ("address", "service_address"):
        typed(book, "customers", column, row_of(book, "customers", "C009"), "")
    written = of(letters(book), "C009")
    assert written.files and any("no address" in note.en for note in written.draft.notes)


@pytest.mark.parametrize("key", ["company_name", "company_bank", "company_account"])
def test_a_letter_that_cannot_say_where_to_pay_says_so(book: Path, key: str) -> None:
    said = [note.en for note in of(letters(book), "C009").draft.notes]
    typed(book, "settings", "value", row_of(book, "settings", key), "")
    [more] = [note.en for note in of(letters(book), "C009").draft.notes if note.en not in said]
    assert "does not say where to pay" in more


@pytest.mark.parametrize("name", ["", "  "], ids=repr)
def test_drafts_do_without_our_name_and_are_not_issued(book: Path, name: str) -> None:
    typed(book, "settings", "value", row_of(book, "settings", "company_name"), name)
    assert of(letters(book), "C009").files
    lying, before = files_in(book.parent), book.read_bytes()
    with pytest.raises(LedgerError, match="Fill in company_name") as refused:
        letters(book, confirm=True)
    assert refused.value.code == "no_company_name" and "company_name" in refused.value.problem.zh
    assert (files_in(book.parent), book.read_bytes()) == (lying, before)


def test_a_letter_without_our_account_is_issued_and_says_so(book: Path) -> None:
    typed(book, "settings", "value", row_of(book, "settings", "company_account"), "")
    written = of(letters(book, confirm=True), "C009")
    assert written.issued and any("does not say where to pay" in note.en for note in written.draft.notes)


def test_one_customer_or_one_level_is_chosen(book: Path) -> None:
    assert {each.draft.proposal.customer for each in letters(book, customer="C009").letters} == {"C009"}
    assert {each.draft.level.number for each in letters(book, level=2).letters} == {2}
    with pytest.raises(LedgerError, match=r"no level 77 \(there are: 0, 1, 2, 3, 4, 5, 6\)"):
        letters(book, level=77)


def test_numbers_do_not_depend_on_what_is_chosen(book: Path) -> None:
    whole = of(letters(book), "C003").draft.letter.letter_id
    assert of(letters(book, customer="C003"), "C003").draft.letter.letter_id == whole


def test_an_unknown_customer_is_refused(book: Path) -> None:
    with pytest.raises(LedgerError, match="no customer C999"):
        letters(book, customer="C999")


def test_the_language_is_the_customers(book: Path) -> None:
    report = letters(book)
    assert of(report, "C011").draft.letter.language == "en"
    assert of(report, "C009").draft.letter.language == "zh"
    assert [row["language"] for row in rows(book, "customers") if row["customer_id"] == "C009"] == ["Chinese"]


def test_the_day_to_pay_by_is_a_workday_a_week_on(book: Path) -> None:
    """A week after Tuesday 2026-06-30 is a Tuesday; a week after Saturday 2026-07-04 is a Saturday: then Monday."""
    assert of(letters(book), "C009").draft.letter.pay_by == date(2026, 7, 7)
    assert of(letters(book, as_of=date(2026, 7, 4)), "C009").draft.letter.pay_by == date(2026, 7, 13)


def test_several_processes_write_the_same_bytes(book: Path) -> None:
    one = letters(book, formats=("docx", "eml", "txt"), out=book.parent / "one")
    two = letters(book, formats=("docx", "eml", "txt"), out=book.parent / "two", jobs=2)
    bytes_of = [
        {path.name: path.read_bytes() for each in report.letters for path in each.files}
        for report in (one, two)
    ]
    assert bytes_of[0] == bytes_of[1] and len(bytes_of[0]) >= 8


def test_a_second_run_leaves_one_file_a_letter(book: Path) -> None:
    letters(book)
    before = {path: path.read_bytes() for path in files_in(book.parent / "letters")}
    letters(book)
    assert {path: path.read_bytes() for path in files_in(book.parent / "letters")} == before


def test_pdfs_are_the_same_bytes_again_and_the_mail_carries_them(book: Path) -> None:
    tools.program("soffice")
    first = of(letters(book, customer="C003", formats=("docx", "pdf", "eml")), "C003").files
    again = of(letters(book, customer="C003", formats=("docx", "pdf", "eml")), "C003").files
    assert first == again and sorted(first) == files_in(book.parent / "letters")
    with pdfplumber.open(first[1]) as pdf:
        assert "1,169,508.85" in "".join(page.extract_text() for page in pdf.pages)
    mail = message_from_bytes(first[2].read_bytes(), policy=policy.default)
    [attached] = list(mail.iter_attachments())
    assert attached.get_content() == first[1].read_bytes()


def test_a_draft_that_somebody_edited_is_kept(book: Path) -> None:
    draft = of(letters(book), "C009").files[0]
    draft.write_bytes(b"edited")
    assert of(letters(book), "C009").files[0].read_bytes() != b"edited"
    assert draft.with_stem(f"{draft.stem} (1)").read_bytes() == b"edited"


def test_a_template_with_an_unknown_field_is_refused_by_name_and_nothing_is_written(book: Path) -> None:
    from addin.assets import templates

    own = book.parent / "letter_templates" / "zh"
    own.mkdir(parents=True)
    ours = templates() / "letters" / "zh" / "final.docx"
    _with_field(ours, own / "final.docx", "{{ letter_no }}", "{{ firm.fax }}")
    with pytest.raises(LedgerError, match=r"final\.docx has unknown fields: firm\.fax"):
        letters(book)
    assert not (book.parent / "letters").exists()


def _with_field(source: Path, target: Path, old: str, new: str) -> None:
    import zipfile

    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as made:
        for name in package.namelist():
            data = package.read(name)
            made.writestr(name, data.replace(old.encode(), new.encode()) if name.endswith(".xml") else data)


def test_nobody_is_written_to_of_whom_there_is_no_row(book: Path) -> None:
    typed(book, "customers", "customer_id", row_of(book, "customers", "C009"), "C999")
    written = of(letters(book, confirm=True), "C009")
    assert not written.files and not written.issued
    assert "no customer C009" in written.draft.blocked_by.en


def test_a_notice_of_as_many_days_as_somebody_types_is_a_notice(book: Path) -> None:
    typed(book, "levels", "days", 0, 99_999_999)
    assert 0 in {each.draft.level.number for each in letters(book).letters}


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_the_first_and_the_last_of_days_are_days(book: Path, as_of: date) -> None:
    assert all(as_of <= each.draft.letter.pay_by <= date.max for each in letters(book, as_of=as_of).letters)
