"""A story of more places than SQLite takes alternatives in one expression (1,000): every page of it opens."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from storymap.formats.tables import batches
from storymap.models import Chapter, Story
from storymap.services.publishing.publish import publish
from tests.factories import make_story, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NUMBER = 1100
MOST = 60  # queries of a page, however long the story is


@pytest.fixture
def chapter() -> Chapter:
    """It tells so many events, each at a place of its own; they came in one table."""
    rows = [f"Event {n},{1500 + n % 500},Place {n},{n % 60}.{n:04},{n % 170}.{n:04},PE,gazette" for n in range(NUMBER)]
    text = "\n".join(["title,date,place,lat,lng,country,sources", *rows])
    batch = batches.begin(story=make_story(), name="many.csv", text=text)
    chapter = batches.import_batch(batch, None, None).chapter
    assert chapter is not None and chapter.moments.count() == NUMBER
    chapter.narration = "It goes on."
    chapter.save()
    return chapter


def workshop(story: Story, chapter: Chapter) -> list[str]:
    own, batch = f"/admin/storymap/story/{story.pk}/", story.imports.get().pk
    event, place = chapter.moments.first().event, chapter.moments.first().event.place  # type: ignore[union-attr]
    pages = ("change", "tell", "preview", "history", "publish", "withdraw", "ask-for-review", "copy", "table")
    return [
        *(f"{own}{page}/" for page in pages),
        *(f"{own}tell/?chapter={chapter.slug}", f"{own}publish/?problems=2", f"{own}table/{batch}/"),
        *(f"{own}table/places.csv", f"{own}table/events.csv"),
        *("/admin/storymap/story/", "/admin/storymap/story/calendar/", "/admin/storymap/chapter/"),
        *(f"/admin/storymap/chapter/{chapter.pk}/change/", f"/admin/storymap/chapter/{chapter.pk}/change/?moments=11"),
        *(
            "/admin/places/place/",
            "/admin/places/event/",
            "/admin/places/place/?q=Place",
            "/admin/places/event/?q=1850",
        ),
        *(f"/admin/places/event/{event.pk}/change/", f"/admin/places/place/{place.pk}/change/"),
        *(reverse(f"draft:{name}", args=[story.slug]) for name in ("story", "embed")),
    ]


def published(client: Client, story: Story, chapter: Chapter) -> list[str]:
    own, data = f"/stories/{story.slug}/", f"/api/stories/{story.slug}/"
    downloads = client.get(f"{own}downloads/").content.decode()
    files = sorted(set(re.findall(r'downloads/([\w.-]+)"', downloads)))
    assert len(files) > 5
    return [
        *(own, f"{own}{chapter.slug}/", f"/embed/{story.slug}/", f"{own}downloads/", f"{own}editions/", f"{own}share/"),
        *(f"{own}downloads/{file}" for file in files),
        *(data, f"{data}places.geojson", f"{data}events.geojson", f"{data}editions/"),
    ]


def test_every_page_opens_and_asks_no_more_for_being_long(client: Client, chapter: Chapter) -> None:
    story = chapter.story
    client.force_login(make_user("root", "admin", is_superuser=True))
    asked = {}
    for address in workshop(story, chapter):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        asked[address] = len(queries)
    publish(story=story, by=None)
    for address in published(client, story, chapter):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        asked[address] = len(queries)
    assert {address: number for address, number in asked.items() if number > MOST} == {}
