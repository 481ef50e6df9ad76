"""Rows and story files for tests: plain functions with sensible defaults."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from django.contrib.auth.models import Group, User
from PIL import Image

from places.geo import Bounds, Camera, LatLng
from storymap.maps.ground.extract_file import encode
from storymap.maps.ground.features import Ground, Line
from storymap.models import Illustration, Story
from storymap.services.media.files import Storing
from storymap.services.media.pictures import encoded
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import save_story_file
from storymap.stage import Frame, Spot
from storymap.story.extract_head import Credit
from storymap.story.storyfile import (
    ChapterEntry,
    CitationEntry,
    EventEntry,
    ExtractEntry,
    MomentEntry,
    PlaceEntry,
    SourceEntry,
    StageEntry,
    StoryFile,
)


def place_entry(slug: str = "square", **fields: Any) -> PlaceEntry:
    defaults = {"name": {"en": "The square"}, "kind": "city", "country": "PE", "lat": -12.05, "lng": -77.03}
    return PlaceEntry(**{"slug": slug, "precision": "building", "radius": 50, **defaults, **fields})


def source_entry(slug: str = "gazette", **fields: Any) -> SourceEntry:
    return SourceEntry(**{"slug": slug, "type": "document", "title": "The gazette", **fields})


def event_entry(slug: str = "meeting", **fields: Any) -> EventEntry:
    cited = (CitationEntry(source="gazette"),)
    defaults = {"title": {"en": "A meeting"}, "summary": {"en": "They meet."}, "date": "1996-12-17", "place": "square"}
    return EventEntry(**{"slug": slug, "status": "documented", "citations": cited, **defaults, **fields})


def chapter_entry(slug: str = "beginning", **fields: Any) -> ChapterEntry:
    defaults = {"title": {"en": "The beginning"}, "narration": {"en": "It begins."}}
    camera = Camera(center=LatLng(-12.05, -77.03), zoom=12)  # closer ones need streets
    return ChapterEntry(
        **{"slug": slug, "camera": camera, "moments": (MomentEntry(event="meeting"),), **defaults, **fields}
    )


def story_file(slug: str = "a-story", **fields: Any) -> StoryFile:
    """A small story that may be published."""
    defaults: dict[str, Any] = {
        "title": {"en": "A story"},
        "standfirst": {"en": "What it is about."},
        "licence": "CC-BY-4.0",
        "chapters": (chapter_entry(),),
        "events": (event_entry(),),
        "places": (place_entry(),),
        "sources": (source_entry(),),
    }
    return StoryFile(**{"slug": slug, "default_language": "en", "languages": ("en",), **defaults, **fields})


def photograph(width: int = 40, height: int = 30, kind: str = "JPEG", **how: Any) -> bytes:
    """The file of a picture with as much detail as a photograph."""
    noise, data = Image.effect_noise((width, height), 60), io.BytesIO()
    picture = Image.merge("RGB", (noise, Image.linear_gradient("L").resize((width, height)), noise))
    picture.save(data, kind, **how)
    return data.getvalue()


AROUND_THE_SQUARE = (-77.05, -12.07, -77.01, -12.03)


def extract_file(bounds: tuple[float, float, float, float] = AROUND_THE_SQUARE, **fields: Any) -> bytes:
    """The file of a basemap extract with one street. `fields` are `min_zoom` and those of the credit."""
    west, south, east, north = bounds
    ground = Ground(lines=(Line("local", np.array([(west, south), (east, north)]), "Calle Uno"),))
    zoom = fields.pop("min_zoom", 12.0)
    credit = {"attribution": "© Street mappers", "licence": "ODbL-1.0", "date": "2013", **fields}
    return encode(ground, Bounds(*bounds), zoom, Credit(**credit))


def with_streets(slug: str = "a-story", **fields: Any) -> StoryFile:
    """A story that names the file streets.json as a basemap extract."""
    return story_file(slug, **{"extracts": (ExtractEntry(slug="centre", file="streets.json"),), **fields})


def make_story_with_streets(slug: str = "a-story", content: bytes = b"", **fields: Any) -> Story:
    """A draft."""
    media = {"streets.json": content or extract_file()}
    return save_story_file(file=with_streets(slug, **fields), media=media).story


DOOR, WAY = Spot("point", ((0.25, 0.5),)), Spot("line", ((0.1, 0.2), (0.3, 0.4)))


def staged_file(**fields: Any) -> StoryFile:
    """A chapter on the earth, and one on a plan."""
    plan = StageEntry(
        slug="plan",
        file={"en": "plan.jpg"},
        alt={"en": "A plan of the house"},
        caption={"en": "The house"},
        credit="Ana",
        licence="CC0-1.0",
    )
    moments = (MomentEntry(event="step", spot=DOOR, frame=Frame(0, 0, 0.5, 1)), MomentEntry(event="way", spot=WAY))
    house = chapter_entry("house", stage="plan", frame=Frame(0, 0.25, 1, 1), moments=moments, camera=None)
    events = (event_entry(), event_entry("step"), event_entry("way", title={"en": "The way in"}))
    given: dict[str, Any] = {"stages": (plan,), "chapters": (chapter_entry(), house), "events": events}
    return story_file(**(given | fields))


def make_story(slug: str = "a-story", **fields: Any) -> Story:
    """A draft."""
    return save_story_file(file=story_file(slug, **fields), media={}).story


def make_published_story(slug: str = "a-story", **fields: Any) -> Story:
    story = make_story(slug, **fields)
    publish(story=story, by=None)
    return story


def make_illustration(slug: str = "view", content: bytes = b"", **fields: Any) -> Illustration:
    """A picture of its own; translated fields are those of English."""
    picture = encoded(content or photograph())
    Storing().store(picture.contents)
    words = {"alt": "A view of the square", "credit": "Ana", "licence": "CC0-1.0", **fields}
    row = Illustration(slug=slug)
    row.set_current_language("en")
    for name, value in {"file": picture.name, "files": picture.columns(), **words}.items():
        setattr(row, name, value)
    row.save()
    return row


def make_user(name: str = "ana", *groups: str, **fields: Any) -> User:
    user = User.objects.create_user(name, password="correct horse battery", is_staff=bool(groups), **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user
