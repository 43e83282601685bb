"""Word documents as PDF, by LibreOffice where there is one: many in one start, within a time limit.

LibreOffice runs on a profile of its own, so that one that is open on the desk is left alone, and is ended with all
it started when the time is up.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from addin.model.text import Text

BATCH: Final = 40
"""Documents a start: enough to make the start cheap, few enough for a command line and for progress to be seen."""
LIMIT: Final = 120.0
"""Seconds that one start may take; a batch needs some ten."""
_USUAL_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_FONTS: Final = {
    "FangSong": "Noto Serif CJK SC",
    "SimHei": "Noto Sans CJK SC",
    "Calibri": "Carlito",
    "Times New Roman": "Liberation Serif",
}
"""Taken only where the first is not installed; Word's own fallbacks in a document are not read by LibreOffice."""


@dataclass
class Pdfs:
    """What became of each document; ``problem`` says why some have no PDF."""

    made: dict[Path, Path] = field(default_factory=dict)
    problem: Text | None = None


def office_program() -> str | None:
    """LibreOffice on this machine."""
    found = (shutil.which(name) for name in ("soffice", "libreoffice"))
    usual = (place for place in _USUAL_PLACES if Path(place).is_file())
    return next((program for program in (*found, *usual) if program), None)


def pdfs(
    files: Sequence[Path],
    folder: Path,
    limit: float = LIMIT,
    progress: Callable[[int], None] = lambda done: None,
) -> Pdfs:
    """Makes ``folder``/NAME.pdf of each NAME.docx; never raises for what LibreOffice does or does not do.

    ``limit`` is in seconds for one start of `BATCH` documents; after a start that took longer no other is tried.
    ``progress`` hears how many documents are done.
    """
    program = office_program()
    result = Pdfs()
    if program is None:
        result.problem = _NO_OFFICE
        return result
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        in_time = _convert(program, batch, folder, limit, result)
        progress(min(start + BATCH, len(files)))
        if not in_time:
            result.problem = _late(limit, len(files) - len(result.made))
            return result
    left = [file.name for file in files if file not in result.made]
    if left:
        result.problem = _failed(left)
    return result


def _convert(program: str, batch: Sequence[Path], folder: Path, limit: float, result: Pdfs) -> bool:
    """One start of the office; False if it was not done in time. Names are numbers there: no name can mislead it."""
    with tempfile.TemporaryDirectory(prefix="huikuan-pdf-", ignore_cleanup_errors=True) as scratch:
        work = Path(scratch)
        _profile(work / "profile")
        inputs = [work / f"{number}.docx" for number in range(len(batch))]
        for source, copy in zip(batch, inputs, strict=True):
            shutil.copyfile(source, copy)
        in_time = _run(_command(program, work, inputs), limit)
        for source, copy in zip(batch, inputs, strict=True):
            made = work / "pdf" / f"{copy.stem}.pdf"
            if _whole(made):
                target = folder / f"{source.stem}.pdf"
                shutil.move(made, target)
                result.made[source] = target
    return in_time


def _command(program: str, work: Path, inputs: Sequence[Path]) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless", "--norestore", "--nologo", "--nolockcheck",
        "--convert-to", "pdf:writer_pdf_Export",
        "--outdir", str(work / "pdf"),
        *map(str, inputs),
    ]  # fmt: skip


def _run(command: Sequence[str], limit: float) -> bool:
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return True  # nothing was made, and that is said document by document
    try:
        process.wait(limit)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the office with all it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _profile(folder: Path) -> None:
    """A fresh profile that knows what to take for a font that is missing."""
    pairs = "".join(
        f'<node oor:name="_{number}" oor:op="replace"><prop oor:name="ReplaceFont"><value>{font}</value></prop>'
        f'<prop oor:name="SubstituteFont"><value>{other}</value></prop>'
        '<prop oor:name="Always"><value>true</value></prop>'
        '<prop oor:name="OnScreenOnly"><value>false</value></prop></node>'
        for number, (font, other) in enumerate(_missing_fonts())
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<item oor:path="/org.openoffice.Office.Common/Font/Substitution"><prop oor:name="Replacement"'
        ' oor:op="fuse"><value>true</value></prop></item>'
        f'<item oor:path="/org.openoffice.Office.Common/Font/Substitution/FontPairs">{pairs}</item></oor:items>',
        encoding="utf-8",
    )


def _missing_fonts() -> list[tuple[str, str]]:
    """Fonts of ours that are not here, with those that are here for them; known only where fontconfig tells."""
    fonts = shutil.which("fc-list")
    if fonts is None:
        return []
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        listed = subprocess.run([fonts, ":", "family"], capture_output=True, timeout=20, check=False).stdout
        here = {name.strip() for name in listed.decode("utf-8", "replace").replace(",", "\n").splitlines()}
        return [(font, other) for font, other in _FONTS.items() if font not in here and other in here]
    return []


def _whole(made: Path) -> bool:
    """Whether a PDF was written to its end."""
    try:
        with made.open("rb") as file:
            file.seek(max(0, made.stat().st_size - 1024))
            return b"%%EOF" in file.read()
    except OSError:
        return False


_NO_OFFICE: Final = Text(
    "没有找到 LibreOffice，未生成 PDF；其他格式不受影响。请安装 LibreOffice，或在 Word 中另存为 PDF",
    "LibreOffice was not found, so there are no PDFs; the other formats are made all the same. Install LibreOffice, "
    "or save as PDF from Word",
)


def _late(limit: float, left: int) -> Text:
    return Text(
        f"LibreOffice 在 {limit:g} 秒内没有完成，已停止；{left} 份没有 PDF，其他格式不受影响。"
        "请再试一次，或在 Word 中另存为 PDF",
        f"LibreOffice was not done within {limit:g} seconds and was stopped; {left} documents have no PDF, the other "
        "formats are made all the same. Try again, or save as PDF from Word",
    )


def _failed(names: Sequence[str]) -> Text:
    few = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    return Text(
        f"LibreOffice 未能将 {len(names)} 份转为 PDF（{few}）；其他格式不受影响。请在 Word 中打开并另存为 PDF",
        f"LibreOffice could not make a PDF of {len(names)} documents ({few}); the other formats are made all the same. "
        "Open them in Word and save as PDF",
    )


def timeless(pdf: bytes, day: date) -> bytes:
    """The PDF with the document's ``day`` for the hour of its making: the same document gives the same bytes.

    No length changes, so the table of its objects still holds.

    >>> timeless(b"/CreationDate(D:20260701093000Z')", date(2026, 6, 30))
    b"/CreationDate(D:20260630000000Z')"
    """
    at = pdf.rfind(_MADE)
    if at >= 0:
        stamp = f"{day:%Y%m%d}000000".encode()
        pdf = pdf[: at + len(_MADE)] + stamp + pdf[at + len(_MADE) + len(stamp) :]
    body, trailer, rest = pdf.rpartition(b"trailer")
    mark = hashlib.sha256(body).hexdigest()[:32].upper().encode()
    return body + trailer + re.sub(rb"(?<=[</])[0-9A-F]{32}", mark, rest)


_MADE: Final = b"/CreationDate(D:"
