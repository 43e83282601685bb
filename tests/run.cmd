@echo off
rem Installs all that the tests need, then runs everything; see tests\run.py for the options.
if not defined PYTHON set PYTHON=python
"%PYTHON%" "%~dp0run.py" %*
