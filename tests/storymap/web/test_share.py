"""The page from which a story is shared: codes that work as they are pasted, for whatever is chosen."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html

from storymap.pages import embed_codes
from storymap.services.publishing.publish import withdraw
from storymap.services.stories.slugs import rename_story
from tests.factories import chapter_entry, make_published_story
from tests.security.hostile import TEXTS

PAGE = "/stories/a-story/share/"
SITE = "http://testserver"
# Digests that stand in other people's articles: a released version is never changed, a change is a new version.
RELEASED = {
    1: "sha384-kFmqNfdOax6WOhT85Do51IgyFbtvU7EGelV0h/lR1oibqajkFaaRrprD9SQ15EcT",
    2: "sha384-6rUByDfOkvpJj+293za7cTnfyL8O5LNcJtmbbrHl+ZMyuUBVMcGCTbx9mSbrIPLi",
}
pytestmark = pytest.mark.django_db


def codes(client: Client, **chosen: str) -> dict[str, str]:
    """The texts to copy, by what they are."""
    response = client.get(PAGE, chosen)
    assert response.status_code == 200
    tree = html.fromstring(response.content.decode())
    return {part.get("id"): part.text_content() for part in tree.xpath("//pre[@id]")}


def test_the_codes_are_what_they_say(client: Client) -> None:
    make_published_story()
    told = codes(client)
    assert told["link"] == f"{SITE}/stories/a-story/"
    frame = html.fromstring(told["frame"])
    assert (frame.tag, frame.get("src"), frame.get("title")) == ("iframe", f"{SITE}/embed/a-story/", "A story")
    assert (frame.get("loading"), frame.text) == ("lazy", None)
    script, element = html.fragments_fromstring(told["script"])
    assert (element.tag, element.get("src"), element[0].get("href")) == (
        *("story-map", f"{SITE}/embed/a-story/", f"{SITE}/stories/a-story/"),
    )
    assert element.get("style") == "display:block", "inline, it would leave the column of its article"
    served = client.get(script.get("src").removeprefix(SITE))
    digest = base64.b64encode(hashlib.sha384(served.content).digest()).decode()
    assert script.get("integrity") == f"sha384-{digest}" and script.get("crossorigin") == "anonymous"


def test_the_script_for_articles_is_small_and_stays_what_it_is(client: Client) -> None:
    for version, digest in RELEASED.items():
        assert embed_codes.host_script_integrity(version) == digest, "released: leave it, and make the next version"
    served = client.get(f"/embed.{embed_codes.NEWEST_HOST_SCRIPT}.js")
    assert len(gzip.compress(served.content, 9)) <= 2048
    assert (served["Access-Control-Allow-Origin"], served["Cache-Control"]) == (
        *("*", "public, max-age=31536000, immutable"),
    )
    assert client.get(f"/embed.{embed_codes.NEWEST_HOST_SCRIPT + 1}.js").status_code == 404
    assert client.get("/embed.0.js").status_code == 404
    assert client.get("/embed.1.js").content == embed_codes.host_script(1)


def test_what_is_chosen_is_in_the_codes_and_can_be_opened(client: Client) -> None:
    make_published_story()
    told = codes(client, chapter="beginning", moment="meeting", theme="dark", map="left", pinned="on")
    assert told["link"] == f"{SITE}/stories/a-story/beginning/#meeting"
    src = urlsplit(html.fromstring(told["frame"]).get("src"))
    assert src.path == "/embed/a-story/beginning/"
    assert parse_qs(src.query) == {"theme": ["dark"], "map": ["left"], "start": ["meeting"], "edition": ["1"]}
    assert client.get(f"{src.path}?{src.query}").status_code == 200


def test_each_text_has_a_key_of_its_own_in_a_bibliography(client: Client) -> None:
    """A whole story, a chapter, an event and a translation of each can stand in one list without a clash."""
    make_published_story(languages=("en", "es"), title={"en": "A story", "es": "Una historia"})
    pages = ("", "?chapter=beginning", "?chapter=beginning&moment=meeting")
    keys: list[str] = []
    for path in (f"{prefix}{PAGE}{rest}" for prefix in ("", "/es") for rest in pages):
        tree = html.fromstring(client.get(path).content.decode())
        bibtex, csl = (tree.xpath(f"//pre[@id='{name}']")[0].text_content() for name in ("bibtex", "csl"))
        keys += re.findall(r"^@online\{([-\w]+),", bibtex)
        assert json.loads(csl)[0]["id"] == keys[-1]
    assert keys[1] == "a-story-beginning-en-1" and keys[5] == "a-story-beginning-meeting-es-1"
    assert len(set(keys)) == len(pages) * 2


@pytest.mark.parametrize("chosen", [{"chapter": "x"}, {"moment": "meeting"}, {"theme": "pink", "map": "'\"<"}])
def test_what_is_not_there_is_left_out(client: Client, chosen: dict[str, str]) -> None:
    make_published_story()
    assert codes(client, **chosen) == codes(client)


@pytest.mark.parametrize("name", TEXTS)
def test_a_pasted_code_holds_hostile_titles_as_text(client: Client, name: str) -> None:
    title = " ".join(TEXTS[name].split())[:150]
    make_published_story(title={"en": title}, chapters=(chapter_entry(title={"en": title}),), byline={"en": title})
    told = codes(client, chapter="beginning")
    frame = html.fromstring(told["frame"])
    _script, element = html.fragments_fromstring(told["script"])
    for part in (frame, element):
        assert part.get("title") == f"{title} – {title}"
        assert not [name for name in part.attrib if name.startswith("on")]
    assert element[0].text_content() == f"{title} – {title}" and title in told["cite"]
    tree = html.fromstring(client.get(PAGE).content)
    assert tree.xpath("//*[@onload or @onerror or @onmouseover]") == []


def test_the_preview_may_be_framed_here_and_nothing_else(client: Client) -> None:
    make_published_story()
    assert "frame-src 'self'" in client.get(PAGE)["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get(PAGE)["Content-Security-Policy"]


def test_the_code_to_scan_is_a_picture_of_its_own(client: Client) -> None:
    make_published_story()
    page = client.get(PAGE).content.decode()
    (qr,) = re.findall(r'<img class="qr" src="(data:image/svg\+xml[^"]+)"', page)
    other = re.findall(r'class="qr" src="([^"]+)"', client.get(PAGE, {"chapter": "beginning"}).content.decode())[0]
    assert qr != other and "svg" in qr


def test_a_renamed_story_is_shared_under_its_name_and_a_withdrawn_one_not(client: Client) -> None:
    story = make_published_story()
    rename_story(story=story, slug="another")
    moved = client.get(PAGE)
    assert (moved.status_code, moved["Location"]) == (301, "/stories/another/share/")
    withdraw(story=story, by=None)
    assert (client.get("/stories/another/share/").status_code, client.get(PAGE).status_code) == (410, 404)


def test_publishers_are_told_how_with_the_addresses_of_this_site(client: Client) -> None:
    before = client.get("/about/embedding/")
    make_published_story()
    page = client.get("/about/embedding/").content.decode()
    assert before.status_code == 200 and f"{SITE}/embed/a-story/" in page and "oembed" in page
    assert client.get("/about/embedding/example/").status_code == 404  # it is about a story that is not here
