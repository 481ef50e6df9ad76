"""Embeds: what is shown in a frame, what is not, and who may hold it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from storymap.models import Story
from storymap.services.publishing.publish import end_at, publish, withdraw
from storymap.services.stories.slugs import rename_chapter, rename_story
from storymap.story.storyfile import MomentEntry
from tests import factories

pytestmark = pytest.mark.django_db
CHAPTERS = ("beginning", "middle", "end")
PATH = "/embed/a-story/"


def published(**fields: object) -> Story:
    """Three chapters with one event each; in English only."""
    events = tuple(factories.event_entry(f"event-{slug}", title={"en": f"What is in the {slug}"}) for slug in CHAPTERS)
    chapters = tuple(
        factories.chapter_entry(slug, title={"en": f"The {slug}"}, moments=(MomentEntry(event=f"event-{slug}"),))
        for slug in CHAPTERS
    )
    return factories.make_published_story(events=events, chapters=chapters, **fields)


@pytest.fixture
def story() -> Story:
    return published()


def page(path: str = PATH, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, path
    return response.content.decode()


def told(body: str) -> list[str]:
    return re.findall(r'data-chapter="([^"]+)"', body)


def shown(body: str) -> list[str]:
    """The chapters that can be seen."""
    return re.findall(r'<article [^>]*data-chapter="([^"]+)"[^>]*aria-current="step">', body)


def policy_of(path: str) -> str:
    return Client().get(path).headers["Content-Security-Policy"]


def frames(path: str = PATH) -> str:
    return policy_of(path).rpartition("frame-ancestors ")[2]


def test_a_story_is_told_one_chapter_at_a_time(story: Story) -> None:
    """All chapters are there, the first is shown; with status, source, licence, edition and a way to the story."""
    body = page()
    assert told(body) == list(CHAPTERS) and shown(body) == ["beginning"]
    assert body.count(" hidden>") >= 2
    for words in ("It begins.", "They meet.", "Documented", "The gazette", "CC-BY-4.0", "Edition 1", "1 / 3"):
        assert words in body, words
    assert 'href="http://testserver/stories/a-story/"' in body
    assert '<meta name="robots" content="noindex">' in body
    assert '<link rel="canonical" href="http://testserver/stories/a-story/">' in body


def test_without_scripts_there_are_a_picture_of_the_map_and_ways_on(story: Story) -> None:
    """Links lead to the next chapter with the same options, and each chapter has the picture of its map."""
    body = page(f"{PATH}?theme=dark&start=middle")
    assert shown(body) == ["middle"]
    assert len(re.findall(r'src="/stories/a-story/(\w+)/map\.[0-9a-f]{24}\.webp"[^>]* loading="lazy"', body)) == 3
    links = re.findall(r'<a [^>]*rel="(prev|next)"[^>]*href="([^"]+)"', body)
    assert ("prev", f"{PATH}?theme=dark&amp;start=beginning") in links
    assert ("next", f"{PATH}?theme=dark&amp;start=end") in links
    assert "<style" not in body and " style=" not in body


def test_one_chapter_has_no_pager(story: Story) -> None:
    body = page(f"{PATH}middle/")
    assert told(body) == shown(body) == ["middle"]
    assert "data-turn" not in body and "data-next" not in body
    assert 'href="http://testserver/stories/a-story/middle/"' in body
    assert '<link rel="canonical" href="http://testserver/stories/a-story/">' in body


@pytest.mark.parametrize(
    ("query", "chapters", "opening", "moment"),
    [
        ("start=end", list(CHAPTERS), "end", ""),
        ("start=event-middle", list(CHAPTERS), "middle", "event-middle"),
        ("chapters=middle..end", ["middle", "end"], "middle", ""),
        ("chapters=middle..middle&start=event-middle", ["middle"], "middle", "event-middle"),
        ("utm_source=x&childId=y&resize=datawrapper&initialWidth=600", list(CHAPTERS), "beginning", ""),
    ],
)
def test_options_say_what_is_told_and_where_it_opens(
    story: Story, query: str, chapters: list[str], opening: str, moment: str
) -> None:
    body = page(f"{PATH}?{query}")
    assert told(body) == chapters and shown(body) == [opening]
    assert f'data-moment-now="{moment}"' in body
    assert ('<details class="events" data-events open>' in body) == bool(moment)


@pytest.mark.parametrize("place", ["top", "left", "right", "only", "none"])
def test_the_map_is_where_it_is_wanted(story: Story, place: str) -> None:
    """Without a map, neither its script nor anything of it is fetched."""
    body = page(f"{PATH}?map={place}")
    assert f'class="embed map-{place}"' in body
    assert ("leaflet" in body, "data-map" in body, "preload" in body) == (3 * (place != "none",))


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_a_theme_is_chosen_by_style_sheets_alone(story: Story, theme: str) -> None:
    body = page(f"{PATH}?theme={theme}")
    dark = re.findall(r'css/dark\.css" media="([^"]+)"', body)
    assert dark == {"auto": ["screen and (prefers-color-scheme: dark)"], "light": [], "dark": ["screen"]}[theme]
    scheme = "light dark" if theme == "auto" else theme
    assert f'data-theme="{theme}"' in body and f'<meta name="color-scheme" content="{scheme}">' in body


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("?theme=pink", "theme"),
        ("?map=bottom", "map"),
        ("?lang=xx", "lang"),
        ("?edition=first", "edition"),
        ("?start=nowhere", "start"),
        ("?chapters=end..beginning", "chapters"),
        ("?chapters=beginning..nowhere", "chapters"),
        ("?chapters=beginning..middle&start=end", "start"),
        ("middle/?start=end", "start"),
        ("middle/?chapters=beginning..end", "chapters"),
    ],
)
def test_a_mistake_in_an_option_is_named(story: Story, path: str, name: str) -> None:
    assert f"<code>{name}</code>" in page(PATH + path, 400)


def test_a_hostile_value_is_not_repeated(story: Story) -> None:
    assert "<b>kanari" not in page(f"{PATH}?start=%3Cb%3Ekanari&theme=%3Cb%3Ekanari", 400)


def test_another_language_is_another_address() -> None:
    """`lang` leads there and is left out there; the other options stay."""
    factories.make_published_story(languages=("en", "es"), title={"en": "A story", "es": "Una historia"})
    response = Client().get(f"{PATH}?theme=dark&lang=es&utm=1")
    assert (response.status_code, response.headers["Location"]) == (301, f"/es{PATH}?theme=dark&utm=1")
    assert 'lang="es"' in page(f"/es{PATH}?theme=dark")
    assert Client().get(f"/es{PATH}?lang=en").headers["Location"] == PATH
    assert told(page(f"{PATH}?lang=en")) == ["beginning"]


def test_a_story_that_is_not_told_in_a_language_is_not_gone(story: Story) -> None:
    page(f"/ja{PATH}", 404)


def test_an_edition_can_be_pinned(story: Story) -> None:
    """A pinned embed says what that edition said; without a pin, the newest."""
    Story.objects.get().translations.update(title="A mended title")
    publish(story=story, by=None)
    assert "A mended title" in page() and "Edition 2" in page()
    pinned = page(f"{PATH}?edition=1")
    assert "A mended title" not in pinned and "Edition 1" in pinned
    page(f"{PATH}?edition=3", 404)


def test_a_withdrawn_edition_is_gone_where_it_is_pinned(story: Story) -> None:
    withdraw(story=story, by=None)
    publish(story=story, by=None)
    page(f"{PATH}?edition=1", 410)
    page(f"{PATH}?edition=2")


def test_what_was_withdrawn_is_gone_and_not_named(story: Story) -> None:
    """410 with a card that anybody may hold in a frame, for the old tag too; it tells no title."""
    tag = Client().get(PATH).headers["ETag"]
    withdraw(story=story, by=None)
    for path in (PATH, f"{PATH}middle/", f"{PATH}nowhere/", f"/es{PATH}"):
        body = page(path, 410)
        assert "A story" not in body and "a-story" not in body
        assert frames(path) == "*"
    assert Client().get(PATH, headers={"if-none-match": tag}).status_code == 410


def test_what_has_ended_is_gone(story: Story) -> None:
    end_at(story=story, by=None, until=timezone.now())
    page(status=410)


def test_of_what_was_never_to_be_seen_nothing_is_told() -> None:
    """A draft, a scheduled story and an unknown one: the same card."""
    factories.make_story("draft")
    publish(story=factories.make_story("scheduled"), by=None, at=timezone.now() + timedelta(days=1))
    cards = {page(f"/embed/{slug}/", 404) for slug in ("draft", "scheduled", "unknown")}
    assert len(cards) == 1
    assert Client().get("/embed/draft/").headers["Cache-Control"] == "no-store"


def test_former_names_lead_on_with_their_options(story: Story) -> None:
    rename_story(story=story, slug="new-name")
    assert Client().get(f"{PATH}middle/?theme=dark&x=%C3%A9").headers["Location"] == (
        "/embed/new-name/middle/?theme=dark&x=%C3%A9"
    )
    rename_chapter(chapter=story.chapters.get(slug="middle"), slug="heart")
    publish(story=story, by=None)
    moved = Client().get("/embed/new-name/middle/?map=none")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/embed/new-name/heart/?map=none")
    assert shown(page("/embed/new-name/?start=middle")) == ["heart"]
    assert told(page("/embed/new-name/?chapters=middle..end")) == ["heart", "end"]
    page("/embed/new-name/nowhere/", 404)


def test_answers_are_kept_as_those_of_pages(story: Story) -> None:
    """A strong tag for each set of options, 304 for who has it, compressed."""
    tags = {}
    for query in ("", "?theme=dark", "?map=none", "?start=end"):
        response = Client(headers={"accept-encoding": "br"}).get(PATH + query)
        assert response.headers["Content-Encoding"] == "br"
        assert "s-maxage=60" in response.headers["Cache-Control"]
        tags[query] = response.headers["ETag"]
        again = Client(headers={"accept-encoding": "br"}).get(PATH + query, headers={"if-none-match": tags[query]})
        assert again.status_code == 304 and not again.content
    assert len(set(tags.values())) == len(tags)
    assert Client().get(f"{PATH}?utm=1").headers["ETag"] == Client().get(PATH).headers["ETag"]


def test_anybody_may_hold_it_unless_the_installation_says_otherwise(story: Story, settings: Any) -> None:
    assert frames() == "*"
    settings.STORYMAP_EMBED_ANCESTORS = "https://news.example.org"
    assert frames(f"{PATH}middle/") == "https://news.example.org"
    assert frames("/embed/unknown/") == "https://news.example.org"


def test_a_story_may_name_who_holds_it_at_once(story: Story) -> None:
    """The list of a story is true for every edition from then on, also where the answer had been cached."""
    tag = Client().get(PATH).headers["ETag"]
    Story.objects.update(embed_hosts="news.example.org\n*.example.net")
    assert frames() == frames(f"{PATH}?edition=1") == "'self' news.example.org *.example.net"
    assert Client().get(PATH, headers={"if-none-match": tag}).status_code == 200
    assert "X-Frame-Options" not in Client().get(PATH).headers


@pytest.mark.parametrize("path", [PATH, f"{PATH}?map=only", "/embed/unknown/"])
def test_what_an_embed_fetches_may_come_from_the_site_by_its_name(story: Story, path: str) -> None:
    """In a sandbox its own origin is opaque, and WebKit matches `'self'` with nothing. Other pages name no host."""
    sources = dict(part.split(" ", 1) for part in policy_of(path).split("; "))
    for kind in ("script", "style", "img", "connect", "font", "media"):
        assert sources[f"{kind}-src"].startswith("'self' http://testserver"), kind
    assert sources["default-src"] == "'none'" and "http" not in sources["form-action"]
    assert "http:" not in policy_of("/stories/a-story/")


def test_nothing_but_embeds_may_be_held(story: Story) -> None:
    Story.objects.update(embed_hosts="news.example.org")
    response = Client().get("/stories/a-story/")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_what_a_frame_fetches_may_be_fetched_from_anywhere(story: Story) -> None:
    """A sandboxed frame has an opaque origin: map, places and pictures say that it may read them."""
    body = page()
    found = re.findall(r'(?:href|src)="(/stories/a-story/[^"]+\.(?:js|geojson|json|webp))"', body)
    assert len(set(found)) >= 4
    for path in (*found, PATH):
        headers = Client().get(path).headers
        assert headers["Access-Control-Allow-Origin"] == "*", path
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin", path
        assert "Access-Control-Allow-Credentials" not in headers


def test_pages_are_not_for_other_sites_to_fetch(story: Story) -> None:
    assert "Access-Control-Allow-Origin" not in Client().get("/stories/a-story/").headers
