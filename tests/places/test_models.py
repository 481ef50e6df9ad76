"""The record's rows: what the database refuses, what they derive, how they name themselves."""

from __future__ import annotations

import math
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from places.dates.days import day_number
from places.geo import LatLng
from places.models import AlsoThere, Citation, Event, Involvement, JourneyStop, Person, Place, Source, Toponym
from storymap.admin.record.event import events_on

pytestmark = pytest.mark.django_db


def make_place(slug: str = "square", **fields: Any) -> Place:
    return Place.objects.create(**{"slug": slug, "country": "PE", "latitude": -12.05, "longitude": -77.03, **fields})


def make_event(slug: str = "meeting", **fields: Any) -> Event:
    return Event.objects.create(slug=slug, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": 90.5},
        {"latitude": -91},
        {"longitude": 180.5},
        {"longitude": -181},
        {"radius": -1},
        {"radius": 5_000_001},
        {"latitude": math.inf},
        {"longitude": -math.inf},
        {"radius": math.inf},
        {"latitude": math.nan},
        {"radius": math.nan},
    ],
)
def test_the_database_refuses_a_place_outside_the_world(fields: dict[str, float]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_place(**fields)
    assert not Place.objects.exists()


def test_a_place_at_the_edge_of_the_world_is_taken() -> None:
    place = make_place(latitude=-90, longitude=180, radius=5_000_000)
    assert place.at == LatLng(-90, 180)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"country": "pe"}, "country"),
        ({"country": "PE\n"}, "country"),
        ({"country": ""}, "country"),
        ({"slug": "The_Square"}, "slug"),
        ({"precision": "room"}, "precision"),
        ({"time_zone": "Lima"}, "time_zone"),
        ({"latitude": 91.0}, "latitude"),
        ({"address": "a\x00b"}, "address"),
    ],
)
def test_a_place_is_checked_field_by_field(fields: dict[str, Any], name: str) -> None:
    place = Place(**{"slug": "square", "country": "PE", "latitude": -12.05, "longitude": -77.03, "name": "x", **fields})
    with pytest.raises(ValidationError) as refused:
        place.full_clean()
    assert set(refused.value.message_dict) == {name}


@pytest.mark.parametrize("model", [Place, Event, Person, Source])
def test_a_slug_that_no_address_can_carry_is_refused(model: type) -> None:
    with pytest.raises(ValidationError) as refused:
        model(slug="Not_an_Address").clean_fields()
    assert "slug" in refused.value.message_dict


def test_two_places_cannot_share_a_slug() -> None:
    make_place()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_place()


def test_a_place_is_named_in_the_language_asked_for_else_in_any() -> None:
    place = make_place()
    assert str(place) == "square"
    place.set_current_language("ja")
    place.name = "広場"
    place.save()
    assert str(Place.objects.language("ja").get()) == "広場"
    assert str(Place.objects.language("es").get()) == "広場"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1996-12", "1996-12-01", "1996-12-31"),
        ("1997-10/..", "1997-10-01", None),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15"),
        ("Y-170000000", "-170000000-01-01", "-170000000-12-31"),
        ("", None, None),
    ],
)
def test_an_event_stores_the_span_of_its_date(text: str, earliest: str | None, latest: str | None) -> None:
    event = make_event(date="1990")
    event.date = text
    event.save()
    event.refresh_from_db()
    assert (event.earliest, event.latest) == tuple(day and day_number(day) for day in (earliest, latest))


@pytest.mark.parametrize(
    ("latitude", "earliest", "latest"),
    [(-12.05, "1915-06-01", "1915-09-23"), (51.5, "1914-12-01", "1916-03-21"), (0.3, "1915-01-01", "1915-12-31")],
)
def test_the_span_of_a_season_is_that_of_its_place(latitude: float, earliest: str, latest: str) -> None:
    place = make_place(latitude=latitude)
    event = make_event(date="1915-24", place=place)
    assert (event.earliest, event.latest) == (day_number(earliest), day_number(latest))


def test_events_are_listed_in_the_order_in_which_they_happened() -> None:
    listed = [
        ("old", "Y-12000", ""),
        ("before", "[..-0100-12-31]", ""),
        ("ides", "-0043-03-15", ""),
        ("augustus", "0014-08-19", ""),
        ("charter", "0850", ""),
        ("a", "1996", ""),
        ("b", "1997-04-22", "06:00"),
        ("c", "1997-04-22", "15:23"),
        ("d", "1998", ""),
        ("undated", "", ""),
    ]
    for slug, day, time in listed[::2] + listed[1::2]:
        make_event(slug, date=day, time=time)
    assert [event.slug for event in Event.objects.all()] == [slug for slug, _day, _time in listed]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("44 BC", ["ides", "before"]),
        ("850", ["charter"]),
        ("before 300 BC", ["before"]),
        ("after 1996", ["open"]),
        ("n.d.", []),
        ("nonsense", []),
    ],
)
def test_events_of_any_age_are_searched_for_by_date(term: str, found: list[str]) -> None:
    dates = {"before": "[..-0043-12-31]", "ides": "-0043-03-15", "charter": "0850", "open": "1996/..", "undated": ""}
    for slug, text in dates.items():
        make_event(slug, date=text)
    assert [event.slug for event in events_on(term)] == found


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"date": "yesterday"}, "date"),
        ({"time": "8.20"}, "time"),
        ({"status": "rumoured"}, "status"),
        ({"sensitivity": "extreme"}, "sensitivity"),
        ({"journey_mode": "boat"}, "journey_mode"),
        ({"journey_date": "yesterday"}, "journey_date"),
    ],
)
def test_an_event_is_checked_field_by_field(fields: dict[str, str], name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Event(**{"slug": "meeting", "title": "A meeting", **fields}).full_clean()
    assert set(refused.value.message_dict) == {name}


def test_what_an_event_needs_cannot_be_deleted_under_it() -> None:
    place, source, person = make_place(), Source.objects.create(slug="s", title="S"), Person.objects.create(slug="p")
    event = make_event(place=place)
    stop, other = make_place("station"), make_place("harbour")
    JourneyStop.objects.create(event=event, place=stop)
    AlsoThere.objects.create(event=event, place=other)
    Citation.objects.create(event=event, source=source)
    Involvement.objects.create(event=event, person=person)
    for row in (place, stop, other, source, person):
        with pytest.raises(ProtectedError):
            row.delete()
    event.delete()
    for row in (place, stop, other, source, person):
        row.delete()
    for parts in (Citation, Involvement, JourneyStop, AlsoThere):
        assert not parts.objects.exists()


def test_parts_keep_the_order_the_editor_gave_them() -> None:
    place, event = make_place(), make_event()
    for position, name in enumerate(["Plaza Mayor", "Plaza de Armas", "Main Square"]):
        Toponym.objects.create(place=place, position=2 - position, name=name)
    assert [str(name) for name in place.toponyms.all()] == ["Main Square", "Plaza de Armas", "Plaza Mayor"]
    stops = [make_place(slug) for slug in ("first", "second")]
    for position, stop in enumerate(reversed(stops)):
        JourneyStop.objects.create(event=event, place=stop, position=1 - position)
    assert [stop.place.slug for stop in event.stops.all()] == ["first", "second"]


def test_sources_and_citations_say_where_to_look() -> None:
    source = Source.objects.create(slug="s", title="The fall", container="The gazette")
    assert str(source) == "The gazette, The fall"
    source.author, source.issued = [{"family": "Ogura", "given": "Hidetaka"}, {"literal": "UN"}], "1997-04~"
    assert str(Citation(source=source, locator="p. 4")) == "Ogura, UN, The fall, 1997, p. 4"
    assert str(Citation(source=Source(title="Alone"))) == "Alone"
