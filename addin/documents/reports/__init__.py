"""What the templates of reports may ask for, a file a report: facts become text, under the names used here."""
