"""What the command line says about a book, in both languages, and what the tests ask of it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.hosts.cli.app import run
from tests.bad_input.ledger import AS_OF, CLEAN_TOTALS

Finding = dict[str, Any]


OF_EVERY_LEDGER = ("provision_basis", "provision_movement")
"""What a ledger with receivables always tells, whatever is wrong with it."""


@dataclass(frozen=True)
class Spoken:
    """One run of the command line within this process."""

    code: int
    out: str
    err: str


def command(*arguments: str | Path) -> Spoken:
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    streams = [stream.buffer.getvalue().decode("utf-8") for stream in (flushed(out), flushed(err))]
    return Spoken(code, *streams)


def flushed(stream: io.TextIOWrapper) -> Any:
    stream.flush()
    return stream


@dataclass(frozen=True)
class Checked:
    """The documents of `check --json` in English and Chinese, and the exit code of both."""

    code: int
    en: dict[str, Any]
    zh: dict[str, Any]

    @property
    def totals(self) -> dict[str, Any]:
        return {key: self.en["totals"][key] for key in CLEAN_TOTALS}

    @property
    def buckets(self) -> dict[str, Any]:
        return {key: value for key, value in self.en["buckets"].items() if value != "0.00"}

    @property
    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.en["findings"]]

    def only(self, *codes: str) -> list[tuple[Finding, Finding]]:
        """The findings, English and Chinese side by side; they have just these codes."""
        assert sorted(self.codes) == sorted(codes), self.en["findings"]
        return list(zip(self.en["findings"], self.zh["findings"], strict=True))

    def one(self, code: str) -> tuple[Finding, Finding]:
        """The one finding of a code."""
        assert self.codes.count(code) == 1, self.en["findings"]
        place = self.codes.index(code)
        return self.en["findings"][place], self.zh["findings"][place]


def check(book: Path, as_of: str = AS_OF) -> Checked:
    """Findings and figures of a book; nothing beside or in it changes, and nothing goes to standard error."""
    with unchanged(book.parent):
        en, zh = (
            command("check", book, "--as-of", as_of, "--json", "--lang", language)
            for language in ("en", "zh")
        )
    assert (en.err, zh.err, en.code) == ("", "", zh.code)
    made = Checked(en.code, json.loads(en.out), json.loads(zh.out))
    assert made.en["totals"] == made.zh["totals"], "the language of messages is not that of the book"
    for one, other in zip(made.en["findings"], made.zh["findings"], strict=True):
        is_clear(one, other)
    assert made.code == any(finding["severity"] == "error" for finding in made.en["findings"])
    for spoken in (made.en, made.zh):
        spoken["findings"] = [each for each in spoken["findings"] if each["code"] not in OF_EVERY_LEDGER]
    return made


def is_clear(en: Finding, zh: Finding) -> None:
    """Said in both languages: what is wrong and how to mend it, one line each."""
    same = ("code", "severity", "table", "row", "column")
    assert [en[key] for key in same] == [zh[key] for key in same]
    for key in ("message", "cure"):
        assert en[key].strip() and zh[key].strip(), en
        assert en[key] != zh[key]
        assert "\n" not in en[key] + zh[key]
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in en["cure"]), en["cure"]


def figures(book: Path, table: str, *columns: str, as_of: str = AS_OF) -> list[tuple[Any, ...]]:
    """Columns of a table as `show --json` has them, a tuple a row."""
    shown = command("show", book, table, "--json", "--as-of", as_of)
    assert shown.code in (0, 1), shown.err
    return [tuple(row[column] for column in columns) for row in json.loads(shown.out)["rows"]]


def listing(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Whatever happens inside, every file of the folder stays the same byte for byte."""
    before = listing(folder)
    yield
    assert listing(folder) == before
