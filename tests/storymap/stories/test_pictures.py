"""The illustrations say what the events say, in three languages, legibly, and come out the same each time."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import echoes_distance
import facts
import hostages_held
import hostages_words
import ink
import residence_sheet
import two_embassies
import who_decided
import who_says_what
from album import PICTURES, file_name, write_all
from canvas import SMALLEST, WIDTH, Canvas
from places.geo import LatLng, distance

KNOWN = facts.read()
MODULES = (echoes_distance, hostages_words, residence_sheet, two_embassies, who_decided, who_says_what)
pytestmark = pytest.mark.slow
LARGEST = 60 * 1024  # bytes
EACH = [(slug, language) for slug in PICTURES for language in facts.LANGUAGES]
SHEETS = ("residence-in-siege", "residence-22-april")
needs_fonts = pytest.mark.skipif(not ink.FONTS.exists(), reason="the fonts come with `npm ci`")


@lru_cache
def _drawn(slug: str, language: str) -> bytes:
    return PICTURES[slug](KNOWN, language)


def _english(event: str) -> str:
    told = KNOWN.events[event]
    return " ".join(told[part].get("en", "") for part in ("title", "summary", "attributed_to", "note"))


def _words(value: Any) -> Iterator[dict[str, str]]:
    """All texts inside a constant of a picture's module."""
    if isinstance(value, dict) and "en" in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _words(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _words(getattr(value, field.name))


TEXTS = [text for module in MODULES for name, value in vars(module).items() if name.isupper() for text in _words(value)]


@pytest.mark.parametrize("figure", hostages_held.FIGURES.values(), ids=list(hostages_held.FIGURES))
def test_a_number_of_the_chart_is_in_its_event(figure: facts.Figure) -> None:
    assert (figure.written or str(figure.value)) in _english(figure.event)


def test_written_numbers_are_those_numbers() -> None:
    written = {"Twenty": 20, "Thirty-eight": 38, "Seventy-one": 71, "Seventy-two": 72}
    for figure in hostages_held.FIGURES.values():
        assert not figure.written or written[figure.written] == figure.value


def test_the_days_of_the_chart_are_those_of_the_events() -> None:
    days = {name: KNOWN.day(event) for name, event in hostages_held.EVENTS_OF_DAYS.items()}
    assert days == {"third": 3, "fifth": 5, "ninth": 9, "eleventh": 11, "rest": 40, "end": 126}


def test_the_ranges_never_rise_and_the_counts_close_them() -> None:
    chart = hostages_held.Chart(KNOWN, "en")
    ranges = chart.ranges()
    assert all(low < high for _first, _last, low, high in ranges)
    assert [high for *_span, high in ranges] == sorted((high for *_span, high in ranges), reverse=True)
    assert ranges[-1][2] == chart.counts()[-1][2] == 72
    n = chart.numbers
    assert n["ninth"] - n["eleventh"] == n["after_eleventh"] and n["rest"] == n["freed"] + 1


@pytest.mark.parametrize("echo", [e for group in echoes_distance.GROUPS for e in group.echoes], ids=lambda e: e.place)
def test_a_distance_is_the_geodesic(echo: echoes_distance.Echo) -> None:
    exact = distance(KNOWN.at("residence"), KNOWN.at(echo.place)) / 1000
    assert abs(echoes_distance.kilometres(KNOWN, echo.place) - exact) <= 5
    event = KNOWN.events[echo.event]
    assert echo.place in (event["place"], *event.get("also_there", ())) or echo.city["en"] in _english(echo.event)


def test_a_distance_from_a_place_that_is_hardly_known_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="not known well enough"):
        KNOWN.metres("lima", "government-palace-lima")


def test_thousands_are_marked_as_the_language_does() -> None:
    assert [echoes_distance.number(15500, code) for code in facts.LANGUAGES] == ["15,500", "15.500", "15,500"]


@pytest.mark.parametrize(
    ("target", "degrees"), [((10, -77), 0), ((-12, -60), 90), ((-40, -77), 180), ((-12, -90), -90)]
)
def test_a_needle_points_along_the_line(target: tuple[float, float], degrees: float) -> None:
    angle = echoes_distance.bearing(LatLng(-12, -77), LatLng(*target))
    assert abs(angle * 180 / 3.141592653589793 - degrees) < 3


def test_the_embassy_is_as_far_as_its_event_says() -> None:
    assert two_embassies.kilometres(KNOWN) == 1.2
    assert "1.2 kilometres north-west" in _english(two_embassies.EVENT)
    east, north = two_embassies.offset(KNOWN.at("residence"), KNOWN.at("embassy-japan-lima"))
    assert east < 0 < north
    assert abs((east**2 + north**2) ** 0.5 - distance(KNOWN.at("residence"), KNOWN.at("embassy-japan-lima"))) < 1
    assert KNOWN.events["mansion-demolished"]["date"] == "1997-10"


@pytest.mark.parametrize(
    ("event", "terms"),
    [
        ("arrest-warrants", ["eleven senior officers"]),
        ("complaint-2002", ["three deaths", "Prosecutors file charges"]),
        ("supreme-court-ruling", ["Nineteen officers", "military justice", "civilian courts"]),
        ("iachr-admissible", ["petition", "the merits"]),
        ("iachr-merits", ["State responsible"]),
        ("case-submitted", ["Inter-American Court"]),
        ("lima-court-2012", ["Montesinos, Hermoza and Huamán", "as an isolated act", "died in combat"]),
        ("supreme-court-2013", ["the appeals", "the case in Peru against these defendants"]),
        ("iacourt-judgment", ["insufficient", "did not judge the commandos", "of all three in matters of justice"]),
    ],
)
def test_a_decision_is_told_as_in_its_event(event: str, terms: list[str]) -> None:
    drawn = next(decision for decision in who_decided.DECISIONS if decision.event == event).words["en"]
    told = _english(event).replace("acquit Montesinos", "Montesinos")
    drawn = drawn.replace("Finds the State of Peru responsible", "State responsible").replace("officers: ", "officers ")
    for term in terms:
        assert term.lower() in drawn.lower() and term.lower() in told.lower()


def test_decisions_stand_in_the_order_of_their_dates() -> None:
    dates = [KNOWN.events[decision.event]["date"][:7] for decision in who_decided.DECISIONS]
    assert dates == sorted(dates)
    assert "16 August" in _english("supreme-court-ruling")
    assert "military courts cleared the commandos" in _english(who_decided.UNDATED)


def test_days_are_written_as_the_language_does() -> None:
    assert [facts.day("2002-05-13", code) for code in facts.LANGUAGES] == [
        "13 May 2002",
        "13 de mayo de 2002",
        "2002年5月13日",
    ]
    assert facts.day("2001-03", "es") == "marzo de 2001"


@pytest.mark.parametrize("pair", who_says_what.PAIRS, ids=lambda pair: pair.event)
def test_no_statement_stands_without_its_reply(pair: who_says_what.Pair) -> None:
    assert pair.statement.who["en"] and pair.reply.who["en"] and pair.reply.says["en"]
    speaker = {"munante": "Muñante", "ogura": "Ogura", "police": "two police officers"}.get(pair.event.split("-")[0])
    if speaker:
        assert speaker.lower() in _english(pair.event).lower()
        assert speaker.lower() in pair.statement.who["en"].lower()


def test_every_text_is_there_in_three_languages() -> None:
    assert len(TEXTS) > 60
    for text in TEXTS:
        assert set(text) == set(facts.LANGUAGES) and all(text.values())


def test_japanese_lines_may_end_only_where_a_phrase_does() -> None:
    """A line must not begin with a closing mark, nor consist of a particle."""
    for piece in (piece for text in TEXTS for piece in text["ja"].split("|")):
        assert piece and piece[0] not in "、。・)」』ーっゃゅょ" and piece[-1] not in "(「『"
        assert piece.strip("、。") not in {"は", "が", "を", "に", "の", "と", "で", "も", "へ", "や", "から", "まで"}


@needs_fonts
@pytest.mark.parametrize("language", facts.LANGUAGES)
def test_the_fonts_have_every_character(language: str) -> None:
    marks = "0123456789.,kmN" + ("：" if language == "ja" else ":")
    drawn = set("".join(text[language] for text in TEXTS) + marks) - set("| \u00a0{}")
    for character in drawn:
        face = ink.font(ink.font_file(language, character, bold=True), 40)
        assert bytes(face.getmask(character)) != bytes(face.getmask("\uffff")), character


@pytest.mark.parametrize("colour", [ink.INK, ink.SOFT, ink.ACCENT, ink.SECOND])
@pytest.mark.parametrize("ground", [ink.PAPER, ink.TINT, ink.INSIDE, ink.EARTH])
def test_letters_stand_out(colour: str, ground: str) -> None:
    def luminance(value: str) -> float:
        parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert (luminance(ground) + 0.05) / (luminance(colour) + 0.05) >= 4.5


@needs_fonts
@pytest.mark.parametrize(("slug", "language"), EACH)
def test_a_picture_is_small_and_always_the_same(slug: str, language: str) -> None:
    first = _drawn(slug, language)
    assert first == PICTURES[slug](KNOWN, language)
    assert len(first) <= LARGEST
    assert Image.open(io.BytesIO(first)).width == (residence_sheet.WIDTH if slug in SHEETS else WIDTH)


@needs_fonts
@pytest.mark.parametrize(("slug", "language"), EACH)
def test_the_stored_file_is_what_the_code_draws(slug: str, language: str) -> None:
    """By its pixels, as another Pillow may pack them differently."""
    stored = Image.open(facts.STORY / "media" / file_name(slug, language)).convert("L")
    drawn = Image.open(io.BytesIO(_drawn(slug, language))).convert("L")
    assert stored.size == drawn.size
    differing = sum(abs(a - b) > 40 for a, b in zip(stored.tobytes(), drawn.tobytes(), strict=True))
    assert differing < 0.01 * stored.width * stored.height


@needs_fonts
def test_lettering_refuses_what_a_phone_cannot_show() -> None:
    canvas = Canvas("en")
    with pytest.raises(ValueError, match="too small"):
        canvas.text(0, 0, "tiny", size=SMALLEST - 1)
    with pytest.raises(ValueError, match="do not fit"):
        canvas.wrapped("incomprehensibilities", 100)


def test_missing_fonts_are_named_with_their_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ink, "FONTS", tmp_path)
    with pytest.raises(ink.FontsMissing, match="npm ci"):
        list(write_all(tmp_path))


@needs_fonts
def test_the_folder_runs_from_anywhere_and_writes_into_the_story(tmp_path: Path) -> None:
    copy = tmp_path / "one" / "two" / "a-story"
    shutil.copytree(facts.STORY, copy, ignore=shutil.ignore_patterns("media", "__pycache__"))
    (copy / "media").mkdir()
    for name in ("places", "node_modules"):
        (tmp_path / name).symlink_to(facts.STORY.parents[2] / name)
    done = subprocess.run([sys.executable, copy / "drawings"], cwd="/", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in (copy / "media").iterdir()) == sorted(file_name(*each) for each in EACH)
