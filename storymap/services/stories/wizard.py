"""The story wizard: a new story from a title, and a chapter with its picture and its next moment in one save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from places.geo import LatLng
from places.models import Event, Place, Source, SourceType
from places.references import read_reference
from storymap.models import Chapter, Illustration, Moment, Story
from storymap.services.accounts import Actor
from storymap.services.history.revisions import add_revision
from storymap.services.history.versions import changing, changing_part
from storymap.services.media.files import Storing
from storymap.services.media.pictures import Encoded
from storymap.services.publishing.rules.chapters import RESERVED
from storymap.services.stories.parts import OF_NO_STORY
from storymap.services.stories.record import StoredRecord, Writing, set_picture, write_record
from storymap.services.stories.slugs import free_slug
from storymap.story.from_models import source_entry
from storymap.story.storyfile import CitationEntry, EventEntry, PlaceEntry, SourceEntry, StoryFile


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


def save_chapter(*, story: Story, words: ChapterWords, chapter: Chapter | None, by: Actor, seen: int) -> Chapter:
    """The chapter as written, a new one when None. Raises Stale when somebody else has changed since version `seen`
    what it would overwrite."""
    overwritten = partial(shown_words, chapter.slug if chapter else "", words.language)
    shown = [chapter.illustration] if words.picture and chapter and chapter.illustration else []
    with (
        Storing() as storing,
        changing(story, by=by, what=words.title, seen=seen, resting_on=overwritten, parts=shown),
    ):
        if words.picture and words.picture.encoded:
            storing.store(words.picture.encoded.contents)
        chapter = chapter or _new_chapter(story, words)
        chapter.set_current_language(words.language)
        chapter.title, chapter.narration = words.title, words.narration
        if words.picture:
            chapter.illustration = _illustration(chapter, words.picture, words, by)
        chapter.full_clean(validate_unique=False)
        chapter.save()
        if words.moment:
            position = (chapter.moments.aggregate(last=Max("position"))["last"] or 0) + 1
            Moment.objects.create(chapter=chapter, event=_write_moment(words.moment, words.language), position=position)
    return chapter


def _new_chapter(story: Story, words: ChapterWords) -> Chapter:
    number = story.chapters.count() + 1
    slug = free_slug(words.title, story.chapters.all(), f"chapter-{number}")
    return Chapter(story=story, slug=f"chapter-{slug}" if slug in RESERVED else slug, position=number)


def shown_words(chapter: str, language: str, story: StoryFile) -> tuple[Any, ...] | None:
    """What the wizard shows of a chapter and overwrites: its words and its picture's. None: there is no such one."""
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
        set_picture(row, language, picture.encoded)
    row.alt, row.caption = picture.alt, picture.caption
    row.decorative, row.credit, row.licence = picture.decorative, picture.credit, picture.licence
    row.full_clean(validate_unique=False)
    row.save()


def _write_moment(moment: NewMoment, language: str) -> Event:
    """The event of the moment, with its place and its source where they are new. Raises ValidationError."""
    known = StoredRecord()
    new: dict[str, Any] = {}
    place = moment.place
    if isinstance(place, NewPlace):
        new["places"] = (_place_entry(place, language),)
    elif place:
        known.read("places", [place.slug])
    if moment.source:
        source, is_new = _source_entry(moment.source)
        if is_new:
            new["sources"] = (source,)
        else:
            known.read("sources", [source.slug])
    event = EventEntry(
        slug=free_slug(moment.title, Event.objects.all(), "event"),
        title={language: moment.title},
        summary={language: moment.summary} if moment.summary else {},
        attributed_to={language: moment.attributed_to} if moment.attributed_to else {},
        date=moment.date,
        time=moment.time or None,
        status=moment.status,
        place=new["places"][0].slug if "places" in new else place.slug if isinstance(place, Place) else None,
        citations=(CitationEntry(source=source.slug),) if moment.source else (),
    )
    writing = Writing()
    written = write_record(replace(OF_NO_STORY, events=(event,), **new), {}, writing, known)
    if writing.problems:
        raise ValidationError([problem.what for problem in writing.problems])
    return cast(Event, written.row("events", event.slug))


def _place_entry(new: NewPlace, language: str) -> PlaceEntry:
    return PlaceEntry(
        slug=free_slug(new.name, Place.objects.all(), "place"),
        name={language: new.name},
        kind="other",
        country=new.country,
        lat=new.at.lat,
        lng=new.at.lng,
        precision=new.precision,
        radius=new.radius,
        coordinate_source=new.credit,
    )


def _source_entry(text: str) -> tuple[SourceEntry, bool]:
    """The source of that address, title or reference, and whether it is new."""
    fields = _source_fields(text)
    url, title = fields.get("url"), fields["title"]
    same = {"url": url} if url else {"title__iexact": title, "issued": fields["issued"]}
    if known := Source.objects.filter(**same).order_by("pk").first():
        return source_entry(known), False
    slug = free_slug(title.partition("://")[2] or title, Source.objects.all(), "source")
    return source_entry(Source(slug=slug, **fields)), True


def _source_fields(text: str) -> dict[str, Any]:
    """What the line says of the source. A line whose parts are not certain stays whole, as its title."""
    fields = read_reference(text).fields
    kind = SourceType.WEBPAGE if fields.get("url") else SourceType.DOCUMENT
    return {"type": kind, "title": text[:500], "issued": "", **fields}
