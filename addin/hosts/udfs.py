"""The worksheet functions as xlwings calls them, one a function of the registry.

Made by `python -m addin.hosts.macros` from addin/functions: change it there. xlwings takes an annotation for a
converter, so the arguments have none; what a function tells is in the registry.
"""
# fmt: off
# mypy: disable-error-code="no-untyped-def, untyped-decorator"

import xlwings as xw

from addin.hosts.udf_calls import answer


@xw.func(category="Huikuan")
def AR_SPLIT(total, shares, method=None):
    return answer("AR_SPLIT", total, shares, method)


@xw.func(category="Huikuan")
def AR_AMEND(new_total, amounts, frozen, policy=None):
    return answer("AR_AMEND", new_total, amounts, frozen, policy)


@xw.func(category="Huikuan")
def AR_NET_TAX(gross, rate):
    return answer("AR_NET_TAX", gross, rate)


@xw.func(category="Huikuan")
def AR_RECOUP_START(contract, advance, material_share):
    return answer("AR_RECOUP_START", contract, advance, material_share)


@xw.func(category="Huikuan")
def AR_RETENTION_CAP(settlement_total, rate=None):
    return answer("AR_RETENTION_CAP", settlement_total, rate)


@xw.func(category="Huikuan")
def AR_CAPITALS(amount, prefix=None):
    return answer("AR_CAPITALS", amount, prefix)


@xw.func(category="Huikuan")
def AR_CAPITALS_OK(text, amount):
    return answer("AR_CAPITALS_OK", text, amount)


@xw.func(category="Huikuan")
def AR_CAPITALS_DATE(date_):
    return answer("AR_CAPITALS_DATE", date_)


@xw.func(category="Huikuan")
def AR_DUE_DATE(base, term, roll=None):
    return answer("AR_DUE_DATE", base, term, roll)


@xw.func(category="Huikuan")
def AR_WORKDAY(date_, roll=None):
    return answer("AR_WORKDAY", date_, roll)


@xw.func(category="Huikuan")
def AR_IS_WORKDAY(date_):
    return answer("AR_IS_WORKDAY", date_)


@xw.func(category="Huikuan")
def AR_WORKDAYS(from_, to_):
    return answer("AR_WORKDAYS", from_, to_)


@xw.func(category="Huikuan")
def AR_STATUTORY_DUE(buyer, base, contract_days=None):
    return answer("AR_STATUTORY_DUE", buyer, base, contract_days)


@xw.func(category="Huikuan")
def AR_DAYS_OVERDUE(due, as_of):
    return answer("AR_DAYS_OVERDUE", due, as_of)


@xw.func(category="Huikuan")
def AR_BUCKET(due, as_of, edges=None):
    return answer("AR_BUCKET", due, as_of, edges)


@xw.func(category="Huikuan")
def AR_AGE_YEARS(recognised, as_of):
    return answer("AR_AGE_YEARS", recognised, as_of)


@xw.func(category="Huikuan")
def AR_OPEN(amounts, received):
    return answer("AR_OPEN", amounts, received)


@xw.func(category="Huikuan")
def AR_AGING(group, due, open_, as_of, edges=None):
    return answer("AR_AGING", group, due, open_, as_of, edges)


@xw.func(category="Huikuan")
def AR_ALLOCATE(receipt, open_, due, as_of=None, security=None, burden=None, designated=None):
    return answer("AR_ALLOCATE", receipt, open_, due, as_of, security, burden, designated)


@xw.func(category="Huikuan")
def AR_MATCH(receipt, open_, tolerance=None):
    return answer("AR_MATCH", receipt, open_, tolerance)


@xw.func(category="Huikuan")
def AR_ARTICLE_561(payment, costs, interest, principal):
    return answer("AR_ARTICLE_561", payment, costs, interest, principal)


@xw.func(category="Huikuan")
def AR_INTEREST(principal, due, paid, rate, basis=None, cap=None):
    return answer("AR_INTEREST", principal, due, paid, rate, basis, cap)


@xw.func(category="Huikuan")
def AR_INTEREST_PAID(principal, due, as_of, rate, basis, pay_dates, pay_amounts, order=None):
    return answer("AR_INTEREST_PAID", principal, due, as_of, rate, basis, pay_dates, pay_amounts, order)


@xw.func(category="Huikuan")
def AR_LATE_FEE(debt, regime):
    return answer("AR_LATE_FEE", debt, regime)


@xw.func(category="Huikuan")
def AR_LIMITATION(last_due, interrupted_on=None):
    return answer("AR_LIMITATION", last_due, interrupted_on)


@xw.func(category="Huikuan")
def AR_PAYDEX(days_beyond_terms, amounts=None):
    return answer("AR_PAYDEX", days_beyond_terms, amounts)


@xw.func(category="Huikuan")
def AR_ALTMAN(total_assets, working_capital, retained_earnings, ebit, equity, liabilities, sales, model=None):
    return answer("AR_ALTMAN", total_assets, working_capital, retained_earnings, ebit, equity, liabilities, sales, model)  # noqa: E501  # made by a program


@xw.func(category="Huikuan")
def AR_GRADE(score, cuts=None):
    return answer("AR_GRADE", score, cuts)


@xw.func(category="Huikuan")
def AR_CREDIT_LIMIT(avg_monthly_sales, months, grade):
    return answer("AR_CREDIT_LIMIT", avg_monthly_sales, months, grade)


@xw.func(category="Huikuan")
def AR_MIGRATION(opening, migrated, written_off=None):
    return answer("AR_MIGRATION", opening, migrated, written_off)


@xw.func(category="Huikuan")
def AR_LOSS_RATES(migration_rates):
    return answer("AR_LOSS_RATES", migration_rates)


@xw.func(category="Huikuan")
def AR_FLOW_RATES(sale, collected):
    return answer("AR_FLOW_RATES", sale, collected)


@xw.func(category="Huikuan")
def AR_ECL(balances, rates, forward=None):
    return answer("AR_ECL", balances, rates, forward)


@xw.func(category="Huikuan")
def AR_DSO(receivables, sales, days):
    return answer("AR_DSO", receivables, sales, days)


@xw.func(category="Huikuan")
def AR_BPDSO(current, sales, days):
    return answer("AR_BPDSO", current, sales, days)


@xw.func(category="Huikuan")
def AR_ADD(receivables, current, sales, days):
    return answer("AR_ADD", receivables, current, sales, days)


@xw.func(category="Huikuan")
def AR_DSO_COUNTBACK(receivables, sales, days):
    return answer("AR_DSO_COUNTBACK", receivables, sales, days)


@xw.func(category="Huikuan")
def AR_CEI(opening, sales, closing, closing_current, periods=None):
    return answer("AR_CEI", opening, sales, closing, closing_current, periods)


@xw.func(category="Huikuan")
def AR_COLLECTION_RATE(due, overdue_opening, received):
    return answer("AR_COLLECTION_RATE", due, overdue_opening, received)


@xw.func(category="Huikuan")
def AR_TURNOVER(sales, average_receivables, year_days=None):
    return answer("AR_TURNOVER", sales, average_receivables, year_days)


@xw.func(category="Huikuan")
def AR_WEIGHTED_DAYS(amounts, days):
    return answer("AR_WEIGHTED_DAYS", amounts, days)


@xw.func(category="Huikuan")
def AR_ON_TIME(amounts, days_late, by=None):
    return answer("AR_ON_TIME", amounts, days_late, by)


@xw.func(category="Huikuan")
def AR_PROMISE_KEPT(promised, paid, by=None):
    return answer("AR_PROMISE_KEPT", promised, paid, by)


@xw.func(category="Huikuan")
def AR_ALERT(days_overdue):
    return answer("AR_ALERT", days_overdue)


@xw.func(category="Huikuan")
def AR_ARTICLE_634(price, due_unpaid):
    return answer("AR_ARTICLE_634", price, due_unpaid)


@xw.func(category="Huikuan")
def AR_BONUS_CUT(amount, days_over, ladder=None):
    return answer("AR_BONUS_CUT", amount, days_over, ladder)
