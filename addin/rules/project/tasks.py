"""Steps that are late, and what a case in court needs: deadlines, case number, court."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding, info, warning
from addin.model.problems import shown
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.project.few import few

LEGAL_NOTICE_DAYS = 7
"""How many days before its deadline a legal step is told."""


@dataclass(frozen=True)
class Task:
    """A row of the tasks table as at the day; ``deadline`` is `NO_DAY` where there is none."""

    row: int
    id: str
    contract: str
    step: str
    kind: str
    owner: str
    deadline: int
    done: bool
    case_no: str
    court: str

    @property
    def subject(self) -> str:
        """What the step is about: its contract, else its own id."""
        return self.contract or self.id


def tasks(book: Book) -> list[Task]:
    """Every task, by its deadline and id; one done after the day is not done yet."""
    frame = book.ledger["tasks"]
    words = [frame[key].tolist() for key in ("task_id", "contract_id", "step", "kind", "owner")]
    done = [NO_DAY < day <= book.day for day in to_days(frame["done_on"]).tolist()]
    rows = zip(
        frame.index.tolist(),
        *words,
        to_days(frame["deadline"]).tolist(),
        done,
        frame["case_no"].tolist(),
        frame["court"].tolist(),
        strict=True,
    )
    return sorted((Task(*row) for row in rows), key=lambda each: (each.deadline, each.id))


def task_findings(book: Book) -> Iterator[Finding]:
    """Late steps, a line a contract; legal deadlines, a line each; cases without number, court or next deadline."""
    known = tasks(book)
    yield from few(_late(book, known))
    yield from few(_legal_deadlines(book, known))
    yield from few(_cases(book, known))


def _late(book: Book, known: Sequence[Task]) -> Iterator[tuple[str, Finding]]:
    """Open tasks past their deadline; legal ones and visits are told elsewhere."""
    late: dict[str, list[Task]] = defaultdict(list)
    for task in known:
        if not task.done and task.kind not in ("legal", "visit") and NO_DAY < task.deadline < book.day:
            late[task.contract].append(task)
    for found in late.values():
        first = found[0]
        more = len(found) - 1
        by = date.fromordinal(first.deadline)
        step, owner = shown(first.step), shown(first.owner)
        who = Text(owner or "无责任人", owner or "nobody")
        also = Text(f"，另有 {more} 步逾期", f", and {more} more steps are late") if more else Text("", "")
        yield (
            first.subject,
            info(
                "step_late",
                "tasks",
                first.row,
                "deadline",
                Text(
                    f"{first.subject}“{step}”应于 {by} 完成（{who.zh}）{also.zh}",
                    f'{first.subject} "{step}" was to be done by {by} ({who.en}){also.en}',
                ),
                Text(
                    "完成后填完成日；确有原因的改期限",
                    "Enter the day on which it was done, or set a new deadline",
                ),
            ),
        )


def _legal_deadlines(book: Book, known: Sequence[Task]) -> Iterator[tuple[str, Finding]]:
    for task in known:
        near = NO_DAY < task.deadline <= book.day + LEGAL_NOTICE_DAYS
        if task.kind == "legal" and not task.done and near:
            yield task.id, _deadline(task, task.deadline - book.day)


def _deadline(task: Task, left: int) -> Finding:
    by = date.fromordinal(task.deadline)
    when = (
        Text(f"已过期 {-left} 天", f"{-left} days ago")
        if left < 0
        else Text(f"还有 {left} 天", f"in {left} days")
        if left
        else Text("就是今天", "today")
    )
    return warning(
        "legal_deadline",
        "tasks",
        task.row,
        "deadline",
        Text(
            f"{task.subject} 法务事项“{shown(task.step)}”期限 {by}，{when.zh}",
            f'{task.subject} legal step "{shown(task.step)}" by {by}, {when.en}',
        ),
        Text(
            "与承办律师确认；办结后填完成日，逾期的核实能否补救",
            "Make sure with counsel; enter the day when it is done, and if it is late ask what can be mended",
        ),
    )


def _cases(book: Book, known: Sequence[Task]) -> Iterator[tuple[str, Finding]]:
    """Contracts in the legal stage: what their legal tasks do not say."""
    frame = book.ledger["contracts"]
    legal: dict[str, list[Task]] = defaultdict(list)
    for task in known:
        if task.kind == "legal":
            legal[task.contract].append(task)
    in_court = (frame["status"] == "legal").to_numpy(bool)
    for row, id in zip(frame.index[in_court].tolist(), frame["contract_id"][in_court].tolist(), strict=True):
        missing = _not_said(legal.get(id, []))
        if missing:
            zh, en = "、".join(each.zh for each in missing), ", ".join(each.en for each in missing)
            yield (
                id,
                info(
                    "case_incomplete",
                    "contracts",
                    row,
                    "status",
                    Text(
                        f"{id} 已进入诉讼，流程任务中缺少：{zh}",
                        f"{id} is in court; its legal tasks do not name {en}",
                    ),
                    Text(
                        "在流程任务中以“法务”类登记立案、举证、开庭、申请执行各步及案号、法院、期限",
                        "Enter filing, evidence, hearing and enforcement as legal tasks, with case number, court and "
                        "deadline",
                    ),
                ),
            )


def _not_said(legal: Sequence[Task]) -> list[Text]:
    found = []
    if not any(task.case_no for task in legal):
        found.append(Text("案号", "a case number"))
    if not any(task.court for task in legal):
        found.append(Text("法院", "a court"))
    if not any(not task.done and task.deadline != NO_DAY for task in legal):
        found.append(Text("下一步期限", "the next deadline"))
    return found
