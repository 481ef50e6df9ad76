"""Dates in words: every form of EDTF that is accepted, and none of its signs."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, strategies as st

from places.dates.days import day_number
from places.when import DateProblem, axis_label, parse, words
from tests.places.edtf_texts import texts


@pytest.mark.parametrize(
    ("text", "english", "spanish", "japanese"),
    [
        ("1996-12-17", "17 December 1996", "17 de diciembre de 1996", "1996年12月17日"),
        ("1996-12", "December 1996", "diciembre de 1996", "1996年12月"),
        ("1996", "1996", "1996", "1996年"),
        ("1996-12-17/1996-12-18", "17–18 December 1996", "17–18 de diciembre de 1996", "1996年12月17日～18日"),
        (
            "1996-12/1997-01",
            "December 1996 – January 1997",
            "diciembre de 1996 – enero de 1997",
            "1996年12月～1997年1月",
        ),
        ("1996-12-17/1996-12-17", "17 December 1996", "17 de diciembre de 1996", "1996年12月17日"),
        ("2006/2011", "2006 – 2011", "2006 – 2011", "2006年 – 2011年"),
        ("185X", "the 1850s", "década de 1850", "1850年代"),
        ("180X", "the decade from 1800 to 1809", "década de 1800 a 1809", "1800年から1809年までの10年間"),
        ("18XX", "the 19th century", "siglo XIX", "19世紀"),
        ("19XX~", "about the 20th century", "siglo XX (aprox.)", "20世紀ごろ"),
        ("-04XX", "the 5th century BC", "siglo V a. C.", "紀元前5世紀"),
        ("1XXX", "the 2nd millennium", "milenio II", "2千年紀"),
        ("1996-XX", "a month in 1996", "un mes de 1996", "1996年のある月"),
        ("1996-12-XX", "a day in December 1996", "un día de diciembre de 1996", "1996年12月のある日"),
        ("1996-XX-XX", "a day in 1996", "un día de 1996", "1996年のある日"),
        ("1996?", "1996, uncertain", "1996, fecha incierta", "1996年（不確か）"),
        ("1996%", "about 1996, uncertain", "1996 (aprox.), fecha incierta", "1996年ごろ（不確か）"),
        ("[1996,1997]", "1996 or 1997", "1996 o 1997", "1996年または1997年"),
        ("{1996,1997}", "1996 and 1997", "1996 y 1997", "1996年、1997年"),
        ("[..1850]", "1850 or earlier", "1850 o antes", "1850年以前"),
        ("[1850..]", "1850 or later", "1850 o después", "1850年以後"),
        ("[..1849-12-31]", "before 1850", "antes de 1850", "1850年より前"),
        ("[1851-01-01..]", "after 1850", "después de 1850", "1850年より後"),
        ("[..1996-12-16]", "before 17 December 1996", "antes del 17 de diciembre de 1996", "1996年12月17日より前"),
        ("-0043", "44 BC", "44 a. C.", "紀元前44年"),
        ("0000", "1 BC", "1 a. C.", "紀元前1年"),
        ("-0043-03-15", "15 March 44 BC", "15 de marzo de 44 a. C.", "紀元前44年3月15日"),
        ("-0043/0014", "44 BC – 14 AD", "44 a. C. – 14 d. C.", "紀元前44年 – 西暦14年"),
        ("0850", "850", "850", "850年"),
        ("0079", "79 AD", "79 d. C.", "西暦79年"),
        ("Y-12000", "12001 BC", "12001 a. C.", "紀元前12001年"),
        ("1997-21", "spring 1997", "primavera de 1997", "1997年春"),
        ("1997-22", "summer 1997", "verano de 1997", "1997年夏"),
        ("1997-23", "autumn 1997", "otoño de 1997", "1997年秋"),
        ("1915-24", "winter 1915", "invierno de 1915", "1915年冬"),
        ("1997-21/1997-23", "spring 1997 – autumn 1997", "primavera de 1997 – otoño de 1997", "1997年春 – 1997年秋"),
        (
            "1996-12/1997-21",
            "December 1996 – spring 1997",
            "diciembre de 1996 – primavera de 1997",
            "1996年12月 – 1997年春",
        ),
        ("1997-29", "spring 1997 (Southern Hemisphere)", "primavera de 1997 (hemisferio sur)", "1997年春（南半球）"),
        ("1997-28", "winter 1997 (Northern Hemisphere)", "invierno de 1997 (hemisferio norte)", "1997年冬（北半球）"),
        ("1997-33", "1st quarter 1997", "1.er trimestre de 1997", "1997年第1四半期"),
        ("1997-38", "May – August 1997", "mayo–agosto de 1997", "1997年5月～8月"),
        ("1997-41", "July – December 1997", "julio–diciembre de 1997", "1997年7月～12月"),
        ("1914-37~", "early 1914", "principios de 1914", "1914年初め"),
        ("1914-38~", "mid-1914", "mediados de 1914", "1914年半ば"),
        ("1914-39~", "late 1914", "fines de 1914", "1914年末"),
        ("1854-09-01~/1854-09-10~", "early September 1854", "principios de septiembre de 1854", "1854年9月上旬"),
        ("1854-09-21~/1854-09-30~", "late September 1854", "fines de septiembre de 1854", "1854年9月下旬"),
        ("1854~/1856~", "the mid-1850s", "mediados de la década de 1850", "1850年代半ば"),
        ("1800~/1833~", "the early 19th century", "principios del siglo XIX", "19世紀初め"),
        ("-0432~/-0400~", "the late 5th century BC", "fines del siglo V a. C.", "紀元前5世紀末"),
    ],
)
def test_a_date_is_written_as_in_the_readers_language(text: str, english: str, spanish: str, japanese: str) -> None:
    said = [words(text, language).replace("\u00a0", " ") for language in ("en", "es", "ja")]
    assert said == [english, spanish, japanese]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("1996~", "about 1996"),
        ("1997-04-22?", "22 April 1997, uncertain"),
        ("1997~/1997-04-22", "about 1997 – 22 April 1997"),
        ("1996-12/1997-01~", "December 1996 – about January 1997"),
        ("1996-12-17~/1996-12-18~", "about 17–18 December 1996"),
        ("1996?/1998", "1996 (uncertain) – 1998"),
        ("1997-10/..", "since October 1997"),
        ("../1997-10-05", "until 5 October 1997"),
        ("1997~/..", "since about 1997"),
        ("../..", "date unknown"),
        ("XXXX", "date unknown"),
        ("1997-10/", "since October 1997, end unknown"),
        ("/1997-10", "until October 1997, start unknown"),
        ("../1997-10?", "until October 1997 (uncertain)"),
        ("1997-21/..", "since spring 1997"),
        ("0079-08-24/0079-08-25", "24 August 79 AD – 25 August 79 AD"),
        ("1997-21~/1997-22", "about spring 1997 – summer 1997"),
        ("1914-37~/1914-39~", "early 1914 – late 1914"),
        ("1996-12-17T20:20:00", "17 December 1996, 20:20"),
        ("1996-12-17T20:20:00Z", "17 December 1996, 20:20 UTC"),
        ("1996-12-17T20:20:30+01:00", "17 December 1996, 20:20:30 UTC+01:00"),
        ("199X-12-25", "25 December of a year in the 1990s"),
        ("199X-XX", "a month in the 1990s"),
        ("XXXX-12-25", "25 December of an unknown year"),
        ("1996-XX-25", "day 25 of a month in 1996"),
        ("1996-1X", "October 1996, November 1996 or December 1996"),
        ("1996-12-1X", "between 10 December 1996 and 19 December 1996"),
        ("1996-12-X5", "5 December 1996, 15 December 1996 or 25 December 1996"),
        ("X9X6", "between 906 and 9996"),
        ("-004X", "the decade from 50 BC to 41 BC"),
        ("2004-06~-11", "11 June 2004 (approximate: year and month)"),
        ("2004-06-?11", "11 June 2004 (uncertain: day)"),
        ("2004?-06-~11", "11 June 2004 (uncertain: year; approximate: day)"),
        ("[1667,1668,1670..1672]", "1667, 1668 or between 1670 and 1672"),
        ("[1996..1999]", "between 1996 and 1999"),
        ("[1996-12-18..1996-12-22]", "between 18 December 1996 and 22 December 1996"),
        ("{1996..1999}", "1996 – 1999"),
        ("[..1850-11-30]", "before December 1850"),
        ("[1850-11-01..]", "after October 1850"),
    ],
)
def test_doubt_and_open_ends_are_said(text: str, english: str) -> None:
    assert words(text, "en") == english


SIGNS = re.compile(r"[][{}?%~/_]|\.\.|[0-9]X|X[0-9]|XX[^IV]|[0-9]-[0-9]|--")


@given(texts, st.sampled_from(["en", "es", "ja", "de", "fr", "pt", "zh-hans"]))
def test_no_words_have_a_sign_of_edtf(text: str, language: str) -> None:
    try:
        parse(text)
    except DateProblem:
        assume(False)
    said = words(text, language)
    roman = re.sub(r"(siglo|milenio) [IVXLC]+\b", "", said)
    assert not SIGNS.search(re.sub(r"UTC-[0-9]", "", roman)), said
    assert "X" not in roman
    assert text.isdigit() or said != text
    assert "%(" not in said


@pytest.mark.parametrize("language", ["xx-nonsense", "tlh", "../etc"])
def test_a_language_that_nobody_knows_reads_english(language: str) -> None:
    assert words("1996-12-17", language).endswith("1996")


@pytest.mark.parametrize(
    ("day", "unit", "era", "label"),
    [
        ("1996-12-17", "day", False, "17 Dec"),
        ("1996-12-01", "month", False, "Dec 1996"),
        ("-0043-01-01", "year", False, "44 BC"),
        ("-0043-03-01", "month", False, "Mar 44 BC"),
        ("0850-01-01", "year", False, "850"),
        ("0001-01-01", "year", False, "1 AD"),
        ("0200-01-01", "year", True, "200 AD"),
        ("-0043-03-15", "day", False, "15 Mar"),
        ("-0043-03-15", "date", False, "15 Mar 44 BC"),
    ],
)
def test_a_scale_counts_the_years_before_christ_backwards(day: str, unit: str, label: str, *, era: bool) -> None:
    assert axis_label(day_number(day), unit, "en", era=era) == label
