"""Stories in every state that a story can be in."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from storymap.formats.tables.batches import begin
from storymap.models import Story
from storymap.services.publishing.publish import publish, withdraw
from storymap.services.publishing.review import comment_on
from storymap.services.stories.save_extracts import set_extract
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.stages import StageWords, set_stage_picture
from storymap.story.storyfile import IllustrationEntry, Involvement, PersonEntry, StoryFile
from tests import factories

PLAN = StageWords(alt="A plan", caption="The house", credit="Ana", licence="CC0-1.0")
SPARE = "spare"  # parts that no story tells: they may be deleted
NAMED = "bea"  # the person whom its event names
STATES = ("draft", "scheduled", "published", "edited", "withdrawn")


def png(size: tuple[int, int] = (40, 30), colour: tuple[int, int, int] = (90, 90, 90)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return data.getvalue()


def illustrated(slug: str, **fields: Any) -> StoryFile:
    """A story of three languages with a picture and a person."""
    said = {language: f"{slug} {language}" for language in ("en", "es", "ja")}
    pictures = (
        IllustrationEntry(slug=name, file={"en": "view.png"}, alt={"en": "A view"}, credit="Ana", licence="CC0-1.0")
        for name in ("view", SPARE)
    )
    defaults = {
        "languages": ("en", "es", "ja"),
        "title": said,
        "illustrations": tuple(pictures),
        "people": (PersonEntry(slug=SPARE, name={"en": "Ana"}), PersonEntry(slug=NAMED, name={"en": "Bea"})),
        "places": (factories.place_entry(), factories.place_entry(SPARE)),
        "sources": (factories.source_entry(), factories.source_entry(SPARE)),
        "events": (factories.event_entry(people=(Involvement(person=NAMED),)), factories.event_entry(SPARE)),
        "chapters": (factories.chapter_entry(title=said, illustration="view"),),
    }
    return factories.story_file(slug, **{**defaults, **fields})


def bring_to(state: str, file: StoryFile, media: dict[str, bytes]) -> Story:
    """The story of that file, brought to the state."""
    story = save_story_file(file=file, media=media).story
    set_extract(story=story, name="centre", content=factories.extract_file(), by=None)
    set_stage_picture(story=story, name="plan", language="en", words=PLAN, content=png(), by=None)
    comment_on(chapter=story.chapters.get(), by=None, text="Is this so?")
    begin(story=story, name="table.csv", text="name,lat,lng\nA,1,2")
    if state == "draft":
        return story
    publish(story=story, by=None, at=timezone.now() + timedelta(days=1) if state == "scheduled" else None)
    if state == "withdrawn":
        withdraw(story=story, by=None)
    if state == "edited":
        Story.objects.get(pk=story.pk).translations.filter(language_code="en").update(title="Not yet said")
    return story


def one_of_each() -> dict[str, Story]:
    return {state: bring_to(state, illustrated(state), {"view.png": png()}) for state in STATES}
