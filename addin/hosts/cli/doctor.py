"""`doctor`: what the installation needs, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import Debug, Json, Lang, own_language
from addin.hosts.cli.output import say, write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import colour
from addin.hosts.telling import STATE_WORDS
from addin.model.text import Language, Text

if TYPE_CHECKING:
    from addin.service.installing.doctor import Check

_COLOURS = {"ok": "32", "note": "33", "bad": "31"}


def doctor(
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help=both("修复能修复的（重新安装加载项）", "Mend what can be mended (installs anew)")
        ),
    ] = False,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    language = own_language(lang)
    from addin.service.installing.doctor import examine, mend
    from addin.service.installing.machine import this_machine

    machine = this_machine()
    checks, failure = mend(machine) if fix else (examine(machine), None)
    if as_json:
        write_json({"checks": [_document(check, language) for check in checks]})
    else:
        write_lines(line for check in checks for line in _lines(check, language))
    if failure is not None:
        say(failure.problem.in_(language))
    return 1 if any(check.state == "bad" for check in checks) else 0


def _document(check: Check, language: Language) -> dict[str, Any]:
    return {
        "name": check.name,
        "state": check.state,
        "found": check.found.in_(language),
        "cure": check.cure.in_(language) if check.cure else None,
    }


def _lines(check: Check, language: Language) -> Iterator[str]:
    """The finding, and below it what to do."""
    state = colour(STATE_WORDS[check.state].in_(language), _COLOURS[check.state])
    gap = Text("：", ": ").in_(language)
    yield f"{state}  {check.label.in_(language)}{gap}{check.found.in_(language)}"
    if check.cure is not None:
        yield f"      {check.cure.in_(language)}"


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        help=both(
            "检查 Python、Excel、加载项、DLL、版本、路径和信任设置，逐项给出正常或处理办法。有待修的项时退出码为 1。",
            "Looks at Python, Excel, add-in, DLL, versions, paths and trust; each line says OK or what to do. "
            "Exit code 1 where something is to be mended.",
        ),
        short_help=both("检查安装", "Check the installation"),
        epilog=example("huikuan doctor", "huikuan doctor --fix"),
    )(doctor)
