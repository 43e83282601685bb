"""The rules of collections, one concept a file: pure functions of rows and an as-of date."""
