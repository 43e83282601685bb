"""Minutes of a settlement meeting: a form that goes out, and what was agreed on it coming back as promises."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import Final

from addin.documents.report_facts import Settlement
from addin.documents.templates.reports.settlement import MINUTES
from addin.files.csvfile import Rows, read_rows
from addin.files.csvtext import csv_text
from addin.files.filenames import file_name
from addin.files.package import Edits
from addin.files.save import save, stamp, state_folder
from addin.files.wordtables import is_word, table_with
from addin.model.finding import LedgerError
from addin.model.money import plain
from addin.model.numerals import clean, read_day
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language, Text
from addin.service.dossier import open_dossier
from addin.service.import_headings import recognise
from addin.service.import_rows import Rejected
from addin.service.importing import plan_import
from addin.service.reports.records import Records

COLUMNS: Final = ("promise_id", "made_on", "customer_id", "milestone_id", "amount", "promised_date", "person")
"""The columns of the promises table that a form fills."""


@dataclass(frozen=True)
class Taken:
    """What the minutes brought: promises new and changed, rows without a date left out, and rows that are wrong."""

    book: Path
    language: Language
    taken: int
    updated: int
    undated: int
    rejected: tuple[Rejected, ...]
    backup: Path | None


def write_minutes(facts: Settlement, records: Records, folder: Path) -> Path:
    """The form as a csv with the promises table's headings: dates are filled in, and `import` takes it as well.

    Its day is that of the meeting, ahead or past, else the as-of date. Its ids come from milestone and day, so that
    the same form taken twice makes no promise twice.
    """
    language, table = records.dossier.language, TABLES["promises"]
    day = facts.meeting or records.as_of
    target = folder / file_name(f"{Text('结算会议纪要', 'Minutes').in_(language)} {facts.deal.id}", ".csv")
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([table[key].heading(language) for key in COLUMNS])
        for stage in facts.rows:
            amount = plain(stage.open, facts.deal.digits)
            cells = (promise_id(stage.id, day), day.isoformat(), facts.head.to.id, stage.id, amount, "", "")
            writer.writerow([csv_text(cell) for cell in cells])
    return target


def meeting_day(planned: date | None, as_of: date) -> date:
    """The day of the meeting that the contract names if it has come, else the as-of date."""
    return planned if planned is not None and planned <= as_of else as_of


def promise_id(milestone: str, day: date) -> str:
    """The id of what was promised for a milestone at a meeting."""
    return f"JS-{milestone}-{day:%Y%m%d}"


def take_minutes(
    book: Path,
    contract: str,
    file: Path,
    *,
    today: date,
    now: datetime,
    as_of: date | None = None,
    language: Language | None = None,
) -> Taken:
    """Puts what was agreed into the promises table; ``file`` is the filled form, csv, workbook or Word document.

    Rows without a date are left out. A row that names no milestone of the contract, or that cannot be read, is
    rejected with the reason; the others are taken. LedgerError where there is no such contract or table.
    """
    before = stamp(book)
    dossier = open_dossier(book, today=today, as_of=as_of)
    records = Records(dossier)
    row = records.one("contracts", contract)
    if row is None:
        raise LedgerError(
            "unknown_id",
            Text(
                f"台账中没有合同 {contract}。请核对编号。",
                f"The ledger has no contract {contract}. Check the id.",
            ),
        )
    day = meeting_day(row["settlement_meeting"], dossier.as_of)
    rows, undated, rejected = _agreed(_form(file), records, contract, row["customer_id"], day)
    plan = plan_import(dossier.raw, TABLES["promises"], rows, dossier.language)
    backup = None
    if plan.merge.edit is not None:
        label = now.strftime("%Y%m%d-%H%M%S")
        edits = Edits([plan.merge.edit])
        backup = save(book, edits, read_stat=before, backup_dir=state_folder(book), run=label).backup
    wrong = tuple(sorted((*rejected, *plan.merge.rejected), key=lambda each: each.row))
    merged = plan.merge
    return Taken(book, language or dossier.language, merged.taken, merged.updated, undated, wrong, backup)


# --- the filled form ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A row of the form: its number, and cells by column of the promises table."""

    row: int
    cells: dict[str, object]


def _form(file: Path) -> list[_Line]:
    if is_word(file):
        return _from_word(file)
    rows = read_rows(file)
    places = recognise(TABLES["promises"], rows.headings, {}, {}).columns
    if "milestone_id" not in places or "promised_date" not in places:
        raise _no_form(file)
    return [
        _Line(number, {key: rows.columns[place][position] for key, place in places.items()})
        for position, number in enumerate(rows.rows)
    ]


def _from_word(file: Path) -> list[_Line]:
    keys = ("milestone_id", "amount", "promised_date", "person")
    for language in LANGUAGES:
        id, _, _, amount, day, person = (heading.in_(language) for heading in MINUTES)
        found = table_with(file, (id, amount, day, person))
        if found is not None:
            return [_Line(number, dict(zip(keys, row, strict=True))) for number, row in enumerate(found, 2)]
    raise _no_form(file)


def _no_form(file: Path) -> LedgerError:
    id, day = MINUTES[0], MINUTES[4]
    return LedgerError(
        "no_form",
        Text(
            f"{file.name} 中没有会议纪要的付款承诺表（列“{id.zh}”和“{day.zh}”）。请使用 report settlement 生成的表。",
            f'{file.name} has no table of promises (columns "{id.en}" and "{day.en}"). '
            "Use the form that report settlement makes.",
        ),
    )


def _agreed(
    lines: Sequence[_Line], records: Records, contract: str, customer: str, day: date
) -> tuple[Rows, int, list[Rejected]]:
    """The rows with a date as an import takes them; how many have none; those of other milestones."""
    own = {each.id: each for each in records.contracts[contract].milestones}
    kept, undated, rejected = [], 0, []
    for line in lines:
        named = clean(str(line.cells.get("milestone_id", "")))
        if str(line.cells.get("promised_date", "")).strip() == "":
            undated += 1
        elif named not in own:
            rejected.append(Rejected(line.row, _not_ours(named, contract)))
        else:
            left = plain(own[named].open, own[named].contract.digits)
            cells = _cells(line, named, left, customer, day, records.as_of)
            kept.append((line.row, _known(records, cells, line, own[named].contract.digits)))
    _number([cells for _, cells in kept])
    columns = [[cells[key] for _, cells in kept] for key in COLUMNS]
    return Rows(COLUMNS, columns, [row for row, _ in kept]), undated, rejected  # type: ignore[arg-type]  # cells as read


def _cells(
    line: _Line, milestone: str, left: str, customer: str, day: date, as_of: date
) -> dict[str, object]:
    """A row of the promises table; an empty amount means all that is open, and no promise is made after today."""
    given = {key: value for key, value in line.cells.items() if str(value).strip()}
    made_on = given.get("made_on", day.isoformat())
    told = read_day(str(made_on))
    if told is not None and told > as_of:  # a form for a meeting that was held sooner than planned
        made_on = day.isoformat()
    return {
        "promise_id": given.get("promise_id", promise_id(milestone, day)),
        "made_on": made_on,
        "customer_id": customer,
        "milestone_id": milestone,
        "amount": given.get("amount", left),
        "promised_date": given["promised_date"],
        "person": given.get("person", ""),
    }


def _known(records: Records, cells: dict[str, object], line: _Line, digits: int) -> dict[str, object]:
    """As what stands if another taking brought the same promise: a form on paper bears no id, one in csv its own."""
    promised, prefix = read_day(str(cells["promised_date"])), f"JS-{cells['milestone_id']}-"
    given = clean(str(line.cells.get("promise_id", "")))
    if promised is None or (given and records.one("promises", given) is not None):
        return cells
    for row in records.of("promises", milestone_id=cells["milestone_id"], promised_date=promised):
        if (
            row["promise_id"].startswith(prefix)
            and row["made_on"] is not None
            and row["withdrawn_on"] is None
        ):
            same = {"promise_id": row["promise_id"], "made_on": row["made_on"].isoformat()}
            if not str(line.cells.get("amount", "")).strip() and row["amount"] is not None:
                same["amount"] = plain(row["amount"], digits)  # what was open then
            return {**cells, **same}
    return cells


def _number(promises: Sequence[dict[str, object]]) -> None:
    """Several dates of one milestone are several promises: ids of ours are numbered from the second on."""
    days: dict[str, date | None] = {}
    for cells in promises:
        id, promised = str(cells["promise_id"]), read_day(str(cells["promised_date"]))
        if id.startswith(f"JS-{cells['milestone_id']}-"):
            names = chain((id,), (f"{id}-{number}" for number in count(2)))
            id = next(name for name in names if days.get(name, promised) == promised)
            cells["promise_id"] = id
        days.setdefault(id, promised)


def _not_ours(milestone: str, contract: str) -> Text:
    return Text(
        f"节点“{milestone}”不属于合同 {contract}；请核对编号",
        f'"{milestone}" is no milestone of contract {contract}; check the id',
    )
