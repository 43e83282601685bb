"""The project's half of collecting: clauses, acceptance, disputes, promises, agreements, steps, the court."""
