"""What holds of every ledger, tried on generated ones.

The suite tries a few of each; more: `python -m tests.properties.long_run 500`.
"""
