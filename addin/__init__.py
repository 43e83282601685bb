"""Huikuan (回款): a receivables ledger in Excel with Python behind it."""

__version__ = "0.1.0"
