"""Every change of a story goes through `changing`, every change of a shared part through `changing_part`.

Both take the next version in the transaction that changes, refuse what rests on an outdated view, and keep a revision.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from places.models import Event, Person, Place, Source, Versioned
from storymap.models import Illustration, Story, StoryRevision
from storymap.rows import story_file_of
from storymap.storyfile import StoryFile, from_json, to_json

Actor = AbstractBaseUser | AnonymousUser | None  # None: the installation itself, at a command line
Part = Place | Event | Person | Source | Illustration


@contextmanager
def changing(story: Story, *, by: Actor, what: str = "", seen: int | None = None) -> Iterator[Story]:
    """A transaction in which the story may be changed. Raises Stale when it was saved since version `seen`.

    `what` is a few words for the history. Nothing is kept where nothing has changed.
    """
    with transaction.atomic():
        keep_before(story)
        story.claim(seen)
        yield story
        keep_revision(story, by=by, what=what)


@contextmanager
def changing_part(part: Part, *, by: Actor, what: str = "", seen: int | None = None) -> Iterator[list[Story]]:
    """The same for a place, event, person, source or illustration, and for every story that shows it."""
    with transaction.atomic():
        stories = list(stories_showing(part)) if part.pk else []
        for story in stories:  # by key, so that two writers never wait for each other
            keep_before(story)
            story.claim()
        if part.pk:
            part.claim(seen)
        yield stories
        for story in stories:
            keep_revision(story, by=by, what=what)


def stories_showing(part: Versioned) -> models.QuerySet[Story]:
    """The stories in which the part is seen, in the order of their keys."""
    told = Event.objects.all()
    match part:
        case Illustration():
            return Story.objects.filter(chapters__illustration=part).distinct().order_by("pk")
        case Event():
            told = told.filter(pk=part.pk)
        case Place():
            told = told.filter(models.Q(place=part) | models.Q(stops__place=part))
        case Person():
            told = told.filter(involvements__person=part)
        case Source():
            told = told.filter(citations__source=part)
    return Story.objects.filter(chapters__moments__event__in=told.values("pk")).distinct().order_by("pk")


def keep_before(story: Story) -> None:
    """The state before the first change that is kept at all: a story may be older than its history."""
    if not story.revisions.exists():
        keep_revision(story, by=None, what="")


def keep_revision(story: Story, *, by: Actor, what: str) -> StoryRevision | None:
    """The story as it stands now; None where the newest revision says the same."""
    source = to_json(story_file_of(Story.objects.get(pk=story.pk)))  # without what was read before the change
    digest = hashlib.sha256(source).hexdigest()
    newest = story.revisions.order_by("-version").first()
    if newest and newest.digest == digest:
        return None
    version = Story.objects.values_list("version", flat=True).get(pk=story.pk)
    name = by.get_username() if by else ""
    kept = {"packed": zlib.compress(source), "digest": digest, "created_at": timezone.now(), "by": name}
    return StoryRevision.objects.create(story=story, version=version, what=what[:200], **kept)


def story_at(story: Story, version: int) -> StoryFile | None:
    """The story as it stood at that version; None when that was before its history."""
    revision = story.revisions.filter(version__lte=version).order_by("-version").first()
    return from_json(revision.source) if revision else None
