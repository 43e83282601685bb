"""A second, deliberately naive reckoning of the ledger, written from the exact rules alone.

It imports nothing of the add-in: where it and the add-in agree, two readings of the same sentences agree.
"""
