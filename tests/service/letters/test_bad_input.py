"""Text that came from anywhere, in names and addresses: it is printed, and it is nothing else."""

from __future__ import annotations

import os
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from addin.files.package import Edits
from addin.files.reader import read_book
from addin.model.money import grouped
from addin.model.tables import TABLES
from addin.service.import_rows import append_rows
from tests.service.letters.calls import files_in, letters, of, row_of, rows, words
from tests.service.undone import edited, typed

NAMES = (
    "../../outside",
    "..\\..\\outside",
    "CON",
    "A & B <Ltd> \"quoted\" 'single'",
    "{{ firm.account }} {% for x in y %}",
    "{{ ''.__class__.__mro__ }}",
    '=HYPERLINK("http://x.example","pay here")',
    "abc\u202etxt.exe",
    "有限公司" * 60,
    "two\nlines\r\nBcc: all@y.example",
)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:30])
def test_a_customers_name_is_text_and_its_files_stay_in_the_folder(book: Path, name: str) -> None:
    typed(book, "customers", "name", row_of(book, "customers", "C003"), name)
    report = letters(book, customer="C003", formats=("docx", "eml", "txt"), confirm=True)
    written = of(report, "C003")
    folder = book.parent / "letters" / "2026-06-30"
    assert [path.parent for path in written.files] == [folder] * 3
    assert sorted(written.files) == files_in(folder)
    assert all(len(path.name.encode()) <= 120 and "\u202e" not in path.name for path in written.files)

    text = words(written.files[0])
    visible = " ".join(name.replace("\u202e", "").split())
    assert visible in " ".join(text.split()), text[:600]

    mail = message_from_bytes(written.files[1].read_bytes(), policy=policy.default)
    assert "Bcc" not in mail and len(mail.get_all("To")) == 1

    row = rows(book, "letters")[-1]
    assert (book.parent / str(row["file"])).resolve() == written.files[0].resolve()
    source = read_book(book).tables["letters"]
    assert source.columns[list(source.headings).index("Customer ID")][-1] == "C003"


def test_a_name_of_the_books_folder_never_leads_out_of_it(book: Path) -> None:
    """The record's path is as seen from the book, also for a folder elsewhere."""
    away = book.parent.parent / "away"
    letters(book, customer="C009", out=away, confirm=True)
    recorded = str(rows(book, "letters")[-1]["file"])
    assert recorded.startswith("../away/") and os.path.samefile(book.parent / recorded, files_in(away)[0])


def test_three_hundred_items_are_all_there_and_add_up(book: Path) -> None:
    """A customer with 300 milestones overdue."""
    raw = read_book(book)
    customer = {"customer_id": "C900", "name": "Three & hundred", "kind": "sme", "language": "en"}
    contract = {"contract_id": "Z-1", "customer_id": "C900", "project": "Many & more", "signed": date(2026, 1, 5),
                "amount": 300 * 1000 + 44850}  # fmt: skip
    stones = [
        {"milestone_id": f"Z-1-{n:03d}", "contract_id": "Z-1", "seq": n, "name": f"Part {n}", "category": "stage",
         "amount_fixed": 1000 + n, "trigger": "delivery", "trigger_date": date(2026, 6, 22), "term": "NET 3"}
        for n in range(300)
    ]  # fmt: skip
    edits = [
        append_rows(TABLES[key], raw.tables[key], added, "en").edit
        for key, added in (("customers", [customer]), ("contracts", [contract]), ("milestones", stones))
    ]
    edited(book, Edits([edit for edit in edits if edit is not None]))
    written = of(letters(book, customer="C900", formats=("docx",)), "C900")
    letter, text = written.draft.letter, words(written.files[0])
    assert len(letter.claims) == 300 and letter.open == 100 * (300 * 1000 + 44850)
    assert grouped(letter.open) in text
    assert all(f"Part {n}\n" in text for n in range(300))
