"""Expected credit loss: from what moved on between age bands to the allowance."""

from __future__ import annotations

from addin.functions.kinds import MONEY, MONEYS, RATE, RATES, SHARES
from addin.functions.registry import Argument, Function
from addin.model.text import Text
from addin.rules import credit_loss

_MATRIX = Text("IFRS 9 B5.5.35、企业会计准则第22号：减值矩阵", "IFRS 9 B5.5.35, CAS 22: the provision matrix")

FUNCTIONS: tuple[Function, ...] = (
    Function(
        "AR_MIGRATION",
        "credit_loss",
        Text(
            "账龄迁徙率：期初余额中进入下一账龄段的比例。核销的坏账不是收回，也算迁徙。",
            "The share of an opening balance that moved on to the next age band. A write-off is not a collection: "
            "it counts as moved on.",
        ),
        Text(
            "企业会计准则第22号；北京注册会计师协会专家提示〔2020〕第3号（核销不是收回）",
            "CAS 22; Beijing Institute of CPAs, expert note 3 of 2020 (a write-off is not a collection)",
        ),
        (
            Argument("opening", MONEY, Text("该账龄段的期初余额", "The band's balance at the beginning")),
            Argument(
                "migrated",
                MONEY,
                Text("期末仍未收回、进入下一段的金额", "What is still open at the end, in the next band"),
            ),
            Argument(
                "written_off",
                MONEY,
                Text("期间从该段核销的坏账", "What was written off from it meanwhile"),
                "0",
            ),
        ),
        "number",
        credit_loss.migration_rate,
        (100, 50, 20),
        0.7,
    ),
    Function(
        "AR_LOSS_RATES",
        "credit_loss",
        Text(
            "各账龄段的损失率：本段与其后各段迁徙率的乘积。",
            "The loss rate of each band: the product of its own and all later migration rates.",
        ),
        _MATRIX,
        (
            Argument(
                "migration_rates",
                SHARES,
                Text("各段迁徙率，从最新到最老", "The bands' migration rates, the newest band first"),
            ),
        ),
        "numbers",
        credit_loss.loss_rates,
        ([0.2, 0.4, 0.5, 1],),
        [0.04, 0.2, 0.5, 1],
    ),
    Function(
        "AR_FLOW_RATES",
        "credit_loss",
        Text(
            "由各段收回的金额推算各段损失率：最终损失 ÷ 到达该段的金额。",
            "The loss rate of each band from what was collected in each: the final loss / what reached the band.",
        ),
        _MATRIX,
        (
            Argument("sale", MONEY, Text("销售额", "What was sold")),
            Argument(
                "collected",
                MONEYS,
                Text(
                    "各段内收回的金额，含最后一段", "What was collected in each band, the last one included"
                ),
            ),
        ),
        "numbers",
        credit_loss.flow_rates,
        (100000, [50000, 30000, 0]),
        [0.2, 0.4, 1],
    ),
    Function(
        "AR_ECL",
        "credit_loss",
        Text(
            "各账龄段的坏账准备，计算到分；损失率乘以前瞻系数，最高 100%。",
            "The allowance of each band, to the cent; its rate × the forward-looking factor, at most 100 %.",
        ),
        _MATRIX,
        (
            Argument("balances", MONEYS, Text("各段余额", "The bands' balances")),
            Argument("rates", RATES, Text("各段损失率，与余额一一对应", "Their loss rates, one a balance")),
            Argument("forward", RATE, Text("前瞻性调整系数", "The factor for what lies ahead"), "1"),
        ),
        "moneys",
        credit_loss.allowances,
        ([15000, 7500, 4000], [0.005, 0.022, 0.027], 1.1),
        ["82.50", "181.50", "118.80"],
    ),
)
