"""Messages: one subject line, no header but ours, and the same sums as the letter."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.documents.facts import Letter
from addin.documents.kinds import KINDS
from addin.documents.messages import letter_eml, letter_txt
from addin.documents.samples import sample_letter
from addin.model.mail import mail_addresses
from addin.model.money import grouped
from addin.model.text import LANGUAGES, Language
from tests.documents.letters import claim, letter

HEADERS = {"X-Unsent", "Subject", "To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}


def draft(facts: Letter, *attachments: tuple[str, bytes]) -> EmailMessage:
    """The draft as a mail program reads it."""
    read = message_from_bytes(letter_eml(facts, attachments), policy=default)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    return read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
class TestEveryMessage:
    def test_has_the_letters_sums_and_account(self, kind: str, language: Language) -> None:
        facts = sample_letter(language, kind)
        body = draft(facts).get_body(("plain",))
        assert body is not None
        for words in (letter_txt(facts), body.get_content()):
            must = [
                grouped(part)
                for part in (facts.open, facts.total, facts.asked, facts.disputed, facts.interest)
            ]
            must += [facts.firm.account, facts.letter_id, *(each.contract_id for each in facts.claims)]
            assert [each for each in must if each not in words] == []

    def test_is_a_draft_that_nobody_sent(self, kind: str, language: Language) -> None:
        read = draft(sample_letter(language, kind))
        assert read["X-Unsent"] == "1"
        assert set(read.keys()) <= HEADERS
        assert ("To" in read) == (kind != "legal")

    def test_a_text_for_the_chat_is_short(self, kind: str, language: Language) -> None:
        assert len(letter_txt(sample_letter(language, kind))) < 900
        assert letter_txt(sample_letter(language, kind)).endswith("\n")


def test_attachments_come_back_as_they_went() -> None:
    files = [("催款函 青屿食品 & Co.docx", bytes(range(256)) * 40), ("letter.pdf", b"%PDF-1.7\n%%EOF\n")]
    read = draft(sample_letter("zh"), *files)
    back = [(part.get_filename(), part.get_content()) for part in read.iter_attachments()]
    assert back == files
    assert [part.get_content_type() for part in read.iter_attachments()] == [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/pdf",
    ]


def test_the_same_facts_give_the_same_bytes() -> None:
    facts, files = sample_letter("en"), [("a.docx", b"x")]
    assert letter_eml(facts, files) == letter_eml(facts, files)
    assert letter_eml(facts, files) != letter_eml(facts, [("a.docx", b"y")])


class TestHeaders:
    BAD = "Bob\r\nBcc: evil@example.com\r\n\r\n<script>"

    def test_nothing_in_a_cell_adds_one(self) -> None:
        sample = sample_letter("en")
        facts = replace(
            sample,
            letter_id=self.BAD,
            to=replace(sample.to, name=self.BAD, contact=self.BAD),
            claims=tuple(replace(each, contract_id=self.BAD, project=self.BAD) for each in sample.claims),
        )
        read = draft(facts, (self.BAD + ".docx", b"x"))
        assert set(read.keys()) <= HEADERS
        assert [address.addr_spec for address in read["To"].addresses] == ["pay@example.com"]
        assert "Bcc" not in read and "\n" not in read["Subject"]
        assert "Bob Bcc: evil@example.com" in read["Subject"]

    @pytest.mark.parametrize(
        "cell",
        ["", "   ", "unknown", "a@b", "a@@b.cn", "a b@c.cn x", "pay@example.com\nBcc: evil@example.com", "a@x.cn, b",
         "<a@x.cn>", "a@x.cn\u202e", "财务@x.cn", "a@-x.cn", "a..b@x.cn", f"{'a' * 250}@x.cn", "a@x.cn\0"],
    )  # fmt: skip
    def test_what_is_no_address_gets_no_mail(self, cell: str) -> None:
        assert mail_addresses(cell) == ()
        sample = sample_letter("en")
        assert "To" not in draft(replace(sample, to=replace(sample.to, email=cell)))

    def test_several_addresses(self) -> None:
        sample = sample_letter("zh")
        read = draft(replace(sample, to=replace(sample.to, email="a@x.cn; b@y.cn\na@x.cn")))
        assert [address.addr_spec for address in read["To"].addresses] == ["a@x.cn", "b@y.cn"]

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_whatever_stands_in_cells(self, name: str, email: str) -> None:
        sample = sample_letter("en")
        facts = replace(sample, letter_id=name, to=replace(sample.to, name=name, contact=name, email=email))
        read = draft(facts, (name, b"x"))
        assert set(read.keys()) <= HEADERS
        assert len(list(read.iter_attachments())) == 1


def test_three_hundred_items_stay_short_and_their_sums_whole() -> None:
    facts = letter(*(claim(number) for number in range(300)))
    words = letter_txt(facts)
    assert words.count("\n") < 15
    assert f"CNY {grouped(facts.total)}" in words
    body = draft(facts).get_body(("plain",))
    assert body is not None and "270 more items" in body.get_content()
