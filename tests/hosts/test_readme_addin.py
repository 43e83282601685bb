"""What the README tells of the add-in is so: its buttons, its literal messages, what is written where."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest

import addin
from addin.hosts.buttons import BUTTONS
from addin.service.installing.machine import Machine
from addin.service.installing.places import RIBBON_KEY, places
from tests.hosts.readme_buttons import README, table, written
from tests.service.installing.machines import macos, windows

TEXT = README.read_text("utf-8")
XLWINGS = Path(str(find_spec("xlwings").origin)).parent
HEADINGS = re.findall(r"^#### (.+)$", TEXT, re.MULTILINE)
QUOTED = sorted({words for heading in HEADINGS for words in re.findall(r"`([^`]+)`", heading)})
MICROSOFTS = {
    "Run-time error '53': File not found: xlwings64-0.37.8.dll",
    "运行时错误 '53'：文件未找到: xlwings64-0.37.8.dll",
    "Microsoft has blocked macros from running because the source of this file is untrusted.",
    "Microsoft 已阻止宏运行，因为此文件的来源不受信任。",
    "Cannot run the macro … The macro may not be available in this workbook or all macros may be disabled.",
    "无法运行“…”宏。可能是因为该宏在此工作簿中不可用，或者所有的宏都被禁用。",
    *("#NAME?", "#VALUE!", "#N/A", "#SPILL!"),
}
"""Excel's own words: nothing here can hold them to it."""
LIBRARYS = {
    "Could not activate Python COM server, hr = …",
    "Python process exited before it was possible to create the interface object.",
}
"""What xlwings' library for Windows says, which is in no package for other systems."""
PYTHONS = {"ModuleNotFoundError: No module named 'addin'"}
NO_MESSAGE = {"AR_"}


@cache
def said_by_us() -> list[str]:
    """Every text in our sources, as it is put together there; what a run fills in is left out as an ellipsis."""
    found = []
    for file in Path(addin.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                pieces = [str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values]
                found.append("".join(pieces))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return found


@cache
def said_by_xlwings() -> str:
    """The macros that are built in, and what xlwings says before it works at all."""
    joined = (XLWINGS / "xlwings_custom_addin.bas").read_text("ascii") + (
        XLWINGS / "com_server.py"
    ).read_text()
    return joined.replace('" + XLPyDLLName + "', dll_name())


def dll_name() -> str:
    macros = (XLWINGS / "xlwings_custom_addin.bas").read_text("ascii")
    return re.findall(r'XLPyDLLName As String = "(xlwings64[^"]+)"', macros)[0]


def test_the_tables_of_buttons_are_up_to_date() -> None:
    assert written(TEXT) == TEXT, "run python -m tests.hosts.readme_buttons"


def test_a_readme_without_tables_is_told() -> None:
    with pytest.raises(ValueError, match="0 tables"):
        written("nothing here")


def test_every_button_has_its_row_in_both_languages() -> None:
    for language in ("zh", "en"):
        lines = list(table(language))
        assert {line.count("|") for line in lines} == {5}, "no cell breaks the table"
        for button in BUTTONS.values():
            assert sum(f"`{button.picture}`" in line for line in lines) == 1


@pytest.mark.parametrize("words", QUOTED)
def test_a_message_that_the_readme_explains_is_one_that_is_said(words: str) -> None:
    if words in MICROSOFTS | LIBRARYS | PYTHONS | NO_MESSAGE:
        return
    assert any(words in text for text in said_by_us()) or words in said_by_xlwings()


def test_no_word_of_excels_is_listed_in_vain() -> None:
    assert set(QUOTED) >= MICROSOFTS | LIBRARYS | PYTHONS | NO_MESSAGE


def test_messages_are_explained_in_both_languages() -> None:
    """Messages that are the same in both have a heading in each part."""
    english, chinese = TEXT.split("## 中文")
    counts = [len(re.findall("^#### ", part, re.MULTILINE)) for part in (english, chinese)]
    assert counts[0] == counts[1] > 10
    for words in ("Could not find Interpreter!", dll_name(), "#NAME?", "#VALUE!"):
        assert words in english and words in chinese


@pytest.mark.parametrize("chapter", ["### For IT", "### 给 IT"])
def test_what_is_written_where(tmp_path: Path, chapter: str) -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", TEXT.split(chapter)[1].split("\n- ")[0], re.MULTILINE)
    files = chain(told(windows(tmp_path / "w")), told(macos(tmp_path / "m")))
    assert {*files, RIBBON_KEY} <= set(listed)


def test_the_chapter_for_it_says_the_same_in_both_languages() -> None:
    """Each row and each point; whoever signs and allows the add-in reads one of them."""
    english, chinese = (TEXT.split(chapter)[1].split("\n#")[0] for chapter in ("### For IT", "### 给 IT"))
    for mark in (r"^\| ", r"^- \*\*"):
        counts = [len(re.findall(mark, part, re.MULTILINE)) for part in (english, chinese)]
        assert counts[0] == counts[1] > 4
    assert set(re.findall(r"`(\w+Disabled|\w+Addins|VBAOff|addin[/ ][\w/.]+)`", english)) <= set(
        re.findall(r"`([^`]+)`", chinese)
    )


def told(machine: Machine) -> list[str]:
    """The files of an installation as the README writes them."""
    where = places(machine)
    names = [str(each) for each in (where.addin, where.settings, where.script) if each is not None]
    if machine.system == "macos":
        return [name.replace(str(machine.home), "~") for name in names]
    roaming = machine.variables["APPDATA"]
    return [
        name.replace(roaming, "%APPDATA%").replace(str(machine.home), "%USERPROFILE%").replace("/", "\\")
        for name in names
    ]
