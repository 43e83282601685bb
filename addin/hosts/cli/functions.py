"""`fn` and `functions`: the worksheet functions from a terminal, one call or many, and what there is."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from addin.hosts.cli.options import Debug, Json, Lang, own_language
from addin.hosts.cli.output import write_json, write_lines, write_utf8
from addin.hosts.cli.speech import both, example
from addin.model.finding import LedgerError
from addin.model.text import Language, Text

if TYPE_CHECKING:
    from addin.functions.registry import Argument, Function

_CHUNK = 1000
"""Lines of a batch that are printed at a time."""


def fn(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help=both("函数名，如 AR_DUE_DATE", "The function, such as AR_DUE_DATE")
        ),
    ] = None,
    args: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ARG...",
            help=both(
                "参数：能读作 JSON 的按 JSON，否则为文字；null 为空缺",
                "Arguments: what parses as JSON is that value, else it is text; null is missing",
            ),
        ),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help=both(
                "每行一个 JSON 调用，逐行给出结果；- 为标准输入",
                "One call a line as JSON, one result a line; - is standard input",
            ),
        ),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    language = own_language(lang)
    if batch is not None:
        if name is not None:
            raise LedgerError(
                "bad_option",
                Text(
                    "--batch 与函数名不能同时给出；请二选一。",
                    "--batch and a function's name do not go together; give one of them.",
                ),
            )
        return _batch(batch, language)
    if name is None:
        raise LedgerError(
            "bad_option",
            Text(
                "缺少函数名。全部函数见 huikuan functions。",
                "Which function? See huikuan functions for all of them.",
            ),
        )
    from addin.functions.call import call_json

    result = call_json(name, [argument_of(_no_option(text)) for text in args or []])
    if as_json:
        write_json({"result": result})
    else:
        write_lines(_shown(result))
    return 0


def functions(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help=both("函数名；省略则全部", "The function; default: all of them")),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    from addin.functions.call import find
    from addin.functions.registry import FUNCTIONS

    language = own_language(lang)
    if name is not None:
        function = find(name)
        if as_json:
            write_json(document(function, language))
        else:
            write_lines(_page(function, language))
    elif as_json:
        write_json([document(function, language) for function in FUNCTIONS.values()])
    else:
        write_lines(_overview(language))
    return 0


# --- calls -------------------------------------------------------------------------------------------------


def _no_option(text: str) -> str:
    """An argument that is not an option mistyped."""
    if re.match("--?[A-Za-z]", text):
        raise LedgerError(
            "bad_option",
            Text(
                f"没有选项 {text}。用法见 huikuan fn --help", f"No such option: {text}. See huikuan fn --help"
            ),
        )
    return text


def argument_of(text: str) -> object:
    """The value that a word of the command line stands for: JSON where it parses, else text.

    >>> argument_of("[0.3, 0.7]"), argument_of("2022-01-31"), argument_of("null"), argument_of("NaN")
    ([0.3, 0.7], '2022-01-31', None, 'NaN')
    """
    try:
        return _parsed(text)
    except (ValueError, RecursionError):
        return text


def _parsed(text: str | bytes) -> Any:
    return json.loads(text, parse_constant=_no_constant)


def _no_constant(word: str) -> object:
    """NaN and Infinity are no JSON."""
    raise ValueError(word)


def _batch(file: str, language: Language) -> int:
    """Each line's answer, in order; 1 where one of them is an error."""
    failed = False
    answers: list[str] = []
    for line in _lines(file):
        answer = answered(line, language)
        failed = failed or "error" in answer
        answers.append(json.dumps(answer, ensure_ascii=False))
        if len(answers) == _CHUNK:
            write_utf8("\n".join(answers) + "\n")
            answers.clear()
    if answers:
        write_utf8("\n".join(answers) + "\n")
    return 1 if failed else 0


def _lines(file: str) -> Iterator[bytes]:
    """The lines of a file or of standard input that are not blank."""
    if file == "-":
        yield from (line for line in getattr(sys.stdin, "buffer", ()) if line.strip())  # None where closed
        return
    with Path(file).open("rb") as calls:
        yield from (line for line in calls if line.strip())


def answered(line: bytes, language: Language) -> dict[str, Any]:
    """What a line of a batch gives back: its id, and its result or the error."""
    from addin.functions.call import FunctionError, call_json

    name = None
    try:
        asked = _parsed(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        asked = None
    if isinstance(asked, dict):
        name, args = asked.get("fn"), asked.get("args", [])
    if not isinstance(asked, dict) or not isinstance(name, str) or not isinstance(args, list):
        return {"id": asked.get("id") if isinstance(asked, dict) else None, "error": _NO_CALL.in_(language)}
    try:
        return {"id": asked.get("id"), "result": call_json(name, args)}
    except FunctionError as error:
        return {"id": asked.get("id"), "error": error.problem.in_(language)}


_NO_CALL = Text(
    '这一行不是调用，应如 {"id": 1, "fn": "AR_NET_TAX", "args": [1130, 0.13]}。',
    'This line is no call; expected one such as {"id": 1, "fn": "AR_NET_TAX", "args": [1130, 0.13]}.',
)


def _shown(result: Any) -> list[str]:
    """A result for people: a line an item, a table in columns."""
    if not isinstance(result, list):
        return [_word(result)]
    if result and isinstance(result[0], list):
        from addin.hosts.cli.terminal import aligned

        headings, *rows = [[_word(cell) for cell in row] for row in result]
        return aligned(headings, rows, set(range(1, len(headings))))
    return [_word(item) for item in result]


def _word(value: object) -> str:
    return str(value).upper() if isinstance(value, bool) else str(value)


# --- what there is -----------------------------------------------------------------------------------------


def document(function: Function, language: Language) -> dict[str, Any]:
    """A function as programs see it."""
    from addin.functions.registry import GROUPS
    from addin.functions.results import Table

    shape = function.result
    return {
        "name": function.name,
        "group": GROUPS[function.group].in_(language),
        "help": function.help.in_(language),
        "source": function.source.in_(language),
        "arguments": [_argument_document(argument, language) for argument in function.arguments],
        "result": {"table": list(shape.kinds)} if isinstance(shape, Table) else shape,
        "example": {
            "command": command_of(function),
            "args": list(function.example),
            "result": function.shows,
        },
    }


def _argument_document(argument: Argument, language: Language) -> dict[str, Any]:
    found = {
        "name": argument.name,
        "type": argument.kind.name,
        "expected": argument.kind.expected.in_(language),
        "help": argument.help.in_(language),
        "required": argument.required,
    }
    return found if argument.required else found | {"default": argument.default}


def command_of(function: Function) -> str:
    """The example as one types it.

    >>> from addin.functions.registry import FUNCTIONS
    >>> print(command_of(FUNCTIONS["AR_DUE_DATE"]))
    huikuan fn AR_DUE_DATE 2022-01-31 "NET 30"
    """
    return " ".join(["huikuan fn", function.name, *map(_typed, function.example)])


def _typed(value: object) -> str:
    """A value as an argument: text bare where it stays text, JSON otherwise, in quotes where a shell needs them."""
    bare = isinstance(value, str) and isinstance(argument_of(value), str)
    word = str(value) if bare else json.dumps(value, ensure_ascii=False)
    if re.fullmatch(r"[\w.:+/%-]+", word):
        return word
    return f"'{word}'" if '"' in word else f'"{word}"'


def signature(function: Function) -> str:
    """Name and arguments; those at the end that may be left out in brackets.

    >>> from addin.functions.registry import FUNCTIONS
    >>> signature(FUNCTIONS["AR_DUE_DATE"])
    'AR_DUE_DATE(base, term, [roll=none])'
    """
    last = max((place for place, each in enumerate(function.arguments) if each.required), default=-1)
    shown = [each.name for each in function.arguments[: last + 1]]
    shown += [_optional(each) for each in function.arguments[last + 1 :]]
    return f"{function.name}({', '.join(shown)})"


def _optional(argument: Argument) -> str:
    """In brackets, with a default that is short: those of vectors stand with the argument."""
    scalar = isinstance(argument.default, str | int | float)
    return f"[{argument.name}={_default_shown(argument)}]" if scalar else f"[{argument.name}]"


def _default_shown(argument: Argument) -> str:
    return argument.default if isinstance(argument.default, str) else json.dumps(argument.default)


def _overview(language: Language) -> list[str]:
    """All functions by group, each with what it tells and its arguments."""
    from addin.functions.registry import FUNCTIONS, GROUPS

    lines: list[str] = []
    for group, name in GROUPS.items():
        lines += [*([""] if lines else []), name.in_(language)]
        for function in FUNCTIONS.values():
            if function.group == group:
                lines += [f"  {signature(function)}", f"      {function.help.in_(language)}"]
    more = Text("参数与示例：huikuan functions NAME", "Arguments and an example: huikuan functions NAME")
    return [*lines, "", more.in_(language)]


def _page(function: Function, language: Language) -> list[str]:
    """All about one function."""
    lines = [signature(function), f"  {function.help.in_(language)}", ""]
    for argument in function.arguments:
        help_, expected = argument.help.in_(language), argument.kind.expected.in_(language)
        lines += [f"  {argument.name}", f"      {help_}", f"      {expected}{_default(argument, language)}"]
    source, shows = Text("依据：", "Source: ").in_(language), Text("示例：", "Example:").in_(language)
    lines += ["", f"{source}{function.source.in_(language)}", shows, f"  {command_of(function)}"]
    return [*lines, *(f"  {line}" for line in _shown(function.shows))]


def _default(argument: Argument, language: Language) -> str:
    if argument.required:
        return ""
    if argument.default is None:
        return Text("；可为空", "; may be empty").in_(language)
    default = _default_shown(argument)
    return Text(f"；默认 {default}", f"; default {default}").in_(language)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        help=both(
            "计算一个工作表函数，与 Excel 中的结果相同；--batch 逐行计算一个文件里的调用。",
            "A worksheet function, with the result that a cell would show; --batch answers a file of calls.",
        ),
        short_help=both("计算工作表函数", "A worksheet function"),
        epilog=example(
            'huikuan fn AR_DUE_DATE 2022-01-31 "NET 30"',
            "huikuan fn AR_SPLIT 100 '[0.3333, 0.3333, \"balance\"]' --json",
            "huikuan fn --batch calls.jsonl",
        ),
        context_settings={"ignore_unknown_options": True},  # a negative number is an argument
    )(fn)
    app.command(
        help=both(
            "有哪些工作表函数；给出函数名则列出参数、依据和示例。",
            "The worksheet functions; with a name: its arguments, its source and an example.",
        ),
        short_help=both("有哪些工作表函数", "What worksheet functions there are"),
        epilog=example("huikuan functions", "huikuan functions AR_SPLIT"),
    )(functions)
