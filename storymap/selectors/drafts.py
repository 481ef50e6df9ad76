"""All reading by the preview: the rows as they stand, in the form of the edition that publishing would make now."""

from __future__ import annotations

import hashlib

from django.db.models import Max
from django.utils import timezone

from storymap.models import PreviewLink, Story
from storymap.selectors.editions import EditionRef, PublishedStory
from storymap.story.from_models import read_story
from storymap.story.localizing import localize
from storymap.story.storyfile import to_json


class NoDraft(Exception):
    """No such story, not in this language, or no link (any more). Which of these is nobody's business."""


def draft_of(story: Story, language: str) -> PublishedStory:
    """Raises NoDraft when the story has no title in that language."""
    if language not in story.languages:
        raise NoDraft(language)
    read = read_story(story)
    document = localize(read.file, language, read.pictures)
    newest = story.editions.aggregate(newest=Max("number"))["newest"] or 0
    digest = hashlib.sha256(to_json(document)).hexdigest()
    return PublishedStory(EditionRef(newest + 1, digest, timezone.now()), "", document)


def story_of_link(token: str) -> tuple[Story, PreviewLink]:
    """The one story that the link opens. Raises NoDraft when it is unknown, expired or revoked."""
    link = PreviewLink.objects.of_token(token).valid(timezone.now()).select_related("story").first()
    if link is None:
        raise NoDraft(token)
    return link.story, link
