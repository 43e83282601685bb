"""From a cell's call to the registry and back; why a call failed goes into a log, for a cell shows only #VALUE!."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from logging import Logger

LARGEST_LOG: Final = 1 << 20
"""Bytes of the log; at that size it is kept once as `functions.log.1` and begun anew."""


def answer(name: str, *arguments: Any, date1904: bool = False) -> Any:
    """The result of a worksheet function as cells take it; None stands for an argument that is missing.

    ``date1904``: a day number, such as TODAY() gives, counts from 1904 in the workbook that asks.

    An error leaves as it is, its reason in the log: xlwings can hand no error value to a cell, so the macro that asked
    makes #VALUE! of it.
    """
    from addin.functions.call import call_cells  # the first call pays for the rules, not the server's start

    try:
        return call_cells(name, arguments, date1904)
    except Exception as error:
        with suppress(OSError):  # a log that cannot be written changes no answer
            _log(name, error)
        raise


def selftest() -> Any:
    """What =AR_SELFTEST() spills."""
    from addin.functions.results import to_cells
    from addin.functions.selftest import SELFTEST

    return to_cells(SELFTEST.result, SELFTEST.body())


def log_file() -> Path:
    """Where the reasons are: one log for all workbooks, in the temp folder beside that of unforeseen errors."""
    return Path(tempfile.gettempdir()) / "huikuan" / "functions.log"


def _log(name: str, error: Exception) -> None:
    """A line for people where the call was wrong, the traceback where the function is."""
    from addin.functions.call import FunctionError

    if isinstance(error, FunctionError):
        _log_once(log_file(), f"{name}: {error.problem.zh} {error.problem.en}")
    else:
        _logger(log_file()).error(name, exc_info=error)


@lru_cache(maxsize=1000)
def _log_once(file: Path, line: str) -> None:
    """A column of formulas is wrong in the same way a thousand times: what was just said is not said again."""
    _logger(file).error(line)


@lru_cache(maxsize=1)
def _logger(file: Path) -> Logger:
    from logging import Formatter, Logger
    from logging.handlers import RotatingFileHandler

    file.parent.mkdir(exist_ok=True)
    handler = RotatingFileHandler(
        file, maxBytes=LARGEST_LOG, backupCount=1, encoding="utf-8", delay=True, errors="backslashreplace"
    )
    handler.setFormatter(Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logger = Logger("huikuan.functions")
    logger.addHandler(handler)
    return logger
