"""What tests of the publisher's pages share."""

from __future__ import annotations

import html
from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse

from storymap.models import Story
from tests import factories
from tests.factories import chapter_entry

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = {"en": "word " * 40}


def ready(slug: str = "a-story", **fields: object) -> Story:
    """A story of which nothing is to be said."""
    return factories.make_story(slug, **{"chapters": (chapter_entry(narration=TEXT),), **fields})


def page_of(story: Story, name: str = "publish") -> str:
    return reverse(f"admin:storymap_story_{name}", args=[story.pk])


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return html.unescape(response.content.decode())


def send(client: Client, story: Story, name: str = "publish", **fields: str) -> str:
    """What the page says after sending; empty when it led away."""
    response = client.post(page_of(story, name), fields)
    return html.unescape(response.content.decode()) if response.status_code == 200 else ""
