"""A month of collecting on the demo ledger, played through by commands alone: July 2026.

Every letter is read back from its Word file, and every figure in it is held against the ledger of its day.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from addin.hosts.cli.app import run

FIRST = date(2026, 7, 1)


def july(day: int) -> date:
    return FIRST.replace(day=day)


@dataclass
class Desk:
    """The firm's desk: a book, and the command line before it."""

    book: Path
    out: pytest.CaptureFixture[str]
    seen: dict[object, list[dict[str, Any]]] = field(default_factory=dict)

    def huikuan(self, *words: object, code: int = 0) -> str:
        """What a command prints; findings of severity error are in the demo from the beginning."""
        self.out.readouterr()
        got = run([str(word) for word in words])
        said = self.out.readouterr()
        assert got in {code, 1 if code == 0 else code}, (words, got, said.err)
        return said.out

    def rows(self, table: str, day: date, **where: str) -> list[dict[str, Any]]:
        asked = table, day, self.book.stat().st_mtime_ns
        if asked not in self.seen:
            told = self.huikuan("show", self.book, table, "--as-of", day, "--format", "json")
            self.seen[asked] = json.loads(told)["rows"]
        return [
            row for row in self.seen[asked] if all(str(row[key]) == value for key, value in where.items())
        ]

    def row(self, table: str, day: date, **where: str) -> dict[str, Any]:
        [row] = self.rows(table, day, **where)
        return row

    def record(self, table: str, *rows: Mapping[str, object]) -> None:
        """What somebody types that day."""
        columns = list(dict.fromkeys(key for row in rows for key in row))
        with (self.book.parent / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        told = json.loads(self.huikuan("import", self.book, table, file.name, "--json"))
        assert not told["rejected"] and told["taken"] == len(rows)

    def bank(self, day: date) -> None:
        """The statement up to a day has come in; its last line is the bank's own interest."""
        line = {"bank_ref": f"LS{day:%Y%m%d}", "date": day, "amount": "12.34", "payer": "云泽农商银行"}
        self.record("bank", line)

    def letters(self, day: date, *words: object) -> list[dict[str, Any]]:
        told = self.huikuan("letters", self.book, "--as-of", day, "--json", *words)
        found: list[dict[str, Any]] = json.loads(told)
        for letter in found:
            if letter["files"]:
                self.agrees(letter, day)
        return found

    def issue(self, day: date) -> dict[str, dict[str, Any]]:
        """The letters that go on record that day, by customer."""
        return {each["customer_id"]: each for each in self.letters(day, "--confirm") if each["issued"]}

    def sent(self, day: date, *letters: Mapping[str, Any]) -> None:
        self.record("letters", *({"letter_id": each["letter_id"], "sent_on": day} for each in letters))

    def agrees(self, letter: Mapping[str, Any], day: date) -> None:
        """Every figure of a letter is the ledger's of its day."""
        ids = letter["milestones"]
        claims = [self.row("milestones", day, milestone_id=id) for id in ids]
        planned = {row["milestone_id"] for row in self.rows("reschedules", day) if row["amount"]}
        asked = {id: _claim(row) for id, row in zip(ids, claims, strict=True)}
        assert Decimal(letter["open"]) == sum(each["open"] for each in asked.values())
        assert Decimal(letter["interest"]) == sum(each["interest"] for each in asked.values())
        assert Decimal(letter["total"]) == Decimal(letter["open"]) + Decimal(letter["interest"])
        for file in letter["files"]:
            if file.endswith(".docx"):
                printed = _printed(Path(file))
                total = printed.pop("")
                assert total == {key: sum(each[key] for each in printed.values()) for key in FIGURES}
                assert printed.keys() == {_label(row) for row in claims}
                for row in claims:
                    # of a plan only the instalments that are open are printed
                    keys = FIGURES[2:] if row["milestone_id"] in planned else FIGURES
                    ledger, line = asked[row["milestone_id"]], printed[_label(row)]
                    assert [line[key] for key in keys] == [ledger[key] for key in keys], file
                assert any(
                    _grouped(Decimal(letter["total"])) in cell for line in _cells(Path(file)) for cell in line
                )


FIGURES = ("amount", "received", "open", "interest")


def _claim(row: Mapping[str, Any]) -> dict[str, Decimal]:
    """What the ledger has of a milestone; of what is not due yet no interest."""
    printed = row["interest_basis"] in ("contract", "statute") and row["interest"]
    figures = {key: Decimal(row[key]) for key in ("amount", "received", "open")}
    return figures | {"interest": Decimal(row["interest"] if printed else 0)}


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['contract_id']} {row['name']}"


def _printed(file: Path) -> dict[str, dict[str, Decimal]]:
    """The figures of a letter's table of claims by contract and milestone, instalments summed; "" is the total line."""
    table = next(table for table in docx.Document(str(file)).tables if len(table.columns) >= 5)
    places = {1: "amount", 2: "received", 3: "open", 6: "interest"}
    found: dict[str, dict[str, Decimal]] = {}
    for row in table.rows[1:]:
        cells = [cell.text.split("\n")[0] for cell in row.cells]
        named = re.fullmatch(r"\d+\. (.+?)(?: \([^)]*\))?", cells[0])
        sums = found.setdefault(named[1] if named else "", dict.fromkeys(FIGURES, Decimal(0)))
        for place, key in places.items():
            if place < len(cells):
                sums[key] += Decimal(cells[place].replace(",", "") or 0)
    return found


def _grouped(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _cells(file: Path) -> Iterator[tuple[str, ...]]:
    """The rows of a letter's tables."""
    for table in docx.Document(str(file)).tables:
        for row in table.rows:
            yield tuple(cell.text for cell in row.cells)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path / "huikuan-demo.xlsx", capsys)
    desk.huikuan("demo", tmp_path, "--lang", "zh")
    return desk


def test_a_month_of_collecting(desk: Desk) -> None:
    first_letters(desk)
    money_that_stops_a_letter(desk)
    a_word_broken_and_given_again(desk)
    a_word_kept(desk)
    a_dispute_settled(desk)
    an_extension(desk)
    a_final_notice_and_its_evidence(desk)
    the_end_of_the_month(desk)


def first_letters(desk: Desk) -> None:
    """What was confirmed goes on record, and the same day once more proposes nothing new."""
    day = july(1)
    drafts = desk.letters(day)
    before = desk.rows("letters", day)
    issued = desk.issue(day)
    assert {each["customer_id"]: each["level"] for each in drafts if each["files"]} == {
        id: each["level"] for id, each in issued.items()
    }
    assert {id: each["level"] for id, each in issued.items()} == {
        "C001": 2, "C002": 2, "C003": 1, "C004": 0, "C009": 5, "C011": 2,
    }  # fmt: skip
    assert len(desk.rows("letters", day)) == len(before) + len(issued)
    assert not desk.issue(day) and not any(each["files"] for each in desk.letters(day))
    desk.sent(july(2), *issued.values())
    assert desk.row("milestones", july(2), milestone_id="HT-2025-009-3")["reminder_level"] == 2
    assert desk.row("milestones", july(1), milestone_id="HT-2025-009-3")["reminder_level"] == 1


def money_that_stops_a_letter(desk: Desk) -> None:
    """C005's confirmed letter waits for a stamp while the money comes, at first without a word what it is for."""
    [waiting] = [each for each in desk.letters(july(3)) if each["customer_id"] == "C005"]
    assert "CK-2026-11" in waiting["blocked_by"] and not waiting["files"]
    payer = "多菱维森传动系统（云泽）有限公司"
    desk.record("receipts", {"receipt_id": "R-07-01", "date": july(6), "payer": payer, "amount": "190000.00"})
    [held] = [each for each in desk.letters(july(6)) if each["customer_id"] == "C005"]
    assert "190,000.00" in held["blocked_by"]
    desk.record("receipts", {"receipt_id": "R-07-01", "customer_id": "C005"})
    assert desk.row("milestones", july(6), milestone_id="HT-2025-010-4")["status"] == "settled"
    assert not [each for each in desk.letters(july(6)) if each["customer_id"] == "C005"]


def a_word_broken_and_given_again(desk: Desk) -> None:
    """C007 broke its word of 15 June and gave it again for 3 July: no letter while it may still be kept."""
    assert "2026-07-05" in of("C007", desk.letters(july(5)))["blocked_by"]
    reminded = desk.issue(july(6))["C007"]
    assert reminded["level"] == 1
    desk.sent(july(6), reminded)
    word = {"customer_id": "C007", "milestone_id": "HT-2025-003-3", "amount": "36000.00", "person": "晏初晴"}
    desk.record("promises", {"promise_id": "CN-07-01", "made_on": july(7), "promised_date": july(14), **word})
    assert desk.row("promises", july(7), promise_id="CN-2026-09")["state"] == "broken"
    assert "2026-07-16" in of("C007", desk.letters(july(14)))["blocked_by"]
    assert "2026-06-30" in of("C007", desk.letters(july(17)))["blocked_by"], "the bank's data are too old"
    desk.bank(july(16))
    again = of("C007", desk.letters(july(17)))
    assert again["files"] and again["level"] == 2
    assert desk.row("promises", july(17), promise_id="CN-07-01")["state"] == "broken"


def a_word_kept(desk: Desk) -> None:
    """C004 pays on the day that it named: nothing is left to remind of."""
    assert "2026-07-12" in of("C004", desk.letters(july(9)))["blocked_by"]
    paid = {"customer_id": "C004", "milestone_id": "HT-2025-002-4", "amount": "1049600.00"}
    desk.record("receipts", {"receipt_id": "R-07-02", "date": july(10), **paid})
    assert desk.row("promises", july(10), promise_id="CN-2026-06")["state"] == "kept"
    assert desk.row("milestones", july(10), milestone_id="HT-2025-002-4")["status"] == "settled"
    assert "HT-2025-002-4" not in of("C004", desk.letters(july(10))).get("milestones", ())


def a_dispute_settled(desk: Desk) -> None:
    """C002 is asked for what nobody disputes; once the dispute is settled, for all of it.

    What the bank has of it and nobody has entered is not asked for.
    """
    day = july(17)
    assert "HT-2026-003-2" not in of("C002", desk.letters(day))["milestones"]
    paid = {"contract_id": "HT-2026-003", "amount": "132000.00", "bank_ref": "LS20260630-93"}
    desk.record(
        "receipts", {"receipt_id": "R-07-03", "date": date(2026, 6, 30), "customer_id": "C002", **paid}
    )
    assert desk.row("milestones", day, milestone_id="HT-2026-003-2")["status"] == "settled"
    assert desk.row("milestones", day, milestone_id="HT-2024-005-3")["disputed"] == "86000.00"
    partly = desk.issue(day)["C002"]
    assert partly["level"] == 3 and "HT-2024-005-3" in partly["milestones"]
    text = "\n".join("\n".join(line) for line in _cells(Path(partly["files"][0])))
    asked = Decimal(partly["total"]) - Decimal("86000.00")
    assert "86,000.00" in text and _grouped(asked) in text
    desk.sent(day, partly)
    desk.record(
        "disputes", {"dispute_id": "ZY-2026-02", "closed": july(21), "resolution": "三处站点复测合格"}
    )
    desk.bank(july(23))
    assert "2026-07-23" in of("C002", desk.letters(july(23)))["blocked_by"], "asked on the 17th"
    whole = of("C002", desk.letters(july(24)))
    assert whole["level"] == 4 and whole["milestones"] == ["HT-2024-005-3"]
    text = "\n".join("\n".join(line) for line in _cells(Path(whole["files"][0])))
    assert "86,000.00" not in text and _grouped(Decimal(whole["total"])) in text


def an_extension(desk: Desk) -> None:
    """C012 breaks its word and is given until the end of August: the contract's date stays on record."""
    milestone = {"milestone_id": "HT-2025-008-3"}
    late = of("C012", desk.letters(july(20)))
    assert late["files"] and late["milestones"] == ["HT-2025-008-3"]
    agreed = {
        "agreed_on": july(20),
        "new_due": date(2026, 8, 31),
        "reason": "等待终验报告原件",
        "document": "YQ-07",
    }
    desk.record("reschedules", {"reschedule_id": "YQ-07", **milestone, **agreed})
    row = desk.row("milestones", july(20), **milestone)
    assert (row["due_date"], row["contract_due"], row["status"]) == ("2026-08-31", "2026-03-30", "not_due")
    assert "HT-2025-008-3" not in of("C012", desk.letters(july(20))).get("milestones", ())
    assert desk.row("milestones", july(19), **milestone)["due_date"] == "2026-03-30"


def a_final_notice_and_its_evidence(desk: Desk) -> None:
    """C009's final notice of 1 July was signed for and not answered: the pack for the lawyer has all of it."""
    proof = {"delivered_on": july(4), "proof": "EMS 000000009101 签收"}
    notice = desk.row("letters", july(4), customer_id="C009", level="5")
    desk.record("letters", {"letter_id": notice["letter_id"], **proof})
    day = july(24)
    contract = "HT-2025-005"
    told = desk.huikuan("report", desk.book, "evidence", "--contract", contract, "--as-of", day, "--json")
    folder, pack = map(Path, json.loads(told)[0]["files"])
    [letter] = [file for file in folder.rglob("*.docx") if notice["letter_id"] in file.name]
    assert letter.read_bytes() == (desk.book.parent / notice["file"]).read_bytes()
    row = desk.row("milestones", day, milestone_id="HT-2025-005-2")
    claims = (folder / "款项.csv").read_text(encoding="utf-8-sig")
    [printed] = [line for line in csv.DictReader(claims.splitlines()) if line["节点"] == row["milestone_id"]]
    assert (printed["未付"], printed["违约金"]) == (row["open"], row["interest"])
    assert f"{july(4)},函件送达,EMS 000000009101 签收" in (folder / "时间线.csv").read_text(
        encoding="utf-8-sig"
    )
    assert _sums(folder) == dict(
        reversed(line.split("  ", 1))
        for line in (folder / "manifest.sha256").read_text(encoding="utf-8").splitlines()
    )
    with zipfile.ZipFile(pack) as opened:
        opened.extractall(desk.book.parent / "unpacked")
    assert _sums(desk.book.parent / "unpacked" / folder.name) == _sums(folder)


def _sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a pack but the list of them."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "manifest.sha256"]
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def the_end_of_the_month(desk: Desk) -> None:
    """The book agrees with itself, and with what the month brought."""
    day = july(31)
    told = json.loads(desk.huikuan("refresh", desk.book, "--as-of", day, "--json"))
    assert {control["name"] for control in told["controls"] if not control["closes"]} == {"gl"}, (
        "the demo's own story"
    )
    came = sum(Decimal(row["amount"]) for row in desk.rows("receipts", day) if row["date"] >= "2026-07-01")
    assert came == Decimal("1239600.00")
    assert (
        told["changes"]
        and json.loads(desk.huikuan("refresh", desk.book, "--as-of", day, "--json"))["changes"] == 0
    )


def of(customer: str, letters: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The entry of a customer; nothing where there is none."""
    return next(
        (each for each in letters if each["customer_id"] == customer), {"files": [], "blocked_by": ""}
    )
