"""A letter with something in every field: what templates are checked and drawn with. All names are invented."""

from __future__ import annotations

from datetime import date

from addin.documents.facts import Claim, Customer, Firm, Letter, PastLetter
from addin.model.text import Language, Text

_DAY = date(2026, 6, 30)


def sample_letter(language: Language, kind: str = "demand", level: int = 4) -> Letter:
    """A letter on two contracts: interest of both bases, a dispute, an adjustment, an extension, earlier letters."""
    claims = (
        Claim(
            "HT-2025-001", Text("三号总装线", "Assembly line 3").in_(language), "HT-2025-001-3",
            Text("到货款", "On delivery").in_(language), 216_000_000, 160_000_000, 5_000_000, 51_000_000, 6_000_000,
            date(2026, 4, 15), date(2026, 3, 15), 76, 1_938_000, "contract", "0.0005",
            Text("到货后 30 日内付 40%。", "40 % within 30 days of delivery.").in_(language), ("26412000000012345678",),
        ),
        Claim(
            "HT-2025-014", Text("冷库自动化", "Cold store").in_(language), "HT-2025-014-2",
            Text("进度款", "Progress").in_(language), 19_200_000, 0, 0, 19_200_000, 0,
            date(2026, 5, 20), date(2026, 5, 20), 41, 384_000, "statute", "0.0005", "", ("26412000000012345999",),
            Text("第 2 期", "instalment 2").in_(language), date(2026, 5, 22), date(2029, 5, 21),
        ),
    )  # fmt: skip
    later = Claim(
        "HT-2025-001", claims[0].project, "HT-2025-001-5", Text("质保金", "Retention").in_(language), 16_200_000, 0, 0,
        16_200_000, 0, date(2027, 5, 15), date(2027, 5, 15), -319,
    )  # fmt: skip
    return Letter(
        "L-2026-0031", _DAY, language, level, kind, "letter", "CNY", _firm(language), _customer(language), claims,
        (*claims, later), date(2026, 7, 7),
        (
            PastLetter(
                "L-2026-0012", "reminder", 1, date(2026, 4, 17), date(2026, 4, 17), "EMS 1098000000018",
                ("HT-2025-001-3",),
            ),
            PastLetter("L-2026-0021", "reminder", 3, date(2026, 5, 25), about=("HT-2025-001-3", "HT-2025-014-2")),
        ),
        after_sale=True,
    )  # fmt: skip


def _firm(language: Language) -> Firm:
    return Firm(
        Text("云泽衡川自动化工程有限公司", "Yunze Hengchuan Automation Co., Ltd.").in_(language),
        "91320000MA0D3M0053",
        Text("江苏省云泽市高新区启衡路 18 号", "18 Qiheng Road, High-tech Zone, Yunze").in_(language),
        "000-8800-0018",
        Text("云泽农商银行高新支行", "Yunze Rural Commercial Bank").in_(language),
        "0000 1800 0000 2026 118",
        Text("陆怀谦", "Lu Huaiqian").in_(language),
    )


def _customer(language: Language) -> Customer:
    return Customer(
        "C003",
        Text("青屿食品机械（集团）有限公司", "Qingyu Food Machinery (Group) Co., Ltd.").in_(language),
        "91320000MA0D3M0099",
        Text("沈知遥", "Ms Shen Zhiyao").in_(language),
        "000-8800-0099",
        "pay@example.com",
        Text("江苏省云泽市滨湖区听澜路 6 号 3 幢", "Building 3, 6 Tinglan Road, Binhu District, Yunze").in_(
            language
        ),
    )
