"""Writes `vbaProject.bin`, the part that holds a workbook's macros: sources in, bytes out.

The project carries sources only and no compiled code; Excel compiles them when it loads the file. The same modules
give the same bytes. [MS-OVBA] tells what the streams hold, [MS-CFB] the container around them.
"""

from __future__ import annotations

from addin.files.vba.modules import Module, class_module, document_module, standard_module
from addin.files.vba.project import Reference, vba_project

__all__ = ["Module", "Reference", "class_module", "document_module", "standard_module", "vba_project"]
