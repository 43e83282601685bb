"""The roll-forward of amended rows, and of several customers over several months."""

from __future__ import annotations

from tests.oracle.build import amendment, contract, fixed, receipt, share
from tests.rules.figures import Look


def rolled(seen: Look) -> list[tuple[str, str, str, str, str]]:
    return [
        (row["period"], row["customer_id"], row["new"], row["received"], row["closing"])
        for row in seen.rows("rollforward")
    ]


def test_an_amendment_is_new_of_triggered_rows_only() -> None:
    rows = [share("A", "0.5", 1, trigger_date="01-10"), share("B", "0.5", 2)]
    seen = Look("02-28", [contract("C", "100")], rows, amendments=[amendment("V", "02-01", "120")])
    # 20 more, spread over 50 and 50; B is pending and no receivable yet
    assert rolled(seen) == [
        ("2025-01", "K", "50.00", "0.00", "50.00"),
        ("2025-02", "K", "10.00", "0.00", "60.00"),
    ]


def test_customers_and_months_are_kept_apart() -> None:
    seen = Look(
        "03-31",
        [contract("C", "100"), contract("D", "70", customer="L")],
        [fixed("M", "100", "01-10"), fixed("N", "70", "02-10", contract="D")],
        receipts=[receipt("R1", "02-15", "40", m="M"), receipt("R2", "03-15", "20", m="N")],
    )
    assert rolled(seen) == [
        ("2025-01", "K", "100.00", "0.00", "100.00"),
        ("2025-02", "K", "0.00", "40.00", "60.00"),
        ("2025-02", "L", "70.00", "0.00", "70.00"),
        ("2025-03", "K", "0.00", "0.00", "60.00"),
        ("2025-03", "L", "0.00", "20.00", "50.00"),
    ]
