"""Reports as files: what is made, what is refused, and that neither book nor anybody's file is touched."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from addin.documents.templates import built
from addin.model.finding import LedgerError
from addin.service.letters.writing import Wish, letters_book
from addin.service.reports.making import make_reports
from addin.service.reports.orders import Wanted
from tests.service.reports.conftest import TODAY
from tests.service.reports.documents import words
from tests.service.reports.ordering import NOW, change, left_behind, make

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


def test_who_accepted_is_told_with_the_day_of_the_acceptance_and_not_before(book: Path) -> None:
    """HT-2025-001-3 was accepted on 2026-05-15; a name without its day is no acceptance."""
    change(book, "milestones", milestone_id="HT-2025-001-4", accepted_by="只写了姓名")
    change(book, "milestones", milestone_id="HT-2025-001-3", accepted_by="五月验收人")
    text = words(make(book, "completion", contract="HT-2025-001").files[0])
    assert "只写了姓名" not in text and "五月验收人" in text
    (before,) = make_reports(
        book, Wanted("completion", "HT-2025-001"), today=TODAY, as_of=date(2026, 5, 14)
    ).made
    assert "五月验收人" not in words(before.files[0])


# --- templates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in built() if re.match(r"reports/.*\.docx", name)])
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


def test_the_statement_in_a_customers_pack_is_the_one_that_is_sent(book: Path, tmp_path: Path) -> None:
    change(book, "receipts", receipt_id="X-1", date=date(2026, 6, 1), customer_id="C011", amount="12345678.90",
           currency="USD")  # fmt: skip
    sent = make(book, "statement", customer="C011", language="zh").files[0]
    pack = make(book, "evidence", customer="C011", language="zh").files[0]
    (inside,) = pack.glob("*USD.docx")
    assert words(inside) == words(sent)


def test_a_pack_of_a_customer_without_a_contract_is_refused_for_that(book: Path) -> None:
    change(book, "customers", customer_id="C099", name="新客户")
    with pytest.raises(LedgerError) as refused:
        make(book, "evidence", customer="C099")
    assert refused.value.code == "no_contract" and not left_behind(book.parent)


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_reports_are_made_as_at_the_first_and_the_last_of_days(book: Path, as_of: date) -> None:
    for kind, who in (("statement", "customer"), ("evidence", "customer"), ("settlement", "contract")):
        wanted = Wanted(kind, **{who: {"customer": "C009", "contract": "HT-2025-005"}[who]})
        assert make_reports(book, wanted, today=TODAY, as_of=as_of).made[0].files


def test_a_pack_tells_what_was_delivered_and_what_the_customer_took(book: Path) -> None:
    short = {"contract_id": "HT-2025-004", "item": "夹具", "contract_quantity": 40, "delivered_quantity": 37}
    change(book, "deliveries", delivery_id="JF-9", delivered_on=date(2025, 7, 1), **short)
    pack = make(book, "evidence", contract="HT-2025-004").files[0]
    told = list(csv.reader((pack / "时间线.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [line[:3] for line in told if line[6] == "deliveries"] == [
        ["2025-06-30", "交付", "电子开料锯 × 1"],
        ["2025-06-30", "交付", "上下料机械手 × 2"],
        ["2025-07-01", "交付", "夹具 × 37/40"],
        ["2025-08-29", "交付物验收", "电子开料锯 × 1"],
        ["2025-08-29", "交付物验收", "上下料机械手 × 2"],
    ]
