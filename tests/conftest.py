"""Fixtures for every room; what they lean on, and when they skip or fail, is in tests/tools.py."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import tools

os.environ["OPENPYXL_LXML"] = (
    "False"  # before openpyxl is imported: where lxml is there, it would write other bytes
)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data beside the checkout; the test is skipped in a clone without one."""
    return tools.shared_folder()


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> tools.Office:
    """`soffice(path, "pdf", folder)` converts a file and gives the new one's path."""
    return tools.Office(tools.program("soffice"), tmp_path_factory.mktemp("office-profile"))


@pytest.fixture(scope="session")
def validator() -> Callable[[Path], list[dict[str, Any]]]:
    """`validator(path)` lists what the Open XML SDK finds wrong with an Office file."""
    tools.validator_program()
    return tools.validate


@pytest.fixture(scope="session")
def run_huikuan() -> Callable[..., tools.Run]:
    """`run_huikuan("refresh", book, cwd=folder)` gives exit_code, stdout, stderr and json."""
    return tools.run_huikuan


@pytest.fixture(scope="session")
def running_excel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from tests.excel import fixture  # xlwings and LibreOffice only where a test asks for them

    with fixture.running_excel(tmp_path_factory.mktemp("excel")) as excel:
        yield excel


@pytest.fixture
def excel(running_excel: Any) -> Iterator[Any]:
    """A live spreadsheet (`tests.excel.fixture.Excel`), without an open book; LibreOffice starts once a session."""
    yield running_excel
    running_excel.reset()


LONGEST = ("test_readme.py", "test_trial.py", "test_ibm_merged.py", "test_printed_pages.py")
"""Files with single tests of a minute or so: they begin first, so that no process waits for one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `corpus` runs once for each real workbook in ../shared/corpus."""
    if "corpus" not in metafunc.fixturenames:
        return
    books = sorted((tools.SHARED / "corpus").glob("*.xls[xm]"))
    absent = pytest.param(None, marks=pytest.mark.skip(reason=tools.NO_SHARED))
    metafunc.parametrize("corpus", books or [absent], ids=[book.stem for book in books] or ["absent"])
