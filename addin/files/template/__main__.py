"""Writes the standard workbooks of both languages into `workbook_templates/`."""

from __future__ import annotations

import os
import subprocess
import sys

from addin.assets import templates
from addin.files.template.book import make_template
from addin.model.text import LANGUAGES

PLAIN = {"OPENPYXL_LXML": "False"}
"""Where lxml is there, openpyxl would write other bytes by it; it looks when it is imported, which is over here."""


def main() -> None:
    for language in LANGUAGES:
        target = templates() / f"huikuan-{language}.xlsx"
        target.write_bytes(make_template(language))
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    if PLAIN.items() <= os.environ.items():
        main()
    else:
        sys.exit(
            subprocess.run([sys.executable, "-m", "addin.files.template"], env=os.environ | PLAIN).returncode
        )
