"""Addresses of drafts. They have the names of the readers' ones, in two namespaces: for editors, and by a link."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import URLPattern, path

from storymap.preview import views
from storymap.preview.gates import View, by_link, for_editors


def _through(gate: Callable[[View], View]) -> list[URLPattern]:
    return [
        path("", gate(views.story), name="story"),
        path("map.js", gate(views.map_script), name="map-script"),
        path("places.geojson", gate(views.places), name="places"),
        path("atlas.<int:number>.json", gate(views.atlas_extract), name="atlas-extract"),
        path("picture.webp", gate(views.story_picture), name="story-picture"),
        path("_embed/", gate(views.embed), name="embed"),  # no chapter's slug has an underscore
        path("_embed/<slug:chapter>/", gate(views.embed), name="embed-chapter"),
        path("also-in-the-record/", gate(views.record), name="record"),
        path("people/", gate(views.people), name="people"),
        path("<slug:chapter>/", gate(views.story), name="chapter"),
        path("<slug:chapter>/map.webp", gate(views.chapter_picture), name="chapter-picture"),
    ]


draft = (_through(for_editors), "draft")
shared = (_through(by_link), "shared")
