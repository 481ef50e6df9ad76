"""Dates as people type them: understood, or refused with what to write instead."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, strategies as st

from places.typed_dates import TypedDate, understand
from places.when import DateProblem, parse, words


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("17 December 1996", "1996-12-17"),
        ("17 de diciembre de 1996", "1996-12-17"),
        ("1996年12月17日", "1996-12-17"),
        ("Dec 17, 1996", "1996-12-17"),
        ("17.12.1996", "1996-12-17"),
        ("12/17/1996", "1996-12-17"),
        ("04/04/1997", "1997-04-04"),
        ("1997/4/22", "1997-04-22"),
        ("about January 1997", "1997-01~"),
        ("hacia enero de 1997", "1997-01~"),
        ("enero de 1997 (aprox.)", "1997-01~"),
        ("1997年1月ごろ", "1997-01~"),
        ("between 18 and 22 December 1996", "1996-12-18/1996-12-22"),
        ("entre el 18 y el 22 de diciembre de 1996", "1996-12-18/1996-12-22"),
        ("from 18 December 1996 to 22 April 1997", "1996-12-18/1997-04-22"),
        ("del 18 de diciembre de 1996 al 22 de abril de 1997", "1996-12-18/1997-04-22"),
        ("1996年12月18日から22日まで", "1996-12-18/1996-12-22"),
        ("since 1997", "1997/.."),
        ("desde enero de 1997", "1997-01/.."),
        ("until March 1997", "../1997-03"),
        ("1997年3月まで", "../1997-03"),
        ("1990s", "199X"),
        ("1990年代", "199X"),
        ("spring 1997", "1997-21"),
        ("c. 1996", "1996~"),
        ("setiembre de 1996", "1996-09"),
        (" 1996-12-17/.. ", "1996-12-17/.."),
        ("19-Jul-1936", "1936-07-19"),
        ("1936-07-19 00:00:00", "1936-07-19"),  # as a spreadsheet writes a day
        ("ca 1936", "1936~"),
        ("1936-1939", "1936/1939"),
        ("1936–1939", "1936/1939"),
        ("1914/15", "1914/1915"),
        ("1914-15", "1914/1915"),
        ("1914–15", "1914/1915"),
        ("1999/00", "1999/2000"),
        ("07/1936", "1936-07"),
    ],
)
def test_what_people_type_is_understood(typed: str, edtf: str) -> None:
    assert understand(typed).edtf == edtf
    assert understand(typed).time is None


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("44 BC", "-0043"),
        ("44 BCE", "-0043"),
        ("44 b.c.", "-0043"),
        ("44 a. C.", "-0043"),
        ("44 a.C.", "-0043"),
        ("44 antes de Cristo", "-0043"),
        ("44 v. Chr.", "-0043"),
        ("紀元前44年", "-0043"),
        ("前44年", "-0043"),
        ("1 BC", "0000"),
        ("15 March 44 BC", "-0043-03-15"),
        ("15 de marzo de 44 a. C.", "-0043-03-15"),
        ("March 15, 44 BC", "-0043-03-15"),
        ("紀元前44年3月15日", "-0043-03-15"),
        ("about 300 BC", "-0299~"),
        ("100–44 BC", "-0099/-0043"),
        ("44 BC – 14 AD", "-0043/0014"),
        ("紀元前44年から西暦14年", "-0043/0014"),
        ("-300", "-0300"),  # what a spreadsheet makes of -0300
        ("-0300", "-0300"),
        ("12,000 BC", "Y-11999"),
        ("before 12000 BC", "[..Y-12000]"),
        ("spring 44 BC", "-0043-21"),
        ("850", "0850"),
        ("AD 850", "0850"),
        ("850 AD", "0850"),
        ("850 d. C.", "0850"),
        ("西暦850年", "0850"),
        ("AD 44", "0044"),
        ("June 850", "0850-06"),
        ("850-900", "0850/0900"),
    ],
)
def test_years_of_any_age_are_understood(typed: str, edtf: str) -> None:
    assert understand(typed).edtf == edtf


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("19th century", "18XX"),
        ("the 19th century", "18XX"),
        ("19th c.", "18XX"),
        ("XIX century", "18XX"),
        ("siglo XIX", "18XX"),
        ("el siglo XIX", "18XX"),
        ("s. XIX", "18XX"),
        ("19世紀", "18XX"),
        ("5th century BC", "-04XX"),
        ("siglo V a. C.", "-04XX"),
        ("紀元前5世紀", "-04XX"),
        ("the 1850s", "185X"),
        ("1850's", "185X"),
        ("década de 1850", "185X"),
        ("los años 1850", "185X"),
        ("década de 1800", "180X"),
        ("about the 1850s", "185X~"),
        ("early 1914", "1914-37~"),
        ("mid-1914", "1914-38~"),
        ("the 40s BC", "[-0048..-0039]"),
        ("140s BC", "[-0148..-0139]"),
        ("los años 40 a. C.", "[-0048..-0039]"),
        ("la década de 40 a. C.", "[-0048..-0039]"),
        ("紀元前40年代", "[-0048..-0039]"),
        ("40s AD", "004X"),
        ("before the 40s BC", "[..-0049-12-31]"),
        ("1850s or earlier", "[..1859-12-31]"),
        ("1850年代以前", "[..1859-12-31]"),
        ("late 1914", "1914-39~"),
        ("end of 1914", "1914-39~"),
        ("a principios de 1914", "1914-37~"),
        ("mediados de 1914", "1914-38~"),
        ("fines de 1914", "1914-39~"),
        ("finales de 1914", "1914-39~"),
        ("1914年初め", "1914-37~"),
        ("1914年半ば", "1914-38~"),
        ("1914年末", "1914-39~"),
        ("early September 1854", "1854-09-01~/1854-09-10~"),
        ("principios de septiembre de 1854", "1854-09-01~/1854-09-10~"),
        ("1854年9月下旬", "1854-09-21~/1854-09-30~"),
        ("the mid-1850s", "1854~/1856~"),
        ("late 19th century", "1867~/1899~"),
        ("principios del siglo XIX", "1800~/1833~"),
        ("19世紀末", "1867~/1899~"),
        ("winter 1915", "1915-24"),
        ("winter 1914/15", "1914-12~/1915-03~"),
        ("winter of 1914–1915", "1914-12~/1915-03~"),
        ("summer 1914-15", "1914-12~/1915-03~"),
        ("winter 1914/15 (Northern Hemisphere)", "1914-12~/1915-03~"),
        ("winter 1999/00", "1999-12~/2000-03~"),
        ("invierno de 1914/15", "1914-12~/1915-03~"),
        ("el invierno de 1914-1915", "1914-12~/1915-03~"),
        ("invierno de 1914 a 1915", "1914-12~/1915-03~"),
        ("1914/15年の冬", "1914-12~/1915-03~"),
        ("1914–1915年冬", "1914-12~/1915-03~"),
        ("1914年から1915年にかけての冬", "1914-12~/1915-03~"),
        ("winter 1915 (Northern Hemisphere)", "1915-28"),
        ("invierno de 1915 (hemisferio sur)", "1915-32"),
        ("1915年冬（南半球）", "1915-32"),
    ],
)
def test_parts_of_years_and_of_centuries_are_understood(typed: str, edtf: str) -> None:
    assert understand(typed).edtf == edtf


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("before 1850", "[..1849-12-31]"),
        ("antes de 1850", "[..1849-12-31]"),
        ("1850年より前", "[..1849-12-31]"),
        ("before 17 December 1996", "[..1996-12-16]"),
        ("antes del 17 de diciembre de 1996", "[..1996-12-16]"),
        ("before 44 BC", "[..-0044-12-31]"),
        ("after 1850", "[1851-01-01..]"),
        ("después de 1850", "[1851-01-01..]"),
        ("1850 or earlier", "[..1850]"),
        ("1850 o antes", "[..1850]"),
        ("1850年以前", "[..1850]"),
        ("by 1850", "[..1850]"),
        ("1850 or later", "[1850..]"),
        ("1996 or 1997", "[1996,1997]"),
        ("1996 o 1997", "[1996,1997]"),
        ("1996年または1997年", "[1996,1997]"),
        ("17 or 18 December 1996", "[1996-12-17,1996-12-18]"),
        ("December 17, 1996 or 1997", "[1996-12-17,1997]"),
        ("1995, 1996 or 1997", "[1995,1996,1997]"),
        ("1996 and 1997", "{1996,1997}"),
        ("1996 y 1997", "{1996,1997}"),
        ("1996?", "1996?"),
        ("December 1996?", "1996-12?"),
        ("perhaps 1996", "1996?"),
        ("1996, uncertain", "1996?"),
        ("quizá en 1996", "1996?"),
        ("1996年（不確か）", "1996?"),
        ("perhaps about 1996", "1996%"),
        ("perhaps between 1914 and 1916", "1914?/1916?"),
    ],
)
def test_doubt_is_understood(typed: str, edtf: str) -> None:
    assert understand(typed).edtf == edtf


@pytest.mark.parametrize(
    "typed",
    [
        "n.d.",
        "n. d.",
        "N.D.",
        "undated",
        "no date",
        "unknown",
        "s. f.",
        "s.f.",
        "sin fecha",
        "日付なし",
        "不明",
        "unbekannt",
        "?",
    ],
)
def test_whoever_writes_that_there_is_no_date_is_understood(typed: str) -> None:
    assert understand(typed) == TypedDate("")


@pytest.mark.parametrize(
    "typed",
    [
        "22 April 1997 15:23",
        "1997-04-22T15:23:00",
        "22 April 1997, 3:23 pm",
        "22 de abril de 1997 a las 15:23",
        "1997年4月22日15時23分",
        "1997-04-22 15:23",
    ],
)
def test_a_day_may_carry_its_time(typed: str) -> None:
    assert (understand(typed).edtf, understand(typed).time) == ("1997-04-22", time(15, 23))


def test_two_readings_are_both_named_and_none_is_guessed() -> None:
    with pytest.raises(DateProblem, match=r"1997-04-03 .*1997-03-04"):
        understand("03/04/1997")


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1911/12", "1911-12 or as 1911/1912"),
        ("the 1800s", "1800–1809 or as 1800–1899"),
        ("1900年代", "1900–1909 or as 1900–1999"),
        ("the 100s BC", "109–100 BC or as 199–100 BC"),
    ],
)
def test_what_may_mean_two_things_is_not_guessed(typed: str, readings: str) -> None:
    with pytest.raises(DateProblem, match=readings):
        understand(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "before about 1850",
        "antes de alrededor de 1850",
        "約1850年より前",
        "1850年頃より前",
        "after about 1850",
        "about 1850 or earlier",
        "before winter 1915",
        "antes del invierno de 1915",
    ],
)
def test_before_what_is_only_known_roughly_the_message_says_what_to_type(typed: str) -> None:
    with pytest.raises(DateProblem, match="before 1850, or until about 1850") as refused:
        understand(typed)
    assert f"“{typed}”" in str(refused.value)


@pytest.mark.parametrize(
    "typed",
    [
        "spring 1914/15",
        "winter 1914/16",
        "winter of 1914–1918",
        "primavera de 1914-15",
        "1914/15年の春",
        "winter 1914/15 (Southern Hemisphere)",
    ],
)
def test_of_a_season_of_several_years_the_message_says_what_to_type(typed: str) -> None:
    with pytest.raises(DateProblem, match="winter 1914, or from winter 1914 to winter 1915"):
        understand(typed)


@pytest.mark.parametrize(
    "typed",
    ["44", "22/04/97", "03/04/97", "22 April 97", "April '97", "the 40s", "the '40s", "los años 40", "40年代"],
)
def test_a_year_of_two_digits_is_asked_for_in_full(typed: str) -> None:
    with pytest.raises(DateProblem, match="write the year in full, like 1997, or with its era"):
        understand(typed)


def test_seconds_and_the_time_of_another_zone_are_not_dropped_unseen() -> None:
    with pytest.raises(DateProblem, match="Leave the seconds out"):
        understand("22 April 1997 15:23:40")
    assert understand("1997-04-22T15:23:00Z") == TypedDate("1997-04-22T15:23:00Z")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "100年前",
        "about the 40s BC",
        "winter 1914/5",
        "31 February 1997",
        "April 1997 15:23",
        "22 April 1997 25:00",
        "17 December",
        "1" * 500,
    ],
)
def test_anything_else_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(DateProblem, match="22 April 1997"):
        understand(typed)


def test_a_span_that_ends_before_it_starts_says_so() -> None:
    with pytest.raises(DateProblem, match="ends before"):
        understand("from 18 December to 22 April 1997")


PIECES = ["about", "17", "december", "1997", "de", "abril", "年", "4", "月", "日", "から", "to", "–", "~", "15:23", "/"]


@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_whatever_is_typed_gives_a_date_or_a_problem(typed: str) -> None:
    try:
        understood = understand(typed)
    except DateProblem:
        return
    assert not understood.edtf or parse(understood.edtf).text == understood.edtf


@given(
    st.dates(date(1, 1, 1), date(2999, 12, 31)).map(str)
    | st.builds("-{:04}-{:02}-{:02}".format, st.integers(1, 4000), st.integers(1, 12), st.integers(1, 28)),
    st.sampled_from([-6, -3, None]),
    st.sampled_from(["{}", "{}~", "{}?", "{}%", "{}/..", "../{}", "[..{}]", "[{}..]"]),
    st.sampled_from(["en", "es", "ja"]),
)
def test_a_date_shown_in_words_is_understood_again(day: str, end: int | None, form: str, language: str) -> None:
    edtf = form.format(day[:end])
    shown = words(edtf, language)
    assert words(understand(shown).edtf, language) == shown


@pytest.mark.parametrize("language", ["en", "es", "ja"])
@pytest.mark.parametrize(
    "edtf",
    [
        *("1996-12-17/1996-12-22", "1996-12-17/1997-04-22", "1996-12/1997-04", "1914-39~", "1854-09-11~/1854-09-20~"),
        *("1914-12~/1915-03~", "1850~/1860~", "1996-12-17?/1996-12-22?"),
        *("185X", "18XX", "-04XX", "1850~/1853~", "1834~/1866~", "-0499~/-0466~", "1915-24", "1915-32", "180X"),
        *(
            "[1996,1997]",
            "[1995,1996,1998]",
            "{1996,1997}",
            "-0043/-0026",
            "-0043/0014",
            "[..1849-12-31]",
            "[1851-01-01..]",
        ),
    ],
)
def test_what_is_shown_in_words_is_understood_again(edtf: str, language: str) -> None:
    assert understand(words(edtf, language)).edtf == edtf
