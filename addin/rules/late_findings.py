"""What is told about lateness: rates that a court would lower, and clocks that run out."""

from __future__ import annotations

from decimal import Decimal

from addin.model.finding import Finding, warning
from addin.model.text import Text


def late_rate_high(table: str, row: int | None, column: str, rate: Decimal) -> Finding:
    """A daily rate above 0.3 %: perhaps a slip of the pen, and if not, likely to be lowered on request."""
    shown = f"{(rate * 100).normalize():f}%"
    return warning(
        "late_rate_high",
        table,
        row,
        column,
        Text(
            f"日利率 {shown} 高于每日 0.3%，约定过高时对方可请求调减（民法典第585条）",
            f"{shown} a day is above 0.3 % a day; a penalty that is too high is lowered on request (Civil Code 585)",
        ),
        Text(
            "核对利率是否按日填写，例如万分之五填 0.0005",
            "Make sure that it is a daily rate; five per ten thousand is 0.0005",
        ),
    )


def limitation_near(row: int, ends: str, within: int, missing: Text) -> Finding:
    """A claim whose limitation ends within so many days; ``missing`` are the papers that nobody has on file."""
    lacking = (
        Text(f"；台账中缺少：{missing.zh}", f"; not on file: {missing.en}") if missing.zh else Text("", "")
    )
    return warning(
        "limitation_near",
        "milestones",
        row,
        "limitation",
        Text(
            f"诉讼时效将于 {ends} 届满（{within} 天内）{lacking.zh}",
            f"Limitation ends on {ends}, within {within} days{lacking.en}",
        ),
        Text(
            "发出书面催款函并保留送达凭证，或请对方签署对账单（民法典第195条）；补齐缺少的凭证",
            "Send a written demand and keep the proof of delivery, or have a statement signed (Civil Code 195); "
            "complete what is not on file",
        ),
    )


def clock_near(row: int, name: Text, source: Text, ends: str) -> Finding:
    """A period beside limitation that ends soon."""
    return warning(
        "clock_near",
        "contracts",
        row,
        "limitation",
        Text(f"{name.zh}将于 {ends} 届满（{source.zh}）", f"{name.en}, ends on {ends} ({source.en})"),
        Text(
            "届满前主张权利：要求保证人承担责任、行使优先受偿权或申请强制执行",
            "Act before it ends: claim from the guarantor, assert the priority, or apply for enforcement",
        ),
    )


def limitation_over(row: int, ended: str) -> Finding:
    """A claim whose limitation has ended: a demand alone revives nothing."""
    return warning(
        "limitation_over",
        "milestones",
        row,
        "limitation",
        Text(f"诉讼时效已于 {ended} 届满", f"Limitation ended on {ended}"),
        Text(
            "仅对方同意履行才放弃时效抗辩（民法典第192条）；如有未登记的中断事由，补登凭证",
            "Only the debtor's agreement to pay waives it (Civil Code 192); enter what interrupted it, with the proof",
        ),
    )
