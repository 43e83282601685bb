Attribute VB_Name = "HuikuanRibbon"
'Made from addin/hosts/buttons.py by python -m addin.hosts.macros: change it there.
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
        MsgBox ChrW(&H8BF7) & ChrW(&H5148) & ChrW(&H6253) & ChrW(&H5F00) & ChrW(&H4E00) & ChrW(&H4E2A) & ChrW(&H53F0) & ChrW(&H8D26) & ChrW(&HFF1B) & ChrW(&H5728) & ChrW(&H201C) & ChrW(&H53D7) & ChrW(&H4FDD) & ChrW(&H62A4) & ChrW(&H7684) & ChrW(&H89C6) & ChrW(&H56FE) & ChrW(&H201D) & ChrW(&H91CC) & ChrW(&H7684) & ChrW(&HFF0C) & ChrW(&H8BF7) & ChrW(&H5148) & ChrW(&H70B9) & ChrW(&H201C) & ChrW(&H542F) & ChrW(&H7528) & ChrW(&H7F16) & ChrW(&H8F91) & ChrW(&H201D) & ChrW(&H3002) & vbLf & "Open a ledger first. In Protected View, click Enable Editing first."
    ElseIf NameIsUnfit() Then
        MsgBox ChrW(&H6587) & ChrW(&H4EF6) & ChrW(&H540D) & ChrW(&H542B) & ChrW(&H6709) & " macOS " & ChrW(&H547D) & ChrW(&H4EE4) & ChrW(&H884C) & ChrW(&H7684) & ChrW(&H7B26) & ChrW(&H53F7) & ChrW(&HFF08) & "= | ` $ \ """ & ChrW(&HFF09) & ChrW(&H3002) & ChrW(&H8BF7) & ChrW(&H6539) & ChrW(&H540D) & ChrW(&H540E) & ChrW(&H518D) & ChrW(&H6253) & ChrW(&H5F00) & ChrW(&H3002) & vbLf & "The name of the file holds a sign of the command line of macOS (= | ` $ \ ""). Rename it and open it again."
    Else
        HuikuanDescribe HuikuanSpoken(), True
        RunPython command
    End If
End Sub

'macOS alone hands the name over through a shell.
Private Function NameIsUnfit() As Boolean
    #If Mac Then
        NameIsUnfit = ActiveWorkbook.Name Like "*[""=|`$\]*"
    #End If
End Function

Public Sub HuikuanRefresh(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('refresh')"
End Sub

Public Sub HuikuanAsOf(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('as_of')"
End Sub

Public Sub HuikuanCheck(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('check')"
End Sub

Public Sub HuikuanUndo(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('undo')"
End Sub

Public Sub HuikuanWorklist(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('worklist')"
End Sub

Public Sub HuikuanLetters(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('letters')"
End Sub

Public Sub HuikuanContact(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('contact')"
End Sub

Public Sub HuikuanPromise(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('promise')"
End Sub

Public Sub HuikuanDispute(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('dispute')"
End Sub

Public Sub HuikuanReschedule(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('reschedule')"
End Sub

Public Sub HuikuanSteps(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('steps')"
End Sub

Public Sub HuikuanReport(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('report')"
End Sub

Public Sub HuikuanAging(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('aging')"
End Sub

Public Sub HuikuanCredit(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('credit')"
End Sub

Public Sub HuikuanExplain(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('explain')"
End Sub

Public Sub HuikuanViewFinance(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('view_finance')"
End Sub

Public Sub HuikuanViewManager(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('view_manager')"
End Sub

Public Sub HuikuanViewMonthEnd(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('view_month_end')"
End Sub

Public Sub HuikuanFunctions(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('functions')"
End Sub

Public Sub HuikuanRelink(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('relink')"
End Sub

Public Sub HuikuanLanguage(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('language')"
End Sub

Public Sub HuikuanDoctor(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('doctor')"
End Sub

Public Sub HuikuanAbout(control As IRibbonControl)
    Press "from addin.hosts.ribbon import press; press('about')"
End Sub
