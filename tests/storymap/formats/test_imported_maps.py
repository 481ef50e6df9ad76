"""Maps that others have made, and our own downloads, brought in as tables."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, strategies as st

from storymap.formats.imports import table_of_file
from storymap.formats.tables.batches import table_rows_of
from storymap.formats.tables.columns import guessed_fields, guessed_kind
from storymap.formats.tables.csv_text import decoded, read_table
from storymap.services.imports.table_rows import TableRow
from storymap.story.problem import CannotRead
from storymap.story.storyfile import Toponym
from tests.factories import chapter_entry, event_entry, make_published_story, place_entry, story_file

TWO_DECIMALS = {"precision": "point", "radius": 600}  # metres: half of what the last digit stands for
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
TOLD = {
    "title": {"en": "A <b>meeting</b> & more"},
    "summary": {"en": "They meet.\nNothing is agreed."},
    "date": "1997-02-01~",
    "time": "15:23",
    "status": "alleged",
    "attributed_to": {"en": "the “Gazette”"},
    "note": {"en": "=1+1"},
    "place": "harbour",
}
HARBOUR = {
    "name": {"en": "Harbour"},
    "kind": "port",
    "country": "PE",
    "address": "Calle 1",
    "lat": -12.06,
    "lng": -77.15,
    "precision": "street",
    "radius": 250.0,
    "coordinate_source": "own survey",
}


def table_rows(text: str, kind: str = "") -> list[TableRow]:
    table = read_table(text)
    kind = kind or guessed_kind(table.header)
    return table_rows_of(table, kind, guessed_fields(table.header, kind))


@pytest.fixture
def saved(db: None, client: Client) -> Any:
    """Downloads of a story with one event at one place."""
    entry, place = event_entry(**TOLD), place_entry("harbour", **HARBOUR)
    chapter = chapter_entry(moments=story_file().chapters[0].moments)
    make_published_story(events=(entry,), places=(place,), chapters=(chapter,))
    return lambda ending: client.get(f"/stories/a-story/downloads/{ending}").content


def told() -> dict[str, Any]:
    values = {name: text["en"] if isinstance(text, dict) else text for name, text in TOLD.items()}
    values |= {"slug": "meeting"}
    return {name: value for name, value in values.items() if name != "place"}


@pytest.mark.parametrize("ending", ["geojson", "kml", "csv"])
def test_a_downloads_events_come_back_with_their_place(saved: Any, ending: str) -> None:
    (table_row,) = table_rows(table_of_file(saved(ending)).text)
    assert table_row.problems == ()
    assert {name: value for name, value in table_row.values.items() if name != "sources"} == told()
    where = {"name": "Harbour", "latitude": -12.06, "longitude": -77.15, "country": "PE", **TWO_DECIMALS}
    assert table_row.place is not None and table_row.place.values == where
    assert [mention.names or mention.fields["title"] for mention in table_row.values["sources"]] == [
        "The gazette" if ending == "kml" else ("gazette",)
    ]


@pytest.mark.parametrize(
    ("ending", "without"),
    [("geojson", set()), ("kml", set()), ("lpf.json", {"address"})],
)
def test_a_downloads_places_come_back(saved: Any, ending: str, without: set[str]) -> None:
    (table_row,) = table_rows(table_of_file(saved(ending), "places").text, "places")
    place = {**HARBOUR, "name": "Harbour", "latitude": -12.06, "longitude": -77.15, "slug": "harbour"}
    assert table_row.problems == ()
    assert table_row.values == {name: value for name, value in place.items() if name not in {"lat", "lng", *without}}


def test_what_stays_behind_is_said(saved: Any) -> None:
    assert "places first" in " ".join(table_of_file(saved("geojson")).notes)
    assert "as events" in " ".join(table_of_file(saved("geojson"), "places").notes)
    assert table_of_file(saved("csv")).notes == ()
    (left,) = table_of_file(saved("lpf.json")).notes
    assert left == "Left out, because no column can hold it: descriptions, citations."


SLIDES = {
    "storymap": {
        "slides": [
            {"type": "overview", "text": {"headline": "The title"}, "location": {"lat": 1, "lon": 2}},
            {
                "date": "22 April 1997",
                "location": {"lat": -12.0914, "lon": -77.0494, "name": "Residence", "line": True, "zoom": 10},
                "media": {"url": "https://example.org/p.jpg", "caption": "", "credit": ""},
                "text": {"headline": "The <em>end</em>", "text": "<p>One &amp; two.</p><p>Three.</p>"},
            },
            {"text": {"headline": "Somewhere"}, "location": None},
        ]
    }
}


def test_the_slides_of_a_storymapjs_become_events() -> None:
    found = table_of_file(json.dumps(SLIDES).encode())
    first, second = table_rows(found.text, "events")
    summary = "One & two.\nThree."
    assert first.values == {"title": "The end", "date": "1997-04-22", "summary": summary}
    assert first.place is not None
    assert first.place.values == {
        "name": "Residence",
        "latitude": -12.0914,
        "longitude": -77.0494,
        "precision": "point",
        "radius": 10,
    }
    assert (second.values, second.place) == ({"title": "Somewhere"}, None)
    assert found.notes == ("The title slide and the pictures were left out.",)


def test_geojson_of_others_gives_its_properties_as_columns() -> None:
    point = {"type": "Point", "coordinates": [-77.15, -12.06, 3]}
    area = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    words = {"Nombre": "Callao", "country": "Perú", "tags": ["a", "b"], "depth": 3, "more": {"x": 1}, "none": None}
    shapes = [{"geometry": point, "properties": words}, {"geometry": area, "properties": {}}]
    found = table_of_file(json.dumps({"type": "FeatureCollection", "features": shapes}).encode())
    assert read_table(found.text).header == ("latitude", "longitude", "Nombre", "country", "tags", "depth")
    assert table_rows(found.text)[0].values == {
        "name": "Callao",
        "country": "PE",
        "latitude": -12.06,
        "longitude": -77.15,
        **TWO_DECIMALS,
    }
    assert found.notes == ("1 line or area was left out.", "Left out, because no column can hold it: more.")


def point(*coordinates: Any, **words: Any) -> dict[str, Any]:
    return {"geometry": {"type": "Point", "coordinates": list(coordinates)}, "properties": words}


@pytest.mark.parametrize(
    ("geometry", "note"),
    [
        ({"type": "Point", "coordinates": ["2.17", "41.38"]}, None),
        ({"type": "Point", "coordinates": [2.17, 41.38, 120.5]}, None),
        ({"type": "MultiPoint", "coordinates": [[2.17, 41.38]]}, None),
        (
            {"type": "MultiPoint", "coordinates": [[2.17, 41.38], [2.2, 41.4]]},
            "only the first point is imported: “Here”.",
        ),
        ({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [2.17, 41.38]}]}, None),
        (
            {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
                    {"type": "Point", "coordinates": [2.17, 41.38]},
                ],
            },
            "only the first point is imported: “Here”.",
        ),
    ],
)
def test_a_position_is_found_wherever_geojson_keeps_it(geometry: dict[str, Any], note: str | None) -> None:
    feature = {"type": "Feature", "geometry": geometry, "properties": {"name": "Here"}}
    found = table_of_file(json.dumps(feature).encode())
    (table_row,) = table_rows(found.text, "places")
    assert (table_row.values["latitude"], table_row.values["longitude"]) == (41.38, 2.17)
    assert [said.endswith(note or "") for said in found.notes] == ([True] if note else [])


@pytest.mark.parametrize("coordinates", [["here", "there"], [None, None], [2.17], [], "2.17 41.38", [True, False]])
def test_a_position_that_cannot_be_read_is_said(coordinates: Any) -> None:
    feature = {"geometry": {"type": "Point", "coordinates": coordinates}, "properties": {"name": "Here"}}
    found = table_of_file(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    assert found.notes == ("The position cannot be read, and is left out: “Here”.",)
    assert table_rows(found.text, "places")[0].values == {"name": "Here"}


def test_so_it_is_in_kml_and_in_a_storymapjs() -> None:
    marks = (
        "<kml><Placemark><name>A</name><Point><coordinates>x,y</coordinates></Point></Placemark>"
        "<Placemark><name>B</name><MultiGeometry><Point><coordinates>1,2</coordinates></Point>"
        "<Point><coordinates>3,4</coordinates></Point></MultiGeometry></Placemark></kml>"
    )
    found = table_of_file(marks.encode(), "places")
    assert [table_row.has_position for table_row in table_rows(found.text, "places")] == [False, True]
    assert "“B”" in found.notes[0] and "“A”" in found.notes[1]
    slide = {"text": {"headline": "A"}, "location": {"lat": "41.38", "lon": "2.17"}}
    lost = {"text": {"headline": "B"}, "location": {"lat": "north", "lon": 2}}
    found = table_of_file(json.dumps({"storymap": {"slides": [slide, lost]}}).encode())
    first, second = table_rows(found.text, "events")
    assert first.place is not None and first.place.values["latitude"] == 41.38 and second.place is None
    assert "“B”" in found.notes[0]


def test_further_names_of_our_own_are_said_to_stay_behind(client: Client, db: None) -> None:
    make_published_story(places=(place_entry(toponyms=(Toponym(name="Plaza"),)),))
    geojson = client.get("/stories/a-story/downloads/geojson").content
    assert "Left out, because no column can hold it: toponyms." in table_of_file(geojson, "places").notes


def test_half_a_character_is_no_reason_to_fall_over() -> None:
    words = '{"title": "A \\ud800", "\\ud801": "x", "\\u0000": "y", "more": {"\\ud800": 1}, '
    words += '"sources": [{"title": "B \\udc00"}]}'
    data = f'{{"type": "Feature", "id": "event/a", "geometry": null, "properties": {words}}}'
    found = table_of_file(data.encode())
    (table_row,) = table_rows(found.text, "events")
    assert table_row.values["title"] == "A �" and table_row.values["sources"][0].fields == {"title": "B �"}
    "".join(found.notes).encode()
    assert "\x00" not in found.text


MARKS = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://earth.google.com/kml/2.1"><Document><name>All</name><Placemark><Style><name>s</name></Style>
<name>=Port</name><description><![CDATA[Old<br>quay]]></description><TimeSpan><begin>1996-12-17T20:20:00Z</begin></TimeSpan>
<Point><coordinates> -77.15,-12.06,0 </coordinates></Point></Placemark>
<Placemark><name>Way</name><LineString><coordinates>0,0 1,1</coordinates></LineString></Placemark></Document></kml>"""


def zipped(name: str, text: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("images/icon.png", b"")
        archive.writestr(name, text, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def test_a_placemark_before_christ_keeps_its_year() -> None:
    time = "<TimeStamp><when>-0043-03-15T00:00:00Z</when></TimeStamp>"
    marks = re.sub("<TimeSpan>.*</TimeSpan>", time, MARKS)
    assert "-0043-03-15" in table_of_file(marks.encode()).text


@pytest.mark.parametrize("data", [MARKS.encode(), MARKS.encode("utf-16"), zipped("doc.kml", MARKS)])
def test_placemarks_of_others_become_rows(data: bytes) -> None:
    found = table_of_file(data)
    (table_row,) = table_rows(found.text, "events")
    assert table_row.values == {"title": "=Port", "summary": "Old\nquay", "date": "1996-12-17/.."}
    assert table_row.place is not None and table_row.place.values["latitude"] == -12.06
    assert found.notes == ("1 line or area was left out.",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"type": "FeatureCollection",\n "features": [}', "Line 2: this is no JSON"),
        (b'{"type": "Topology"}', "is no map"),
        (b'{"type": "FeatureCollection", "features": []}', "no place and no event"),
        (b'{"a":' * 100_000, "cannot be read"),
        (b"<kml>\n<a></kml>", "Line 2: this is no XML"),
        (b"<gpx/>", "is no KML"),
        (b'<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "declares types or entities"),
        (zipped("sheet.xml", "<x/>"), "This is a workbook"),
        (zipped("doc.kml", " " * (5 * 1024 * 1024 + 1)), "larger than 5 MB"),
    ],
)
def test_what_is_no_map_is_said(data: bytes, said: str) -> None:
    with pytest.raises(CannotRead, match=said):
        table_of_file(data)


def test_a_damaged_kmz_is_refused() -> None:
    data = zipped("doc.kml", MARKS * 9)
    begin = data.index(b"doc.kml") + len(b"doc.kml")
    with pytest.raises(CannotRead):
        table_of_file(data[:begin] + b"\xff" * 20 + data[begin + 20 :])


@pytest.mark.parametrize(
    ("description", "text"),
    [("<b>" * 200 + "x", "x"), ("<a" * 2000, None), ("<a " * 2000, None), ("a &lt; b &amp; c", "a < b & c")],
)
def test_any_description_is_text(description: str, text: str | None) -> None:
    slide = {"text": {"headline": "Port", "text": description}, "location": None}
    (table_row,) = table_rows(table_of_file(json.dumps({"storymap": {"slides": [slide]}}).encode()).text, "events")
    assert table_row.values == {"title": "Port", **({"summary": text} if text else {})}


@given(ANYTHING, ANYTHING, ANYTHING, st.sampled_from(["", "places", "events"]))
def test_a_map_of_anything_is_a_table_or_refused(geometry: Any, properties: Any, slide: Any, kind: str) -> None:
    feature = {"id": "event/a", "geometry": geometry, "properties": properties, "types": slide}
    other = {"geometry": {"type": "Point", "coordinates": properties}, "properties": geometry}
    for whole in ({"type": "FeatureCollection", "features": [feature, other]}, {"storymap": {"slides": [slide]}}):
        try:
            table_rows(table_of_file(json.dumps(whole).encode(), kind).text)
        except CannotRead as refused:
            assert refused.problems


def test_a_table_stays_a_table() -> None:
    assert table_of_file(b"name,lat\n<b>,{").text == decoded(b"name,lat\n<b>,{")
