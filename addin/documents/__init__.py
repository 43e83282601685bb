"""Letters, statements and packs: facts and wording in, files out. No figure is computed here."""
