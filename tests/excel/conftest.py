"""The worker runs under LibreOffice's own Python, not here."""

collect_ignore = ["worker.py", "worker_bridge.py", "worker_link.py", "worker_tables.py"]
