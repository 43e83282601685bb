"""The pictures in the README show the demo ledger as it is now."""

from __future__ import annotations

import pytest
from PIL import Image

from addin.model.text import LANGUAGES
from tests import pictures
from tests.tools import ROOT


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_show_the_demo_of_today(language, tmp_path):
    book = pictures.demo(language, tmp_path)
    for name, target in pictures.targets(language).items():
        with Image.open(target) as image:
            drawn = image.info[pictures.NOTE]
        assert drawn == pictures.digest(book, name.in_(language)), (
            f"{target.name} is older than the demo; draw it again with: python -m tests.pictures"
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_is_the_one_of_today(language):
    with Image.open(pictures.letter_target(language)) as image:
        assert image.info[pictures.NOTE] == pictures.letter_digest(language), (
            "the letter looks other than in its picture; draw it again with: python -m tests.pictures"
        )


def test_every_picture_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = [target.name for language in LANGUAGES for target in pictures.targets(language).values()]
    drawn += [pictures.letter_target(language).name for language in LANGUAGES]
    assert len(drawn) == 6
    assert [name for name in drawn if name not in readme] == []
