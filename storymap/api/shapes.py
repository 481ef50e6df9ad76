"""The parts of a story as JSON, of the types that the description is made from. What is not known is null, never an
empty text."""

from __future__ import annotations

from typing import TypedDict

from places import when
from places.geo import Camera
from storymap.api import links
from storymap.maps.scene import legs_of, length_of
from storymap.pages.openapi import record
from storymap.pages.openapi.answers import FORMAT, Format
from storymap.pages.reporting import corrections_of
from storymap.prose import text_of
from storymap.selectors.editions import EditionRef
from storymap.stage import Frame
from storymap.story.document import (
    ChapterDocument,
    EventDocument,
    ExtractDocument,
    IllustrationDocument,
    MomentDocument,
    PictureFile,
    PlaceDocument,
    SourceDocument,
    StageDocument,
    StoryDocument,
    support_of,
)


class Head(TypedDict):
    format: Format
    story: record.Story
    edition: record.Edition


class Dates(TypedDict):
    date: str | None
    earliest: str | None
    latest: str | None
    date_text: str | None
    time: str | None


def head(document: StoryDocument, edition: EditionRef) -> Head:
    """What every answer about a story says first."""
    return {"format": FORMAT, "story": story(document), "edition": edition_of(edition)}


def edition_of(edition: EditionRef) -> record.Edition:
    return {"number": edition.number, "digest": edition.digest, "published": edition.published.isoformat()}


def story(document: StoryDocument) -> record.Story:
    return {
        "slug": document.slug,
        "url": links.page("story", document.language, document.slug),
        "language": document.language,
        "languages": document.languages,
        "default_language": document.default_language,
        "title": document.title,
        "standfirst": document.standfirst or None,
        "byline": document.byline or None,
        "credits": prose(document.credits),
        "licence": document.licence or None,
        "corrections": corrections_of(document) or None,
        "day_zero": document.day_zero or None,
        "day_last": document.day_last or None,
        "counting_note": document.counting_note or None,
        "fallbacks": document.fallbacks,
    }


def prose(clean: str) -> record.Prose | None:
    """Author's text twice: as cleaned HTML, and without markup."""
    return {"html": clean, "text": text_of(clean)} if clean else None


def chapter(part: ChapterDocument, number: int, document: StoryDocument) -> record.Chapter:
    return {
        "number": number,
        "slug": part.slug,
        "url": links.page("chapter", document.language, document.slug, part.slug),
        "title": part.title,
        "narration": prose(part.narration),
        "camera": camera(part.camera),
        "illustration": illustration(part.illustration) if part.illustration else None,
        "audio": _audio(part),
        "moments": [_moment(moment) for moment in part.moments],
        "stage": stage(part.stage) if part.stage else None,
        "frame": _frame(part.frame) if part.frame else None,
    }


def _moment(part: MomentDocument) -> record.Moment:
    return {
        "event": part.event,
        "camera": camera(part.camera),
        "spot": {"kind": part.spot.kind, "points": part.spot.points} if part.spot else None,
        "frame": _frame(part.frame) if part.frame else None,
        "is_key": bool(part.is_key),
    }


def _frame(shown: Frame) -> record.Frame:
    return {"left": shown.left, "top": shown.top, "right": shown.right, "bottom": shown.bottom}


def stage(picture: StageDocument) -> record.Stage:
    return {
        "slug": picture.slug,
        "alt": picture.alt or None,
        "caption": picture.caption or None,
        "credit": picture.credit or None,
        "licence": picture.licence or None,
        "file": _file(picture.file),
    }


def camera(shown: Camera | None) -> record.Camera | None:
    """A centre with a zoom, or an extent; longitudes beyond 180 cross the antimeridian."""
    if shown is None:
        return None
    center = [shown.center.lng, shown.center.lat] if shown.center else None
    box = shown.bounds
    return {"center": center, "zoom": shown.zoom, "bbox": list(box.edges) if box else None}


def illustration(picture: IllustrationDocument) -> record.Illustration:
    files = (*picture.files, *(picture.copies or ()))
    return {
        "slug": picture.slug,
        "alt": picture.alt,
        "caption": picture.caption or None,
        "credit": picture.credit or None,
        "licence": picture.licence or None,
        "files": [_file(file) for file in files],
    }


def _file(file: PictureFile) -> record.PictureFile:
    return {"url": links.media(file.name), "width": file.width, "height": file.height}


def _audio(part: ChapterDocument) -> record.Audio | None:
    if part.audio is None:
        return None
    captions = links.media(part.audio.captions) if part.audio.captions else None
    return {"url": links.media(part.audio.file), "captions": captions, "transcript": part.audio.transcript or None}


def place(document: PlaceDocument) -> record.Place:
    return {
        "slug": document.slug,
        "name": document.name,
        "toponyms": [
            {"name": t.name, "language": t.language or None, "period": t.period or None} for t in document.toponyms
        ],
        "kind": document.kind,
        "country": document.country or None,
        "address": document.address or None,
        "longitude": document.lng,
        "latitude": document.lat,
        "precision": document.precision,
        "radius": document.radius,
        "coordinate_source": document.coordinate_source or None,
        "time_zone": document.time_zone or None,
    }


def source(document: SourceDocument) -> record.Source:
    return {
        "slug": document.slug,
        "type": document.type,
        "author": document.author or None,
        "title": document.title or None,
        "container": document.container or None,
        "issued": document.issued or None,
        "url": document.url or None,
        "accessed": document.accessed or None,
        "archived_url": document.archived_url or None,
        "language": document.language or None,
    }


def extract(part: ExtractDocument) -> record.BasemapExtract:
    credit = part.credit
    return {
        "slug": part.slug,
        "url": links.media(part.file),
        "bbox": list(part.bounds.edges),
        "min_zoom": part.min_zoom,
        "attribution": credit.attribution,
        "licence": credit.licence or None,
        "source": credit.source or None,
        "date": credit.date or None,
        "simplified": credit.simplified,
    }


def event(part: EventDocument, chapters: list[str], document: StoryDocument) -> record.Event:
    """`chapters` are the slugs of those that tell it; where none does, `document` is the story with its record."""
    where = links.page("record", document.language, document.slug)
    if chapters:
        where = links.page("chapter", document.language, document.slug, chapters[0])
    return {
        "slug": part.slug,
        "url": f"{where}#{part.slug}",
        "title": part.title,
        "summary": part.summary or None,
        **_dates(part, document.language),
        "status": part.status,
        "support": support_of(part.citations, document.sources),
        "attributed_to": part.attributed_to or None,
        "note": part.note or None,
        "sensitivity": part.sensitivity,
        "later": part.later,
        "chapters": chapters,
        "place": place(document.places[part.place]) if part.place else None,
        "also_there": [place(document.places[slug]) for slug in part.also_there],
        "journey": journey(part, document),
        "further_places": [place(document.places[slug]) for slug in (part.journey.stops[1:] if part.journey else ())],
        "people": [{"slug": p.slug, "name": p.name, "role": p.role or None} for p in part.people],
        "citations": [
            {"source": source(document.sources[c.source]), "locator": c.locator or None, "note": c.note or None}
            for c in part.citations
        ],
    }


def journey(part: EventDocument, document: StoryDocument) -> record.Journey | None:
    """The date is its own, else the event's."""
    if part.journey is None:
        return None
    date = part.journey.date or part.date
    metres = length_of(legs_of(document, part))
    return {
        "stops": [place(document.places[slug]) for slug in part.journey.stops],
        "mode": part.journey.mode or None,
        "date": date or None,
        "date_text": when.words(date, document.language) if date else None,
        "straight_line_km": round(metres / 1000, 1) if metres else None,
    }


def _dates(part: EventDocument, language: str) -> Dates:
    return {
        "date": part.date or None,
        "earliest": part.earliest or None,
        "latest": part.latest or None,
        "date_text": when.words(part.date, language) if part.date else None,
        "time": part.time or None,
    }
