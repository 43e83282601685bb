"""`explain`: how a figure came about, step by step, for eyes or for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import AsOf, Book, Debug, Json, Lang, day_of, language_of
from addin.hosts.cli.output import write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.figures import figure_words, place_words
from addin.model.numerals import clean
from addin.model.text import Language, Text

if TYPE_CHECKING:
    from addin.rules.explain.steps import Explanation, Row, Step, Term, Value
    from addin.service.explaining import Explained


def explain(
    book: Book,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF",
            parser=clean,
            help=both("节点、合同或客户的编号", "The id of a milestone, a contract or a customer"),
        ),
    ],
    field: Annotated[
        str | None,
        typer.Argument(
            metavar="FIELD",
            help=both(
                "列：英文名（如 open）或表头；省略则全部",
                "The column: its key (open) or heading; default: all",
            ),
        ),
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    day, language = day_of(as_of), language_of(lang)
    from addin.service.explaining import explain_book

    found = explain_book(book, ref, field, today=date.today(), as_of=day, language=language)
    if as_json:
        documents = [document(each, found.language) for each in found.explanations]
        write_json(documents[0] if field is not None and len(documents) == 1 else documents)
    else:
        write_lines(lines(found))
    return 0


# --- for programs ------------------------------------------------------------------------------------------


def document(explanation: Explanation, language: Language) -> dict[str, Any]:
    """One figure's explanation. A term says where its value is from: an earlier step (from 1), a cell, or itself."""
    return {
        "ref": explanation.row.key,
        "table": explanation.row.table,
        "field": explanation.field,
        "value": _plain(explanation.value),
        "rule": explanation.rule.name.in_(language),
        "source": explanation.rule.source.in_(language),
        "steps": [_step(step, language) for step in explanation.steps],
    }


def _step(step: Step, language: Language) -> dict[str, Any]:
    return {
        "text": step.text.in_(language),
        "value": _plain(step.value),
        "operation": step.operation,
        "terms": [_term(term) for term in step.terms],
        "rule": step.rule.name.in_(language),
        "source": step.rule.source.in_(language),
        "rows": [{"table": row.table, "row": row.row, "key": row.key} for row in step.rows],
    }


def _term(term: Term) -> dict[str, Any]:
    found: dict[str, Any] = {"value": _plain(term.value)}
    if term.step is not None:
        found["step"] = term.step + 1
    if term.row is not None:
        found |= {"table": term.row.table, "row": term.row.row, "column": term.column}
    return found


def _plain(value: Value) -> object:
    """A value in JSON: money and dates are text, rates and numbers are numbers, empty is null."""
    from addin.model.money import plain
    from addin.rules.explain.arithmetic import Money

    match value:
        case Money():
            return plain(value.minor, value.digits)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
    return value


# --- for people --------------------------------------------------------------------------------------------


def lines(found: Explained) -> list[str]:
    """What is explained, then each figure with its steps; a step that stands above already is not said again."""
    from itertools import groupby

    printed: list[str] = []
    said: set[tuple[Text, tuple[Row, ...]]] = set()
    for row, explanations in groupby(found.explanations, key=lambda each: each.row):
        printed += [_heading(row, found), ""]
        whole = len(found.explanations) > 1
        title = ""
        for explanation in explanations:
            if whole and (group := _group(explanation, found.language)) not in ("", title):
                title = group
                printed += [f"— {title} —"]
            printed += [*_figure(explanation, found, said), ""]
    return [*printed, *_sources(found)]


def _heading(row: Row, found: Explained) -> str:
    kinds = {
        "milestones": Text("收款节点", "Milestone"),
        "contracts": Text("合同", "Contract"),
        "customers": Text("客户", "Customer"),
    }
    place = place_words(row, found)
    kind = kinds[row.table]
    return Text(
        f"{kind.zh} {row.key}：截至 {found.as_of}（{place}）",
        f"{kind.en} {row.key}: as at {found.as_of} ({place})",
    ).in_(found.language)


def _group(explanation: Explanation, language: Language) -> str:
    from addin.rules.explain.figures import GROUPS

    groups = (group for group in GROUPS[explanation.row.table] if explanation.field in group.tellers)
    return next((group.name.in_(language) for group in groups), "")


def _figure(
    explanation: Explanation, found: Explained, said: set[tuple[Text, tuple[Row, ...]]]
) -> Iterator[str]:
    from addin.hosts.cli.terminal import colour
    from addin.model.tables import TABLES

    column = TABLES[explanation.row.table][explanation.field]
    yield colour(
        f"{column.heading(found.language)}  {figure_words(explanation, found.language)}".rstrip(), "1"
    )
    for step in explanation.steps:
        if (step.text, step.rows) in said and step is not explanation.steps[-1]:
            continue
        said.add((step.text, step.rows))
        yield from _wrapped(f"{step.text.in_(found.language)}  [{step.rule.name.in_(found.language)}]", "  ")
        if others := [row for row in step.rows if row != explanation.row]:
            yield from _wrapped(
                " · ".join(f"{place_words(row, found)} {row.key}" for row in others), "      "
            )


def _sources(found: Explained) -> list[str]:
    """The rules that were cited, each once, with the text that it comes from."""
    rules = dict.fromkeys(step.rule for each in found.explanations for step in each.steps)
    printed = [Text("依据", "Rules").in_(found.language)]
    for rule in rules:
        name, source = rule.name.in_(found.language), rule.source.in_(found.language)
        printed += _wrapped(Text(f"{name}：{source}", f"{name}: {source}").in_(found.language), "  ")
    return printed


def _wrapped(line: str, indent: str) -> Sequence[str]:
    """The line within the terminal's width; as it is where there is no terminal."""
    from addin.hosts.cli.terminal import width

    if (room := width()) is None:
        return [indent + line]
    from rich.console import Console
    from rich.text import Text as Words

    hanging = indent + "  "
    parts = Words(line).wrap(Console(width=room), max(room - len(hanging), 20))
    return [(indent if number == 0 else hanging) + part.plain.rstrip() for number, part in enumerate(parts)]


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        help=both(
            "说明一个数字怎么来：规则、依据、用到的每一行（工作表与行号）和算式；不写文件。",
            "How a figure came about: the rule, its source, every row with its sheet and number, the arithmetic; "
            "nothing is written.",
        ),
        short_help=both("说明一个数字怎么来", "How a figure came about"),
        epilog=example(
            "huikuan explain ledger.xlsx P-07-2 open --as-of 2026-06-30",
            "huikuan explain ledger.xlsx C-01 --json",
        ),
    )(explain)
