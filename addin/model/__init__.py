"""What a ledger is: tables, typed cells, money, findings. No Excel, files, clock or print here."""
