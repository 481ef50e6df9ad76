"""What the tests of the data share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import DjangoDbBlocker

from storymap.models import Story
from storymap.story.storyfile import Journey, MomentEntry
from tests.factories import chapter_entry, event_entry, make_published_story, place_entry
from tests.snapshots import Snapshot

EVENTS = (
    event_entry(),
    event_entry(
        "flight", date="1997-01/1997-03", journey=Journey(stops=("square", "fiji"), mode="air"), status="alleged"
    ),
    event_entry("rumour", date="", place=None, status="denied"),
    event_entry("aftermath", date="2001~", place="fiji", status="disputed"),
)


def make_story() -> Story:
    return make_published_story(
        title={"en": "A story", "es": "Una historia"},
        languages=("en", "es"),
        byline={"en": "Ana"},
        credits={"en": "Thanks to *Ben*"},
        events=tuple(replace(event, attributed_to={"en": "Ben"}) for event in EVENTS),
        places=(place_entry(), place_entry("fiji", lat=-18.14, lng=178.44, name={"en": "Suva"})),
        chapters=(chapter_entry(moments=tuple(MomentEntry(event=event.slug) for event in EVENTS)),),
    )


@pytest.fixture(scope="session")
def story_snapshot(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Snapshot:
    with django_db_blocker.unblock():
        return Snapshot.of(make_story)


@pytest.fixture
def story(story_snapshot: Snapshot, db: None) -> Story:
    """A story in two languages, of a meeting, a flight across the antimeridian, a rumour and an aftermath."""
    story_snapshot.restore()
    return Story.objects.get()
