"""The pictures in the README show the demo ledger as it is now."""

from __future__ import annotations

import pytest
from PIL import Image

from addin.model.text import LANGUAGES
from tests import pictures
from tests.tools import ROOT, Office


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_show_todays_demo(language, soffice: Office, tmp_path):
    pdf = pictures.demo_pdf(language, soffice, tmp_path)
    for title, target in pictures.wanted(language):
        now = pictures.figures(pdf, pictures.page_of(pdf, title))
        assert now, f"no money on the page of {title}"
        with Image.open(target) as image:
            assert image.info[pictures.NOTE] == now, f"draw {target.name} again: python -m tests.pictures"


def test_every_picture_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = [target for language in LANGUAGES for _, target in pictures.wanted(language)]
    assert len(drawn) == 4
    assert [target.name for target in drawn if target.name not in readme] == []
