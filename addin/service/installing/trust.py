"""Whether Excel for Windows will load an add-in from its start-up folder: what its settings and policies say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from addin.model.text import Text
from addin.service.addin_build import ADDIN_NAME
from addin.service.installing.machine import Machine
from addin.service.installing.places import find_excel

_OFFICE: Final = "Software\\Microsoft\\Office"
_POLICY: Final = "Software\\Policies\\Microsoft\\Office"


def obstacles(machine: Machine) -> Iterator[Text]:
    """What keeps Excel from loading the add-in, each with its cure; nothing where its usual settings stand."""
    if _is_set(machine, "Common", "VBAOff"):
        yield Text(
            "组织策略关闭了 Office 的 VBA，任何宏都不能运行。请联系 IT。",
            "A policy turns VBA off for Office: no macro runs. Ask IT.",
        )
    if _is_set(machine, "Excel\\Security", "DisableAllAddins"):
        yield Text(
            "Excel 设为禁用所有加载项。请在“文件 › 选项 › 信任中心 › 加载项”取消，或联系 IT。",
            "Excel is set to disable all add-ins. Change it under File > Options > Trust Center > Add-ins, or ask IT.",
        )
    if _is_set(machine, "Excel\\Security\\Trusted Locations", "AllLocationsDisabled"):
        yield Text(
            "受信任位置已被禁用，Excel 不加载未签名的加载项。请在“信任中心 › 受信任位置”取消，或请 IT 为加载项签名。",
            "Trusted locations are disabled, so that Excel loads no unsigned add-in. Change it under Trust Center > "
            "Trusted Locations, or have IT sign the add-in.",
        )
    if _is_disabled(machine):
        yield Text(
            "Excel 在一次崩溃后停用了加载项。请在“文件 › 选项 › 加载项 › 管理：禁用项目 › 转到”里启用它。",
            "Excel disabled the add-in after a crash. Enable it under File > Options > Add-ins > "
            "Manage: Disabled Items > Go.",
        )


def _is_set(machine: Machine, key: str, name: str) -> bool:
    """Whether a switch is on, by policy or by the person."""
    roots = (f"HKLM\\{_POLICY}", f"HKCU\\{_POLICY}", f"HKCU\\{_OFFICE}")
    number = _number(machine)
    return any(machine.registry(f"{root}\\{number}\\{key}").get(name) == 1 for root in roots)


def _is_disabled(machine: Machine) -> bool:
    key = f"HKCU\\{_OFFICE}\\{_number(machine)}\\Excel\\Resiliency\\DisabledItems"
    name = ADDIN_NAME.encode("utf-16-le")
    return any(isinstance(item, bytes) and name in item.lower() for item in machine.registry(key).values())


def _number(machine: Machine) -> str:
    """Each Excel keeps its settings below its own number: 15.0 is that of 2013, 16.0 every one since."""
    excel = find_excel(machine)
    return f"{excel.version.partition('.')[0]}.0" if excel else "16.0"
