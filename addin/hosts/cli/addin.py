"""`addin build`, `install`, `uninstall`, `status`: the Excel add-in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from addin.hosts.cli.options import Debug, Json, Lang, own_language
from addin.hosts.cli.output import write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import relative
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.installing.machine import Machine
    from addin.service.installing.setup import Status


def build(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=both("放文件的文件夹", "The folder for the files"))
    ] = Path("huikuan-addin"),
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    language = own_language(lang)
    from addin.service.addin_build import build as build_all

    _tell_files("files", build_all(folder), Text("已生成：", "Built:").in_(language), as_json)
    return 0


def install(as_json: Json = False, lang: Lang = None, debug: Debug = False) -> int:
    language = own_language(lang)
    from addin.service.installing.setup import install as put

    files = put(_machine())
    _tell_files("files", files, Text("已安装：", "Installed:").in_(language), as_json)
    if not as_json:
        next_step = Text(
            "启动 Excel，功能区里有“回款”选项卡。没有的话请运行 huikuan doctor。",
            "Start Excel: the ribbon has a tab Collections. If it has not, run huikuan doctor.",
        )
        write_lines([next_step.in_(language)])
    return 0


def uninstall(as_json: Json = False, lang: Lang = None, debug: Debug = False) -> int:
    language = own_language(lang)
    from addin.service.installing.setup import uninstall as take_away

    files = take_away(_machine())
    done = Text("已移除：", "Removed:") if files else Text("没有安装，无需移除。", "Nothing was installed.")
    _tell_files("removed", files, done.in_(language), as_json)
    return 0


def status(as_json: Json = False, lang: Lang = None, debug: Debug = False) -> int:
    language = own_language(lang)
    from addin.service.installing.setup import status as found

    machine = _machine()
    now = found(machine)
    if as_json:
        write_json(_document(now, machine))
    else:
        write_lines(line.in_(language) for line in _status_lines(now, machine))
    return 0


def _machine() -> Machine:
    from addin.service.installing.machine import this_machine

    return this_machine()


def _tell_files(name: str, files: list[Path], heading: str, as_json: bool) -> None:
    if as_json:
        write_json({name: [str(file) for file in files]})
    else:
        write_lines([heading, *(f"  {relative(file)}" for file in files)])


def _document(now: Status, machine: Machine) -> dict[str, object]:
    return {
        "system": machine.system,
        "excel": now.excel.version if now.excel else None,
        "installed": now.installed,
        "current": now.current,
        "addin": str(now.places.addin) if now.places else None,
        "settings": str(now.places.settings) if now.places else None,
        "interpreter": now.interpreter or None,
    }


def _status_lines(now: Status, machine: Machine) -> list[Text]:
    from addin.service.installing.places import no_excel

    if now.places is None:
        return [no_excel(machine).problem]
    excel = Text(str(now.excel), str(now.excel)) if now.excel else Text("未找到 Excel", "no Excel found")
    installed = (
        Text("已安装", "installed")
        if now.current
        else Text("已安装，版本不同", "installed, not this version")
    )
    addin = installed if now.installed else Text("未安装", "not installed")
    python = Text(now.interpreter or "未设置", now.interpreter or "not set")
    return [
        excel,
        Text(f"加载项：{addin.zh}（{now.places.addin}）", f"Add-in: {addin.en} ({now.places.addin})"),
        Text(f"Python：{python.zh}（{now.places.settings}）", f"Python: {python.en} ({now.places.settings})"),
    ]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(
        help=both(
            "Excel 加载项：功能区按钮和工作表函数。",
            "The Excel add-in: ribbon buttons and worksheet functions.",
        ),
        short_help=both("Excel 加载项", "The Excel add-in"),
        epilog=example("huikuan addin install", "huikuan addin status"),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command(
        name="build",
        help=both(
            "由源文件生成加载项 huikuan.xlam 和自带宏的标准工作簿（.xlsm）；同样的源文件得到逐字节相同的结果。",
            "Builds the add-in huikuan.xlam, and the standard workbooks with its macros inside (.xlsm), from their "
            "sources. The same sources give the same bytes.",
        ),
        short_help=both("由源文件生成", "Build it from its sources"),
        epilog=example("huikuan addin build huikuan-addin"),
    )(build)
    family.command(
        name="install",
        help=both(
            "把加载项装到 Excel 的启动文件夹，并写明用哪个 Python。只用于 Windows 和 macOS，请先退出 Excel。",
            "Puts the add-in into Excel's start-up folder and notes which Python it runs. "
            "On Windows and macOS; quit Excel first.",
        ),
        short_help=both("装进 Excel", "Put it into Excel"),
        epilog=example("huikuan addin install"),
    )(install)
    family.command(
        name="uninstall",
        help=both(
            "移除 install 写入的文件；台账不动。", "Removes what install wrote. Ledgers are left alone."
        ),
        short_help=both("从 Excel 移除", "Take it out of Excel"),
        epilog=example("huikuan addin uninstall"),
    )(uninstall)
    family.command(
        name="status",
        help=both(
            "显示加载项是否安装、在哪里、用哪个 Python。",
            "Tells whether it is installed, where, and which Python it runs.",
        ),
        short_help=both("是否已安装", "Whether it is installed"),
        epilog=example("huikuan addin status"),
    )(status)
    app.add_typer(family, name="addin")
