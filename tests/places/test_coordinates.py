"""Positions as people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from places.coordinates import read
from places.geo import LatLng

LIMA = (-12.0914, -77.0494)


def at(text: str) -> tuple[float, float] | None:
    reading = read(text)
    assert reading is not None, text
    return (round(reading.at.lat, 4), round(reading.at.lng, 4)) if reading.at else None


@pytest.mark.parametrize(
    "text",
    [
        "-12.0914, -77.0494",
        "  -12.0914;-77.0494 ",
        "-12.0914 -77.0494",
        "-12.0914-77.0494",
        "−12.0914，−77.0494",
        "-12,0914; -77,0494",
        "-12,0914 -77,0494",
        "-12,0914, -77,0494",
        "12.0914 S, 77.0494 W",
        "12.0914°s 77.0494°w",
        "S 12.0914 W 77.0494",
        "77.0494° W, 12.0914° S",
        "12°5'29.04\"S 77°2'57.84\"W",
        "12° 5′ 29.04″ S, 77° 2′ 57.84″ W",
        "12º 5' 29,04'' S 77º 2' 57,84'' W",
        "S12°5.484' W77°2.964'",
        "geo:-12.0914,-77.0494;u=35",
        "geo:-12.0914,-77.0494?z=17",
        "https://www.openstreetmap.org/?mlat=-12.0914&mlon=-77.0494#map=12/1.0/2.0",
        "https://www.openstreetmap.org/#map=17/-12.0914/-77.0494&layers=N",
        "https://www.google.com/maps/@-12.0914,-77.0494,17z",
        "https://www.google.com/maps/place/X/@-12.5,-77.5,17z/data=!3m1!8m2!3d-12.0914!4d-77.0494",
        "https://maps.google.com/?q=-12.0914,-77.0494",
        "https://www.google.com/maps/search/?api=1&query=-12.0914%2C-77.0494",
        "https://maps.apple.com/?ll=-12.0914,-77.0494&q=Residence",
        "https://maps.apple.com/place?coordinate=-12.0914,-77.0494&name=Residence",
    ],
)
def test_the_usual_notations_are_read(text: str) -> None:
    assert at(text) == LIMA


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("-12, -77", 60_000),
        ("-12.1, -77", 6_000),
        ("-12.09, -77.05", 600),
        ("-12.091, -77.049", 60),
        ("-12.0914, -77.0494", 10),
        ("-12.09, -77.0494", 10),  # a program has left zeros out
        ("-12.09140000, -77.04940000", 10),
        ("12°05' S, 77°02' W", 1_000),
        ("12°05'29\" S, 77°02'57\" W", 20),
        ("12°5.48' S 77°2.96' W", 10),
        ("geo:-12.0914,-77.0494", 10),
        ("geo:-12.0914,-77.0494;u=350", 400),
        ("https://www.openstreetmap.org/#map=17/-12.0914/-77.0494", 80),
        ("https://www.openstreetmap.org/#map=5/-12.0914/-77.0494", 400_000),
        ("https://www.google.com/maps/@-12.0914,-77.0494,17z", 80),
        ("https://www.google.com/maps/place/X/@-12.5,-77.5,3z/data=!3m1!8m2!3d-12.0914!4d-77.0494", 10),
    ],
)
def test_how_far_off_a_position_may_be_follows_from_how_it_is_written(text: str, metres: float) -> None:
    reading = read(text)
    assert reading is not None and reading.radius == metres


@pytest.mark.parametrize("text", ["Lima", "Calle Los Laureles 181", "", "12", "1234", "12.5", "1600 Amphitheatre", "N"])
def test_a_name_is_no_position(text: str) -> None:
    assert read(text) is None


def test_swapped_numbers_are_asked_about_and_not_guessed() -> None:
    reading = read("139.6917, 35.6895")
    assert reading is not None and reading.at is None
    assert reading.swapped == LatLng(35.6895, 139.6917) and "swapped" in reading.problem


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("200, 300", "180"),
        ("139.7 N, 35.7 E", "-90"),
        ("12 S, 77 S", "N or S"),
        ("12 S, 77", "N or S"),
        ("-12 S, 77 W", "sign"),
        ("12°65'S 77°W", "59"),
        ("12 S, 77 O", "German"),
        ("https://maps.app.goo.gl/abc", "no position"),
        ("https://[", "cannot be read"),
        ("geo:somewhere", "no position"),
        ("1" * 3000, "too long"),
    ],
)
def test_what_cannot_be_a_position_is_explained(text: str, word: str) -> None:
    reading = read(text)
    assert reading is not None and reading.at is None and reading.swapped is None
    assert word in reading.problem


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([", ", ";", " ", " , "]))
def test_any_decimal_pair_comes_back(lat: float, lng: float, between: str) -> None:
    reading = read(f"{lat:.7f}{between}{lng:.7f}")
    assert reading is not None and reading.at is not None
    assert abs(reading.at.lat - lat) < 1e-6 and abs(reading.at.lng - lng) < 1e-6


@given(st.text(max_size=200) | st.from_regex(r"(geo:|https?://)?[-+NSEWO0-9.,;°'\" /@?=&#!]{0,60}", fullmatch=True))
def test_no_text_breaks_it(text: str) -> None:
    reading = read(text)
    assert reading is None or (reading.at is None) == bool(reading.problem)
