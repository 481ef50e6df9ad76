"""The story page: its chapters, their order and copies; and what greets somebody who begins."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from storymap.models import Story
from storymap.services.publishing.publish import publish
from storymap.services.publishing.review import ask_for_review
from storymap.services.stories.chapter_order import move_chapter
from tests.factories import chapter_entry, make_story, make_user

pytestmark = pytest.mark.django_db
SLUGS = ("one", "two", "three")
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


@pytest.fixture
def story() -> Story:
    chapters = (
        chapter_entry(slug, title={"en": slug.title()}, moments=chapter_entry().moments if slug == "one" else ())
        for slug in SLUGS
    )
    return make_story(languages=("en", "es"), title={"en": "A story", "es": "Un relato"}, chapters=tuple(chapters))


def page_of(story: Story, part: str = "change") -> str:
    return f"/admin/storymap/story/{story.pk}/{part}/"


def order(story: Story) -> list[str]:
    return list(story.chapters.order_by("position").values_list("slug", flat=True))


def key(story: Story, slug: str) -> int:
    return story.chapters.get(slug=slug).pk


def test_chapters_are_listed_with_what_state_they_are_in(author: Client, story: Story) -> None:
    page = author.get(page_of(story)).content.decode()
    rows = [row.partition("</li>")[0] for row in page.split("<li data-chapter=")[1:]]
    assert [f'data-title="{slug.title()}"' in row for slug, row in zip(SLUGS, rows, strict=True)] == [True] * 3
    assert "2 words" in rows[0] and "1 moment<" in rows[0] and "0 moments" in rows[1]
    assert all("Spanish – not translated" in row and "Japanese" not in row for row in rows)


def test_a_chapter_moves_by_a_button_without_any_script(author: Client, story: Story) -> None:
    data = {"move": f"{key(story, 'three')}:2", "version": story.version}
    response = author.post(page_of(story, "move-chapter"), data)
    assert response.status_code == 302 and response["Location"] == page_of(story) + "#chapters"
    assert order(story) == ["one", "three", "two"]


def test_the_buttons_of_the_page_name_the_places_next_to_each_chapter(author: Client, story: Story) -> None:
    page = author.get(page_of(story)).content.decode()
    two = key(story, "two")
    assert f'value="{two}:1"' in page and f'value="{two}:3"' in page


def test_scripts_are_told_the_version_to_go_on_with(author: Client, story: Story) -> None:
    data = {"move": f"{key(story, 'one')}:3", "version": story.version}
    first = author.post(page_of(story, "move-chapter"), data, **JSON).json()
    assert first == {"problem": "", "version": story.version + 1}
    again = {"move": f"{key(story, 'one')}:1", "version": first["version"]}
    assert author.post(page_of(story, "move-chapter"), again, **JSON).status_code == 200
    assert order(story) == list(SLUGS)


@pytest.mark.parametrize("address", ["move-chapter", "copy-chapter"])
def test_what_rests_on_an_outdated_page_is_refused_with_words(address: str, author: Client, story: Story) -> None:
    seen = story.version
    move_chapter(chapter=story.chapters.get(slug="one"), to=2)
    data = {"move": f"{key(story, 'one')}:3", "copy": key(story, "one"), "version": seen}
    response = author.post(page_of(story, address), data, follow=True)
    assert "saved elsewhere since this page was loaded" in response.content.decode()
    assert order(story) == ["two", "one", "three"]
    if address == "move-chapter":
        assert author.post(page_of(story, address), data, **JSON).status_code == 409


@pytest.mark.parametrize("move", ["", "x", "1", ":", "1:x", f"{'9' * 30}:1", "0:1", "-1:2", "²:1"])
def test_a_move_that_is_none_changes_nothing(move: str, author: Client, story: Story) -> None:
    assert author.post(page_of(story, "move-chapter"), {"move": move}).status_code == 302
    assert author.post(page_of(story, "copy-chapter"), {"copy": f"x{move}"}).status_code == 302
    assert order(story) == list(SLUGS)


def test_chapters_of_another_story_cannot_be_moved_from_here(author: Client, story: Story) -> None:
    other = make_story("other")
    data = {"move": f"{other.chapters.get().pk}:1"}
    assert author.post(page_of(story, "move-chapter"), data, **JSON).status_code == 409


def test_a_copy_of_a_chapter_is_opened_at_once(author: Client, story: Story) -> None:
    response = author.post(page_of(story, "copy-chapter"), {"copy": key(story, "one"), "version": story.version})
    assert response["Location"] == f"/admin/storymap/chapter/{key(story, 'one-copy')}/change/"
    assert order(story) == ["one", "one-copy", "two", "three"]


def test_a_story_is_copied_after_one_question(author: Client, story: Story) -> None:
    assert "is a draft" in author.get(page_of(story, "copy")).content.decode()
    assert Story.objects.count() == 1
    response = author.post(page_of(story, "copy"))
    copy = Story.objects.get(slug="a-story-copy")
    assert response["Location"] == page_of(copy) and order(copy) == list(SLUGS)


@pytest.mark.parametrize("address", ["move-chapter", "copy-chapter", "copy"])
def test_who_may_only_look_changes_nothing_and_sees_no_buttons(address: str, client: Client, story: Story) -> None:
    user = make_user("otto")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_story", "view_chapter"]))
    client.force_login(user)
    assert client.post(page_of(story, address), {"move": f"{key(story, 'one')}:3"}).status_code == 403
    page = client.get(page_of(story)).content.decode()
    assert "One" in page and 'name="move"' not in page and 'name="copy"' not in page
    assert order(story) == list(SLUGS)


@pytest.mark.parametrize("address", ["move-chapter", "copy-chapter", "copy"])
def test_a_story_that_is_gone_is_not_found(address: str, author: Client) -> None:
    assert author.post(f"/admin/storymap/story/4711/{address}/").status_code == 404


def test_hostile_titles_stay_text(author: Client) -> None:
    story = make_story(chapters=(chapter_entry(title={"en": '"><script>alert(1)</script>'}),))
    assert "<script>alert" not in author.get(page_of(story)).content.decode()


LISTS = ("storymap/story", "storymap/chapter", "storymap/illustration", "storymap/edition")
RECORD = ("places/place", "places/event", "places/person", "places/source")


@pytest.mark.parametrize("model", [*LISTS, *RECORD])
def test_an_empty_list_says_what_belongs_there(model: str, author: Client) -> None:
    assert " yet: " in author.get(f"/admin/{model}/").content.decode()


def test_a_list_that_is_only_filtered_empty_does_not_say_so(author: Client, story: Story) -> None:
    page = author.get("/admin/storymap/chapter/?q=nothing").content.decode()
    assert "No chapters yet" not in page


def test_somebody_who_begins_is_led_through_every_step(author: Client) -> None:
    assert "/admin/storymap/story/first/" in author.get("/admin/").content.decode()
    page = author.get("/admin/storymap/story/first/").content.decode()
    for model in ("places/place", "places/source", "places/event", "storymap/story", "storymap/chapter"):
        assert f'href="/admin/{model}/add/"' in page and f'href="/admin/{model}/"' in page


def test_the_page_offers_what_is_possible_and_says_what_readers_see(client: Client) -> None:
    client.force_login(make_user("pub", "publisher"))
    story = make_story()
    page = client.get(page_of(story)).content.decode()
    assert "Visible to readers: <strong>nothing</strong>" in page
    assert not any(word in page for word in ("View on site", "withdraw/", "Visible until"))
    publish(story=story, by=None)
    page = client.get(page_of(story)).content.decode()
    assert "Visible to readers: <strong>edition 1</strong>" in page
    assert all(word in page for word in ("View on site", "withdraw/", "Visible until"))


def test_a_story_needs_a_title_and_its_language_is_one_of_the_site(author: Client) -> None:
    author.post("/admin/storymap/story/add/", {"title": "Crystal", "default_language": "en"})
    author.post("/admin/storymap/story/add/", {"title": "Second", "default_language": "tlh"})
    assert list(Story.objects.values_list("slug", flat=True)) == ["crystal"]


def test_whoever_writes_or_deletes_a_chapter_goes_on_with_its_story(client: Client, story: Story) -> None:
    client.force_login(make_user("ed", "editor"))
    rows = {"moments-TOTAL_FORMS": "0", "moments-INITIAL_FORMS": "0"}
    typed = {"story": story.pk, "title": "Editions", "narration": "", "camera": "null", "overlay": "", **rows}
    response = client.post(f"/admin/storymap/chapter/add/?story={story.pk}", typed)
    assert response["Location"] == page_of(story) + "#chapters"
    chapter = story.chapters.get(slug="chapter-editions")
    response = client.post(f"/admin/storymap/chapter/{chapter.pk}/delete/", {"post": "yes"}, follow=True)
    assert response.redirect_chain[0][0] == page_of(story) + "#chapters"
    said = " ".join(str(message) for message in response.context["messages"])
    assert said.count("is in the trash") == 1 and "deleted successfully" not in said


def test_a_chapter_whose_translation_is_begun_keeps_its_name(author: Client, story: Story) -> None:
    page = author.get(f"/admin/storymap/chapter/{key(story, 'two')}/change/?language=es").content.decode()
    assert "<title>Two " in page


def test_the_first_page_leads_back_to_the_stories_those_in_review_first(author: Client, story: Story) -> None:
    ask_for_review(story=story, by=None)
    make_story("newer", title={"en": "Newer"})
    page = author.get("/admin/").content.decode()
    assert 0 < page.index(f"/story/{story.pk}/tell/") < page.index("Newer")
    assert "<strong>in review</strong>" in page
