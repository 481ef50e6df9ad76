"""Publishing in the admin: the checklist leads to the fields, warnings ask, times are what was meant."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from places.geo import Camera, LatLng
from places.models import Event
from storymap.models import Chapter, Edition, Story
from storymap.services.publishing.publish import publish, withdraw
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.storyfile import ChapterEntry, IllustrationEntry, MomentEntry
from tests import factories
from tests.factories import chapter_entry, event_entry, place_entry, story_file
from tests.security import stages
from tests.storymap.admin.desk import NOW, page_of, ready, send, shown

pytestmark = pytest.mark.django_db
OF_A_FORM = re.compile(r'\bid="([^"]+)"')


def full_of_problems() -> Story:
    """A story with something to say about every kind of part."""
    chapters = (
        chapter_entry(
            narration={"en": "# A\n\n[it](#nowhere)"},
            illustration="view",
            moments=(MomentEntry(event="meeting"), MomentEntry(event="far")),
        ),
        ChapterEntry(slug="editions", title={"es": "Fin"}, moments=(MomentEntry(event="story"),)),
    )
    events = (
        event_entry(status="alleged", citations=()),
        event_entry("story", title={"en": "It ends"}, place=None, citations=()),
        event_entry("far", place="zero", summary={"es": "Lejos"}),
    )
    picture = IllustrationEntry(slug="view", file={"en": "view.png"}, caption={"en": "A view"})
    file = story_file(
        title={"en": "A story", "es": "Una historia"},
        languages=("en", "es"),
        standfirst={},
        byline={"es": "Por Ana"},
        licence="",
        chapters=chapters,
        events=events,
        places=(place_entry(), place_entry("zero", lat=0.0, lng=0.0)),
        illustrations=(picture,),
    )
    return save_story_file(file=file, media={"view.png": stages.png()}).story


def test_every_item_leads_to_a_field_that_is_there(publisher: Client) -> None:
    """Each link of the checklist opens a form of the right row and language, with the field it names."""
    story = full_of_problems()
    chapter = Chapter.objects.get(slug="beginning")
    chapter.set_current_language("en")
    chapter.audio = "0" * 32 + ".mp3"
    chapter.save()
    listed = shown(publisher, page_of(story)).split('class="checklist"')[1].split("</section>")[0]
    links = re.findall(r'<li\s+class="\w+">.*?<a href="([^"]+)"', listed, re.S)
    assert len(links) >= 20
    for link in links:
        address, _hash, field = link.partition("#")
        assert field in OF_A_FORM.findall(shown(publisher, address)), link
    fields = {link.partition("#")[2] for link in links}
    assert {"id_standfirst", "id_licence", "citations-group", "id_latitude", "id_alt", "id_transcript"} <= fields
    assert any("?language=es#id_title" in link for link in links)


def test_a_view_without_streets_leads_to_where_they_are_laid(publisher: Client) -> None:
    camera = Camera(center=LatLng(-12.05, -77.03), zoom=15)
    story = factories.make_story(chapters=(factories.chapter_entry(camera=camera),))
    for page in (page_of(story), f"/admin/storymap/story/{story.pk}/tell/"):
        assert f'href="/admin/storymap/story/{story.pk}/streets/#id_file"' in shown(publisher, page)


def test_a_story_without_chapters_leads_to_a_new_one(publisher: Client) -> None:
    story = factories.make_story(chapters=())
    (link,) = re.findall(r'href="([^"]+chapter/add/[^"]+)"', shown(publisher, page_of(story)))
    assert f'<option value="{story.pk}" selected' in shown(publisher, link)


def test_problems_are_grouped_by_chapter_and_counted_in_the_title(publisher: Client) -> None:
    story = ready(licence="", events=(event_entry(citations=()),))
    page = shown(publisher, page_of(story))
    assert "<h1>Publish: 1 error, 1 warning</h1>" in page
    assert re.findall(r"<h3>([^<]+)</h3>", page) == ["The story as a whole", "1 · The beginning"]
    assert "<h1>Publish</h1>" in shown(publisher, page_of(ready("another")))


def test_errors_block(publisher: Client) -> None:
    story = ready(events=(event_entry(citations=()),))
    assert 'type="submit" class="default"' not in shown(publisher, page_of(story))
    assert "Nothing was published" in send(publisher, story, anyway="on")
    assert not Edition.objects.exists()


def test_warnings_ask_for_a_tick_and_nothing_else_does(publisher: Client) -> None:
    asked, hinted, clean = (
        ready(licence=""),
        ready("hinted", chapters=(chapter_entry(),)),
        ready("clean"),
    )
    assert 'name="anyway"' in shown(publisher, page_of(asked))
    assert "There are warnings" in send(publisher, asked)
    assert not Edition.objects.exists()
    assert send(publisher, asked, anyway="on") == ""
    for story in (asked, hinted, clean):  # the first is seen by readers with that warning already
        assert 'name="anyway"' not in shown(publisher, page_of(story))
        assert send(publisher, story) == ""
    assert Edition.objects.count() == 4
    withdraw(story=asked, by=None)
    assert 'name="anyway"' in shown(publisher, page_of(asked))


def test_what_was_saved_since_is_looked_at_again(publisher: Client) -> None:
    """A tick for warnings that were seen is no tick for those that came since."""
    story = ready(licence="")
    found = re.search(r'name="checked" value="([0-9a-f]{64})"', shown(publisher, page_of(story)))
    assert found
    Event.objects.get(slug="meeting").translations.update(title="Another")
    again = send(publisher, story, checked=found[1], anyway="on")
    assert "has been saved since" in again and " checked" not in again.split('name="anyway"')[1].split(">")[0]
    assert not Edition.objects.exists()
    fresh = re.search(r'name="checked" value="([0-9a-f]{64})"', again)
    assert fresh and send(publisher, story, checked=fresh[1], anyway="on") == ""


def test_a_time_is_that_of_the_site_and_said_in_utc_too(publisher: Client, berlin: time_machine.Traveller) -> None:
    story = ready()
    times = {"at_0": "2026-03-28", "at_1": "18:30", "until_0": "2026-04-01", "until_1": "08:00"}
    response = publisher.post(page_of(story), times, follow=True)
    said = html.unescape(response.content.decode())
    assert "It is visible from 2026-03-28 18:30 Europe/Berlin (17:30 UTC)." in said
    assert "The story is visible until 2026-04-01 08:00 Europe/Berlin (06:00 UTC)." in said
    assert Edition.objects.get().publish_at == datetime(2026, 3, 28, 17, 30, tzinfo=UTC)
    assert Story.objects.get().visible_until == datetime(2026, 4, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"at_0": "2026-03-29", "at_1": "02:30"}, "Write 03:30"),
        ({"until_0": "2026-03-29", "until_1": "02:30"}, "Write 03:30"),
        ({"at_0": "2026-02-28", "at_1": "12:00"}, "has passed"),
        ({"until_0": "2026-02-28", "until_1": "12:00"}, "has passed"),
        ({"at_0": "2026-03-29"}, "A day and a time are needed"),
        ({"at_1": "02:30"}, "A day and a time are needed"),
        ({"at_0": "29 March", "at_1": "half past"}, "Enter a valid date"),
        (
            {"at_0": "2026-05-02", "at_1": "12:00", "until_0": "2026-05-02", "until_1": "12:00"},
            "would end before the edition",
        ),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(
    publisher: Client, berlin: time_machine.Traveller, times: dict[str, str], said: str
) -> None:
    """The hour that the clocks leave out, what has passed, half a time, an end before the beginning."""
    assert said in send(publisher, ready(), **times)
    assert not Edition.objects.exists() and Story.objects.get().visible_until is None


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
@pytest.mark.parametrize("field", ["at", "until"])
def test_an_hour_that_comes_twice_is_asked_about(
    publisher: Client, berlin: time_machine.Traveller, field: str, which: str, hour: int
) -> None:
    story = ready()
    typed = {f"{field}_0": "2026-10-25", f"{field}_1": "02:30"}
    asked = send(publisher, story, **typed)
    assert "The clocks show this time twice" in asked
    assert f'name="{field}_which"' in asked and "2026-10-25 02:30 Europe/Berlin (01:30 UTC)" in asked
    assert not Edition.objects.exists()
    assert send(publisher, story, **typed, **{f"{field}_which": which}) == ""
    meant = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert meant in (Edition.objects.get().publish_at, Story.objects.get().visible_until)


def test_the_end_is_offered_again_and_can_be_changed_later(publisher: Client, berlin: time_machine.Traveller) -> None:
    story = ready()
    publish(story=story, by=None, until=NOW + timedelta(days=1))
    assert 'value="2026-03-02"' in shown(publisher, page_of(story))
    assert send(publisher, story, "end", until_0="2026-03-05", until_1="13:00") == ""
    assert Story.objects.get().visible_until == NOW + timedelta(days=4)
    assert "Write 03:30" in send(publisher, story, "end", until_0="2026-03-29", until_1="02:30")
    assert send(publisher, story, "end") == ""
    assert Story.objects.get().visible_until is None
