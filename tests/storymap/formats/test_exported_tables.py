"""A story's places and events as tables, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from places.models import Event, Place
from storymap.formats.exports.tables import dump, events_table, places_table
from storymap.formats.tables import batches
from storymap.formats.tables.batches import table_rows_of
from storymap.formats.tables.columns import guessed_fields
from storymap.formats.tables.csv_text import decoded, read_table
from storymap.models import Story
from storymap.services.imports.planning import THERE
from storymap.services.imports.table_rows import Mention, TableRow
from storymap.story.storyfile import EventEntry, PlaceEntry
from tests.factories import chapter_entry, event_entry, make_story, make_user, place_entry, story_file

LINE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
DEGREES = st.decimals(-90, 90, places=9).map(float)


def table_rows(data: bytes, kind: str) -> list[TableRow]:
    table = read_table(decoded(data))
    return table_rows_of(table, kind, guessed_fields(table.header, kind))


@given(
    st.lists(
        st.builds(
            PlaceEntry,
            slug=st.from_regex("[a-z]{1,8}", fullmatch=True),
            name=LINE.map(lambda text: {"en": text}),
            kind=LINE,
            country=st.sampled_from(["PE", "JP"]),
            address=LINE,
            lat=DEGREES,
            lng=DEGREES,
            precision=st.sampled_from(["building", "city"]),
            radius=st.integers(0, 5_000_000).map(float),
            coordinate_source=LINE,
            time_zone=st.just("America/Lima"),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_table_of_places_comes_back_the_same(places: list[PlaceEntry]) -> None:
    read = table_rows(places_table(places, "en"), "places")
    assert [table_row.problems for table_row in read] == [()] * len(places)
    for table_row, place in zip(read, places, strict=True):
        plain = {
            name: getattr(place, name) for name in table_row.values if name not in ("name", "latitude", "longitude")
        }
        assert table_row.values == {"name": place.name["en"], "latitude": place.lat, "longitude": place.lng, **plain}
        assert len(table_row.values) == 11


@given(
    st.lists(
        st.builds(
            event_entry,
            slug=st.from_regex("[a-z]{1,8}", fullmatch=True),
            title=LINE.map(lambda text: {"en": text}),
            summary=st.lists(LINE, max_size=3).map(lambda lines: {"en": "\n".join(lines)}),
            note=LINE.map(lambda text: {"en": text}),
            attributed_to=LINE.map(lambda text: {"en": text}),
            date=st.sampled_from(["1997-04-22", "1996~", "1997-10/..", "1996-12-17/1996-12-18"]),
            time=st.sampled_from(["15:23", "00:00"]),
            status=st.sampled_from(["documented", "denied"]),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda event: event.slug,
    )
)
def test_a_table_of_events_comes_back_the_same(events: list[EventEntry]) -> None:
    file = story_file(chapters=(), events=tuple(events))
    read = table_rows(events_table(file), "events")
    assert [table_row.problems for table_row in read] == [()] * len(events)
    for table_row, event in zip(read, events, strict=True):
        texts = {
            n: text["en"] for n in ("title", "summary", "note", "attributed_to") if (text := getattr(event, n))["en"]
        }
        plain = {name: getattr(event, name) for name in ("slug", "date", "time", "status")}
        assert table_row.values == {**plain, **texts, "sources": (Mention(("gazette",)),)}
        assert table_row.place is not None and table_row.place.values["latitude"] == -12.05


def again(story: Story, data: bytes, kind: str) -> list[str]:
    batch = batches.begin(story=story, name="again.csv", text=decoded(data))
    assert batch.kind == kind
    return [planned.verdict for planned in batches.look(batch).plan]


@pytest.mark.django_db
def test_what_a_story_gives_out_is_there_already_when_it_is_brought_back(lima: Story) -> None:
    for kind in ("places", "events"):
        assert set(again(lima, dump(lima, kind), kind)) == {THERE}


@pytest.mark.django_db
def test_what_was_deleted_comes_back_from_a_table() -> None:
    events = (event_entry(), event_entry("vote", title={"en": "=A vote"}, date="1997-01~", place=None))
    moments = tuple(chapter_entry().moments)
    story = make_story(events=events, chapters=(chapter_entry(moments=(*moments, replace(moments[0], event="vote"))),))
    tables = {kind: dump(story, kind) for kind in ("places", "events")}
    story.chapters.all().delete()
    Event.objects.all().delete()
    Place.objects.all().delete()
    for kind, data in tables.items():
        batch = batches.begin(story=story, name=f"{kind}.csv", text=decoded(data))
        batches.import_batch(batch, None, make_user(kind))
    assert {kind: dump(story, kind) for kind in tables} == tables


@pytest.mark.django_db
def test_imported_places_are_given_out_before_an_event_tells_them() -> None:
    story = make_story(places=(place_entry(),))
    batch = batches.begin(story=story, name="more.csv", text="name,lat,lng\nHarbour,-12.06,-77.15")
    batches.import_batch(batch, None, make_user())
    assert b"\r\nharbour,Harbour,-12.06,-77.15,other,PE," in dump(story, "places")
