"""Links in the narration of an embed: what is told in the frame is reached in it, everything else is left as it is."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from storymap.services.publishing.publish import publish
from storymap.services.stories.slugs import rename_chapter
from storymap.story.storyfile import MomentEntry
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
EMBED = "/embed/a-story/"


def publish_with(narration: str) -> None:
    """Two chapters with an event each; the narration is the first one's."""
    texts = {"beginning": narration, "end": "It ends."}
    factories.make_published_story(
        events=tuple(factories.event_entry(f"event-{slug}") for slug in texts),
        chapters=tuple(
            factories.chapter_entry(slug, narration={"en": text}, moments=(MomentEntry(event=f"event-{slug}"),))
            for slug, text in texts.items()
        ),
    )


def link(path: str = EMBED) -> dict[str, str]:
    """The attributes of the link in the narration, as a reader without JavaScript has them."""
    body = Client().get(path).content.decode()
    (found,) = html.fromstring(body).xpath("//div[@class='narration']//a")
    return {name: value for name, value in found.attrib.items() if name != "rel"}


def inside(start: str, chapter: str, moment: str = "", base: str = f"{EMBED}?") -> dict[str, str]:
    fragment = f"#{moment}" if moment else ""
    to = {"data-to-chapter": chapter, "data-to-moment": moment}
    return {"href": f"{base}start={start}{fragment}", "target": "_self", **to}


TOLD = {
    "#event-beginning": inside("event-beginning", "beginning", "event-beginning"),
    "#event-end": inside("event-end", "end", "event-end"),
    "#chapter-end": inside("end", "end"),
    "/stories/a-story/end/": inside("end", "end"),
    "/stories/a-story/end/#event-end": inside("event-end", "end", "event-end"),
    f"{SITE}/stories/a-story/#event-end": inside("event-end", "end", "event-end"),
}


@pytest.mark.parametrize("address", TOLD)
def test_a_link_to_what_is_told_here_stays_in_the_frame(address: str) -> None:
    publish_with(f"As [told]({address}).")
    assert link() == TOLD[address]


def test_options_are_kept_and_a_chapter_is_found_by_its_former_name() -> None:
    publish_with("As [told](/stories/a-story/end/).")
    assert link(f"{EMBED}?theme=dark") == inside("end", "end", base=f"{EMBED}?theme=dark&")
    story = factories.Story.objects.get()
    rename_chapter(chapter=story.chapters.get(slug="end"), slug="outcome")
    publish(story=story, by=None)
    assert link() == inside("outcome", "outcome")


@pytest.mark.parametrize("path", [f"{EMBED}beginning/", f"{EMBED}?chapters=beginning..beginning"])
def test_a_link_to_what_is_not_told_here_leads_to_the_story(path: str) -> None:
    publish_with("As [told](#event-end).")
    assert link(path) == {"href": f"{SITE}/stories/a-story/end/#event-end"}


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.org/#event-end", "/stories/another/", "/stories/a-story/", "/stories/a-story/editions/"),
        *("mailto:ana@example.org", "//example.org/stories/a-story/end/", "/es/stories/a-story/end/"),
    ],
)
def test_every_other_link_is_left_as_it_was_written(address: str) -> None:
    publish_with(f"As [told]({address}).")
    assert link() == {"href": address}
