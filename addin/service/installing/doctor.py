"""`doctor`: looks at all that the add-in needs on a machine, and says of each whether it is well or what to do."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Final, Literal
from zipfile import BadZipFile, ZipFile

from addin import __version__
from addin.files.package.structure.macros import RIBBON_PART, VBA_PART
from addin.model.finding import LedgerError
from addin.model.text import Text
from addin.service.addin_build import ADDIN_NAME, build_addin
from addin.service.installing import settings
from addin.service.installing.machine import Machine
from addin.service.installing.places import (
    appdata,
    excel_from_the_store,
    excel_is_open,
    find_excel,
    in_cloud,
    library_folders,
    library_names,
    no_excel,
    places,
)
from addin.service.installing.setup import (
    STORE_PYTHON,
    install,
    is_from_the_store,
    is_marked,
    shipped_addin,
    status,
)
from addin.service.installing.trust import obstacles

State = Literal["ok", "note", "bad"]
_INSTALL: Final = Text("请运行 huikuan addin install。", "Run huikuan addin install.")
_REINSTALL: Final = Text(
    "请在回款的文件夹里运行 pip install --force-reinstall . ，再运行 huikuan addin install。",
    "In Huikuan's folder run pip install --force-reinstall . and then huikuan addin install.",
)
_NEEDED: Final = {"windows": "win32com", "macos": "appscript"}
"""What xlwings reaches Excel through."""
_PROBE: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); import addin; from importlib.metadata import version; "
    "from importlib.util import find_spec; assert all(map(find_spec, sys.argv[2:])); "
    "print(addin.__version__, version('xlwings'))"
)


@dataclass(frozen=True)
class Check:
    """One thing looked at: well, worth knowing (``note``), or in the way (``bad``), then with what to do.

    ``mendable``: installing anew mends it.
    """

    name: str
    label: Text
    state: State
    found: Text
    cure: Text | None = None
    mendable: bool = False


def examine(machine: Machine) -> list[Check]:
    """All checks that this kind of machine has, in the order in which to mend them."""
    return [check(machine) for check in _CHECKS[machine.system]]


def mend(machine: Machine) -> tuple[list[Check], LedgerError | None]:
    """Installs anew where that mends something; the checks as they are then, and why it could not be done."""
    before = examine(machine)
    if not any(check.mendable and check.state == "bad" for check in before):
        return before, None
    try:
        install(machine)
    except LedgerError as error:
        return before, error
    return examine(machine), None


def _python(machine: Machine) -> Check:
    label = Text("Python", "Python")
    found = _same(f"{'.'.join(map(str, sys.version_info[:3]))}, {machine.interpreter}")
    if is_from_the_store(machine):
        return Check("python", label, "bad", found, STORE_PYTHON)
    if machine.system != "other":
        try:
            settings.wanted(machine)
        except LedgerError as error:
            return Check("python", label, "bad", found, error.problem)
    if in_cloud(machine, machine.interpreter):
        return Check("python", label, "bad", found, _CLOUD_PYTHON)
    return Check("python", label, "ok", found)


_CLOUD_PYTHON: Final = Text(
    "这个环境在 OneDrive 文件夹里，文件可能不在本机。请建在 OneDrive 以外，例如 C:\\huikuan，再安装加载项。",
    "This environment lies in a OneDrive folder, and its files may not be on this machine. Make it elsewhere, such as "
    "C:\\huikuan, and install the add-in from there.",
)


def _versions(machine: Machine) -> Check:
    """The macros as shipped against a build from the xlwings that is here: both must be of one version.

    A signature is a part beside them and may be there.
    """
    label = Text("版本", "Versions")
    found = _same(f"huikuan {__version__}, xlwings {version('xlwings')}")
    try:
        same = _macros_of(build_addin()) == _macros_of(shipped_addin())
    except (LedgerError, OSError, KeyError, BadZipFile):
        same = False
    return Check("versions", label, "ok" if same else "bad", found, None if same else _REINSTALL)


def _macros_of(addin: bytes) -> list[bytes]:
    with ZipFile(BytesIO(addin)) as package:
        return [package.read(part) for part in (VBA_PART, RIBBON_PART)]


def _excel(machine: Machine) -> Check:
    label = Text("Excel", "Excel")
    excel = find_excel(machine)
    if excel is not None and excel_from_the_store(machine):
        return Check("excel", label, "bad", _same(str(excel)), _STORE_EXCEL)
    if excel is not None:
        open_now = excel_is_open(machine)
        running = Text("，正在运行", ", running") if open_now else Text("", "")
        return Check("excel", label, "ok", Text(f"{excel}{running.zh}", f"{excel}{running.en}"))
    missing = Text("未找到", "not found")
    state: State = "note" if machine.system == "other" else "bad"
    return Check("excel", label, state, missing, no_excel(machine).problem)


_STORE_EXCEL: Final = Text(
    "这个 Excel 来自 Microsoft Store，无法启动 Python。请卸载后从 office.com 重新安装 Office。",
    "This Excel is from the Microsoft Store, and cannot start Python. Remove it, and install Office from office.com.",
)


def _addin(machine: Machine) -> Check:
    label, now = Text("加载项", "Add-in"), status(machine)
    where = places(machine).addin
    if not now.installed:
        return Check("addin", label, "bad", Text("未安装", "not installed"), _INSTALL, mendable=True)
    if not now.current:
        found = Text(f"与本版本不同：{where}", f"not of this version: {where}")
        return Check("addin", label, "bad", found, _INSTALL, mendable=True)
    if is_marked(where):
        found = Text(
            f"被 Windows 标记为来自网络：{where}", f"marked by Windows as from the internet: {where}"
        )
        return Check("addin", label, "bad", found, _INSTALL, mendable=True)
    return Check("addin", label, "ok", _same(str(where)))


def _second_copy(machine: Machine) -> Check:
    label = Text("重复的加载项", "Second copy")
    copy = appdata(machine) / "Microsoft" / "AddIns" / ADDIN_NAME
    if not copy.is_file():
        return Check("second_copy", label, "ok", Text("无", "none"))
    cure = Text(
        "请在“文件 › 选项 › 加载项 › 转到”里取消勾选，然后删除该文件。",
        "Untick it under File > Options > Add-ins > Go, then delete the file.",
    )
    return Check("second_copy", label, "bad", _same(str(copy)), cure)


def _settings(machine: Machine) -> Check:
    """The Python that the macros will run is there, and has what they call, in this version."""
    label, where = Text("设置", "Settings"), places(machine).settings
    told = settings.read_settings(machine, where)
    python = settings.interpreter_in(told)
    if not python:
        found = Text(f"没有 {where}", f"no {where}")
    elif not Path(python).is_file():
        found = Text(f"其中的 Python 已不存在：{python}", f"the Python that they name is gone: {python}")
    elif not _answers(machine, python, told.get("PYTHONPATH", "")):
        found = Text(
            f"其中的 Python 没有这个版本的回款，或缺少它要用的包：{python}",
            f"the Python that they name has not this version of Huikuan, or lacks a package: {python}",
        )
        return Check("settings", label, "bad", found, _REINSTALL, mendable=True)
    elif any(told.get(name) != value for name, value in _switches(machine).items()):
        found = Text(f"{where} 不完整", f"{where} is not complete")
    else:
        return Check("settings", label, "ok", _same(f"{where} → {python}"))
    return Check("settings", label, "bad", found, _INSTALL, mendable=True)


def _switches(machine: Machine) -> dict[str, str]:
    names = {"ADD_WORKBOOK_TO_PYTHONPATH": "False"}
    return {**names, "USE UDF SERVER": "True"} if machine.system == "windows" else names


def _answers(machine: Machine, python: str, packages: str) -> bool:
    """Whether that Python starts and has what the macros call, found and not imported: importing takes seconds."""
    modules = ["xlwings", "addin.hosts.udfs", _NEEDED[machine.system]]
    said = machine.run([python, "-B", "-P", "-c", _PROBE, packages, *modules])
    return (said or "").split() == [__version__, version("xlwings")]


def _library(machine: Machine) -> Check:
    """xlwings' DLL, of the very version of the macros, where the macros look for it."""
    label = Text("DLL", "DLL")
    told = settings.read_settings(machine, places(machine).settings)
    folders = library_folders(settings.interpreter_in(told) or machine.interpreter)
    for name in library_names(find_excel(machine)):
        if not any((folder / name).is_file() for folder in folders):
            found = Text(
                f"{folders[0]} 及其上级文件夹里没有 {name}",
                f"{name} is neither in {folders[0]} nor one folder up",
            )
            return Check("library", label, "bad", found, _reinstall_xlwings())
    return Check("library", label, "ok", _same(", ".join(library_names(find_excel(machine)))))


def _reinstall_xlwings() -> Text:
    command = f"pip install --force-reinstall --no-deps xlwings=={version('xlwings')}"
    return Text(
        f"请在独立的环境（venv）里运行 {command}，不要加 --user。",
        f"In an environment of its own (venv) run {command}, without --user.",
    )


def _script(machine: Machine) -> Check:
    label, script = Text("启动脚本", "Script"), places(machine).script
    if script is not None and script.is_file():
        return Check("script", label, "ok", _same(str(script)))
    return Check("script", label, "bad", Text(f"没有 {script}", f"no {script}"), _INSTALL, mendable=True)


def _functions(machine: Machine) -> Check:
    found = Text("macOS 版 Excel 里显示 #N/A", "#N/A in Excel for macOS")
    cure = Text(
        "工作表函数只用于 Windows 版 Excel；按钮和刷新后的数字在这里照常可用。",
        "Worksheet functions are for Excel for Windows; buttons, and the figures of a refresh, are the same here.",
    )
    return Check("functions", Text("函数", "Functions"), "note", found, cure)


def _trust(machine: Machine) -> Check:
    label = Text("信任", "Trust")
    found = list(obstacles(machine))
    if not found:
        return Check(
            "trust", label, "ok", Text("没有阻止加载的设置", "no setting keeps the add-in from loading")
        )
    cure = Text("".join(each.zh for each in found), " ".join(each.en for each in found))
    return Check("trust", label, "bad", Text("加载被阻止", "loading is blocked"), cure)


def _onedrive(machine: Machine) -> Check:
    label = Text("OneDrive", "OneDrive")
    documents = _documents(machine)
    if not in_cloud(machine, documents):
        return Check(
            "onedrive", label, "ok", Text(f"{documents} 不在 OneDrive 里", f"{documents} is not in OneDrive")
        )
    found = Text(f"“文档”在 OneDrive 里：{documents}", f"Documents lies in OneDrive: {documents}")
    cure = Text(
        "台账请放在 OneDrive 以外的本机文件夹：自动保存的工作簿只有网址，按钮无法处理。",
        "Keep ledgers in a local folder outside OneDrive: a workbook that saves itself there has a web address only, "
        "and the buttons refuse it.",
    )
    return Check("onedrive", label, "note", found, cure)


def _documents(machine: Machine) -> str:
    if machine.system == "windows":
        key = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders"
        if named := str(machine.registry(key).get("Personal", "")):
            return _expanded(machine, named)
    return str(machine.home / "Documents")


def _expanded(machine: Machine, path: str) -> str:
    known = {name.upper(): value for name, value in machine.variables.items()}
    return re.sub("%([^%]+)%", lambda found: known.get(found[1].upper(), found[0]), path)


def _same(words: str) -> Text:
    return Text(words, words)


_EVERYWHERE: Final = (_python, _versions, _excel)
_CHECKS: Final[dict[str, tuple[Callable[[Machine], Check], ...]]] = {
    "other": _EVERYWHERE,
    "windows": (*_EVERYWHERE, _addin, _second_copy, _settings, _library, _trust, _onedrive),
    "macos": (*_EVERYWHERE, _addin, _settings, _script, _functions, _onedrive),
}
