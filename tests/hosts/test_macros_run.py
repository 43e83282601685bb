"""The worksheet functions' macros run by LibreOffice, in a build for it.

It knows neither conditional compilation nor the immediate window nor the function wizard, and there is no server: the
build leaves out the first two, has the wizard's words recorded, and puts a double in the server's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from addin.assets import macros, templates
from addin.files.package.container import Archive
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.macros import attach, code_names
from addin.files.vba import document_module, standard_module, vba_project
from addin.functions.cells import takes_days
from addin.functions.selftest import IN_CELLS
from addin.hosts.macros.function_help import wizard_words
from addin.service.addin_build import PROJECT_NAME

DOUBLES = """Attribute VB_Name = "Doubles"
Option Explicit
Private kept As String
Private hidden_refused As Boolean
Public Hidden As Boolean

Public Sub RecordOptions(Macro, Description, Category, Optional ArgumentDescriptions)
    If hidden_refused And Hidden Then Err.Raise 1004, , "Cannot edit a macro on a hidden workbook."
    kept = kept & vbLf & Macro & vbTab & Category & vbTab & Description
    If Not IsMissing(ArgumentDescriptions) Then kept = kept & vbTab & Join(ArgumentDescriptions, vbTab)
End Sub

Public Function Recorded(ByVal language As String) As String
    kept = ""
    HuikuanDescribe language
    Recorded = kept
End Function

Public Function Refused(ByVal language As String, ByVal at_hand As Boolean) As String
    Dim unchanged As Boolean
    hidden_refused = True
    Hidden = True
    kept = ""
    unchanged = ThisWorkbook.Saved
    HuikuanDescribe language, at_hand
    Refused = Hidden & " " & (ThisWorkbook.Saved = unchanged) & kept
    hidden_refused = False
    Hidden = False
End Function

Public Function Server(ByVal module_name As String, ByVal function_name As String, arguments As Variant) As Variant
    If kept = "broken" Then Err.Raise 1001, , "Traceback: no such rate"
    Server = function_name & " " & UBound(arguments) - LBound(arguments) + 1
End Function

Public Function Kind(found As Variant) As String
    Kind = TypeName(found) & " " & IsError(found)
    If Not IsError(found) Then Kind = Kind & " " & found
End Function
"""


def built(path: Path) -> Path:
    help_ = (macros() / "HuikuanHelp.bas").read_bytes().decode()
    wrappers = (macros() / "xlwings_udfs.bas").read_bytes().decode()
    help_ = changed(help_, r"    #If Mac Then\r\n        Exit Sub\r\n    #End If\r\n", "")
    help_ = changed(help_, r"    Debug\.Print reason\r\n", "")
    help_ = changed(help_, r"host\.MacroOptions ", "RecordOptions ")
    help_ = changed(help_, r"ThisWorkbook\.Name", '"o\'neil.xlsm"')
    help_ = changed(help_, r"ThisWorkbook\.IsAddin", "Hidden")  # of an add-in, here of the double
    wrappers = changed(wrappers, r"    #If Mac Then\r\n.*\r\n.*\r\n    #End If\r\n", "")
    wrappers = changed(wrappers, r"    #If App.*\r\n.*On Error", "    On Error")
    wrappers = changed(wrappers, r"    #Else\r\n.*\r\n.*\r\n    #End If\r\n", "")
    wrappers = changed(wrappers, r"XLPy\.CallUDF(.*), ActiveWorkbook, Application\.Caller", r"Server\1")
    wrappers = changed(wrappers, r"\bbase\b", "base_")  # a word of its own in LibreOffice, not in VBA
    calls = "".join(case(name, len(function.arguments)) for name, function in IN_CELLS.items())
    doubles = f"{DOUBLES}{calls}".replace("\n", "\r\n")
    with Archive(templates() / "huikuan-en.xlsx") as archive:
        draft = Draft(archive)
        workbook, sheets = code_names(draft)
        modules = [
            document_module(workbook, "workbook", "Option Explicit\r\n"),
            *(document_module(sheet, "sheet", "Option Explicit\r\n") for sheet in sheets),
            *map(standard_module, (help_, wrappers, doubles)),
        ]
        attach(draft, vba_project(PROJECT_NAME, modules, ()), (macros() / "customUI14.xml").read_bytes())
        draft.write(path, compress=False)
    return path


def changed(text: str, pattern: str, to: str) -> str:
    text, found = re.subn(pattern, to, text)
    assert found
    return text


def case(name: str, arguments: int) -> str:
    """A function that calls a wrapper: an error value itself does not leave LibreOffice's Basic."""
    numbers = ", ".join(map(str, range(arguments)))
    return f"""
Public Function Try{name}(ByVal state As String) As String
    kept = state
    Try{name} = Kind({name}({numbers}))
End Function
"""


@pytest.fixture(scope="module")
def run(running_excel: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """`run("Recorded", "en")` gives what that function of the doubles gives."""
    book = running_excel.open(built(tmp_path_factory.mktemp("macros") / "macros.xlsm"))
    yield lambda name, *given: book.impl.call(
        "run_basic", macro=f"{PROJECT_NAME}.Doubles.{name}", arguments=list(given)
    )
    book.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_wizard_is_told_of_every_function_and_argument(run: Any, language: Any) -> None:
    lines = [line.split("\t") for line in run("Recorded", language).split("\n")[1:]]

    assert {macro.partition("!")[0] for macro, *_ in lines} == {"'o''neil.xlsm'"}
    assert [[macro.partition("!")[2], *words] for macro, *words in lines] == [
        [name, "Huikuan", *(words.in_(language) for words in wizard_words(function))]
        for name, function in IN_CELLS.items()
    ]
    assert run("Recorded", language) == "", "once a language"


def test_an_excel_that_describes_no_hidden_macro_is_told_with_the_add_in_in_sight(run: Any) -> None:
    """For a moment, after a button alone, and once: afterwards it is hidden, and saved, as it was."""
    run("Recorded", "en")
    assert run("Refused", "zh", False) == "True True"
    state, *lines = run("Refused", "zh", True).split("\n")

    assert state == "True True" and len(lines) == len(IN_CELLS)
    assert run("Refused", "zh", True) == "True True"


@pytest.mark.parametrize("name", IN_CELLS)
def test_a_wrapper_hands_over_its_arguments_and_the_result(run: Any, name: str) -> None:
    arguments = IN_CELLS[name].arguments
    asked = any(takes_days(argument.kind) for argument in arguments)
    assert run(f"Try{name}", "") == f"String False {name} {len(arguments) + asked}"


@pytest.mark.parametrize("name", IN_CELLS)
def test_what_fails_is_an_error_value(run: Any, name: str) -> None:
    failed = "Error True" if name != "AR_SELFTEST" else "String False Traceback: no such rate"

    assert run(f"Try{name}", "broken") == failed
