"""The button that makes reports on what is selected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from addin.files.save import stamp
from addin.hosts.excel.places import subject
from addin.hosts.excel.reading import read
from addin.hosts.excel.words import line
from addin.model.finding import LedgerError
from addin.model.text import Text
from addin.service.dossier import dossier_of

if TYPE_CHECKING:
    import xlwings as xw

    from addin.service.new_rows import Subject
    from addin.service.reports.orders import Wanted


def report(book: xw.Book, now: datetime) -> Text:
    """Card and statement of the selected customer; of a selected contract also the papers of its end and its pack.

    They lie beside the book, as those of the command line do; the book is left alone.
    """
    # here, not above: the other buttons need no templates
    from addin.service.reports.making import write_reports

    live = read(book)
    path, about = live.open.path, subject(live)
    if not about.customer_id:
        raise LedgerError("nothing_selected", _NOTHING_SELECTED)
    orders = list(_orders(about))
    dossier = dossier_of(path, live.raw, live.open.language, stamp(path), today=now.date())
    made = []
    for done, wanted in enumerate(orders):
        words = Text(f"生成报告 {done}/{len(orders)}…", f"making reports {done}/{len(orders)} …")
        book.app.status_bar = line(words, live.open.language)
        made.append(write_reports(dossier, wanted, saved=False))
    files = sum(len(one.files) for each in made for one in each.made)
    missing = [words for each in made for one in each.made for words in one.missing]
    return _summary(files, missing, made[0].folder)


def _summary(files: int, missing: Sequence[str], folder: Path) -> Text:
    lacks = Text("", "")
    if missing:
        count, first = len(missing), f"{missing[0]}{', …' if missing[1:] else ''}"
        lacks = Text(
            f"；{count} 份文件未找到（{first}），请放到簿旁的 documents 文件夹",
            f"; documents not found: {count} ({first}): put them into documents beside the book",
        )
    return Text(f"生成 {files} 个文件{lacks.zh}；在 {folder}", f"files made: {files}{lacks.en}; in {folder}")


def _orders(about: Subject) -> Iterator[Wanted]:
    from addin.service.reports.orders import Wanted

    for kind in ("card", "statement"):
        yield Wanted(kind, customer=about.customer_id)
    if about.contract_id:
        for kind in ("settlement", "completion", "evidence"):
            yield Wanted(kind, contract=about.contract_id)


_NOTHING_SELECTED = Text(
    "请先选中一行写有客户、合同或节点编号的单元格。",
    "Select a row first that names a customer, a contract or a milestone.",
)
