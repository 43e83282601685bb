"""Ledgers of any size for timing: a believable project firm, the same rows every time.

Three or four milestones a contract, about ten contracts a customer (or a given number of customers), 0.6
receipts a milestone that name a milestone, a contract or only the customer, triggers of every kind, and here
and there an invoice, an adjustment, a reschedule, a dispute, a refund, a foreign currency. Texts are as long as
people write them.

    python -m tests.benchmarks.ledgers folder/book.xlsx 10000 --customers 20
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from addin.files.package import Edits, TableEdit, patch
from addin.files.package.edits import ColumnEdit
from addin.files.writing import CELL_KINDS, cells_of
from addin.model.columns import Kind
from addin.model.tables import TABLES
from addin.service.books import refresh_book
from addin.service.newbook import new_book

EARLIER, AS_OF = date(2026, 3, 31), date(2026, 6, 30)
"""The day of the refresh that the book holds, and the one that is timed."""

RECEIPTS_A_MILESTONE = 0.6
CONTRACTS_A_CUSTOMER = 10

Row = dict[str, Any]
Tables = dict[str, list[Row]]

_PLACES = ("青屿", "望陵", "沅川", "云泽", "栖霞", "南浦", "临溪", "鹿鸣", "扶风", "武原", "澄江", "固安")
_TRADES = ("精密制造", "轨道装备", "智能仓储", "水务环保", "生物医药", "新能源材料", "汽车零部件", "食品机械")
_WORKS = (
    "自动化总装线改造工程",
    "污水处理厂自控系统",
    "立体仓库与输送分拣系统",
    "数控加工单元及夹具",
    "能源管理平台二期",
)
_PEOPLE = ("周砚秋", "孟知行", "祁若岚", "顾书宁", "陆怀谦", "方稚禾", "裴若棠", "骆千帆", "钟离洲", "闻人越")
_TERMS = ("净30天", "净60天", "净90天", "月末后30天", "NET 45", "30天", "2 months EOM", "EOM", "")
_TRIGGERS = ("signing", "start", "delivery", "progress", "acceptance", "settlement", "invoice", "fixed_date")
_ADVANCE, _RETENTION = ("预付款", "advance", "0.3"), ("质保金", "retention", None)
_PLANS: tuple[tuple[tuple[str, str, str | None], ...], ...] = (
    (_ADVANCE, ("到货款", "stage", "0.4"), ("终验款", "final", "0.3")),
    (_ADVANCE, ("到货款", "stage", "0.3"), ("终验款", "final", "0.35"), _RETENTION),
    (("预付款", "advance", "0.1"), ("进度款", "stage", "0.5"), ("结算款", "final", "0.37"), _RETENTION),
    (("首付款", "advance", "0.5"), ("中期款", "stage", "0.3"), ("尾款", "final", None)),
)


class _Firm:
    """All rows of one ledger; ``edition`` 1 and 2 have the same ids and hardly another cell in common."""

    def __init__(self, milestones: int, customers: int | None, edition: int) -> None:
        self.pick = Random(f"{milestones} {customers} {edition}")
        self.rows: Tables = {key: [] for key in TABLES}
        contracts = -(-milestones * 2 // 7)  # three and a half milestones each
        self.customers = customers or max(contracts // CONTRACTS_A_CUSTOMER, 1)
        for number in range(self.customers):
            self._customer(number)
        while len(self.rows["milestones"]) < milestones:
            self._contract(len(self.rows["contracts"]), milestones - len(self.rows["milestones"]))
        for number in range(int(milestones * RECEIPTS_A_MILESTONE)):
            self._receipt(number)
        self.rows["receipts"].sort(key=lambda row: row["date"])
        self.rows["fx_rates"] += [
            {
                "date": date(2023 + month // 12, month % 12 + 1, 28),
                "currency": "USD",
                "rate": Decimal("7.1586"),
            }
            for month in range(42)
        ]

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(self.pick.randrange(max((last - first).days, 1)))

    def _customer(self, number: int) -> None:
        pick, place = self.pick, self.pick.choice(_PLACES)
        name = f"{place}{pick.choice(_PLACES)}{pick.choice(_TRADES)}{number:04d}股份有限公司"
        self.rows["customers"].append(
            {
                "customer_id": f"C{number:05d}",
                "name": name,
                "uscc": f"91320000MA{number:07d}X",
                "kind": pick.choice(("public_body", "large_enterprise", "sme")),
                "industry": pick.choice(_TRADES),
                "region": place,
                "contact": pick.choice(_PEOPLE),
                "phone": f"000-8801-{number % 10000:04d}",
                "email": f"finance{number}@example.com",
                "address": f"{place}市经济技术开发区锦屏路 {number % 900 + 1} 号综合办公楼三层财务部",
                "language": "zh",
                "since": self._day(date(2016, 1, 1), date(2022, 12, 31)),
                "payer_names": f"{name};{place}财务共享中心",
            }
        )

    def _contract(self, number: int, room: int) -> None:
        pick, id = self.pick, f"HT-{number:06d}"
        signed = self._day(date(2023, 1, 1), AS_OF)
        completed = signed + timedelta(pick.randrange(90, 400))
        self.rows["contracts"].append(
            {
                "contract_id": id,
                "customer_id": f"C{number % self.customers:05d}",
                "project": f"{pick.choice(_PLACES)}{pick.choice(_WORKS)}（{pick.randrange(1, 900)} 标段）",
                "manager": pick.choice(_PEOPLE),
                "signed": signed,
                "kind": pick.choice(("goods", "service", "software", "construction")),
                "currency": "USD" if number % 40 == 39 else "CNY",
                "amount": Decimal(pick.randrange(2_000_000, 900_000_000)).scaleb(-2),
                "tax_rate": Decimal("0.13"),
                "payment_clause": "合同签订后付 30%，到货后付 30%，终验合格后付 35%，质保期满无质量问题付 5%。",
                "payment_method": "银行转账",
                "forum": "云泽仲裁委员会",
                "late_rate_daily": pick.choice((None, Decimal("0.0003"), Decimal("0.0005"))),
                "retention_months": 12,
                "security_amount": Decimal(50_000) if number % 25 == 0 else None,
                "progress": Decimal("0.8"),
                "completed": completed if completed <= AS_OF else None,
                "settled_on": completed + timedelta(45) if completed + timedelta(45) <= AS_OF else None,
                "status": "active",
            }
        )
        plan = pick.choice(_PLANS)
        for seq, part in enumerate(plan[: min(len(plan), room)], 1):
            self._milestone(f"{id}-{seq}", id, seq, part, signed + timedelta(seq * pick.randrange(20, 120)))

    def _milestone(
        self, id: str, contract: str, seq: int, part: tuple[str, str, str | None], day: date
    ) -> None:
        pick, number = self.pick, len(self.rows["milestones"])
        name, category, share = part
        trigger = (
            "signing" if seq == 1 else "warranty_end" if category == "retention" else pick.choice(_TRIGGERS)
        )
        dated = trigger not in ("signing", "warranty_end", "invoice", "fixed_date") and day <= AS_OF
        self.rows["milestones"].append(
            {
                "milestone_id": id,
                "contract_id": contract,
                "seq": seq,
                "name": name,
                "category": category,
                "share": None if share is None else Decimal(share),
                "trigger": trigger,
                "threshold": Decimal("0.7") if trigger == "progress" else None,
                "trigger_date": day if dated else None,
                "term": f"FIXED {day}" if trigger == "fixed_date" else pick.choice(_TERMS),
                "planned_date": day + timedelta(30),
                "accepted_by": pick.choice(_PEOPLE) if dated else None,
                "evidence": f"进度确认单 JD-{number:06d}.pdf" if dated else None,
                "recognised_on": day if dated else None,
                "owner": pick.choice(_PEOPLE),
                "measure": "每周电话跟进，月底前拜访甲方财务并补齐验收资料" if number % 3 == 0 else None,
            }
        )
        if (trigger == "invoice" or number % 4 == 0) and day <= AS_OF:
            self._invoice(id, contract, day)
        if number % 50 == 7:
            self._adjustment(id, day)
        if number % 60 == 11:
            self._reschedule(id, day)
        if number % 80 == 13:
            self._dispute(id, day)

    def _invoice(self, milestone: str, contract: str, day: date) -> None:
        number = len(self.rows["invoices"])
        self.rows["invoices"].append(
            {
                "invoice_no": f"2532{number:016d}",
                "contract_id": contract,
                "milestone_id": milestone,
                "kind": "special",
                "issued": day,
                "amount": Decimal(self.pick.randrange(100_000, 90_000_000)).scaleb(-2),
                "tax_rate": Decimal("0.13"),
                "received_by_customer": day + timedelta(3),
                "document": f"电子发票 2532{number:016d}.ofd",
            }
        )

    def _adjustment(self, milestone: str, day: date) -> None:
        self.rows["adjustments"].append(
            {
                "adjustment_id": f"TZ-{len(self.rows['adjustments']):05d}",
                "date": day + timedelta(20),
                "milestone_id": milestone,
                "kind": self.pick.choice(("credit_note", "bank_fee", "discount", "write_off")),
                "amount": Decimal(self.pick.randrange(1_000, 500_000)).scaleb(-2),
                "approved_by": "陆怀谦",
                "reason": "提前付款折让",
            }
        )

    def _reschedule(self, milestone: str, day: date) -> None:
        self.rows["reschedules"].append(
            {
                "reschedule_id": f"FQ-{len(self.rows['reschedules']):05d}",
                "agreement_no": f"XY-{len(self.rows['reschedules']):05d}",
                "milestone_id": milestone,
                "agreed_on": day + timedelta(25),
                "new_due": day + timedelta(120),
                "reason": "旺季前备货占用资金",
                "approved_by": "陆怀谦",
            }
        )

    def _dispute(self, milestone: str, day: date) -> None:
        self.rows["disputes"].append(
            {
                "dispute_id": f"ZY-{len(self.rows['disputes']):05d}",
                "milestone_id": milestone,
                "opened": day + timedelta(40),
                "amount": Decimal(self.pick.randrange(100_000, 5_000_000)).scaleb(-2),
                "reason": "quality",
                "owner": "周砚秋",
            }
        )

    def _receipt(self, number: int) -> None:
        """45 % name their milestone, 30 % the contract, 25 % the customer alone; a few are refunds or drafts."""
        pick = self.pick
        milestone = pick.choice(self.rows["milestones"])
        contract = self.rows["contracts"][int(milestone["contract_id"][3:])]
        day = self._day(contract["signed"], AS_OF + timedelta(1))
        whole = contract["amount"] * (milestone["share"] or Decimal("0.1"))
        amount = (whole * pick.choice((Decimal("0.5"), Decimal(1), Decimal(1)))).quantize(Decimal("0.01"))
        designation, kind = number % 20, number % 199
        self.rows["receipts"].append(
            {
                "receipt_id": f"SK-{number:06d}",
                "date": day,
                "customer_id": contract["customer_id"],
                "payer": f"{pick.choice(_PLACES)}财务共享中心结算账户",
                "amount": -(amount / 20).quantize(Decimal("0.01")) if kind == 17 else amount,
                "currency": contract["currency"],
                "contract_id": contract["contract_id"] if designation < 15 else None,
                "milestone_id": milestone["milestone_id"] if designation < 9 else None,
                "method": "commercial_draft" if kind == 23 else "transfer",
                "matures_on": day + timedelta(180) if kind == 23 else None,
                "bank_ref": f"LS{day:%Y%m%d}-{number:06d}",
                "memo": f"{contract['contract_id']} {milestone['name']}，请查收",
            }
        )


def edits(milestones: int, customers: int | None, edition: int) -> Iterator[TableEdit]:
    """The rows as edits of a zh book."""
    for key, rows in _Firm(milestones, customers, edition).rows.items():
        if rows:
            yield TableEdit(key, _columns(key, rows), len(rows))


def _columns(key: str, rows: list[Row]) -> dict[int, ColumnEdit]:
    columns = {}
    for position, column in enumerate(TABLES[key].columns):
        values = [row.get(column.key) for row in rows]
        if column.owner == "input" and any(value is not None for value in values):
            cells = cells_of(column, values, [], "zh") if column.kind is Kind.CHOICE else values
            columns[position] = ColumnEdit(CELL_KINDS.get(column.kind, "text"), cells)
    return columns


def make_book(book: Path, milestones: int, customers: int | None = None) -> None:
    """A book whose computed cells are all filled, and nearly all due to change.

    It was refreshed as at EARLIER; since then every input but the ids was typed anew.
    """
    book.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=book.parent) as workshop:
        empty, first, last = (Path(workshop) / f"{name}.xlsx" for name in ("empty", "first", "last"))
        patch(new_book(empty, "zh"), first, Edits(list(edits(milestones, customers, 1))))
        refresh_book(
            first, today=EARLIER, now=datetime(2026, 3, 31, 18), by="benchmark", as_of=EARLIER, no_backup=True
        )
        patch(first, last, Edits(list(edits(milestones, customers, 2))))
        last.replace(book)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("book", type=Path)
    parser.add_argument("milestones", type=int)
    parser.add_argument("--customers", type=int)
    wanted = parser.parse_args()
    make_book(wanted.book, wanted.milestones, wanted.customers)
