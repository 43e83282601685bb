"""How a button speaks: its title, a line of the status bar, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from addin.model.text import Language, Text

if TYPE_CHECKING:
    import xlwings as xw

TITLE: Final = Text("回款", "Huikuan")


def line(words: Text, language: Language) -> str:
    """Words as the status bar shows them.

    >>> line(Text("完成", "done"), "en")
    'Huikuan: done'
    """
    return Text(f"{TITLE.zh}：{words.zh}", f"{TITLE.en}: {words.en}").in_(language)


def spoken(book: xw.Book) -> Language:
    """The language of messages where the book is not read, or cannot be: English by a sheet of ours, else Chinese."""
    from addin.model.tables import TABLES

    english = {table.name.en for table in TABLES.values()}
    return "en" if any(sheet.name in english for sheet in book.sheets) else "zh"
