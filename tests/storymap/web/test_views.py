"""Addresses and answers: what is found where, what may be cached how long, what it costs."""

from __future__ import annotations

import gzip
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test import Client, override_settings

from storymap.models import Story
from storymap.services.publishing.publish import publish, withdraw
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.slugs import rename_chapter, rename_story
from storymap.web import views
from tests.factories import chapter_entry, make_published_story, make_story, story_file

pytestmark = pytest.mark.django_db
TITLES = {"en": "A story", "es": "Una historia", "ja": "物語"}


@pytest.fixture
def story() -> Story:
    return make_published_story(title=TITLES, chapters=(chapter_entry(), chapter_entry("ending", moments=())))


def html(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "en"),
        ("/es/", "es"),
        ("/ja/", "ja"),
        ("/stories/a-story/", "en"),
        ("/es/stories/a-story/", "es"),
        ("/ja/stories/a-story/ending/", "ja"),
        ("/ja/stories/a-story/editions/", "ja"),
    ],
)
def test_the_address_alone_says_the_language(client: Client, story: Story, path: str, language: str) -> None:
    response = client.get(path, headers={"accept-language": "fr"})
    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()
    assert "Accept-Language" not in response.get("Vary", "") and "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize(
    "path",
    [
        "/stories/nothing/",
        "/stories/a-draft/",
        "/stories/a-draft/beginning/",
        "/stories/a-draft/editions/",
        "/stories/a-story/nothing/",
        "/en/stories/a-story/",
        "/fr/stories/a-story/",
        "/es-mx/stories/a-story/",
        "/stories/",
        "/stories/A-Story/",
        "/stories/a%00story/",
        "/stories/a-story/beginning/more/",
        "/es/stories/only-english/",
    ],
)
def test_what_does_not_exist_is_not_found_and_not_kept(client: Client, story: Story, path: str) -> None:
    make_story("a-draft")
    make_published_story("only-english")
    response = client.get(path)
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/stories/a-story/", "/stories/a-story/editions/", "/healthz", "/readyz"])
def test_pages_are_read_and_not_written_to(client: Client, story: Story, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_an_address_without_its_last_stroke_is_led_to_the_right_one(client: Client, story: Story) -> None:
    response = client.get("/es/stories/a-story")
    assert (response.status_code, response["Location"]) == (301, "/es/stories/a-story/")


def test_former_names_redirect_for_good_in_their_language(client: Client, story: Story) -> None:
    rename_chapter(chapter=story.chapters.get(slug="ending"), slug="coda")
    publish(story=story, by=None)
    rename_story(story=story, slug="the-story")
    for path, target in [
        ("/stories/a-story/", "/stories/the-story/"),
        ("/ja/stories/a-story/", "/ja/stories/the-story/"),
        ("/stories/a-story/beginning/", "/stories/the-story/beginning/"),
        ("/es/stories/the-story/ending/", "/es/stories/the-story/coda/"),
        ("/stories/a-story/editions/", "/stories/the-story/editions/"),
    ]:
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, target)
    response = client.get("/stories/a-story/ending/", follow=True)
    assert [address for address, _status in response.redirect_chain] == [
        "/stories/the-story/ending/",
        "/stories/the-story/coda/",
    ]
    assert response.status_code == 200


def test_a_page_may_be_kept_and_is_asked_for_again(client: Client, story: Story) -> None:
    response = client.get("/stories/a-story/", headers={"accept-encoding": "br"})
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"].startswith('"') and response["ETag"].endswith('-br"')
    again = client.get("/stories/a-story/", headers={"accept-encoding": "br", "if-none-match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])


def test_every_encoding_holds_the_same_page(client: Client, story: Story) -> None:
    bodies = {
        e: client.get("/stories/a-story/", headers={"accept-encoding": e}) for e in ("br", "gzip", "identity", "br;q=0")
    }
    assert bodies["br"]["Content-Encoding"] == "br" and bodies["gzip"]["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in bodies["identity"]
    plain = bodies["identity"].content
    assert brotli.decompress(bodies["br"].content) == gzip.decompress(bodies["gzip"].content) == plain
    assert bodies["br;q=0"].content == plain
    assert len({response["ETag"] for response in bodies.values()}) == 3


def test_each_address_has_a_tag_of_its_own(client: Client, story: Story) -> None:
    paths = ["/stories/a-story/", "/stories/a-story/beginning/", "/stories/a-story/ending/", "/es/stories/a-story/"]
    tags = [client.get(path)["ETag"] for path in paths]
    assert len(set(tags)) == len(paths)
    for path in paths[1:]:
        assert client.get(path, headers={"if-none-match": tags[0]}).status_code == 200


@pytest.mark.parametrize("note", ["A correction.", ""])
def test_a_new_edition_is_seen_at_once_also_when_only_its_number_differs(
    client: Client, story: Story, note: str
) -> None:
    before = client.get("/stories/a-story/")
    publish(story=story, by=None, note=note)
    after = client.get("/stories/a-story/", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "Edition 2" in after.content.decode() and note in after.content.decode()


def test_a_withdrawn_story_is_gone_at_once_for_who_has_it_too(client: Client, story: Story) -> None:
    tag = client.get("/stories/a-story/")["ETag"]
    withdraw(story=story, by=None)
    assert client.get("/stories/a-story/", headers={"if-none-match": tag}).status_code == 410
    assert client.get("/stories/a-story/editions/").status_code == 410
    assert "A story" not in html(client, "/")


def test_a_page_costs_one_select_for_the_edition_and_once_one_for_its_text(
    client: Client, story: Story, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        tag = client.get("/stories/a-story/")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/stories/a-story/").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/stories/a-story/", headers={"if-none-match": tag}).status_code == 304


def test_who_has_the_page_does_not_have_it_built(client: Client, story: Story, django_assert_num_queries: Any) -> None:
    tag = client.get("/es/stories/a-story/")["ETag"]
    views._story.cache_clear()
    with django_assert_num_queries(1) as asked:
        assert client.get("/es/stories/a-story/", headers={"if-none-match": tag}).status_code == 304
    assert '"document"' not in asked.captured_queries[0]["sql"]
    assert not views._story.values


@override_settings(STORYMAP_FRESHNESS=3600)
def test_a_busy_page_does_not_ask_the_database_at_all(client: Client, django_assert_num_queries: Any) -> None:
    make_published_story("busy")
    client.get("/stories/busy/")
    with django_assert_num_queries(0):
        assert client.get("/stories/busy/").status_code == 200


@pytest.mark.parametrize("stories", [1, 7])
def test_the_list_costs_one_select_whatever_its_length(
    client: Client, stories: int, django_assert_num_queries: Any
) -> None:
    for number in range(stories):
        make_published_story(f"story-{number}", title={"en": f"Story {number}", "es": f"Historia {number}"})
    with django_assert_num_queries(2):  # the stories, and how long that holds
        page = html(client, "/es/")
    assert page.count('class="story-card"') == stories


def test_the_list_shows_each_story_once_in_the_readers_language_else_its_own(client: Client) -> None:
    make_published_story("spoken", title={"en": "Spoken", "es": "Hablada"})
    make_published_story("silent", title={"en": "Silent"})
    make_story("draft", title={"en": "Unseen"})
    page = html(client, "/es/")
    assert 'href="/es/stories/spoken/"' in page and "Hablada" in page and "Spoken" not in page
    assert 'href="/stories/silent/"' in page and "Silent" in page
    assert "Unseen" not in page
    assert client.get("/es/")["Cache-Control"].startswith("public")


def test_an_empty_list_says_so(client: Client) -> None:
    assert "No story has been published yet." in html(client, "/")


def test_the_history_tells_numbers_notes_and_changes_newest_first(client: Client, story: Story) -> None:
    changed = story_file(
        title=TITLES | {"en": "Corrected"}, chapters=(chapter_entry(), chapter_entry("coda", moments=()))
    )
    save_story_file(file=changed, media={})
    publish(story=story, by=None, note="The end was wrong: <coda>.")
    page = html(client, "/stories/a-story/editions/")
    assert page.index('id="edition-2"') < page.index('id="edition-1"')
    assert "The end was wrong: &lt;coda&gt;." in page
    assert (
        "Chapter “The beginning”: added" in page
        and "Chapter “ending”: removed" in page
        and "Story “title”: changed" in page
    )
    assert f"<h1>{'Editions and corrections'}</h1>" in page and 'href="/stories/a-story/"' in page
    assert 'hreflang="ja"' in page


def test_the_process_says_it_lives_without_touching_anything(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content, response["Cache-Control"]) == (200, b"ok\n", "no-store")


def test_the_process_is_ready_when_the_database_is_migrated(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json(), response["Cache-Control"]) == (200, {"ready": True}, "no-store")


def test_the_process_is_not_ready_while_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'storymap'")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False})
