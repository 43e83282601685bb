"""The worksheet functions as xlwings calls them, one a function of the registry, and the self-test.

Made by `python -m addin.hosts.macros` from addin/functions: change it there. xlwings takes an annotation for a
converter, so the arguments have none. An error in a cell comes as its name, for an empty cell is something else.
"""
# fmt: off
# mypy: disable-error-code="no-untyped-def, untyped-decorator"
# ruff: noqa: E501  # made by a program

import xlwings as xw

from addin.hosts.udf_calls import answer, selftest


@xw.func(category="Huikuan")
@xw.arg("total", doc="总额 the total", err_to_str=True)
@xw.arg("shares", doc="各期：总额的比例、“fixed 200”（固定）、“33% rest”（扣除固定后的比例）或 “balance”（余款） each part: a fraction of the total, \"fixed 200\", \"33% rest\" (of what the fixed parts leave) or \"balance\"", err_to_str=True)
@xw.arg("method", doc="尾差归最后一项，或按最大余数 the last takes the rounding difference, or the cents go by largest remainder", err_to_str=True)
def AR_SPLIT(total, shares, method=None):
    """把总额分成各期，合计正好等于总额 Splits a total into amounts that add up to it"""
    return answer("AR_SPLIT", total, shares, method)


@xw.func(category="Huikuan")
@xw.arg("new_total", doc="新总额 the new total", err_to_str=True)
@xw.arg("amounts", doc="各期原金额 the amounts before", err_to_str=True)
@xw.arg("frozen", doc="已收款或已开票为 TRUE TRUE per paid or invoiced milestone", err_to_str=True)
@xw.arg("policy", doc="分摊或重算 how the difference is shared", err_to_str=True)
def AR_AMEND(new_total, amounts, frozen, policy=None):
    """补充协议改变总额后各期的金额；已收款或已开票的不变 The amounts after a supplement; what is paid or invoiced stays"""
    return answer("AR_AMEND", new_total, amounts, frozen, policy)


@xw.func(category="Huikuan")
@xw.arg("gross", doc="含税额 amount with tax", err_to_str=True)
@xw.arg("rate", doc="税率，0.13 即 13% tax rate, 0.13 is 13 %", err_to_str=True)
def AR_NET_TAX(gross, rate):
    """含税额分为不含税额和税额 A gross amount as net amount and tax"""
    return answer("AR_NET_TAX", gross, rate)


@xw.func(category="Huikuan")
@xw.arg("contract", doc="合同价 contract price", err_to_str=True)
@xw.arg("advance", doc="预付款 the advance", err_to_str=True)
@xw.arg("material_share", doc="主要材料比重，0.6 即 60% share of materials, 0.6 is 60 %", err_to_str=True)
def AR_RECOUP_START(contract, advance, material_share):
    """预付款起扣点：累计完成额到此开始扣回预付款 The cumulative work value at which recovery of the advance starts"""
    return answer("AR_RECOUP_START", contract, advance, material_share)


@xw.func(category="Huikuan")
@xw.arg("settlement_total", doc="结算总额 settlement total", err_to_str=True)
@xw.arg("rate", doc="比例 the share", err_to_str=True)
def AR_RETENTION_CAP(settlement_total, rate=None):
    """工程质保金上限，向下取到分 The most that may be retained in construction, rounded down"""
    return answer("AR_RETENTION_CAP", settlement_total, rate)


@xw.func(category="Huikuan")
@xw.arg("amount", doc="金额；可为负 the amount; may be negative", err_to_str=True)
@xw.arg("prefix", doc="TRUE 时前加“人民币” TRUE puts the word for renminbi before it", err_to_str=True)
def AR_CAPITALS(amount, prefix=None):
    """金额的中文大写 The amount in Chinese capitals"""
    return answer("AR_CAPITALS", amount, prefix)


@xw.func(category="Huikuan")
@xw.arg("text", doc="大写文字 the capitals", err_to_str=True)
@xw.arg("amount", doc="金额；可为负 the amount; may be negative", err_to_str=True)
def AR_CAPITALS_OK(text, amount):
    """大写文字是否为该金额的一种合规写法 Whether a text is one of the valid capital forms of an amount"""
    return answer("AR_CAPITALS_OK", text, amount)


@xw.func(category="Huikuan")
@xw.arg("date_", doc="出票日期 the date", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_CAPITALS_DATE(date_, date1904=False):
    """票据日期的中文大写 The date of a draft in Chinese capitals"""
    return answer("AR_CAPITALS_DATE", date_, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("base", doc="起算日：发票、交付、验收等；空为未触发 base date: invoice, delivery, acceptance …; empty: not yet", err_to_str=True)
@xw.arg("term", doc="付款条件，如 NET 30、净30天、EOM +45、MONTHS 6 payment term, such as NET 30, EOM +45, MONTHS 6, PAYDAYS 5,10", err_to_str=True)
@xw.arg("roll", doc="遇休息日：不动、顺延或提前 off days: stay, the next working day, or the one before", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_DUE_DATE(base, term, roll=None, date1904=False):
    """按付款条件算到期日；起算日为空时为 pending The due date by a payment term; pending where the base date is empty"""
    return answer("AR_DUE_DATE", base, term, roll, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("date_", doc="日期 a date", err_to_str=True)
@xw.arg("roll", doc="顺延或提前 the next working day or the one before", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_WORKDAY(date_, roll=None, date1904=False):
    """当天或其后（前）第一个中国工作日 The day itself or the next (or previous) working day in China"""
    return answer("AR_WORKDAY", date_, roll, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("date_", doc="日期 a date", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_IS_WORKDAY(date_, date1904=False):
    """是否中国工作日 Whether it is a working day in China"""
    return answer("AR_IS_WORKDAY", date_, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("from_", doc="首日 first day", err_to_str=True)
@xw.arg("to_", doc="末日 last day", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_WORKDAYS(from_, to_, date1904=False):
    """工作日天数，含首尾两日；to 早于 from 时为负，与 NETWORKDAYS 同 Working days, both ends included; negative where to is before from, as NETWORKDAYS counts"""
    return answer("AR_WORKDAYS", from_, to_, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("buyer", doc="买方：机关事业单位或大型企业 the buyer: a public body or a large enterprise", err_to_str=True)
@xw.arg("base", doc="交付或验收日 day of delivery or acceptance", err_to_str=True)
@xw.arg("contract_days", doc="合同约定天数；空为未约定 days that the contract agrees; empty: it is silent", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_STATUTORY_DUE(buyer, base, contract_days=None, date1904=False):
    """中小企业款项的最迟付款日：机关事业单位 30 日、约定最长 60 日；大型企业 60 日或按约定 The latest enforceable due date of a small firm's claim: public bodies 30 days, by contract at most 60; large enterprises 60 or as agreed"""
    return answer("AR_STATUTORY_DUE", buyer, base, contract_days, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("due", doc="到期日 due date", err_to_str=True)
@xw.arg("as_of", doc="截至日 the as-of date", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_DAYS_OVERDUE(due, as_of, date1904=False):
    """逾期天数：到期日当天为 0，之前为负 Days past due: 0 on the due date, negative before it"""
    return answer("AR_DAYS_OVERDUE", due, as_of, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("due", doc="到期日 due date", err_to_str=True)
@xw.arg("as_of", doc="截至日 the as-of date", err_to_str=True)
@xw.arg("edges", doc="各段上限（含），最后一段不封顶 upper bounds of the buckets, inclusive; one more is open-ended", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_BUCKET(due, as_of, edges=None, date1904=False):
    """账龄段，按逾期天数，上限含在内 The aging bucket by days past due, upper bounds inclusive"""
    return answer("AR_BUCKET", due, as_of, edges, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("recognised", doc="应收款确认日 day on which it was recognised", err_to_str=True)
@xw.arg("as_of", doc="截至日 the as-of date", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_AGE_YEARS(recognised, as_of, date1904=False):
    """披露账龄：自确认日起按周年计，恰满 N 年仍在较低一段，2月29日的周年为2月28日 The age band of disclosures: by anniversaries of recognition; exactly N years stays in the lower band, the anniversary of 29 February is 28 February"""
    return answer("AR_AGE_YEARS", recognised, as_of, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("amounts", doc="各项应收金额，最早的在前 the amounts, oldest first", err_to_str=True)
@xw.arg("received", doc="累计收款 money received in all", err_to_str=True)
def AR_OPEN(amounts, received):
    """各项未收金额：收款从最早一项起依次抵减；多收时另加一行负数 What is left of each amount after what was received is applied oldest first; an over-payment is one more, negative row"""
    return answer("AR_OPEN", amounts, received)


@xw.func(category="Huikuan")
@xw.arg("group", doc="每项的分组：客户、合同或负责人 group of each item: customer, contract, manager", err_to_str=True)
@xw.arg("due", doc="每项的到期日 due date of each item", err_to_str=True)
@xw.arg("open_", doc="每项的未收金额 what is open of each item", err_to_str=True)
@xw.arg("as_of", doc="截至日 the as-of date", err_to_str=True)
@xw.arg("edges", doc="各段上限（含），最后一段不封顶 upper bounds of the buckets, inclusive; one more is open-ended", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_AGING(group, due, open_, as_of, edges=None, date1904=False):
    """账龄表：每组一行，按首次出现的顺序，末行合计 The aging table: a row a group in order of first appearance, the last row the totals"""
    return answer("AR_AGING", group, due, open_, as_of, edges, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("receipt", doc="收到的金额 the money received", err_to_str=True)
@xw.arg("open_", doc="各项未收金额 what is open of each item", err_to_str=True)
@xw.arg("due", doc="各项到期日 due date of each item", err_to_str=True)
@xw.arg("as_of", doc="收款日；空则视为全部到期 day of the receipt; empty: all count as due", err_to_str=True)
@xw.arg("security", doc="各项担保金额；空为 0 what secures each item; empty is 0", err_to_str=True)
@xw.arg("burden", doc="各项逾期利率；空为 0 late rate of each item; empty is 0", err_to_str=True)
@xw.arg("designated", doc="付款人指定的项为 TRUE TRUE for the items that the payer named", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_ALLOCATE(receipt, open_, due, as_of=None, security=None, burden=None, designated=None, date1904=False):
    """一笔收款在各项之间的核销：先指定的；再按已到期、担保最少、负担最重、到期最早；同序按比例（最大余数） What a receipt pays of each item: the designated first; then due before not due, least secured, heaviest burden, earliest due; equals pro rata by largest remainder"""
    return answer("AR_ALLOCATE", receipt, open_, due, as_of, security, burden, designated, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("receipt", doc="收到的金额 the money received", err_to_str=True)
@xw.arg("open_", doc="各项未收金额 what is open of each item", err_to_str=True)
@xw.arg("tolerance", doc="允许的差额，含在内 difference allowed, inclusive", err_to_str=True)
def AR_MATCH(receipt, open_, tolerance=None):
    """恰好凑成收款的唯一一组未收项的位置；没有为 none，多于一组为 ambiguous；容差内有恰好相等的取恰好相等的 The positions of the only set of open amounts that adds up to the receipt; none, or ambiguous where several do; within a tolerance an exact set beats a near one"""
    return answer("AR_MATCH", receipt, open_, tolerance)


@xw.func(category="Huikuan")
@xw.arg("payment", doc="付款金额 the payment", err_to_str=True)
@xw.arg("costs", doc="实现债权的费用 costs of enforcing the claim", err_to_str=True)
@xw.arg("interest", doc="利息 interest owed", err_to_str=True)
@xw.arg("principal", doc="本金 principal owed", err_to_str=True)
def AR_ARTICLE_561(payment, costs, interest, principal):
    """一笔付款依次抵充费用、利息、本金 What a payment meets: costs, then interest, then principal"""
    return answer("AR_ARTICLE_561", payment, costs, interest, principal)


@xw.func(category="Huikuan")
@xw.arg("principal", doc="本金 The amount that is late", err_to_str=True)
@xw.arg("due", doc="到期日；次日为计息第一天 The due date; the day after it is the first that counts", err_to_str=True)
@xw.arg("paid", doc="付款日，当日仍计息 The day of payment; it still counts", err_to_str=True)
@xw.arg("rate", doc="利率，0.05 即 5%；daily 时为日利率 The rate, 0.05 is 5 %; per day where daily", err_to_str=True)
@xw.arg("basis", doc="计息基准：365、360、30/360（30E/360，每月按 30 天）或 daily（利率按日） 365, 360, 30/360 (30E/360: every month has 30 days) or daily (the rate is per day)", err_to_str=True)
@xw.arg("cap", doc="上限，占本金的比例；留空为不设上限 The most, as a fraction of principal; none if empty", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_INTEREST(principal, due, paid, rate, basis=None, cap=None, date1904=False):
    """到期日次日起至付款日（含）的单利，最后一次性四舍五入到分，不为负 Simple interest for the days after due up to and including paid, rounded once; never negative"""
    return answer("AR_INTEREST", principal, due, paid, rate, basis, cap, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("principal", doc="本金 The amount that is late", err_to_str=True)
@xw.arg("due", doc="到期日；次日为计息第一天 The due date; the day after it is the first that counts", err_to_str=True)
@xw.arg("as_of", doc="截至日，当日计息 The last day that counts", err_to_str=True)
@xw.arg("rate", doc="利率，0.05 即 5%；daily 时为日利率 The rate, 0.05 is 5 %; per day where daily", err_to_str=True)
@xw.arg("basis", doc="计息基准：365、360、30/360（30E/360，每月按 30 天）或 daily（利率按日） 365, 360, 30/360 (30E/360: every month has 30 days) or daily (the rate is per day)", err_to_str=True)
@xw.arg("pay_dates", doc="各次付款日，顺序不限；到期日及以前的冲减本金，截至日以后的不计 The days of the payments, in any order; one up to due lowers the principal, one after as_of is left out", err_to_str=True)
@xw.arg("pay_amounts", doc="各次付款金额，与付款日一一对应；超出本息的部分不列示 The amount of each; what exceeds interest and principal is not shown", err_to_str=True)
@xw.arg("order", doc="561：先利息（默认）；principal：先本金 561: interest first (default); principal: principal first", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_INTEREST_PAID(principal, due, as_of, rate, basis, pay_dates, pay_amounts, order=None, date1904=False):
    """有部分付款时的单利：每段一行，列出按基准计的天数、本金、利息和该段末付款的冲抵；利息合计只舍入一次，不计复利 Simple interest with payments on the way: a row a segment with its days as the basis counts them, principal and interest, and what the payment on its last day met; rounded once in all, not compounded"""
    return answer("AR_INTEREST_PAID", principal, due, as_of, rate, basis, pay_dates, pay_amounts, order, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("debt", doc="债务金额（英镑或欧元） The debt, in pounds or euro", err_to_str=True)
@xw.arg("regime", doc="UK：不足 1000 为 40，1000 起 70，10000 起 100；IE：1000 及以下 40，10000 及以下 70，以上 100；EU：40 UK: 40 below 1,000, 70 from 1,000, 100 from 10,000; IE: 40 up to 1,000, 70 up to 10,000, 100 above; EU: 40", err_to_str=True)
def AR_LATE_FEE(debt, regime):
    """每笔逾期债务的法定固定补偿，按债务金额分档；债务为 0 时为 0 The fixed compensation for one late debt, by its size; nothing on a debt of 0"""
    return answer("AR_LATE_FEE", debt, regime)


@xw.func(category="Huikuan")
@xw.arg("last_due", doc="最后一期的到期日 The due date of the last instalment", err_to_str=True)
@xw.arg("interrupted_on", doc="中断日：送达的催款、部分付款、还款承诺、起诉等，顺序不限，空格不计 Interruptions: a demand that arrived, a part payment, a promise, a suit …, in any order; empty cells are none", err_to_str=True)
@xw.arg("date1904", vba="HuikuanFrom1904()")
def AR_LIMITATION(last_due, interrupted_on=None, date1904=False):
    """诉讼时效届满日：自最后一期到期日起三年，届满前（含当日）每次中断后重新起算，逢非工作日顺延；届满后的催款不再中断，该年节假日未公布的不顺延 The last day of limitation: three years from the last instalment's due date, anew from each interruption up to that day, rolled to a working day; an interruption after it revives nothing, and a year whose calendar is not published is not rolled"""
    return answer("AR_LIMITATION", last_due, interrupted_on, date1904=date1904)


@xw.func(category="Huikuan")
@xw.arg("days_beyond_terms", doc="各笔付款晚于账期的天数，提前为负 Days beyond terms of each payment, negative where early", err_to_str=True)
@xw.arg("amounts", doc="各笔金额；留空则各笔权重相同 The amounts; all weigh the same if empty", err_to_str=True)
def AR_PAYDEX(days_beyond_terms, amounts=None):
    """付款指数 1–100，按金额加权：提前30天 100，提前20天 90，按期 80，晚15天 70，22天 60，30天 50，60天 40，90天 30，120天 20，180天起 1，其间线性；未取整的得分加权平均后一次向上取整 How promptly somebody pays, 1 to 100, weighted by amount: 30 days early 100, 20 early 90, on time 80, 15 late 70, 22 60, 30 50, 60 40, 90 30, 120 20, from 180 on 1, linear between; the mean of the unrounded scores, rounded up once"""
    return answer("AR_PAYDEX", days_beyond_terms, amounts)


@xw.func(category="Huikuan")
@xw.arg("total_assets", doc="资产总额，大于 0 Total assets, above 0", err_to_str=True)
@xw.arg("working_capital", doc="营运资金，可为负 Working capital; may be negative", err_to_str=True)
@xw.arg("retained_earnings", doc="留存收益，可为负 Retained earnings; may be negative", err_to_str=True)
@xw.arg("ebit", doc="息税前利润，可为负 Earnings before interest and tax; may be negative", err_to_str=True)
@xw.arg("equity", doc="股东权益：private 用账面值（可为负），public 用市值 Equity: book value for private (may be negative), market value for public", err_to_str=True)
@xw.arg("liabilities", doc="负债总额，大于 0 Total liabilities, above 0", err_to_str=True)
@xw.arg("sales", doc="营业收入 Sales", err_to_str=True)
@xw.arg("model", doc="private（默认）或 public private (default) or public", err_to_str=True)
def AR_ALTMAN(total_assets, working_capital, retained_earnings, ebit, equity, liabilities, sales, model=None):
    """Altman Z 值与区间：private 为 Z′（高于 2.9 safe，低于 1.23 distress），public 为 Z（2.99 与 1.81），其间含两端为 grey Altman's Z and its zone: private is Z′ (safe above 2.9, distress below 1.23), public is Z (2.99 and 1.81); grey between, both ends included"""
    return answer("AR_ALTMAN", total_assets, working_capital, retained_earnings, ebit, equity, liabilities, sales, model)


@xw.func(category="Huikuan")
@xw.arg("score", doc="信用得分 The score", err_to_str=True)
@xw.arg("cuts", doc="六个分界，从大到小；默认 90、80、70、60、50、40 Six cuts, falling; 90, 80, 70, 60, 50, 40 by default", err_to_str=True)
def AR_GRADE(score, cuts=None):
    """信用等级：高于 90 为 AAA，高于 80 为 AA，依次 A、BBB、BB、B，不高于 40 为 C；等于分界归下一级 The grade of a score: above 90 AAA, above 80 AA, then A, BBB, BB, B, and C up to 40; a score on a cut belongs to the grade below"""
    return answer("AR_GRADE", score, cuts)


@xw.func(category="Huikuan")
@xw.arg("avg_monthly_sales", doc="月均销售额 Average monthly sales", err_to_str=True)
@xw.arg("months", doc="授信月数，可带小数 Months of credit, fractions allowed", err_to_str=True)
@xw.arg("grade", doc="信用等级 The grade", err_to_str=True)
def AR_CREDIT_LIMIT(avg_monthly_sales, months, grade):
    """授信额度的下限与上限：月均销售额 × 授信月数 × 系数；AAA 150–300%，AA 100，A 80，BBB 70，BB 65，B 60，C 0 {lowest, highest} = average monthly sales × months of credit × a share: AAA 150–300 %, AA 100, A 80, BBB 70, BB 65, B 60, C 0"""
    return answer("AR_CREDIT_LIMIT", avg_monthly_sales, months, grade)


@xw.func(category="Huikuan")
@xw.arg("opening", doc="该账龄段的期初余额 The band's balance at the beginning", err_to_str=True)
@xw.arg("migrated", doc="期末仍未收回、进入下一段的金额 What is still open at the end, in the next band", err_to_str=True)
@xw.arg("written_off", doc="期间从该段核销的坏账 What was written off from it meanwhile", err_to_str=True)
def AR_MIGRATION(opening, migrated, written_off=None):
    """账龄迁徙率：期初余额中进入下一账龄段的比例。核销的坏账不是收回，也算迁徙。 The share of an opening balance that moved on to the next age band. A write-off is not a collection: it counts as moved on."""
    return answer("AR_MIGRATION", opening, migrated, written_off)


@xw.func(category="Huikuan")
@xw.arg("migration_rates", doc="各段迁徙率，从最新到最老 The bands' migration rates, the newest band first", err_to_str=True)
def AR_LOSS_RATES(migration_rates):
    """各账龄段的损失率：本段与其后各段迁徙率的乘积。 The loss rate of each band: the product of its own and all later migration rates."""
    return answer("AR_LOSS_RATES", migration_rates)


@xw.func(category="Huikuan")
@xw.arg("sale", doc="销售额 What was sold", err_to_str=True)
@xw.arg("collected", doc="各段内收回的金额，含最后一段 What was collected in each band, the last one included", err_to_str=True)
def AR_FLOW_RATES(sale, collected):
    """由各段收回的金额推算各段损失率：最终损失 ÷ 到达该段的金额。 The loss rate of each band from what was collected in each: the final loss / what reached the band."""
    return answer("AR_FLOW_RATES", sale, collected)


@xw.func(category="Huikuan")
@xw.arg("balances", doc="各段余额 The bands' balances", err_to_str=True)
@xw.arg("rates", doc="各段损失率，与余额一一对应 Their loss rates, one a balance", err_to_str=True)
@xw.arg("forward", doc="前瞻性调整系数 The factor for what lies ahead", err_to_str=True)
def AR_ECL(balances, rates, forward=None):
    """各账龄段的坏账准备，计算到分；损失率乘以前瞻系数，最高 100%。 The allowance of each band, to the cent; its rate × the forward-looking factor, at most 100 %."""
    return answer("AR_ECL", balances, rates, forward)


@xw.func(category="Huikuan")
@xw.arg("receivables", doc="应收账款余额，与销售额同为含税 Receivables, of the same tax basis as sales", err_to_str=True)
@xw.arg("sales", doc="期间的赊销额；多项则相加 Credit sales of the period; several are summed", err_to_str=True)
@xw.arg("days", doc="期间的天数 Days of the period", err_to_str=True)
def AR_DSO(receivables, sales, days):
    """应收账款周转天数：应收 ÷ 销售额 × 天数。 Days of sales outstanding: receivables / sales × days."""
    return answer("AR_DSO", receivables, sales, days)


@xw.func(category="Huikuan")
@xw.arg("current", doc="其中未逾期的部分 The part of them that is not overdue", err_to_str=True)
@xw.arg("sales", doc="期间的赊销额；多项则相加 Credit sales of the period; several are summed", err_to_str=True)
@xw.arg("days", doc="期间的天数 Days of the period", err_to_str=True)
def AR_BPDSO(current, sales, days):
    """最佳可能周转天数：未逾期应收 ÷ 销售额 × 天数。 Best possible DSO: receivables not overdue / sales × days."""
    return answer("AR_BPDSO", current, sales, days)


@xw.func(category="Huikuan")
@xw.arg("receivables", doc="应收账款余额，与销售额同为含税 Receivables, of the same tax basis as sales", err_to_str=True)
@xw.arg("current", doc="其中未逾期的部分 The part of them that is not overdue", err_to_str=True)
@xw.arg("sales", doc="期间的赊销额；多项则相加 Credit sales of the period; several are summed", err_to_str=True)
@xw.arg("days", doc="期间的天数 Days of the period", err_to_str=True)
def AR_ADD(receivables, current, sales, days):
    """平均拖欠天数：周转天数减最佳可能周转天数。 Average days delinquent: DSO less best possible DSO."""
    return answer("AR_ADD", receivables, current, sales, days)


@xw.func(category="Huikuan")
@xw.arg("receivables", doc="应收账款余额，与销售额同为含税 Receivables, of the same tax basis as sales", err_to_str=True)
@xw.arg("sales", doc="各期销售额，最近一期在前 Sales by period, the latest first", err_to_str=True)
@xw.arg("days", doc="各期天数，与销售额一一对应 Days of each of these periods", err_to_str=True)
def AR_DSO_COUNTBACK(receivables, sales, days):
    """倒推法周转天数：从最近一期起逐期抵减应收，最后一期按比例；历史不足或遇到销售额不大于 0 的一期，得“>= n”，n 为已计的天数。 DSO by counting back: the sales of period after period, the latest first, use up the receivables, the last in part; \">= n\" (n = the days counted so far) where they outlast the history or come to a period whose sales are 0 or less."""
    return answer("AR_DSO_COUNTBACK", receivables, sales, days)


@xw.func(category="Huikuan")
@xw.arg("opening", doc="期初应收 Receivables at the beginning", err_to_str=True)
@xw.arg("sales", doc="期间赊销额 Credit sales of the period", err_to_str=True)
@xw.arg("closing", doc="期末应收 Receivables at the end", err_to_str=True)
@xw.arg("closing_current", doc="期末应收中未逾期的部分 The part of them that is not overdue", err_to_str=True)
@xw.arg("periods", doc="期数：1 为整个期间的算法（默认）；大于 1 取平均每期销售额 1 (default) takes the full period's sales, more of them the average period's", err_to_str=True)
def AR_CEI(opening, sales, closing, closing_current, periods=None):
    """回收有效指数：期间可收之款中收回的比例。（期初＋销售−期末）÷（期初＋销售−期末未逾期），销售除以期数。 Collection effectiveness: of what could be collected, the share that was. (opening + sales − closing) / (opening + sales − closing current), sales divided by the periods."""
    return answer("AR_CEI", opening, sales, closing, closing_current, periods)


@xw.func(category="Huikuan")
@xw.arg("due", doc="本期到期应收 What falls due in the period", err_to_str=True)
@xw.arg("overdue_opening", doc="期初已逾期应收 What was overdue at its beginning", err_to_str=True)
@xw.arg("received", doc="本期收回，不含预收 What was received, advances left out", err_to_str=True)
def AR_COLLECTION_RATE(due, overdue_opening, received):
    """回款率：收到的款 ÷（本期到期＋期初逾期）。未到期的预收不计入收款。 Collection rate: received / (due in the period + overdue at its beginning). Advances are not in received."""
    return answer("AR_COLLECTION_RATE", due, overdue_opening, received)


@xw.func(category="Huikuan")
@xw.arg("sales", doc="全年销售额 The year's sales", err_to_str=True)
@xw.arg("average_receivables", doc="平均应收账款，含应收票据 Average receivables, notes included", err_to_str=True)
@xw.arg("year_days", doc="一年的天数，默认 360 Days of a year, 360 by default", err_to_str=True)
def AR_TURNOVER(sales, average_receivables, year_days=None):
    """应收账款周转率与周转天数：{次数, 天数}。 How often receivables turn over in a year, and the days of one turn: {turns, days}."""
    return answer("AR_TURNOVER", sales, average_receivables, year_days)


@xw.func(category="Huikuan")
@xw.arg("amounts", doc="各笔金额 The amounts", err_to_str=True)
@xw.arg("days", doc="各笔天数，与金额一一对应 The days of each", err_to_str=True)
def AR_WEIGHTED_DAYS(amounts, days):
    """按金额加权的平均天数；提前为负。 The mean of days weighted by amount; early days are negative."""
    return answer("AR_WEIGHTED_DAYS", amounts, days)


@xw.func(category="Huikuan")
@xw.arg("amounts", doc="各笔已结清的金额 The settled amounts", err_to_str=True)
@xw.arg("days_late", doc="各笔迟延天数，提前为负 Days late of each, early ones negative", err_to_str=True)
@xw.arg("by", doc="amount 按金额（默认），count 按笔数 amount (default) or count", err_to_str=True)
def AR_ON_TIME(amounts, days_late, by=None):
    """按时付款的比例：迟延天数不大于 0 的为按时。 The share that was paid on time: with 0 days late or fewer."""
    return answer("AR_ON_TIME", amounts, days_late, by)


@xw.func(category="Huikuan")
@xw.arg("promised", doc="各笔承诺的金额 The amounts promised", err_to_str=True)
@xw.arg("paid", doc="到承诺日为止各笔付了多少 What was paid of each by its date", err_to_str=True)
@xw.arg("by", doc="amount 按金额（默认），count 按笔数 amount (default) or count", err_to_str=True)
def AR_PROMISE_KEPT(promised, paid, by=None):
    """承诺兑现率：按金额（部分兑现计部分）或按笔数（足额才算）。未到期的承诺不要列入。 The share of promises kept: by amount (in part counts in part) or by count (only in full). Leave out promises that are not yet due."""
    return answer("AR_PROMISE_KEPT", promised, paid, by)


@xw.func(category="Huikuan")
@xw.arg("days_overdue", doc="逾期天数 Days overdue", err_to_str=True)
def AR_ALERT(days_overdue):
    """按逾期天数的预警：1 天起 blue，7 天起 orange，15 天起 red；未逾期为空。 The warning by days overdue: blue from 1, orange from 7, red from 15 days; empty where nothing is overdue."""
    return answer("AR_ALERT", days_overdue)


@xw.func(category="Huikuan")
@xw.arg("price", doc="全部价款 The whole price", err_to_str=True)
@xw.arg("due_unpaid", doc="到期未付的价款 What is due and unpaid", err_to_str=True)
def AR_ARTICLE_634(price, due_unpaid):
    """分期付款买受人未付的到期价款是否达到全部价款的五分之一。达到后须经催告及合理期限，方可请求全部价款或解除合同；适用于分三期以上付款的买卖。 Whether an instalment buyer's unpaid due amount reaches one fifth of the price. Then, after a demand and a reasonable time, the whole price may be called in or the contract ended; for sales in three or more instalments."""
    return answer("AR_ARTICLE_634", price, due_unpaid)


@xw.func(category="Huikuan")
@xw.arg("amount", doc="奖金基数 The bonus that it is taken from", err_to_str=True)
@xw.arg("days_over", doc="超过约定日期的天数 Days past the agreed date", err_to_str=True)
@xw.arg("ladder", doc="扣减阶梯，两列：天数、比例；超过该天数即扣该比例 The ladder, two columns: above so many days, so large a share", err_to_str=True)
def AR_BONUS_CUT(amount, days_over, ladder=None):
    """超期回款扣减的金额：超过 30/60/90/120/180 天分别扣 20/40/50/80/100%；恰好等于不算超过。 What is taken off a bonus for late money: 20/40/50/80/100 % above 30/60/90/120/180 days; exactly so many days is not above."""
    return answer("AR_BONUS_CUT", amount, days_over, ladder)


@xw.func(category="Huikuan")
def AR_SELFTEST():
    """自检：版本、函数个数、示例结果正确的个数；不符的逐行列出 Tries every function by its own example: the version, how many there are, how many gave what they show; then a row for each that did not"""
    return selftest()
