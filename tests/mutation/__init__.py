"""Mutation testing of the rules: small faults are put into `addin.rules` one at a time, and a test must notice.

    python -m tests.mutation                            every mutant
    python -m tests.mutation --sample 300 --seed 1      so many, spread over the modules by their size
    python -m tests.mutation --only pools --json FILE   one module; outcomes as JSON

A fault meets the tests of its own module first, then the quickest that run through it; `--budget 1000` runs the long
ones too, `--match TEXT` tries only faults with the text in their names. Two runs of 150: seed 1 killed 130 (86.7 %),
seed 2 131 (87.3 %); what lived then has a test since, is named in `equivalent`, or needs tests that no budget had.

`operators` says what a fault is, `mutants` where one can be made, `reach` which tests run through which line,
`runner` tries a mutant in a forked child, `equivalent` names the mutants that no test can tell from the original.
The tree is never changed: a child compiles the mutated module from memory. POSIX only (fork, limits on CPU time).
"""
