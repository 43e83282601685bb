"""All the edits of one refresh: computed cells and tables, run stamps, the dashboard, the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from addin.files.package.edits import KEEP, CellEdit, ColumnEdit, Edits, TableEdit
from addin.files.template.figures import Debtor, Figures, dashboard_values
from addin.files.template.places import AS_OF_LABEL, RUN_AT_LABEL, dashboard_edits, run_stamp
from addin.files.writing import table_edits
from addin.model.cells import AnyCell, RawBook
from addin.model.finding import Severity
from addin.model.money import digits_of, from_minor
from addin.model.result import Result
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.frames import integers
from addin.service.added_rows import Added
from addin.service.logs import Run, log_writes
from addin.service.ticks import WORKLIST, cleared, outdated


def all_edits(
    raw: RawBook,
    result: Result,
    run: Run,
    language: Language,
    added: Sequence[Added] = (),
    issued: Collection[str] = (),
) -> Edits:
    """Everything that a refresh writes into the book, and the rows that the run adds to tables of people's.

    ``raw`` holds these rows already. ``issued`` are keys of worklist rows whose tick has done its work.
    """
    worklist = next((each for each in result.tables if each.table == WORKLIST), None)
    stale = outdated(raw, worklist)
    logs = log_writes(raw, result, run, language, result.changes, added, stale)
    tables = table_edits(raw, result.cells, [*result.tables, *logs], language)
    unticked = cleared(raw, worklist, {*stale, *issued}, language) if stale or issued else None
    tables = merged([*tables, *(each.edit for each in added), *([unticked] if unticked else [])])
    run_at = run.at.strftime("%Y-%m-%d %H:%M")
    board = dashboard_values(_figures(result), language, run_at)
    cells = [*_stamps(raw, result.as_of, run_at), *dashboard_edits(raw.names, board)]
    return Edits(tables, cells, _sheets_with_errors(raw, result))


def merged(edits: Iterable[TableEdit]) -> list[TableEdit]:
    """One edit a table: where two speak of the same cell the later counts.

    >>> one = TableEdit("letters", {0: ColumnEdit("text", ["a", KEEP])}, 2)
    >>> two = TableEdit("letters", {0: ColumnEdit("text", [KEEP, "b"])}, 2)
    >>> [list(edit.columns[0].values) for edit in merged([one, two])]
    [['a', 'b']]
    """
    by_table: dict[str, TableEdit] = {}
    for edit in edits:
        before = by_table.get(edit.table)
        by_table[edit.table] = edit if before is None else _over(before, edit)
    return list(by_table.values())


def _over(one: TableEdit, two: TableEdit) -> TableEdit:
    """Both edits; of rows, order and heights those of the edit that says them."""
    rows = one.rows if two.rows is None else two.rows
    columns = {place: _in_order(column, two.order) for place, column in one.columns.items()}
    for place, column in two.columns.items():
        columns[place] = _both(columns[place], column) if place in columns else column
    whole = {
        place: ColumnEdit(each.kind, [*each.values, *[KEEP] * ((rows or 0) - len(each.values))])
        for place, each in columns.items()
    }
    return replace(
        one,
        columns=whole,
        rows=rows,
        order=two.order or one.order,
        clear_filter=one.clear_filter or two.clear_filter,
        heights=two.heights or one.heights,
    )


def _in_order(column: ColumnEdit, order: Sequence[int | None] | None) -> ColumnEdit:
    """Cells that go along with their rows."""
    if order is None:
        return column
    return replace(column, values=[KEEP if old is None else column.values[old] for old in order])


def _both(one: ColumnEdit, two: ColumnEdit) -> ColumnEdit:
    values = list(two.values)
    for at, value in enumerate(one.values):
        if values[at] is KEEP:
            values[at] = value
    return replace(two, values=values)


def is_stale(raw: RawBook, result: Result) -> bool:
    """Whether the as-of date above the milestones is another day's."""
    place, above = run_stamp(TABLES["milestones"]), raw.above.get("milestones", {})
    if place is None or not _labelled(above, place.as_of, AS_OF_LABEL):
        return False
    shown = above.get(place.as_of)
    return (shown.date() if isinstance(shown, datetime) else shown) != result.as_of


def _stamps(raw: RawBook, as_of: date, run_at: str) -> Iterator[CellEdit]:
    """As-of date and time of the run above every sheet with computed cells, where those cells still are."""
    for key, source in raw.tables.items():
        place = run_stamp(TABLES[key])
        if place is not None:
            above = raw.above.get(key, {})
            if _labelled(above, place.as_of, AS_OF_LABEL):
                yield CellEdit(source.sheet, *place.as_of, as_of)
            if _labelled(above, place.run_at, RUN_AT_LABEL):
                yield CellEdit(source.sheet, *place.run_at, run_at)


def _labelled(above: Mapping[tuple[int, int], AnyCell], place: tuple[int, int], label: Text) -> bool:
    """Whether the cell left of the place still holds our label."""
    return above.get((place[0], place[1] - 1)) in label


def _sheets_with_errors(raw: RawBook, result: Result) -> list[str]:
    """Hidden sheets that hold an error show themselves, and so does the list of checks."""
    tables = {finding.table for finding in result.findings if finding.severity is Severity.ERROR}
    tables |= {"checks"} if tables else set()
    return [
        raw.tables[key].sheet
        for key in TABLES
        if key in tables and key in raw.tables and raw.tables[key].hidden
    ]


def _figures(result: Result) -> Figures:
    totals = result.base.totals
    return Figures(
        result.as_of,
        result.base_currency,
        totals["open"],
        totals["overdue"],
        result.due_30,
        totals["pending"],
        totals["unapplied"],
        list(result.base.buckets.values()),
        _debtors(result),
        result.performance,
        int(list(result.base.buckets)[-1].rstrip("+")),
    )


def _debtors(result: Result) -> list[Debtor]:
    """Customers with something open, in base currency."""
    frame, digits = result.frames["customers"], digits_of(result.base_currency)
    names = result.debtor_names
    rows = zip(names, integers(frame["open"]), integers(frame["overdue"]), strict=True)
    return [
        Debtor(name, from_minor(amount, digits), from_minor(late, digits))
        for name, amount, late in rows
        if amount and late is not None
    ]
