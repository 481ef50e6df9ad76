"""Who is who: the people who take part in what a story tells, each with the events of the story that name them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storymap.pages.addresses import Addressing
from storymap.pages.moments import MomentView, moment_view, status_views, support_views
from storymap.story.document import EventDocument, PersonDocument, StoryDocument


@dataclass(frozen=True)
class RoleView:
    words: str
    event: str  # slug of the first that says so


@dataclass(frozen=True)
class PartView:
    """A person in an event."""

    moment: MomentView
    role: str
    url: str  # of the event, on the page that tells it


@dataclass(frozen=True)
class PersonView:
    slug: str
    name: str
    roles: tuple[RoleView, ...]  # each once, in the order of the events
    parts: tuple[PartView, ...]  # in order of date


def people_views(document: StoryDocument, at: Addressing) -> tuple[PersonView, ...]:
    """By name, as the record writes it: it does not say which part of it is the family's."""
    whole, statuses = document.with_record(), status_views(document)
    supports, pages = support_views(document), _pages(document, at)
    parts: dict[str, list[tuple[PersonDocument, PartView]]] = {slug: [] for slug in document.people}
    for event in sorted(whole.events.values(), key=_by_date):
        moment = moment_view(event, (), whole, statuses, supports)
        for person in event.people:
            if person.slug in parts:
                part = PartView(moment, person.role, at.event_url(event.slug, *pages[event.slug]))
                parts[person.slug].append((person, part))
    views = [
        PersonView(slug, found[0][0].name, tuple(_roles(part for _, part in found)), tuple(part for _, part in found))
        for slug, found in parts.items()
    ]
    return tuple(sorted(views, key=lambda person: (_folded(person.name), person.slug)))


def _pages(document: StoryDocument, at: Addressing) -> dict[str, tuple[str, ...]]:
    """The page that tells each event: the name of its address, with the chapter where it is one."""
    told = {m.event: ("chapter", chapter.slug) for chapter in document.chapters for m in chapter.moments}
    return {**{event.slug: ("record",) for event in document.listed}, **told}


def _by_date(event: EventDocument) -> tuple[str, str, str]:
    return event.earliest or event.latest or "9999", event.time, event.slug


def _roles(parts: Iterable[PartView]) -> Iterator[RoleView]:
    """Without a claim status: that is said of the event, and beside a name it would be said of the person."""
    first: dict[str, str] = {}
    for part in parts:
        first.setdefault(part.role, part.moment.event.slug)
    return (RoleView(words, event) for words, event in first.items() if words)


def _folded(name: str) -> str:
    """Without accents and case: Óscar stands beside Oscar."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
