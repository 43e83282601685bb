"""Which language the command line speaks, and help texts that exist in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from addin.model.text import Language, Text

_PART = "\x1f"


def both(zh: str, en: str) -> str:
    """One help text in two languages; `speak` leaves the one that is wanted."""
    return f"{zh}{_PART}{en}"


def example(*lines: str) -> str:
    """The examples at the foot of a help page."""
    shown = "\n".join(f"  {line}" for line in lines)
    return both(f"\b\n示例：\n{shown}", f"\b\nExamples:\n{shown}")


def asked_language(arguments: Sequence[str]) -> Language | None:
    """The value of --lang, wherever it stands; needed before the arguments are understood."""
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else None
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in ("zh", "en"):
            return cast(Language, value)
    return None


def speak(command: Any, language: Language) -> None:
    """Leave one language in the help of a command, its parameters and its subcommands."""
    for holder in (command, *command.params):
        for attribute in ("help", "short_help", "epilog"):
            text = getattr(holder, attribute, None)
            if text and _PART in text:
                setattr(holder, attribute, Text(*text.split(_PART, 1)).in_(language))
    for inner in getattr(command, "commands", {}).values():
        speak(inner, language)
