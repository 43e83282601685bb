"""Writes the standard workbooks of both languages into `workbook_templates/`."""

from __future__ import annotations

import os

os.environ["OPENPYXL_LXML"] = "False"  # where lxml is there, openpyxl would write other bytes by it

from addin.assets import templates
from addin.files.template.book import make_template
from addin.model.text import LANGUAGES

if __name__ == "__main__":
    for language in LANGUAGES:
        target = templates() / f"huikuan-{language}.xlsx"
        target.write_bytes(make_template(language))
        print(f"{target.name}: {target.stat().st_size:,} bytes")
