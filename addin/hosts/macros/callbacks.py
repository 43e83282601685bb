"""The module of callbacks: a Sub of one line a button, and what the ribbon asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from addin.hosts.buttons import BUTTONS, Button
from addin.hosts.macros.ribbon_xml import MADE_BY
from addin.model.text import Text

_NO_BOOK: Final = Text(
    "请先打开一个台账；在“受保护的视图”里的，请先点“启用编辑”。",
    "Open a ledger first. In Protected View, click Enable Editing first.",
)
_UNFIT_NAME: Final = Text(
    '文件名含有 macOS 命令行的符号（= | ` $ \\ "）。请改名后再打开。',
    'The name of the file holds a sign of the command line of macOS (= | ` $ \\ "). Rename it and open it again.',
)

_HEAD: Final = """\
Attribute VB_Name = "HuikuanRibbon"
'{made_by}
Option Explicit

'Lost when the project is reset: the words then change with the next start.
Private shown As IRibbonUI

Public Sub HuikuanLoad(ribbon As IRibbonUI)
    Set shown = ribbon
    HuikuanDescribe HuikuanSpoken()
End Sub

'A workbook that carries these macros leaves the tab to the add-in where that is loaded.
Public Sub HuikuanVisible(control As IRibbonControl, ByRef visible)
    visible = ThisWorkbook.IsAddin Or Not AddInIsOpen()
End Sub

Public Sub HuikuanLabel(control As IRibbonControl, ByRef words)
    words = WordsOf(control, 0)
End Sub

Public Sub HuikuanScreentip(control As IRibbonControl, ByRef words)
    words = WordsOf(control, 1)
End Sub

Public Sub HuikuanSupertip(control As IRibbonControl, ByRef words)
    words = WordsOf(control, 2)
End Sub

'zh or en from now on, in this ribbon, in the function wizard and after a restart.
Public Sub HuikuanSpeak(ByVal language As String)
    SaveSetting "Huikuan", "Ribbon", "Language", language
    If Not shown Is Nothing Then shown.Invalidate
    HuikuanDescribe language, True
End Sub

'A control's tag holds its words, each in Chinese and in English.
Private Function WordsOf(control As IRibbonControl, ByVal place As Long) As String
    Dim english As Long
    If HuikuanSpoken() = "en" Then english = 1
    WordsOf = Split(control.Tag, "|")(2 * place + english)
End Function

'zh or en: as chosen, else as the machine's country suggests. The ribbon asks at every start: no error may come of it.
Public Function HuikuanSpoken() As String
    Dim usual As String
    On Error Resume Next
    usual = "en"
    If Application.International(xlCountrySetting) = 86 Then usual = "zh"
    HuikuanSpoken = usual
    HuikuanSpoken = GetSetting("Huikuan", "Ribbon", "Language", usual)
End Function

Private Function AddInIsOpen() As Boolean
    Dim book As Workbook
    On Error Resume Next
    Set book = Workbooks("huikuan.xlam")
    AddInIsOpen = Not book Is Nothing
End Function

Private Sub Press(command As String)
    If ActiveWorkbook Is Nothing Then
        MsgBox {no_book}
    ElseIf NameIsUnfit() Then
        MsgBox {unfit_name}
    Else
        HuikuanDescribe HuikuanSpoken(), True
        RunPython command
    End If
End Sub

'macOS alone hands the name over through a shell.
Private Function NameIsUnfit() As Boolean
    #If Mac Then
        NameIsUnfit = ActiveWorkbook.Name Like "*[""=|`$\\]*"
    #End If
End Function
"""


def callbacks(buttons: Mapping[str, Button] = BUTTONS) -> str:
    """The text of `HuikuanRibbon.bas`, with CRLF line ends."""
    head = _HEAD.replace("{made_by}", MADE_BY)
    for name, words in {"{no_book}": _NO_BOOK, "{unfit_name}": _UNFIT_NAME}.items():
        head = head.replace(name, f"{vba_text(words.zh)} & vbLf & {vba_text(words.en)}")
    return (head + "".join(map(_sub, buttons.values()))).replace("\n", "\r\n")


def _sub(button: Button) -> str:
    return f"""
Public Sub {button.sub}(control As IRibbonControl)
    Press {vba_text(button.call)}
End Sub
"""


def vba_text(text: str) -> str:
    """A text as an expression in ASCII.

    >>> vba_text('a "b" 回')
    '"a ""b"" " & ChrW(&H56DE)'
    """
    pieces: list[str] = []
    plain = ""
    for character in text:
        if character.isascii():
            plain += character.replace('"', '""')
        else:
            pieces += [f'"{plain}"'] if plain else []
            pieces.append(f"ChrW(&H{ord(character):04X})")
            plain = ""
    return " & ".join(pieces + ([f'"{plain}"'] if plain or not pieces else []))
