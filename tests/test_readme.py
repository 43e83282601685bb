"""The README keeps its word: every command in it runs, in order, and prints what it says.

In the README a fenced `csv NAME` block is a file of that name; each line of a `sh` block is a command, with
`# exit N` at its end where the exit code is not 0; a `text`, `csv` or `json` block without a name right
after it is what the last command prints.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tools import ROOT, run_huikuan

README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = (
    "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/huikuan demo",
    "tests/run",
)
COMMANDS = (
    "demo", "new", "import", "refresh", "check", "show", "explain", "letters", "report", "steps", "extend", "undo",
    "language", "upgrade", "fn", "functions", "addin", "doctor",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    kind: str
    name: str
    text: str
    line: int


def blocks(readme: str) -> Iterator[Block]:
    for fence in re.finditer(r"^```(\w+)[ ]*(.*)\n((?:.*\n)*?)```$", readme, re.MULTILINE):
        yield Block(fence[1], fence[2].strip(), fence[3], readme[: fence.start()].count("\n") + 1)


def commands(block: Block) -> list[str]:
    return [line for line in block.text.splitlines() if line.strip()]


def split(command: str) -> tuple[list[str], int]:
    """The words after `huikuan`, and the exit code that the README names."""
    expected = re.search(r"# exit (\d)$", command)
    words = shlex.split(command, comments=True)
    assert words[0] == "huikuan", command
    return words[1:], int(expected[1]) if expected else 0


ALL = list(blocks(README))
SHELL = [block for block in ALL if block.kind == "sh"]
OURS = [line for block in SHELL for line in commands(block) if line.startswith("huikuan ")]


def test_every_other_command_is_one_of_the_two_that_set_up():
    others = {line for block in SHELL for line in commands(block) if not line.startswith("huikuan ")}
    assert others == set(SET_UP)


def test_set_up_makes_an_environment_of_its_own():
    assert "-m venv" in SET_UP[0]
    assert SET_UP[0].endswith("huikuan demo")
    asked = subprocess.run(["git", "ls-files", "-s", "tests/run"], cwd=ROOT, capture_output=True, text=True)
    if asked.returncode == 0 and asked.stdout:
        assert asked.stdout.startswith("100755"), "git must know tests/run as a program"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown_and_in_the_help(command, run_huikuan):
    assert any(line.startswith(f"huikuan {command}") for line in OURS)
    assert re.search(rf"^\W*{command}\b", run_huikuan("--help").stdout, re.MULTILINE)


def test_no_command_is_shown_that_does_not_exist():
    assert {split(line)[0][0] for line in OURS} - {"--help"} == set(COMMANDS)


def test_every_command_runs_and_prints_what_it_says(tmp_path):
    printed = ""
    after_shell = False
    for block in ALL:
        if block.kind == "csv" and block.name:
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
        elif block.kind == "sh":
            for command in commands(block):
                if command.startswith("huikuan "):
                    printed = check(command, tmp_path)
        elif after_shell and block.kind in ("text", "csv", "json"):
            assert printed.strip() == block.text.strip(), f"README line {block.line}"
        after_shell = block.kind == "sh"


def check(command: str, folder: Path) -> str:
    arguments, expected = split(command)
    done = run_huikuan(*arguments, cwd=folder)
    assert done.exit_code == expected, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_every_picture_and_link_is_there():
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_section_linked_is_there():
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors
