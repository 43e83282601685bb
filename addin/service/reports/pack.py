"""The evidence pack on disk: documents copied in, tables as csv, a manifest of SHA-256, and all of it as a zip."""

from __future__ import annotations

import csv
import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from addin.documents.report_facts import Evidence, Money, Paper
from addin.files.csvtext import csv_text
from addin.files.filenames import file_name
from addin.model.money import plain
from addin.model.text import Language, Text
from addin.service.reports.papers import Found

MANIFEST: Final = "manifest.sha256"
"""A line a file, as `sha256sum -c` reads it."""

_FOLDERS: Final = {
    "contracts": Text("01 合同", "01 contract"),
    "amendments": Text("02 变更与延期", "02 changes"),
    "reschedules": Text("02 变更与延期", "02 changes"),
    "milestones": Text("03 履约与验收", "03 performance"),
    "invoices": Text("04 发票", "04 invoices"),
    "receipts": Text("05 银行回单", "05 bank slips"),
    "letters": Text("06 函件与送达", "06 letters"),
    "contacts": Text("07 沟通", "07 contacts"),
}
"""The folder of each kind of paper."""


def copy_papers(found: Sequence[Found], folder: Path, language: Language) -> list[Paper]:
    """Copies every paper that is there, each file once, and tells where it lies in the pack."""
    placed: dict[Path, str] = {}
    taken: dict[str, set[str]] = {}
    for each in found:
        if each.file is not None and each.file not in placed:
            below = _FOLDERS[each.table].in_(language)
            names = taken.setdefault(below, set())
            name = file_name(each.file.stem, _ending(each.file), names)
            names.add(name)
            (folder / below).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(each.file, folder / below / name)
            placed[each.file] = f"{below}/{name}"
    return listed(found, placed)


def listed(found: Sequence[Found], placed: Mapping[Path, str] = MappingProxyType({})) -> list[Paper]:
    """The papers, each with its path in the pack, or why it is missing."""
    return [
        Paper(
            each.table,
            each.id,
            each.named,
            each.what,
            "" if each.file is None else placed.get(each.file, ""),
            each.reason,
        )
        for each in found
    ]


def _ending(file: Path) -> str:
    """The file's ending if it is a plain one: it becomes part of a name."""
    return file.suffix if file.suffix[1:].isascii() and file.suffix[1:].isalnum() else ""


def write_tables(facts: Evidence, folder: Path) -> None:
    """The timeline, the money, both orders of interest, limitation and the list of papers, each as a csv."""
    language = facts.head.language
    for name, rows in _tables(facts, language):
        with (folder / f"{name.in_(language)}.csv").open("w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target, lineterminator="\r\n").writerows(rows)


def _tables(facts: Evidence, language: Language) -> Iterator[tuple[Text, Iterable[Sequence[str]]]]:
    yield Text("时间线", "timeline"), _timeline(facts, language)
    yield Text("款项", "claims"), _stages(facts, language)
    yield Text("付款", "payments"), _payments(facts, language)
    yield Text("违约金计算", "interest"), _interest(facts, language)
    yield Text("诉讼时效", "limitation"), _limitation(facts, language)
    yield Text("证据清单", "documents"), _papers(facts, language)


def _head(language: Language, zh: str, en: str) -> list[str]:
    return Text(zh, en).in_(language).split("|")


def _row(*cells: object) -> list[str]:
    return [_cell(cell) for cell in cells]


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return plain(cell.minor, cell.digits)
    return cell.isoformat() if isinstance(cell, date) else csv_text(str(cell))


def _timeline(facts: Evidence, language: Language) -> Iterator[list[str]]:
    yield _head(
        language,
        "日期|事实|内容|金额|币种|合同|台账|编号",
        "day|what|details|amount|currency|contract|table|id",
    )
    for each in facts.timeline:
        code = each.amount.currency if each.amount else ""
        yield _row(
            each.day,
            each.what.in_(language),
            each.details,
            each.amount,
            code,
            each.contract,
            each.table,
            each.id,
        )


def _stages(facts: Evidence, language: Language) -> Iterator[list[str]]:
    yield _head(
        language,
        "合同|节点|款项|币种|金额|已付|已调整|未付|争议|到期日|合同到期日|逾期天数|违约金|依据|时效届满",
        "contract|milestone|name|currency|amount|received|adjusted|open|disputed|due|contract_due|days_overdue|interest|"
        "basis|limitation",
    )
    for deal in facts.deals:
        for stage in deal.stages:
            sums = (stage.amount, stage.received, stage.adjusted, stage.open, stage.disputed)
            amounts = [None if minor is None else Money(minor, deal.currency) for minor in sums]
            interest = None if stage.interest is None else Money(stage.interest, deal.currency)
            yield _row(
                deal.id,
                stage.id,
                stage.name,
                deal.currency,
                *amounts,
                stage.due,
                stage.contract_due,
                stage.days_overdue,
                interest,
                stage.basis,
                stage.limitation,
            )


def _payments(facts: Evidence, language: Language) -> Iterator[list[str]]:
    yield _head(
        language,
        "编号|日期|付款户名|币种|金额|其中付本合同|流水号|摘要",
        "id|day|payer|currency|amount|paid|reference|memo",
    )
    for each, code in facts.receipts:
        yield _row(
            each.id,
            each.day,
            each.payer,
            code,
            Money(each.amount, code),
            Money(each.paid, code),
            each.reference,
            each.memo,
        )


def _interest(facts: Evidence, language: Language) -> Iterator[list[str]]:
    yield _head(
        language,
        "合同|节点|分期|顺序|起|止|天数|币种|本金|日利率|违约金|止日付款|抵违约金|抵本金|其他变动",
        "contract|milestone|instalment|order|first|last|days|currency|principal|rate|interest|paid|to_interest|"
        "to_principal|other",
    )
    currencies = {deal.id: deal.currency for deal in facts.deals}
    for each in facts.reckoned:
        code = currencies[each.contract]
        for reckoning in (each.books, each.article_561):
            for part in reckoning.stretches:
                amounts = (part.interest, part.paid, part.to_interest, part.to_principal, part.other)
                yield _row(
                    each.contract,
                    each.milestone,
                    each.instalment,
                    reckoning.order,
                    part.first,
                    part.last,
                    part.days,
                    code,
                    Money(part.principal, code),
                    each.rate,
                    *(Money(minor, code) for minor in amounts),
                )


def _limitation(facts: Evidence, language: Language) -> Iterator[list[str]]:
    yield _head(
        language,
        "合同|节点|到期日|中断日|事由|编号|新的届满日|届满日",
        "contract|milestone|due|interrupted|what|id|new_end|ends",
    )
    for each in facts.periods:
        if not each.interruptions:
            yield _row(each.contract, each.milestone, each.due, None, "", "", None, each.ends)
        for day, what, id, ends in each.interruptions:
            yield _row(each.contract, each.milestone, each.due, day, what.in_(language), id, ends, each.ends)


def _papers(facts: Evidence, language: Language) -> Iterator[list[str]]:
    yield _head(language, "文件|台账|编号|台账所列|本包内路径|缺少", "document|table|id|named|file|missing")
    for each in facts.papers:
        missing = "" if each.file else each.missing.in_(language)
        yield _row(each.what.in_(language), each.table, each.id, each.named, each.file, missing)


# --- manifest and zip --------------------------------------------------------------------------------------


def sha256(file: Path) -> str:
    """The file's SHA-256."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def write_manifest(folder: Path) -> None:
    """Every file of the pack with its SHA-256, by path; the manifest itself is not among them."""
    lines = [f"{sha256(file)}  {file.relative_to(folder).as_posix()}\n" for file in _files(folder)]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")


def zip_pack(folder: Path, target: Path, day: date) -> None:
    """The folder as a zip, its files in order and all of the pack's day: the same files give the same bytes.

    A zip knows the years from 1980 to 2107 only.
    """
    stamp = (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for file in _files(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            with (
                file.open("rb") as source,
                package.open(entry, "w", force_zip64=file.stat().st_size > 1 << 31) as sink,
            ):
                shutil.copyfileobj(source, sink)


def _files(folder: Path) -> list[Path]:
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())
