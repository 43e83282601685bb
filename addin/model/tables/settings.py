"""What a firm sets: parameters, reminder levels, its calendar, exchange rates, balances of the general ledger."""

from __future__ import annotations

from addin.model.columns import Table
from addin.model.tables.declare import choice, day, flag, money, number, several, text, whole
from addin.model.text import Text

SETTINGS = Table(
    "settings",
    Text("参数", "Settings"),
    "settings",
    Text("各规则使用的参数；财务填写，改动从生效日起算。", "What the rules use; finance fills it in, a change counts from its date."),
    (
        text("key", "参数", "Key", required=True),
        text("value", "取值", "Value"),
        text("unit", "单位", "Unit"),
        day("effective", "生效日", "Effective"),
        text("note", "说明", "Note"),
    ),
    identity=("key", "effective"),
)  # fmt: skip

LEVELS = Table(
    "levels",
    Text("催款级别", "Levels"),
    "settings",
    Text("逐级升高的催款步骤；财务维护。", "The rising steps of reminding; finance keeps them."),
    (
        whole("level", "级别", "Level", required=True),
        text("name_zh", "中文名称", "Name (zh)"),
        text("name_en", "英文名称", "Name (en)"),
        choice("mode", "起算方式", "Mode",
               "before_due 到期前 Before due; after_due 到期后 After due; end_of_month 月末后 End of month; after_previous 上一级后 After previous"),
        whole("days", "天数", "Days", signed=True),
        choice("channel", "渠道", "Channel",
               "email 邮件 E-mail; letter 信函 Letter; phone 电话 Phone; wechat 微信 WeChat; legal 法务 Legal"),
        money("min_amount", "最低金额", "Minimum amount"),
        text("template", "模板", "Template"),
        several("faster_grades", "提前一级的等级", "Faster grades"),
    ),
    identity=("level",),
)  # fmt: skip

CALENDAR = Table(
    "calendar",
    Text("节假日", "Calendar"),
    "settings",
    Text("与内置工作日历不同的日子；财务填写。", "Days that differ from the built-in working calendar; finance fills it in."),
    (
        day("date", "日期", "Date", required=True),
        flag("workday", "是否工作日", "Workday", required=True),
        text("note", "说明", "Note"),
    ),
    identity=("date",),
)  # fmt: skip

FX_RATES = Table(
    "fx_rates",
    Text("汇率", "Exchange rates"),
    "settings",
    Text("一单位外币折合本位币；财务按日填写。", "Base currency for one unit of the foreign one; finance fills it in by day."),
    (
        day("date", "日期", "Date", required=True),
        text("currency", "币种", "Currency", required=True),
        number("rate", "汇率", "Rate", required=True),
    ),
    identity=("date", "currency"),
)  # fmt: skip

GL = Table(
    "gl",
    Text("总账余额", "General ledger"),
    "settings",
    Text("总账应收余额，用于核对；财务按月填写。", "Receivables by the general ledger, to check against; finance fills it in by month."),
    (
        text("period", "期间", "Period", required=True),
        text("customer_id", "客户编号", "Customer ID", required=True, ref="customers"),
        text("account", "科目", "Account"),
        money("balance", "余额", "Balance", required=True, signed=True),
    ),
    identity=("period", "customer_id", "account"),
    views=("month_end",),
)  # fmt: skip

TABLES = (SETTINGS, LEVELS, CALENDAR, FX_RATES, GL)
