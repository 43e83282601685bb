"""The trial in short: one book of each hard kind and one full ledger. The whole: `python -m tests.trial.long_run`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from tests.tools import NO_SHARED, SHARED
from tests.trial import cases
from tests.trial.judge import Judge

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=NO_SHARED)

each_book = pytest.mark.parametrize("book", cases.CORPUS, ids=lambda book: book.stem)


@each_book
def test_nothing_is_lost_in_a_real_book(book: Path, tmp_path: Path) -> None:
    """Compared only: cells and a column of the first sheet, and a ledger table on a sheet of its own and on theirs."""
    judge = Judge()
    tables = cases.on_ledger_tables(book, tmp_path, ("grown", "everything"), sheets=1)
    for case in (*islice(cases.on_cells(book, tmp_path), 2), *tables):
        judge.compare(case)
    assert judge.problems == []
    assert judge.edits == 6 and judge.cells > 300 and judge.same_parts >= 6 * 11


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cases.demo_ledger(tmp_path_factory.mktemp("trial"))


def test_other_programs_open_what_they_opened_before(demo: Path, tmp_path: Path, soffice: object) -> None:
    """A book with prefixes in its XML, and a ledger full of the parts of a book with a pivot, after all that is
    done to a table at once and a refresh."""
    books = {book.stem: book for book in cases.CORPUS}
    ledger = cases.decorated(demo, books["pivot_charts_tables"], tmp_path)
    judge = Judge()
    prefixed = books["prefixed_xml_threaded_comments"]
    for case in (
        *cases.on_ledger_tables(prefixed, tmp_path, ("everything",), sheets=1),
        *islice(cases.on_ledger(ledger, tmp_path), 1),
    ):
        judge.compare(case)
        judge.open(case)
    judge.office(tmp_path)
    assert judge.problems == [] and judge.opened == 3


@pytest.mark.parametrize("stem", ["pivot_charts_tables", "activex_query_vba"])
def test_a_ledger_full_of_other_peoples_parts_is_refreshed(stem: str, demo: Path, tmp_path: Path) -> None:
    donor = next(book for book in cases.CORPUS if book.stem == stem)
    judge = Judge()
    for case in cases.on_ledger(cases.decorated(demo, donor, tmp_path), tmp_path, ("sorted",)):
        judge.compare(case)
    assert judge.problems == []
    assert judge.edits == 4 and judge.same_parts > 4 * 100 and judge.cells > 20_000
