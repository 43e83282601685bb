"""How a button speaks: its title, a line of the status bar, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from addin.hosts.excel import native
from addin.hosts.telling import locale_language
from addin.model.text import LANGUAGES, Language, Text

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
    """The language of messages where the book is not read, or cannot be: by the names of sheets, else as the ribbon."""
    from addin.model.tables import TABLES

    names = {sheet.name for sheet in book.sheets}
    ours = {
        language: sum(table.name.in_(language) in names for table in TABLES.values())
        for language in LANGUAGES
    }
    if any(ours.values()):
        return max(LANGUAGES, key=lambda language: ours[language])
    return native.ribbon_language(book) or locale_language()
