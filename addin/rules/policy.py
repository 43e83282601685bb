"""What a firm may set: every key of the settings sheet, its default, and how its value is read.

A setting counts from its ``effective`` day (empty: always); of several rows of one key the latest that is
effective on the as-of date stands. An unknown key or an unreadable value is a finding, and the default then
applies and is named (RULES 15).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from addin.model.finding import Finding, error, warning
from addin.model.ledger import CURRENCY_NAMES
from addin.model.money import is_code
from addin.model.numerals import clean, read_day, read_number, read_rate
from addin.model.problems import shown
from addin.model.reading import LARGEST
from addin.model.text import Text
from addin.rules.grades import days_by_grade, grade, terms_by_grade
from addin.rules.workdays import Roll

MAP_PREFIX = "map."
"""Keys ``map.TABLE.HEADING`` remember which column a heading of an imported file stands for."""


def _text(value: str) -> str:
    return value


def _one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        word = clean(value).lower()
        if word not in words:
            raise ValueError(value)
        return word

    return read


def _currency(value: str) -> str:
    code = clean(value).upper()
    code = CURRENCY_NAMES.get(code, code)
    if not is_code(code):
        raise ValueError(value)
    return code


def _decimal(value: str) -> Decimal:
    number = read_rate(value)
    if number is None or not 0 <= number < LARGEST:
        raise ValueError(value)
    return number


def _whole(value: str, most: int = 100_000) -> int:
    number = read_number(value)
    if number is None or not 0 <= number <= most or number != int(number):
        raise ValueError(value)
    return int(number)


def _months(value: str) -> int:
    return _whole(value, most=1200)


def _numbers(count: int | None = None) -> Callable[[str], tuple[Decimal, ...]]:
    def read(value: str) -> tuple[Decimal, ...]:
        numbers = tuple(_decimal(part) for part in clean(value).replace(",", ";").split(";"))
        if count is not None and len(numbers) != count:
            raise ValueError(value)
        return numbers

    return read


def _cuts(value: str) -> tuple[Decimal, ...]:
    cuts = _numbers(6)(value)
    grade(0, cuts)  # refuses cuts that do not fall
    return cuts


def _edges(value: str) -> tuple[int, ...]:
    edges = tuple(_whole(part) for part in clean(value).replace(",", ";").replace("/", ";").split(";"))
    if len(edges) != 4 or any(later <= earlier for earlier, later in zip((0, *edges), edges, strict=False)):
        raise ValueError(value)
    return edges


def _day(value: str) -> date | None:
    if not value:
        return None
    day = read_day(value)
    if day is None:
        raise ValueError(value)
    return day


@dataclass(frozen=True)
class Setting:
    """One key of the settings sheet: the text of its default and how a value is read."""

    key: str
    default: str
    read: Callable[[str], Any]
    unit: Text
    note: Text


_NO_UNIT = Text("", "")


def _set(key: str, default: str, read: Callable[[str], Any], note: Text, unit: Text = _NO_UNIT) -> Setting:
    return Setting(key, default, read, unit, note)


_DAYS = Text("天", "days")
_RATE = Text("比例", "fraction")
_MONEY = Text("本位币", "base currency")

SCHEMA = 1
"""Version of the workbook's declaration; later versions only append."""

POLICY: tuple[Setting, ...] = (
    _set(
        "schema", str(SCHEMA), _whole, Text("工作簿版本，请勿修改", "Version of the workbook; leave as it is")
    ),
    _set(
        "language",
        "",
        _one_of("zh", "en", ""),
        Text("工作簿语言：zh 或 en", "Language of the workbook: zh or en"),
    ),
    _set("as_of", "", _day, Text("截至日；留空为当天", "As-of date; empty is today"), Text("日期", "date")),
    _set("base_currency", "CNY", _currency, Text("本位币", "Base currency"), Text("币种", "currency")),
    _set(
        "our_size",
        "",
        _one_of("micro", "small", "medium", "large", ""),
        Text("我方企业规模：micro、small、medium、large", "Our size: micro, small, medium, large"),
    ),
    _set("company_name", "", _text, Text("公司名称（用于函件）", "Company name, for letters")),
    _set("company_uscc", "", _text, Text("统一社会信用代码", "Unified social credit code")),
    _set("company_address", "", _text, Text("公司地址", "Company address")),
    _set("company_phone", "", _text, Text("公司电话", "Company phone")),
    _set("company_bank", "", _text, Text("开户行", "Bank")),
    _set("company_account", "", _text, Text("收款账号", "Account for payments")),
    _set("company_signatory", "", _text, Text("函件签署人", "Who signs letters")),
    _set(
        "aging_edges",
        "30;60;90;120",
        _edges,
        Text("账龄分段上限，四个，含当日", "Upper edges of the aging buckets, four, inclusive"),
        _DAYS,
    ),
    _set(
        "roll",
        "",
        _one_of("none", "following", "preceding", ""),
        Text(
            "到期日逢非工作日：none 不动、following 顺延、preceding 提前；留空：中文簿顺延，英文簿不动",
            "Due date on a day off: none, following or preceding; empty: following in zh books, none in en books",
        ),
    ),
    _set("day_count", "365", _one_of("365", "360", "30/360"), Text("计息天数基准", "Day count of interest")),
    _set("lpr_1y", "0.03", _decimal, Text("一年期LPR", "One-year loan prime rate"), _RATE),
    _set("short_pay_tolerance", "0", _decimal, Text("少付容差", "Tolerance for short payments"), _MONEY),
    _set(
        "estimate_late_rate",
        "",
        lambda value: _decimal(value) if value else None,
        Text(
            "内部估算的违约金日利率，不进函件", "Daily rate of an internal estimate, never printed in letters"
        ),
        _RATE,
    ),
    _set("min_reminder", "100", _decimal, Text("低于此金额不催", "No reminder below this amount"), _MONEY),
    _set(
        "bank_stale_days",
        "7",
        _whole,
        Text(
            "银行流水早于几天即暂缓催款；0 为不检查",
            "Reminders wait when bank data are older than this; 0: never",
        ),
        _DAYS,
    ),
    _set("cooling_days", "7", _whole, Text("两次催款的最短间隔", "Days between two reminders"), _DAYS),
    _set("promise_grace_days", "3", _whole, Text("承诺到期后的宽限", "Grace after a promised date"), _DAYS),
    _set(
        "contact_cadence_days",
        "30",
        _whole,
        Text("至少每隔几天沟通一次", "Days between contacts at the most"),
        _DAYS,
    ),
    _set(
        "large_contract",
        "5000000",
        _decimal,
        Text("合同金额达到此数即为大合同", "A contract of this amount or more is a large one"),
        _MONEY,
    ),
    _set(
        "large_cadence_days",
        "15",
        _whole,
        Text(
            "有大合同的客户至少每隔几天沟通一次", "Days between contacts at the most, with a large contract"
        ),
        _DAYS,
    ),
    _set(
        "cadence_grades",
        "BB 21; B 14; C 7",
        days_by_grade,
        Text("按信用等级至少每隔几天沟通一次", "Days between contacts at the most, by credit grade"),
        _DAYS,
    ),
    _set(
        "rollforward_months",
        "12",
        _months,
        Text("应收变动表列出的月数", "Months that the roll-forward lists"),
        Text("月", "months"),
    ),
    _set(
        "provision_rates",
        "0.03;0.1;0.3;0.5;0.8;1",
        _numbers(6),
        Text("各账龄段计提比例：1年以内至5年以上", "Provision by age: within 1 year to over 5 years"),
        _RATE,
    ),
    _set("grade_cuts", "90;80;70;60;50;40", _cuts, Text("信用等级分界", "Cuts of the credit grades")),
    _set(
        "grade_weights",
        "45;20;15;20",
        _numbers(4),
        Text("评分权重：付款、合作、声誉、财务", "Weights: payment, cooperation, reputation, finances"),
    ),
    _set(
        "grade_terms",
        "AAA 20/50/30 net 60; AA 30/40/30 net 45; A 30/40/30 net 30; BBB 30/50/20 net 30; "
        "BB 40/40/20 net 15; B 50/50 before delivery; C 100 in advance",
        terms_by_grade,
        Text("各等级建议付款条件", "Suggested terms by grade"),
    ),
    _set("alert_orange_days", "7", _whole, Text("橙色预警的逾期天数", "Days overdue for orange"), _DAYS),
    _set("alert_red_days", "15", _whole, Text("红色预警的逾期天数", "Days overdue for red"), _DAYS),
    _set("alert_broken_promises", "2", _whole, Text("90天内失约次数", "Broken promises within 90 days")),
    _set("alert_concentration", "0.3", _decimal, Text("单一客户占应收比例", "Share of one customer"), _RATE),
    _set("alert_silent_days", "30", _whole, Text("失联天数", "Days of silence"), _DAYS),
    _set("alert_dispute_days", "30", _whole, Text("争议持续天数", "Age of a dispute"), _DAYS),
    _set("alert_grade_notches", "2", _whole, Text("等级下降级数", "Notches that a grade fell")),
    _set("alert_limitation_days", "180", _whole, Text("距时效届满天数", "Days before limitation"), _DAYS),
    _set("alert_paydex_drop", "10", _whole, Text("付款指数下降点数", "Points that the Paydex fell")),
)

_BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in POLICY}


@dataclass(frozen=True)
class Policy:
    """The settings in force on one day, each typed by its own reader."""

    values: Mapping[str, Any]
    maps: Mapping[tuple[str, str], str]
    """Remembered headings of imported files: (table, heading) → column key."""

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    @property
    def base_currency(self) -> str:
        return str(self.values["base_currency"])

    @property
    def aging_edges(self) -> tuple[int, ...]:
        edges: tuple[int, ...] = self.values["aging_edges"]
        return edges

    @property
    def roll(self) -> Roll:
        """Rolling of due dates: the setting, else ``following`` in zh books and ``none`` in en books."""
        chosen: Roll = self.values["roll"] or ("none" if self.values["language"] == "en" else "following")
        return chosen


def defaults(language: str = "zh") -> Policy:
    """The policy of a book without any settings."""
    values = {setting.key: setting.read(setting.default) for setting in POLICY}
    return Policy({**values, "language": language}, {})


def read_policy(
    settings: pd.DataFrame, as_of: date, language: str = "zh", unreadable: Set[int] = frozenset()
) -> tuple[Policy, list[Finding]]:
    """The settings in force on ``as_of``, and what could not be read.

    ``settings`` is the typed frame of the settings table, its index the sheet rows; ``unreadable`` are the rows
    whose value cell shows an error or was never calculated.
    """
    policy = defaults(language)
    values, maps, findings = dict(policy.values), dict(policy.maps), []
    for row, key, value in in_force(settings, as_of):
        if key.startswith(MAP_PREFIX):
            _, table, heading = (*key.split(".", 2), "", "")[:3]
            maps[table, heading] = value
            continue
        setting = _BY_KEY.get(key.lower())
        if setting is None:
            findings.append(_unknown(row, key))
        elif row in unreadable:
            findings.append(_unreadable(row, setting, ""))
        elif value:
            try:
                values[setting.key] = setting.read(value)
            except ValueError:
                findings.append(_unreadable(row, setting, value))
    return Policy(values, maps), findings


def in_force(settings: pd.DataFrame, as_of: date) -> Iterable[tuple[int, str, str]]:
    """(sheet row, key, value) of the rows that stand on ``as_of``: of each key the latest effective."""
    if settings.empty:
        return ()
    standing = settings[~(settings["effective"] > pd.Timestamp(as_of))]
    latest = standing.sort_values("effective", na_position="first", kind="stable")
    latest = latest.groupby("key", sort=False).tail(1).sort_index()
    return zip(latest.index.tolist(), latest["key"].tolist(), latest["value"].tolist(), strict=True)


def _unknown(row: int, key: str) -> Finding:
    return warning(
        "setting_unknown",
        "settings",
        row,
        "key",
        Text(f"没有名为“{shown(key)}”的参数，已忽略", f'There is no setting "{shown(key)}"; it is ignored'),
        Text("核对拼写；可用的参数见新建的工作簿", "Check the spelling; a new workbook lists the keys"),
    )


def _unreadable(row: int, setting: Setting, value: str) -> Finding:
    default = setting.default
    quoted = Text(f"“{shown(value)}”", f' "{shown(value)}"') if value else Text("", "")
    counts = (
        Text(f"默认值“{default}”", f'the default "{default}"') if default else Text("留空", "an empty value")
    )
    example = Text(f"；例如 {default}", f"; for example {default}") if default else Text("", "")
    return error(
        "setting_unreadable",
        "settings",
        row,
        "value",
        Text(
            f"参数 {setting.key} 的取值{quoted.zh}无法识别，按{counts.zh}计算",
            f"The value{quoted.en} of {setting.key} cannot be read; {counts.en} applies",
        ),
        Text(f"{setting.note.zh}{example.zh}", f"{setting.note.en}{example.en}"),
    )
