"""Several stories are published or withdrawn at once, after a look at what will happen to each."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from places.models import Event
from storymap.models import Edition, Story
from tests.factories import make_published_story, make_story, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/storymap/story/"


def asked(client: Client, action: str, *stories: Story, **more: str) -> str:
    sent = {"action": action, "_selected_action": [story.pk for story in stories], **more}
    return client.post(LIST, sent, follow=True).content.decode()


def test_the_effect_on_each_story_is_shown_before_anything_happens(publisher: Client) -> None:
    good, again, empty = make_story("good"), make_published_story("again"), make_story("empty", chapters=())
    page = asked(publisher, "publish_in_bulk", good, again, empty)
    assert "becomes edition 1" in page and "becomes edition 2" in page
    assert "cannot be published:" in page and "There is no chapter." in page
    assert Edition.objects.count() == 1


def test_what_can_be_published_is_and_the_rest_is_left(publisher: Client) -> None:
    good, empty = make_story("good"), make_story("empty", chapters=())
    page = asked(publisher, "publish_in_bulk", good, empty, confirmed="yes")
    assert "Published: 1 of 2." in page
    assert [edition.story for edition in Edition.objects.all()] == [good]
    assert Edition.objects.get().by == "pub"


def test_a_story_with_warnings_is_published_when_somebody_has_accepted_them(publisher: Client) -> None:
    """As on its own page: warnings that readers do not see yet ask for a tick, for each story by itself."""
    good, first, second = make_story("good"), make_story("first", licence=""), make_story("second", licence="")
    page = asked(publisher, "publish_in_bulk", good, first, second)
    assert page.count('name="anyway"') == page.count("licence: ") == 2
    ticked = {"confirmed": "yes", "anyway": str(first.pk)}
    page = asked(publisher, "publish_in_bulk", good, first, second, **ticked)
    assert "Published: 2 of 3." in page
    assert f"Left out, because of warnings that you have not accepted: {second}." in html.unescape(page)
    assert {edition.story for edition in Edition.objects.all()} == {good, first}
    assert 'name="anyway"' not in asked(publisher, "publish_in_bulk", first)


def test_a_story_that_was_saved_since_the_question_is_left_out(publisher: Client) -> None:
    """A tick for warnings that were seen is no tick for those that came since."""
    story = make_story(licence="")
    found = re.search(r'name="(checked-\d+)" value="([0-9a-f]{64})"', asked(publisher, "publish_in_bulk", story))
    assert found
    Event.objects.get(slug="meeting").translations.update(title="Another")
    sent = {"confirmed": "yes", "anyway": str(story.pk), found[1]: found[2]}
    page = asked(publisher, "publish_in_bulk", story, **sent)
    assert "Published: 0 of 1." in page
    assert f"Left out, because they have been saved since you saw the list: {story}." in html.unescape(page)
    assert not Edition.objects.exists()


def test_what_is_published_can_be_withdrawn_together(publisher: Client) -> None:
    first, second, draft = make_published_story("first"), make_published_story("second"), make_story("draft")
    page = asked(publisher, "withdraw_in_bulk", first, second, draft)
    assert page.count("is withdrawn with edition 1") == 2 and "is not published" in page
    assert not Story.objects.filter(withdrawn_through__gt=0).exists()
    assert "Withdrawn: 2 of 3." in asked(publisher, "withdraw_in_bulk", first, second, draft, confirmed="yes")
    assert Story.objects.filter(withdrawn_through=1).count() == 2
    assert "is not published" in asked(publisher, "withdraw_in_bulk", first)


@pytest.mark.parametrize("group", ["author", "editor"])
def test_who_may_not_publish_is_not_offered_it(client: Client, group: str) -> None:
    client.force_login(make_user("ana", group))
    story = make_story()
    assert "publish_in_bulk" not in client.get(LIST).content.decode()
    asked(client, "publish_in_bulk", story, confirmed="yes")
    assert not Edition.objects.exists()
