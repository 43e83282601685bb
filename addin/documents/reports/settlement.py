"""The settlement meeting: what it is about, its agenda, and a form for what is agreed."""

from __future__ import annotations

from addin.documents.figures import long_day, short_day
from addin.documents.plain import plain
from addin.documents.report_facts import Settlement
from addin.documents.reports.parts import (
    PROBLEM,
    STAGE,
    Context,
    blank,
    deal_context,
    figure,
    head_context,
    problem_row,
    row,
    shape,
    stage_row,
    stage_sums,
    unit,
)
from addin.model.text import Language, Text

AMENDMENT = "day amount document"


def settlement_context(facts: Settlement) -> Context:
    """The fields of a settlement meeting's papers."""
    language, digits = facts.head.language, facts.deal.digits
    return {
        **head_context(facts.head),
        "unit": unit(facts.deal.currency, language),
        "deal": deal_context(facts.deal, language),
        "meeting": long_day(facts.meeting, language),
        "stages": [
            stage_row(number, stage, digits, language) for number, stage in enumerate(facts.deal.stages, 1)
        ],
        "stage_sums": stage_sums(facts.deal.stages, digits),
        "amendments": [
            row(AMENDMENT, short_day(day), figure(amount, digits), document)
            for day, amount, document in facts.amendments
        ],
        "problems": [
            problem_row(number, problem, digits, language) for number, problem in enumerate(facts.problems, 1)
        ],
        "agenda": [
            {"no": str(number), "words": plain(words.in_(language))}
            for number, words in enumerate(agenda(facts, language), 1)
        ],
        "rows": [stage_row(number, stage, digits, language) for number, stage in enumerate(facts.rows, 1)],
    }


def settlement_shape(context: Context) -> Context:
    """A context in which every list has a row."""
    return shape(
        context,
        stages=blank(STAGE),
        amendments=blank(AMENDMENT),
        problems=blank(PROBLEM),
        agenda=blank("no words"),
        rows=blank(STAGE),
    )


def agenda(facts: Settlement, language: Language) -> list[Text]:
    """What the meeting has to settle, out of what stands open."""
    deal = facts.deal
    context = deal_context(deal, language)
    listed = Text("、", ", ").in_(language)
    points = [
        Text(
            f"确认现行合同额 {context['in_force']}",
            f"Confirm the contract sum in force, {context['in_force']}",
        )
    ]
    if deal.settlement_total is None:
        points.append(
            Text(
                "确认结算总额，并说明与合同额的差异", "Agree the settlement total and explain its difference"
            )
        )
    else:
        points.append(
            Text(
                f"结算总额已于 {context['settled_on']} 确认为 {context['settlement_total']}",
                f"The settlement total was confirmed on {context['settled_on']} as {context['settlement_total']}",
            )
        )
    waiting = [stage.name for stage in deal.stages if stage.submitted_on and stage.status == "pending"]
    if waiting:
        names = listed.join(waiting)
        points.append(Text(f"已报验未验收：{names}", f"Submitted and not yet accepted: {names}"))
    if deal.in_force is not None and deal.in_force != deal.invoiced:
        points.append(
            Text(f"尚未开票的金额 {context['to_invoice']}", f"Still to be invoiced: {context['to_invoice']}")
        )
    open_disputes = [problem for problem in facts.problems if problem.closed is None]
    if open_disputes:
        names = listed.join(
            f"{each.milestone or each.id} {each.what.in_(language)}" for each in open_disputes
        )
        points.append(Text(f"未了结的争议和整改：{names}", f"Disputes and repairs not yet closed: {names}"))
    late = [stage for stage in facts.rows if stage.status == "overdue"]
    if late:
        points.append(
            Text(
                f"已到期未付 {context['overdue']}，逐项确定付款日期",
                f"Overdue {context['overdue']}: a date for each item",
            )
        )
    coming = [stage for stage in facts.rows if stage.status != "overdue"]
    if coming:
        points.append(
            Text(
                f"其余待付款项（{listed.join(stage.name for stage in coming)}）的付款条件和日期",
                f"Conditions and dates of what is still to come ({listed.join(stage.name for stage in coming)})",
            )
        )
    points.append(Text("质保与售后服务安排", "Warranty and after-sale service"))
    points.append(Text("会议纪要当场签字", "Sign the minutes at the meeting"))
    return points
