"""Telling a story from one page: a story begun with a title, and a chapter with what happens in it, in one save."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max

from places.geo import LatLng
from places.models import Citation, Event, Place, Source, SourceType
from places.references import read_reference
from storymap.models import Chapter, Illustration, Moment, Story
from storymap.services.accounts.actor import Actor
from storymap.services.history.revisions import add_revision
from storymap.services.history.versions import changing, changing_part
from storymap.services.media.files import Storing
from storymap.services.media.pictures import Encoded
from storymap.services.publishing.rules.chapters import RESERVED
from storymap.services.stories.slugs import free_slug
from storymap.story.storyfile import StoryFile


@dataclass(frozen=True)
class NewPlace:
    """A place that a search has found. `credit` says where the coordinates come from."""

    name: str
    at: LatLng
    country: str
    precision: str
    radius: float = 0  # metres
    credit: str = ""


@dataclass(frozen=True)
class NewMoment:
    title: str
    summary: str
    date: str  # EDTF
    time: str  # local HH:MM
    status: str
    attributed_to: str
    place: Place | NewPlace | None
    source: str  # an address, or a line that names it


@dataclass(frozen=True)
class PictureWords:
    """What goes with a picture. `encoded` is None when the chapter's picture stays the one it is."""

    encoded: Encoded | None
    alt: str
    decorative: bool
    caption: str
    credit: str
    licence: str


@dataclass(frozen=True)
class ChapterWords:
    language: str
    title: str
    narration: str
    moment: NewMoment | None = None
    picture: PictureWords | None = None


@transaction.atomic
def begin_story(*, title: str, standfirst: str, language: str, by: Actor) -> Story:
    """A draft without chapters."""
    slug = free_slug(title, Story.objects.all(), "story")
    story = Story(slug=slug, default_language=language)
    story.set_current_language(language)
    story.title, story.standfirst = title, standfirst
    story.full_clean()
    story.save()
    add_revision(story, by=by, what="")
    return story


def tell_chapter(*, story: Story, words: ChapterWords, chapter: Chapter | None, by: Actor, seen: int) -> Chapter:
    """The chapter as written, a new one when None. Raises Stale when somebody else has changed since version `seen`
    what it would overwrite."""
    overwritten = partial(told_of, chapter.slug if chapter else "", words.language)
    shown = [chapter.illustration] if words.picture and chapter and chapter.illustration else []
    with (
        Storing() as storing,
        changing(story, by=by, what=words.title, seen=seen, resting_on=overwritten, parts=shown),
    ):
        if words.picture and words.picture.encoded:
            storing.keep(words.picture.encoded.contents)
        chapter = chapter or _new_chapter(story, words)
        chapter.set_current_language(words.language)
        chapter.title, chapter.narration = words.title, words.narration
        if words.picture:
            chapter.illustration = _illustration(chapter, words.picture, words, by)
        chapter.full_clean(validate_unique=False)
        chapter.save()
        if words.moment:
            position = (chapter.moments.aggregate(last=Max("position"))["last"] or 0) + 1
            Moment.objects.create(chapter=chapter, event=_event(words.moment, words.language), position=position)
    return chapter


def _new_chapter(story: Story, words: ChapterWords) -> Chapter:
    number = story.chapters.count() + 1
    slug = free_slug(words.title, story.chapters.all(), f"chapter-{number}")
    return Chapter(story=story, slug=f"chapter-{slug}" if slug in RESERVED else slug, position=number)


def told_of(chapter: str, language: str, story: StoryFile) -> tuple[Any, ...] | None:
    """What this page shows of a chapter, and overwrites: its words, and those of its picture. None: no such chapter."""
    entry = next((entry for entry in story.chapters if entry.slug == chapter), None)
    if entry is None:
        return None
    pictures = [
        (p.slug, p.alt.get(language), p.caption.get(language), p.decorative, p.credit, p.licence)
        for p in story.illustrations
        if p.slug == entry.illustration
    ]
    return entry.title.get(language), entry.narration.get(language), pictures


def _illustration(chapter: Chapter, picture: PictureWords, words: ChapterWords, by: Actor) -> Illustration:
    row = chapter.illustration
    if picture.encoded or row is None:
        row = Illustration(slug=free_slug(words.title, Illustration.objects.all(), "picture"))
    with changing_part(row, by=by, what=words.title):
        _describe(row, picture, words.language)
    return row


def _describe(row: Illustration, picture: PictureWords, language: str) -> None:
    row.set_current_language(language)
    if picture.encoded:
        row.file, row.files = picture.encoded.name, picture.encoded.columns()
    row.alt, row.caption = picture.alt, picture.caption
    row.decorative, row.credit, row.licence = picture.decorative, picture.credit, picture.licence
    row.full_clean(validate_unique=False)
    row.save()


def _event(moment: NewMoment, language: str) -> Event:
    event = Event(slug=free_slug(moment.title, Event.objects.all(), "event"), status=moment.status)
    event.set_current_language(language)
    event.title, event.summary, event.attributed_to = moment.title, moment.summary, moment.attributed_to
    event.date, event.time = moment.date, moment.time
    event.place = _place(moment.place, language) if isinstance(moment.place, NewPlace) else moment.place
    event.full_clean(validate_unique=False)
    event.save()
    if moment.source:
        Citation.objects.create(event=event, source=_source(moment.source))
    return event


def _place(new: NewPlace, language: str) -> Place:
    place = Place(slug=free_slug(new.name, Place.objects.all(), "place"), country=new.country)
    place.set_current_language(language)
    place.name, place.precision, place.coordinate_source = new.name, new.precision, new.credit
    place.latitude, place.longitude = new.at.lat, new.at.lng
    place.radius = new.radius
    place.full_clean(validate_unique=False)
    place.save()
    return place


def _source(text: str) -> Source:
    """The source of that address, title or reference, made when there is none."""
    told = _told(text)
    same = {"url": told["url"]} if told.get("url") else {"title__iexact": told["title"], "issued": told["issued"]}
    if found := Source.objects.filter(**same).order_by("pk").first():
        return found
    slug = free_slug(told["title"].partition("://")[2] or told["title"], Source.objects.all(), "source")
    source = Source(slug=slug, **told)
    source.full_clean(validate_unique=False)
    source.save()
    return source


def _told(text: str) -> dict[str, Any]:
    """The fields of the source. A line whose parts are not certain stays whole, as its title."""
    fields = read_reference(text).fields
    kind = SourceType.WEBPAGE if fields.get("url") else SourceType.DOCUMENT
    return {"type": kind, "title": text[:500], "issued": "", **fields}
