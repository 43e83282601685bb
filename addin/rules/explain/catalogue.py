"""The rules that explanations cite, each with the text that it comes from."""

from __future__ import annotations

from typing import Final

from addin.model.text import Text
from addin.rules.explain.steps import Rule


def _rule(zh: str, en: str, source_zh: str, source_en: str) -> Rule:
    return Rule(Text(zh, en), Text(source_zh, source_en))


ENTERED: Final = _rule(
    "手工填写", "Typed in", "工作簿中由人填写的单元格", "A cell of the book that people fill"
)
COPIED: Final = _rule(
    "按编号带出",
    "Copied by id",
    "工作簿约定：编号旁的名称取自编号所指的行",
    "The workbook's rule: names beside ids come from the row that the id names",
)
NOT_YET: Final = _rule(
    "本版本未计算",
    "Not computed yet",
    "该列的规则不在本版本中",
    "The rule of this column is not in this version",
)

# --- amounts -----------------------------------------------------------------------------------------------

SIGNED: Final = _rule("签约金额", "Amount as signed", "合同约定的价款", "The price that the contract names")
SHARE: Final = _rule(
    "按比例取合同金额",
    "Share of the contract amount",
    "合同的付款比例（“比例”列）；四舍五入到最小货币单位",
    "The contract's payment schedule (column share); rounded half-up to the currency's minor unit",
)
FIXED: Final = _rule(
    "固定金额",
    "Fixed amount",
    "合同约定的固定金额（“固定金额”列）",
    "The contract's fixed amount (column amount_fixed)",
)
BALANCE: Final = _rule(
    "余额行",
    "Balance",
    "既无比例也无固定金额的一行取合同金额减去其余各行；第二个余额行和不足的余额为零",
    "The row with neither share nor fixed amount takes what the others leave; a second one, or a "
    "balance below zero, is nought",
)
LAST_SHARE: Final = _rule(
    "末行取尾差",
    "Last row takes the rest",
    "各行之和须等于合同金额：最后一个比例行承担舍入差额",
    "The rows must make up the contract amount: the last share row takes the rounding difference",
)
SPREAD: Final = _rule(
    "补充协议：分摊",
    "Amendment: spread",
    "民法典第543条（协商一致可以变更合同）与补充协议；差额按原金额分摊到未收款、未开票的节点，末行取余",
    "Civil Code art. 543 (a contract may be changed by agreement) and the amendment; the difference "
    "goes over rows without money or invoice by their amounts, the last takes the rest",
)
CATCH_UP: Final = _rule(
    "补充协议：按新总额补齐",
    "Amendment: catch up",
    "民法典第543条与补充协议；未冻结的节点取新总额的比例，第一个再补已冻结节点的差额",
    "Civil Code art. 543 and the amendment; unfrozen rows take their share of the new total, the "
    "first also what the frozen ones miss",
)
SETTLEMENT: Final = _rule(
    "结算",
    "Settlement",
    "双方确认的结算金额；差额归未冻结的余额行，否则归最后一个未冻结的比例行",
    "The settlement that both sides confirmed; the difference goes to the balance row if unfrozen, "
    "else to the last unfrozen share row",
)
IN_FORCE: Final = _rule(
    "现行金额",
    "Amount in force",
    "民法典第543条；生效日不晚于截至日的最后一次变更或结算，否则为签约金额",
    "Civil Code art. 543; the last amendment or settlement effective by the as-of date, else the "
    "amount as signed",
)

# --- dates -------------------------------------------------------------------------------------------------

TRIGGER: Final = _rule(
    "触发日",
    "Trigger",
    "合同的付款条件；填写的触发日期优先，否则取条件所指的日期，晚于截至日的尚未发生",
    "The contract's condition of payment; a trigger date that is filled in counts, else the day "
    "that the condition points to; after the as-of date it has not happened",
)
INVOICE_DAY: Final = _rule(
    "开票触发",
    "Trigger: invoice",
    "合同约定以发票起算；取客户签收日，否则开票日，多张取最晚，红字及被红冲的不计",
    "Counted from the invoice as the contract says: received by the customer, else issued, of "
    "several the latest; red and reversed ones do not count",
)
WARRANTY: Final = _rule(
    "质保期满",
    "Trigger: end of warranty",
    "缺陷责任期自竣工或终验起算；民法典第202条：到期月无对应日的，以月末日为准",
    "The defects period runs from completion; Civil Code art. 202: a month without that day ends on "
    "its last day",
)
TERM: Final = _rule(
    "账期",
    "Payment term",
    "合同的账期（“账期”列）；民法典第201条：开始的当日不计入；第202条：按月计算的，以到期月的对应日为最后一日",
    "The contract's term (column term); Civil Code art. 201: the first day is not counted; art. "
    "202: a period of months ends on the corresponding day",
)
ROLL: Final = _rule(
    "逢休息日调整",
    "Day off",
    "民法典第203条：最后一日是法定休假日的，以休假日结束的次日为最后一日；参数 roll；国务院办公厅放假通知与“节假日”表",
    "Civil Code art. 203: a period that ends on a statutory day off ends on the next day after it; "
    "setting roll; the State Council's notices and the calendar table",
)
EXTENSION: Final = _rule(
    "延期协议",
    "Extension",
    "民法典第543条与延期协议；最新的一份有效，新到期日不再顺延",
    "Civil Code art. 543 and the agreement; the newest counts, and its date is not moved off days off",
)
OLDEST: Final = _rule(
    "最早的未收到期日",
    "Oldest open due date",
    "分期协议各期分别到期；节点显示最早的未收一期，全部结清后显示最后一期",
    "Instalments fall due one by one; the milestone shows the oldest open one, and once all is "
    "settled the last",
)

# --- money -------------------------------------------------------------------------------------------------

NAMED: Final = _rule(
    "指定节点",
    "Named milestone",
    "民法典第560条：债务人清偿时指定其履行的债务",
    "Civil Code art. 560: the debtor names the debt that a payment settles",
)
NAMED_CONTRACT: Final = _rule(
    "指定合同，先到期先核销",
    "Named contract, earliest due first",
    "民法典第560条：债务人指定的债务，按到期先后履行",
    "Civil Code art. 560: the debt that the debtor names, in the order in which it falls due",
)
CODE_560: Final = _rule(
    "民法典第560条顺序",
    "Order of Civil Code art. 560",
    "民法典第560条：未指定的，先履行已到期的；均到期的，先履行担保最少的；担保相等的，先履行负担较重的；负担相同的，按到期先后；到期相同的，按比例",
    "Civil Code art. 560: without designation what is due first; of these the least secured; then "
    "the heaviest burden; then the earliest due; then pro rata",
)
RESERVED: Final = _rule(
    "预留款",
    "Reserved money",
    "节点触发前为其收到的款项是合同负债，触发当日先行核销",
    "Money for a milestone that is not triggered yet is a contract liability, applied first on its "
    "trigger date",
)
WAITING: Final = _rule(
    "等待核销的款项",
    "Money that waited",
    "未核销的款项只在新节点触发时核销：先合同，后客户，按到账先后",
    "Unapplied money is applied by a trigger only: the contract's, then the customer's, oldest first",
)
REFUND: Final = _rule(
    "退款",
    "Refund",
    "指定节点的退款先取该节点的未核销款，再冲回其核销，后核销的先冲",
    "A refund that names a milestone takes its unapplied money first, then its allocations, newest first",
)
DISHONOUR: Final = _rule(
    "票据拒付",
    "Dishonoured draft",
    "票据法：被拒绝付款的票据未清偿债务，核销全部冲回",
    "Negotiable instruments law: a draft that is refused settles nothing; its allocations are taken back",
)
RECEIVED: Final = _rule(
    "已核销",
    "Received",
    "核销之和，退款与拒付为负",
    "The sum of allocations, refunds and dishonours below zero",
)
LEFT: Final = _rule(
    "回款余额",
    "What a receipt has left",
    "回款金额减去此前的核销和退款取走的部分",
    "The receipt less what it paid before and what refunds took of it",
)
OPEN_BEFORE: Final = _rule(
    "当时未收",
    "Open at that time",
    "当时的金额减去此前的核销与调整",
    "The amount at that time less what was allocated and adjusted before",
)
ADJUSTMENT: Final = _rule(
    "调整",
    "Adjustment",
    "减让、手续费、折扣、坏账核销按其日期冲减；后三种须有批准人，超过未收的不计；负数转回此前同类调整",
    "Credit notes, fees, discounts and write-offs on their date; the last three need an approver, "
    "more than is open does not count; a negative one reverses earlier ones of its kind",
)
PLAN: Final = _rule(
    "分期协议",
    "Instalment plan",
    "民法典第543条与分期协议；各期按新到期日依次取未收余额，余下部分保持原到期日",
    "Civil Code art. 543 and the plan; instalments take what is open in order of their dates, the "
    "remainder keeps its date",
)
OPEN: Final = _rule(
    "未收", "Open", "应收金额减去已核销与已调整", "The amount less what was received and adjusted"
)
DISPUTED: Final = _rule(
    "争议金额",
    "Disputed",
    "截至日仍未关闭的争议之和，不超过未收；金额留空为全部；未触发的节点不计",
    "Disputes open on the as-of date, at most what is open; an empty amount disputes all; pending "
    "rows do not count",
)

# --- age ---------------------------------------------------------------------------------------------------

OVERDUE: Final = _rule(
    "逾期天数",
    "Days overdue",
    "民法典第201条：到期当日不计入，次日为第一天；未触发和已结清的没有天数",
    "Civil Code art. 201: the due date is not counted, the next day is day 1; pending and settled "
    "rows have no days",
)
BUCKET: Final = _rule(
    "账龄区间", "Bucket", "参数 aging_edges：各段上限含当日", "Setting aging_edges: upper edges are inclusive"
)
STATUS: Final = _rule(
    "状态",
    "Status",
    "依次：未收为零即已结清；未触发；逾期至少一天；未到期",
    "In this order: settled where nothing is open, pending, overdue from one day on, else not due",
)

BASIS: Final = _rule(
    "违约金依据",
    "Interest basis",
    "合同的日利率；合同未约定且我方非大型企业、买方为机关或大型企业的，"
    "《保障中小企业款项支付条例》第17条每日万分之五；否则参数 estimate_late_rate 仅作内部估算",
    "The contract's daily rate; where it is silent, we are not large and the buyer is a public body or large, "
    "0.05 % a day by the SME payment regulation, art. 17; else setting estimate_late_rate as an internal estimate",
)
INTEREST: Final = _rule(
    "违约金",
    "Late interest",
    "民法典第585条与合同；自到期日、触发日或免除日中最晚者次日起，按每日日终未收计息，付款当日仍按原额，四舍五入一次",
    "Civil Code art. 585 and the contract; from the day after the latest of due date, trigger and waiver, on what was "
    "open the evening before each day, rounded once",
)
CAP: Final = _rule(
    "违约金上限",
    "Cap of interest",
    "合同的违约金上限乘以该期金额",
    "The contract's cap times the item's amount",
)
LIMITATION: Final = _rule(
    "诉讼时效",
    "Limitation",
    "民法典第188条：三年；第189条：分期的自最后一期届满起；第195条：期间内的回款、送达、确认、协议或诉讼使其重新起算",
    "Civil Code art. 188: three years; art. 189: of instalments from the last one; art. 195: anew from a payment, "
    "delivered demand, confirmation, agreement or action within the period",
)
LIMITATION_ROLL: Final = _rule(
    "时效届满日逢休息日",
    "Limitation ends on a day off",
    "民法典第203条：最后一日是法定休假日的，以休假日结束的次日为最后一日",
    "Civil Code art. 203: a period that ends on a statutory day off ends on the next day after it",
)

# --- sums --------------------------------------------------------------------------------------------------

SUM_OF_MILESTONES: Final = _rule(
    "节点合计",
    "Sum of milestones",
    "合同的数字是其节点之和",
    "A contract's figure is the sum of its milestones'",
)
SUM_OF_CONTRACTS: Final = _rule(
    "合同合计",
    "Sum of contracts",
    "客户的数字是其合同之和，按币种",
    "A customer's figure is the sum of its contracts', by currency",
)
INVOICED: Final = _rule(
    "已开票",
    "Invoiced",
    "开票日不晚于截至日的发票之和，红字发票为负",
    "Invoices issued by the as-of date, red ones below zero",
)
COLLECTED: Final = _rule(
    "回款率", "Collected", "已核销 ÷ 现行金额，四位小数", "Received ÷ amount in force, to four decimals"
)
UNAPPLIED: Final = _rule(
    "未核销收款",
    "Unapplied money",
    "客户的回款中未核销的部分，按币种；退款不足的部分为负",
    "What the customer's receipts have not paid, by currency; what a refund is short of is below zero",
)
EXCHANGE: Final = _rule(
    "折算本位币",
    "Conversion",
    "汇率表：一单位外币的本位币金额，取截至日或之前最近的一行；四舍五入",
    "The exchange rates: base currency for one unit, the latest on or before the as-of date; rounded half-up",
)

# --- credit ------------------------------------------------------------------------------------------------

PAYDEX: Final = _rule(
    "付款指数",
    "Paydex",
    "邓白氏公布的 PAYDEX 对照表，其间线性内插、进一取整；按金额加权：已结清的计至最后一笔付款，未收的逾期后计至截至日",
    "Dun & Bradstreet's published PAYDEX anchors, linear between them, rounded up once; by amount, of settled items up "
    "to their last payment, of overdue ones up to the as-of date",
)
DELAY: Final = _rule(
    "惯常延迟",
    "Usual delay",
    "已结清款项的延迟天数按金额加权平均，四舍五入；提前为负",
    "The mean days late of what was settled, by amount, rounded half-up; below zero where it came early",
)
SCORE: Final = _rule(
    "信用得分",
    "Score",
    "参数 grade_weights：付款、合作、声誉、财务四项按权重平均，只计已知的；0 到 100 之外视为未知",
    "Setting grade_weights: payment, cooperation, reputation and finances by weight, as far as they are known; what is "
    "not from 0 to 100 is none",
)
GRADE: Final = _rule(
    "信用等级",
    "Grade",
    "参数 grade_cuts，出自公开的国内评级标准：高于 90 为 AAA，高于 80 为 AA，依次类推；等于分界归下一级",
    "Setting grade_cuts, after a published Chinese scale: above 90 AAA, above 80 AA …; on a cut the grade below",
)
CAPS: Final = _rule(
    "等级上限",
    "Caps of the grade",
    "本软件的规则：无付款记录最高 A；付款指数低于 50 最高 BB；逾期超过 120 天、90 天内两次失约或涉诉为 C",
    "Our own rule: A at best without payment history; BB with a Paydex below 50; C when more than 120 days overdue, "
    "with two broken promises within 90 days, or in court",
)
NOTCH: Final = _rule(
    "等级升降",
    "Moves of the grade",
    "本软件的规则：下调即时；上调每季度至多一级，自“历史”表所记的上一等级起",
    "Our own rule: down at once, up by one notch a quarter at most, from the last grade in the history",
)
METHOD: Final = _rule(
    "惯常方式",
    "Usual method",
    "回款金额最多的方式，按本位币",
    "The method by which most money came, in base currency",
)
LIMIT: Final = _rule(
    "授信额度",
    "Credit limit",
    "公开的授信办法：月均销售额 × 授信月数 × 等级系数（AAA 取下限 150%）；BBB 和 BB 的系数为本软件所定",
    "A published credit policy: average monthly sales × months × the grade's share (of AAA the lowest, 150 %); those "
    "of BBB and BB are ours",
)
EXPOSURE: Final = _rule(
    "已用额度",
    "Exposure",
    "应收余额加上已验收而未开票、未触发的款项，减去未核销收款，按本位币",
    "What is open and the pending amounts of accepted work without an invoice, less unapplied money, in base currency",
)
AVAILABLE: Final = _rule("可用额度", "Available", "授信额度 − 已用额度", "Credit limit − exposure")
TERMS: Final = _rule(
    "建议付款条件",
    "Suggested terms",
    "参数 grade_terms：每个等级的预付、发货、验收比例和账期",
    "Setting grade_terms: advance, delivery, acceptance and days to pay of each grade",
)
CONTACT: Final = _rule(
    "沟通日期",
    "Contacts",
    "沟通记录中截至日前最近的一次；下次为其约定的日期，未约定的加参数 contact_cadence_days，大合同或等级差的更短",
    "The latest contact by the as-of date; the next is the day that it names, else setting contact_cadence_days later, "
    "sooner for large contracts and poor grades",
)
