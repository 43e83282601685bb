"""The worksheet functions: one registry for Excel, the command line and the README."""
