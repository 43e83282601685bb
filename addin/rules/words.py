"""Words that stand in computed cells of the book."""

from __future__ import annotations

from collections.abc import Mapping

from addin.model.text import Text
from addin.rules import receipts

ALLOCATION_REASONS: Mapping[str, Text] = {
    receipts.MILESTONE: Text("付款人指定节点", "Named milestone"),
    receipts.CONTRACT: Text("指定合同，先到期先核销", "Named contract, earliest due first"),
    receipts.CUSTOMER: Text("民法典第560条顺序", "Civil Code art. 560"),
    receipts.RESERVED: Text("预留款，节点触发时核销", "Reserved until the milestone was triggered"),
    receipts.WAITED_CONTRACT: Text(
        "合同未核销款，节点触发时核销", "The contract's unapplied money, at the trigger"
    ),
    receipts.WAITED_CUSTOMER: Text(
        "客户未核销款，节点触发时核销", "The customer's unapplied money, at the trigger"
    ),
    receipts.REFUND: Text("退款冲回", "Taken back by a refund"),
    receipts.DISHONOUR: Text("票据拒付冲回", "Taken back: draft dishonoured"),
}
"""Why an allocation happened, by the replay's own word."""

MATCH_REASONS: Mapping[str, Text] = {
    "milestone": Text("指定节点", "Named milestone"),
    "contract": Text("指定合同", "Named contract"),
    "customer": Text("按民法典第560条", "Civil Code art. 560"),
    "held": Text("编号或币种有误，未核销", "Id or currency is wrong; not applied"),
    "none": Text("未指明付款对象", "No designation"),
    "lapsed": Text("票据被拒付", "Draft dishonoured"),
}
"""By what a receipt was matched."""

CONTROL_NAMES: Mapping[str, Text] = {
    "milestones": Text("节点合计 = 现行合同额", "Milestones = amounts in force"),
    "balance": Text(
        "未收 + 未触发 − 未核销 = 合同额 − 调整 − 收款",
        "Open + pending − unapplied = contracted − adjusted − received",
    ),
    "buckets": Text("账龄合计 = 未收", "Buckets = open"),
    "receipts": Text("核销 + 未核销 = 收款", "Allocations + unapplied = receipts"),
    "rollforward": Text("期初 + 变动 = 期末", "Opening + movements = closing"),
    "gl": Text("期末 = 总账", "Closing = general ledger"),
}
"""The control totals of WORKBOOK rule 2."""
