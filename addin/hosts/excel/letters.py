"""The button that writes letters: drafts, and what was ticked in the worklist is issued."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from addin.files.memory import remember
from addin.files.save import stamp
from addin.hosts.excel.daily import write_over
from addin.hosts.excel.places import subject
from addin.hosts.excel.reading import read
from addin.hosts.excel.words import line
from addin.hosts.telling import user
from addin.model.text import Text
from addin.service.dossier import dossier_of
from addin.service.logs import Run

if TYPE_CHECKING:
    import xlwings as xw

    from addin.service.letters.issuing import Issue
    from addin.service.letters.writing import LettersReport


def letters(book: xw.Book, now: datetime) -> Text:
    """Letters to the selected row's customer, else to all; the book on the screen gains the rows of those issued."""
    # here, not above: the other buttons need no templates
    from addin.service.letters.writing import Wish, write_letters

    live = read(book)
    path = live.open.path
    dossier = dossier_of(path, live.raw, live.open.language, stamp(path), today=now.date())

    def commit(issued: Issue) -> Path | None:
        write_over(live, issued.edits, f"{now:%Y%m%d-%H%M%S}")
        remember(path, issued.memory)
        return None

    def tell(step: str, done: float) -> None:
        if step == "letters":
            words = Text(f"写函件 {done:.0%}…", f"writing letters {done:.0%} …")
            book.app.status_bar = line(words, live.open.language)

    wish = Wish(customer=subject(live).customer_id or None)
    return _summary(write_letters(dossier, wish, Run(now, user(), "letters"), commit, tell=tell))


def _summary(report: LettersReport) -> Text:
    written = [each for each in report.letters if each.files]
    issued = sum(each.issued for each in written)
    held = sum(each.draft.held for each in report.letters)
    ignored = sum(each.draft.remark is not None for each in report.letters)
    told = Text(
        f"草稿 {len(written) - issued} 封，发出 {issued} 封，暂缓 {held} 户",
        f"drafts {len(written) - issued}, issued {issued}, held back {held}",
    )
    if ignored:
        told = Text(
            f"{told.zh}；{ignored} 处勾选未生效（金额或级别已变，请刷新后重新勾选）",
            f"{told.en}; ticks that do not count: {ignored} (amounts or level changed: refresh and tick again)",
        )
    where = Text(f"；文件在 {report.folder}", f"; files in {report.folder}") if written else Text("", "")
    return Text(f"{told.zh}{where.zh}", f"{told.en}{where.en}")
