"""A story for search engines: JSON-LD in the terms of schema.org. Short: what happened stands on the page itself."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from places.accuracy import decimals_for
from places.when import iso_ends, parse
from storymap.selectors.editions import PublishedStory
from storymap.story.document import ChapterDocument, EventDocument, PlaceDocument, StoryDocument

LONGEST_HEADLINE = 110  # characters, as search engines ask
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def linked_data(published: PublishedStory, chapter_slug: str, *, url: str, story: str, card: str) -> str:
    """JSON without a sign that could end the script that holds it."""
    document = published.document
    chapter = document.chapter(chapter_slug) if chapter_slug else None
    data = {
        "@context": "https://schema.org",
        **_article(published, chapter.title if chapter else document.title, url, card),
        **(_chapter(document, chapter, story) if chapter else _story(document, story)),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _article(published: PublishedStory, title: str, url: str, card: str) -> dict[str, Any]:
    document, edition = published.document, published.edition
    publisher = {"@type": "Organization", "name": settings.STORYMAP_SITE_NAME, "url": settings.STORYMAP_SITE_URL}
    article: dict[str, Any] = {
        "@type": "Article",
        "@id": url,
        "headline": title[:LONGEST_HEADLINE],
        "inLanguage": document.language,
        "datePublished": (published.first or edition.published).isoformat(timespec="seconds"),
        "dateModified": edition.published.isoformat(timespec="seconds"),
        "version": edition.number,
        "image": card,
        "author": {"@type": "Organization", "name": document.byline} if document.byline else publisher,
        "publisher": publisher,
        "isAccessibleForFree": True,
    }
    if document.licence:
        article["license"] = {"@type": "CreativeWork", "name": document.licence}
    return article


def _story(document: StoryDocument, url: str) -> dict[str, Any]:
    """The whole: where it happens, its chapters and the addresses of its sources. Their titles stand with the
    chapters and in the text: once more in this page, they would cost a reader the time of a round trip."""
    data = {
        "spatialCoverage": [_place(place) for place in document.places.values()],
        "hasPart": [{"@type": "Article", "@id": f"{url}{c.slug}/", "headline": c.title} for c in document.chapters],
        "citation": [{"@id": s.url} if s.url else _source(s.title, "") for s in document.sources.values()],
    }
    if document.day_zero and document.day_last:
        event = {"@type": "Event", "name": document.title, "startDate": document.day_zero, "endDate": document.day_last}
        data["about"] = [event | _where(document, _main_place(document))]
    return data


def _chapter(document: StoryDocument, chapter: ChapterDocument, story: str) -> dict[str, Any]:
    """A part: what happens in it."""
    events = [document.events[moment.event] for moment in chapter.moments]
    cited = {citation.source for event in events for citation in event.citations}
    return {
        "isPartOf": {"@type": "Article", "@id": story, "headline": document.title[:LONGEST_HEADLINE]},
        "about": [_event(event, document) for event in events if event.earliest or event.latest],
        "citation": [_source(document.sources[slug].title, document.sources[slug].url) for slug in sorted(cited)],
    }


def _event(event: EventDocument, document: StoryDocument) -> dict[str, Any]:
    start, end = iso_ends(parse(event.date))
    data = {"@type": "Event", "name": event.title}
    data |= {"startDate": start} if start else {}
    data |= {"endDate": end} if end not in ("", start) else {}
    return data | _where(document, event.place)


def _where(document: StoryDocument, slug: str) -> dict[str, Any]:
    return {"location": _place(document.places[slug])} if slug in document.places else {}


def _main_place(document: StoryDocument) -> str:
    data = [document.events[moment.event].place for chapter in document.chapters for moment in chapter.moments]
    return max(document.places, key=data.count, default="")


def _place(place: PlaceDocument) -> dict[str, Any]:
    """With no more digits than its position is known to: schema.org has no word for how far off it may be."""
    lat, lng = (round(degrees, decimals_for(place.radius)) for degrees in (place.lat, place.lng))
    geo = {"@type": "GeoCoordinates", "latitude": lat, "longitude": lng}
    return {"@type": "Place", "name": place.name, "geo": geo}


def _source(title: str, url: str) -> dict[str, Any]:
    return {"@type": "CreativeWork", "name": title, **({"url": url} if url else {})}
