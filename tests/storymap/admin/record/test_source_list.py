"""The list of sources."""

from __future__ import annotations

import pytest
from django.test import Client

from places.models import Source
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_filter_names_the_sources_without_a_language(client: Client) -> None:
    """A link without words is none for whoever hears the page."""
    for slug, language in (("spoken", "es"), ("unspoken", "")):
        Source.objects.create(slug=slug, title=slug, type="book", language=language)
    client.force_login(make_user("ana", "editor"))
    page = client.get("/admin/places/source/?language=")
    assert '<a href="?language=">none is said</a>' in " ".join(page.content.decode().split())
    assert [source.slug for source in page.context["cl"].result_list] == ["unspoken"]
