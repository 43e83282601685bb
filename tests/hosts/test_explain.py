"""`explain` as people and programs see it: three references of the demo as they stand in `explained/`.

`python -m tests.hosts.test_explain` writes those files anew.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from addin.hosts.cli.app import run
from addin.model.text import Language
from addin.service.demo import make_demo

GOLDEN = Path(__file__).parent / "test_explained"
REFERENCES = {
    "plain": ("HT-2025-002-2", "open"),
    "settlement": ("HT-2024-001-3", "received"),
    "plan": ("HT-2025-003-3", ""),
    "amendment": ("HT-2025-001-3", "amount"),
    "foreign": ("C011", ""),
}


def said(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command line, as UTF-8."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
        out.flush()
    return code, out.buffer.getvalue().decode("utf-8"), err.getvalue()  # type: ignore[attr-defined]  # a BytesIO


def demo(folder: Path, language: Language) -> str:
    now = datetime(2030, 1, 1, 9)
    return str(make_demo(folder / language, language, today=now.date(), now=now, by="tester").files[0])


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("explain")
    return {"zh": demo(folder, "zh"), "en": demo(folder, "en")}


def answers(book: str, name: str) -> dict[str, str]:
    """By file ending what the command prints about one of the references."""
    ref, field = REFERENCES[name]
    asked = ["explain", book, ref, *([field] if field else [])]
    text, as_json = said(*asked), said(*asked[:3], field or "open", "--json")
    assert (text[0], as_json[0]) == (0, 0)
    return {"txt": text[1], "json": as_json[1]}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", REFERENCES)
def test_the_demo_s_references_are_explained_as_written_down(
    books: dict[str, str], name: str, language: str
) -> None:
    for ending, text in answers(books[language], name).items():
        wanted = (GOLDEN / f"{name}-{language}.{ending}").read_text("utf-8")
        assert text == wanted, f"{name}-{language}.{ending}"


def test_one_figure_is_one_document_with_rows_and_arithmetic(books: dict[str, str]) -> None:
    code, out, err = said("explain", books["en"], "HT-2025-003-3", "open", "--json")
    found: dict[str, Any] = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["ref"], found["field"], found["value"]) == ("HT-2025-003-3", "open", "122000.00")
    last = found["steps"][-1]
    assert last["text"] == "Amount − received − adjusted: 258,000.00 − 136,000.00 − 0.00 = 122,000.00"
    assert (
        last["value"] == found["value"]
        and found["rule"] == last["rule"]
        and found["source"] == last["source"]
    )
    assert {"table": "receipts", "row": 62, "key": "R-2026-17"} in [
        row for step in found["steps"] for row in step["rows"]
    ]


def test_all_figures_are_a_list(books: dict[str, str]) -> None:
    found = json.loads(said("explain", books["zh"], "HT-2025-003", "--json")[1])
    assert [each["field"] for each in found][-1] == "limitation"
    assert {each["ref"] for each in found} == {"HT-2025-003"}


def test_an_unknown_id_is_one_line_and_exit_2(books: dict[str, str]) -> None:
    code, out, err = said("explain", books["en"], "HT-2025-003-9", "--lang", "en")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and "HT-2025-003-3" in err


def test_an_id_of_a_milestone_and_a_contract_explains_both_the_milestone_first(tmp_path: Path) -> None:
    book = str(tmp_path / "book.xlsx")
    rows = {
        "customers": "customer_id,name\nC-1,Firm\n",
        "contracts": "contract_id,customer_id,signed,amount\nK-1,C-1,2026-01-05,1000\n",
        "milestones": "milestone_id,contract_id,seq,name,share,trigger,trigger_date,term\n"
        "K-1,K-1,1,All,100%,signing,,NET 10\n",
    }
    assert said("new", book, "--lang", "en")[0] == 0
    for table, text in rows.items():
        (tmp_path / f"{table}.csv").write_text(text, "utf-8")
        assert said("import", book, table, str(tmp_path / f"{table}.csv"))[0] == 0
    code, out, _ = said("explain", book, "K-1", "open", "--as-of", "2026-06-30", "--lang", "en")
    headings = [line for line in out.splitlines() if "as at 2026-06-30" in line]
    assert code == 0
    assert [line.split(":")[0] for line in headings] == ["Milestone K-1", "Contract K-1"]
    both = json.loads(said("explain", book, "K-1", "open", "--as-of", "2026-06-30", "--json")[1])
    assert [each["table"] for each in both] == ["milestones", "contracts"]
    only = json.loads(said("explain", book, "K-1", "days_overdue", "--as-of", "2026-06-30", "--json")[1])
    assert (only["table"], only["value"]) == ("milestones", 166)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        for spoken in ("zh", "en"):
            path = demo(Path(made), spoken)  # type: ignore[arg-type]  # a language
            for reference in REFERENCES:
                for end, words in answers(path, reference).items():
                    (GOLDEN / f"{reference}-{spoken}.{end}").write_text(words, "utf-8")
    sys.stdout.write(f"written to {GOLDEN}\n")
