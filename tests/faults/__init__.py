"""Saves that are killed, starved, refused and raced: the book is whole, old or new, and it is said why."""
