"""Readers are told where to report an error, and what they send says what they have read."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine
from django.test import Client
from lxml import html

from storymap.corrections import is_corrections_address
from storymap.management.site_files import site_files
from storymap.models import Story
from storymap.services.publishing.publish import publish
from storymap.services.publishing.review import make_preview_link
from storymap.services.stories.copies import copy_story
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import from_json, to_json
from tests.admin_forms import opened
from tests.factories import chapter_entry, event_entry, make_published_story, make_story, make_user, story_file

pytestmark = pytest.mark.django_db
DESK, FORM = "desk@example.org", "https://example.org/report?from=maps#form"
TITLE = {"en": "A story: this & that?", "es": "Una historia, ¿y qué?", "ja": "物語"}
CHAPTERS = (
    chapter_entry(title={"en": "50 % of it", "es": "La mitad", "ja": "半分"}),
    chapter_entry("ending", title={"en": "The end", "es": "El fin", "ja": "終わり"}, moments=()),
)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel("2026-11-27T10:00:00Z"):
        yield


def reports(path: str) -> list[str]:
    """The address at the end of each chapter."""
    tree = html.fromstring(Client().get(path).content)
    return [str(link) for link in tree.xpath("//article//p[@class='report']/a[@rel='noopener']/@href")]


def letter_of(address: str) -> tuple[str, str, list[str]]:
    """Recipient, subject and lines of a letter."""
    parts = urlsplit(address)
    assert parts.scheme == "mailto" and not set(parts.query) & set(' \r\n+#"<>')
    fields = dict(part.split("=") for part in parts.query.split("&"))
    return unquote(parts.path), unquote(fields["subject"]), unquote(fields["body"]).split("\r\n")


def make_translated(**fields: object) -> Story:
    return make_published_story(title=TITLE, languages=("en", "es", "ja"), chapters=CHAPTERS, **fields)


def test_without_an_address_nothing_is_said() -> None:
    make_published_story()
    for path in ("/stories/a-story/", "/embed/a-story/", "/stories/a-story/downloads/html"):
        page = Client().get(path).content.decode()
        assert "Report an error" not in page and 'class="report"' not in page


def test_a_letter_is_begun_with_story_edition_chapter_and_address() -> None:
    make_translated(corrections=DESK)
    first, last = reports("/stories/a-story/")
    url = "http://testserver/stories/a-story"
    lines = ["Chapter 1 of A story: this & that?", "50 % of it", "Edition 1, 27 November 2026", f"{url}/beginning/"]
    assert letter_of(first) == (DESK, "Correction: A story: this & that?", [*lines, "", ""])
    assert letter_of(last)[2][1:4] == ["The end", "Edition 1, 27 November 2026", f"{url}/ending/"]


@pytest.mark.parametrize("language", ["es", "ja"])
def test_it_is_begun_in_the_language_of_the_page(language: str) -> None:
    make_translated(corrections=DESK)
    _to, subject, lines = letter_of(reports(f"/{language}/stories/a-story/")[0])
    assert TITLE[language] in subject and "Correction:" not in subject
    assert lines[1] == CHAPTERS[0].title[language] and lines[3].endswith(f"/{language}/stories/a-story/beginning/")


def test_a_form_is_told_the_same_beside_what_its_address_says() -> None:
    make_translated(corrections=FORM)
    parts = urlsplit(reports("/stories/a-story/")[1])
    assert (parts.netloc, parts.path, parts.fragment) == ("example.org", "/report", "form")
    url = "http://testserver/stories/a-story/ending/"
    expected = {"from": "maps", "story": "a-story", "edition": "1", "chapter": "ending", "url": url}
    assert parse_qs(parts.query) == {name: [value] for name, value in expected.items()}


def test_the_address_of_a_story_comes_before_that_of_the_site(settings: object) -> None:
    settings.STORYMAP_CORRECTIONS = "site@example.org"  # type: ignore[attr-defined]
    make_published_story("with-none")
    make_published_story("with-one", corrections=DESK)
    assert [letter_of(reports(f"/stories/{slug}/")[0])[0] for slug in ("with-none", "with-one")] == [
        "site@example.org",
        DESK,
    ]
    asked = [Client().get(f"/api/stories/{slug}/").json()["story"]["corrections"] for slug in ("with-none", "with-one")]
    assert asked == ["site@example.org", DESK]


def test_every_door_names_the_public_address_of_the_chapter() -> None:
    story = make_published_story(corrections=FORM)
    token = make_preview_link(story=story, by=None)[1]
    exported = html.fromstring(dict(site_files())["stories/a-story/index.html"])
    (static,) = exported.xpath("//p[@class='report']/a/@href")
    doors = ("/stories/a-story/", "/embed/a-story/", "/stories/a-story/downloads/html", f"/preview/{token}/a-story/")
    page, embed, file, preview = (reports(door)[0] for door in doors)
    assert page == embed == file == static
    assert preview == page.replace("edition=1", "edition=draft"), "and no key of a preview"


def test_on_paper_the_address_itself_is_read() -> None:
    make_published_story(corrections=DESK)
    for path in ("/stories/a-story/", "/embed/a-story/", "/stories/a-story/downloads/html"):
        tree = html.fromstring(Client().get(path).content)
        assert f"Report an error: {DESK}" in tree.xpath("//*[@class='print-address']/text()[normalize-space()]")[0]


def test_it_is_kept_by_file_copy_and_edition() -> None:
    story = make_published_story(corrections=DESK)
    file = story_file_of(story)
    assert from_json(to_json(file)).corrections == DESK == copy_story(story=story, by=None).corrections
    assert b"corrections" not in to_json(story_file()), "files from before it was known stay as they are"
    save_story_file(file=story_file(), media={})
    assert story_file_of(Story.objects.get(pk=story.pk)) != file
    assert letter_of(reports("/stories/a-story/")[0])[0] == DESK
    publish(story=story, by=None)
    assert reports("/stories/a-story/") == []
    assert "corrections address" in Client().get("/stories/a-story/editions/").content.decode()


def test_what_is_no_address_is_refused_in_form_and_file(client: Client) -> None:
    story = make_story(corrections=DESK)
    client.force_login(make_user("ana", "editor"))
    path = f"/admin/storymap/story/{story.pk}/change/"
    said = client.post(path, {**opened(client, path), "corrections": "javascript:alert(1)"}).content.decode()
    assert "Write an e-mail address such as" in said
    with pytest.raises(CannotSave, match="story/corrections"):
        save_story_file(file=story_file(corrections="http://example.org/", events=(event_entry(),)), media={})
    assert client.post(path, {**opened(client, path), "corrections": FORM}).status_code == 302
    assert Story.objects.get().corrections == FORM


@pytest.mark.parametrize(
    "text",
    ["o'brien+maps@news.example.org", "https://example.org", "https://example.org:8443/a/b?c=d#e", "https://x.org/%E3"],
)
def test_an_address_for_letters_or_forms_is_one(text: str) -> None:
    assert is_corrections_address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "ana", "ana@", "ana@home", "a b@example.org", "mailto:ana@example.org", "ana@example.org\n"),
        *(
            "ana@example.org?bcc=eve@example.org",
            "ana@example.org,eve@example.org",
            "javascript:alert(1)//@example.org",
        ),
        *("http://example.org", "https://", "https://ana:key@example.org/", 'https://example.org/"><script>'),
        *("https://example.org/a b", f"https://example.org/{'x' * 300}"),
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_corrections_address(text)
