"""Whom to chase today, how far, and why not (RULES 9, 14, 15)."""
