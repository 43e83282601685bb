"""Reports and evidence: from a book read once to documents that print its figures."""
