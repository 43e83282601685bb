"""The commands put together, and what surrounds each of them: language, errors, exit codes."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from addin.hosts.cli import (
    addin,
    books,
    doctor,
    explaining,
    extending,
    functions,
    importing,
    letters,
    making,
    reporting,
    showing,
    steps,
    undoing,
    upgrading,
)
from addin.hosts.cli.options import Lang
from addin.hosts.cli.output import say, steady_streams, write_utf8
from addin.hosts.cli.speech import asked_language, both, example, speak
from addin.hosts.telling import Failure, known_failure, locale_language, unforeseen
from addin.model.text import Language, Text

# The public BadParameter's base: the class itself has no public name in every version of typer.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
_INTERRUPTED = 130
CANNOT_RUN = 2


def _version(wanted: bool) -> None:
    if wanted:
        from addin import __version__

        write_utf8(f"huikuan {__version__}\n")
        raise typer.Exit


def _root(
    context: typer.Context,
    lang: Lang = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=both("显示版本", "Show the version")
        ),
    ] = False,
) -> None:
    """A language given before the command is the command's."""
    if lang is not None and context.invoked_subcommand:
        context.default_map = _for_all(context.command, lang)


def _for_all(command: Any, lang: str) -> dict[str, Any]:
    """The language as the default of every command below."""
    inner = getattr(command, "commands", {})
    return {"lang": lang, **{name: _for_all(below, lang) for name, below in inner.items()}}


def build(language: Language) -> Any:
    """The command tree, its help in one language."""
    app = typer.Typer(
        name="huikuan",
        help=both(
            "回款：Excel 里的应收账款台账。算出每笔应收、到期日、核销与账龄，写回同一工作簿。",
            "Receivables in Excel: amounts due, due dates, allocation of payments and ages, "
            "computed and written back into the same workbook.",
        ),
        epilog=example("huikuan demo", "huikuan refresh ledger.xlsx --as-of 2026-06-30"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_root)
    for family in (
        making,
        importing,
        books,
        showing,
        explaining,
        reporting,
        steps,
        extending,
        letters,
        undoing,
        upgrading,
        functions,
        addin,
        doctor,
    ):
        family.register(app)
    command = typer.main.get_command(app)
    speak(command, language)
    return command


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code: 0 clean, 1 findings of severity error, 2 could not run."""
    steady_streams()
    language = asked_language(arguments) or locale_language()
    try:
        code = build(language).main(args=list(arguments), prog_name="huikuan", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except _USAGE_ERROR as error:
        return _misused(error, language)
    except Exception as error:
        return _stopped(error, arguments)
    if code == _INTERRUPTED:
        say(
            Text("已中断；没有留下写了一半的文件。", "Interrupted; no file is left half-written.").in_(
                language
            )
        )
        return CANNOT_RUN
    return int(code or 0)


def _misused(error: Any, language: Language) -> int:
    """A command line that cannot be understood; asking for nothing at all shows the help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        write_utf8(f"{error.ctx.get_help()}\n")
        return CANNOT_RUN
    where = error.ctx.command_path if getattr(error, "ctx", None) else "huikuan"
    said = " ".join(error.format_message().split())
    words = Text(f"命令写法有误：{_in_chinese(said)} 用法见 {where} --help", f"{said} See {where} --help")
    say(words.in_(language))
    return CANNOT_RUN


_CHINESE = (
    (r"Missing (?:argument|option|parameter) '?(.+?)'?\.", r"缺少 \1。"),
    (r"No such option:? (\S+).*", r"没有选项 \1。"),
    (r"No such command '(.+?)'.*", r"没有命令 \1。"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", r"多余的参数 \1。"),
    (r"Option '(.+?)' requires an argument.*", r"\1 后面缺少取值。"),
    (r"Invalid value for '(.+?)': .*", r"\1 的取值无效。"),
)


def _in_chinese(said: str) -> str:
    """What typer says of a command line, in Chinese where it is one of its usual sentences."""
    for pattern, words in _CHINESE:
        if found := re.fullmatch(pattern, said):
            return found.expand(words)
    return said


def _stopped(error: Exception, arguments: Sequence[str]) -> int:
    known = known_failure(error)
    failure: Failure = known or unforeseen(error, Path.cwd())
    if "--debug" in arguments:
        say("".join(traceback.format_exception(error)).rstrip())
    readable = known is not None and not isinstance(error, MemoryError)
    own = _of_the_book(arguments) if readable else None
    say(failure.problem.in_(asked_language(arguments) or own or locale_language()))
    return CANNOT_RUN


def _of_the_book(arguments: Sequence[str]) -> Language | None:
    """The language of the first workbook on the command line; None where there is none that can be read."""
    from addin.service.books import load_book

    books = (Path(each) for each in arguments if each.lower().endswith((".xlsx", ".xlsm")))
    for book in books:
        with suppress(Exception):  # what is wrong with it is what the failure says
            return load_book(book)[1]
    return None
