"""Reports as files: what is made, what is refused, and that neither book nor anybody's file is touched."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from addin.documents.templates import built
from addin.files.package import Edits
from addin.files.save import save, stamp
from addin.files.wordtables import word_tables
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.books import load_book
from addin.service.dossier import open_dossier
from addin.service.import_rows import append_rows
from addin.service.letters.writing import Wish, letters_book
from addin.service.reports.issuing import issue_statements
from addin.service.reports.making import Report, Wanted, make_reports
from addin.service.reports.minutes import take_minutes
from addin.service.reports.records import Records
from addin.service.undo_book import undo_book
from tests.service.reports.conftest import TODAY
from tests.service.reports.documents import words

NOW = datetime(2026, 7, 20, 9)


def make(book: Path, kind: str, **more: Any) -> Report:
    """The only report of an order."""
    out = more.pop("out", None)
    (made,) = make_reports(book, Wanted(kind, **more), today=TODAY, out=out).made
    return made


def change(book: Path, table: str, **cells: object) -> None:
    """Writes cells of one row by its id, as an import does."""
    raw, language = load_book(book)
    edit = append_rows(TABLES[table], raw.tables[table], [cells], language).edit  # type: ignore[list-item]  # cells
    assert edit is not None
    save(book, Edits([edit]), read_stat=stamp(book), backup_dir=None)


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.startswith((".huikuan-", ".~"))]


# --- every kind --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "who", "files"),
    [
        ("statement", {"customer": "C002"}, ["往来对账函 C002 望陵市第五人民医院 CNY.docx"]),
        (
            "statement",
            {"contract": "HT-2024-005"},
            ["往来对账函 HT-2024-005 C002 望陵市第五人民医院 CNY.docx"],
        ),
        (
            "settlement",
            {"contract": "HT-2024-005"},
            ["结算会议 HT-2024-005.docx", "结算会议纪要 HT-2024-005.csv"],
        ),
        ("completion", {"contract": "HT-2025-001"}, ["完工报告 HT-2025-001.docx"]),
        ("evidence", {"contract": "HT-2025-004"}, ["证据 HT-2025-004", "证据 HT-2025-004.zip"]),
        ("card", {"customer": "C009"}, ["客户卡片 C009 临澜锐翊电子科技有限公司.docx"]),
    ],
)
def test_each_kind_is_made_beside_the_book_which_stays_as_it_is(
    book: Path, kind: str, who: dict[str, str], files: list[str]
) -> None:
    before = book.read_bytes()
    for _ in range(2):  # the second time everything is there already
        made = make(book, kind, **who)
        assert [path.name for path in made.files] == files
        assert {path.parent for path in made.files} == {book.parent / "reports" / "2026-06-30"}
    assert book.read_bytes() == before
    assert sorted(path.name for path in made.files[0].parent.iterdir()) == sorted(files)
    assert left_behind(book.parent) == []


def test_without_a_name_everybody_who_owes_gets_one(book: Path) -> None:
    found = make_reports(book, Wanted("statement"), today=TODAY)
    assert [each.customer for each in found.made] == [
        f"C{n:03}" for n in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12)
    ]
    by_language = {each.customer: each.language for each in found.made}
    assert by_language["C005"] == by_language["C011"] == "en" and by_language["C002"] == "zh"


def test_the_asked_language_wins(book: Path) -> None:
    made = make(book, "completion", contract="HT-2025-001", language="en")
    assert "Completion report" in words(made.files[0]) and "How content were you?" in words(made.files[0])


def test_an_edited_draft_is_not_written_over(book: Path) -> None:
    first = make(book, "completion", contract="HT-2025-001").files[0]
    first.write_bytes(b"edited in Word")
    second = make(book, "completion", contract="HT-2025-001").files[0]
    assert second.name == "完工报告 HT-2025-001 (2).docx" and first.read_bytes() == b"edited in Word"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted("weekly"), "report_later"),
        (Wanted("review"), "report_later"),
        (Wanted("nonsense"), "bad_option"),
        (Wanted("settlement"), "bad_option"),
        (Wanted("completion", customer="C001"), "bad_option"),
        (Wanted("evidence"), "bad_option"),
        (Wanted("card", formats=("odt",)), "bad_option"),
        (Wanted("card", formats=()), "bad_option"),
        (Wanted("card", contract="HT-2025-001", customer="C003"), "bad_option"),
        (Wanted("card", customer="nobody"), "unknown_id"),
        (Wanted("evidence", contract="none"), "unknown_id"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_written(book: Path, wanted: Wanted, code: str) -> None:
    with pytest.raises(LedgerError) as stopped:
        make_reports(book, wanted, today=TODAY)
    assert stopped.value.code == code and all(stopped.value.problem)
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_folder_that_is_a_file_is_refused(book: Path) -> None:
    with pytest.raises(LedgerError):
        make(book, "card", customer="C009", out=book)


def test_an_own_template_wins_and_an_unknown_field_is_refused_by_name(book: Path) -> None:
    own = book.parent / "report_templates" / "zh" / "card.docx"
    own.parent.mkdir(parents=True)
    document = docx.Document()
    document.add_paragraph("我们的卡片 {{ to.name }}")
    document.save(str(own))
    assert "我们的卡片 临澜锐翊电子科技有限公司" in words(make(book, "card", customer="C009").files[0])
    document.add_paragraph("{% if firm.fax %}{{ to.colour }}{% endif %}")
    document.save(str(own))
    with pytest.raises(LedgerError, match=r"firm\.fax, to\.colour"):
        make(book, "card", customer="C009", out=book.parent / "other")
    assert not (book.parent / "other").exists() and left_behind(book.parent) == []


def test_text_from_cells_is_data(book: Path) -> None:
    name = 'A & B <x> "q" {{ firm.account }} {% for %} \u202egnp.exe ../../CON'
    change(book, "customers", customer_id="C009", name=name, service_address="=1+1\r\nBcc: x")
    for kind, who in (("statement", {"customer": "C009"}), ("evidence", {"customer": "C009"})):
        made = make(book, kind, **who)
        for path in made.files:
            assert path.parent == book.parent / "reports" / "2026-06-30"
            assert "\u202e" not in path.name and ".." not in path.name
        document = next(iter([*made.files[0].glob("*.docx")] or [made.files[0]]))
        assert 'A & B <x> "q" {{ firm.account }} {% for %} gnp.exe ../../CON' in words(document)
        assert "\u202e" not in words(document)


# --- the pack ----------------------------------------------------------------------------------------------


def test_the_pack_holds_what_is_there_and_names_what_is_not(book: Path, tmp_path: Path) -> None:
    folder = book.parent / "documents"
    folder.mkdir()
    (folder / "HT-2025-004.pdf").write_bytes(b"contract")
    (folder / "终验报告 YS-2025-004-3.jpg").write_bytes(b"report")
    (tmp_path / "到货签收单 DH-2025-004-2.pdf").write_bytes(b"not beside the book")
    made = make(book, "evidence", contract="HT-2025-004")
    pack, archive = made.files
    assert (pack / "01 合同" / "HT-2025-004.pdf").read_bytes() == b"contract"
    assert (pack / "03 履约与验收" / "终验报告 YS-2025-004-3.jpg").read_bytes() == b"report"
    assert len(made.missing) == 19 and any("到货签收单 DH-2025-004-2" in each for each in made.missing)
    assert not any("终验报告" in each for each in made.missing)
    text = words(pack / "证据目录与说明.docx")
    for said in ("228,706.00", "229,177.19", "起诉立案", "EMS 000000008103 签收", "2029-03-24",
                 hashlib.sha256(book.read_bytes()).hexdigest()):  # fmt: skip
        assert said in text
    assert "往来对账函" in words(pack / "往来对账函 CNY.docx")
    with zipfile.ZipFile(archive) as package:
        assert package.testzip() is None
        inside = {name: package.read(name) for name in package.namelist()}
    files = {f"{pack.name}/{path.relative_to(pack).as_posix()}": path.read_bytes() for path in pack.rglob("*")
             if path.is_file()}  # fmt: skip
    assert inside == files


def test_the_manifest_covers_every_file_but_itself(book: Path) -> None:
    pack = make(book, "evidence", contract="HT-2025-004").files[0]
    lines = (pack / "manifest.sha256").read_text("utf-8").splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    files = {path.relative_to(pack).as_posix(): path for path in pack.rglob("*") if path.is_file()}
    assert {*told} == {*files} - {"manifest.sha256"}
    assert all(hashlib.sha256(files[name].read_bytes()).hexdigest() == mark for name, mark in told.items())


@pytest.mark.skipif(sys.platform != "linux", reason="sha256sum is a program of GNU")
def test_sha256sum_reads_the_manifest(book: Path) -> None:
    pack = make(book, "evidence", contract="HT-2025-004").files[0]
    done = subprocess.run(["sha256sum", "-c", "--strict", "manifest.sha256"], cwd=pack, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_a_formula_in_a_cell_is_text_in_the_tables(book: Path) -> None:
    change(book, "contacts", contact_id="GT-2025-01", summary="=HYPERLINK(1)", date=date(2025, 7, 31),
           customer_id="C008", person="@x")  # fmt: skip
    pack = make(book, "evidence", contract="HT-2025-004").files[0]
    for path in pack.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as table:
            cells = [cell for row in csv.reader(table) for cell in row]
        assert not any(cell.startswith(("=", "+", "@")) for cell in cells), path.name


def test_two_papers_of_one_name_both_come_along(book: Path) -> None:
    for place in ("a", "b"):
        (book.parent / place).mkdir()
        (book.parent / place / "scan.pdf").write_text(place)
    change(book, "milestones", milestone_id="HT-2025-004-2", evidence="a/scan.pdf")
    change(book, "milestones", milestone_id="HT-2025-004-3", evidence=r"b\scan.pdf; a/scan.pdf")
    folder = make(book, "evidence", contract="HT-2025-004").files[0] / "03 履约与验收"
    assert sorted(path.read_text() for path in folder.iterdir()) == ["a", "b"]


def test_a_letter_that_was_issued_and_sent_is_in_the_pack(book: Path) -> None:
    made = letters_book(book, Wish("C009", None, None, None, True), today=TODAY, now=NOW, by="tester")
    (issued,) = [each for each in made.letters if each.issued]
    change(book, "letters", letter_id=issued.draft.letter.letter_id, sent_on=date(2026, 6, 30))
    pack = make(book, "evidence", contract="HT-2025-005").files[0]
    (sent,) = (pack / "06 函件与送达").iterdir()
    assert sent.read_bytes() == next(file for file in issued.files if file.suffix == ".docx").read_bytes()


def test_what_came_later_is_not_told(book: Path) -> None:
    change(book, "disputes", dispute_id="ZY-2026-02", closed=date(2026, 7, 20), resolution="复测合格")
    change(book, "letters", letter_id="CK-2026-10", delivered_on=date(2026, 7, 1), proof="之后送达")
    text = words(make(book, "settlement", contract="HT-2024-005").files[0])
    assert "复测合格" not in text and "未了结" in text
    pack = make(book, "evidence", customer="C002").files[0]
    assert "之后送达" not in words(pack / "证据目录与说明.docx")


# --- statements on record ----------------------------------------------------------------------------------


def on_record(book: Path) -> list[Any]:
    raw, _ = load_book(book)
    source = raw.tables["letters"]
    return list(source.columns[TABLES["letters"].places(source.headings)["letter_id"]])


def issue(book: Path, **more: Any) -> Any:
    return issue_statements(book, Wanted("statement", **more), today=TODAY, now=NOW, by="tester")


def test_a_statement_goes_on_record_once_and_undo_takes_it_back(book: Path) -> None:
    before = on_record(book)
    first, second = issue(book, customer="C009"), issue(book, customer="C009")
    assert first.issued == ("DZ-20260630-C009-CNY",) and second.issued == () and second.backup is None
    assert on_record(book) == [*before, "DZ-20260630-C009-CNY"]
    records = Records(open_dossier(book, today=TODAY))
    row = records.one("letters", "DZ-20260630-C009-CNY")
    assert row is not None and (row["kind"], row["level"], row["sent_on"]) == ("statement", None, None)
    assert row["milestones"] == ("HT-2025-005-2", "HT-2026-002-2") and row["date"] == date(2026, 6, 30)
    assert (book.parent / row["file"]).read_bytes() == first.made[0].files[0].read_bytes()
    undo_book(book, now=NOW, by="tester")
    assert on_record(book) == before


def test_a_signed_reply_starts_limitation_anew(book: Path) -> None:
    issue(book, customer="C009")
    change(book, "letters", letter_id="DZ-20260630-C009-CNY", sent_on=date(2026, 7, 1), reply_on=date(2026, 7, 10),
           confirmed_amount=700000)  # fmt: skip
    found = Records(open_dossier(book, today=TODAY, as_of=date(2026, 7, 20))).one("contracts", "HT-2026-002")
    assert found is not None and found["limitation"] == date(
        2029, 7, 13
    )  # due 13 July 2026: later than the reply
    found = Records(open_dossier(book, today=TODAY, as_of=date(2026, 7, 20))).one(
        "milestones", "HT-2025-005-2"
    )
    assert found is not None and found["limitation"] == date(2029, 7, 10)


def test_where_the_save_fails_the_files_go_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("addin.service.reports.issuing.save", full)
    before = book.read_bytes()
    with pytest.raises(OSError, match="disk full"):
        issue(book, customer="C009")
    assert book.read_bytes() == before
    assert [path for path in (book.parent / "reports").rglob("*") if path.is_file()] == []


def test_only_statements_go_on_record_and_not_before_the_newest_letter(book: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(LedgerError):
        issue_statements(book, Wanted("card", customer="C009"), today=TODAY, now=NOW, by="tester")
    with pytest.raises(LedgerError) as stopped:
        issue_statements(book, Wanted("statement", customer="C009"), today=TODAY, now=NOW, by="tester",
                         as_of=date(2026, 6, 1))  # fmt: skip
    assert stopped.value.code == "earlier_than_issued" and book.read_bytes() == before


# --- minutes come back -------------------------------------------------------------------------------------


def promises(book: Path) -> list[dict[str, str]]:
    raw, _ = load_book(book)
    source = raw.tables["promises"]
    keys = [TABLES["promises"].heading_keys.get(heading.casefold(), heading) for heading in source.headings]
    rows = [dict(zip(source.headings, row, strict=True)) for row in zip(*source.columns, strict=True)]
    assert keys
    return [{str(key): str(value) for key, value in row.items()} for row in rows]


def settle(book: Path, file: Path) -> Any:
    return take_minutes(book, "HT-2024-005", file, today=TODAY, now=NOW)


def test_a_filled_csv_becomes_promises_once(book: Path) -> None:
    form = make(book, "settlement", contract="HT-2024-005").files[1]
    before = len(promises(book))
    with form.open(encoding="utf-8-sig", newline="") as source:
        heading, *rows = list(csv.reader(source))
    assert [row[3] for row in rows] == ["HT-2024-005-3", "HT-2024-005-4"]
    rows[0][5:7] = ["2026-08-31", "裴若棠"]
    with form.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([heading, *rows])
    for updated in (0, 1):
        taken = settle(book, form)
        assert (taken.taken, taken.updated, taken.undated, taken.rejected) == (1, updated, 1, ())
    rows_now = promises(book)
    assert len(rows_now) == before + 1
    new = rows_now[-1]
    assert new["承诺编号"] == "JS-HT-2024-005-3-20260630" and new["金额"] == "280500.0"
    assert new["承诺付款日"].startswith("2026-08-31") and new["客户编号"] == "C002"


def test_the_filled_word_form_does_too(book: Path) -> None:
    paper = make(book, "settlement", contract="HT-2024-005").files[0]
    document = docx.Document(str(paper))
    form = next(
        table for table in document.tables if table.cell(0, 0).text == "节点编号" and len(table.columns) == 6
    )
    assert [row.cells[0].text for row in form.rows] == ["节点编号", "HT-2024-005-3", "HT-2024-005-4"]
    form.cell(1, 3).text, form.cell(1, 4).text, form.cell(1, 5).text = "200,000.00", "2026年8月31日", "裴若棠"
    form.cell(2, 4).text = "下周"
    filled = book.parent / "filled.docx"
    document.save(str(filled))
    taken = settle(book, filled)
    assert (taken.taken, taken.undated, [each.row for each in taken.rejected]) == (1, 0, [3])
    assert promises(book)[-1]["金额"] == "200000.0" and taken.backup is not None


def test_an_empty_form_changes_no_byte(book: Path) -> None:
    form = make(book, "settlement", contract="HT-2024-005").files[1]
    before = book.read_bytes()
    taken = settle(book, form)
    assert (taken.taken, taken.undated, taken.backup) == (0, 2, None)
    assert book.read_bytes() == before


def test_another_contracts_milestone_is_rejected(book: Path) -> None:
    form = book.parent / "form.csv"
    form.write_text("节点编号,金额,承诺付款日\nHT-2025-001-3,5,2026-08-31\n", encoding="utf-8")
    before = book.read_bytes()
    taken = settle(book, form)
    assert taken.taken == 0 and [each.row for each in taken.rejected] == [2]
    assert "HT-2025-001-3" in taken.rejected[0].reason.zh and book.read_bytes() == before


@pytest.mark.parametrize("made", [b"PK\x03\x04 no zip", b"a,b\n1,2\n", b""])
def test_what_is_no_form_is_refused(book: Path, made: bytes) -> None:
    form = book.parent / "form.docx"
    form.write_bytes(made)
    with pytest.raises(LedgerError):
        settle(book, form)


def test_a_word_document_with_entities_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(LedgerError):
        word_tables(bomb)


# --- templates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in built() if name.startswith("reports/")])
def test_every_template_is_sound(name: str, tmp_path: Path, validator: Callable[[Path], list[Any]]) -> None:
    (tmp_path / "template.docx").write_bytes(built()[name])
    assert validator(tmp_path / "template.docx") == []


def test_every_report_is_sound(book: Path, validator: Callable[[Path], list[Any]]) -> None:
    orders = [("statement", {"customer": "C003", "interest": True}), ("settlement", {"contract": "HT-2025-001"}),
              ("completion", {"contract": "HT-2024-005"}), ("evidence", {"customer": "C004"}),
              ("card", {"customer": "C012"})]  # fmt: skip
    for kind, more in orders:
        first = make(book, kind, **more).files[0]
        for document in [first] if first.is_file() else first.glob("*.docx"):
            assert validator(document) == [], document.name
