"""The term grammar: every form in both languages, its boundaries, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.model.days import month_end
from addin.rules.terms import TERM_FORMS, Term, TermError, parse_term

BASES = st.dates(date(1900, 1, 1), date(2200, 12, 31))
COUNTS = st.integers(0, 3650)
MONTHS = st.integers(0, 120)
MONTH_DAYS = st.integers(1, 31)
WRITTEN = st.one_of(
    st.builds("NET {}".format, COUNTS),
    st.builds("EOM +{}".format, COUNTS),
    st.builds("NET {} EOM".format, COUNTS),
    st.builds("MONTHS {} EOM".format, MONTHS),
    st.builds("NET {} DAY {}".format, COUNTS, MONTH_DAYS),
    st.builds("MIN {} DAY {}".format, COUNTS, MONTH_DAYS),
    st.builds("PAYDAYS {},{}".format, MONTH_DAYS, MONTH_DAYS),
    st.builds("NET {} PAYDAYS {}".format, COUNTS, MONTH_DAYS),
    st.builds("WEEKS {}".format, st.integers(0, 521)),
    st.builds("MONTHS {}".format, MONTHS),
)


def due(term: str, base: str) -> str:
    return parse_term(term).due(date.fromisoformat(base)).isoformat()


def refusal(term: str) -> TermError:
    with pytest.raises(TermError) as refused:
        parse_term(term)
    return refused.value


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c for c in text)


@pytest.mark.parametrize("form", TERM_FORMS, ids=lambda form: form.en)
def test_a_form_is_one_term_however_it_is_written(form):
    term = parse_term(form.en)
    assert parse_term(form.zh) == term
    for text in (form.en, form.zh):
        assert parse_term(f"  {text.lower()}\n") == term
        assert parse_term(full_width(text)) == term
        assert parse_term(text.replace(" ", "")) == term


def test_no_two_forms_mean_the_same():
    assert len({parse_term(form.en) for form in TERM_FORMS}) == len(TERM_FORMS) == 11


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("", "NET 0"),
        ("   ", "NET 0"),
        ("30 days", "NET 30"),
        ("1 day", "NET 1"),
        ("Net 30 Days", "NET 30"),
        ("30天", "NET 30"),
        ("30天后", "NET 30"),
        ("30 天内", "NET 30"),
        ("净30日", "NET 30"),
        ("EOM", "EOM +0"),
        ("月末", "EOM +0"),
        ("月底后45天", "EOM +45"),
        ("eom + 45", "EOM +45"),
        ("30日后月末", "NET 30 EOM"),
        ("2 months EOM", "MONTHS 2 EOM"),
        ("次月10日", "NET 0 DAY 10"),
        ("至少31天后15日", "MIN 31 DAY 15"),
        ("每月5、10日", "PAYDAYS 5,10"),
        ("每月10日，5日付款", "PAYDAYS 5,10"),
        ("PAYDAYS 10, 5, 10", "PAYDAYS 5,10"),
        ("payday 5", "PAYDAYS 5"),
        ("2 weeks", "WEEKS 2"),
        ("2个星期", "WEEKS 2"),
        ("1 month", "MONTHS 1"),
        ("6个月后", "MONTHS 6"),
        ("固定2026年3月31日", "FIXED 2026-03-31"),
        ("FIXED 2026/3/31", "FIXED 2026-03-31"),
    ],
)
def test_other_ways_of_writing_a_form(written, form):
    assert parse_term(written) == parse_term(form)


@pytest.mark.parametrize(
    "written",
    ["月结30天", "月结 30 天", "月结３０", "月结30日付款", "30 days EOM", "NET 30 days EOM", "EOM 30"],
)
def test_a_wording_with_two_readings_is_refused_with_both_named(written):
    problem = refusal(written).problem
    assert "月末后30天" in problem.zh
    assert "30天后月末" in problem.zh
    assert all(reading in words for words in problem for reading in ("EOM +30", "MONTHS 1 EOM", "NET 30 EOM"))
    assert written in problem.zh


def test_the_two_readings_are_a_month_apart():
    assert due("NET 30 EOM", "2025-01-30") == "2025-03-31"
    assert due("EOM +30", "2025-01-30") == "2025-03-02"
    assert due("MONTHS 1 EOM", "2025-01-30") == "2025-02-28"


def test_monthly_settlement_without_a_number_is_refused_too():
    assert "EOM +n" in refusal("月结").problem.en


@pytest.mark.parametrize(
    "written",
    [
        "30", "NET", "NET thirty", "NET -30", "NET +30", "NET 30.5", "NET 1 0", "NET 30 DAY", "PAYDAYS 5,",
        "净三十天", "见合同", "6月", "EOM -5", "MIN 31", "PAYDAYS", "PAYDAYS 5 10", "PAYDAYS 5;10",
        "NET 30 DAYS 10", "30日", "每月5", "每月付款", "WEEKS", "2 WEEKS EOM", "MONTHS", "FIXED",
        "FIXED 31/03/2026", "FIXED 2026", "固定3月31日", "2026-03-31", "验收后30天", "NET 30 NET 60",
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_with_the_forms_named(written):
    problem = refusal(written).problem
    assert written in problem.zh
    assert written in problem.en
    assert all(form.zh in problem.zh and form.en in problem.en for form in TERM_FORMS)


@pytest.mark.parametrize(
    ("accepted", "refused", "limit"),
    [
        ("NET 3650", "NET 3651", "3650"),
        ("净3650天", "净3651天", "3650"),
        ("EOM +3650", "EOM +3651", "3650"),
        ("NET 3650 EOM", "NET 3651 EOM", "3650"),
        ("MONTHS 120 EOM", "MONTHS 121 EOM", "120"),
        ("NET 3650 DAY 1", "NET 3651 DAY 1", "3650"),
        ("NET 0 DAY 31", "NET 0 DAY 32", "31"),
        ("NET 0 DAY 1", "NET 0 DAY 0", "31"),
        ("次月31日", "次月32日", "31"),
        ("MIN 3650 DAY 15", "MIN 3651 DAY 15", "3650"),
        ("MIN 31 DAY 31", "MIN 31 DAY 32", "31"),
        ("PAYDAYS 1,31", "PAYDAYS 0,31", "31"),
        ("每月1日、31日付款", "每月1日、32日付款", "31"),
        ("NET 5 PAYDAYS 31", "NET 5 PAYDAYS 32", "31"),
        ("WEEKS 521", "WEEKS 522", "521"),
        ("MONTHS 120", "MONTHS 121", "120"),
        ("6个月", "600个月", "120"),
        ("FIXED 2024-02-29", "FIXED 2023-02-29", "2026-03-31"),
        ("固定9999年12月31日", "固定0000年12月31日", "2026-03-31"),
    ],
)
def test_the_last_number_taken_and_the_first_refused(accepted, refused, limit):
    assert isinstance(parse_term(accepted), Term)
    assert all(limit in words for words in refusal(refused).problem)


@pytest.mark.parametrize(
    ("term", "base", "expected"),
    [
        ("NET 0", "2026-03-31", "2026-03-31"),
        ("EOM", "2024-02-29", "2024-02-29"),
        ("EOM", "2024-03-01", "2024-03-31"),
        ("NET 30 EOM", "2026-03-01", "2026-03-31"),
        ("NET 30 EOM", "2026-03-02", "2026-04-30"),
        ("NET 0 DAY 31", "2026-01-15", "2026-02-28"),
        ("NET 0 DAY 1", "2025-12-31", "2026-01-01"),
        ("MIN 30 DAY 15", "2026-03-16", "2026-04-15"),
        ("MIN 31 DAY 15", "2026-03-16", "2026-05-15"),
        ("MIN 0 DAY 31", "2026-02-28", "2026-02-28"),
        ("PAYDAYS 29,31", "2026-02-28", "2026-02-28"),
        ("PAYDAYS 5,20", "2026-12-20", "2026-12-20"),
        ("PAYDAYS 5,20", "2026-12-21", "2027-01-05"),
        ("MONTHS 1", "2026-01-31", "2026-02-28"),
        ("MONTHS 12", "2024-02-29", "2025-02-28"),
        ("MONTHS 0", "2026-01-31", "2026-01-31"),
        ("WEEKS 1", "2026-12-28", "2027-01-04"),
        ("FIXED 2020-01-01", "2026-01-31", "2020-01-01"),
    ],
)
def test_where_a_term_lands(term, base, expected):
    assert due(term, base) == expected


@pytest.mark.parametrize(
    ("term", "last_base", "first_beyond"),
    [
        ("NET 1", date(9999, 12, 30), date(9999, 12, 31)),
        ("MONTHS 1", date(9999, 11, 30), date(9999, 12, 1)),
        ("NET 0 DAY 10", date(9999, 11, 30), date(9999, 12, 1)),
        ("PAYDAYS 10", date(9999, 12, 10), date(9999, 12, 11)),
        ("EOM +1", date(9999, 11, 30), date(9999, 12, 1)),
    ],
)
def test_a_due_date_after_the_year_9999_is_an_error(term, last_base, first_beyond):
    assert parse_term(term).due(last_base) <= date.max
    with pytest.raises(TermError) as refused:
        parse_term(term).due(first_beyond)
    assert all("9999" in words for words in refused.value.problem)


@given(WRITTEN, BASES)
def test_an_amount_is_never_due_before_its_base(written, base):
    assert parse_term(written).due(base) >= base


@given(WRITTEN, BASES, st.integers(0, 400))
def test_a_later_base_is_never_due_earlier(written, base, later):
    term = parse_term(written)
    assert term.due(base) <= term.due(base + timedelta(days=later))


@given(st.sampled_from(["EOM", "NET {} EOM", "MONTHS {} EOM"]), MONTHS, BASES)
def test_the_end_of_a_month_is_one(form, number, base):
    landed = parse_term(form.format(number)).due(base)
    assert (landed + timedelta(days=1)).day == 1


@given(COUNTS, MONTH_DAYS, BASES)
def test_a_pay_day_is_the_first_one_far_enough_away(days, month_day, base):
    landed = parse_term(f"MIN {days} DAY {month_day}").due(base)
    earliest = base + timedelta(days=days)
    assert 0 <= (landed - earliest).days <= 30
    assert landed.day == min(month_day, month_end(landed).day)
    assert parse_term(f"NET {days} PAYDAYS {month_day}").due(base) == landed


@given(st.text(max_size=30))
def test_any_text_is_a_term_or_a_refusal_in_both_languages(text):
    try:
        assert isinstance(parse_term(text), Term)
    except TermError as refused:
        assert refused.problem.zh
        assert refused.problem.en
