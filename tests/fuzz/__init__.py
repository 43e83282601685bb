"""Ledgers and text files with random damage through the real commands: findings or one clear line.

`python -m tests.fuzz --count 10000 --seed 1` is the full run; `--only 1:4711` repeats one case.
"""
