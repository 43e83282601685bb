"""The completion report of a contract, with the satisfaction form and the after-sale offer."""

from __future__ import annotations

from addin.documents.figures import money, short_day
from addin.documents.report_facts import Completion
from addin.documents.reports.parts import (
    PROBLEM,
    STAGE,
    Context,
    blank,
    deal_context,
    head_context,
    problem_row,
    row,
    shape,
    stage_row,
    stage_sums,
    unit,
)

OPINION = "day score comment"


def completion_context(facts: Completion) -> Context:
    """The fields of a completion report."""
    language, digits = facts.head.language, facts.deal.digits
    stages = facts.deal.stages
    left = tuple(stage for stage in stages if stage.open)
    return {
        **head_context(facts.head),
        "unit": unit(facts.deal.currency, language),
        "deal": deal_context(facts.deal, language),
        "stages": [stage_row(number, stage, digits, language) for number, stage in enumerate(stages, 1)],
        "stage_sums": stage_sums(stages, digits),
        "left": [stage_row(number, stage, digits, language) for number, stage in enumerate(left, 1)],
        "left_sum": money(sum(stage.open for stage in left), facts.deal.currency, digits, language),
        "problems": [
            problem_row(number, problem, digits, language) for number, problem in enumerate(facts.problems, 1)
        ],
        "opinions": [row(OPINION, short_day(each.day), each.score, each.comment) for each in facts.opinions],
    }


def completion_shape(context: Context) -> Context:
    """A context in which every list has a row."""
    stage = blank(STAGE)
    return shape(context, stages=stage, left=stage, problems=blank(PROBLEM), opinions=blank(OPINION))
