"""Letters from the demo ledger: drafts, issued ones, and what becomes of them."""
