"""What readers see, and when it comes and goes, as the admin says it; withdrawing; the note to readers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from storymap.services.publishing.publish import end_at, publish
from tests import factories
from tests.storymap.admin.desk import NOW, page_of, ready, send, shown

pytestmark = pytest.mark.django_db


def test_the_calendar_lists_what_comes_and_goes_in_order(publisher: Client, berlin: time_machine.Traveller) -> None:
    coming, going, withdrawn = (
        ready("coming", title={"en": "Coming"}),
        ready("going", title={"en": "Going"}),
        ready("off"),
    )
    publish(story=coming, by=None, at=NOW + timedelta(hours=2))
    publish(story=going, by=None, until=NOW + timedelta(hours=1))
    end_at(story=withdrawn, by=None, until=NOW + timedelta(hours=1))
    page = shown(publisher, reverse("admin:storymap_story_calendar"))
    assert re.findall(r"<time[^>]*>([^<]+)</time></td><td>([^<]+)</td>\s*<td><a[^>]*>([^<]+)", page) == [
        ("2026-03-01 14:00 Europe/Berlin (13:00 UTC)", "The story goes", "Going"),
        ("2026-03-01 15:00 Europe/Berlin (14:00 UTC)", "Edition 1 appears", "Coming"),
    ]
    berlin.shift(timedelta(hours=3))
    assert "No story will appear or go by itself." in shown(publisher, reverse("admin:storymap_story_calendar"))


@pytest.mark.parametrize("start", ["list", "page"])
def test_two_clicks_withdraw_a_story_at_once(publisher: Client, start: str) -> None:
    story = factories.make_published_story()
    page = reverse("admin:storymap_story_changelist") if start == "list" else page_of(story, "change")
    link = page_of(story, "withdraw")
    assert Client().get("/stories/a-story/").status_code == 200
    assert f'href="{link}"' in shown(publisher, page)
    assert 'type="submit"' in shown(publisher, link)
    assert publisher.post(link).status_code == 302
    assert Client().get("/stories/a-story/").status_code == 410
    assert f'href="{link}"' not in shown(publisher, reverse("admin:storymap_story_changelist"))


@pytest.mark.parametrize("how", ["alone", "together"])
def test_a_withdrawn_story_is_gone_for_every_process_when_that_is_said(
    how: str, publisher: Client, settings: Any
) -> None:
    settings.STORYMAP_FRESHNESS = 0.4  # what another process has just been told, it believes for so long
    name = f"just-read-{how}"
    story = factories.make_published_story(name)
    assert Client().get(f"/stories/{name}/").status_code == 200
    if how == "alone":
        publisher.post(page_of(story, "withdraw"))
    else:
        told = {"action": "withdraw_in_bulk", "_selected_action": story.pk, "confirmed": "yes"}
        publisher.post(reverse("admin:storymap_story_changelist"), told)
    assert Client().get(f"/stories/{name}/").status_code == 410


def test_the_list_says_what_readers_see(publisher: Client, berlin: time_machine.Traveller) -> None:
    story = ready()
    path = reverse("admin:storymap_story_changelist")
    assert "nothing" in shown(publisher, path)
    publish(story=story, by=None, until=NOW + timedelta(days=1))
    publish(story=story, by=None, at=NOW + timedelta(hours=1))
    said = "edition 1, next from 2026-03-01 14:00 Europe/Berlin (13:00 UTC), until 2026-03-02 13:00 Europe/Berlin"
    assert said in shown(publisher, path)
    author = Client()
    author.force_login(factories.make_user("ana", "author"))
    assert "/withdraw/" not in shown(author, path)


@pytest.mark.parametrize("prefix", ["", "/es", "/ja"])
def test_the_note_to_readers_stands_on_the_page_of_editions_as_written(publisher: Client, prefix: str) -> None:
    story = ready(title={"en": "A story", "es": "Una historia", "ja": "物語"})
    note = "Correction: the talks <b>began</b> on 11 January."
    send(publisher, story, note=note, anyway="on")
    for page in ("", "editions/"):
        body = Client().get(f"{prefix}/stories/a-story/{page}").content.decode()
        assert "Correction: the talks &lt;b&gt;began&lt;/b&gt; on 11 January." in body
