"""`addin`: the Excel add-in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from addin.hosts.cli.options import Debug, Json, Lang, own_language
from addin.hosts.cli.output import write_json, write_lines
from addin.hosts.cli.speech import both, example
from addin.hosts.cli.terminal import relative
from addin.model.text import Text


def build(
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help=both("放文件的文件夹", "The folder for the files"))
    ] = Path("huikuan-addin"),
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    language = own_language(lang)
    from addin.service.addin_build import build as build_all

    files = build_all(out)
    if as_json:
        write_json({"files": [str(file) for file in files]})
    else:
        done = Text("已生成：", "Built:").in_(language)
        write_lines([done, *(f"  {relative(file)}" for file in files)])
    return 0


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(
        help=both(
            "Excel 加载项：功能区按钮和工作表函数。",
            "The Excel add-in: ribbon buttons and worksheet functions.",
        ),
        short_help=both("Excel 加载项", "The Excel add-in"),
        epilog=example("huikuan addin build"),
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
        epilog=example("huikuan addin build --out huikuan-addin"),
    )(build)
    app.add_typer(family, name="addin")
