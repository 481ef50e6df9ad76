"""Tiles for editors: the admin's pages may show pictures of that host, and nobody else's browser hears of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from storymap.checks import streets_have_a_source, tiles_are_credited
from storymap.maps.basemaps import editor_tiles
from storymap.services.publishing.review import make_preview_link
from tests.factories import make_published_story, make_user

pytestmark = pytest.mark.django_db
HOST = "https://tiles.example.org"


@pytest.fixture
def with_tiles(settings: Any) -> Any:
    settings.STORYMAP_EDITOR_TILES_URL = f"{HOST}/{{z}}/{{x}}/{{y}}.png"
    settings.STORYMAP_EDITOR_TILES_ATTRIBUTION = "© Example"
    return settings


def rules_of(client: Client, path: str) -> dict[str, str]:
    response = client.get(path)
    assert response.status_code == 200, path
    return dict(rule.split(" ", 1) for rule in response["Content-Security-Policy"].split("; "))


def test_only_the_admin_s_pages_name_the_host(with_tiles: Any) -> None:
    story = make_published_story()
    token = make_preview_link(story=story, by=None)[1]
    client = Client()
    client.force_login(make_user("ana", "editor"))
    chapter = reverse("admin:storymap_chapter_change", args=[story.chapters.get().pk])
    for path in (chapter, reverse("admin:places_place_add"), reverse("admin:login")):
        rules = rules_of(client if "login" not in path else Client(), path)
        assert HOST in rules["img-src"].split()
        assert not any(HOST in rule for name, rule in rules.items() if name != "img-src")
    for path in ("/", "/stories/a-story/", "/embed/a-story/", f"/preview/{token}/a-story/"):
        response = Client().get(path)
        assert HOST not in response["Content-Security-Policy"] and HOST not in response.content.decode(), path
    assert HOST in client.get(chapter).content.decode()


def test_without_the_setting_no_page_names_another_host() -> None:
    assert rules_of(Client(), reverse("admin:login"))["img-src"] == "'self' data:"


def test_a_mistake_is_named_by_its_own_setting(with_tiles: Any) -> None:
    with_tiles.STORYMAP_EDITOR_TILES_ATTRIBUTION = ""
    [error] = tiles_are_credited(None)
    assert (error.id, error.msg) == ("storymap.E002", "STORYMAP_EDITOR_TILES_URL is set, but nobody is credited.")
    with_tiles.STORYMAP_EDITOR_TILES_URL = "https://tiles.example.org/{z}.png"
    with pytest.raises(ImproperlyConfigured, match="STORYMAP_EDITOR_TILES_URL lacks"):
        editor_tiles()


@pytest.mark.parametrize(
    ("named", "is_wrong"),
    [
        ("", False),
        (__file__, False),
        ("https://overpass.example.org/api/interpreter", False),
        ("http://127.0.0.1:8000/town.pmtiles", False),
        ("/nowhere/town.osm.pbf", True),
        ("http://example.org/town.pmtiles", True),
        (str(Path(__file__).parent), True),
    ],
)
def test_streets_come_from_somewhere(settings: Any, named: str, is_wrong: bool) -> None:
    settings.STORYMAP_STREETS_SOURCE = named
    assert [error.id for error in streets_have_a_source(None)] == ["storymap.E004"] * is_wrong
