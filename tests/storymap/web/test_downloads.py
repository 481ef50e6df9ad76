"""A story to take away: every file is read by another reader, says its edition, and holds hostile text as text."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from lxml import etree, html

from storymap.formats.tables.csv_text import plain_cell
from storymap.models import Story
from storymap.pages.downloads import FORMATS
from storymap.services.publishing.publish import withdraw
from storymap.services.stories.slugs import rename_story
from tests.everything import ROOT, node
from tests.factories import chapter_entry, event_entry, make_published_story, place_entry, source_entry
from tests.security.hostile import TEXTS

PAGE = "/stories/a-story/downloads/"
KML = {"k": "http://www.opengis.net/kml/2.2"}
ENDINGS = [kind.ending for kind in FORMATS]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def get(client: Client, ending: str, story: str = "a-story") -> HttpResponse:
    response = client.get(f"/stories/{story}/downloads/{ending}")
    assert response.status_code == 200, ending
    return response


def data(client: Client, ending: str, story: str = "a-story") -> Any:
    return json.loads(get(client, ending, story).content)


def kml(client: Client, query: str, story: str = "a-story") -> list[Any]:
    return etree.fromstring(get(client, "kml", story).content).xpath(query, namespaces=KML)


def rows(client: Client, story: str = "a-story") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get(client, "csv", story).content.decode("utf-8-sig"))))


def test_the_page_lists_every_file_and_each_is_saved_and_not_shown(client: Client) -> None:
    make_published_story()
    links = html.fromstring(client.get(PAGE).content).xpath("//a[@download]")
    assert [link.get("href") for link in links] == [f"{PAGE}{ending}" for ending in ENDINGS]
    for link, ending in zip(links, ENDINGS, strict=True):
        response = get(client, ending)
        assert response["Content-Disposition"] == f'attachment; filename="{link.get("download")}"'
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["X-Content-Type-Options"] == "nosniff"
        again = client.get(link.get("href"), headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_what_is_withdrawn_or_unknown_is_not_to_be_had(client: Client) -> None:
    story = make_published_story()
    assert client.get(f"{PAGE}docx").status_code == 404
    rename_story(story=story, slug="another")
    moved = client.get(f"{PAGE}kml")
    assert (moved.status_code, moved["Location"]) == (301, "/stories/another/downloads/kml")
    withdraw(story=story, by=None)
    paths = ("/stories/another/downloads/", "/stories/another/downloads/zip", PAGE)
    assert [client.get(path).status_code for path in paths] == [410, 410, 404]


def test_geojson_has_places_events_and_which_edition_it_is(client: Client, lima: Story) -> None:
    told = data(client, "geojson", "lima-1996-97")
    assert (told["type"], told["edition"], told["licence"]) == ("FeatureCollection", 1, "CC-BY-SA-4.0")
    kinds = [feature["properties"]["kind"] for feature in told["features"]]
    events = {moment.event_id for chapter in lima.chapters.all() for moment in chapter.moments.all()}
    listed = lima.also_recorded.count()
    assert listed and kinds.count("event") == len(events) + listed and kinds.count("place") > 20 and "area" in kinds
    assert len({feature["id"] for feature in told["features"]}) == len(kinds)
    dead = next(feature for feature in told["features"] if feature["id"] == "event/iacourt-judgment")
    assert dead["properties"]["status"] == "documented" and dead["properties"]["sources"]
    assert dead["properties"]["support"] == "primary"


def test_kml_has_a_time_and_a_position_for_each_event(client: Client, lima: Story) -> None:
    story = "lima-1996-97"
    marks = kml(client, "//k:Folder[@id='events']/k:Placemark", story)
    told = [f for f in data(client, "geojson", story)["features"] if f["properties"]["kind"] == "event"]
    assert len(marks) == len(told)
    day = kml(client, "//k:Placemark[@id='event-raid-begins']/k:TimeStamp/k:when/text()", story)
    assert day == ["1997-04-22"]
    for mark in marks:  # in the order that the schema asks for
        order = [child.tag.rpartition("}")[2] for child in mark]
        known = ["name", "description", "TimeStamp", "TimeSpan", "ExtendedData", "Point", "LineString"]
        assert order == sorted(order, key=known.index)


def test_other_peoples_readers_find_the_same_in_kml(client: Client, tmp_path: Path) -> None:
    """As served by a site that also writes its sitemap; `<` and `&` stay what they are, and HTML is shown as text."""
    words = {"summary": {"en": "Salt & pepper, 3 < 4"}, "note": {"en": "Tom & Jerry <tj@example.org>"}}
    make_published_story(events=(event_entry(**words),), places=(place_entry(address="<b>1</b>"),))
    client.get("/sitemap.xml")
    (tmp_path / "a.kml").write_bytes(get(client, "kml").content)
    command = [*node(), str(ROOT / "tests" / "js" / "read-kml.mjs"), str(tmp_path / "a.kml")]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert set(found) == {"tmcw", "mapbox"}
    for place, event in found.values():
        assert place["properties"]["name"] == "The square"
        assert place["geometry"]["coordinates"][:2] == event["geometry"]["coordinates"][:2] == [-77.03, -12.05]
        assert event["properties"]["description"] == words["summary"]["en"]
        assert event["properties"]["note"] == words["note"]["en"]
        assert "&lt;b&gt;1&lt;/b&gt;" in json.dumps(place["properties"]["description"])


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("1996-12", ["TimeStamp", "1996-12"]),
        ("1915-24", ["TimeStamp", "1915"]),  # no season is made into months
        ("185X", ["TimeSpan", "1850", "1859"]),
        ("-0043-03-15", ["TimeStamp", "-0043-03-15"]),
        ("[..1849-12-31]", ["TimeSpan", "1849-12-31"]),
        ("", []),
    ],
)
def test_kml_is_no_more_exact_than_the_date(client: Client, date: str, written: list[str]) -> None:
    make_published_story(events=(event_entry(date=date),))
    times = kml(client, "//k:Folder[@id='events']/k:Placemark/*[self::k:TimeStamp or self::k:TimeSpan]")
    assert [part for time in times for part in (time.tag.rpartition("}")[2], *(e.text for e in time))] == written


def test_the_table_can_be_read_as_it_was_meant(client: Client) -> None:
    title = '=HYPERLINK("http://evil.example")'
    make_published_story(events=(event_entry(title={"en": title}),))
    (row,) = rows(client)
    assert row["title"] == f"'{title}" and plain_cell(row["title"]) == title
    assert (row["latitude"], row["longitude"], row["status"]) == ("-12.05", "-77.03", "documented")


def test_files_say_on_how_little_a_statement_rests(client: Client) -> None:
    make_published_story(sources=(source_entry(type="entry-encyclopedia"),))
    (event,) = [f for f in data(client, "geojson")["features"] if f["properties"]["kind"] == "event"]
    assert event["properties"]["support"] == rows(client)[0]["support"] == "one-secondary"
    assert kml(client, "//k:Data[@name='support']/k:value/text()") == ["one-secondary"]


def test_linked_places_names_places_and_what_happened_there(client: Client) -> None:
    make_published_story(places=(place_entry(),))
    (place,) = data(client, "lpf.json")["features"]
    assert place["@id"] == "http://testserver/stories/a-story/#place/square"
    assert place["names"] == [{"toponym": "The square", "lang": "en"}]
    assert place["descriptions"] == [{"value": "A meeting (17 December 1996)", "lang": "en"}]
    assert place["citations"] == [{"label": "The gazette"}]


def test_linked_places_claim_neither_certainty_nor_a_time_that_nobody_has_stated(client: Client) -> None:
    """A building whose house is not resolved is not certain, and a square is older than what happened on it."""
    make_published_story(places=(place_entry(precision="building", radius=150, coordinate_source="Not resolved."),))
    (place,) = data(client, "lpf.json")["features"]
    assert place["geometry"] == {"type": "Point", "coordinates": [-77.03, -12.05]}
    assert "when" not in place
    assert place["properties"]["radius_m"] == 150 and place["properties"]["coordinate_source"] == "Not resolved."


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_text_in_every_file(client: Client, name: str) -> None:
    said = " ".join(TEXTS[name].split())[:150]
    words = {"en": said}
    make_published_story(
        title=words,
        chapters=(chapter_entry(title=words),),
        events=(event_entry(title=words, summary=words, attributed_to=words),),
        places=(place_entry(name=words, address=said),),
    )
    titles = [f["properties"].get("title") or f["properties"].get("name") for f in data(client, "geojson")["features"]]
    assert titles == [said, said]
    assert kml(client, "//k:Placemark/k:name/text()") == [said, said]
    shown = html.fromstring(f"<p>{kml(client, '//k:Placemark/k:description/text()')[-1]}</p>")
    assert shown.text_content().split() == said.split() and len(shown) == 0, "a balloon shows it as it is"
    assert [plain_cell(row["title"]) for row in rows(client)] == [said]
    assert data(client, "lpf.json")["features"][0]["names"][0]["toponym"] == said
    page = html.fromstring(get(client, "html").content)
    assert said in page.findtext(".//h1") and page.xpath("//*[@onload or @onerror or @onmouseover]") == []
