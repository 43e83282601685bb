"""The text of the macros: ribbon and callbacks from the buttons, worksheet functions from their registry.

``python -m addin.hosts.macros`` writes them; tests compare what is committed with what would be written.
"""
