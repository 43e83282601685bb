"""Runs beside LibreOffice, under a Python that has its bridge: hands JSON lines in and their answers out.

The worker itself is loaded into LibreOffice: a call makes many small steps there, and each would be a trip.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import NamedValue

WORKER = "vnd.openoffice.pymodule:" + Path(__file__).with_name("worker").as_uri()


def connect(pipe: str, seconds: float) -> Any:
    """The component context of the LibreOffice that listens on the pipe."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    until = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def loaded(context: Any) -> Any:
    """The worker inside LibreOffice."""
    loader = context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", context)
    return loader.activate("huikuan.Worker", "", WORKER, None).createInstanceWithContext(context)


def main(pipe: str, seconds: str) -> None:
    worker = loaded(connect(pipe, float(seconds)))
    print(json.dumps({"is": "ready"}), flush=True)
    for line in sys.stdin:
        print(worker.execute((NamedValue("call", line),)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
