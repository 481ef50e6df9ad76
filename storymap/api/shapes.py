"""The parts of a story as JSON. What is not known is null, never an empty text. Described in openapi.json."""

from __future__ import annotations

from typing import Any

from places import when
from places.geo import Camera
from storymap.api import links
from storymap.maps.journeys import legs_of, length_of
from storymap.prose import text_of
from storymap.selectors.editions import EditionRef
from storymap.story.document import (
    ChapterDocument,
    EventDocument,
    IllustrationDocument,
    PictureFile,
    PlaceDocument,
    SourceDocument,
    StoryDocument,
)
from storymap.story.support import support_of

FORMAT = "storymap-data/1"
Json = dict[str, Any]


def head(document: StoryDocument, edition: EditionRef) -> Json:
    """What every answer about a story says first."""
    return {"format": FORMAT, "story": story(document), "edition": edition_of(edition)}


def edition_of(edition: EditionRef) -> Json:
    return {"number": edition.number, "digest": edition.digest, "published": edition.published.isoformat()}


def story(document: StoryDocument) -> Json:
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
        "day_zero": document.day_zero or None,
        "day_last": document.day_last or None,
        "counting_note": document.counting_note or None,
        "fallbacks": document.fallbacks,
    }


def prose(clean: str) -> Json | None:
    """Author's text twice: as cleaned HTML, and without markup."""
    return {"html": clean, "text": text_of(clean)} if clean else None


def chapter(part: ChapterDocument, number: int, document: StoryDocument) -> Json:
    return {
        "number": number,
        "slug": part.slug,
        "url": links.page("chapter", document.language, document.slug, part.slug),
        "title": part.title,
        "narration": prose(part.narration),
        "camera": camera(part.camera),
        "illustration": illustration(part.illustration) if part.illustration else None,
        "audio": _audio(part),
        "moments": [{"event": m.event, "camera": camera(m.camera)} for m in part.moments],
    }


def camera(shown: Camera | None) -> Json | None:
    """A centre with a zoom, or an extent; longitudes beyond 180 cross the antimeridian."""
    if shown is None:
        return None
    center = [shown.center.lng, shown.center.lat] if shown.center else None
    box = shown.bounds
    return {"center": center, "zoom": shown.zoom, "bbox": [box.west, box.south, box.east, box.north] if box else None}


def illustration(picture: IllustrationDocument) -> Json:
    files = (*picture.files, *(picture.copies or ()))
    return {
        "slug": picture.slug,
        "alt": picture.alt,
        "caption": picture.caption or None,
        "credit": picture.credit or None,
        "licence": picture.licence or None,
        "files": [_file(file) for file in files],
    }


def _file(file: PictureFile) -> Json:
    return {"url": links.media(file.name), "width": file.width, "height": file.height}


def _audio(part: ChapterDocument) -> Json | None:
    if part.audio is None:
        return None
    captions = links.media(part.audio.captions) if part.audio.captions else None
    return {"url": links.media(part.audio.file), "captions": captions, "transcript": part.audio.transcript or None}


def place(found: PlaceDocument) -> Json:
    return {
        "slug": found.slug,
        "name": found.name,
        "toponyms": [
            {"name": t.name, "language": t.language or None, "period": t.period or None} for t in found.toponyms
        ],
        "kind": found.kind,
        "country": found.country or None,
        "address": found.address or None,
        "longitude": found.lng,
        "latitude": found.lat,
        "precision": found.precision,
        "radius": found.radius,
        "coordinate_source": found.coordinate_source or None,
        "time_zone": found.time_zone or None,
    }


def source(cited: SourceDocument) -> Json:
    return {
        "slug": cited.slug,
        "type": cited.type,
        "author": cited.author or None,
        "title": cited.title or None,
        "container": cited.container or None,
        "issued": cited.issued or None,
        "url": cited.url or None,
        "accessed": cited.accessed or None,
        "archived_url": cited.archived_url or None,
        "language": cited.language or None,
    }


def event(told: EventDocument, chapters: list[str], document: StoryDocument) -> Json:
    """`chapters` are the slugs of those that tell it; where none does, `document` is the story with its record."""
    where = links.page("record", document.language, document.slug)
    if chapters:
        where = links.page("chapter", document.language, document.slug, chapters[0])
    return {
        "slug": told.slug,
        "url": f"{where}#{told.slug}",
        "title": told.title,
        "summary": told.summary or None,
        **_when(told, document.language),
        "status": told.status,
        "support": support_of(told.citations, document.sources),
        "attributed_to": told.attributed_to or None,
        "note": told.note or None,
        "sensitivity": told.sensitivity,
        "later": told.later,
        "chapters": chapters,
        "place": place(document.places[told.place]) if told.place else None,
        "also_there": [place(document.places[slug]) for slug in told.also_there],
        "journey": journey(told, document),
        "further_places": [place(document.places[slug]) for slug in (told.journey.stops[1:] if told.journey else ())],
        "people": [{"slug": p.slug, "name": p.name, "role": p.role or None} for p in told.people],
        "citations": [
            {"source": source(document.sources[c.source]), "locator": c.locator or None, "note": c.note or None}
            for c in told.citations
        ],
    }


def journey(told: EventDocument, document: StoryDocument) -> Json | None:
    """The date is its own, else the event's."""
    if told.journey is None:
        return None
    date = told.journey.date or told.date
    metres = length_of(legs_of(document, told))
    return {
        "stops": [place(document.places[slug]) for slug in told.journey.stops],
        "mode": told.journey.mode or None,
        "date": date or None,
        "date_text": when.words(date, document.language) if date else None,
        "straight_line_km": round(metres / 1000, 1) if metres else None,
    }


def _when(told: EventDocument, language: str) -> Json:
    return {
        "date": told.date or None,
        "earliest": told.earliest or None,
        "latest": told.latest or None,
        "date_text": when.words(told.date, language) if told.date else None,
        "time": told.time or None,
    }
