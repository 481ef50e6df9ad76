"""Journeys: legs from stop to stop, and lengths only where the stops are known well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from places.geo import LatLng
from storymap.maps.scene import is_flown, journey_line, legs_of, length_of
from storymap.story.storyfile import Journey
from tests.factories_documents import make_chapter, make_event, make_place, make_story

HAVANA, SANTO_DOMINGO = LatLng(23.13302, -82.38304), LatLng(18.47186, -69.89232)


def told(*stops: str, radius: float = 8000.0, mode: str = "") -> tuple:
    places = (make_place("havana", HAVANA, radius=radius), make_place("santo-domingo", SANTO_DOMINGO, radius=radius))
    event = make_event("way", "", journey=Journey(stops=stops, mode=mode) if stops else None, also_there=("havana",))
    return make_story((make_chapter("one", ("way",)),), (event,), places), event


def test_the_legs_lead_from_stop_to_stop_in_order() -> None:
    legs = legs_of(*told("santo-domingo", "havana", "santo-domingo"))
    assert [(leg.start.slug, leg.end.slug) for leg in legs] == [
        ("santo-domingo", "havana"),
        ("havana", "santo-domingo"),
    ]
    line = journey_line(legs)
    assert line[0] == line[-1] == (SANTO_DOMINGO.lng, SANTO_DOMINGO.lat)


def test_an_event_without_a_journey_has_no_legs_whatever_it_also_concerns() -> None:
    legs = legs_of(*told())
    assert (legs, length_of(legs), journey_line(legs)) == ([], None, [])


@pytest.mark.parametrize(("radius", "known"), [(8_000.0, True), (500_000.0, False)])
def test_a_length_is_told_only_where_the_stops_are_known_well(radius: float, *, known: bool) -> None:
    legs = legs_of(*told("santo-domingo", "havana", radius=radius))
    length = length_of(legs)
    assert length == pytest.approx(1_400_000, rel=0.02) if known else length is None
    assert legs[0].distance == pytest.approx(1_400_000, rel=0.02), "the map draws it all the same"


def test_one_leg_of_unknown_length_leaves_the_whole_way_without_one() -> None:
    story, event = told("santo-domingo", "havana")
    story.places["peru"] = make_place("peru", LatLng(-12.0, -77.0), radius=1_500_000.0)
    way = Journey(stops=("santo-domingo", "havana", "peru"))
    assert length_of(legs_of(story, replace(event, journey=way))) is None


@pytest.mark.parametrize(("mode", "flown"), [("air", True), ("road", False), ("sea", False), ("", False)])
def test_only_a_flight_is_taken_to_go_the_shortest_way(mode: str, *, flown: bool) -> None:
    assert is_flown(told("havana", "santo-domingo", mode=mode)[1]) is flown
