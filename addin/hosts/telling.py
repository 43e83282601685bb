"""What every host tells people: what stops a run, as one clear line with its cure; in which language; and who runs."""

from __future__ import annotations

import getpass
import locale
import os
import tempfile
import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.model.finding import LedgerError
from addin.model.text import Language, Text

STATE_WORDS = {"ok": Text("正常", "OK"), "note": Text("注意", "Note"), "bad": Text("待修", "Mend")}
"""By the state of a check of the installation."""
LOG = "errors.log"
LARGEST_LOG = 1 << 20
"""Bytes of a log; a larger one keeps its newer half."""


@dataclass(frozen=True)
class Failure:
    """Why something could not run: a code for programs, a line for people."""

    code: str
    problem: Text


def known_failure(error: BaseException) -> Failure | None:
    """The failure that an error stands for; None for an error that nobody foresaw."""
    problem = getattr(error, "problem", None)
    if isinstance(problem, Text):
        code = error.code if isinstance(error, LedgerError) else type(error).__name__
        return Failure(_snake(code), Text(*(" ".join(words.split()) for words in problem)))
    if isinstance(error, OSError):
        return Failure("file", _file_problem(error))
    if isinstance(error, MemoryError):
        return Failure(
            "memory",
            Text("内存不足。请关闭其他程序后重试。", "Out of memory. Close other programs and try again."),
        )
    return None


def _snake(name: str) -> str:
    """`SaveError` as `save_error`.

    >>> _snake("SaveError"), _snake("no_table")
    ('save_error', 'no_table')
    """
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _file_problem(error: OSError) -> Text:
    name = Path(str(error.filename)).name if error.filename else ""
    if isinstance(error, FileNotFoundError):
        return Text(f"找不到文件 {name}。请检查路径。", f"There is no file {name}. Check the path.")
    if isinstance(error, IsADirectoryError):
        return Text(
            f"{name} 是文件夹，不是文件。请给出文件名。", f"{name} is a folder, not a file. Name a file."
        )
    if isinstance(error, PermissionError):
        return Text(
            f"无权读写 {name}，或它正被其他程序打开。请关闭该文件或检查权限后重试。",
            f"{name} cannot be read or written: no permission, or another program has it open. "
            "Close it or check the permissions, and try again.",
        )
    detail = error.strerror or type(error).__name__
    return Text(f"无法读写 {name}：{detail}。", f"{name} cannot be read or written: {detail}.")


def unforeseen(error: BaseException, folder: Path | None) -> Failure:
    """The failure for an error that nobody foresaw; its traceback goes into a log file.

    The log lies in `.huikuan/` beside the book where there is one, else in the temp folder.
    """
    log = _write_log("".join(traceback.format_exception(error)), folder)
    where = (
        Text(f"详情见 {log}", f"log at {log}") if log else Text("用 --debug 查看详情", "see it with --debug")
    )
    name, said = type(error).__name__, _excels_words(error)
    if said:
        return Failure("excel", _refused(said, where))
    return Failure("internal", Text(f"内部错误 {name}，{where.zh}。", f"internal error {name}, {where.en}."))


def _excels_words(error: BaseException) -> str:
    """What Excel says of a call that it did not take: by COM on Windows, by AppleScript on macOS."""
    told = getattr(error, "excepinfo", None)
    words = told[2] if isinstance(told, tuple) and len(told) > 2 else getattr(error, "errormessage", None)
    return " ".join(words.split()) if isinstance(words, str) else ""


def _refused(said: str, where: Text) -> Text:
    return Text(
        f"Excel 没有接受这一步：{said}（{where.zh}）。请结束单元格编辑、关闭打开的对话框后再试。",
        f"Excel did not take a step: {said} ({where.en}). Leave the cell that is being edited, close open dialogs "
        "and try again.",
    )


def _write_log(trace: str, folder: Path | None) -> Path | None:
    beside = [folder / ".huikuan"] if folder is not None and (folder / ".huikuan").is_dir() else []
    for place in (*beside, Path(tempfile.gettempdir()) / "huikuan"):
        with suppress(OSError):
            place.mkdir(exist_ok=True)
            with (place / LOG).open("a", encoding="utf-8") as log:
                log.write(f"{datetime.now().isoformat(' ', 'seconds')}\n{trace}\n")
            _trim(place / LOG)
            return place / LOG
    return None


def _trim(log: Path) -> None:
    """Drops the older half of a log that has grown too large, from the start of a line."""
    if log.stat().st_size > LARGEST_LOG:
        newer = log.read_bytes()[-LARGEST_LOG // 2 :]
        log.write_bytes(newer[newer.find(b"\n") + 1 :])


def locale_language() -> Language:
    """zh where the system speaks Chinese, else en.

    The variables decide in the order of POSIX; Windows sets none of them and is asked by name.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    name = (locale.getlocale()[0] or "").lower()
    return "zh" if name.startswith(("zh", "chinese")) else "en"


def user() -> str:
    """Who runs this, for the log of runs."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
