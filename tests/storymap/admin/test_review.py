"""Asking for review, sending back, and comments on chapters: who may, what is shown, what stays inside."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from storymap.models import ChapterComment, Story
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.from_models import story_file_of
from tests.factories import make_story, make_user, story_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def ann() -> User:
    return make_user("ann", "author")


@pytest.fixture
def pia() -> User:
    return make_user("pia", "publisher")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(story: Story, page: str) -> str:
    return f"/admin/storymap/story/{story.pk}/{page}/"


def page_of(user: User, story: Story) -> str:
    return signed_in(user).get(at(story, "change")).content.decode()


def state(story: Story) -> str:
    return Story.objects.get(pk=story.pk).state


def test_an_author_asks_and_a_publisher_sees_it(story: Story, ann: User, pia: User) -> None:
    """On the story's page and in the list that can be filtered by it."""
    make_story("other")
    assert signed_in(ann).get(at(story, "ask-for-review")).status_code == 200
    assert state(story) == "draft"
    signed_in(ann).post(at(story, "ask-for-review"))
    assert state(story) == "in review"
    assert "Asked for by ann." in page_of(pia, story)
    listed = signed_in(pia).get("/admin/storymap/story/?state__exact=in+review").context["cl"].queryset
    assert [row.slug for row in listed] == [story.slug]


def test_a_publisher_sends_back_with_a_comment(story: Story, ann: User, pia: User) -> None:
    signed_in(ann).post(at(story, "ask-for-review"))
    signed_in(pia).post(at(story, "send-back"), {"comment": "Who says so?\n<b>Please</b> cite."})
    assert state(story) == "draft"
    shown = page_of(ann, story)
    assert "Who says so?<br>&lt;b&gt;Please&lt;/b&gt; cite." in shown
    assert "sent back by pia" in shown


@pytest.mark.parametrize("comment", ["", "   ", "x" * 4001, "a\x00b"])
def test_it_is_not_sent_back_without_a_proper_comment(comment: str, story: Story, ann: User, pia: User) -> None:
    signed_in(ann).post(at(story, "ask-for-review"))
    answer = signed_in(pia).post(at(story, "send-back"), {"comment": comment})
    assert answer.status_code == 200
    assert answer.context["form"].errors["comment"]
    assert state(story) == "in review"


def test_an_author_does_not_send_back(story: Story, ann: User) -> None:
    signed_in(ann).post(at(story, "ask-for-review"))
    assert signed_in(ann).post(at(story, "send-back"), {"comment": "No."}).status_code == 403
    assert state(story) == "in review"


def test_what_is_not_in_review_is_not_sent_back(story: Story, pia: User) -> None:
    """Two publishers at once: the second is told that it has been dealt with."""
    answer = signed_in(pia).post(at(story, "send-back"), {"comment": "Late."}, follow=True)
    assert "not in review" in answer.content.decode()
    assert Story.objects.get().review_note == ""


def test_publishing_ends_the_review(story: Story, ann: User, pia: User) -> None:
    signed_in(ann).post(at(story, "ask-for-review"))
    signed_in(pia).post(at(story, "send-back"), {"comment": "Cite."})
    signed_in(ann).post(at(story, "ask-for-review"))
    publish(story=story, by=pia)
    assert state(story) == "draft"
    assert "Cite." not in page_of(ann, story)


def test_a_failed_publication_leaves_it_in_review(ann: User, pia: User) -> None:
    story = make_story(chapters=())
    signed_in(ann).post(at(story, "ask-for-review"))
    signed_in(pia).post(at(story, "publish"), {"note": ""})
    assert story.editions.count() == 0
    assert state(story) == "in review"


def test_a_review_is_no_change_of_the_story(story: Story, ann: User, pia: User) -> None:
    """What is said about a story is not in its file, and a file that is loaded leaves it alone."""
    before = story_file_of(story)
    signed_in(ann).post(at(story, "ask-for-review"))
    signed_in(pia).post(at(story, "send-back"), {"comment": "Cite."})
    signed_in(ann).post(f"/admin/storymap/chapter/{story.chapters.get().pk}/comment/", {"text": "Here?"})
    assert story_file_of(Story.objects.get(pk=story.pk)) == before
    save_story_file(file=story_file(title={"en": "Another title"}), media={})
    assert Story.objects.get(pk=story.pk).review_note == "Cite."
    assert ChapterComment.objects.count() == 1


def comment(user: User, story: Story, text: str) -> ChapterComment:
    chapter = story.chapters.get()
    assert signed_in(user).post(f"/admin/storymap/chapter/{chapter.pk}/comment/", {"text": text}).status_code == 302
    return ChapterComment.objects.latest("pk")


def test_comments_stand_on_the_chapter_and_are_counted_on_the_story(story: Story, ann: User, pia: User) -> None:
    """As plain text, with the name of who wrote them."""
    comment(pia, story, "Is <i>this</i> so?\nReally?")
    comment(pia, story, "And this?")
    chapter = story.chapters.get()
    shown = signed_in(ann).get(f"/admin/storymap/chapter/{chapter.pk}/change/").content.decode()
    assert "<strong>pia</strong>" in shown
    assert "Is &lt;i&gt;this&lt;/i&gt; so?<br>Really?" in shown
    assert "(2 comments)" in page_of(ann, story)


def test_a_resolved_comment_stays_but_is_not_counted(story: Story, ann: User, pia: User) -> None:
    row = comment(pia, story, "Is this so?")
    path = f"/admin/storymap/chapter/{row.chapter_id}/comment/{row.pk}/resolve/"
    assert signed_in(ann).post(path).status_code == 302
    signed_in(pia).post(path)
    shown = signed_in(pia).get(f"/admin/storymap/chapter/{row.chapter_id}/change/").content.decode()
    assert "Is this so?" in shown and "Resolved by ann" in shown and path not in shown
    assert "Open comments" not in page_of(ann, story)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001, "a\x00b"])
def test_a_comment_that_cannot_be_taken_comes_back(text: str, story: Story, ann: User) -> None:
    chapter = story.chapters.get()
    answer = signed_in(ann).post(f"/admin/storymap/chapter/{chapter.pk}/comment/", {"text": text})
    assert answer.status_code == 200
    assert answer.context["form"].errors["text"]
    assert not ChapterComment.objects.exists()


def test_a_comment_is_resolved_on_its_own_chapter_only(story: Story, ann: User) -> None:
    row = comment(ann, story, "Here?")
    other = make_story("other").chapters.get()
    assert signed_in(ann).post(f"/admin/storymap/chapter/{other.pk}/comment/{row.pk}/resolve/").status_code == 404
    assert ChapterComment.objects.get().resolved is None


@pytest.mark.parametrize("key", ["0", "nothing", "999999", "%00"])
def test_stories_and_chapters_that_are_not_there(key: str, pia: User) -> None:
    client = signed_in(pia)
    for path in (f"story/{key}/ask-for-review/", f"story/{key}/send-back/", f"chapter/{key}/comment/"):
        assert client.post(f"/admin/storymap/{path}", {"text": "T", "comment": "C"}).status_code == 404
