"""What is missing of letters on record, so that they do not count as they should (RULES 9, 14: never twice)."""

from __future__ import annotations

from collections.abc import Iterator

from addin.model.finding import Finding, warning
from addin.model.ledger import Ledger
from addin.model.text import Text
from addin.rules.chasing.levels import ladder


def letter_findings(ledger: Ledger) -> Iterator[Finding]:
    """Reminders that went out and do not say at which level or of what, or at one that there is not, after which
    nothing more would come; and letters about what somebody else owes."""
    frame = ledger["letters"]
    if frame.empty:
        return
    reminders = (frame["sent_on"].notna() & (frame["kind"] != "statement")).to_numpy(bool)
    unsaid = frame["level"].isna().to_numpy(bool) & ~ledger.is_unknown("letters", "level")
    for row in frame.index[reminders & unsaid].tolist():
        yield _without_level(row)
    nothing = (frame["milestones"].map(len) == 0).to_numpy(bool) & ~ledger.is_unknown("letters", "milestones")
    for row in frame.index[reminders & nothing].tolist():
        yield _without_milestones(row)
    top = max((level.number for level in ladder(ledger)), default=0)
    for row in frame.index[reminders & (frame["level"].fillna(0) > top).to_numpy(bool)].tolist():
        yield _beyond(row, top)
    yield from _of_others(ledger)


def _of_others(ledger: Ledger) -> Iterator[Finding]:
    customers = dict(
        zip(*(ledger["contracts"][key].tolist() for key in ("contract_id", "customer_id")), strict=True)
    )
    contracts = dict(
        zip(*(ledger["milestones"][key].tolist() for key in ("milestone_id", "contract_id")), strict=True)
    )
    frame = ledger["letters"]
    rows = zip(frame.index.tolist(), frame["customer_id"].tolist(), frame["milestones"].tolist(), strict=True)
    for row, customer, milestones in rows:
        owners = {name: customers.get(contracts.get(name, ""), "") for name in milestones}
        for name, owner in owners.items():
            if customer and owner and owner != customer:
                yield _of_another(row, name, owner)


def _without_level(row: int) -> Finding:
    return warning(
        "letter_without_level",
        "letters",
        row,
        "level",
        Text(
            "已寄出的催款函没有级别，按同类函件中的下一级计",
            "This letter went out without a level; it counts as the next one of its kind",
        ),
        Text("补填级别", "Fill in its level"),
    )


def _beyond(row: int, top: int) -> Finding:
    return warning(
        "letter_level_unknown",
        "letters",
        row,
        "level",
        Text(
            f"级别高于催款级别表中的最高级（{top}）：其节点不再有下一级",
            f"The level is above the highest of the ladder ({top}): for its milestones no level is left",
        ),
        Text("核对级别", "Check the level"),
    )


def _without_milestones(row: int) -> Finding:
    return warning(
        "letter_without_milestones",
        "letters",
        row,
        "milestones",
        Text(
            "已寄出的催款函没有节点：只计催款间隔，不计入任何节点的级别",
            "This letter went out and names no milestone: no level counts for it, only the cooling days do",
        ),
        Text("补填节点编号", "Fill in its milestones"),
    )


def _of_another(row: int, milestone: str, owner: str) -> Finding:
    return warning(
        "letter_of_another",
        "letters",
        row,
        "milestones",
        Text(
            f"节点 {milestone} 属于客户 {owner}，不是本函的客户；本函仍计入该节点的级别",
            f"Milestone {milestone} is owed by {owner}, not by the customer of this letter; its level counts there",
        ),
        Text("核对客户编号与节点", "Check customer and milestones"),
    )
