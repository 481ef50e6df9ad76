"""Who is who: the people of a story have a page, with their part in its events and how far each event is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from lxml import html

from storymap.management.site_files import site_files
from storymap.models import EditionDocument, Story
from storymap.selectors.editions import published_story
from storymap.services.publishing.publish import publish, withdraw
from storymap.services.publishing.review import make_preview_link
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.slugs import rename_story
from storymap.story.document import from_json
from storymap.story.storyfile import Involvement, MomentEntry, PersonEntry, StoryFile, to_json
from tests.factories import chapter_entry, event_entry, make_published_story, story_file

pytestmark = pytest.mark.django_db
PATH = "/stories/a-story/people/"


def took_part(**roles: str) -> tuple[Involvement, ...]:
    return tuple(Involvement(person=slug, role={"en": role} if role else {}) for slug, role in roles.items())


def named() -> StoryFile:
    """Óscar in three events, Zoe and Petra in one each; only the list beside the chapters names the last of them."""
    return story_file(
        people=tuple(
            PersonEntry(slug=slug, name={"en": name})
            for slug, name in (("a-zoe", "Zoe"), ("oscar", "Óscar"), ("petra", "Petra"), ("listed-only", "Nobody"))
        ),
        events=(
            event_entry("late", title={"en": "A trial"}, date="1999", people=took_part(oscar="defendant")),
            event_entry(
                "early",
                title={"en": "A charge"},
                date="1990",
                status="alleged",
                attributed_to={"en": "the gazette"},
                people=took_part(**{"oscar": "accused", "a-zoe": "judge", "petra": ""}),
            ),
            event_entry(
                "aside",
                title={"en": "An aside"},
                date="1995",
                people=took_part(oscar="accused", **{"listed-only": "x"}),
            ),
        ),
        chapters=(
            chapter_entry(moments=(MomentEntry(event="early"),)),
            chapter_entry("ending", moments=(MomentEntry(event="late"),)),
        ),
    )


def make_named() -> Story:
    story = save_story_file(file=named(), media={}).story
    publish(story=story, by=None)
    return story


def tree(path: str) -> html.HtmlElement:
    response = Client().get(path)
    assert response.status_code == 200, path
    return html.fromstring(response.content)


def words(node: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in node.xpath(path)]


def test_each_narrated_person_is_there_once_by_name() -> None:
    make_named()
    assert words(tree(PATH), "//ol[@class='who']/li/h3") == ["Óscar", "Petra", "Zoe"]


def test_a_person_has_the_roles_of_the_record_and_the_events_in_order_of_date() -> None:
    make_named()
    oscar, petra, zoe = tree(PATH).xpath("//ol[@class='who']/li")
    assert words(oscar, "ul/li") == ["accused", "defendant"], "once each"
    assert words(zoe, "ul/li") == ["judge"] and words(petra, "ul/li") == []
    assert words(oscar, "details/summary") == ["3 events"]
    told = [tuple(words(part, "*")) for part in oscar.xpath("details//li")]
    assert told == [
        ("1990", "A charge", "accused", "Alleged according to the gazette"),
        ("1995", "An aside", "accused", "Documented"),
        ("1999", "A trial", "defendant", "Documented"),
    ]


def test_each_event_leads_to_the_page_that_tells_it() -> None:
    make_named()
    links = [str(link) for link in tree(PATH).xpath("//ol[@class='who']/li[1]//a/@href")]
    story = "/stories/a-story/"
    assert links == [f"{story}beginning/#early", f"{story}also-in-the-record/#aside", f"{story}ending/#late"]
    for link in links:
        page, _mark, event = link.partition("#")
        assert tree(page).get_element_by_id(event) is not None


def test_it_is_found_from_the_story_by_search_engines_and_from_other_languages() -> None:
    file = named()
    titles = {"title": {"en": "A story", "es": "Una historia"}, "languages": ("en", "es")}
    publish(story=save_story_file(file=replace(file, **titles), media={}).story, by=None)
    page = tree("/stories/a-story/")
    assert PATH in page.xpath("//footer//a/@href") and PATH in page.xpath("//*[@data-contents]//a/@href")
    assert f"<loc>http://testserver{PATH}</loc>" in Client().get("/sitemap.xml").content.decode()
    spanish = tree(f"/es{PATH}")
    assert spanish.xpath("//link[@rel='alternate']/@hreflang") == ["en", "es"]
    assert spanish.xpath("//h3/@lang") == ["en"] * 3, "names without a translation"
    response = Client().get(PATH)
    assert Client().get(PATH, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_preview_single_file_and_static_site_have_it_too() -> None:
    story = make_named()
    token = make_preview_link(story=story, by=None)[1]
    preview = f"/preview/{token}/a-story/people/"
    assert preview in tree(f"/preview/{token}/a-story/").xpath("//footer//a/@href")
    assert words(tree(preview), "//h3") == words(tree(PATH), "//h3")
    file = tree("/stories/a-story/downloads/html")
    links = file.xpath("//section[@id='who-is-who']//ol[@class='who']/li[1]//a/@href")
    assert links == ["#early", "#aside", "#late"] and file.xpath("//footer//a[@href='#who-is-who']")
    assert all(file.get_element_by_id(link[1:]) is not None for link in links)
    assert "stories/a-story/people/index.html" in dict(site_files())


def test_a_story_that_names_nobody_has_no_such_page() -> None:
    make_published_story()
    assert Client().get(PATH).status_code == 404
    for path in ("/stories/a-story/", "/stories/a-story/downloads/html", "/sitemap.xml"):
        assert "people/" not in (page := Client().get(path).content.decode()) and "Who is who" not in page


def test_it_is_frozen_with_the_edition_moves_and_goes_with_its_story() -> None:
    story = make_named()
    save_story_file(file=story_file(), media={})
    assert Client().get(PATH).status_code == 200
    rename_story(story=story, slug="another")
    moved = Client().get(PATH)
    assert (moved.status_code, moved["Location"]) == (301, "/stories/another/people/")
    withdraw(story=story, by=None)
    assert Client().get(moved["Location"]).status_code == 410


def test_a_chapter_that_has_the_address_keeps_it_in_editions_of_before() -> None:
    edition = make_named().editions.get()
    (row,) = edition.documents.all()
    document = from_json(row.document)
    former = replace(document, chapters=(replace(document.chapters[0], slug="people"), document.chapters[1]))
    edition.pk, edition.number = None, 2
    edition.save(force_insert=True)
    text = to_json(former).decode()
    EditionDocument.objects.create(edition=edition, language="en", document=text, digest="0" * 64, card=row.card)
    assert tree(PATH).xpath("//main/@data-chapter-now") == ["people"]
    assert not tree(PATH).xpath("//footer//a[normalize-space()='Who is who']")


@pytest.mark.parametrize("language", ["en", "es", "ja"])
def test_the_first_story_names_everybody_it_tells_of(lima: Story, language: str) -> None:
    document = published_story("lima-1996-97", language).document
    page = tree(f"{'' if language == 'en' else f'/{language}'}/stories/lima-1996-97/people/")
    told = {person.name for event in document.events.values() for person in event.people}
    names = words(page, "//ol[@class='who']/li/h3")
    assert len(names) == len(told) == 39 and set(names) == told
    assert not page.xpath("//main//*[@lang]"), "nothing is left untranslated"
