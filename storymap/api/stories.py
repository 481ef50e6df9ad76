"""The list of stories: page by page, by where and when they happen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from places.dates.days import day_number
from storymap.api import links, shapes
from storymap.api.features import Finder
from storymap.api.parameters import Asked
from storymap.maps.geometries import boxes, point
from storymap.pages.openapi.answers import ListedStory, PageLinks, StoryList
from storymap.selectors.editions import EditionRef, StoryInList, documents_of
from storymap.story.document import StoryDocument

MOST = 10_000


@dataclass(frozen=True)
class Gist:
    """What a list needs of a whole document."""

    document: StoryDocument  # without its parts
    finder: Finder  # of one thing, the story, at all its places


_gists: dict[str, Gist] = {}  # by digest
_lock = Lock()


def stories_page(cards: list[StoryInList], asked: Asked) -> StoryList:
    """The page that was asked for, of the stories that were asked for, newest first."""
    matching = [card for card in cards if _is_during(card, asked)]
    if asked.bbox:
        gists = _gists_of(matching)
        matching = [card for card in matching if gists[card.digest].finder.within(asked.bbox)]
    start = (asked.page - 1) * asked.limit
    listed = matching[start : start + asked.limit]
    gists = _gists_of(listed)
    pages = max(1, -(-len(matching) // asked.limit))
    return {
        "format": shapes.FORMAT,
        "links": page_links(asked, pages),
        "page": asked.page,
        "pages": pages,
        "matched": len(matching),
        "total": len(cards),
        "stories": [_entry(card, gists[card.digest]) for card in listed],
    }


def page_links(asked: Asked, pages: int) -> PageLinks:
    query: dict[str, Any] = dict(asked.given)
    numbers = {"first": 1, "prev": min(asked.page - 1, pages), "next": asked.page + 1, "last": pages}
    there = {rel: links.address("api-stories", **query | {"page": n}) for rel, n in numbers.items() if 1 <= n <= pages}
    return {
        "self": links.address("api-stories", **query),
        "first": there.get("first"),
        "prev": there.get("prev"),
        "next": there.get("next"),
        "last": there.get("last"),
        "guide": links.guide(),
    }


def _is_during(card: StoryInList, asked: Asked) -> bool:
    if asked.since is None and asked.until is None:
        return True
    first, last = (day_number(day) if day else None for day in (card.first_day, card.last_day))
    if first is None or last is None:
        return False
    return (asked.until is None or first <= asked.until) and (asked.since is None or last >= asked.since)


def _entry(card: StoryInList, gist: Gist) -> ListedStory:
    document = replace(gist.document, slug=card.slug)  # a renamed story keeps its edition
    return {
        **shapes.story(document),
        "chapters": card.chapters,
        "first_day": card.first_day or None,
        "last_day": card.last_day or None,
        "edition": shapes.edition_of(EditionRef(card.number, card.digest, card.published)),
        "links": links.story_links(document, None),
    }


def _gists_of(cards: list[StoryInList]) -> dict[str, Gist]:
    """By digest; those not known yet cost one SELECT together."""
    known = {card.digest: _gists[card.digest] for card in cards if card.digest in _gists}
    missing = {card.digest for card in cards} - set(known)
    unknown = {digest: _gist(document) for digest, document in documents_of(missing)} if missing else {}
    with _lock:
        if len(_gists) + len(unknown) > MOST:
            _gists.clear()
        _gists.update(unknown)
    return known | unknown


def _gist(document: StoryDocument) -> Gist:
    at = [box for place in document.places.values() for box in boxes(point((place.lng, place.lat)))]
    return Gist(replace(document, chapters=(), events={}, places={}, sources={}), Finder([at], [None]))
