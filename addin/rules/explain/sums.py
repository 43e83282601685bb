"""The figures of contracts and customers: sums over milestones, invoices, contracts and receipts; conversion."""

from __future__ import annotations

from addin.model.columns import Column
from addin.model.days import to_days
from addin.model.money import digits_of
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.rules.claims import Contract, Receipt
from addin.rules.explain import amounts, catalogue
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.desk import Desk
from addin.rules.explain.steps import Row, Rule, Term, Trail


def _contract(desk: Desk, row: Row) -> Contract:
    return desk.contracts[row.key]


def _total(
    trail: Trail, terms: list[Term], digits: int, rule: Rule, words: Text, rows: list[Row | None]
) -> Term:
    if terms:
        return trail.add("sum", terms, rule, words, rows)
    none = Text(f"{words.zh}（没有）", f"{words.en} (none)")
    return trail.add("same", [Term(Money(0, digits))], rule, none, rows)


def _over(zh: str, en: str, column: Column) -> Text:
    return Text(f"{zh}“{column.name.zh}”之和", f'"{column.name.en}" of {en} together')


# --- contracts ---------------------------------------------------------------------------------------------


def amount_in_force(desk: Desk, trail: Trail, row: Row) -> Term:
    return amounts.in_force(desk, trail, _contract(desk, row), row)


def of_milestones(desk: Desk, trail: Trail, row: Row, column: str) -> Term:
    """The sum of a figure over the contract's milestones; unknown ones count as nothing."""
    found = [desk.figure(desk.at("milestones", each.row), column) for each in _contract(desk, row).milestones]
    words = _over("各节点", "the milestones", TABLES["milestones"][column])
    known = [term for term in found if term.value is not None]
    return _total(trail, known, desk.digits(row), catalogue.SUM_OF_MILESTONES, words, [row])


def open_amount(desk: Desk, trail: Trail, row: Row) -> Term:
    """What is left of triggered milestones."""
    found = [
        desk.figure(desk.at("milestones", each.row), "open")
        for each in _contract(desk, row).milestones
        if each.triggered and each.open
    ]
    words = Text("已触发节点的未收之和", "Open amounts of triggered milestones")
    return _total(trail, found, desk.digits(row), catalogue.SUM_OF_MILESTONES, words, [row])


def overdue(desk: Desk, trail: Trail, row: Row) -> Term:
    """What is past due, item by item: of a plan only the instalments whose date has passed."""
    terms, rows = list[Term](), list[Row | None]([row])
    for milestone in _contract(desk, row).milestones:
        late = [item for item in milestone.items if item.open and item.due < desk.book.day]
        if not milestone.triggered or not milestone.open or not late:
            continue
        source = desk.at("milestones", milestone.row)
        rows.append(source)
        if not milestone.plan:
            terms.append(desk.figure(source, "open"))
            continue
        rows += [desk.row("reschedules", item.name) for item in late if item.name]
        terms += [Term(Money(item.open, milestone.contract.digits)) for item in late]
    words = Text("逾期节点（分期按期）的未收之和", "Open amounts past due, of plans by instalment")
    return _total(trail, terms, desk.digits(row), catalogue.SUM_OF_MILESTONES, words, rows)


def invoiced(desk: Desk, trail: Trail, row: Row) -> Term:
    frame = desk.book.ledger["invoices"]
    own = frame[(frame["contract_id"] == row.key) & frame["amount"].notna()]
    issued = to_days(own["issued"])
    rows = [
        desk.at("invoices", int(number)) for number in own.index[(issued > 0) & (issued <= desk.book.day)]
    ]
    words = Text("截至日已开的发票之和", "Invoices issued by the as-of date")
    terms = [desk.cell(each, "amount") for each in rows]
    return _total(trail, terms, desk.digits(row), catalogue.INVOICED, words, [row])


def collected_rate(desk: Desk, trail: Trail, row: Row) -> Term:
    terms = [of_milestones(desk, trail, row, "received"), amount_in_force(desk, trail, row)]
    words = Text("已核销 ÷ 现行金额", "Received ÷ amount in force")
    return trail.add("ratio", terms, catalogue.COLLECTED, words, [row])


# --- customers ---------------------------------------------------------------------------------------------


def of_contracts(desk: Desk, trail: Trail, row: Row, column: str) -> Term:
    """The sum of a figure over the customer's contracts, by currency, in the base currency."""
    by_currency: dict[str, list[Term]] = {}
    for contract in desk.book.contracts:
        if contract.customer == row.key and contract.row is not None:
            term = desk.figure(desk.at("contracts", contract.row), column)
            by_currency.setdefault(contract.currency, []).append(term)
    words = _over("各合同", "the contracts", TABLES["contracts"][column])
    return in_base(desk, trail, row, by_currency, catalogue.SUM_OF_CONTRACTS, words)


def unapplied(desk: Desk, trail: Trail, row: Row) -> Term:
    """What the customer's receipts have not paid, in the base currency."""
    by_currency: dict[str, list[Term]] = {}
    for receipt in desk.receipts_of.get(row.key, ()):
        if receipt.left:
            by_currency.setdefault(receipt.currency, []).append(left_of(desk, trail, receipt))
    words = Text("未核销的回款之和", "Unapplied parts of receipts")
    return in_base(desk, trail, row, by_currency, catalogue.UNAPPLIED, words)


def left_of(desk: Desk, trail: Trail, receipt: Receipt) -> Term:
    """What a receipt has not paid; of a refund what it could not take back."""
    row = desk.at("receipts", receipt.row)
    made = [Term(Money(each.amount, receipt.digits)) for each in desk.allocations_of.get(receipt.row, ())]
    given = [Term(Money(each.amount, receipt.digits)) for each in desk.returns_from.get(receipt.row, ())]
    got = [Term(Money(-each.amount, receipt.digits)) for each in desk.returns_to.get(receipt.row, ())]
    rows: list[Row | None] = [
        *(
            desk.at("milestones", each.item.milestone.row)
            for each in desk.allocations_of.get(receipt.row, ())
        ),
        *(desk.at("receipts", each.refund.row) for each in desk.returns_from.get(receipt.row, ())),
        *(desk.at("receipts", each.receipt.row) for each in desk.returns_to.get(receipt.row, ())),
    ]
    why = _why_left(receipt)
    words = Text(
        f"回款 {receipt.id}（{why.zh}）减去已核销与退款",
        f"Receipt {receipt.id} ({why.en}) less what it paid and refunds",
    )
    return trail.add("minus", [desk.cell(row, "amount"), *made, *given, *got], catalogue.LEFT, words, rows)


def _why_left(receipt: Receipt) -> Text:
    """Why money waits, or a refund is short."""
    if receipt.amount < 0:
        return Text("退款超过可冲回的款项", "refunds more than there was to take back")
    if not receipt.payable:
        return Text("编号或币种有误，未核销", "an id or the currency is wrong, not applied")
    if receipt.milestone is not None and not receipt.milestone.triggered:
        id = receipt.milestone.id
        return Text(f"为未触发的节点 {id} 预留", f"reserved for {id}, which is not triggered yet")
    if receipt.milestone is not None:
        id = receipt.milestone.id
        return Text(f"超过节点 {id} 的未收", f"more than {id} had open")
    if receipt.contract is not None:
        id = receipt.contract.id
        return Text(f"合同 {id} 当时没有更多已触发的未收", f"nothing more was triggered and open in {id}")
    return Text("当时没有更多已触发的未收", "nothing more was triggered and open then")


def in_base(
    desk: Desk, trail: Trail, row: Row, by_currency: dict[str, list[Term]], rule: Rule, words: Text
) -> Term:
    """Sums by currency, each converted, together; unknown where a rate is missing."""
    base, parts = desk.book.rates.base, []
    for currency, terms in by_currency.items():
        caption = Text(f"{words.zh}（{currency}）", f"{words.en} ({currency})")
        together = trail.add("sum", terms, rule, caption, [row])
        part = converted(desk, trail, row, together, currency)
        if part.value is None:
            return part
        parts.append(part)
    caption = Text(f"合计（{base}）", f"Together ({base})")
    return _total(trail, parts, digits_of(base), rule, caption, [row])


def converted(desk: Desk, trail: Trail, row: Row, amount: Term, currency: str) -> Term:
    """In the base currency at the latest rate."""
    rates = desk.book.rates
    if currency == rates.base:
        return amount
    if isinstance(amount.value, Money) and not amount.value.minor:
        return Term(Money(0, digits_of(rates.base)))
    place = rates.rows.get(currency)
    if place is None:
        words = Text(
            f"没有 {currency} 的汇率，合计未知", f"There is no rate of {currency}: the sum is unknown"
        )
        return trail.add("none", [amount], catalogue.EXCHANGE, words, [row])
    rate = desk.cell(desk.at("fx_rates", place), "rate")
    words = Text(f"{currency} 折算 {rates.base}", f"{currency} in {rates.base}")
    terms = [amount, rate, Term(digits_of(rates.base))]
    return trail.add("convert", terms, catalogue.EXCHANGE, words, [row])
