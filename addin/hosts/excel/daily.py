"""The day's work: refresh, check, undo, the as-of date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from addin.files.memory import remember
from addin.files.package.edits import Edits
from addin.files.save import STATE_FOLDER, keep_copy, state_folder
from addin.hosts.excel import native
from addin.hosts.excel.pages import show_page
from addin.hosts.excel.places import go_to
from addin.hosts.excel.reading import Live, board_cells, read
from addin.hosts.excel.state import quiet
from addin.hosts.excel.words import line
from addin.hosts.excel.writing import Writer
from addin.hosts.telling import unforeseen, user
from addin.model.finding import LedgerError, Severity
from addin.model.result import Result
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.live import checked, refreshed, taken_back
from addin.service.settings_rows import row_added, row_of
from addin.service.undo_book import undo_label

if TYPE_CHECKING:
    import xlwings as xw

    from addin.service.undoing import Clash


def refresh(book: xw.Book, now: datetime) -> Text:
    """The main job on the open book: the cells that a refresh of the saved file would write."""
    live = read(book)
    _progress(live, Text("计算…", "computing …"))
    found = refreshed(live.open, today=now.date(), now=now, by=user())
    if found.edits is not None:
        _progress(live, Text("写入…", "writing …"))
        write_over(live, found.edits, f"{now:%Y%m%d-%H%M%S}")
        if found.memory is not None:
            remember(live.open.path, found.memory)
    said = _summary(
        found.result, Text(f"更新 {found.result.changes} 格", f"{found.result.changes} cells updated")
    )
    return _unsavable(said) if found.edits is not None and native.is_read_only(book) else said


def _unsavable(said: Text) -> Text:
    return Text(
        f"{said.zh}；工作簿以只读方式打开，另存后才会保留",
        f"{said.en}; the workbook is open read-only: only Save As keeps this",
    )


def check(book: xw.Book, now: datetime) -> Text:
    """Findings and control totals, on their sheet; no figure changes, and no run is logged."""
    live = read(book)
    found = checked(live.open, today=now.date())
    if found.edits is not None:
        write_over(live, found.edits, f"{now:%Y%m%d-%H%M%S}-check")
    if "checks" in live.tables:
        go_to(live, "checks")
    return _summary(found.result, Text("已检查", "checked"))


def undo(book: xw.Book, now: datetime) -> Text:
    """Takes back what the last run wrote; what people typed since stays, and what clashes is listed on a page."""
    live = read(book)
    plan = taken_back(live.open, board_cells(book, live.raw.names), now=now, by=user())
    write_over(live, plan.edits, undo_label(now))
    if plan.memory is not None:
        remember(live.open.path, plan.memory)
    if plan.clashes:
        _show_clashes(live, plan.clashes)
    return Text(
        f"已撤销运行 {plan.run.number}，恢复 {plan.restored} 格，保留 {len(plan.clashes)} 处手工改动",
        f"took back run {plan.run.number}; cells put back: {plan.restored}, left alone: {len(plan.clashes)}",
    )


def as_of(book: xw.Book, now: datetime) -> Text:
    """The cursor in the setting's cell; what is typed there counts from the next refresh on."""
    live = read(book)
    row = row_of(live.raw, "as_of")
    if row is None:
        with quiet(book):
            Writer(live, Edits(row_added(live.raw, "as_of"))).write()
        live = read(book)
        row = row_of(live.raw, "as_of")
    settings = live.raw.tables["settings"]
    value = TABLES["settings"].places(settings.headings)["value"]
    go_to(live, "settings", row, settings.first_column + value)
    return Text(
        "在所选单元格填截止日期（如 2026-06-30），清空为当天；然后点“刷新”",
        "type the as-of date in the selected cell (as 2026-06-30), empty for today; then press Refresh",
    )


def write_over(live: Live, edits: Edits, label: str) -> None:
    """The edits, and before the first of them a copy of the book as it is on the screen."""
    writer = Writer(live, edits)
    path = live.open.path
    backup = keep_copy(path, state_folder(path), label, lambda copy: native.save_copy(live.book, copy))
    try:
        with quiet(live.book):
            writer.write()
    except LedgerError:  # told before the first write
        raise
    except Exception as error:
        raise LedgerError(
            "half_written", _half_written(unforeseen(error, path.parent).problem, backup)
        ) from error


def _half_written(problem: Text, backup: Path) -> Text:
    return Text(
        f"写入中途出错，工作簿可能只写了一部分：{problem.zh}请不保存就关闭工作簿，再重新打开；"
        f"写入前的样子（含未保存的改动）在 {STATE_FOLDER}/{backup.name}。",
        f"Writing broke off, and the workbook may be written in part: {problem.en} Close it without saving and open "
        f"it again; as it was before, unsaved changes included, it is kept as {STATE_FOLDER}/{backup.name}.",
    )


def _progress(live: Live, words: Text) -> None:
    live.book.app.status_bar = line(words, live.open.language)


def _summary(result: Result, done: Text) -> Text:
    """As of when, what was done, and how much there is to look at on the sheet of checks."""
    counts = {kind: sum(found.severity is kind for found in result.findings) for kind in Severity}
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    checks = TABLES["checks"].name
    return Text(
        f"截至 {result.as_of}，{done.zh}；错误 {errors}，警告 {warnings}，见“{checks.zh}”",
        f"as at {result.as_of}, {done.en}; errors {errors}, warnings {warnings}, see {checks.en}",
    )


def _show_clashes(live: Live, clashes: Sequence[Clash]) -> None:
    language = live.open.language
    heading = (Text("工作表", "Sheet"), Text("行", "Row"), Text("列", "Column"), Text("现为", "Stands there"),
               Text("撤销应为", "Undo would put"))  # fmt: skip
    rows = []
    for clash in clashes:
        column = TABLES[clash.table].by_key.get(clash.column)
        name = column.heading(language) if column else clash.column
        sheet = live.raw.tables[clash.table].sheet
        rows.append((sheet, str(clash.row), name, clash.stands, clash.would_be))
    title = Text("撤销时保留的手工改动", "What people typed, left alone by the undo")
    show_page(live.book, title.in_(language), [word.in_(language) for word in heading], rows)
