"""Names and words that stand beside ids: from the row that the id names."""

from __future__ import annotations

from addin.model.text import Text
from addin.rules.explain import catalogue
from addin.rules.explain.desk import Desk
from addin.rules.explain.steps import Row, Term, Trail


def customer_name(desk: Desk, trail: Trail, row: Row) -> Term:
    """The customer of a contract, or of a milestone's contract."""
    contract = row if row.table == "contracts" else contract_of(desk, row)
    customer = (
        None if contract is None else desk.row("customers", str(desk.cell(contract, "customer_id").value))
    )
    return _copied(
        desk, trail, row, customer, "name", Text("客户档案中的名称", "Name in the customers table"), contract
    )


def of_contract(desk: Desk, trail: Trail, row: Row, column: str) -> Term:
    """A milestone's copy of a column of its contract."""
    caption = Text("合同表中填写的", "As the contracts table has it")
    return _copied(desk, trail, row, contract_of(desk, row), column, caption)


def contract_of(desk: Desk, row: Row) -> Row | None:
    """The contract that a milestone names."""
    return desk.row("contracts", str(desk.cell(row, "contract_id").value))


def currency(desk: Desk, trail: Trail, row: Row) -> Term:
    """The contract's currency, else the base currency."""
    contract, found = contract_of(desk, row), desk.figure(row, "currency")
    if contract is not None and (cell := desk.cell(contract, "currency")).value == found.value:
        words = Text("合同的币种", "The contract's currency")
        return trail.add("same", [cell], catalogue.COPIED, words, [row])
    words = Text("合同未填币种，取本位币", "The contract names no currency: the base currency")
    rows = [row, contract, desk.setting("base_currency")]
    return trail.add("same", [Term(desk.book.ledger.base_currency)], catalogue.COPIED, words, rows)


def _copied(
    desk: Desk,
    trail: Trail,
    row: Row,
    source: Row | None,
    column: str,
    caption: Text,
    through: Row | None = None,
) -> Term:
    if source is None:
        words = Text("编号所指的行不存在", "There is no row of that id")
        return trail.add("none", (), catalogue.COPIED, words, [row, through])
    return trail.add("same", [desk.cell(source, column)], catalogue.COPIED, caption, [row, through])
