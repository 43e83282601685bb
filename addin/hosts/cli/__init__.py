"""The command line `huikuan`: the batch door, without Excel, on Linux, macOS and Windows."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line with the process's own arguments and leave with its exit code."""
    from addin.hosts.cli.app import run

    sys.exit(run(sys.argv[1:]))
