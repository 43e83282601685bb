"""The module that tells Excel's function wizard what functions and arguments are, and makes their error values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from addin.functions.registry import Argument, Function
from addin.functions.selftest import IN_CELLS
from addin.model.text import Text

_HEAD: Final = """\
Attribute VB_Name = "HuikuanHelp"
'Made from addin/functions by python -m addin.hosts.macros: change it there.
Option Explicit
Option Private Module

'The language that the function wizard was told; empty before.
Private told As String

'For what a function could not answer: a sum passes over a text, not over an error.
Public Function HuikuanError(ByVal reason As Variant) As Variant
    Debug.Print reason
    HuikuanError = CVErr(xlErrValue)
End Function

'Whether a day number counts from 1904 in the workbook that asks: a date's cell says so itself, TODAY() does not.
Public Function HuikuanFrom1904() As Boolean
    On Error Resume Next
    HuikuanFrom1904 = Application.Caller.Worksheet.Parent.Date1904
End Function

'Tells the function wizard, once a language. Excel refuses without a workbook in sight: the next call tries again.
'at_hand: a button was pressed, and Excel is ready for more than words.
Public Sub HuikuanDescribe(ByVal language As String, Optional ByVal at_hand As Boolean = False)
    #If Mac Then
        Exit Sub
    #End If
    Dim unchanged As Boolean, done As Boolean
    If told = language Or ActiveWindow Is Nothing Then Exit Sub
    unchanged = ThisWorkbook.Saved
    done = ExcelTook(language)
    If Not done And at_hand And ThisWorkbook.IsAddin Then
        TellInSight language
        done = True
    End If
    If done Then told = language
    ThisWorkbook.Saved = unchanged
End Sub

'For an Excel that describes no macro of a hidden workbook: the add-in comes into sight for a moment, once a language.
Private Sub TellInSight(ByVal language As String)
    Dim front As Window, drawn As Boolean
    On Error Resume Next
    Set front = ActiveWindow
    drawn = Application.ScreenUpdating
    Application.ScreenUpdating = False
    ThisWorkbook.IsAddin = False
    ExcelTook language
    ThisWorkbook.IsAddin = True
    front.Activate
    Application.ScreenUpdating = drawn
End Sub

'Whether Excel took it.
Private Function ExcelTook(ByVal language As String) As Boolean
    On Error GoTo refused
{calls}    ExcelTook = True
refused:
End Function

'words: in Chinese and English, of the function and then of each argument.
Private Sub Describe(ByVal language As String, ByVal function_name As String, ParamArray words() As Variant)
    Dim host As Object, helps() As Variant, place As Long, english As Long, macro_name As String
    If language = "en" Then english = 1
    Set host = Application
    macro_name = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & function_name
    If UBound(words) < 2 Then
        host.MacroOptions Macro:=macro_name, Description:=Spelled(words(english)), Category:="Huikuan"
        Exit Sub
    End If
    ReDim helps(1 To UBound(words) \\ 2)
    For place = 1 To UBound(helps)
        helps(place) = Spelled(words(2 * place + english))
    Next place
    host.MacroOptions Macro:=macro_name, Description:=Spelled(words(english)), Category:="Huikuan", _
        ArgumentDescriptions:=helps
End Sub

'A text with its \\u8D26 made characters.
Private Function Spelled(ByVal coded As String) As String
    Dim parts() As String, place As Long
    parts = Split(coded, "\\u")
    Spelled = parts(0)
    For place = 1 To UBound(parts)
        Spelled = Spelled & ChrW(CLng("&H" & Left$(parts(place), 4) & "&")) & Mid$(parts(place), 5)
    Next place
End Function
"""

LONGEST_HELP: Final = 255
"""Characters that the wizard takes, of a function as of an argument."""


def function_help() -> str:
    """The text of `HuikuanHelp.bas`, with CRLF line ends. A Sub a family: VBA compiles none of more than 64 KB."""
    families = dict.fromkeys(function.group for function in IN_CELLS.values())
    calls = "".join(f"    {_sub_name(family)} language\n" for family in families)
    subs = "".join(map(_sub, families))
    return (_HEAD.replace("{calls}", calls) + subs).replace("\n", "\r\n")


def wizard_words(function: Function) -> Iterator[Text]:
    """What the wizard says of a function and of each argument: its meaning and what is expected."""
    yield function.help
    yield from map(_argument_words, function.arguments)


def coded(text: str) -> str:
    r"""A text in ASCII, as `Spelled` reads it.

    >>> print(coded('账 "b" c'))
    "\u8D26 ""b"" c"
    """
    ascii_only = "".join(each if each.isascii() else f"\\u{ord(each):04X}" for each in text)
    return '"' + ascii_only.replace('"', '""') + '"'


def _argument_words(argument: Argument) -> Text:
    expected = argument.kind.expected
    return Text(f"{argument.help.zh}（{expected.zh}）", f"{argument.help.en} ({expected.en})")


def _sub_name(family: str) -> str:
    return "Describe" + "".join(map(str.capitalize, family.split("_")))


def _sub(family: str) -> str:
    functions = (function for function in IN_CELLS.values() if function.group == family)
    body = "".join(map(_statement, functions))
    return f"\nPrivate Sub {_sub_name(family)}(ByVal language As String)\n{body}End Sub\n"


def _statement(function: Function) -> str:
    words = [coded(word) for pair in wizard_words(function) for word in pair]
    return f'    Describe language, "{function.name}", _\n        ' + ", _\n        ".join(words) + "\n"
