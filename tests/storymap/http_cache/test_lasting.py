"""No answer may be cached for longer than it is known to be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client, override_settings

from storymap.http_cache import page_cache
from storymap.http_cache.responses import BRIEF, FOREVER
from storymap.models import Story
from storymap.services.publishing.publish import end_at, publish
from tests.factories import make_published_story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 22, 15, 23, tzinfo=UTC)
PAGES = ("/", "/stories/a-story/", "/stories/a-story/beginning/", "/stories/a-story/editions/")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def lasting(path: str, tag: str = "") -> str:
    response = Client().get(path, headers={"accept-encoding": "br", "if-none-match": tag})
    assert response.status_code in (200, 304), path
    return response["Cache-Control"]


def shared(path: str) -> int:
    found = re.search(r"s-maxage=(\d+)", lasting(path))
    assert found
    return int(found[1])


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("what", ["ends", "follows"])
def test_pages_are_kept_until_something_else_is_to_be_seen(clock: time_machine.Traveller, path: str, what: str) -> None:
    """A minute at most; less before a scheduled edition or an end; also from memory, and in a 304."""
    story = make_published_story()
    assert lasting(path) == BRIEF
    at = NOW + timedelta(minutes=10)
    if what == "ends":
        end_at(story=story, by=None, until=at)
    else:
        publish(story=story, by=None, at=at)
    assert lasting(path) == lasting(path) == BRIEF
    clock.move_to(at - timedelta(seconds=59.5))
    assert [shared(path), shared(path)] == [59, 59]
    clock.move_to(at - timedelta(seconds=7))
    assert shared(path) == 7
    tag = Client().get(path, headers={"accept-encoding": "br"}).get("ETag", "")
    assert "s-maxage=7," in lasting(path, tag)
    clock.move_to(at)
    if what == "follows":
        assert lasting(path) == BRIEF
    elif path != "/":
        assert Client().get(path).status_code == 410


def test_what_belongs_to_an_edition_is_kept_until_its_story_ends(clock: time_machine.Traveller) -> None:
    story = make_published_story()
    page = Client().get("/stories/a-story/").content.decode()
    files = re.findall(r"/stories/a-story/(?:beginning/)?(?:map|places|atlas|picture)[\w.]*\.[0-9a-f]{24}\.\w+", page)
    assert len(set(files)) >= 4
    assert {lasting(path) for path in files} == {FOREVER}
    end_at(story=story, by=None, until=NOW + timedelta(hours=1))
    assert {lasting(path) for path in files} == {"public, max-age=3600"}
    publish(story=story, by=None, at=NOW + timedelta(minutes=1))
    assert {lasting(path) for path in files} == {"public, max-age=3600"}, "a later edition does not change this one"
    clock.move_to(NOW + timedelta(hours=1))
    assert {Client().get(path).status_code for path in files} == {404}


@override_settings(STORYMAP_FRESHNESS=3600)
def test_what_a_process_remembers_ends_with_the_story(clock: time_machine.Traveller) -> None:
    """The moment for which a process trusts its memory does not reach beyond the end."""
    story: Story = make_published_story("ending-soon")
    end_at(story=story, by=None, until=NOW + timedelta(seconds=5))
    assert 0 < page_cache._trusted_until(page_cache.current("ending-soon", "en")) <= 5
