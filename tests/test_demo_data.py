"""The demo ledger keeps its promises: checked from the CSV files alone, no rule is run here."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from addin import assets
from addin.model.columns import Column, Kind, Table
from addin.model.tables import TABLES

Row = dict[str, str]
Ledger = dict[str, list[Row]]

DEMO = assets.templates() / "demo"
TYPED = {key: table for key, table in TABLES.items() if table.role in ("settings", "input", "mixed")}
AS_OF = "2026-06-30"
UNUSED = {
    "customers.kind": {"individual"},
    "levels.mode": {"end_of_month", "after_previous"},
    "levels.channel": {"wechat"},
}
SETTINGS = (
    "schema language as_of base_currency our_size company_name company_uscc company_address company_phone "
    "company_bank company_account company_signatory aging_edges roll day_count lpr_1y short_pay_tolerance "
    "estimate_late_rate min_reminder cooling_days promise_grace_days contact_cadence_days provision_rates "
    "grade_cuts grade_weights grade_terms"
)
ORDERED = "customers contracts milestones receipts invoices contacts letters levels"
"""Tables whose rows stand in the order of their keys."""
ENGLISH_TERMS = (
    (r"净(\d+)天", r"NET \1"),
    (r"月末后(\d+)天", r"EOM +\1"),
    (r"(\d+)天后次月(\d+)日", r"NET \1 DAY \2"),
)
FORMS = {
    Kind.DATE: r"\d{4}-\d{2}-\d{2}",
    Kind.MONEY: r"-?\d+\.\d{2}",
    Kind.RATE: r"0(\.\d{1,4})?|1",
    Kind.NUM: r"-?\d+(\.\d+)?",
    Kind.INT: r"-?\d+",
    Kind.BOOL: "TRUE|FALSE",
    Kind.LIST: r"[^;]+(;[^;]+)*",
}


def read(language: str) -> Ledger:
    ledger = {}
    for path in sorted((DEMO / language).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            ledger[path.stem] = list(csv.DictReader(lines, strict=True))
    return ledger


ZH, EN = read("zh"), read("en")
BOTH = pytest.mark.parametrize("ledger", [ZH, EN], ids=["zh", "en"])
MILESTONES = {row["milestone_id"]: row for row in ZH["milestones"]}
CONTRACTS = {row["contract_id"]: row for row in ZH["contracts"]}


def cells(ledger: Ledger) -> Iterator[tuple[str, Column, str, str]]:
    """(where, column, its name in dotted form, value) of every cell that holds something."""
    for key, table in TYPED.items():
        for number, row in enumerate(ledger[key], start=2):
            for column in table.owned_by("input"):
                if row[column.key]:
                    yield f"{key}.csv:{number}", column, f"{key}.{column.key}", row[column.key]


def where(table: str, **wanted: str) -> list[Row]:
    """Rows of the zh book whose cells hold these values."""
    return [row for row in ZH[table] if all(row[key] == value for key, value in wanted.items())]


def the_only(rows: list[Row]) -> Row:
    assert len(rows) == 1, rows
    return rows[0]


def money(row: Row, key: str = "amount") -> Decimal:
    return Decimal(row[key] or 0)


def total(rows: list[Row], key: str = "amount") -> Decimal:
    return sum((money(row, key) for row in rows), Decimal(0))


# The files


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_for_every_table_that_people_type_with_its_input_columns_as_headings(language: str) -> None:
    assert {path.stem for path in (DEMO / language).glob("*")} == set(TYPED)
    for key, table in TYPED.items():
        first = (DEMO / language / f"{key}.csv").read_text("utf-8").splitlines()[0]
        assert first.split(",") == [column.key for column in table.owned_by("input")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_files_are_plain_utf8_with_line_feeds(language: str) -> None:
    for path in (DEMO / language).glob("*.csv"):
        content = path.read_bytes()
        content.decode("utf-8")
        assert not content.startswith(b"\xef\xbb\xbf"), path
        assert b"\r" not in content and content.endswith(b"\n"), path


@BOTH
def test_twelve_customers_twenty_five_contracts_ninety_milestones(ledger: Ledger) -> None:
    assert [len(ledger[key]) for key in ("customers", "contracts", "milestones")] == [12, 25, 90]
    assert all(ledger.values())


@BOTH
def test_every_cell_is_written_as_its_kind_asks(ledger: Ledger) -> None:
    seen: Counter[Kind] = Counter()
    for place, column, name, value in cells(ledger):
        seen[column.kind] += 1
        if column.kind in FORMS:
            assert re.fullmatch(FORMS[column.kind], value), f"{place} {name}: {value}"
        if column.kind == Kind.DATE:
            date.fromisoformat(value)
        if column.kind == Kind.CHOICE:
            assert value in column.choice_names, f"{place} {name}: {value}"
        assert value == value.strip() and "\n" not in value, f"{place} {name}"
    assert set(seen) == set(Kind)


@BOTH
def test_required_cells_are_filled_and_keys_are_unique(ledger: Ledger) -> None:
    for key, table in TYPED.items():
        for column in table.owned_by("input"):
            if column.required:
                assert all(row[column.key] for row in ledger[key]), f"{key}.{column.key}"
        identities = Counter(tuple(row[part] for part in table.identity) for row in ledger[key])
        assert identities.most_common(1)[0][1] == 1, identities.most_common(1)


@BOTH
def test_every_reference_resolves(ledger: Ledger) -> None:
    seen: Counter[str] = Counter()
    for place, column, name, value in cells(ledger):
        if column.ref:
            known = {row[TABLES[column.ref].identity[0]] for row in ledger[column.ref]}
            seen[column.ref] += 1
            assert set(value.split(";")) <= known, f"{place} {name}: {value}"
    assert set(seen) == {"customers", "contracts", "milestones", "invoices"}


@BOTH
def test_ids_of_one_row_belong_together(ledger: Ledger) -> None:
    for rows in ledger.values():
        for row in rows:
            if row.get("milestone_id") and row.get("contract_id"):
                assert row["milestone_id"].rpartition("-")[0] == row["contract_id"], row
            if row.get("contract_id") and row.get("customer_id"):
                assert CONTRACTS[row["contract_id"]]["customer_id"] == row["customer_id"], row


@BOTH
def test_rows_stand_in_the_order_of_their_keys(ledger: Ledger) -> None:
    for key in ORDERED.split():
        keys = [row[TABLES[key].identity[0]] for row in ledger[key]]
        assert keys == sorted(keys), key
    for key in ("receipts", "contacts", "letters", "bank"):
        days = [row["date"] for row in ledger[key]]
        assert days == sorted(days), key


def test_no_choice_is_left_unused() -> None:
    used: defaultdict[str, set[str]] = defaultdict(set)
    for _, column, name, value in cells(ZH):
        if column.kind == Kind.CHOICE:
            used[name].add(value)
    for key, table in TYPED.items():
        for column in table.owned_by("input"):
            if column.kind == Kind.CHOICE:
                name = f"{key}.{column.key}"
                assert used[name] == set(column.choice_names) - UNUSED.get(name, set()), name


# Two languages


def agrees(table: Table, column: Column) -> bool:
    """Whether a column must hold the same in both books: all but free text and names."""
    if column.kind not in (Kind.TEXT, Kind.LIST) or column.ref or column.key in table.identity:
        return True
    return column.key in (
        "period",
        "currency",
        "agreement_no",
        "note_no",
        "bank_ref",
        "uscc",
        "phone",
        "email",
    )


def test_both_books_agree_in_every_column_that_is_not_text() -> None:
    for key, table in TYPED.items():
        assert len(ZH[key]) == len(EN[key])
        for zh, en in zip(ZH[key], EN[key], strict=True):
            for column in table.owned_by("input"):
                if agrees(table, column):
                    assert zh[column.key] == en[column.key], f"{key}.{column.key} {zh}"
                assert bool(zh[column.key]) == bool(en[column.key]), f"{key}.{column.key} {zh}"


def test_settings_differ_only_in_language_and_company_words() -> None:
    pairs = zip(ZH["settings"], EN["settings"], strict=True)
    different = {zh["key"] for zh, en in pairs if zh["value"] != en["value"]}
    words = {f"company_{part}" for part in ("name", "address", "bank", "signatory")}
    assert different == {"language", *words}
    assert {row["key"] for row in ZH["settings"]} <= set(SETTINGS.split())
    assert the_only(where("settings", key="as_of"))["value"] == AS_OF


def test_terms_say_the_same_in_either_language() -> None:
    for zh, en in zip(ZH["milestones"], EN["milestones"], strict=True):
        term = zh["term"]
        for chinese, english in ENGLISH_TERMS:
            term = re.sub(f"^{chinese}$", english, term)
        assert term == en["term"], zh["milestone_id"]


def test_each_book_is_written_in_its_own_language() -> None:
    chinese = re.compile("[一-鿿]")
    for place, column, name, value in cells(EN):
        assert name == "levels.name_zh" or not chinese.search(value), f"{place} {column.key}: {value}"
    written = "customers.industry contracts.project contracts.payment_clause milestones.name contacts.summary"
    for name in written.split():
        table, key = name.split(".")
        assert all(chinese.search(row[key]) for row in ZH[table]), name


# Amounts


def test_shares_fixed_amounts_and_the_balance_make_up_each_contract() -> None:
    for contract, row in CONTRACTS.items():
        rows = where("milestones", contract_id=contract)
        shares = total(rows, "share") * money(row) + total(rows, "amount_fixed")
        balances = [one for one in rows if not one["share"] and not one["amount_fixed"]]
        assert len(balances) <= 1 and (shares < money(row) if balances else shares == money(row)), contract
        assert [one["seq"] for one in rows] == [str(number) for number in range(1, len(rows) + 1)], contract


def test_contract_amounts_are_those_of_a_project_firm() -> None:
    domestic = [money(row) for row in CONTRACTS.values() if row["currency"] == "CNY"]
    assert (min(domestic), max(domestic)) == (Decimal(80_000), Decimal(6_800_000))
    assert {row["currency"] for row in CONTRACTS.values()} == {"CNY", "USD"}


def test_construction_retains_three_percent_at_most() -> None:
    for row in where("contracts", kind="construction"):
        retained = where("milestones", contract_id=row["contract_id"], category="retention")
        assert total(retained, "share") <= Decimal("0.03"), row["contract_id"]
        assert row["retention_rate"] == "0.03", row["contract_id"]
    for row in where("milestones", trigger="warranty_end"):
        assert CONTRACTS[row["contract_id"]]["retention_months"], row["milestone_id"]


def test_an_invoice_bills_its_milestone_and_its_lines_add_up() -> None:
    changed = {row["contract_id"] for row in ZH["amendments"]} | {"HT-2024-001"}
    billed: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in ZH["invoices"]:
        billed[row["milestone_id"]] += money(row)
    for key, amount in billed.items():
        if key and MILESTONES[key]["contract_id"] not in changed and key != "HT-2025-013-2":
            row = MILESTONES[key]
            share = Decimal(row["share"] or 0) * money(CONTRACTS[row["contract_id"]])
            assert amount == share + money(row, "amount_fixed"), key
    lines = Counter(row["invoice_no"] for row in ZH["invoice_lines"])
    assert len(lines) > 10
    for invoice in lines:
        bill = the_only(where("invoices", invoice_no=invoice))
        rows = where("invoice_lines", invoice_no=invoice)
        assert total(rows) == money(bill), invoice
        assert all(money(row, "quantity") * money(row, "unit_price") == money(row) for row in rows), invoice


def test_the_general_ledger_differs_for_one_customer_by_the_bank_fee_of_2025() -> None:
    """An accountant's way round: billed or delivered, less received, less let off."""
    closing: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in ZH["invoices"]:
        closing[CONTRACTS[row["contract_id"]]["customer_id"]] += money(row)
    closing["C003"] += Decimal("0.4") * money(CONTRACTS["HT-2026-001"])  # delivered, not billed yet
    for row in ZH["receipts"]:
        closing[row["customer_id"]] -= 0 if row["dishonoured_on"] else money(row)
    for row in ZH["adjustments"]:
        if row["kind"] != "credit_note":  # that one is in the red invoice already
            closing[CONTRACTS[MILESTONES[row["milestone_id"]]["contract_id"]]["customer_id"]] -= money(row)
    kept = {row["customer_id"]: money(row, "balance") - closing[row["customer_id"]] for row in ZH["gl"]}
    assert {row["period"] for row in ZH["gl"]} == {AS_OF[:7]} and len(kept) == 11
    assert {key: gap for key, gap in kept.items() if gap} == {"C005": Decimal("40.00")}


# Nobody real


def test_credit_codes_have_valid_check_digits() -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015
    codes = [row["uscc"] for row in ZH["customers"] if row["uscc"]]
    codes += [row["value"] for row in where("settings", key="company_uscc")]
    assert len(set(codes)) == 11
    for code in codes:
        weighted = sum(alphabet.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
        assert len(code) == 18 and alphabet[-weighted % 31] == code[17], code
    for row in ZH["customers"]:
        assert bool(row["uscc"]) == (row["kind"] != "overseas"), row["customer_id"]


def test_phones_mails_and_waybills_belong_to_nobody() -> None:
    for row in ZH["customers"]:
        assert row["phone"].startswith("000-") and (not row["email"] or row["email"].endswith(".example"))
    proofs = [row["proof"] for row in ZH["letters"] + ZH["contacts"] if row["proof"].startswith("EMS")]
    assert len(proofs) > 5 and all(proof.startswith("EMS 00000000") for proof in proofs)
