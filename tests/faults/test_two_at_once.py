"""Two refreshes of one book at once: one does it, the other says so in one line, and nothing is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from addin.files.reader import read_book
from addin.service.demo import BOOK, make_demo
from tests.faults.ledger import DAY, NINE, leftovers
from tests.tools import ROOT

TIMES = 20
WAITING = """
import sys
import addin.service.books
from addin.hosts.cli.app import run
print("ready", flush=True)
for line in sys.stdin:
    book = line.rstrip("\\n")
    code = run(["refresh", book, "--as-of", "2026-07-31", "--lang", "en", "--json"])
    print(f"\\nended {code}", flush=True)
    print("--", file=sys.stderr, flush=True)
"""


class Runner:
    """A process that has imported everything and refreshes a book when it is told to."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WAITING], cwd=ROOT, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout and self.process.stdin and self.process.stderr
        self.out, self.err, self.orders = self.process.stdout, self.process.stderr, self.process.stdin
        assert self.out.readline() == "ready\n"

    def start(self, book: Path) -> None:
        self.orders.write(f"{book}\n")
        self.orders.flush()

    def end(self) -> tuple[int, list[str]]:
        """The exit code, and the lines on standard error."""
        while not (line := self.out.readline()).startswith("ended"):
            assert line
        said = []
        while (words := self.err.readline()) != "--\n":
            said.append(words.rstrip("\n"))
        return int(line.split()[1]), said

    def close(self) -> None:
        self.orders.close()
        self.process.wait(30)
        self.out.close()
        self.err.close()


@pytest.fixture(scope="module")
def runners():
    pair = [Runner(), Runner()]
    yield pair
    for runner in pair:
        runner.close()


def test_one_of_two_does_it_and_the_other_says_so(
    runners: list[Runner], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("two")
    make_demo(folder / "source", "en", today=DAY, now=NINE, by="tester")
    refused = 0
    for number in range(TIMES):
        shutil.copytree(folder / "source", folder / str(number))
        book = folder / str(number) / BOOK
        for runner in runners:
            runner.start(book)
        outcomes = sorted(runner.end() for runner in runners)
        assert outcomes[0][0] in (0, 1), outcomes
        if outcomes[1][0] == 2:
            (line,) = outcomes[1][1]
            assert "Another run is working on" in line or "changed by someone else after it was read" in line
            refused += 1
        table = read_book(book).tables["runs"]
        commands = table.columns[list(table.headings).index("Command")]
        assert list(commands) == ["demo", "refresh"]
        assert leftovers(book.parent) == []
        assert len(list((book.parent / ".huikuan").glob("*~*.xlsx"))) == 1
    assert refused > 0  # they did meet
