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
    DescribeMilestones language
    DescribeDates language
    DescribeAging language
    DescribeReceipts language
    DescribeInterest language
    DescribeLimitation language
    DescribeCredit language
    DescribeCreditLoss language
    DescribeIndicators language
    DescribeWarning language
    DescribeSelftest language
    ExcelTook = True
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
    ReDim helps(1 To UBound(words) \ 2)
    For place = 1 To UBound(helps)
        helps(place) = Spelled(words(2 * place + english))
    Next place
    host.MacroOptions Macro:=macro_name, Description:=Spelled(words(english)), Category:="Huikuan", _
        ArgumentDescriptions:=helps
End Sub

'A text with its \u8D26 made characters.
Private Function Spelled(ByVal coded As String) As String
    Dim parts() As String, place As Long
    parts = Split(coded, "\u")
    Spelled = parts(0)
    For place = 1 To UBound(parts)
        Spelled = Spelled & ChrW(CLng("&H" & Left$(parts(place), 4) & "&")) & Mid$(parts(place), 5)
    Next place
End Function

Private Sub DescribeMilestones(ByVal language As String)
    Describe language, "AR_SPLIT", _
        "\u628A\u603B\u989D\u5206\u6210\u5404\u671F\uFF0C\u5408\u8BA1\u6B63\u597D\u7B49\u4E8E\u603B\u989D", _
        "Splits a total into amounts that add up to it", _
        "\u603B\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the total (an amount of 0 or more with at most two decimals)", _
        "\u5404\u671F\uFF1A\u603B\u989D\u7684\u6BD4\u4F8B\u3001\u201Cfixed 200\u201D\uFF08\u56FA\u5B9A\uFF09\u3001\u201C33% rest\u201D\uFF08\u6263\u9664\u56FA\u5B9A\u540E\u7684\u6BD4\u4F8B\uFF09\u6216 \u201Cbalance\u201D\uFF08\u4F59\u6B3E\uFF09\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u6BD4\u4F8B\uFF080.3\u300130%\u3001\u201C1/3\u201D\uFF09\u3001\u201Cfixed 200\u201D\u3001\u201C33% rest\u201D \u6216 \u201Cbalance\u201D\uFF09", _
        "each part: a fraction of the total, ""fixed 200"", ""33% rest"" (of what the fixed parts leave) or ""balance"" (one or more of: a fraction (0.3, 30%, ""1/3""), ""fixed 200"", ""33% rest"" or ""balance"")", _
        "\u5C3E\u5DEE\u5F52\u6700\u540E\u4E00\u9879\uFF0C\u6216\u6309\u6700\u5927\u4F59\u6570\uFF08last \u6216 largest\uFF09", _
        "the last takes the rounding difference, or the cents go by largest remainder (last or largest)"
    Describe language, "AR_AMEND", _
        "\u8865\u5145\u534F\u8BAE\u6539\u53D8\u603B\u989D\u540E\u5404\u671F\u7684\u91D1\u989D\uFF1B\u5DF2\u6536\u6B3E\u6216\u5DF2\u5F00\u7968\u7684\u4E0D\u53D8", _
        "The amounts after a supplement; what is paid or invoiced stays", _
        "\u65B0\u603B\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the new total (an amount of 0 or more with at most two decimals)", _
        "\u5404\u671F\u539F\u91D1\u989D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the amounts before (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u5DF2\u6536\u6B3E\u6216\u5DF2\u5F00\u7968\u4E3A TRUE\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1ATRUE \u6216 FALSE\uFF09", _
        "TRUE per paid or invoiced milestone (one or more of: TRUE or FALSE)", _
        "\u5206\u644A\u6216\u91CD\u7B97\uFF08spread \u6216 catch_up\uFF09", _
        "how the difference is shared (spread or catch_up)"
    Describe language, "AR_NET_TAX", _
        "\u542B\u7A0E\u989D\u5206\u4E3A\u4E0D\u542B\u7A0E\u989D\u548C\u7A0E\u989D", _
        "A gross amount as net amount and tax", _
        "\u542B\u7A0E\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "amount with tax (an amount of 0 or more with at most two decimals)", _
        "\u7A0E\u7387\uFF0C0.13 \u5373 13%\uFF080 \u5230 1 \u7684\u6BD4\u4F8B\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "tax rate, 0.13 is 13 % (a share from 0 to 1 (0.3 is 30 %))"
    Describe language, "AR_RECOUP_START", _
        "\u9884\u4ED8\u6B3E\u8D77\u6263\u70B9\uFF1A\u7D2F\u8BA1\u5B8C\u6210\u989D\u5230\u6B64\u5F00\u59CB\u6263\u56DE\u9884\u4ED8\u6B3E", _
        "The cumulative work value at which recovery of the advance starts", _
        "\u5408\u540C\u4EF7\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "contract price (an amount of 0 or more with at most two decimals)", _
        "\u9884\u4ED8\u6B3E\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the advance (an amount of 0 or more with at most two decimals)", _
        "\u4E3B\u8981\u6750\u6599\u6BD4\u91CD\uFF0C0.6 \u5373 60%\uFF080 \u5230 1 \u7684\u6BD4\u4F8B\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "share of materials, 0.6 is 60 % (a share from 0 to 1 (0.3 is 30 %))"
    Describe language, "AR_RETENTION_CAP", _
        "\u5DE5\u7A0B\u8D28\u4FDD\u91D1\u4E0A\u9650\uFF0C\u5411\u4E0B\u53D6\u5230\u5206", _
        "The most that may be retained in construction, rounded down", _
        "\u7ED3\u7B97\u603B\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "settlement total (an amount of 0 or more with at most two decimals)", _
        "\u6BD4\u4F8B\uFF080 \u5230 1 \u7684\u6BD4\u4F8B\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "the share (a share from 0 to 1 (0.3 is 30 %))"
    Describe language, "AR_CAPITALS", _
        "\u91D1\u989D\u7684\u4E2D\u6587\u5927\u5199", _
        "The amount in Chinese capitals", _
        "\u91D1\u989D\uFF1B\u53EF\u4E3A\u8D1F\uFF08\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the amount; may be negative (an amount with at most two decimals)", _
        "TRUE \u65F6\u524D\u52A0\u201C\u4EBA\u6C11\u5E01\u201D\uFF08TRUE \u6216 FALSE\uFF09", _
        "TRUE puts the word for renminbi before it (TRUE or FALSE)"
    Describe language, "AR_CAPITALS_OK", _
        "\u5927\u5199\u6587\u5B57\u662F\u5426\u4E3A\u8BE5\u91D1\u989D\u7684\u4E00\u79CD\u5408\u89C4\u5199\u6CD5", _
        "Whether a text is one of the valid capital forms of an amount", _
        "\u5927\u5199\u6587\u5B57\uFF08\u6587\u5B57\uFF09", _
        "the capitals (a text)", _
        "\u91D1\u989D\uFF1B\u53EF\u4E3A\u8D1F\uFF08\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the amount; may be negative (an amount with at most two decimals)"
    Describe language, "AR_CAPITALS_DATE", _
        "\u7968\u636E\u65E5\u671F\u7684\u4E2D\u6587\u5927\u5199", _
        "The date of a draft in Chinese capitals", _
        "\u51FA\u7968\u65E5\u671F\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "the date (a date such as 2026-03-31)"
End Sub

Private Sub DescribeDates(ByVal language As String)
    Describe language, "AR_DUE_DATE", _
        "\u6309\u4ED8\u6B3E\u6761\u4EF6\u7B97\u5230\u671F\u65E5\uFF1B\u8D77\u7B97\u65E5\u4E3A\u7A7A\u65F6\u4E3A pending", _
        "The due date by a payment term; pending where the base date is empty", _
        "\u8D77\u7B97\u65E5\uFF1A\u53D1\u7968\u3001\u4EA4\u4ED8\u3001\u9A8C\u6536\u7B49\uFF1B\u7A7A\u4E3A\u672A\u89E6\u53D1\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "base date: invoice, delivery, acceptance \u2026; empty: not yet (a date such as 2026-03-31)", _
        "\u4ED8\u6B3E\u6761\u4EF6\uFF0C\u5982 NET 30\u3001\u51C030\u5929\u3001EOM +45\u3001MONTHS 6\uFF08\u6587\u5B57\uFF09", _
        "payment term, such as NET 30, EOM +45, MONTHS 6, PAYDAYS 5,10 (a text)", _
        "\u9047\u4F11\u606F\u65E5\uFF1A\u4E0D\u52A8\u3001\u987A\u5EF6\u6216\u63D0\u524D\uFF08none\u3001following \u6216 preceding\uFF09", _
        "off days: stay, the next working day, or the one before (none, following or preceding)"
    Describe language, "AR_WORKDAY", _
        "\u5F53\u5929\u6216\u5176\u540E\uFF08\u524D\uFF09\u7B2C\u4E00\u4E2A\u4E2D\u56FD\u5DE5\u4F5C\u65E5", _
        "The day itself or the next (or previous) working day in China", _
        "\u65E5\u671F\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "a date (a date such as 2026-03-31)", _
        "\u987A\u5EF6\u6216\u63D0\u524D\uFF08following \u6216 preceding\uFF09", _
        "the next working day or the one before (following or preceding)"
    Describe language, "AR_IS_WORKDAY", _
        "\u662F\u5426\u4E2D\u56FD\u5DE5\u4F5C\u65E5", _
        "Whether it is a working day in China", _
        "\u65E5\u671F\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "a date (a date such as 2026-03-31)"
    Describe language, "AR_WORKDAYS", _
        "\u5DE5\u4F5C\u65E5\u5929\u6570\uFF0C\u542B\u9996\u5C3E\u4E24\u65E5\uFF1Bto \u65E9\u4E8E from \u65F6\u4E3A\u8D1F\uFF0C\u4E0E NETWORKDAYS \u540C", _
        "Working days, both ends included; negative where to is before from, as NETWORKDAYS counts", _
        "\u9996\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "first day (a date such as 2026-03-31)", _
        "\u672B\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "last day (a date such as 2026-03-31)"
    Describe language, "AR_STATUTORY_DUE", _
        "\u4E2D\u5C0F\u4F01\u4E1A\u6B3E\u9879\u7684\u6700\u8FDF\u4ED8\u6B3E\u65E5\uFF1A\u673A\u5173\u4E8B\u4E1A\u5355\u4F4D 30 \u65E5\u3001\u7EA6\u5B9A\u6700\u957F 60 \u65E5\uFF1B\u5927\u578B\u4F01\u4E1A 60 \u65E5\u6216\u6309\u7EA6\u5B9A", _
        "The latest enforceable due date of a small firm's claim: public bodies 30 days, by contract at most 60; large enterprises 60 or as agreed", _
        "\u4E70\u65B9\uFF1A\u673A\u5173\u4E8B\u4E1A\u5355\u4F4D\u6216\u5927\u578B\u4F01\u4E1A\uFF08public_body \u6216 large_enterprise\uFF09", _
        "the buyer: a public body or a large enterprise (public_body or large_enterprise)", _
        "\u4EA4\u4ED8\u6216\u9A8C\u6536\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "day of delivery or acceptance (a date such as 2026-03-31)", _
        "\u5408\u540C\u7EA6\u5B9A\u5929\u6570\uFF1B\u7A7A\u4E3A\u672A\u7EA6\u5B9A\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u6574\u6570\uFF09", _
        "days that the contract agrees; empty: it is silent (a whole number of 0 or more)"
End Sub

Private Sub DescribeAging(ByVal language As String)
    Describe language, "AR_DAYS_OVERDUE", _
        "\u903E\u671F\u5929\u6570\uFF1A\u5230\u671F\u65E5\u5F53\u5929\u4E3A 0\uFF0C\u4E4B\u524D\u4E3A\u8D1F", _
        "Days past due: 0 on the due date, negative before it", _
        "\u5230\u671F\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "due date (a date such as 2026-03-31)", _
        "\u622A\u81F3\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "the as-of date (a date such as 2026-03-31)"
    Describe language, "AR_BUCKET", _
        "\u8D26\u9F84\u6BB5\uFF0C\u6309\u903E\u671F\u5929\u6570\uFF0C\u4E0A\u9650\u542B\u5728\u5185", _
        "The aging bucket by days past due, upper bounds inclusive", _
        "\u5230\u671F\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "due date (a date such as 2026-03-31)", _
        "\u622A\u81F3\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "the as-of date (a date such as 2026-03-31)", _
        "\u5404\u6BB5\u4E0A\u9650\uFF08\u542B\uFF09\uFF0C\u6700\u540E\u4E00\u6BB5\u4E0D\u5C01\u9876\uFF08\u7531\u5C0F\u5230\u5927\u7684\u5929\u6570\uFF0C\u5982 30;60;90;120\uFF09", _
        "upper bounds of the buckets, inclusive; one more is open-ended (days in rising order, such as 30;60;90;120)"
    Describe language, "AR_AGE_YEARS", _
        "\u62AB\u9732\u8D26\u9F84\uFF1A\u81EA\u786E\u8BA4\u65E5\u8D77\u6309\u5468\u5E74\u8BA1\uFF0C\u6070\u6EE1 N \u5E74\u4ECD\u5728\u8F83\u4F4E\u4E00\u6BB5\uFF0C2\u670829\u65E5\u7684\u5468\u5E74\u4E3A2\u670828\u65E5", _
        "The age band of disclosures: by anniversaries of recognition; exactly N years stays in the lower band, the anniversary of 29 February is 28 February", _
        "\u5E94\u6536\u6B3E\u786E\u8BA4\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "day on which it was recognised (a date such as 2026-03-31)", _
        "\u622A\u81F3\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "the as-of date (a date such as 2026-03-31)"
    Describe language, "AR_OPEN", _
        "\u5404\u9879\u672A\u6536\u91D1\u989D\uFF1A\u6536\u6B3E\u4ECE\u6700\u65E9\u4E00\u9879\u8D77\u4F9D\u6B21\u62B5\u51CF\uFF1B\u591A\u6536\u65F6\u53E6\u52A0\u4E00\u884C\u8D1F\u6570", _
        "What is left of each amount after what was received is applied oldest first; an over-payment is one more, negative row", _
        "\u5404\u9879\u5E94\u6536\u91D1\u989D\uFF0C\u6700\u65E9\u7684\u5728\u524D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the amounts, oldest first (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u7D2F\u8BA1\u6536\u6B3E\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "money received in all (an amount of 0 or more with at most two decimals)"
    Describe language, "AR_AGING", _
        "\u8D26\u9F84\u8868\uFF1A\u6BCF\u7EC4\u4E00\u884C\uFF0C\u6309\u9996\u6B21\u51FA\u73B0\u7684\u987A\u5E8F\uFF0C\u672B\u884C\u5408\u8BA1", _
        "The aging table: a row a group in order of first appearance, the last row the totals", _
        "\u6BCF\u9879\u7684\u5206\u7EC4\uFF1A\u5BA2\u6237\u3001\u5408\u540C\u6216\u8D1F\u8D23\u4EBA\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u6587\u5B57\uFF09", _
        "group of each item: customer, contract, manager (one or more of: a text)", _
        "\u6BCF\u9879\u7684\u5230\u671F\u65E5\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "due date of each item (one or more of: a date such as 2026-03-31)", _
        "\u6BCF\u9879\u7684\u672A\u6536\u91D1\u989D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "what is open of each item (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u622A\u81F3\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "the as-of date (a date such as 2026-03-31)", _
        "\u5404\u6BB5\u4E0A\u9650\uFF08\u542B\uFF09\uFF0C\u6700\u540E\u4E00\u6BB5\u4E0D\u5C01\u9876\uFF08\u7531\u5C0F\u5230\u5927\u7684\u5929\u6570\uFF0C\u5982 30;60;90;120\uFF09", _
        "upper bounds of the buckets, inclusive; one more is open-ended (days in rising order, such as 30;60;90;120)"
End Sub

Private Sub DescribeReceipts(ByVal language As String)
    Describe language, "AR_ALLOCATE", _
        "\u4E00\u7B14\u6536\u6B3E\u5728\u5404\u9879\u4E4B\u95F4\u7684\u6838\u9500\uFF1A\u5148\u6307\u5B9A\u7684\uFF1B\u518D\u6309\u5DF2\u5230\u671F\u3001\u62C5\u4FDD\u6700\u5C11\u3001\u8D1F\u62C5\u6700\u91CD\u3001\u5230\u671F\u6700\u65E9\uFF1B\u540C\u5E8F\u6309\u6BD4\u4F8B\uFF08\u6700\u5927\u4F59\u6570\uFF09", _
        "What a receipt pays of each item: the designated first; then due before not due, least secured, heaviest burden, earliest due; equals pro rata by largest remainder", _
        "\u6536\u5230\u7684\u91D1\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the money received (an amount of 0 or more with at most two decimals)", _
        "\u5404\u9879\u672A\u6536\u91D1\u989D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "what is open of each item (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u5404\u9879\u5230\u671F\u65E5\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "due date of each item (one or more of: a date such as 2026-03-31)", _
        "\u6536\u6B3E\u65E5\uFF1B\u7A7A\u5219\u89C6\u4E3A\u5168\u90E8\u5230\u671F\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "day of the receipt; empty: all count as due (a date such as 2026-03-31)", _
        "\u5404\u9879\u62C5\u4FDD\u91D1\u989D\uFF1B\u7A7A\u4E3A 0\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "what secures each item; empty is 0 (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u5404\u9879\u903E\u671F\u5229\u7387\uFF1B\u7A7A\u4E3A 0\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u6BD4\u7387\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "late rate of each item; empty is 0 (one or more of: a rate of 0 or more (0.3 is 30 %))", _
        "\u4ED8\u6B3E\u4EBA\u6307\u5B9A\u7684\u9879\u4E3A TRUE\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1ATRUE \u6216 FALSE\uFF09", _
        "TRUE for the items that the payer named (one or more of: TRUE or FALSE)"
    Describe language, "AR_MATCH", _
        "\u6070\u597D\u51D1\u6210\u6536\u6B3E\u7684\u552F\u4E00\u4E00\u7EC4\u672A\u6536\u9879\u7684\u4F4D\u7F6E\uFF1B\u6CA1\u6709\u4E3A none\uFF0C\u591A\u4E8E\u4E00\u7EC4\u4E3A ambiguous\uFF1B\u5BB9\u5DEE\u5185\u6709\u6070\u597D\u76F8\u7B49\u7684\u53D6\u6070\u597D\u76F8\u7B49\u7684", _
        "The positions of the only set of open amounts that adds up to the receipt; none, or ambiguous where several do; within a tolerance an exact set beats a near one", _
        "\u6536\u5230\u7684\u91D1\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the money received (an amount of 0 or more with at most two decimals)", _
        "\u5404\u9879\u672A\u6536\u91D1\u989D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "what is open of each item (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u5141\u8BB8\u7684\u5DEE\u989D\uFF0C\u542B\u5728\u5185\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "difference allowed, inclusive (an amount of 0 or more with at most two decimals)"
    Describe language, "AR_ARTICLE_561", _
        "\u4E00\u7B14\u4ED8\u6B3E\u4F9D\u6B21\u62B5\u5145\u8D39\u7528\u3001\u5229\u606F\u3001\u672C\u91D1", _
        "What a payment meets: costs, then interest, then principal", _
        "\u4ED8\u6B3E\u91D1\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "the payment (an amount of 0 or more with at most two decimals)", _
        "\u5B9E\u73B0\u503A\u6743\u7684\u8D39\u7528\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "costs of enforcing the claim (an amount of 0 or more with at most two decimals)", _
        "\u5229\u606F\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "interest owed (an amount of 0 or more with at most two decimals)", _
        "\u672C\u91D1\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "principal owed (an amount of 0 or more with at most two decimals)"
End Sub

Private Sub DescribeInterest(ByVal language As String)
    Describe language, "AR_INTEREST", _
        "\u5230\u671F\u65E5\u6B21\u65E5\u8D77\u81F3\u4ED8\u6B3E\u65E5\uFF08\u542B\uFF09\u7684\u5355\u5229\uFF0C\u6700\u540E\u4E00\u6B21\u6027\u56DB\u820D\u4E94\u5165\u5230\u5206\uFF0C\u4E0D\u4E3A\u8D1F", _
        "Simple interest for the days after due up to and including paid, rounded once; never negative", _
        "\u672C\u91D1\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The amount that is late (an amount of 0 or more with at most two decimals)", _
        "\u5230\u671F\u65E5\uFF1B\u6B21\u65E5\u4E3A\u8BA1\u606F\u7B2C\u4E00\u5929\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "The due date; the day after it is the first that counts (a date such as 2026-03-31)", _
        "\u4ED8\u6B3E\u65E5\uFF0C\u5F53\u65E5\u4ECD\u8BA1\u606F\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "The day of payment; it still counts (a date such as 2026-03-31)", _
        "\u5229\u7387\uFF0C0.05 \u5373 5%\uFF1Bdaily \u65F6\u4E3A\u65E5\u5229\u7387\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u6BD4\u7387\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "The rate, 0.05 is 5 %; per day where daily (a rate of 0 or more (0.3 is 30 %))", _
        "\u8BA1\u606F\u57FA\u51C6\uFF1A365\u3001360\u300130/360\uFF0830E/360\uFF0C\u6BCF\u6708\u6309 30 \u5929\uFF09\u6216 daily\uFF08\u5229\u7387\u6309\u65E5\uFF09\uFF08365\u3001360\u300130/360 \u6216 daily\uFF09", _
        "365, 360, 30/360 (30E/360: every month has 30 days) or daily (the rate is per day) (365, 360, 30/360 or daily)", _
        "\u4E0A\u9650\uFF0C\u5360\u672C\u91D1\u7684\u6BD4\u4F8B\uFF1B\u7559\u7A7A\u4E3A\u4E0D\u8BBE\u4E0A\u9650\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u6BD4\u7387\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "The most, as a fraction of principal; none if empty (a rate of 0 or more (0.3 is 30 %))"
    Describe language, "AR_INTEREST_PAID", _
        "\u6709\u90E8\u5206\u4ED8\u6B3E\u65F6\u7684\u5355\u5229\uFF1A\u6BCF\u6BB5\u4E00\u884C\uFF0C\u5217\u51FA\u6309\u57FA\u51C6\u8BA1\u7684\u5929\u6570\u3001\u672C\u91D1\u3001\u5229\u606F\u548C\u8BE5\u6BB5\u672B\u4ED8\u6B3E\u7684\u51B2\u62B5\uFF1B\u5229\u606F\u5408\u8BA1\u53EA\u820D\u5165\u4E00\u6B21\uFF0C\u4E0D\u8BA1\u590D\u5229", _
        "Simple interest with payments on the way: a row a segment with its days as the basis counts them, principal and interest, and what the payment on its last day met; rounded once in all, not compounded", _
        "\u672C\u91D1\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The amount that is late (an amount of 0 or more with at most two decimals)", _
        "\u5230\u671F\u65E5\uFF1B\u6B21\u65E5\u4E3A\u8BA1\u606F\u7B2C\u4E00\u5929\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "The due date; the day after it is the first that counts (a date such as 2026-03-31)", _
        "\u622A\u81F3\u65E5\uFF0C\u5F53\u65E5\u8BA1\u606F\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "The last day that counts (a date such as 2026-03-31)", _
        "\u5229\u7387\uFF0C0.05 \u5373 5%\uFF1Bdaily \u65F6\u4E3A\u65E5\u5229\u7387\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u6BD4\u7387\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "The rate, 0.05 is 5 %; per day where daily (a rate of 0 or more (0.3 is 30 %))", _
        "\u8BA1\u606F\u57FA\u51C6\uFF1A365\u3001360\u300130/360\uFF0830E/360\uFF0C\u6BCF\u6708\u6309 30 \u5929\uFF09\u6216 daily\uFF08\u5229\u7387\u6309\u65E5\uFF09\uFF08365\u3001360\u300130/360 \u6216 daily\uFF09", _
        "365, 360, 30/360 (30E/360: every month has 30 days) or daily (the rate is per day) (365, 360, 30/360 or daily)", _
        "\u5404\u6B21\u4ED8\u6B3E\u65E5\uFF0C\u987A\u5E8F\u4E0D\u9650\uFF1B\u5230\u671F\u65E5\u53CA\u4EE5\u524D\u7684\u51B2\u51CF\u672C\u91D1\uFF0C\u622A\u81F3\u65E5\u4EE5\u540E\u7684\u4E0D\u8BA1\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "The days of the payments, in any order; one up to due lowers the principal, one after as_of is left out (one or more of: a date such as 2026-03-31)", _
        "\u5404\u6B21\u4ED8\u6B3E\u91D1\u989D\uFF0C\u4E0E\u4ED8\u6B3E\u65E5\u4E00\u4E00\u5BF9\u5E94\uFF1B\u8D85\u51FA\u672C\u606F\u7684\u90E8\u5206\u4E0D\u5217\u793A\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The amount of each; what exceeds interest and principal is not shown (one or more of: an amount of 0 or more with at most two decimals)", _
        "561\uFF1A\u5148\u5229\u606F\uFF08\u9ED8\u8BA4\uFF09\uFF1Bprincipal\uFF1A\u5148\u672C\u91D1\uFF08561 \u6216 principal\uFF09", _
        "561: interest first (default); principal: principal first (561 or principal)"
    Describe language, "AR_LATE_FEE", _
        "\u6BCF\u7B14\u903E\u671F\u503A\u52A1\u7684\u6CD5\u5B9A\u56FA\u5B9A\u8865\u507F\uFF0C\u6309\u503A\u52A1\u91D1\u989D\u5206\u6863\uFF1B\u503A\u52A1\u4E3A 0 \u65F6\u4E3A 0", _
        "The fixed compensation for one late debt, by its size; nothing on a debt of 0", _
        "\u503A\u52A1\u91D1\u989D\uFF08\u82F1\u9551\u6216\u6B27\u5143\uFF09\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The debt, in pounds or euro (an amount of 0 or more with at most two decimals)", _
        "UK\uFF1A\u4E0D\u8DB3 1000 \u4E3A 40\uFF0C1000 \u8D77 70\uFF0C10000 \u8D77 100\uFF1BIE\uFF1A1000 \u53CA\u4EE5\u4E0B 40\uFF0C10000 \u53CA\u4EE5\u4E0B 70\uFF0C\u4EE5\u4E0A 100\uFF1BEU\uFF1A40\uFF08UK\u3001IE \u6216 EU\uFF09", _
        "UK: 40 below 1,000, 70 from 1,000, 100 from 10,000; IE: 40 up to 1,000, 70 up to 10,000, 100 above; EU: 40 (UK, IE or EU)"
End Sub

Private Sub DescribeLimitation(ByVal language As String)
    Describe language, "AR_LIMITATION", _
        "\u8BC9\u8BBC\u65F6\u6548\u5C4A\u6EE1\u65E5\uFF1A\u81EA\u6700\u540E\u4E00\u671F\u5230\u671F\u65E5\u8D77\u4E09\u5E74\uFF0C\u5C4A\u6EE1\u524D\uFF08\u542B\u5F53\u65E5\uFF09\u6BCF\u6B21\u4E2D\u65AD\u540E\u91CD\u65B0\u8D77\u7B97\uFF0C\u9022\u975E\u5DE5\u4F5C\u65E5\u987A\u5EF6\uFF1B\u5C4A\u6EE1\u540E\u7684\u50AC\u6B3E\u4E0D\u518D\u4E2D\u65AD\uFF0C\u8BE5\u5E74\u8282\u5047\u65E5\u672A\u516C\u5E03\u7684\u4E0D\u987A\u5EF6", _
        "The last day of limitation: three years from the last instalment's due date, anew from each interruption up to that day, rolled to a working day; an interruption after it revives nothing, and a year whose calendar is not published is not rolled", _
        "\u6700\u540E\u4E00\u671F\u7684\u5230\u671F\u65E5\uFF08\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "The due date of the last instalment (a date such as 2026-03-31)", _
        "\u4E2D\u65AD\u65E5\uFF1A\u9001\u8FBE\u7684\u50AC\u6B3E\u3001\u90E8\u5206\u4ED8\u6B3E\u3001\u8FD8\u6B3E\u627F\u8BFA\u3001\u8D77\u8BC9\u7B49\uFF0C\u987A\u5E8F\u4E0D\u9650\uFF0C\u7A7A\u683C\u4E0D\u8BA1\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u65E5\u671F\uFF0C\u5982 2026-03-31\uFF09", _
        "Interruptions: a demand that arrived, a part payment, a promise, a suit \u2026, in any order; empty cells are none (one or more of: a date such as 2026-03-31)"
End Sub

Private Sub DescribeCredit(ByVal language As String)
    Describe language, "AR_PAYDEX", _
        "\u4ED8\u6B3E\u6307\u6570 1\u2013100\uFF0C\u6309\u91D1\u989D\u52A0\u6743\uFF1A\u63D0\u524D30\u5929 100\uFF0C\u63D0\u524D20\u5929 90\uFF0C\u6309\u671F 80\uFF0C\u665A15\u5929 70\uFF0C22\u5929 60\uFF0C30\u5929 50\uFF0C60\u5929 40\uFF0C90\u5929 30\uFF0C120\u5929 20\uFF0C180\u5929\u8D77 1\uFF0C\u5176\u95F4\u7EBF\u6027\uFF1B\u672A\u53D6\u6574\u7684\u5F97\u5206\u52A0\u6743\u5E73\u5747\u540E\u4E00\u6B21\u5411\u4E0A\u53D6\u6574", _
        "How promptly somebody pays, 1 to 100, weighted by amount: 30 days early 100, 20 early 90, on time 80, 15 late 70, 22 60, 30 50, 60 40, 90 30, 120 20, from 180 on 1, linear between; the mean of the unrounded scores, rounded up once", _
        "\u5404\u7B14\u4ED8\u6B3E\u665A\u4E8E\u8D26\u671F\u7684\u5929\u6570\uFF0C\u63D0\u524D\u4E3A\u8D1F\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u6570\u5B57\uFF09", _
        "Days beyond terms of each payment, negative where early (one or more of: a number)", _
        "\u5404\u7B14\u91D1\u989D\uFF1B\u7559\u7A7A\u5219\u5404\u7B14\u6743\u91CD\u76F8\u540C\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The amounts; all weigh the same if empty (one or more of: an amount of 0 or more with at most two decimals)"
    Describe language, "AR_ALTMAN", _
        "Altman Z \u503C\u4E0E\u533A\u95F4\uFF1Aprivate \u4E3A Z\u2032\uFF08\u9AD8\u4E8E 2.9 safe\uFF0C\u4F4E\u4E8E 1.23 distress\uFF09\uFF0Cpublic \u4E3A Z\uFF082.99 \u4E0E 1.81\uFF09\uFF0C\u5176\u95F4\u542B\u4E24\u7AEF\u4E3A grey", _
        "Altman's Z and its zone: private is Z\u2032 (safe above 2.9, distress below 1.23), public is Z (2.99 and 1.81); grey between, both ends included", _
        "\u8D44\u4EA7\u603B\u989D\uFF0C\u5927\u4E8E 0\uFF08\u6570\u5B57\uFF09", _
        "Total assets, above 0 (a number)", _
        "\u8425\u8FD0\u8D44\u91D1\uFF0C\u53EF\u4E3A\u8D1F\uFF08\u6570\u5B57\uFF09", _
        "Working capital; may be negative (a number)", _
        "\u7559\u5B58\u6536\u76CA\uFF0C\u53EF\u4E3A\u8D1F\uFF08\u6570\u5B57\uFF09", _
        "Retained earnings; may be negative (a number)", _
        "\u606F\u7A0E\u524D\u5229\u6DA6\uFF0C\u53EF\u4E3A\u8D1F\uFF08\u6570\u5B57\uFF09", _
        "Earnings before interest and tax; may be negative (a number)", _
        "\u80A1\u4E1C\u6743\u76CA\uFF1Aprivate \u7528\u8D26\u9762\u503C\uFF08\u53EF\u4E3A\u8D1F\uFF09\uFF0Cpublic \u7528\u5E02\u503C\uFF08\u6570\u5B57\uFF09", _
        "Equity: book value for private (may be negative), market value for public (a number)", _
        "\u8D1F\u503A\u603B\u989D\uFF0C\u5927\u4E8E 0\uFF08\u6570\u5B57\uFF09", _
        "Total liabilities, above 0 (a number)", _
        "\u8425\u4E1A\u6536\u5165\uFF08\u6570\u5B57\uFF09", _
        "Sales (a number)", _
        "private\uFF08\u9ED8\u8BA4\uFF09\u6216 public\uFF08private \u6216 public\uFF09", _
        "private (default) or public (private or public)"
    Describe language, "AR_GRADE", _
        "\u4FE1\u7528\u7B49\u7EA7\uFF1A\u9AD8\u4E8E 90 \u4E3A AAA\uFF0C\u9AD8\u4E8E 80 \u4E3A AA\uFF0C\u4F9D\u6B21 A\u3001BBB\u3001BB\u3001B\uFF0C\u4E0D\u9AD8\u4E8E 40 \u4E3A C\uFF1B\u7B49\u4E8E\u5206\u754C\u5F52\u4E0B\u4E00\u7EA7", _
        "The grade of a score: above 90 AAA, above 80 AA, then A, BBB, BB, B, and C up to 40; a score on a cut belongs to the grade below", _
        "\u4FE1\u7528\u5F97\u5206\uFF08\u6570\u5B57\uFF09", _
        "The score (a number)", _
        "\u516D\u4E2A\u5206\u754C\uFF0C\u4ECE\u5927\u5230\u5C0F\uFF1B\u9ED8\u8BA4 90\u300180\u300170\u300160\u300150\u300140\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u6570\u5B57\uFF09", _
        "Six cuts, falling; 90, 80, 70, 60, 50, 40 by default (one or more of: a number)"
    Describe language, "AR_CREDIT_LIMIT", _
        "\u6388\u4FE1\u989D\u5EA6\u7684\u4E0B\u9650\u4E0E\u4E0A\u9650\uFF1A\u6708\u5747\u9500\u552E\u989D \u00D7 \u6388\u4FE1\u6708\u6570 \u00D7 \u7CFB\u6570\uFF1BAAA 150\u2013300%\uFF0CAA 100\uFF0CA 80\uFF0CBBB 70\uFF0CBB 65\uFF0CB 60\uFF0CC 0", _
        "{lowest, highest} = average monthly sales \u00D7 months of credit \u00D7 a share: AAA 150\u2013300 %, AA 100, A 80, BBB 70, BB 65, B 60, C 0", _
        "\u6708\u5747\u9500\u552E\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Average monthly sales (an amount of 0 or more with at most two decimals)", _
        "\u6388\u4FE1\u6708\u6570\uFF0C\u53EF\u5E26\u5C0F\u6570\uFF08\u6570\u5B57\uFF09", _
        "Months of credit, fractions allowed (a number)", _
        "\u4FE1\u7528\u7B49\u7EA7\uFF08AAA\u3001AA\u3001A\u3001BBB\u3001BB\u3001B \u6216 C\uFF09", _
        "The grade (AAA, AA, A, BBB, BB, B or C)"
End Sub

Private Sub DescribeCreditLoss(ByVal language As String)
    Describe language, "AR_MIGRATION", _
        "\u8D26\u9F84\u8FC1\u5F99\u7387\uFF1A\u671F\u521D\u4F59\u989D\u4E2D\u8FDB\u5165\u4E0B\u4E00\u8D26\u9F84\u6BB5\u7684\u6BD4\u4F8B\u3002\u6838\u9500\u7684\u574F\u8D26\u4E0D\u662F\u6536\u56DE\uFF0C\u4E5F\u7B97\u8FC1\u5F99\u3002", _
        "The share of an opening balance that moved on to the next age band. A write-off is not a collection: it counts as moved on.", _
        "\u8BE5\u8D26\u9F84\u6BB5\u7684\u671F\u521D\u4F59\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The band's balance at the beginning (an amount of 0 or more with at most two decimals)", _
        "\u671F\u672B\u4ECD\u672A\u6536\u56DE\u3001\u8FDB\u5165\u4E0B\u4E00\u6BB5\u7684\u91D1\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What is still open at the end, in the next band (an amount of 0 or more with at most two decimals)", _
        "\u671F\u95F4\u4ECE\u8BE5\u6BB5\u6838\u9500\u7684\u574F\u8D26\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What was written off from it meanwhile (an amount of 0 or more with at most two decimals)"
    Describe language, "AR_LOSS_RATES", _
        "\u5404\u8D26\u9F84\u6BB5\u7684\u635F\u5931\u7387\uFF1A\u672C\u6BB5\u4E0E\u5176\u540E\u5404\u6BB5\u8FC1\u5F99\u7387\u7684\u4E58\u79EF\u3002", _
        "The loss rate of each band: the product of its own and all later migration rates.", _
        "\u5404\u6BB5\u8FC1\u5F99\u7387\uFF0C\u4ECE\u6700\u65B0\u5230\u6700\u8001\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A0 \u5230 1 \u7684\u6BD4\u4F8B\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "The bands' migration rates, the newest band first (one or more of: a share from 0 to 1 (0.3 is 30 %))"
    Describe language, "AR_FLOW_RATES", _
        "\u7531\u5404\u6BB5\u6536\u56DE\u7684\u91D1\u989D\u63A8\u7B97\u5404\u6BB5\u635F\u5931\u7387\uFF1A\u6700\u7EC8\u635F\u5931 \u00F7 \u5230\u8FBE\u8BE5\u6BB5\u7684\u91D1\u989D\u3002", _
        "The loss rate of each band from what was collected in each: the final loss / what reached the band.", _
        "\u9500\u552E\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What was sold (an amount of 0 or more with at most two decimals)", _
        "\u5404\u6BB5\u5185\u6536\u56DE\u7684\u91D1\u989D\uFF0C\u542B\u6700\u540E\u4E00\u6BB5\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What was collected in each band, the last one included (one or more of: an amount of 0 or more with at most two decimals)"
    Describe language, "AR_ECL", _
        "\u5404\u8D26\u9F84\u6BB5\u7684\u574F\u8D26\u51C6\u5907\uFF0C\u8BA1\u7B97\u5230\u5206\uFF1B\u635F\u5931\u7387\u4E58\u4EE5\u524D\u77BB\u7CFB\u6570\uFF0C\u6700\u9AD8 100%\u3002", _
        "The allowance of each band, to the cent; its rate \u00D7 the forward-looking factor, at most 100 %.", _
        "\u5404\u6BB5\u4F59\u989D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The bands' balances (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u5404\u6BB5\u635F\u5931\u7387\uFF0C\u4E0E\u4F59\u989D\u4E00\u4E00\u5BF9\u5E94\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u6BD4\u7387\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "Their loss rates, one a balance (one or more of: a rate of 0 or more (0.3 is 30 %))", _
        "\u524D\u77BB\u6027\u8C03\u6574\u7CFB\u6570\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u6BD4\u7387\uFF080.3 \u5373 30%\uFF09\uFF09", _
        "The factor for what lies ahead (a rate of 0 or more (0.3 is 30 %))"
End Sub

Private Sub DescribeIndicators(ByVal language As String)
    Describe language, "AR_DSO", _
        "\u5E94\u6536\u8D26\u6B3E\u5468\u8F6C\u5929\u6570\uFF1A\u5E94\u6536 \u00F7 \u9500\u552E\u989D \u00D7 \u5929\u6570\u3002", _
        "Days of sales outstanding: receivables / sales \u00D7 days.", _
        "\u5E94\u6536\u8D26\u6B3E\u4F59\u989D\uFF0C\u4E0E\u9500\u552E\u989D\u540C\u4E3A\u542B\u7A0E\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Receivables, of the same tax basis as sales (an amount of 0 or more with at most two decimals)", _
        "\u671F\u95F4\u7684\u8D4A\u9500\u989D\uFF1B\u591A\u9879\u5219\u76F8\u52A0\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Credit sales of the period; several are summed (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u671F\u95F4\u7684\u5929\u6570\uFF08\u6570\u5B57\uFF09", _
        "Days of the period (a number)"
    Describe language, "AR_BPDSO", _
        "\u6700\u4F73\u53EF\u80FD\u5468\u8F6C\u5929\u6570\uFF1A\u672A\u903E\u671F\u5E94\u6536 \u00F7 \u9500\u552E\u989D \u00D7 \u5929\u6570\u3002", _
        "Best possible DSO: receivables not overdue / sales \u00D7 days.", _
        "\u5176\u4E2D\u672A\u903E\u671F\u7684\u90E8\u5206\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The part of them that is not overdue (an amount of 0 or more with at most two decimals)", _
        "\u671F\u95F4\u7684\u8D4A\u9500\u989D\uFF1B\u591A\u9879\u5219\u76F8\u52A0\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Credit sales of the period; several are summed (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u671F\u95F4\u7684\u5929\u6570\uFF08\u6570\u5B57\uFF09", _
        "Days of the period (a number)"
    Describe language, "AR_ADD", _
        "\u5E73\u5747\u62D6\u6B20\u5929\u6570\uFF1A\u5468\u8F6C\u5929\u6570\u51CF\u6700\u4F73\u53EF\u80FD\u5468\u8F6C\u5929\u6570\u3002", _
        "Average days delinquent: DSO less best possible DSO.", _
        "\u5E94\u6536\u8D26\u6B3E\u4F59\u989D\uFF0C\u4E0E\u9500\u552E\u989D\u540C\u4E3A\u542B\u7A0E\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Receivables, of the same tax basis as sales (an amount of 0 or more with at most two decimals)", _
        "\u5176\u4E2D\u672A\u903E\u671F\u7684\u90E8\u5206\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The part of them that is not overdue (an amount of 0 or more with at most two decimals)", _
        "\u671F\u95F4\u7684\u8D4A\u9500\u989D\uFF1B\u591A\u9879\u5219\u76F8\u52A0\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Credit sales of the period; several are summed (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u671F\u95F4\u7684\u5929\u6570\uFF08\u6570\u5B57\uFF09", _
        "Days of the period (a number)"
    Describe language, "AR_DSO_COUNTBACK", _
        "\u5012\u63A8\u6CD5\u5468\u8F6C\u5929\u6570\uFF1A\u4ECE\u6700\u8FD1\u4E00\u671F\u8D77\u9010\u671F\u62B5\u51CF\u5E94\u6536\uFF0C\u6700\u540E\u4E00\u671F\u6309\u6BD4\u4F8B\uFF1B\u5386\u53F2\u4E0D\u8DB3\u6216\u9047\u5230\u9500\u552E\u989D\u4E0D\u5927\u4E8E 0 \u7684\u4E00\u671F\uFF0C\u5F97\u201C>= n\u201D\uFF0Cn \u4E3A\u5DF2\u8BA1\u7684\u5929\u6570\u3002", _
        "DSO by counting back: the sales of period after period, the latest first, use up the receivables, the last in part; "">= n"" (n = the days counted so far) where they outlast the history or come to a period whose sales are 0 or less.", _
        "\u5E94\u6536\u8D26\u6B3E\u4F59\u989D\uFF0C\u4E0E\u9500\u552E\u989D\u540C\u4E3A\u542B\u7A0E\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Receivables, of the same tax basis as sales (an amount of 0 or more with at most two decimals)", _
        "\u5404\u671F\u9500\u552E\u989D\uFF0C\u6700\u8FD1\u4E00\u671F\u5728\u524D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Sales by period, the latest first (one or more of: an amount with at most two decimals)", _
        "\u5404\u671F\u5929\u6570\uFF0C\u4E0E\u9500\u552E\u989D\u4E00\u4E00\u5BF9\u5E94\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u6570\u5B57\uFF09", _
        "Days of each of these periods (one or more of: a number)"
    Describe language, "AR_CEI", _
        "\u56DE\u6536\u6709\u6548\u6307\u6570\uFF1A\u671F\u95F4\u53EF\u6536\u4E4B\u6B3E\u4E2D\u6536\u56DE\u7684\u6BD4\u4F8B\u3002\uFF08\u671F\u521D\uFF0B\u9500\u552E\u2212\u671F\u672B\uFF09\u00F7\uFF08\u671F\u521D\uFF0B\u9500\u552E\u2212\u671F\u672B\u672A\u903E\u671F\uFF09\uFF0C\u9500\u552E\u9664\u4EE5\u671F\u6570\u3002", _
        "Collection effectiveness: of what could be collected, the share that was. (opening + sales \u2212 closing) / (opening + sales \u2212 closing current), sales divided by the periods.", _
        "\u671F\u521D\u5E94\u6536\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Receivables at the beginning (an amount of 0 or more with at most two decimals)", _
        "\u671F\u95F4\u8D4A\u9500\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Credit sales of the period (an amount of 0 or more with at most two decimals)", _
        "\u671F\u672B\u5E94\u6536\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Receivables at the end (an amount of 0 or more with at most two decimals)", _
        "\u671F\u672B\u5E94\u6536\u4E2D\u672A\u903E\u671F\u7684\u90E8\u5206\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The part of them that is not overdue (an amount of 0 or more with at most two decimals)", _
        "\u671F\u6570\uFF1A1 \u4E3A\u6574\u4E2A\u671F\u95F4\u7684\u7B97\u6CD5\uFF08\u9ED8\u8BA4\uFF09\uFF1B\u5927\u4E8E 1 \u53D6\u5E73\u5747\u6BCF\u671F\u9500\u552E\u989D\uFF08\u6574\u6570\uFF09", _
        "1 (default) takes the full period's sales, more of them the average period's (a whole number)"
    Describe language, "AR_COLLECTION_RATE", _
        "\u56DE\u6B3E\u7387\uFF1A\u6536\u5230\u7684\u6B3E \u00F7\uFF08\u672C\u671F\u5230\u671F\uFF0B\u671F\u521D\u903E\u671F\uFF09\u3002\u672A\u5230\u671F\u7684\u9884\u6536\u4E0D\u8BA1\u5165\u6536\u6B3E\u3002", _
        "Collection rate: received / (due in the period + overdue at its beginning). Advances are not in received.", _
        "\u672C\u671F\u5230\u671F\u5E94\u6536\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What falls due in the period (an amount of 0 or more with at most two decimals)", _
        "\u671F\u521D\u5DF2\u903E\u671F\u5E94\u6536\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What was overdue at its beginning (an amount of 0 or more with at most two decimals)", _
        "\u672C\u671F\u6536\u56DE\uFF0C\u4E0D\u542B\u9884\u6536\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What was received, advances left out (an amount of 0 or more with at most two decimals)"
    Describe language, "AR_TURNOVER", _
        "\u5E94\u6536\u8D26\u6B3E\u5468\u8F6C\u7387\u4E0E\u5468\u8F6C\u5929\u6570\uFF1A{\u6B21\u6570, \u5929\u6570}\u3002", _
        "How often receivables turn over in a year, and the days of one turn: {turns, days}.", _
        "\u5168\u5E74\u9500\u552E\u989D\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The year's sales (an amount of 0 or more with at most two decimals)", _
        "\u5E73\u5747\u5E94\u6536\u8D26\u6B3E\uFF0C\u542B\u5E94\u6536\u7968\u636E\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "Average receivables, notes included (an amount of 0 or more with at most two decimals)", _
        "\u4E00\u5E74\u7684\u5929\u6570\uFF0C\u9ED8\u8BA4 360\uFF08\u6570\u5B57\uFF09", _
        "Days of a year, 360 by default (a number)"
    Describe language, "AR_WEIGHTED_DAYS", _
        "\u6309\u91D1\u989D\u52A0\u6743\u7684\u5E73\u5747\u5929\u6570\uFF1B\u63D0\u524D\u4E3A\u8D1F\u3002", _
        "The mean of days weighted by amount; early days are negative.", _
        "\u5404\u7B14\u91D1\u989D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The amounts (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u5404\u7B14\u5929\u6570\uFF0C\u4E0E\u91D1\u989D\u4E00\u4E00\u5BF9\u5E94\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u6570\u5B57\uFF09", _
        "The days of each (one or more of: a number)"
    Describe language, "AR_ON_TIME", _
        "\u6309\u65F6\u4ED8\u6B3E\u7684\u6BD4\u4F8B\uFF1A\u8FDF\u5EF6\u5929\u6570\u4E0D\u5927\u4E8E 0 \u7684\u4E3A\u6309\u65F6\u3002", _
        "The share that was paid on time: with 0 days late or fewer.", _
        "\u5404\u7B14\u5DF2\u7ED3\u6E05\u7684\u91D1\u989D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The settled amounts (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u5404\u7B14\u8FDF\u5EF6\u5929\u6570\uFF0C\u63D0\u524D\u4E3A\u8D1F\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u6570\u5B57\uFF09", _
        "Days late of each, early ones negative (one or more of: a number)", _
        "amount \u6309\u91D1\u989D\uFF08\u9ED8\u8BA4\uFF09\uFF0Ccount \u6309\u7B14\u6570\uFF08amount \u6216 count\uFF09", _
        "amount (default) or count (amount or count)"
    Describe language, "AR_PROMISE_KEPT", _
        "\u627F\u8BFA\u5151\u73B0\u7387\uFF1A\u6309\u91D1\u989D\uFF08\u90E8\u5206\u5151\u73B0\u8BA1\u90E8\u5206\uFF09\u6216\u6309\u7B14\u6570\uFF08\u8DB3\u989D\u624D\u7B97\uFF09\u3002\u672A\u5230\u671F\u7684\u627F\u8BFA\u4E0D\u8981\u5217\u5165\u3002", _
        "The share of promises kept: by amount (in part counts in part) or by count (only in full). Leave out promises that are not yet due.", _
        "\u5404\u7B14\u627F\u8BFA\u7684\u91D1\u989D\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The amounts promised (one or more of: an amount of 0 or more with at most two decimals)", _
        "\u5230\u627F\u8BFA\u65E5\u4E3A\u6B62\u5404\u7B14\u4ED8\u4E86\u591A\u5C11\uFF08\u4E00\u9879\u6216\u591A\u9879\uFF1A\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What was paid of each by its date (one or more of: an amount of 0 or more with at most two decimals)", _
        "amount \u6309\u91D1\u989D\uFF08\u9ED8\u8BA4\uFF09\uFF0Ccount \u6309\u7B14\u6570\uFF08amount \u6216 count\uFF09", _
        "amount (default) or count (amount or count)"
End Sub

Private Sub DescribeWarning(ByVal language As String)
    Describe language, "AR_ALERT", _
        "\u6309\u903E\u671F\u5929\u6570\u7684\u9884\u8B66\uFF1A1 \u5929\u8D77 blue\uFF0C7 \u5929\u8D77 orange\uFF0C15 \u5929\u8D77 red\uFF1B\u672A\u903E\u671F\u4E3A\u7A7A\u3002", _
        "The warning by days overdue: blue from 1, orange from 7, red from 15 days; empty where nothing is overdue.", _
        "\u903E\u671F\u5929\u6570\uFF08\u6574\u6570\uFF09", _
        "Days overdue (a whole number)"
    Describe language, "AR_ARTICLE_634", _
        "\u5206\u671F\u4ED8\u6B3E\u4E70\u53D7\u4EBA\u672A\u4ED8\u7684\u5230\u671F\u4EF7\u6B3E\u662F\u5426\u8FBE\u5230\u5168\u90E8\u4EF7\u6B3E\u7684\u4E94\u5206\u4E4B\u4E00\u3002\u8FBE\u5230\u540E\u987B\u7ECF\u50AC\u544A\u53CA\u5408\u7406\u671F\u9650\uFF0C\u65B9\u53EF\u8BF7\u6C42\u5168\u90E8\u4EF7\u6B3E\u6216\u89E3\u9664\u5408\u540C\uFF1B\u9002\u7528\u4E8E\u5206\u4E09\u671F\u4EE5\u4E0A\u4ED8\u6B3E\u7684\u4E70\u5356\u3002", _
        "Whether an instalment buyer's unpaid due amount reaches one fifth of the price. Then, after a demand and a reasonable time, the whole price may be called in or the contract ended; for sales in three or more instalments.", _
        "\u5168\u90E8\u4EF7\u6B3E\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The whole price (an amount of 0 or more with at most two decimals)", _
        "\u5230\u671F\u672A\u4ED8\u7684\u4EF7\u6B3E\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "What is due and unpaid (an amount of 0 or more with at most two decimals)"
    Describe language, "AR_BONUS_CUT", _
        "\u8D85\u671F\u56DE\u6B3E\u6263\u51CF\u7684\u91D1\u989D\uFF1A\u8D85\u8FC7 30/60/90/120/180 \u5929\u5206\u522B\u6263 20/40/50/80/100%\uFF1B\u6070\u597D\u7B49\u4E8E\u4E0D\u7B97\u8D85\u8FC7\u3002", _
        "What is taken off a bonus for late money: 20/40/50/80/100 % above 30/60/90/120/180 days; exactly so many days is not above.", _
        "\u5956\u91D1\u57FA\u6570\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u91D1\u989D\uFF0C\u5C0F\u6570\u4E0D\u8D85\u8FC7\u4E24\u4F4D\uFF09", _
        "The bonus that it is taken from (an amount of 0 or more with at most two decimals)", _
        "\u8D85\u8FC7\u7EA6\u5B9A\u65E5\u671F\u7684\u5929\u6570\uFF08\u6570\u5B57\uFF09", _
        "Days past the agreed date (a number)", _
        "\u6263\u51CF\u9636\u68AF\uFF0C\u4E24\u5217\uFF1A\u5929\u6570\u3001\u6BD4\u4F8B\uFF1B\u8D85\u8FC7\u8BE5\u5929\u6570\u5373\u6263\u8BE5\u6BD4\u4F8B\uFF08\u4E24\u5217\uFF1A\u5929\u6570\uFF08\u4E0D\u5C0F\u4E8E 0 \u7684\u6574\u6570\uFF0C\u9012\u589E\uFF09\u4E0E\u6BD4\u4F8B\uFF080 \u5230 1\uFF09\uFF09", _
        "The ladder, two columns: above so many days, so large a share (two columns: days (whole numbers of 0 or more that rise) and shares (from 0 to 1))"
End Sub

Private Sub DescribeSelftest(ByVal language As String)
    Describe language, "AR_SELFTEST", _
        "\u81EA\u68C0\uFF1A\u7248\u672C\u3001\u51FD\u6570\u4E2A\u6570\u3001\u793A\u4F8B\u7ED3\u679C\u6B63\u786E\u7684\u4E2A\u6570\uFF1B\u4E0D\u7B26\u7684\u9010\u884C\u5217\u51FA", _
        "Tries every function by its own example: the version, how many there are, how many gave what they show; then a row for each that did not"
End Sub
