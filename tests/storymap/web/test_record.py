"""What no chapter tells has a page of its own, and is in the data and the files."""

from __future__ import annotations

import csv
import html as markup
import io
import json
import re

import pytest
from django.test import Client
from lxml import html

from storymap.models import Story
from storymap.selectors.editions import published_story
from storymap.services.publishing.publish import publish, withdraw
from storymap.services.stories.copies import copy_story
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.slugs import rename_story
from storymap.story.storyfile import listed_in
from tests.factories import event_entry, make_published_story, place_entry, story_file

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
LISTED = (event_entry("aside", title={"en": "An aside"}, place="cellar", date="1990"), event_entry("gap", date=""))
PLACES = (place_entry(), place_entry("cellar", name={"en": "The cellar"}))
PATH = "/stories/a-story/also-in-the-record/"


def make_story_with_record() -> Story:
    return make_published_story(events=(event_entry(), *LISTED), places=PLACES)


@pytest.mark.parametrize("language", ["en", "es", "ja"])
def test_every_event_that_no_chapter_tells_is_on_the_page(client: Client, lima: Story, language: str) -> None:
    prefix = "" if language == "en" else f"/{language}"
    path = f"{prefix}/stories/lima-1996-97/also-in-the-record/"
    page = client.get(path).content.decode()
    document = published_story("lima-1996-97", language).document
    whole = document.with_record()
    assert len(document.listed) == 24 and document.listed[0].slug == "barrios-altos-1991"
    assert re.findall(r'class="moment" id="([^"]+)"', page) == [event.slug for event in document.listed]
    for event in document.listed:
        (item,) = re.findall(rf'<li class="moment" id="{event.slug}".*?</ol>\s*</details>', page, flags=re.S)
        text = markup.unescape(item)
        for expected in (event.title, event.summary, event.note, event.attributed_to):
            assert expected in text, event.slug
        assert 'class="moment-when"' in item and 'class="status"' in item
        assert item.count("<li>") == len(event.citations) > 0
        assert not event.place or whole.places[event.place].name in text
        assert "<button" not in item, "there is no map to show it on"
    assert f'<link rel="canonical" href="{SITE}{path}">' in page
    assert f'href="{path}"' in client.get(f"{prefix}/stories/lima-1996-97/").content.decode()


def test_it_is_found_from_the_story_and_by_search_engines(client: Client) -> None:
    make_story_with_record()
    tree = html.fromstring(client.get("/stories/a-story/").content)
    assert tree.xpath("//footer//a/@href")[0] == PATH
    assert PATH in tree.xpath("//*[@data-contents]//a/@href")
    assert f"<loc>{SITE}{PATH}</loc>" in client.get("/sitemap.xml").content.decode()
    response = client.get(PATH)
    again = client.get(PATH, headers={"if-none-match": response["ETag"]})
    assert (response.status_code, again.status_code) == (200, 304)


def test_it_is_in_the_data_and_in_every_file(client: Client) -> None:
    make_story_with_record()
    told = client.get("/api/stories/a-story/").json()
    assert [event["slug"] for event in told["events"]] == ["meeting"]
    aside, gap = told["also_recorded"]
    assert (aside["slug"], aside["chapters"], aside["url"]) == ("aside", [], f"{SITE}{PATH}#aside")
    assert aside["place"]["name"] == "The cellar" and gap["slug"] == "gap"

    def file(ending: str) -> str:
        return client.get(f"/stories/a-story/downloads/{ending}").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(file("csv"))))
    assert [(row["slug"], row["chapter"]) for row in rows] == [
        ("meeting", "The beginning"),
        ("aside", "Also in the record"),
        ("gap", "Also in the record"),
    ]
    features = {feature["id"]: feature["properties"] for feature in json.loads(file("geojson"))["features"]}
    assert features["event/aside"]["chapter"] == "Also in the record" and "place/cellar" in features
    assert 'id="event-aside"' in file("kml") and 'id="place-cellar"' in file("kml")
    assert "An aside" in file("lpf.json")
    page = html.fromstring(file("html"))
    assert page.xpath("//section[@id='also-in-the-record']//li[@class='moment']/@id") == ["aside", "gap"]
    assert page.xpath("//footer//a[@href='#also-in-the-record']")


def test_it_is_frozen_with_the_edition_and_copied_with_the_story(client: Client) -> None:
    story = make_story_with_record()
    assert set(copy_story(story=story, by=None).also_recorded.values_list("slug", flat=True)) == {"aside", "gap"}
    save_story_file(file=story_file(), media={})
    assert not story.also_recorded.exists() and client.get(PATH).status_code == 200
    publish(story=story, by=None)
    assert client.get(PATH).status_code == 404, "chapters tell all there is"
    assert "also-in-the-record" not in client.get("/stories/a-story/").content.decode()


def test_it_moves_and_goes_with_its_story(client: Client) -> None:
    story = make_story_with_record()
    rename_story(story=story, slug="another")
    moved = client.get(PATH)
    assert (moved.status_code, moved["Location"]) == (301, PATH.replace("a-story", "another"))
    withdraw(story=story, by=None)
    assert client.get(PATH.replace("a-story", "another")).status_code == 410


def test_a_story_file_and_its_history_hold_it(db: None) -> None:
    story = make_story_with_record()
    assert listed_in(story_file(events=(event_entry(), *LISTED))) == {"aside", "gap"}
    event = story.also_recorded.get(slug="aside")
    before = Story.objects.get().version
    changed = (event_entry(), event_entry("aside", title={"en": "Changed"}, place="cellar", date="1990"), LISTED[1])
    save_story_file(file=story_file(events=changed, places=PLACES), media={})
    assert Story.objects.get().version == before + 1, "what it shows has changed"
    assert story.also_recorded.filter(pk=event.pk).exists()
