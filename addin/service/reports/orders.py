"""What is asked for of reports, and whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from addin.model.finding import LedgerError
from addin.model.text import Language, Text
from addin.service.reports.records import Record, Records

KINDS: Final[Mapping[str, Text]] = {
    "statement": Text("往来对账函", "Statement of account"),
    "settlement": Text("结算会议", "Settlement meeting"),
    "completion": Text("完工报告", "Completion report"),
    "evidence": Text("证据", "Evidence"),
    "card": Text("客户卡片", "Customer card"),
}
LATER: Final = ("weekly", "review")
"""Named by the command line, and not made by this version."""
FORMATS: Final = ("docx", "pdf")
OF_A_CONTRACT: Final = ("settlement", "completion")


@dataclass(frozen=True)
class Wanted:
    """What is asked for. Without contract and customer: statements and cards of all who owe something."""

    kind: str
    contract: str | None = None
    customer: str | None = None
    formats: tuple[str, ...] = ("docx",)
    language: Language | None = None
    interest: bool = False


def check(wanted: Wanted) -> None:
    """LedgerError where there is no such report or format, an option that it lacks, or where nobody is named."""
    if wanted.kind in LATER:
        raise LedgerError(
            "report_later",
            Text(
                f"{wanted.kind} 报告将随后续版本提供；现有报告：{'、'.join(KINDS)}。",
                f"The {wanted.kind} report comes with a later version; there are {', '.join(KINDS)}.",
            ),
        )
    if wanted.kind not in KINDS:
        raise LedgerError(
            "bad_option",
            Text(
                f"没有名为“{wanted.kind}”的报告。可选：{'、'.join(KINDS)}。",
                f'There is no report "{wanted.kind}". Choose {", ".join(KINDS)}.',
            ),
        )
    unknown = [name for name in wanted.formats if name not in FORMATS]
    if unknown or not wanted.formats:
        raise LedgerError(
            "bad_option",
            Text(
                f"--format 只能是 {'、'.join(FORMATS)}，不能是“{unknown[0] if unknown else ''}”。",
                f'--format is {" or ".join(FORMATS)}, not "{unknown[0] if unknown else ""}".',
            ),
        )
    if wanted.interest and wanted.kind != "statement":
        raise LedgerError(
            "bad_option",
            Text("--interest 只用于 statement。", "--interest goes with statement only."),
        )
    if wanted.contract == "" or wanted.customer == "":
        raise LedgerError("bad_option", _NOBODY)
    if wanted.contract and wanted.customer:
        raise LedgerError(
            "bad_option",
            Text("--contract 与 --customer 请二选一。", "Give either --contract or --customer, not both."),
        )
    if wanted.kind in OF_A_CONTRACT and not wanted.contract:
        raise _which(wanted.kind, "--contract")
    if wanted.kind == "evidence" and not (wanted.contract or wanted.customer):
        raise _which(wanted.kind, "--contract", "--customer")


_NOBODY: Final = Text(
    "--contract 或 --customer 没有写编号。请填写编号；要所有客户的，请去掉该选项。",
    "--contract or --customer has no id. Write one, or leave the option out for all customers.",
)


def _which(kind: str, *options: str) -> LedgerError:
    return LedgerError(
        "bad_option",
        Text(
            f"{kind} 报告需要指明{'或 '.join(f' {option} 编号' for option in options)}。",
            f"The {kind} report needs {' or '.join(f'{option} ID' for option in options)}.",
        ),
    )


# --- about whom --------------------------------------------------------------------------------------------

Subject = tuple[Record, tuple[str, ...] | None]
"""A customer's row, and the contracts asked for; None: all of them."""


def subjects(records: Records, wanted: Wanted) -> list[Subject]:
    if wanted.contract:
        row = records.one("contracts", wanted.contract)
        if row is None:
            raise _unknown(
                "contracts", wanted.contract, [str(each["contract_id"]) for each in records.rows("contracts")]
            )
        return [(_customer(records, row["customer_id"]), (wanted.contract,))]
    if wanted.customer:
        return [(_customer(records, wanted.customer), None)]
    owing = _owing(records)
    return [(row, None) for row in records.rows("customers") if row["customer_id"] in owing]


def _customer(records: Records, id: str) -> Record:
    row = records.one("customers", id)
    if row is None:
        raise _unknown("customers", id, [str(each["customer_id"]) for each in records.rows("customers")])
    return row


def _owing(records: Records) -> set[str]:
    """The customers of whom anything is open, or of whose money something waits."""
    contracts = {each.contract.customer for each in records.book.milestones if each.triggered and each.open}
    return contracts | {each.customer for each in records.book.receipts if each.left}


def _unknown(table: str, id: str, known: Collection[str]) -> LedgerError:
    some = ", ".join(list(known)[:5])
    zh, en = (f"，如 {some}", f"; there are for example {some}") if some else ("", "; it has none")
    what = Text("合同", "contract") if table == "contracts" else Text("客户", "customer")
    return LedgerError(
        "unknown_id",
        Text(
            f"台账中没有{what.zh} {id}。请核对编号{zh}。",
            f"The ledger has no {what.en} {id}. Check the id{en}.",
        ),
    )
