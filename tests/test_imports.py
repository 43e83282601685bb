"""The rooms import one way, and the inner two know nothing of Excel, files, clocks or screens."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import addin

PACKAGE = Path(addin.__file__).resolve().parent

# a room may import itself and every room of a lower rank
RANK = {"model": 0, "rules": 1, "functions": 2, "documents": 2, "files": 2, "service": 3, "hosts": 4}
PURE = ("model", "rules")
# what the wheel carries is for those who touch files
NOT_PURE = ("assets",)

LIBRARIES = {"numpy", "pandas"}
MORE_LIBRARIES = {"rules/workdays.py": {"holidays"}, "rules/chasing/greetings.py": {"holidays"}}
WORLDLY_MODULES = {
    "io", "locale", "logging", "os", "pathlib", "random", "shutil", "socket", "subprocess", "sys", "tempfile",
    "time", "zipfile",
}  # fmt: skip
WORLDLY_CALLS = {"print", "input", "open", "now", "utcnow", "today"} | {
    "read_csv", "read_excel", "to_csv", "to_excel",
}  # fmt: skip


def modules(room: str) -> list[Path]:
    return sorted((PACKAGE / room).rglob("*.py"))


def imported(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of all that a module imports; `from a import b` counts as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*parents, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def dotted(file: Path) -> str:
    """The name that relative imports start from; a package counts as its `__init__` module."""
    return ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)


def wrong_way(source: str, room: str, module: str) -> list[str]:
    """Imports of a room that is not below."""
    found = []
    for line, name in imported(ast.parse(source), module):
        parts = name.split(".")
        other = parts[1] if parts[0] == "addin" and len(parts) > 1 else ""
        outward = other != room and other in RANK and RANK[other] >= RANK[room]
        if outward or (room in PURE and other in NOT_PURE):
            found.append(f"line {line}: {name}")
    return found


def worldly(source: str, module: str, libraries: set[str]) -> list[str]:
    """What a pure room must not touch: other libraries, the system, the clock, the screen."""
    tree = ast.parse(source)
    found = []
    for line, name in imported(tree, module):
        root = name.split(".")[0]
        known = root in sys.stdlib_module_names or root in libraries or root == "addin"
        if root in WORLDLY_MODULES or not known:
            found.append(f"line {line}: import {name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in WORLDLY_CALLS:
                found.append(f"line {node.lineno}: {called}()")
    return found


@pytest.mark.parametrize("room", RANK)
def test_a_room_imports_only_what_lies_below(room):
    wrong = {
        str(file.relative_to(PACKAGE)): found
        for file in modules(room)
        if (found := wrong_way(file.read_text(encoding="utf-8"), room, dotted(file)))
    }
    assert wrong == {}


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_touches_nothing_outside(room):
    files = modules(room)
    assert files, "the room has moved"
    found = {}
    for file in files:
        name = file.relative_to(PACKAGE).as_posix()
        faults = worldly(
            file.read_text(encoding="utf-8"), dotted(file), LIBRARIES | MORE_LIBRARIES.get(name, set())
        )
        if faults:
            found[name] = faults
    assert found == {}


def test_the_buttons_do_without_the_command_line():
    """Its libraries would be loaded at the first press of a button."""
    buttons = [PACKAGE / "hosts/ribbon.py", *(PACKAGE / "hosts/excel").glob("*.py")]
    found = {
        file.name: name
        for file in buttons
        for _, name in imported(ast.parse(file.read_text(encoding="utf-8")), dotted(file))
        if name.startswith("addin.hosts.cli")
    }
    assert len(buttons) > 10 and found == {}


def test_every_room_is_ranked():
    rooms = {folder.name for folder in PACKAGE.iterdir() if any(folder.glob("*.py"))}
    assert rooms <= set(RANK), "a new room needs its place in RANK"


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("model", "from addin.rules import due"),
        ("rules", "import addin.files.reader"),
        ("rules", "from ..service import refresh"),
        ("files", "from addin import functions"),
        ("functions", "def f():\n    from addin.service import refresh"),
        ("service", "from addin.hosts.cli import main"),
        ("model", "from addin.assets import templates"),
    ],
)
def test_a_wrong_way_is_seen(room, source):
    assert wrong_way(source, room, f"addin.{room}.some")


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("rules", "from addin.model.money import units"),
        ("rules", "from .due import due_date"),
        ("files", "from addin import assets, model"),
        ("hosts", "from addin.service import refresh"),
    ],
)
def test_a_right_way_is_left_alone(room, source):
    assert not wrong_way(source, room, f"addin.{room}.some")


@pytest.mark.parametrize(
    "source",
    [
        "import openpyxl",
        "from pathlib import Path",
        "import holidays",
        "from datetime import date\nx = date.today()",
        "import pandas as pd\nx = pd.Timestamp.now()",
        "print('x')",
        "with open('x') as f:\n    pass",
        "import pandas as pd\nx = pd.read_csv('x')",
    ],
)
def test_the_world_is_seen(source):
    assert worldly(source, "addin.rules.some", LIBRARIES)
