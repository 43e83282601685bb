"""How the sheets are arranged, worded and worked on changes no figure."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from addin.model.cells import AnyCell, RawBook
from addin.model.columns import Column, fold
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.service.refresh import refresh
from tests.properties.ledgers import Figures, Ledger, examples, figures, ledgers, shuffled
from tests.rules.engine import Tables, raw_book
from tests.rules.figures import refreshed
from tests.service.written import in_order, with_column, written

WORDS = ("match_reason", "reason", "suggested_terms", "next_action")
"""Computed columns whose words are in the language of the book."""


@examples(5)
@given(ledgers(), st.integers(0, 99))
def test_the_order_of_the_rows(ledger: Ledger, seed: int) -> None:
    tables, day = ledger
    other = shuffled(tables, seed)
    assert figures(refreshed(tables, day), tables) == figures(refreshed(other, day), other)


def word(random: Random, column: Column, cell: AnyCell) -> AnyCell:
    """A choice by its key or by its word in either language."""
    names = column.choice_names.get(str(cell))
    return random.choice((str(cell), names.zh, names.en)) if names else cell


def rearranged(raw: RawBook, seed: int) -> RawBook:
    """Headings and choices in any of their names, columns in another order, a column of the user's own."""
    random, tables = Random(seed), {}
    for key, old in raw.tables.items():
        columns = [TABLES[key][heading] for heading in old.headings]
        pairs: list[tuple[str, list[AnyCell]]] = [
            (
                random.choice((column.key, column.heading("zh"), column.heading("en"))),
                [word(random, column, cell) for cell in cells],
            )
            for column, cells in zip(columns, old.columns, strict=True)
        ]
        pairs.append(("my own", ["note"] * len(old.rows)))
        random.shuffle(pairs)
        assert fold("my own") not in TABLES[key].heading_keys
        tables[key] = replace(
            old, headings=[name for name, _ in pairs], columns=[cells for _, cells in pairs]
        )
    return replace(raw, tables=tables)


@examples(5)
@given(ledgers(), st.integers(0, 99))
def test_headings_words_columns_and_columns_of_the_users_own(ledger: Ledger, seed: int) -> None:
    tables, day = ledger
    raw = raw_book(tables)
    one, two = refresh(raw, day, "zh"), refresh(rearranged(raw, seed), day, "zh")
    assert figures(one, tables) == figures(two, tables)
    assert [frame.equals(two.frames[key]) for key, frame in one.frames.items()] == [True] * len(one.frames)
    assert len(one.cells) == len(two.cells)


def wordless(found: Figures) -> Figures:
    """Figures without the columns whose words are in the language of the book."""
    rows = {
        table: {key: without_words(row) for key, row in found[table].items()}
        for table in ("receipts", "customers", "milestones")
    }
    return found | rows | {"allocations": [without_words(row) for row in found["allocations"]]}


def without_words(row: Figures) -> Figures:
    return {name: value for name, value in row.items() if name not in WORDS}


@examples(5)
@given(ledgers())
def test_the_language_of_the_book(ledger: Ledger) -> None:
    tables, day = ledger
    zh, en = (refreshed(tables, day, language, roll="following") for language in ("zh", "en"))
    assert wordless(figures(zh, tables)) == wordless(figures(en, tables))


LEFT_ALONE = "history_left_alone"
GRADED = ("grade", "credit_limit", "available", "suggested_terms", "reminder_level", "next_action")
"""What hangs on the grade, which rises a notch a quarter at most from the last one on record: a refresh in between
records one, and one as at a later day leaves a finding. What reminds people stays as it stands before the newest
letter: as a refresh in between left it."""


def ungraded(found: Figures) -> Figures:
    """Figures without the columns that hang on the grade on record."""
    rows = {
        table: {
            key: {name: value for name, value in row.items() if name not in GRADED}
            for key, row in found[table].items()
        }
        for table in ("customers", "milestones")
    }
    return found | rows | {"findings": [code for code in found["findings"] if code != LEFT_ALONE]}


def worked_on(raw: RawBook, tables: Tables, seed: int) -> tuple[RawBook, Tables]:
    """The book after a user sorted every input sheet and put a column of her own into it."""
    random, sorted_tables = Random(seed), dict(tables)
    for key, rows in tables.items():
        order = random.sample(range(len(rows)), len(rows))
        sorted_tables[key] = [rows[place] for place in order]
        raw = with_column(in_order(raw, key, order), key, "my own", [*range(len(rows))])
    return raw, sorted_tables


@examples(5)
@given(ledgers(), ledgers(), st.integers(0, 99), st.sampled_from(("zh", "en")))
def test_a_refresh_in_between_and_what_a_user_does_after_it(
    ledger: Ledger, other: Ledger, seed: int, language: Language
) -> None:
    (tables, day), (_, earlier) = ledger, other
    raw = raw_book(tables)
    between = written(raw, refresh(raw, earlier, language), language)
    worked, rows = worked_on(between, tables, seed)
    after, alone = figures(refresh(worked, day, language), rows), figures(refresh(raw, day, language), tables)
    assert ungraded(after) == ungraded(alone)
