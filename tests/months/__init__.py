"""Many months of collecting by chance: what happens to a ledger, an office that writes its letters, what must hold."""
