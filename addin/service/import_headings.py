"""Which column of a table each heading of an imported file stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from addin.model.columns import Column, Table, fold
from addin.model.finding import LedgerError
from addin.model.text import LANGUAGES, Text

LIKELY = 75
"""How alike two headings must be (0 to 100) to be proposed."""

USUAL_WORDS = {
    "amount": ("total", "sum", "value", "实收", "总额", "价税合计", "到账金额"),
    "date": ("paid on", "booking date", "posting date", "value date", "到账日期", "收款日", "入账日"),
    "issued": ("invoice date", "开票日期"),
    "signed": ("contract date", "签约日期"),
    "trigger_date": ("invoice date", "起算日"),
    "name": ("customer name", "company", "客户", "公司名称"),
    "customer_id": ("client", "customer no", "account no", "客户代码"),
    "contract_id": ("contract no", "order no", "合同号"),
    "receipt_id": ("booking", "receipt no", "voucher no", "凭证号", "收款单号"),
    "invoice_no": ("invoice number", "发票号码"),
    "payer": ("remitter", "paid by", "付款方", "付款人", "对方户名"),
    "memo": ("remark", "reference", "description", "用途", "附言"),
    "bank_ref": ("transaction no", "交易流水号"),
}
"""What columns are often called elsewhere; only proposals look here."""


@dataclass(frozen=True)
class HeadingMap:
    """The headings of a file, sorted out.

    ``columns`` gives the position in the file by column key, ``left_out`` the headings of columns that the
    add-in computes or that stand twice, ``unknown`` those that mean nothing here, ``proposals`` a column key
    for some of the unknown ones: likely, never applied. ``chosen`` is what the person decided this time.
    """

    columns: Mapping[str, int]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]
    proposals: Mapping[str, str]
    chosen: Mapping[str, str]


def recognise(
    table: Table, headings: Sequence[str], asked: Mapping[str, str], remembered: Mapping[str, str]
) -> HeadingMap:
    """Sort out headings: what the person says now, then what was remembered, then our own headings.

    ``asked`` is heading by column (key, zh or en name), ``remembered`` column key by heading.
    LedgerError where ``asked`` names a column or a heading that is not there.
    """
    positions = {fold(heading): position for position, heading in reversed(list(enumerate(headings)))}
    chosen = {
        _asked_key(table, column): _asked_heading(headings, heading) for column, heading in asked.items()
    }
    folded = {fold(heading): key for heading, key in remembered.items()}
    columns = {key: positions[fold(heading)] for key, heading in chosen.items()}
    left_out: list[str] = []
    unknown: list[str] = []
    taken = set(columns.values())
    for position, heading in enumerate(headings):
        if position in taken or not heading.strip():
            continue
        key = folded.get(fold(heading)) or table.heading_keys.get(fold(heading))
        if key is None or key not in table.by_key:
            unknown.append(heading)
        elif key in columns or table[key].owner != "input":
            left_out.append(heading)
        else:
            columns[key] = position
    proposals = propose(unknown, [column for column in table.owned_by("input") if column.key not in columns])
    return HeadingMap(columns, tuple(left_out), tuple(unknown), proposals, chosen)


def _asked_key(table: Table, name: str) -> str:
    key = table.heading_keys.get(fold(name))
    if key is None or table[key].owner != "input":
        keys = ", ".join(column.key for column in table.owned_by("input"))
        raise LedgerError(
            "map_column",
            Text(
                f"--map：{table.name.zh} 没有可导入的列“{name}”；可用的有 {keys}。",
                f'--map: {table.key} has no column "{name}" to import into; there are {keys}.',
            ),
        )
    return key


def _asked_heading(headings: Sequence[str], name: str) -> str:
    for heading in headings:
        if fold(heading) == fold(name):
            return heading
    there = ", ".join(headings)
    raise LedgerError(
        "map_heading",
        Text(
            f"--map：文件中没有标题“{name}”；有 {there}。",
            f'--map: the file has no heading "{name}"; it has {there}.',
        ),
    )


def propose(unknown: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    """Likely column keys for unknown headings, the likeliest first, each column at most once."""
    if not unknown or not columns:
        return {}
    scored = sorted(
        ((_likeness(heading, column), heading, column.key) for heading in unknown for column in columns),
        key=lambda entry: -entry[0],
    )
    proposals: dict[str, str] = {}
    for score, heading, key in scored:
        if score >= LIKELY and heading not in proposals and key not in proposals.values():
            proposals[heading] = key
    return {heading: proposals[heading] for heading in unknown if heading in proposals}


def _likeness(heading: str, column: Column) -> float:
    from rapidfuzz import fuzz

    words = (column.heading(language) for language in LANGUAGES)
    names = (column.key.replace("_", " "), *words, *USUAL_WORDS.get(column.key, ()))
    wanted = heading.casefold().replace("_", " ")
    return max(fuzz.ratio(wanted, name.casefold()) for name in names)


def parse_map(entries: Iterable[str]) -> dict[str, str]:
    """`key=Heading` as given with --map; LedgerError where there is no equals sign.

    >>> parse_map(["amount=Total", "date=Paid on"])
    {'amount': 'Total', 'date': 'Paid on'}
    """
    parts = [entry.partition("=") for entry in entries]
    for key, sign, heading in parts:
        if not (key.strip() and sign and heading.strip()):
            raise LedgerError(
                "map_form",
                Text(
                    f"--map 的“{key}{sign}{heading}”写法有误。请写成 列名=标题。",
                    f'--map "{key}{sign}{heading}" cannot be read. Write it as key=Heading.',
                ),
            )
    return {key.strip(): heading.strip() for key, _, heading in parts}
