"""The head of a story’s page: what social networks, search engines (JSON-LD) and other systems are given."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from places import when
from places.accuracy import decimals_for
from places.cities import CITIES_CREDIT
from places.when import iso_ends, parse
from storymap.maps.card import MAP, SIZE, CardWords
from storymap.maps.projection import viewport_of
from storymap.maps.scene import camera_of, extracts_in, fills, name_of, pins_of
from storymap.maps.static_picture import names_cities
from storymap.pages.addresses import Addressing
from storymap.pages.embed_codes import endpoint
from storymap.pages.strip import span_of
from storymap.selectors.editions import PublishedStory
from storymap.story.document import ChapterDocument, EventDocument, PlaceDocument, StoryDocument

MOST_PLACES = 6


def card_words(document: StoryDocument, chapter_slug: str) -> CardWords:
    """In the language that is active, which is the document's. Raises KeyError when there is no such chapter."""
    if not chapter_slug:
        return _of_story(document)
    chapter = document.chapter(chapter_slug)
    if chapter is None:
        raise KeyError(chapter_slug)
    return _of_chapter(document, chapter)


def _of_story(document: StoryDocument) -> CardWords:
    narrated = [document.events[moment.event] for chapter in document.chapters for moment in chapter.moments]
    counted = f"{document.day_zero}/{document.day_last}" if document.day_zero and document.day_last else ""
    chapters, places = len(document.chapters), len(document.places)
    numbers = (
        ngettext("%(number)s chapter", "%(number)s chapters", chapters) % {"number": chapters},
        ngettext("%(number)s place", "%(number)s places", places) % {"number": places},
    )
    dates = _dates(counted or span_of(narrated).written, document)
    return CardWords(settings.STORYMAP_SITE_NAME, document.title, dates, numbers, _foot(document, None))


def _of_chapter(document: StoryDocument, chapter: ChapterDocument) -> CardWords:
    dates = _dates(span_of([document.events[moment.event] for moment in chapter.moments]).written, document)
    pins = pins_of(document, chapter)[:MOST_PLACES]
    places = tuple(f"{pin.number}  {name_of(document, pin)}" for pin in pins)
    return CardWords(document.title, chapter.title, dates, places, _foot(document, chapter))


def _dates(span: str, document: StoryDocument) -> str:
    return when.words(span, document.language) if span else ""


def _foot(document: StoryDocument, chapter: ChapterDocument | None) -> str:
    """Whose picture or map it is, each name once; the atlas is not seen where streets have filled the picture."""
    if chapter and chapter.stage:
        return _("Picture: %(credit)s") % {"credit": chapter.stage.credit} if chapter.stage.credit else ""
    cities = [CITIES_CREDIT] if names_cities(document, chapter, MAP) else []
    if chapter is None:
        return ", ".join((_("Map: Natural Earth"), *cities))
    view = viewport_of(camera_of(document, chapter), *MAP)
    streets = extracts_in(document, view)
    names = tuple(dict.fromkeys(one.credit.attribution for one in streets))
    said = [name for name in names if not any(name != other and name in other for other in names)]
    filled = any(fills(one.bounds, view) for one in streets)
    return ", ".join(said if filled else (_("Map: Natural Earth"), *cities, *said))


LONGEST_HEADLINE = 110  # characters, as search engines ask
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def json_in_script(value: Any) -> str:
    """As short as it can be, without a sign that could end the script that holds it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def linked_data(published: PublishedStory, chapter_slug: str, *, url: str, story: str, card: str) -> str:
    """JSON, safe between the tags of a script."""
    document = published.document
    chapter = document.chapter(chapter_slug) if chapter_slug else None
    data = {
        "@context": "https://schema.org",
        **_article(published, chapter.title if chapter else document.title, url, card),
        **(_chapter(document, chapter, story) if chapter else _story(document, story)),
    }
    return json_in_script(data)


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
        data["about"] = [event | _location(document, _main_place(document))]
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
    return data | _location(document, event.place)


def _location(document: StoryDocument, slug: str) -> dict[str, Any]:
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


@dataclass(frozen=True)
class Discovery:
    """A link by which other systems find the oEmbed answer; one for each name that they look for."""

    type: str
    url: str


@dataclass(frozen=True)
class Head:
    title: str
    url: str  # absolute: of this page, not of the story as a whole
    card: str  # absolute; PNG
    card_size: tuple[int, int]  # pixels
    published: datetime  # the first edition
    modified: datetime  # this edition
    other_languages: tuple[str, ...]
    default_url: str  # absolute, for readers of none of the languages
    discovery: tuple[Discovery, ...]
    linked_data: str  # JSON, safe between the tags of a script


JSON, XML, XML_OF_DRUPAL = "application/json+oembed", "text/xml+oembed", "application/xml+oembed"


def head_of(published: PublishedStory, chapter: str, title: str, at: Addressing) -> Head | None:
    """Of the page that opens at the chapter; None for a draft, which is for nobody else."""
    if not at.has_history:
        return None
    document, edition, site = published.document, published.edition, settings.STORYMAP_SITE_URL
    url = site + (at.url("chapter", chapter) if chapter else at.url("story"))
    card = card_address(document, chapter, at)
    with translation.override(document.default_language):
        default = site + (reverse("chapter", args=[*at.story, chapter]) if chapter else reverse("story", args=at.story))
    first = published.first or edition.published
    return Head(
        title=title,
        url=url,
        card=card,
        card_size=SIZE,
        published=first,
        modified=edition.published,
        other_languages=tuple(code for code in document.languages if code != document.language),
        default_url=default,
        discovery=discovery(url),
        linked_data=linked_data(published, chapter, url=url, story=site + at.url("story"), card=card),
    )


def card_address(document: StoryDocument, chapter: str, at: Addressing) -> str:
    """Absolute."""
    name, parts = ("chapter-card", [chapter]) if chapter else ("story-card", [])
    return settings.STORYMAP_SITE_URL + at.file_url(name, *parts)


def discovery(url: str) -> tuple[Discovery, ...]:
    """WordPress looks for the first two, Ghost for the first, Drupal for the first and the last (their sources)."""
    asked = {"json": urlencode({"url": url, "format": "json"}), "xml": urlencode({"url": url, "format": "xml"})}
    kinds = ((JSON, "json"), (XML, "xml"), (XML_OF_DRUPAL, "xml"))
    return tuple(Discovery(kind, f"{endpoint()}?{asked[form]}") for kind, form in kinds)
