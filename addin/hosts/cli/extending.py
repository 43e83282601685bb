"""`extend`: an extension or instalments, old against new with the cost of the delay; --agree puts it on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import AsOf, Book, Debug, Json, Lang, Milestone, day_of, language_of
from addin.hosts.cli.output import write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import aligned, relative
from addin.hosts.telling import user
from addin.model.finding import LedgerError
from addin.model.money import grouped, plain
from addin.model.numerals import read_day
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.extending import ExtendReport


def extend(
    book: Book,
    milestone: Milestone,
    to: Annotated[
        list[str],
        typer.Option(
            "--to",
            metavar="DATE",
            help=both("新到期日；可重复，即等额分期", "New due date; repeated: equal instalments"),
        ),
    ],
    agree: Annotated[
        bool, typer.Option("--agree", help=both("已约定：写入延期协议", "Agreed: put it on record"))
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    day, spoken = day_of(as_of), language_of(lang)
    dues = [_due(each) for each in to]
    from addin.service.extending import extend_book

    report = extend_book(
        book,
        milestone,
        dues,
        agree=agree,
        today=date.today(),
        now=datetime.now(),
        by=user(),
        as_of=day,
        language=spoken,
    )
    if as_json:
        write_json(_document(report))
    else:
        write_lines(_lines(report))
    return 0


def _due(value: str) -> date:
    day = read_day(value)
    if day is None:
        raise LedgerError(
            "bad_option",
            Text(
                f"--to 的“{value}”不是日期。请写成 2026-09-30。",
                f'--to "{value}" is not a date. Write it as 2026-09-30.',
            ),
        )
    return day


def _document(report: ExtendReport) -> dict[str, Any]:
    plan = report.plan

    def money(amount: int) -> str:
        return plain(amount, plan.digits)

    return {
        "milestone_id": plan.milestone,
        "as_of": report.as_of.isoformat(),
        "currency": report.currency,
        "open": money(plan.open),
        "contract_due": plan.contract_due.isoformat(),
        "due_date": plan.due.isoformat(),
        "basis": plan.price.basis,
        "cost": money(plan.cost),
        "parts": [
            {
                "amount": money(part.amount),
                "old_due": part.old_due.isoformat(),
                "new_due": part.new_due.isoformat(),
                "days": part.days,
                "cost": money(part.cost),
            }
            for part in plan.parts
        ],
        "agreed": [str(row["reschedule_id"]) for row in report.rows],
    }


def _lines(report: ExtendReport) -> list[str]:
    from addin.rules.project.agreements import BASES

    plan, language = report.plan, report.language
    heading = (
        Text("金额", "Amount"),
        Text("原到期日", "Due now"),
        Text("新到期日", "New due date"),
        Text("天数", "Days"),
        Text("延期成本", "Cost"),
    )
    rows = [
        (
            grouped(part.amount, plan.digits),
            part.old_due.isoformat(),
            part.new_due.isoformat(),
            str(part.days),
            grouped(part.cost, plan.digits),
        )
        for part in plan.parts
    ]
    opened, cost = (grouped(amount, plan.digits) for amount in (plan.open, plan.cost))
    basis = BASES[plan.price.basis]
    title = Text(
        f"{plan.milestone}：未收 {opened} {report.currency}，合同到期日 {plan.contract_due}（不变）",
        f"{plan.milestone}: {opened} {report.currency} open, due by the contract on {plan.contract_due} (kept)",
    )
    total = Text(
        f"延期成本 {cost} {report.currency}，按{basis.zh}",
        f"Cost of the delay {cost} {report.currency}, by {basis.en}",
    )
    table = aligned([word.in_(language) for word in heading], rows, {0, 3, 4})
    return [title.in_(language), "", *table, "", total.in_(language), _done(report).in_(language)]


def _done(report: ExtendReport) -> Text:
    if not report.rows:
        return Text(
            "仅为方案，未写入；已约定请加 --agree", "A proposal, nothing written; once agreed use --agree"
        )
    ids = "、".join(str(row["reschedule_id"]) for row in report.rows)
    backup = relative(report.backup) if report.backup else ""
    return Text(
        f"已写入延期协议 {ids}，请补填批准人和文件；之前的备份：{backup}",
        f"On record as {ids.replace('、', ', ')}: fill in who approved it and the document; "
        f"the book of before: {backup}",
    )


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        help=both(
            "把一个节点的未收款展期或等额分期：新旧对照、延期成本；--agree 写入延期协议，合同到期日保留。",
            "Extends what is open of a milestone, or parts it into equal instalments: old against new, and what the "
            "delay costs. With --agree it goes on record; the contract's own date stays.",
        ),
        short_help=both("展期与分期方案", "Extensions and instalments, proposed or agreed"),
        epilog=example(
            "huikuan extend ledger.xlsx HT-2026-001-2 --to 2026-09-30",
            "huikuan extend ledger.xlsx HT-2026-001-2 --to 2026-08-31 --to 2026-09-30 --agree",
        ),
    )(extend)
