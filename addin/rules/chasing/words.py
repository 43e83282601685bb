"""The words of the worklist, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from addin.model.days import LAST_DAY, NO_DAY
from addin.model.money import digits_of, grouped
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.rules.chasing.proposal import Hold, HoldCode, Level

CHANNELS: Final[Mapping[str, Text]] = {
    **TABLES["contacts"]["channel"].choice_names,
    **TABLES["levels"]["channel"].choice_names,
}
"""By what people and letters reach a customer, as the sheets call it."""

_VERBS: Final[Mapping[str, Text]] = {
    "email": Text("发邮件", "E-mail"),
    "letter": Text("发函", "Send by post"),
    "phone": Text("致电", "Call"),
    "wechat": Text("发微信", "WeChat"),
    "legal": Text("移交法务", "Hand over"),
}


NO_EMAIL: Final = Text("客户档案无邮箱，改发信函", "no e-mail address on file: by post")
BAD_EMAIL: Final = Text("邮箱写法有误，改发信函", "the e-mail address cannot be used: by post")


@lru_cache(maxsize=4096)
def iso(day: int) -> str:
    """A civil ordinal as it is written."""
    return date.fromordinal(day).isoformat()


def money_words(minor: int, currency: str) -> str:
    """An amount for people."""
    return f"{currency} {grouped(minor, digits_of(currency))}"


def hold(code: HoldCode, zh: str, en: str, until: int = NO_DAY) -> Hold:
    """A hold whose words tell its last day, where it is known."""
    if until == NO_DAY:
        return Hold(code, Text(zh, en))
    day = date.fromordinal(min(until, LAST_DAY))
    return Hold(code, Text(f"{zh}，至 {day}", f"{en}, until {day}"), day)


def joined(parts: Iterable[Text]) -> Text:
    """Several sentences as one."""
    listed = parts if isinstance(parts, list) else list(parts)
    if len(listed) == 1:
        return listed[0]
    return Text("；".join([part.zh for part in listed]), "; ".join([part.en for part in listed]))


def days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def named(level: Level) -> Text:
    """A level by name and number."""
    return Text(f"{level.name.zh}（第 {level.number} 级）", f"{level.name.en} (level {level.number})")


@lru_cache(maxsize=4096)
def due_words(due: int, as_of: int) -> Text:
    """When something was or will be due, as seen on a day."""
    late = as_of - due
    if late > 0:
        return Text(f"{iso(due)} 到期，已 {late} 天", f"due {iso(due)}, {days(late)}")
    if late == 0:
        return Text(f"{iso(due)} 到期，即今天", f"due {iso(due)}, today")
    return Text(f"{iso(due)} 到期，还有 {-late} 天", f"due {iso(due)}, in {days(-late)}")


def since_words(level: Level, due: int, since: int) -> Text:
    """From when on a level is due."""
    number, day = level.number, since - due
    if level.mode == "before_due":
        return Text(f"第 {number} 级自到期前 {-day} 天起", f"level {number} from {days(-day)} before")
    if level.mode == "end_of_month":
        return Text(
            f"第 {number} 级自月末 {iso(since)} 起", f"level {number} from the month's end {iso(since)}"
        )
    if level.mode == "after_previous":
        return Text(
            f"第 {number} 级自 {iso(since)} 起（上一级寄出后 {level.days} 天）",
            f"level {number} from {iso(since)} ({days(level.days)} after the level before was sent)",
        )
    return Text(f"第 {number} 级自第 {day} 天起", f"level {number} from day {day}")


@lru_cache(maxsize=1024)
def no_skipping(allowed: int, level: int) -> Text:
    """The days alone would allow a higher level than the next on record."""
    return Text(
        f"按天数已到第 {allowed} 级，逐级进行，先发第 {level} 级",
        f"by days level {allowed}, but no level is skipped: level {level} is next",
    )


@lru_cache(maxsize=256)
def more_with_it(number: int) -> Text:
    """How many other milestones a letter lists."""
    return Text(f"另有 {number} 个节点一并催", f"{number} more with it")


def sooner(grade: str, promises: int) -> list[Text]:
    """Why a level comes due earlier than its own days."""
    found = []
    if grade:
        found.append(Text(f"信用等级 {grade}，提前一级", f"grade {grade}: one level faster"))
    if promises:
        found.append(
            Text(
                f"失信后再次承诺 {promises} 次，提前 {promises} 级",
                f"promised again after a broken promise: {promises} faster",
            )
        )
    return found


def action(level: Level, channel: str, person: str = "", phone: str = "") -> Text:
    """What to do for a level."""
    verb, what = _VERBS[channel], named(level)
    if channel == "phone" and (person or phone):
        whom = " ".join(part for part in (person, phone) if part)
        return Text(f"{verb.zh} {whom}：{what.zh}", f"{verb.en} {whom}: {what.en}")
    return Text(f"{verb.zh}：{what.zh}", f"{verb.en}: {what.en}")


def in_touch(channel: str) -> Text:
    """Whoever has nothing to be reminded of, or may not be, is to hear from us."""
    how = CHANNELS.get(channel, Text("联系", "Contact"))
    return Text(f"联系客户：{how.zh}", f"Get in touch: {how.en}")


def send_first(letter: str, confirmed: int, spoken: str = "") -> Text:
    """A letter was confirmed and has not gone out; or a call or message, ``spoken``, was and has not been made."""
    verb = _VERBS[spoken] if spoken else Text("寄出", "Send")
    zh, en = f"{verb.zh} {letter}", f"{verb.en}: {letter}" if spoken else f"{verb.en} {letter}"
    if confirmed == NO_DAY:
        return Text(f"{zh} 并填写日期与寄出日", f"{en} and fill in its date and the day of sending")
    return Text(
        f"{zh}（{iso(confirmed)} 已确认）并填写寄出日",
        f"{en} (confirmed {iso(confirmed)}) and fill in the day of sending",
    )


# --- next action of a milestone: one line of its column -----------------------------------------------------

LAST_LEVEL: Final = Text("各级均已发出，转人工处理", "All levels sent: decide by hand")

_IN_SHORT: Final[Mapping[HoldCode, Text]] = {
    "promise": Text("付款承诺", "promise"),
    "disputed": Text("争议", "dispute"),
    "cooling": Text("刚催过", "cooling"),
    "below_minimum": Text("金额过小", "too small"),
    "on_hold": Text("暂停催款", "on hold"),
    "unallocated": Text("有未核销收款", "unallocated"),
    "stale_bank": Text("银行流水过旧", "bank data"),
    "bill_check": Text("账单不符", "bill check"),
    "legal": Text("法律程序", "legal"),
    "holiday": Text("节假日", "holiday"),
    "unsent": Text("函件待寄", "unsent"),
    "no_customer": Text("无客户档案", "no customer row"),
    "unread": Text("有单元格无法识别", "unreadable cell"),
}


def coming(level: Level, since: int | None) -> Text:
    """What comes next, and from when on; None: once the level before it went out."""
    how, number = CHANNELS[level.channel], level.number
    if since is None:
        return Text(f"第 {number} 级 上一级寄出后：{how.zh}", f"Level {number} after the one before")
    return Text(f"第 {number} 级 {iso(since)} 起：{how.zh}", f"Level {number} from {iso(since)}: {how.en}")


def held(level: Level, holds: Sequence[Hold]) -> Text:
    """The next level is due and waits: why and until when, or how many reasons more the worklist names."""
    why, until, more = _IN_SHORT[holds[0].code], holds[0].until, len(holds) - 1
    zh, en = f"第 {level.number} 级暂缓：{why.zh}", f"Level {level.number} waits: {why.en}"
    if more:
        return Text(f"{zh}等 {more + 1} 项", f"{en} +{more}")
    return Text(f"{zh}至 {until}", f"{en} to {until}") if until else Text(zh, en)
