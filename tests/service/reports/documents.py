"""What stands in a Word document, for tests."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(document: Path | bytes) -> str:
    """The text of every part, a line a paragraph."""
    source = io.BytesIO(document) if isinstance(document, bytes) else document
    with zipfile.ZipFile(source) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        roots = [ElementTree.fromstring(package.read(name)) for name in parts]
    return "\n".join(
        "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))
        for root in roots
        for paragraph in root.iter(f"{W}p")
    )
