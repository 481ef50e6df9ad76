"""Nothing unpublished reaches a reader: marked texts are hidden in every field, and every answer is searched.

One crawl serves all that is hidden. Whether something is to be seen is decided by its edition: so each address of each
edition is asked for in one language after another, and in every language by `make fuzz`.
"""

from __future__ import annotations

import gzip
import html
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import brotli
import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from places.models import Event
from storymap.models import Edition, Story
from storymap.models.workshop import new_token
from storymap.services.publishing.publish import end_at, publish, withdraw
from storymap.services.publishing.review import ask_for_review, comment_on, make_preview_link, send_back
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.slugs import rename_chapter, rename_story
from storymap.story.storyfile import Involvement, PersonEntry, StoryFile
from tests import factories
from tests.extent import LARGE
from tests.security import stages
from tests.security.addresses import filled, is_admin, routes

LANGUAGES = ("en", "es", "ja")
ENCODINGS = ("br", "gzip", "identity")
HIDDEN_LATITUDE = 12.3456789
_LINK = re.compile(r'(?:href|src|srcset|content|data-[a-z-]+)="([^"]+)"|"((?:http://testserver)?/[^"\s]+)"')
UNMARKED = {
    *("format", "default_language", "languages", "type", "kind", "country", "precision", "status", "date", "licence"),
    *("sensitivity", "issued", "accessed", "time_zone", "period", "day_zero", "day_last", "time", "language"),
}


def marked(value: Any, token: str) -> Any:
    """The same story file with the token in every text and in every slug."""
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: marked(getattr(value, f.name), token) for f in fields(value) if f.name not in UNMARKED}
        return replace(value, **changes)
    if isinstance(value, dict):
        return {key: marked(text, token) for key, text in value.items()}
    if isinstance(value, tuple):
        return tuple(marked(entry, token) for entry in value)
    return f"{value}-{token}" if isinstance(value, str) and value and not value.startswith("http") else value


def full_file(slug: str, token: str) -> StoryFile:
    """A story with something in every text field, each marked; its coordinates are its own."""
    people = (PersonEntry(slug="ana", name={"en": "Ana"}),)
    event = factories.event_entry(
        people=(Involvement(person="ana", role={"en": "guest"}),), attributed_to={"en": "Ana"}, note={"en": "A note"}
    )
    source = replace(factories.source_entry(url="https://example.org/"), container="Paper")
    file = stages.illustrated(
        slug,
        people=people,
        events=(event, factories.event_entry(stages.SPARE)),
        sources=(source, factories.source_entry(stages.SPARE)),
        places=(factories.place_entry(lat=HIDDEN_LATITUDE, address="1 Street"), factories.place_entry(stages.SPARE)),
        byline={"en": "By Ana"},
        credits={"en": "Thanks"},
        counting_note={"en": "From day 0"},
    )
    return marked(file, token)


def media(token: str) -> dict[str, bytes]:
    """A picture of its own for each token: its stored name is a digest of what it shows."""
    return {f"view.png-{token}": stages.png(colour=tuple(token.encode()[-3:]))}


@pytest.fixture
def token() -> str:
    return f"kanari{uuid.uuid4().hex[:10]}"  # new every time: nothing of it can be in a cache


@pytest.fixture
def hidden(db: None, token: str) -> dict[str, Story]:
    """Stories full of marks that are not to be seen, and published ones beside which marked things are stored."""
    found = {
        state: stages.bring_to(state, full_file(state, f"{state[:2]}{token}"), media(f"{state[:2]}{token}"))
        for state in ("draft", "scheduled", "withdrawn")
    }
    found["edited"] = shown("open")
    edits = full_file("open", f"ed{token}")
    save_story_file(file=replace(edits, slug="open"), media=media(f"ed{token}"))
    publish(story=found["edited"], by=None, note=f"note-{token}", at=timezone.now() + timedelta(days=1))
    for story in found.values():
        talk_about(story, token)
    found["ended"] = stages.bring_to("published", full_file("ended", f"en{token}"), media(f"en{token}"))
    end_at(story=found["ended"], by=None, until=timezone.now())
    for story in found.values():  # somebody has a link to each
        make_preview_link(story=story, by=None)
    return found


@pytest.fixture
def beside(db: None, token: str) -> dict[str, Story]:
    """Published stories without a mark, each with something marked that is none of the reader's business."""
    found = {name: shown(name) for name in ("talked-of", "renamed", "overtaken", "listed")}
    talk_about(found["talked-of"], token)
    publish(story=found["talked-of"], by=None)
    rename_chapter(chapter=found["renamed"].chapters.get(), slug=f"now-{token}")
    overtaken = replace(full_file("overtaken", f"ov{token}"), slug="overtaken")
    save_story_file(file=overtaken, media=media(f"ov{token}"))
    publish(story=found["overtaken"], by=None, note=token, at=timezone.now() + timedelta(hours=1))
    save_story_file(file=stages.illustrated("overtaken"), media={"view.png": stages.png()})
    publish(story=found["overtaken"], by=None)  # chapter and list have told marked events before, and tell none now
    assert Event.objects.filter(slug__endswith=f"ov{token}").count() == 2
    event = Event.objects.create(slug=f"listed-{token}")
    event.create_translation("en", title=f"Listed {token}")
    found["listed"].also_recorded.add(event)  # for the next edition
    return found


def shown(slug: str) -> Story:
    return stages.bring_to("published", stages.illustrated(slug), {"view.png": stages.png()})


def talk_about(story: Story, token: str) -> None:
    """What editors say to each other about a story and its chapter."""
    comment_on(chapter=story.chapters.get(), by=User(username=f"by-{token}"), text=f"comment-{token}")
    ask_for_review(story=story, by=User(username=f"by-{token}"))
    send_back(story=story, by=User(username=f"by-{token}"), comment=f"back-{token}")


def seeds(stories: dict[str, Story]) -> Iterator[str]:
    """Every public address of every edition there is, visible or not, in one language after another."""
    editions = [(story, edition) for story in stories.values() for edition in story.editions.all() or [None]]
    for number, route in enumerate(route for route in routes() if not is_admin(route)):
        for turn, (story, edition) in enumerate(editions, start=number):
            languages = LANGUAGES if LARGE else (LANGUAGES[turn % 3],)
            yield from _of_edition(route, story, edition, languages)


def _of_edition(
    route: str, story: Story, edition: Edition | None, languages: tuple[str, ...] = LANGUAGES
) -> Iterator[str]:
    chapter = story.chapters.get()
    picture = chapter.illustration.translations.get().file
    for language in languages:
        document = edition.documents.get(language=language) if edition else None
        values = {
            "story": story.slug,
            "chapter": chapter.slug,
            "digest": (document.digest[:16] if document else "0" * 16) + "0" * 8,
            "number": 0,
            "version": 1,
            "ending": "kml",
            "rest": "nothing/",
            "name": picture,
            "token": new_token,  # signed, but of no link
        }
        prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        yield prefix + filled(route, values)
        if route == "oembed":
            yield f"/oembed?url=http://testserver{prefix}/stories/{story.slug}/"
        if route.startswith("api/stories/<"):  # data are asked for by language and edition
            yield f"{filled(route, values)}?lang={language}"
            yield f"{filled(route, values)}?lang={language}&edition={edition.number if edition else 1}"


def decoded(response: HttpResponse) -> bytes:
    body = b"".join(response)
    encoding = response.headers.get("Content-Encoding", "")
    return {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(body)


def links_in(path: str, response: HttpResponse, body: bytes) -> Iterator[str]:
    if response.headers.get("Content-Type", "").startswith("image/"):
        return
    found = [response.headers.get("Location", "")]
    found += [html.unescape(a or b) for a, b in _LINK.findall(body.decode("utf-8", "replace"))]
    for link in found:
        parts = urlsplit(urljoin(f"http://testserver{path}", link.split(" ")[0]))
        if link and parts.netloc == "testserver" and not parts.path.startswith(("/static/", "/admin/")):
            yield parts.path


def asked(path: str, encoding: str) -> tuple[HttpResponse, bytes]:
    response = Client(headers={"accept-encoding": encoding}).get(unquote(path))
    return response, decoded(response)


def crawled(start: set[str], within: str = "/") -> Iterator[tuple[str, HttpResponse, bytes]]:
    """Every answer that can be reached from the seeds by addresses with `within`, in one encoding after another."""
    waiting, seen = sorted(start), set(start)
    while waiting:
        path = waiting.pop()
        response, body = asked(path, ENCODINGS[len(waiting) % 3])
        yield path, response, body
        new = {link for link in links_in(path, response, body) if within in link} - seen
        seen |= new
        waiting += sorted(new)


def shows(token: str, path: str, response: HttpResponse, body: bytes) -> bool:
    """Whether the answer has a mark or a hidden coordinate. An address that a client names itself is no leak."""
    headers = repr(sorted(response.headers.items())).replace(path, "").encode()
    return any(mark in body or mark in headers for mark in (token.encode(), str(HIDDEN_LATITUDE)[:8].encode()))


def anew(paths: list[str]) -> Iterator[tuple[str, str]]:
    """One encoding after another, whatever each was asked for in before; in `make fuzz` all."""
    for number, path in enumerate(paths):
        yield from ((path, encoding) for encoding in (ENCODINGS if LARGE else (ENCODINGS[number % 3],)))


@contextmanager
def hours_later(hours: int) -> Iterator[None]:
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        yield


def test_no_reader_sees_what_is_not_published(hidden: dict[str, Story], beside: dict[str, Story], token: str) -> None:
    """No public address shows a mark, when it is asked for first and, where there is something, in another encoding.
    Two hours later the scheduled editions are still to come, and the one that was overtaken never appears."""
    start = {"/", "/es/", "/ja/", "/nowhere/", "/stories/nothing/", *seeds(hidden | beside)}
    leaks, there = [], []
    with hours_later(2):
        for path, response, body in crawled(start):
            leaks += [path] if shows(token, path, response, body) else []
            there += [path] if response.status_code == 200 else []
        again = [(path, *asked(path, encoding)) for path, encoding in anew(there)]
    assert leaks + [path for path, response, body in again if shows(token, path, response, body)] == []
    pages = {f"/stories/{name}/" for name in ("open", *beside)}
    assert pages | {f"{page}{beside}/" for page in pages for beside in ("also-in-the-record", "people")} <= set(there)


def test_the_marks_would_be_found(db: None, token: str) -> None:
    """Published, the same marks are found on page, map data and history: the search above can fail."""
    story = stages.bring_to("published", full_file("shown", token), media(token))
    answers = crawled({f"/stories/{story.slug}/", "/api/stories/"})
    found = [path for path, response, body in answers if shows(token, path, response, body)]
    assert any(path.endswith(".geojson") for path in found)
    assert f"/stories/{story.slug}/" in found
    assert f"/stories/{story.slug}/editions/" in found
    assert {f"/api/stories/{story.slug}/", f"/api/stories/{story.slug}/events.geojson", "/api/stories/"} <= set(found)


def test_no_edition_holds_what_editors_say_to_each_other(beside: dict[str, Story], token: str) -> None:
    """Comments and the note of a review are in no edition that is published afterwards."""
    edition = beside["talked-of"].editions.latest("number")
    assert edition.number == 2
    assert token not in edition.source + "".join(edition.documents.values_list("document", flat=True))


def test_a_link_shows_the_draft_of_its_story_only(hidden: dict[str, Story], token: str) -> None:
    """With a link the marks of its own draft are found, also under another story's name, and never another's."""
    marks = {state: f"{state[:2]}{token}".encode() for state in hidden}
    for state in ("draft", "edited"):
        _link, key = make_preview_link(story=hidden[state], by=None)
        start = {f"/preview/{key}/{story.slug}/" for story in hidden.values()}
        bodies = b"".join(body for _path, _response, body in crawled(start, within=key))
        assert [other for other, mark in marks.items() if mark in bodies] == [state]


def test_hidden_editions_have_no_derived_addresses(hidden: dict[str, Story]) -> None:
    """Map, places, extract and pictures of an edition that is not to be seen answer 404 to those who know them."""
    now = timezone.now()
    for story in hidden.values():
        for edition in story.editions.all():
            ended = story.visible_until is not None and story.visible_until <= now
            if story.withdrawn_through < edition.number and edition.publish_at <= now and not ended:
                continue
            derived = {p for r in routes() if "digest" in r for p in _of_edition(r, story, edition)}
            assert {Client().get(path).status_code for path in derived} == {404}


def test_a_withdrawn_story_is_gone_at_once(db: None, token: str) -> None:
    """After withdrawing, its pages and embeds answer 410, all else 404, though all had been cached a moment ago."""
    story = stages.bring_to("published", full_file("shown", token), media(token))
    reached = crawled({f"/stories/{story.slug}/"})
    warm = [path for path, response, _body in reached if response.status_code == 200 and story.slug in path]
    assert len(warm) >= 12
    ways = [(path, encoding) for path in warm for encoding in ENCODINGS]
    kept = {way: asked(*way)[0].status_code for way in ways}
    assert set(kept.values()) == {200}
    withdraw(story=story, by=None)
    after = {way: asked(*way) for way in ways}
    assert [way for way, answer in after.items() if shows(token, way[0], *answer)] == []
    gone = {way: answer[0].status_code for way, answer in after.items()}
    assert gone == {(path, encoding): 404 if _is_derived(path) else 410 for path, encoding in ways}


def _is_derived(path: str) -> bool:
    """What a page fetches besides itself, and data, feed and oEmbed."""
    return bool(re.search(r"\.[0-9a-f]{24}\.|^/api/|/oembed", path))


def test_an_old_tag_brings_nothing_back(db: None, token: str) -> None:
    """A reader who still has the page is told 410, not 304, once the story is withdrawn."""
    story = stages.bring_to("published", full_file("shown", token), media(token))
    path = f"/stories/{story.slug}/"
    tag = Client().get(path).headers["ETag"]
    assert Client().get(path, headers={"if-none-match": tag}).status_code == 304
    withdraw(story=story, by=None)
    assert Client().get(path, headers={"if-none-match": tag}).status_code == 410


@pytest.mark.parametrize("state", ["scheduled", "withdrawn"])
def test_a_former_address_does_not_tell_a_hidden_one(state: str, db: None, token: str) -> None:
    """A story that is not visible and was renamed: its former address leads nowhere."""
    story = stages.bring_to(state, stages.illustrated("former"), {"view.png": stages.png()})
    rename_story(story=story, slug=f"now-{token}")
    for path in ("/stories/former/", "/stories/former/beginning/", "/stories/former/editions/"):
        response = Client().get(path)
        assert response.status_code == 404, path
        assert token not in repr(response.headers) + response.content.decode()


def test_a_new_chapter_address_is_told_with_the_edition_that_has_it(beside: dict[str, Story]) -> None:
    """A chapter renamed after publication keeps its public address until the next edition."""
    assert Client().get("/stories/renamed/beginning/").status_code == 200
    assert Client().get(f"/stories/renamed/{beside['renamed'].chapters.get().slug}/").status_code == 404


def test_history_does_not_name_what_was_taken_back(db: None, token: str) -> None:
    """What only a withdrawn or never shown edition told is not listed as removed by the next."""
    story = stages.bring_to("withdrawn", full_file("shown", token), media(token))
    plain = replace(stages.illustrated("shown"), slug=story.slug)
    save_story_file(file=plain, media={"view.png": stages.png()})
    publish(story=story, by=None)
    body = Client().get(f"/stories/{story.slug}/editions/").content.decode()
    assert token not in body.replace(story.slug, "")
