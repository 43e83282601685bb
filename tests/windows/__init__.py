"""What only an Excel for Windows can show. Elsewhere these tests are skipped; `tests\\run tests/windows` runs them."""
