"""The letters in English; Chinese statutes are cited "where they apply", for a contract may name another law.

The tone rises with the level and stays civil. No letter gives up anything or names less than is owed.
"""

from __future__ import annotations

from typing import Final

from addin.documents.kinds import TITLES
from addin.documents.templates.kit import each, p, when
from addin.documents.templates.layout import account, coming, items, parties, signature, sums
from addin.documents.templates.wording import Wording, numbered, paragraphs
from addin.model.text import Text

_PAY: Final = Text("", "Please pay no later than {{ pay_by }}")
_RESERVED: Final = "All our rights under the contract and the law remain reserved."
_PAID: Final = (
    "If you have paid already, thank you; please send us the remittance advice so that we can match it."
)
_DEAR: Final = p("Dear {% if to.contact %}{{ to.contact }}{% else %}Sir or Madam{% endif %},", "Plain")
_AFTER_SALE: Final = when(
    "after_sale",
    p("The work on this project is complete; thank you for your cooperation. Warranty and after-sales service "
      "continue as the contract provides: for any question in use, for spare parts or training, please call us"
      "{% if firm.phone %} ({{ firm.phone }}){% endif %} and we will arrange it promptly."),
)  # fmt: skip
_EARLIER: Final = when(
    "earlier",
    p("Our earlier letters and calls about these items:"),
    each(
        "past in earlier",
        p("· {{ past.sent }}, letter {{ past.no }}{% if past.kind %} ({{ past.kind }}){% endif %}"
          "{% if past.about %}, about no. {{ past.about }} of the table{% endif %}"
          "{% if past.delivered %}, delivered {{ past.delivered }}{% endif %}", "Item"),
    ),
)  # fmt: skip
_DISPUTED: Final = when(
    "disputed",
    p("You dispute {{ disputed }} of these items, which we are looking into with you; we maintain our claim to it. "
      "What is not in dispute is payable on time regardless."),
)  # fmt: skip
_INTEREST: Final = when(
    "interest",
    p("The interest shown runs from the day after each due date (or from the later day noted in the table) up to "
      "{{ day }}:"),
    each(
        "term in interest_terms",
        p("· {{ term.contracts }}: {{ term.rate }} a day on the open amount ({{ term.basis }}), "
          "{{ term.interest }};", "Item"),
    ),
    p("It continues to run on the same basis until the day of payment, up to the cap where the contract has one. For "
      "items without interest in the table, damages for late payment under what we have agreed and the law remain "
      "reserved."),
) + when(
    "not interest",
    p("Interest and damages for late payment under the contract, what we have agreed and the law are reserved and not "
      "part of the amounts above."),
)  # fmt: skip
_CONTRACTS: Final = each(
    "k in contracts",
    p("({{ k.no }}) Contract {{ k.contract }}{% if k.project %}, {{ k.project }}{% endif %}: "
      "{% if k.clause %}the payment clause reads: “{{ k.clause }}”. {% endif %}"
      "{% if k.invoices %}Invoiced: {{ k.invoices }}. {% endif %}"
      "Due and unpaid as at {{ day }}: {{ k.open }}."),
)  # fmt: skip
_LIMITATION: Final = (
    "This letter is a demand for performance. {% if interrupts %}Where Article 195(1) of the Civil Code of the "
    "People's Republic of China applies, it interrupts the limitation period, which starts anew when the letter "
    "reaches you. {% endif %}"
)


def _heading(number: int, words: str) -> str:
    return p(f"{number}. {words}", "Heading")


_NOTICE = Wording(
    TITLES["notice"].en,
    "{{ open }} falling due under {{ contracts_in_short }}",
    _DEAR
    + paragraphs(
        "Thank you for your cooperation. The following items fall due on the dates shown. We write ahead of time so "
        "that you can arrange payment."
    )
    + coming("en")
    + sums("en", Text("", "Please pay by the due date ({{ pay_by }})"))
    + account("en")
    + _DISPUTED
    + paragraphs(
        "Should an invoice, an acceptance record or any other paper that you need for payment be missing, or should "
        "you have a question on these items, please tell us before the due date and we will see to it at once.",
        _PAID,
    )
    + _AFTER_SALE
    + p("Yours faithfully,", "Closing")
    + signature("en"),
)

_REMINDER = Wording(
    TITLES["reminder"].en,
    "{{ open }} overdue under {{ contracts_in_short }}",
    _DEAR
    + paragraphs(
        "As at {{ day }} we have not received, or not received in full, the following items; the first of them fell "
        "due on {{ first_due }}. This may well be an oversight: please check and arrange payment."
    )
    + items("en")
    + sums("en", _PAY)
    + account("en")
    + _DISPUTED
    + paragraphs(
        _PAID
        + " If a missing paper holds up the payment, tell us which, and we will supply it. If you need other "
        "dates, please agree them with us in writing within the same time; until then the original due dates stand.",
        "If the amount remains unpaid, we will pursue it further; liability for late payment follows the contract "
        "and the law. " + _RESERVED,
    )
    + _AFTER_SALE
    + p("Yours faithfully,", "Closing")
    + signature("en"),
)

_SECOND = Wording(
    TITLES["second_reminder"].en,
    "{{ total }} still overdue under {{ contracts_in_short }}",
    _DEAR
    + paragraphs(
        "As at {{ day }} the following items remain unpaid. The first fell due on {{ first_due }}; the longest delay "
        "is {{ days_overdue }} days."
    )
    + _EARLIER
    + items("en")
    + sums("en", _PAY)
    + _INTEREST
    + _DISPUTED
    + paragraphs(
        "Please pay within the time stated. If that is not possible, tell us the reason in writing within the same "
        "time and propose a payment plan with amounts and dates for us to agree. Please also check the statement of "
        "account in the annex and tell us in writing where it differs from your books."
    )
    + account("en")
    + p("If payment still fails to arrive, we will:", "Closing")
    + numbered(
        "send a formal demand under our seal{% if interest %}, and continue to charge interest under the contract, "
        "what we have agreed and the law{% endif %};",
        "suspend further deliveries or services, where the contract so provides or the statutory grounds are met "
        "(Articles 526 and 527 of the Civil Code of the People's Republic of China, where they apply).",
    )
    + paragraphs(_PAID, _RESERVED)
    + _AFTER_SALE
    + p("Yours faithfully,", "Closing")
    + signature("en"),
)

_DEMAND = Wording(
    TITLES["demand"].en,
    "{{ total }} overdue under {{ contracts_in_short }}",
    parties("en")
    + _heading(1, "Contracts and debt")
    + _CONTRACTS
    + paragraphs(
        "In detail, the first item having fallen due on {{ first_due }} and the longest delay being "
        "{{ days_overdue }} days:"
    )
    + items("en")
    + sums("en", _PAY)
    + _DISPUTED
    + _heading(2, "Interest for late payment")
    + _INTEREST
    + _heading(3, "Demand")
    + _EARLIER
    + paragraphs("We demand payment of {{ asked }} no later than {{ pay_by }} to this account:")
    + account("en")
    + _heading(4, "Consequences")
    + paragraphs(
        "If payment is not received by that day, we will, as the contract, what we have agreed and "
        "the law allow:"
    )
    + numbered(
        "claim the debt, interest up to the day of payment, and damages (Articles 577, 579, 584 and 585 of the Civil "
        "Code of the People's Republic of China, where they apply);",
        "suspend further deliveries or services, where the contract so provides or the statutory grounds are met "
        "(Articles 526 and 527 of that Code, where they apply);",
        "hand the matter to counsel and enforce our claim in the forum that the contract provides.",
        mark="({}) ",
    )
    + paragraphs(_LIMITATION + _RESERVED)
    + _heading(5, "Reply")
    + paragraphs(
        "Please pay or reply in writing no later than {{ pay_by }}, and return the reply slip signed and sealed. "
        + _PAID
    )
    + _AFTER_SALE
    + p("Enclosures: 1. Reply slip; 2. Statement of account; 3. Copies of contract and invoices", "Closing")
    + signature("en"),
    reply=True,
)

_FINAL = Wording(
    TITLES["final"].en,
    "Final notice: {{ total }} overdue under {{ contracts_in_short }}",
    parties("en")
    + _heading(1, "The debt")
    + _CONTRACTS
    + paragraphs(
        "These items remain unpaid. The first fell due on {{ first_due }}; the longest delay is "
        "{{ days_overdue }} days:"
    )
    + items("en")
    + sums("en", _PAY)
    + _DISPUTED
    + _INTEREST
    + _heading(2, "Earlier letters and calls")
    + _EARLIER
    + when("not earlier", p("This letter is our written demand for these items."))
    + _heading(3, "Last date for payment")
    + paragraphs(
        "Pay {{ asked }} no later than {{ pay_by }} to the account below. This is our last notice before the matter "
        "goes to counsel:"
    )
    + account("en")
    + _heading(4, "What follows")
    + paragraphs(
        "If payment is not received by that day, we will, without further notice, hand the contract, acceptances, "
        "invoices, statements and demands to counsel and bring the matter before the court or tribunal that the "
        "contract provides, claiming:"
    )
    + numbered(
        "the whole debt, with interest or damages for late payment up to the day of payment;",
        "the costs of the proceedings and of preservation, and such legal fees as you bear under the contract or "
        "the law;",
        "where needed, the preservation of assets, and enforcement of the decision.",
        mark="({}) ",
    )
    + paragraphs(
        _LIMITATION + _RESERVED,
        "Within that time we remain willing to talk. If you have paid or made other arrangements, call us at once"
        "{% if firm.phone %} ({{ firm.phone }}){% endif %}, and return the reply slip signed and sealed.",
    )
    + _AFTER_SALE
    + p(
        "Enclosures: 1. Reply slip; 2. Statement of account; 3. Copies of contract and invoices"
        "{% if earlier %}; 4. Earlier letters with proof of delivery{% endif %}",
        "Closing",
    )
    + signature("en"),
    reply=True,
)

_LEGAL = Wording(
    TITLES["legal"].en,
    "{{ to.name }}: {{ total }} unpaid under {{ contracts_in_short }}",
    paragraphs(
        "We hand over this matter for review and recovery. This file is for counsel and is not served on the debtor."
    )
    + _heading(1, "Parties")
    + parties("en", served=False)
    + _heading(2, "Contracts and debt")
    + _CONTRACTS
    + _heading(3, "Amounts")
    + paragraphs(
        "As at {{ day }}; the first item fell due on {{ first_due }}, the longest delay is {{ days_overdue }} days:"
    )
    + items("en")
    + sums("en", Text("", "Undisputed, payable at once (proposed last date {{ pay_by }})"), served=False)
    + _INTEREST
    + _heading(4, "Demands so far")
    + each(
        "past in earlier",
        p("· {{ past.sent }}, letter {{ past.no }}{% if past.kind %} ({{ past.kind }}){% endif %}: "
          "{% if past.about %}about no. {{ past.about }} of the table, {% endif %}"
          "{% if past.delivered %}delivered {{ past.delivered }}, {% endif %}"
          "{% if past.proof %}proof: {{ past.proof }}{% else %}**proof of delivery missing**{% endif %}", "Item"),
    )
    + when("not earlier", p("**No letter on record has gone out: check first whether limitation was interrupted.**"))
    + _heading(5, "Disputes and defences")
    + when("disputed", p("The debtor disputes {{ disputed }}, item by item in the table above; see the disputes in "
                         "the ledger."))
    + when("not disputed", p("The ledger holds no open dispute of the debtor's."))
    + _heading(6, "Instructions")
    + numbered(
        "Review the evidence, limitation and the forum that the contract provides.",
        "Demand payment by lawyer's letter no later than {{ pay_by }}, to the account below.",
        "Failing payment, bring proceedings, with preservation of assets beforehand where needed.",
        mark="({}) ",
    )
    + account("en")
    + _heading(7, "Enclosed")
    + "".join(
        p(f"□ {words}", "Item")
        for words in (
            "Contract, amendments, agreements on extension or instalments",
            "Inspection, acceptance and delivery records, completion report",
            "Invoices with receipt by the customer",
            "Sealed statements of account, bank slips",
            "All demands with proof of delivery (waybill, tracking, e-mail, chat)",
            "Security documents, correspondence",
            "Statement of account (annexed)",
        )
    )
    + signature("en"),
    recipient=p("**To: Counsel in charge**", "Recipient") + p("Re: {{ to.name }} ({{ to.id }})", "Recipient"),
)  # fmt: skip

WORDINGS: Final = {
    "notice": _NOTICE,
    "reminder": _REMINDER,
    "second_reminder": _SECOND,
    "demand": _DEMAND,
    "final": _FINAL,
    "legal": _LEGAL,
}
