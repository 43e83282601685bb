"""`python -m addin.hosts.cli` is `huikuan`."""

from __future__ import annotations

from addin.hosts.cli import main

if __name__ == "__main__":
    main()
