"""Letters say what the ledger has, all of it, and nothing that gives something away."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.documents.context import letter_context
from addin.documents.facts import Letter, PastLetter
from addin.documents.kinds import KINDS, TITLES
from addin.documents.letters import check_letter_template, find_template
from addin.documents.messages import letter_txt
from addin.documents.samples import sample_letter
from addin.model.finding import LedgerError
from addin.model.money import grouped
from addin.model.text import LANGUAGES, Language
from tests.documents.golden_letters import FOLDER, NOWHERE, said
from tests.documents.letters import claim, letter, made
from tests.documents.reading import opened, rows, text

GIVES_AWAY = re.compile(
    r"waive|in full (and final )?settlement|settle[sd]? in full|full and final|write.?off|"
    r"放弃|免除|豁免|减免|一次性了结|两清|不再追究",
    re.IGNORECASE,
)
INSULTS = re.compile(r"老赖|失信|恶意|无赖|黑名单|dishonest|bad faith|blacklist|fraud", re.IGNORECASE)
EVERY = [(kind, language) for language in LANGUAGES for kind in KINDS]


@pytest.mark.parametrize(("kind", "language"), EVERY)
class TestEveryLetter:
    def test_says_what_was_agreed_to_say(self, kind: str, language: Language) -> None:
        golden = FOLDER / f"{language}-{kind}.txt"
        assert said(kind, language) == golden.read_text(encoding="utf-8"), (
            "python -m tests.documents.golden_letters"
        )

    def test_gives_nothing_away_and_insults_nobody(self, kind: str, language: Language) -> None:
        words = said(kind, language)
        assert not GIVES_AWAY.findall(words)
        assert not INSULTS.findall(words)

    def test_has_what_a_letter_must_have(self, kind: str, language: Language) -> None:
        facts = sample_letter(language, kind)
        words = text(made(facts))
        firm, to = facts.firm, facts.to
        must = [facts.letter_id, firm.name, firm.address, firm.account, firm.bank, to.name]
        must += [TITLES[kind].in_(language), facts.firm.signatory]
        for each in facts.claims:
            must += [each.contract_id, each.project, each.name]
            must += [grouped(part) for part in (each.amount, each.received, each.open)]
            must += [] if each.due is None else [each.due.isoformat()]
        if kind != "legal":
            must.append(to.service_address)
        if kind != "notice":
            must += [str(each.days_overdue) for each in facts.claims]
            must += [grouped(each.charged) for each in facts.claims]
            must += [grouped(facts.interest), "人民币柒拾贰万伍仟贰佰贰拾元整"]
        must += [grouped(part) for part in (facts.open, facts.total, facts.asked, facts.disputed)]
        assert [each for each in must if each not in words] == []

    def test_has_its_pages_and_repeats_what_stands_above_a_table(self, kind: str, language: Language) -> None:
        document = opened(made(sample_letter(language, kind)))
        upright, across = document.sections
        assert [round(s.page_width.cm, 1) for s in (upright, across)] == [21.0, 29.7]
        assert {round(m.cm, 1) for s in (upright, across) for m in (s.left_margin, s.top_margin)} == {2.5}
        assert len(document.tables[-1].rows) == 1 + 3 + 1, "heading, three items, sums"
        xml = zipfile.ZipFile(BytesIO(made(sample_letter(language, kind)))).read("word/document.xml").decode()
        assert xml.count("<w:tblHeader/>") == 2
        footer = upright.footer._element.xml
        assert "PAGE" in footer and "NUMPAGES" in footer

    def test_has_a_reply_slip_where_an_answer_is_wanted(self, kind: str, language: Language) -> None:
        asks = "回执" if language == "zh" else "Reply slip"
        assert (f"\n{asks}\n" in text(made(sample_letter(language, kind)))) == (kind in ("demand", "final"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tone_rises(language: Language) -> None:
    """Counsel is spoken of from the demand on, the statute of limitation in demand and final notice only."""
    counsel, limitation = ("律师", "第一百九十五条") if language == "zh" else ("counsel", "Article 195")
    letters = {kind: text(made(sample_letter(language, kind))) for kind in KINDS}
    assert [kind for kind in KINDS if counsel in letters[kind].lower()] == ["demand", "final", "legal"]
    assert [kind for kind in KINDS if limitation in letters[kind]] == ["demand", "final"]


class TestInterest:
    def test_an_estimate_is_never_printed(self) -> None:
        estimated = claim(1, interest=777_77, basis="none", rate="0.0004")
        for kind in KINDS:
            facts = letter(estimated, kind=kind)
            words = text(made(facts)) + letter_txt(facts)
            assert "777.77" not in words
            assert "0.04" not in words
            assert facts.total == 100_000

    def test_an_estimate_beside_a_contract_is_left_out_of_the_sums(self) -> None:
        facts = letter(
            claim(1, interest=777_77, basis="none", rate="0.0004"),
            claim(2, interest=45_00, basis="contract", rate="0.0003"),
        )
        words = text(made(facts))
        assert (facts.interest, facts.total) == (45_00, 204_500)
        assert "0.03% a day" in words and "777.77" not in words and "822.77" not in words

    def test_without_a_basis_the_right_is_reserved(self) -> None:
        words = text(made(letter(claim(1))))
        assert "are reserved and not part of the amounts above" in words
        assert "Interest for late payment, up to" not in words

    def test_its_basis_and_cut_off_stand_beside_it(self) -> None:
        words = text(made(sample_letter("zh")))
        assert "依据合同约定，以未付金额为基数，日利率0.05%" in words
        assert "《保障中小企业款项支付条例》第十七条" in words
        assert "起计至2026年6月30日" in words


class TestDisputes:
    def test_the_total_stays_whole_and_the_rest_is_asked(self) -> None:
        facts = letter(claim(1, 100_000, disputed=40_000))
        words = text(made(facts))
        assert (facts.total, facts.asked) == (100_000, 60_000)
        assert "Total owed | CNY 1,000.00" in words and "| CNY 600.00" in words

    def test_nothing_disputed_nothing_said(self) -> None:
        words = text(made(letter(claim(1))))
        assert "Of which disputed" not in words and "You dispute" not in words


@pytest.mark.parametrize(("days", "printed"), [(-3, ""), (0, ""), (1, "1"), (365, "365")])
def test_the_due_day_itself_is_no_delay(days: int, printed: str) -> None:
    document = made(letter(claim(1, days_overdue=days)))
    assert [row[5] for row in rows(document, "Contract and item")] == [printed, ""]
    assert [row[9] for row in rows(document, "No")] == [printed, ""]
    overdue = "1,000.00" if days >= 1 else "0.00"
    assert f"Of which overdue: {overdue}" in text(document)


def test_a_letter_to_counsel_names_the_proof_that_is_missing() -> None:
    past = (PastLetter("L-1", "demand", 4, date(2026, 6, 1)),)
    words = text(made(letter(claim(1), kind="legal", earlier=past)))
    assert "proof of delivery missing" in words
    none = text(made(letter(claim(1), kind="legal", earlier=())))
    assert "No letter on record has gone out" in none


def test_what_is_unknown_is_left_out() -> None:
    """No address, contact, phone, bank or clause: the letter is whole all the same."""
    sample = sample_letter("zh")
    bare = replace(
        sample,
        to=replace(sample.to, contact="", service_address="", phone="", email="", uscc=""),
        firm=replace(sample.firm, phone="", signatory="", bank="", account="", uscc=""),
        claims=tuple(replace(each, clause="", invoices=(), project="", due=None) for each in sample.claims),
        earlier=(),
    )
    for kind in KINDS:
        words = text(made(replace(bare, kind=kind)))
        assert "None" not in words and "{{" not in words and "{%" not in words
        assert "收\n" not in words.splitlines()[3]


class TestThreeHundredItems:
    FACTS = letter(*(claim(number, 100_000 + number, interest=number, basis="contract", rate="0.0001")
                     for number in range(300)))  # fmt: skip

    def test_all_stand_in_the_letter_and_in_its_annex(self) -> None:
        document = made(self.FACTS)
        items, annex = rows(document, "Contract and item"), rows(document, "No")
        assert len(items) == len(annex) == 301
        assert [row[3] for row in items[:-1]] == [grouped(100_000 + number) for number in range(300)]
        assert items[-1][3] == annex[-1][6] == grouped(self.FACTS.open)
        assert items[-1][6] == grouped(sum(range(300)))

    def test_the_subject_and_the_chat_count_them(self) -> None:
        assert "P-000 Project 0 and 299 other contracts" in text(made(self.FACTS))
        message = letter_txt(self.FACTS)
        assert "295 more items" in message
        assert len(message) < 1200
        assert f"CNY {grouped(self.FACTS.total)} in all" in message


class TestText:
    HOSTILE = "A & B <Holdings> \"Quo'tes\" {{ 7*7 }} {% for x in y %} {#c#} =cmd|' /C calc'!A0 ]]> &amp; \\ % $ “‘’”"

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_character_comes_out_as_it_went_in(self, kind: str) -> None:
        words = text(made(self._everywhere(kind, self.HOSTILE)))
        assert words.count(self.HOSTILE) >= 6
        assert "49" not in words

    def test_long_names_are_not_cut(self) -> None:
        name = "非常长的公司名称" * 40
        assert name in text(made(self._everywhere("demand", name)))

    def test_direction_marks_and_controls_are_gone(self) -> None:
        name = "Acme\u202egnp.exe\u2066\u200f\x07\x00\ufeff Ltd\nBcc: x"
        words = text(made(self._everywhere("demand", name)))
        assert "Acmegnp.exe LtdBcc: x" in words or "Acmegnp.exe Ltd Bcc: x" in words
        assert not set(words) & set("\u202e\u2066\u200f\x07\x00\ufeff")

    def test_a_right_to_left_name_keeps_to_its_place(self) -> None:
        words = text(made(self._everywhere("demand", "שלום בע״מ 42")))
        assert "\u200eשלום בע״מ 42\u200e" in words

    @staticmethod
    def _everywhere(kind: str, words: str) -> Letter:
        sample = sample_letter("en", kind)
        return replace(
            sample,
            to=replace(sample.to, name=words, contact=words, service_address=words),
            firm=replace(sample.firm, name=words, address=words, signatory=words),
            claims=tuple(replace(each, name=words, project=words, clause=words) for each in sample.claims),
        )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 10**12), st.integers(0, 10**9), st.booleans()), min_size=1, max_size=6)
)
def test_the_sums_are_those_of_the_items(parts: list[tuple[int, int, bool]]) -> None:
    claims = [
        claim(number, opened_, disputed=opened_ // 3 if disputed else 0, interest=interest, basis="contract",
              rate="0.0005")
        for number, (opened_, interest, disputed) in enumerate(parts)
    ]  # fmt: skip
    facts = letter(*claims)
    table = rows(made(facts), "Contract and item")

    def minor(cell: str) -> int:
        return int(re.sub(r"[,.]", "", cell.split(" / ")[0]) or 0)

    assert sum(minor(row[3]) for row in table[:-1]) == minor(table[-1][3]) == facts.open
    assert sum(minor(row[6]) for row in table[:-1]) == minor(table[-1][6] or "0") == facts.interest
    assert f"CNY {grouped(facts.open + facts.interest)}" in text(made(facts))


@pytest.mark.parametrize(
    ("currency", "figure"), [("JPY", "JPY 100,000"), ("KWD", "KWD 100.000"), ("USD", "USD 1,000.00")]
)
def test_other_currencies_have_their_own_decimals_and_no_capitals(currency: str, figure: str) -> None:
    for language in LANGUAGES:
        words = text(made(letter(claim(1), currency=currency, language=language)))
        assert figure in words
        assert "人民币" not in words


def test_the_same_facts_give_the_same_bytes() -> None:
    assert made(sample_letter("zh")) == made(sample_letter("zh"))


class TestFindTemplate:
    def test_the_firms_own_wins(self, tmp_path: Path) -> None:
        own = tmp_path / "letter_templates" / "zh" / "demand.docx"
        own.parent.mkdir(parents=True)
        own.write_bytes(b"")
        assert find_template("demand", "zh", tmp_path) == own
        assert find_template("demand", "en", tmp_path).parent.parent.parent.name == "workbook_templates"

    @pytest.mark.parametrize(
        "kind", ["", "nothing", "../zh/demand", "/etc/passwd", "demand.docx", "CON", "a b"]
    )
    def test_no_other_file_is_ever_taken(self, kind: str) -> None:
        with pytest.raises(LedgerError) as refused:
            find_template(kind, "zh", NOWHERE)
        assert refused.value.code == "template.missing"
        assert ("put letter_templates/zh/" in refused.value.problem.en) is (kind in ("nothing", "CON"))

    @pytest.mark.parametrize(("kind", "language"), EVERY)
    def test_ours_have_known_fields_only(self, kind: str, language: Language) -> None:
        check_letter_template(find_template(kind, language, NOWHERE))


class TestWhatOddBooksGive:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_instalment_that_was_paid_late_bears_interest_and_is_not_late_any_more(
        self, language: Language
    ) -> None:
        paid = claim(
            1, 0, amount=100_000, received=100_000, due=date(2026, 3, 31), days_overdue=91, interest=500,
            basis="contract", rate="0.0005",
        )  # fmt: skip
        facts = letter(paid, claim(2), language=language)
        context = letter_context(facts)
        assert context["days_overdue"] == "30"
        assert context["first_due"] == {"zh": "2026年5月31日", "en": "31 May 2026"}[language]
        assert [each["days"] for each in context["claims"]] == ["", "30"]
        assert facts.interest == 500 and "5.00" in text(made(facts))

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_empty_brackets_stand_where_a_cell_is_empty(self, kind: str) -> None:
        for language in LANGUAGES:
            full = sample_letter(language, kind)
            past = tuple(replace(each, kind="") for each in full.earlier)
            words = text(made(replace(full, firm=replace(full.firm, phone=""), earlier=past)))
            assert "（）" not in words and "()" not in words

    @pytest.mark.parametrize("kind", KINDS)
    def test_many_contracts_are_counted_once(self, kind: str) -> None:
        facts = letter(*map(claim, range(3)), kind=kind, language="zh")
        words = text(made(facts)) + letter_txt(facts)
        assert "P-000 Project 0等 3 份" in words
        assert not re.search(r"合同\s*合同", words)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_file_for_counsel_does_not_take_counsel_for_the_debtor(self, language: Language) -> None:
        words = text(made(sample_letter(language, "legal")))
        assert not re.search("贵方|(?i:disputed by you|debtor .you)", words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["demand", "final"])
class TestLimitation:
    """Civil Code 192 and 195: a demand restarts a period that runs, and none that is over."""

    RESTARTS = re.compile("第一百九十五条|中断|重新计算|Article 195|interrupts|starts anew")
    SPEAKS_OF_IT = re.compile("时效|(?i:limitation)")
    LAST = date(2026, 6, 30)
    """The letter's own day."""

    def _words(self, kind: str, language: Language, *last: date | None) -> str:
        claims = [claim(number, limitation=day) for number, day in enumerate(last, 1)]
        facts = letter(*claims, kind=kind, language=language)
        return text(made(facts)) + letter_txt(facts)

    def test_is_said_to_start_anew_up_to_its_last_day(self, kind: str, language: Language) -> None:
        assert self.RESTARTS.search(self._words(kind, language, self.LAST, None, date(2029, 1, 1)))

    @pytest.mark.parametrize("others", [(), (date(2029, 1, 1),)], ids=["all", "one of two"])
    def test_is_not_spoken_of_once_it_is_over(
        self, kind: str, language: Language, others: tuple[date, ...]
    ) -> None:
        words = self._words(kind, language, date(2026, 6, 29), *others)
        assert not self.SPEAKS_OF_IT.search(words) and not self.RESTARTS.search(words)
        assert ("本函系我方提出的履行请求。" if language == "zh" else "is a demand for performance.") in words


class TestWhatWasAgreedOfInterest:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_its_later_first_day_stands_beside_it(self, language: Language) -> None:
        bears = claim(1, interest=500, basis="contract", rate="0.0005", bears_from=date(2026, 6, 21))
        words = text(made(letter(bears, language=language)))
        assert {"zh": "自 2026-06-21", "en": "from 2026-06-21"}[language] in words

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nobody_threatens_with_interest_that_does_not_run(self, language: Language) -> None:
        """Given up so far by an agreement: nought accrued, and the second reminder does not say that it goes on."""
        nought = claim(1, interest=0, basis="contract", rate="0.0005", bears_from=date(2026, 7, 1))
        words = text(made(letter(nought, kind="second_reminder", language=language)))
        assert not re.search("继续计|continue to (charge|run)", words)
        assert {"zh": "双方约定", "en": "what we have agreed"}[language] in words


class TestEarlierLetters:
    PAST = PastLetter("L-1", "reminder", 1, date(2026, 6, 1), about=("P-001-1",))
    CLAIMED = re.compile("经我方催告|我方已就|此前已经发函|(?i:despite our|we have (written|been in touch))")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", KINDS)
    def test_no_letter_claims_what_is_not_on_record(self, kind: str, language: Language) -> None:
        words = text(made(letter(claim(1), kind=kind, language=language)))
        assert not self.CLAIMED.search(words)
        assert not re.search("此前的函件及送达凭证|Earlier letters with proof", words)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", ["second_reminder", "demand", "final", "legal"])
    def test_what_rides_along_is_not_said_to_have_been_written_about(
        self, kind: str, language: Language
    ) -> None:
        noted = {"zh": "涉及第1项", "en": "about no. 1 of the table"}[language]
        both = letter(claim(1), claim(2), kind=kind, language=language, earlier=(self.PAST,))
        assert noted in text(made(both)) and not self.CLAIMED.search(text(made(both)))
        assert noted not in text(made(replace(both, claims=both.claims[:1])))
