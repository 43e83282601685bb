"""Letters to customers: from the worklist's rows to files, and from files to the record of letters."""
