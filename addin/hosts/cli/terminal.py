"""How a run looks to a person: a summary line, aligned tables, findings with their cure."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from addin.hosts.cli.output import is_terminal
from addin.model.finding import Finding, Severity
from addin.model.money import digits_of
from addin.model.text import Language, Text

if TYPE_CHECKING:
    from addin.model.result import Control, Sums
    from addin.service.books import BookReport

Progress = Callable[[str, float], None]

SHOWN_PER_CODE = 10
WIDEST = 40

TOTAL_WORDS = {
    "contracted": Text("合同额", "Contracted"),
    "receivable": Text("应收", "Receivable"),
    "received": Text("回款", "Received"),
    "adjusted": Text("调整", "Adjusted"),
    "open": Text("未收", "Open"),
    "pending": Text("未触发", "Pending"),
    "current": Text("未逾期", "Not overdue"),
    "overdue": Text("逾期", "Overdue"),
    "unapplied": Text("未核销", "Unapplied"),
    "disputed": Text("争议", "Disputed"),
    "interest": Text("违约金", "Interest"),
}
SEVERITY_WORDS = {
    Severity.ERROR: (Text("错误", "Errors"), "31"),
    Severity.WARNING: (Text("警告", "Warnings"), "33"),
    Severity.INFO: (Text("提示", "Notes"), "36"),
}

STEP_WORDS = {
    "read": Text("读取", "reading"),
    "rules": Text("计算", "computing"),
    "files": Text("写函件", "writing letters"),
    "letters": Text("写函件", "writing letters"),
    "pdf": Text("转成 PDF", "making PDFs"),
    "write": Text("写入", "writing"),
    "done": Text("完成", "done"),
}


def colour(text: str, code: str) -> str:
    """The text in an ANSI colour, on a terminal that wants colour."""
    wanted = is_terminal(sys.stdout) and "NO_COLOR" not in os.environ
    return f"\x1b[{code}m{text}\x1b[0m" if wanted else text


def width() -> int | None:
    """Columns of the terminal; None where there is none and lines may be as long as they are."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def relative(path: Path) -> str:
    """The path as seen from here; whole where it lies elsewhere."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def amount(value: Decimal | None, currency: str) -> str:
    """An amount for people, with thousands apart; empty where it is unknown.

    >>> amount(Decimal("-1234.5"), "CNY")
    '-1,234.50'
    """
    return "" if value is None else f"{value:,.{digits_of(currency)}f}"


def aligned(
    heading: Sequence[str], rows: Sequence[Sequence[str]], right: set[int], widest: int = WIDEST
) -> list[str]:
    """A table as lines: wide characters count double, columns in ``right`` end at their right edge.

    Words longer than ``widest`` are cut; figures, which stand to the right, never are.
    """
    from rich.cells import cell_len, set_cell_size

    lines = [[" ".join(cell.split()) for cell in row] for row in (heading, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    widths = [room if place in right else min(room, widest) for place, room in enumerate(widths)]

    def fit(cell: str, position: int) -> str:
        room = widths[position]
        if cell_len(cell) > room:
            return set_cell_size(cell, room - 1) + "…"
        gap = " " * (room - cell_len(cell))
        return gap + cell if position in right else cell + gap

    return ["  ".join(fit(cell, position) for position, cell in enumerate(row)).rstrip() for row in lines]


_ROOMS = (WIDEST, 24, 16, 12, 8, 5)


def fitting(
    heading: Sequence[str], rows: Sequence[Sequence[str]], right: set[int], spare: Sequence[int] = ()
) -> list[str]:
    """`aligned`, no wider than the terminal: words are cut, then the ``spare`` columns go in their order, then words
    are cut down to what has room."""
    from rich.cells import cell_len

    limit, lines = width(), list[str]()
    tries = [(gone, room) for gone in range(len(spare) + 1) for room in _ROOMS[:2]]
    for gone, room in (*tries, *((len(spare), room) for room in _ROOMS[2:])):
        kept = [place for place in range(len(heading)) if place not in spare[:gone]]
        table = [[row[place] for place in kept] for row in (heading, *rows)]
        lines = aligned(table[0], table[1:], {at for at, place in enumerate(kept) if place in right}, room)
        if limit is None or max(map(cell_len, lines)) <= limit:
            break
    return lines


def natural_width(heading: str, cells: Sequence[str]) -> int:
    """Terminal columns that a table's column takes."""
    from rich.cells import cell_len

    return min(max(cell_len(cell) for cell in (heading, *cells)), WIDEST)


# --- what a refresh or check found ------------------------------------------------------------------------


def report_lines(report: BookReport, written: bool = True, controls: bool = False) -> list[str]:
    """Summary, totals and aging by currency, findings; with ``controls`` also the control totals.

    ``written`` is False where the run was not to write: the changes are then those still to be made.
    """
    lines = [_summary(report, written), ""]
    for currency, sums in report.result.currencies.items():
        lines += [*_totals(sums, currency, report.language), ""]
    if controls:
        lines += _control_lines(report.result.controls, report.language)
    lines += _finding_lines(report)
    return lines[:-1] if lines[-1] == "" else lines


def _summary(report: BookReport, written: bool) -> str:
    spent = report.seconds.read + report.seconds.rules + report.seconds.write
    done = _done(report) if written else _to_do(report)
    words = Text(
        f"{relative(report.book)}：截至 {report.result.as_of}，{done.zh}，用时 {spent:.1f} 秒",
        f"{relative(report.book)}: as at {report.result.as_of}, {done.en}, {spent:.1f} s",
    )
    return words.in_(report.language)


def _done(report: BookReport) -> Text:
    if report.written is None:
        return Text("无变更", "nothing to change")
    done = Text(f"更新 {report.changes} 格", f"{report.changes} cells updated")
    if report.written.resolve() == report.book.resolve():
        return done
    target = relative(report.written)
    return Text(f"{done.zh}，写入 {target}", f"{done.en} in {target}")


def _to_do(report: BookReport) -> Text:
    if not report.changes:
        return Text("簿中数据已是最新", "the book is up to date")
    return Text(f"有 {report.changes} 格待更新，未写入", f"{report.changes} cells to update, nothing written")


def _totals(sums: Sums, currency: str, language: Language) -> list[str]:
    """Two narrow tables: the totals that are known, and the open amount by age."""
    totals = [
        (TOTAL_WORDS[name].in_(language), amount(value, currency))
        for name, value in sums.totals.items()
        if value is not None
    ]
    ages = [(_bucket(name, language), amount(value, currency)) for name, value in sums.buckets.items()]
    left = aligned((currency, Text("金额", "Amount").in_(language)), totals, {1})
    right = aligned((Text("账龄", "Age").in_(language), Text("未收", "Open").in_(language)), ages, {1})
    return _side_by_side(left, right)


def _bucket(name: str, language: Language) -> str:
    if name == "current":
        return TOTAL_WORDS["current"].in_(language)
    return f"{name.replace('-', '–')} {Text('天', 'days').in_(language)}"


def _side_by_side(left: list[str], right: list[str]) -> list[str]:
    from rich.cells import cell_len, set_cell_size

    room = max(map(cell_len, left)) + 4
    if (limit := width()) is not None and room + max(map(cell_len, right)) > limit:
        return [*left, "", *right]
    lefts = [*left, *[""] * (len(right) - len(left))]
    rights = [*right, *[""] * (len(left) - len(right))]
    return [(set_cell_size(one, room) + two).rstrip() for one, two in zip(lefts, rights, strict=True)]


def _control_lines(controls: Sequence[Control], language: Language) -> list[str]:
    if not controls:
        return []
    heading = (Text("总数核对", "Control totals"), Text("左方", "Left"), Text("右方", "Right"), Text("", ""))
    words = {True: Text("相符", "closes"), False: Text("不符", "DIFFERS")}
    rows = [
        (
            control.name,
            amount(control.left, control.currency),
            amount(control.right, control.currency),
            words[control.closes].in_(language),
        )
        for control in controls
    ]
    return [*aligned([word.in_(language) for word in heading], rows, {1, 2}), ""]


def _finding_lines(report: BookReport) -> list[str]:
    language = report.language
    findings = report.result.findings
    lines: list[str] = []
    for severity, (word, shade) in SEVERITY_WORDS.items():
        chosen = [finding for finding in findings if finding.severity is severity]
        if chosen:
            lines += [
                colour(f"{word.in_(language)} ({len(chosen)})", shade),
                *_by_code(chosen, language, report.sheets),
                "",
            ]
    return lines


def _by_code(findings: Sequence[Finding], language: Language, sheets: Mapping[str, str]) -> Iterator[str]:
    """Findings of a code stand together; a cure that they share is said once."""
    by_cure: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_cure.setdefault((finding.code, finding.cure.in_(language)), []).append(finding)
    for (_, cure), group in by_cure.items():
        for finding in group[:SHOWN_PER_CODE]:
            yield f"  {place(finding, language, sheets)}{finding.message.in_(language)}"
        if (rest := len(group) - SHOWN_PER_CODE) > 0:
            yield Text(f"  … 另有 {rest} 条同类问题", f"  … and {rest} more like these").in_(language)
        if cure:
            yield f"    → {cure}"


def place(finding: Finding, language: Language, sheets: Mapping[str, str]) -> str:
    """Sheet (as the book calls it), row and heading of a finding as a person sees them."""
    from addin.model.tables import TABLES

    table = TABLES.get(finding.table)
    if table is None:
        return f"{finding.table}: " if finding.table else ""
    parts = [sheets.get(finding.table) or table.name.in_(language)]
    if finding.row is not None:
        parts.append(Text(f"第 {finding.row} 行", f"row {finding.row}").in_(language))
    if finding.column and finding.column in table.by_key:
        parts.append(table[finding.column].heading(language))
    return f"{', '.join(parts) if language == 'en' else ' '.join(parts)}: "


@contextmanager
def progress_bar(language: Language) -> Iterator[Progress | None]:
    """A bar on standard error while a book is worked on; None where nobody would see it."""
    if not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def step(name: str, done: float) -> None:
            bar.update(task, description=STEP_WORDS.get(name, Text(name, name)).in_(language), completed=done)

        yield step
