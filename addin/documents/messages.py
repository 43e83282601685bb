"""A letter as a message: a short text to paste into a chat or to read out, and an e-mail draft.

A draft carries ``X-Unsent``, so that a mail program opens it for a person to look at and send; nothing sends it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

from addin.documents.context import letter_context
from addin.documents.facts import Letter
from addin.documents.kinds import title
from addin.documents.plain import plain
from addin.model.mail import mail_addresses
from addin.model.text import Language, Text

SHOWN_IN_CHAT: Final = 5
SHOWN_IN_MAIL: Final = 30
"""Items named one by one; more are counted, and the sums are always those of all."""
_TYPES: Final = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("application", "pdf"),
    "txt": ("text", "plain"),
}
_CLOSING: Final = {
    "notice": Text(
        "付款所需资料如有缺漏，请提前告知。",
        "If a paper that you need for payment is missing, please tell us.",
    ),
    "reminder": Text(
        "如有资料未齐或需另行商定，请尽快告知；商定之前仍以原到期日为准。",
        "If a paper is missing or you need other dates, please tell us soon; until agreed, the due dates stand.",
    ),
    "second_reminder": Text(
        "确有困难的，请在同一期限内书面提出付款计划。",
        "If that is not possible, please propose a payment plan in writing within the same time.",
    ),
    "demand": Text(
        "逾期未付的，我方将依合同和法律主张违约金及损失，并可能移交律师。",
        "Failing payment we will claim interest and damages as the contract and the law allow, and may hand the "
        "matter to counsel.",
    ),
    "final": Text(
        "这是移交律师之前的最后一次通知，期限届满不再另行通知。",
        "This is our last notice before the matter goes to counsel; there will be no other.",
    ),
    "legal": Text(
        "以上供律师审查，不向对方送达。", "For review by counsel; not served on the debtor."
    ),
}  # fmt: skip


_PAID: Final = Text(
    "如已付款，谢谢，并请发来回单以便核对。",
    "If you have paid already, thank you; please send us the remittance advice.",
)
_ATTACHED: Final = Text("正式函件和对账明细见附件。", "The letter and a statement of account are attached.")


def letter_txt(letter: Letter) -> str:
    """The letter as a short text: whom, what, how much, until when, where to pay, and what follows."""
    return "\n".join(_lines(letter, letter_context(letter), SHOWN_IN_CHAT)) + "\n"


def letter_eml(letter: Letter, attachments: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """An e-mail draft with ``attachments`` (name, bytes); without a usable address it has no recipient.

    What goes to counsel has none either. The same facts and attachments give the same bytes.
    """
    context = letter_context(letter)
    draft = EmailMessage(policy=SMTP)
    draft["X-Unsent"] = "1"
    draft["Subject"] = _subject(letter, context)
    addresses = mail_addresses(letter.to.email) if letter.kind != "legal" else ()
    if addresses:
        name = context["to"]["contact"] or context["to"]["name"]
        draft["To"] = [Address(display_name=name, addr_spec=address) for address in addresses]
    lines = _lines(letter, context, SHOWN_IN_MAIL)
    lines += ["", _ATTACHED.in_(letter.language)] if attachments else []
    draft.set_content("\n".join(lines) + "\n", charset="utf-8", cte="base64")
    for name, content in attachments:
        main, sub = _TYPES.get(name.rpartition(".")[2].lower(), ("application", "octet-stream"))
        draft.add_attachment(content, maintype=main, subtype=sub, filename=plain(name))
    if attachments:
        draft.set_boundary(_boundary(letter, attachments))
    return draft.as_bytes()


def _subject(letter: Letter, context: Mapping[str, Any]) -> str:
    """Number, kind, contract and amount, on one line."""
    amount = context["open" if letter.kind == "notice" else "total"]
    called = title(letter.kind).in_(letter.language)
    return f"[{context['letter_no']}] {called}: {context['contracts_in_short']} {amount}"


def _lines(letter: Letter, context: Mapping[str, Any], shown: int) -> list[str]:
    """The message: to whom and from whom, the sums in one sentence, the items, our account, what follows."""
    language, counsel = letter.language, letter.kind == "legal"
    more = Text(
        f"另有 {len(letter.claims) - shown} 项，见函件所附明细；以上合计已全部包括。",
        f"{len(letter.claims) - shown} more items are in the letter's annex; the sums above include them.",
    )
    lines = [_greeting(letter, context), _sender(letter, context), _owed(letter, context)]
    lines += [_item(claim, language) for claim in context["claims"][:shown]]
    lines += [more.in_(language)] if len(letter.claims) > shown else []
    lines += [_account(context).in_(language), _CLOSING.get(letter.kind, _CLOSING["reminder"]).in_(language)]
    return lines if counsel else [*lines, _PAID.in_(language)]


def _greeting(letter: Letter, context: Mapping[str, Any]) -> str:
    if letter.kind == "legal":
        debtor = context["to"]["name"]
        return Text(f"经办律师，您好。债务人：{debtor}", f"To counsel. Debtor: {debtor}").in_(letter.language)
    whom = context["to"]["contact"] or context["to"]["name"]
    return Text(f"{whom}，您好。", f"Dear {whom},").in_(letter.language)


def _sender(letter: Letter, context: Mapping[str, Any]) -> str:
    firm, number, day = context["firm"]["name"], context["letter_no"], context["day"]
    zh, en = title(letter.kind)
    return Text(f"{firm} {zh}（{number}，{day}）", f"{en} from {firm} ({number}, {day})").in_(letter.language)


def _owed(letter: Letter, context: Mapping[str, Any]) -> str:
    """The sums; the total is never less than what is owed, and what is disputed is named as a part of it."""
    chinese, coming = letter.language == "zh", letter.kind == "notice"
    contracts, left, day = context["contracts_in_short"], context["open"], context["day"]
    if chinese:
        said = f"{contracts} 合同，{'即将到期' if coming else f'截至 {day}到期未付'} {left}"
    else:
        said = f"{contracts}: {left} {'falling due' if coming else f'due and unpaid as at {day}'}"
    if context["interest"]:
        interest, total = context["interest"], context["total"]
        said += (
            f"，违约金（计至当日）{interest}，合计 {total}"
            if chinese
            else f", interest up to that day {interest}, {total} in all"
        )
    if context["disputed"]:
        said += (
            f"，其中有异议 {context['disputed']}" if chinese else f", of which disputed {context['disputed']}"
        )
    asked, pay_by = context["asked"], context["pay_by"]
    please = (
        Text(f"拟定最后付款日 {pay_by}，金额 {asked}。", f"Proposed: {asked} no later than {pay_by}.")
        if letter.kind == "legal"
        else Text(f"请不迟于 {pay_by} 付款 {asked}。", f"Please pay {asked} no later than {pay_by}.")
    )
    return f"{said}。{please.zh}" if chinese else f"{said}. {please.en}"


def _item(claim: Mapping[str, str], language: Language) -> str:
    name = f"{claim['no']}. {claim['contract']} {claim['name']}"
    name += f" ({claim['instalment']})" if claim["instalment"] else ""
    days, left, due = claim["days"], claim["open"], claim["due"]
    return Text(
        f"{name} 未付 {left}，{due} 到期" + (f"，逾期 {days} 天" if days else ""),
        f"{name}: {left} open, due {due}" + (f", {days} days late" if days else ""),
    ).in_(language)


def _account(context: Mapping[str, Any]) -> Text:
    firm, number = context["firm"], context["letter_no"]
    place = ", ".join(part for part in (firm["name"], firm["bank"], firm["account"]) if part)
    return Text(f"收款账户：{place}（附言 {number}）", f"Account: {place} (reference {number})")


def _boundary(letter: Letter, attachments: Sequence[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256(repr(letter).encode("utf-8", "surrogatepass"))
    for name, content in attachments:
        digest.update(name.encode("utf-8", "surrogatepass") + b"\0" + content)
    return f"=_{digest.hexdigest()[:40]}"
