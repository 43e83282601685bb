"""The buttons, pressed on a live spreadsheet."""
