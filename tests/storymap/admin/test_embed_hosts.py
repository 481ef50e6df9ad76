"""Which sites may embed a story: typed on its page, by publishers."""

from __future__ import annotations

import pytest
from django.test import Client

from storymap.models import Story
from tests.admin_forms import opened
from tests.factories import make_published_story, make_user

pytestmark = pytest.mark.django_db


def sent(client: Client, hosts: str) -> str:
    """What the page says after saving; empty when it was saved."""
    path = f"/admin/storymap/story/{Story.objects.get().pk}/change/"
    response = client.post(path, {**opened(client, path), "embed_hosts": hosts})
    return response.content.decode() if response.status_code == 200 else ""


@pytest.fixture
def publisher(client: Client) -> Client:
    make_published_story()
    client.force_login(make_user("pia", "publisher"))
    return client


def test_a_publisher_names_hosts_and_they_are_true_at_once(publisher: Client) -> None:
    assert sent(publisher, "news.example.org\r\n*.example.net") == ""
    policy = Client().get("/embed/a-story/").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' news.example.org *.example.net")


def test_what_is_no_host_is_said_at_the_field(publisher: Client) -> None:
    said = sent(publisher, "news.example.org\n*; script-src *")
    assert "“*; script-src *” is no host." in said
    assert Story.objects.get().embed_hosts == ""


def test_an_author_only_reads_them(publisher: Client) -> None:
    Story.objects.update(embed_hosts="news.example.org")
    publisher.force_login(make_user("ana", "author"))
    assert sent(publisher, "evil.example") == ""
    assert Story.objects.get().embed_hosts == "news.example.org"
