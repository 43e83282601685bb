"""The button that writes letters: drafts, and what was ticked in the worklist is issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    from addin.service.letters.writing import LettersReport, Written


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
    said = [told, *report.problems, *_notes(report.letters)]
    said += [Text(f"文件在 {report.folder}", f"files in {report.folder}")] if written else []
    return Text(
        "；".join(each.zh.rstrip("。") for each in said), "; ".join(each.en.rstrip(".") for each in said)
    )


def _notes(letters: Sequence[Written]) -> Iterator[Text]:
    """What is to be known of the letters, each note once, with the customers that it is about."""
    whose: dict[Text, list[str]] = {}
    for each in letters:
        for note in each.draft.notes if each.files else ():
            if note != each.draft.remark:  # ticks that do not count are told in one word
                whose.setdefault(note, []).append(each.draft.letter.to.name)
    for note, names in whose.items():
        others = len(names) - 1
        zh, en = (f"等 {len(names)} 户", f" and {others} more") if others else ("", "")
        yield Text(f"{names[0]}{zh}：{note.zh}", f"{names[0]}{en}: {note.en}")
