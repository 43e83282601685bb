"""The buttons of the ribbon, a row each: what ribbon, callbacks and manual say of a button follows from its row.

A new button is one more row here and the function of its name in the ribbon's host.
``python -m addin.hosts.macros`` then writes the ribbon and the callbacks anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from addin.model.text import Text

TAB: Final = Text("回款", "Collections")
TAB_KEY: Final = "K"
"""With Alt, leads to the tab; no tab of Excel's own has it."""

GROUPS: Final[Mapping[str, Text]] = {
    "day": Text("日常", "The day's work"),
    "collections": Text("催收", "Collections"),
    "analysis": Text("分析", "Analysis"),
    "help": Text("帮助", "Help"),
}


@dataclass(frozen=True)
class Button:
    """One button.

    ``picture`` is an `imageMso` from Microsoft's published list of Excel's controls (2013 and later), ``key`` the
    letter that presses it after Alt and the tab's.
    """

    name: str
    group: str
    label: Text
    screentip: Text
    supertip: Text
    picture: str
    key: str
    large: bool = False

    @property
    def sub(self) -> str:
        """The Sub that the ribbon calls.

        >>> BUTTONS["as_of"].sub
        'HuikuanAsOf'
        """
        return "Huikuan" + "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def call(self) -> str:
        """What the Sub has Python do. It goes through a command line: no double quotes."""
        return f"from addin.hosts.ribbon import press; press('{self.name}')"


_ROWS: Final = (
    Button(
        "refresh",
        "day",
        Text("刷新", "Refresh"),
        Text("刷新台账", "Refresh the ledger"),
        Text(
            "重算到期日、核销、账龄、利息、信用和预警，写入灰色单元格。写入前先备份；手工填写的内容不动。",
            "Works out due dates, allocation, ages, interest, credit and alerts anew and writes the shaded cells. "
            "Keeps a backup first; what people typed is left alone.",
        ),
        "RefreshAll",
        "R",
        large=True,
    ),
    Button(
        "as_of",
        "day",
        Text("截止日期", "As-of date"),
        Text("设定截止日期", "Set the as-of date"),
        Text(
            "按哪一天计算。清空则按当天计算。改后请刷新。",
            "The day as at which everything is computed; empty means today. Refresh afterwards.",
        ),
        "FunctionsDateTimeInsertGallery",
        "D",
    ),
    Button(
        "check",
        "day",
        Text("检查", "Check"),
        Text("检查台账", "Check the ledger"),
        Text(
            "列出读不懂或不一致的内容及改法，核对控制总数；不改动任何数字。",
            "Lists what cannot be read or does not agree, with its cure, and proves the control totals. "
            "Changes no figure.",
        ),
        "ErrorChecking",
        "C",
    ),
    Button(
        "undo",
        "day",
        Text("撤销刷新", "Undo refresh"),
        Text("撤销最近一次刷新", "Take back the last refresh"),
        Text(
            "恢复最近一次运行写入的单元格。之后手工填写的保留，冲突逐条列出。",
            "Puts back the cells that the last run wrote. What people typed since stays; what clashes is listed.",
        ),
        "Undo",
        "U",
    ),
    Button(
        "worklist",
        "collections",
        Text("催收清单", "Worklist"),
        Text("打开催收清单", "Open the worklist"),
        Text(
            "今天该联系谁、为什么、下一步是什么。",
            "Whom to contact today, why, and what comes next.",
        ),
        "FormControlListBox",
        "W",
        large=True,
    ),
    Button(
        "letters",
        "collections",
        Text("催款函", "Letters"),
        Text("写催款函", "Write letters"),
        Text(
            "为所选行的客户（未选则为全部）写函件草稿；清单中勾选“确认发出”的发出并记入催款记录。",
            "Drafts letters to the customer of the selected row, else to all. Rows of the worklist that are ticked "
            "under Confirm are issued and put on record.",
        ),
        "FileSendAsAttachment",
        "H",
    ),
    Button(
        "contact",
        "collections",
        Text("记录联系", "Log a contact"),
        Text("记录一次催收联系", "Log a contact with the customer"),
        Text(
            "按所选行在催收记录中添加一行，光标停在第一个空格。",
            "Adds a row to the contacts, filled from the selected one, and puts the cursor in its first empty cell.",
        ),
        "ReviewNewComment",
        "N",
    ),
    Button(
        "promise",
        "collections",
        Text("付款承诺", "Promise"),
        Text("登记付款承诺", "Record a promise to pay"),
        Text(
            "按所选行添加一条承诺：何时付、付多少。到期后自动核对是否兑现。",
            "Adds a promise filled from the selected row: when and how much. Whether it was kept shows by itself.",
        ),
        "SignatureLineInsert",
        "P",
    ),
    Button(
        "dispute",
        "collections",
        Text("争议", "Dispute"),
        Text("登记争议", "Record a dispute"),
        Text(
            "按所选行添加一条争议：金额、原因、处理人。争议金额单独列示。",
            "Adds a dispute filled from the selected row: amount, reason, who sees to it. Disputed money shows apart.",
        ),
        "TraceError",
        "I",
    ),
    Button(
        "reschedule",
        "collections",
        Text("延期", "Reschedule"),
        Text("登记延期", "Record a new date"),
        Text(
            "按所选行添加一条延期；原日期保留，可回看任意日期的情况。",
            "Adds a change of date filled from the selected row. The old date stays on record.",
        ),
        "InsertTimeline",
        "S",
    ),
    Button(
        "steps",
        "collections",
        Text("步骤", "Steps"),
        Text("开出标准步骤", "Open the standard steps"),
        Text(
            "为所选行的合同（未选则为全部在执行合同）在流程任务中开出报验、验收、完工报告、结算会、开票、收款，带责任人和期限；已有的不重复。",
            "Opens inspection, acceptance, completion report, settlement meeting, invoice and collection among the "
            "tasks, with owner and deadline: of the selected row's contract, else of all that run.",
        ),
        "FormControlCheckBox",
        "Y",
    ),
    Button(
        "report",
        "collections",
        Text("报告", "Reports"),
        Text("所选客户或合同的报告", "Reports on the selected customer or contract"),
        Text(
            "生成客户卡片和往来对账函；选中合同或节点时，另生成结算会议材料、完工报告和证据包。工作簿不变。",
            "Makes the customer's card and statement of account; with a contract or milestone selected also the "
            "settlement papers, the completion report and the evidence pack. The workbook is left alone.",
        ),
        "FileSaveAsPdfOrXps",
        "Z",
    ),
    Button(
        "aging",
        "analysis",
        Text("账龄", "Aging"),
        Text("打开账龄表", "Open the aging"),
        Text(
            "按客户、合同和项目经理的未收款及逾期分布。",
            "What is open and how long overdue, by customer, contract and manager.",
        ),
        "ChartTypeColumnInsertGallery",
        "A",
        large=True,
    ),
    Button(
        "credit",
        "analysis",
        Text("信用", "Credit"),
        Text("查看信用档案", "Show the credit file"),
        Text(
            "所选客户的等级、付款指数、授信额度和建议条件。",
            "Grade, Paydex, limit and suggested terms of the selected customer.",
        ),
        "ConditionalFormattingIconSetsGallery",
        "G",
    ),
    Button(
        "explain",
        "analysis",
        Text("说明此数", "Explain this cell"),
        Text("这个数是怎么来的", "How this figure came about"),
        Text(
            "把所选的计算结果逐步拆开：算式、规则出处、用到的每一行。",
            "Takes the selected figure apart: the arithmetic, the rule with its source, and every row it uses.",
        ),
        "FormulaEvaluate",
        "E",
    ),
    Button(
        "view_finance",
        "analysis",
        Text("财务视图", "Finance view"),
        Text("财务视图", "View for finance"),
        Text(
            "显示全部列，取消筛选。",
            "Shows all columns and clears the filters.",
        ),
        "AccountingFormat",
        "F",
    ),
    Button(
        "view_manager",
        "analysis",
        Text("经理视图", "Manager view"),
        Text("项目经理视图", "View for a project manager"),
        Text(
            "只看一位项目经理的合同和节点；不改变共用的设置。",
            "Shows one manager's contracts and milestones only. Changes no shared setting.",
        ),
        "Filter",
        "M",
    ),
    Button(
        "view_month_end",
        "analysis",
        Text("月结视图", "Month-end view"),
        Text("月结视图", "View for the month end"),
        Text(
            "依次显示月末要用的表：检查、账龄、坏账准备、滚动表。",
            "Shows what the month end needs: checks, aging, provision and roll-forward.",
        ),
        "PivotTableReport",
        "O",
    ),
    Button(
        "functions",
        "help",
        Text("函数", "Functions"),
        Text("工作表函数", "Worksheet functions"),
        Text(
            "全部 AR_ 函数及参数、依据和示例。",
            "All AR_ functions with their arguments, sources and examples.",
        ),
        "FunctionWizard",
        "X",
    ),
    Button(
        "relink",
        "help",
        Text("修复链接", "Relink"),
        Text("修复函数链接", "Relink the functions"),
        Text(
            "公式里出现他人电脑上的加载项路径时，改为指向本机的加载项。",
            "Where a formula shows the add-in's path on somebody else's machine, points it to the add-in here.",
        ),
        "EditLinks",
        "K",
    ),
    Button(
        "language",
        "help",
        Text("English", "中文"),
        Text("切换为英文", "Switch to Chinese"),
        Text(
            "把台账和功能区切换为英文，数据不变。",
            "Switches the ledger and this ribbon to Chinese. Nothing is lost.",
        ),
        "Translate",
        "L",
    ),
    Button(
        "doctor",
        "help",
        Text("诊断", "Doctor"),
        Text("检查安装", "Check the installation"),
        Text(
            "检查 Python、加载项、版本、路径和信任设置，说明如何修复。",
            "Looks at Python, add-in, versions, paths and trust, and says how to mend them.",
        ),
        "FileDocumentInspect",
        "T",
    ),
    Button(
        "about",
        "help",
        Text("关于", "About"),
        Text("关于回款", "About Huikuan"),
        Text(
            "版本、许可和文件位置。",
            "Version, licence and where the files are.",
        ),
        "Help",
        "B",
    ),
)

BUTTONS: Final[Mapping[str, Button]] = {button.name: button for button in _ROWS}
"""All buttons by name, in the order in which the ribbon shows them."""
