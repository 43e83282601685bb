"""What may be opened as a workbook: one clear line for everything else, before any of it is read."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import TYPE_CHECKING, Final

from addin.files.package.problem import PackageError
from addin.model.finding import LedgerError
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.files.package.container import Archive

_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def trouble(code: str, path: Path, zh: str, en: str) -> LedgerError:
    """A LedgerError whose line begins with the file's name."""
    return LedgerError(code, Text(f"{path.name}：{zh}", f"{path.name}: {en}"))


def of_package(path: Path, reason: PackageError) -> LedgerError:
    """What is wrong with a package, as the reader says it."""
    if reason.code == "damaged":
        return damaged(path)
    return trouble(reason.code, path, reason.problem.zh, reason.problem.en)


def damaged(path: Path) -> LedgerError:
    """The file begins like a workbook but cannot be read to its end."""
    return trouble(
        "damaged",
        path,
        "文件已损坏或不完整，请从备份恢复，或用 Excel 打开修复后另存为 .xlsx。",
        "the file is damaged or incomplete; restore a backup, or repair it in Excel and save as .xlsx.",
    )


def unreadable(path: Path, reason: OSError) -> LedgerError:
    """The system does not let us read the file."""
    if isinstance(reason, PermissionError):
        return trouble(
            "no_permission",
            path,
            "没有读取权限，或被其他程序占用；请在 Excel 中关闭它或取得权限后重试。",
            "no permission to read it, or another program holds it; close it in Excel, then retry.",
        )
    return trouble(
        "unreadable",
        path,
        f"无法读取（{reason.strerror or reason}）；请把文件复制到本地磁盘后重试。",
        f"cannot be read ({reason.strerror or reason}); copy it to a local disk and retry.",
    )


def not_a_workbook(path: Path) -> LedgerError:
    """Some other kind of file."""
    return trouble(
        "not_a_workbook",
        path,
        "不是 Excel 工作簿；请选择 .xlsx 或 .xlsm 文件（文本和 CSV 用 huikuan import 导入）。",
        "is not an Excel workbook; choose an .xlsx or .xlsm file (text and CSV come in by huikuan import).",
    )


def encrypted(path: Path) -> LedgerError:
    """The file has a password to open."""
    return trouble(
        "encrypted",
        path,
        "文件有打开密码；请在 Excel 中去掉密码后另存，再重试。",
        "has a password to open; save it without the password in Excel, then retry.",
    )


def _save_as_xlsx(path: Path, kind: str) -> LedgerError:
    return trouble(
        "old_format",
        path,
        f"是 {kind} 格式；请在 Excel 中另存为 .xlsx（含宏则 .xlsm）后重试。",
        f"is in {kind} format; save as .xlsx in Excel (.xlsm if it has macros), then retry.",
    )


def check_file(path: Path) -> bytes:
    """The first bytes of a readable, non-empty ordinary file; LedgerError for anything else."""
    try:
        if path.is_dir():
            raise trouble(
                "is_folder", path, "是文件夹；请给出工作簿文件。", "is a folder; name a workbook in it."
            )
        if not path.exists():
            raise trouble("not_found", path, "找不到文件；请检查路径。", "no such file; check the path.")
        if not path.is_file():
            raise not_a_workbook(path)
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as reason:
        raise unreadable(path, reason) from reason
    if not start:
        raise trouble("empty_file", path, "文件是空的（0 字节）。", "the file is empty (0 bytes).")
    return start


def is_ole(start: bytes) -> bool:
    """These first bytes begin an OLE file: an .xls, or an encrypted workbook."""
    return start == _OLE


def is_zip(start: bytes) -> bool:
    """These first bytes begin a zip file, as .xlsx and .xlsm are."""
    return start.startswith(_ZIP)


def ole_kind(path: Path) -> str:
    """What an OLE file holds: "encrypted", "xls" or "other"."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return "encrypted"
        streams = ("Workbook", "Book")
        is_xls = any(content.find(f"{name}\0".encode("utf-16-le")) >= 0 for name in streams)
    return "xls" if is_xls else "other"


def check_workbook(path: Path) -> None:
    """Raise the LedgerError of a file that is no unencrypted zip package."""
    start = check_file(path)
    if is_ole(start):
        kind = ole_kind(path)
        if kind == "encrypted":
            raise encrypted(path)
        raise _save_as_xlsx(path, ".xls") if kind == "xls" else not_a_workbook(path)
    if not is_zip(start):
        raise not_a_workbook(path)


def check_archive(path: Path, archive: Archive) -> None:
    """Raise the LedgerError of a package that is locked or of another kind."""
    if any(member.flags & 1 for member in archive.members):
        raise encrypted(path)
    _check_kind(path, archive)


def _check_kind(path: Path, archive: Archive) -> None:
    if archive.find("xl/workbook.bin"):
        raise _save_as_xlsx(path, ".xlsb")
    if archive.find("mimetype") and archive.find("content.xml"):
        raise _save_as_xlsx(path, ".ods")
    if not archive.find("[Content_Types].xml"):
        raise not_a_workbook(path)


def too_many_cells(path: Path, most: int) -> LedgerError:
    """The rows that hold something, as wide as their table is, are more than fit into memory."""
    return trouble(
        "too_large",
        path,
        f"表格行列合计超过 {most:,} 个单元格；请缩小表格范围，或拆成几个文件。",
        f"its tables hold over {most:,} cells; make them smaller, or split the file.",
    )


def unsafe_xml(path: Path, part: str) -> LedgerError:
    """A part defines a document type or entities, which no spreadsheet program writes."""
    return trouble(
        "unsafe_xml",
        path,
        f"部件 {part} 含 DTD 或实体定义，出于安全不予读取；请用 Excel 重新保存。",
        f"part {part} defines a DTD or entities and is not read for safety; save it anew in Excel.",
    )
