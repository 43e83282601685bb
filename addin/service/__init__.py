"""The use cases: all that a door may call."""
