"""Text from cells as documents carry it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.documents.plain import plain


@given(st.text())
def test_whatever_comes_in_is_one_seen_line(words: str) -> None:
    line = plain(words)
    marks = line.strip("\u200e")
    assert not {unicodedata.category(letter) for letter in marks} & {"Cc", "Cf", "Cs", "Co"}
    assert line == line.strip() and "\n" not in line
    line.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_what_can_be_seen_stays(words: str) -> None:
    assert plain(words).strip("\u200e") == words


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("a\u202eb", "ab"),
        ("\u2066x\u2069", "x"),
        ("שלום", "\u200eשלום\u200e"),
        ("شركة 12", "\u200eشركة 12\u200e"),
        ("青屿\u3000食品\t(集团)", "青屿 食品 (集团)"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_cases(words: str, line: str) -> None:
    assert plain(words) == line
