"""The README's limits are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from addin.files import csvfile, discover, oldbook, parts, values
from addin.files.package import cells, limits

README = Path(__file__).parents[2] / "README.md"
MB, GB = 1024**2, 1024**3

STATED = {
    "a workbook, unpacked": (
        f"{limits.MAX_UNPACKED // GB} GB, a part of it {limits.MAX_PART // GB} GB, "
        f"and {limits.MAX_RATIO} times the size of the file (beyond {limits.RATIO_FROM // MB} MB)"
    ),
    "parts of a workbook": f"{limits.MAX_MEMBERS:,}; none may define a document type or entities",
    "the parts that list sheets, relations and tables": f"{parts.MAX_PART // MB} MB each",
    "shared texts, styles": f"{values.MAX_SHARED // MB} MB each",
    "a sheet in an unusual dialect, or with a stray cell far below the others": f"{values.MAX_SLOW // MB} MB",
    "cells of the tables, empty ones included": f"{values.MOST_CELLS:,}",
    "columns of one table": f"{discover.MAX_COLUMNS:,}",
    "a text in a cell": f"{cells.MAX_TEXT:,} characters; a longer one in a file to import is a row not taken",
    "an .xls to import": f"{oldbook.MAX_SIZE // MB} MB",
    "a text file to import": f"{csvfile.MAX_TEXT // MB} MB and {csvfile.MAX_ROWS:,} rows",
}


def test_the_readme_states_every_limit() -> None:
    section = README.read_text("utf-8").partition("### Limits\n")[2].partition("\n#")[0]
    if not section:
        pytest.skip("the README has no section on limits yet")
    rows = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE))
    rows.pop("of", None)
    assert rows == STATED
