"""Writes the Word templates of both languages into `workbook_templates/`."""

from __future__ import annotations

from addin.assets import templates
from addin.documents.templates import built


def main() -> None:
    for name, made in built().items():
        target = templates() / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made)
        print(f"{name}: {len(made):,} bytes")


if __name__ == "__main__":
    main()
