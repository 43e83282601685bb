"""What holds a package together: every reference leads somewhere, every list agrees with what it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.trial.view import BookView, TableView, box, local


def audit(path: Path) -> list[str]:
    """Faults of a workbook's package, the same fault the same words in every book."""
    book = BookView(path)
    return [*_relations(book), *_types(book), *_tables(book), *_sheets(book), *_chain(book)]


def _relations(book: BookView) -> Iterator[str]:
    for name in book.parts:
        if not name.endswith(".rels"):
            continue
        seen = set()
        folder, _, own = name.replace("\\", "/").rpartition("_rels/")
        for entry in book.xml(name):
            if entry.get("Id") in seen:
                yield f"{name}: {entry.get('Id')} twice"
            seen.add(entry.get("Id"))
        for identity, kind, target in book.relations(folder + own.removesuffix(".rels")):
            if not target:
                yield f"{name}: {identity} ({kind}) leads nowhere"


def _types(book: BookView) -> Iterator[str]:
    root = book.xml(book.find("[Content_Types].xml") or "")
    extensions = {entry.get("Extension", "").lower() for entry in root if local(entry.tag) == "Default"}
    overrides = [entry.get("PartName", "").lower() for entry in root if local(entry.tag) == "Override"]
    for name in overrides:
        if book.find(name) is None:
            yield f"content type of {name}, which is not there"
    for name in book.parts:
        plain = "/" + name.replace("\\", "/").lower()
        known = plain in overrides or plain.rpartition(".")[2] in extensions or "content_types" in plain
        if not known and not plain.endswith("/"):
            yield f"{name} has no content type"


def _tables(book: BookView) -> Iterator[str]:
    tables = [table for name, part in book.sheets.items() for table in book._tables_on(name, part)]
    for kind in ("id", "displayName"):
        values = [table.xml.get(kind, "").lower() for table in tables]
        yield from (f"two tables with {kind} {value}" for value in set(values) if values.count(value) > 1)
    for table in tables:
        yield from _table(book, table)
        for other in tables:
            if other is not table and other.sheet == table.sheet and _overlap(table, other):
                yield f"tables {table.name} and {other.name} overlap"


def _overlap(one: TableView, other: TableView) -> bool:
    top, left, bottom, right = one.whole
    other_top, other_left, other_bottom, other_right = other.whole
    return top <= other_bottom and other_top <= bottom and left <= other_right and other_left <= right


def _table(book: BookView, table: TableView) -> Iterator[str]:
    columns = [entry.get("name", "") for entry in table.xml.iter() if local(entry.tag) == "tableColumn"]
    top, left, _, right = table.whole
    if len(columns) != right - left + 1:
        yield f"table {table.name}: {len(columns)} columns in {right - left + 1}"
    if table.headers:
        cells = book.sheet(table.sheet).cells
        for column, name in enumerate(columns, left):
            shown = cells[top, column].text if (top, column) in cells else ""
            plain = re.sub(r"_x000[aAdD]_", "", name).replace("\n", "").replace("\r", "")
            if shown.replace("\n", "").replace("\r", "") != plain:
                yield f"table {table.name}: heading {name!r} shows {shown!r}"
    for entry in table.xml:
        ref = entry.get("ref", "")
        if local(entry.tag) == "autoFilter" and ref and box(ref)[::2] != (top, table.bottom):
            yield f"table {table.name}: its filter has another range"


def _sheets(book: BookView) -> Iterator[str]:
    styles = _style_count(book)
    for name, part in book.sheets.items():
        view = book.sheet(name)
        if any(int(cell.style) >= styles for cell in view.cells.values()):
            yield f"{name}: a style that is not there"
        places = list(view.cells)
        if places != sorted(places) or list(view.rows) != sorted(view.rows):
            yield f"{name}: cells out of order"
        identities = {identity for identity, _, _ in book.relations(part)}
        text = book.parts[part].data.replace(b"\0", b"")
        for found in re.findall(rb"\br:(?:id|embed|link|pict)=\"([^\"]+)\"", text):
            if found.decode() not in identities and b"hyperlink" not in text:
                yield f"{name}: {found.decode()} is no relationship"
        for cell in view.cells.values():
            if cell.array is None and cell.formula == "":
                yield f"{name}: a shared formula without its first cell"


def _style_count(book: BookView) -> int:
    part = next((part for _, kind, part in book.relations(book.workbook) if kind == "styles"), "")
    for entry in book.xml(part) if part else ():
        if local(entry.tag) == "cellXfs":
            return len(entry)
    return 1


def _chain(book: BookView) -> Iterator[str]:
    part = next((part for _, kind, part in book.relations(book.workbook) if kind == "calcChain"), "")
    if not part:
        return
    parts = {}
    for entry in book.xml(book.workbook).iter():
        if local(entry.tag) == "sheet":
            parts[entry.get("sheetId", "")] = entry.get("name", "")
    views = {identity: book.sheet(name) for identity, name in parts.items() if name in book.sheets}
    sheet = ""
    for entry in book.xml(part):
        sheet = entry.get("i", sheet)
        top, left, _, _ = box(entry.get("r", ""))
        cell = views[sheet].cells.get((top, left)) if sheet in views else None
        if cell is None or cell.formula is None:
            yield f"calculation chain: {parts.get(sheet)}!{entry.get('r')} has no formula"
