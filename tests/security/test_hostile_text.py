"""Hostile text in every field is shown as text: nothing of it is markup, nothing runs on the server."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from storymap.models import Story
from storymap.prose import html_of
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from tests import factories
from tests.extent import LARGE
from tests.security import stages
from tests.security.hostile import NOT_SAID, PWN, TEXTS, hostile_story

pytestmark = pytest.mark.django_db
DATA = ("application/json", "application/ld+json")  # which no browser runs
OWN_SCRIPTS = ("/static/", "/stories/")
ADMIN_PAGES = ("story", "chapter", "illustration", "edition")


class Markup(HTMLParser):
    """The tags of a page with their attributes, its text, and the scripts it names."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def told(text: str) -> Story:
    story = save_story_file(file=hostile_story("hostile", text), media={"view.png": stages.png()}).story
    publish(story=story, by=None, note=text)
    return story


def page_of(path: str) -> Markup:
    response = Client().get(path)
    assert response.status_code == 200, path
    return Markup(response.content.decode())


def assert_harmless(page: Markup) -> None:
    """No attribute that runs, no address that runs, no script but the site's own."""
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        for name in ("href", "src", "action", "data", "srcset"):
            assert not (attributes.get(name) or "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        if tag == "script":
            assert attributes.get("type") in DATA or (attributes["src"] or "").startswith(OWN_SCRIPTS)
        assert tag not in ("iframe", "object", "embed", "svg-onload")
        assert tag != "base" or attributes == {"target": "_blank"}  # an embed's: it names no address


@pytest.mark.parametrize("kind", TEXTS)
def test_pages_show_hostile_text_as_text(kind: str) -> None:
    """On page, chapter, history and list the text stands as it was written, and nothing of it is markup."""
    text = TEXTS[kind]
    told(text)
    pages = ("/stories/hostile/", "/stories/hostile/beginning/", "/stories/hostile/editions/", "/")
    for path in (*pages, "/stories/hostile/downloads/", "/embed/hostile/", "/embed/hostile/beginning/"):
        page = page_of(path)
        assert_harmless(page)
        assert " ".join(text.split()) in " ".join(page.text.split()), path
    assert not [word for word in NOT_SAID[1:] if word in page_of("/stories/hostile/").text]


def test_a_template_in_the_text_is_not_carried_out() -> None:
    """{{7*7}} is nowhere 49: not on a page, not in the map's script, not in its data."""
    told("{{7*7}}{% widthratio 7 1 7 %}${7*7}")
    page = Client().get("/stories/hostile/").content.decode()
    urls = [
        url
        for tag, at in Markup(page).tags
        for url in (at.get("src"), at.get("href"))
        if tag in ("script", "link") and url
    ]
    derived = [url for url in urls if url.startswith("/stories/") and "." in url]
    assert len(derived) >= 2
    assert page.count("{{7*7}}") > 20
    for url in derived:
        assert b">49<" not in b"".join(Client().get(url))
    assert ">49" not in page and "49<" not in page


@pytest.mark.parametrize("kind", TEXTS)
def test_words_of_an_author_are_data_of_the_map_and_not_its_script(kind: str) -> None:
    """folium's script of a hostile story is that of the same story with harmless words."""
    story = told(TEXTS[kind])
    hostile = script_of(story)
    assert TEXTS[kind] not in hostile
    assert PWN not in hostile
    assert_words_are_data(page_of("/stories/hostile/"), TEXTS[kind])


def script_of(story: Story) -> str:
    page = page_of(f"/stories/{story.slug}/")
    url = next(at["src"] for tag, at in page.tags if tag == "script" and "/map." in (at.get("src") or ""))
    return b"".join(Client().get(url)).decode()


def assert_words_are_data(page: Markup, text: str) -> None:
    """The GeoJSON of the map parses, says the words as they are, and has no property that an author invented."""
    url = next(at["href"] for tag, at in page.tags if ".geojson" in (at.get("href") or ""))
    response = Client().get(url)
    assert response.headers["Content-Type"] == "application/geo+json"
    features = json.loads(b"".join(response))["features"]
    assert {f["properties"]["name"] for f in features if "name" in f["properties"]} == {text}
    known = {
        "kind",
        "slug",
        "name",
        "precision",
        "radius",
        "events",
        "event",
        "chapter",
        "km",
        "note",
        "source",
        "schematic",
        "credit",
    }
    assert {key for f in features for key in f["properties"]} <= known


@pytest.mark.parametrize(("number", "kind"), list(enumerate(TEXTS)))
def test_editors_see_hostile_text_as_text(number: int, kind: str) -> None:
    """Lists, forms, checklist and history of the admin escape what they show. The page decides what is shown, and
    one escaping serves all texts: so each page meets every third of them; in `make fuzz` all."""
    story = told(TEXTS[kind])
    client = Client()
    client.force_login(factories.make_user("root", "publisher", is_superuser=True))
    paths = [f"/admin/storymap/{model}/" for model in ADMIN_PAGES]
    paths += [f"/admin/places/{model}/" for model in ("place", "person", "source", "event")]
    paths += [
        f"/admin/storymap/story/{story.pk}/{page}/" for page in ("change", "publish", "withdraw", "history", "delete")
    ]
    paths += [f"/admin/storymap/chapter/{story.chapters.get().pk}/change/", "/admin/"]
    for path in paths if LARGE else paths[number % 3 :: 3]:
        response = client.get(path)
        assert response.status_code in (200, 403), path
        markup = Markup(response.content.decode())
        assert not [tag for tag, at in markup.tags if [name for name in at if name.startswith("on")]], path
        assert f"<script>{PWN}" not in response.content.decode(), path


LINKS = {
    "[x](javascript:alert(1))": "x",
    "[x](JaVaScRiPt:alert(1))": "x",
    "[x](java\nscript:alert(1))": "x",
    "[x](&#106;avascript:alert(1))": "x",
    "[x](data:text/html,<script>)": "x",
    "[x](vbscript:x)": "x",
    "<javascript:alert(1)>": "javascript",
    "![x](https://evil.example/x.png)": "x",
    '<a href="x" onclick="alert(1)">x</a>': "onclick",
    "<https://a.example/?<script>>": "a.example",
}


@pytest.mark.parametrize("markdown", LINKS)
def test_markdown_makes_no_link_that_runs(markdown: str) -> None:
    """Whatever a link is written as, its address is of the web or of a letter, and no picture is fetched."""
    made = Markup(html_of(markdown))
    for tag, attributes in made.tags:
        assert tag in ("p", "a", "em", "strong", "code", "br")
        assert set(attributes) <= {"href", "title", "rel"}
        assert "script:" not in (attributes.get("href") or "").lower().replace("\n", "")
    assert LINKS[markdown] in html.unescape(made.text)


def test_markdown_that_nests_without_end_is_quick() -> None:
    """Twenty thousand brackets do not keep a process busy: the nesting is cut."""
    for hostile in ("[" * 20_000, "*" * 20_000, "> " * 10_000, "- " * 10_000, "![" * 10_000):
        assert len(html_of(hostile)) < 300_000


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "x"]
)
def test_a_source_has_an_address_of_the_web(url: str) -> None:
    """The address of a source is http or https; else the story is refused."""
    source = factories.source_entry(url=url)
    with pytest.raises(CannotSave, match="url"):
        save_story_file(file=factories.story_file(sources=(source,)), media={})


def test_a_word_of_ten_thousand_letters_is_told_or_refused() -> None:
    """Narration may be one endless word; a title may not."""
    word = "x" * 10_000
    chapter = factories.chapter_entry(narration={"en": word})
    story = save_story_file(file=factories.story_file(chapters=(chapter,)), media={}).story
    publish(story=story, by=None)
    assert word in page_of("/stories/a-story/").text
    with pytest.raises(CannotSave, match="title"):
        save_story_file(file=factories.story_file("other", title={"en": word}), media={})


def test_nul_is_refused_in_every_field() -> None:
    """A text with NUL is refused in words, wherever it stands, and no picture is left behind."""
    with pytest.raises(CannotSave) as caught:
        save_story_file(file=hostile_story("hostile", "a\x00b"), media={"view.png": stages.png()})
    said = str(caught.value)
    for field in ("title", "narration", "summary", "attributed_to", "name", "address", "caption", "credit"):
        assert field in said
    assert default_storage.listdir("")[1] == []
