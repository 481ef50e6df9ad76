"""The preview shows what publishing would show, to whom it may concern, and to nobody's cache."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from storymap.formats.load import load_path
from storymap.http_cache import page_cache
from storymap.models import Story
from storymap.services.history.trash import move_to_trash, put_back
from storymap.services.publishing.publish import publish
from storymap.services.publishing.review import make_preview_link, revoke_preview_link
from storymap.services.stories.slugs import rename_story
from tests import factories
from tests.conftest import LIMA
from tests.security import stages

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 22, 15, 23, tzinfo=UTC)
PREFIXES = {"en": "", "es": "/es", "ja": "/ja"}
_KEY = r"\.[0-9a-f]{24}(?=\.)"
_BANNER = re.compile(r'<aside class="draft-banner".*?</aside>\s*', re.S)
_HEAD = re.compile(r'<link rel="stylesheet" href="[^"]*/preview\.css">\s*<meta name="robots"[^>]*>\s*')
_PUBLIC = re.compile(  # what nobody is to be told of a draft: oEmbed, networks, search engines, sharing, downloads
    r'(?:<link rel="alternate" type="[a-z/]+\+oembed" href="[^"]*">\s*)+'
    r'|<link rel="alternate" hreflang="x-default".*?</script>\s*'
    r'|<a class="share-link".*?</a>|<a\s+href="[^"]*/downloads/">.*?</a>\s+'
    r'|<a href="[^"]*" data-share>.*?</a>\s+',
    re.S,
)
FILES = ("map.js", "places.geojson", "atlas.0.json", "picture.webp", "beginning/map.webp")


def link_to(story: Story) -> str:
    return make_preview_link(story=story, by=None)[1]


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def of_public(text: str, slug: str) -> str:
    """Without what is for the public only and what stands for the edition in addresses; a draft has no editions."""
    text = _PUBLIC.sub("", text)
    return re.sub(_KEY, "", text).replace(f"/stories/{slug}/editions/", f"/stories/{slug}/")


def of_preview(text: str, token: str, slug: str) -> str:
    return _HEAD.sub("", _BANNER.sub("", text)).replace(f"/preview/{token}/{slug}/", f"/stories/{slug}/")


@pytest.mark.parametrize("made", [pytest.param("lima", marks=pytest.mark.slow), "illustrated"])
def test_the_preview_is_the_page_that_publishing_makes(made: str) -> None:
    """Byte for byte, in every language, but for the banner and the addresses; so is the drawing."""
    with time_machine.travel(NOW, tick=False):
        if made == "lima":
            story, chapters = load_path(LIMA).story, ["", "the-dead/"]
        else:
            story, chapters = stages.bring_to("draft", stages.illustrated("seen"), {"view.png": stages.png()}), [""]
        token = link_to(story)
        drafts = {language: drafts_of(story, token, language, chapters) for language in PREFIXES}
        publish(story=story, by=None)
        for language, pages in drafts.items():
            assert pages_of(story, language, chapters) == pages
            assert all(len(page) > 300 for page in pages)


def drafts_of(story: Story, token: str, language: str, chapters: list[str]) -> list[str]:
    start = f"{PREFIXES[language]}/preview/{token}/{story.slug}/"
    return [of_preview(read(f"{start}{part}"), token, story.slug) for part in (*chapters, "map.js")]


def pages_of(story: Story, language: str, chapters: list[str]) -> list[str]:
    start = f"{PREFIXES[language]}/stories/{story.slug}/"
    key = re.search(r"map(\.[0-9a-f]{24})\.js", read(start))
    assert key
    return [of_public(read(f"{start}{part}"), story.slug) for part in (*chapters, f"map{key[1]}.js")]


def test_the_drawing_is_that_of_the_edition() -> None:
    """Places, atlas and pictures are the same bytes under the preview's addresses."""
    story = stages.bring_to("draft", stages.illustrated("seen"), {"view.png": stages.png()})
    token = link_to(story)
    drafts = [Client().get(f"/preview/{token}/seen/{name}").content for name in FILES[1:]]
    publish(story=story, by=None)
    key = re.search(r"map(\.[0-9a-f]{24})\.js", read("/stories/seen/"))
    assert key
    names = [re.sub(r"\.(\w+)$", rf"{key[1]}.\1", name) for name in FILES[1:]]
    assert [Client().get(f"/stories/seen/{name}").content for name in names] == drafts


def test_a_reload_shows_what_has_been_saved() -> None:
    story = factories.make_published_story()
    token = link_to(story)
    assert "A newer title" not in read(f"/preview/{token}/a-story/")
    story.translations.update(title="A newer title")
    assert "A newer title" in read(f"/preview/{token}/a-story/")
    assert "A newer title" not in read("/stories/a-story/")


@pytest.mark.parametrize("fields", [{"chapters": ()}, {"events": (factories.event_entry(citations=()),)}])
def test_a_draft_that_could_not_be_published_can_be_seen(fields: dict) -> None:
    """Nobody writes a story in one go: what is missing is missing, and no page fails."""
    token = link_to(factories.make_story(**fields))
    for name in ("", "map.js", "places.geojson", "picture.webp"):
        assert Client().get(f"/preview/{token}/a-story/{name}").status_code == 200


@pytest.mark.parametrize("name", ["", "beginning/", "_embed/", *FILES])
def test_what_is_seen_is_kept_by_nobody(name: str) -> None:
    """No cache, no search engine, no tag to come back with; a link's address is told to nobody."""
    story = stages.bring_to("draft", stages.illustrated("seen"), {"view.png": stages.png()})
    editor = Client()
    editor.force_login(factories.make_user("ed", "editor"))
    for response in (
        Client().get(f"/preview/{link_to(story)}/seen/{name}", headers={"if-none-match": "*"}),
        editor.get(f"/admin/preview/seen/{name}"),
    ):
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"].startswith("noindex")
        assert "ETag" not in response and not hasattr(response, "shows")
    assert Client().get(f"/preview/{link_to(story)}/seen/{name}")["Referrer-Policy"] == "no-referrer"


def test_seeing_leaves_nothing_behind() -> None:
    """No memory of pages, no file: what is looked at before publishing is in no store of the public doors."""
    story = factories.make_story()
    token = link_to(story)
    files, known = default_storage.listdir("")[1], dict(page_cache._known)
    for name in ("", "map.js", "picture.webp"):
        Client().get(f"/preview/{token}/a-story/{name}")
    assert (default_storage.listdir("")[1], dict(page_cache._known)) == (files, known)


def test_all_that_opens_nothing_is_one_answer() -> None:
    """Expired, revoked, never made, not even signed, another language, no such chapter: the same 404."""
    with time_machine.travel(NOW, tick=False) as clock:
        story = factories.make_story()
        link, revoked = make_preview_link(story=story, by=None)
        revoke_preview_link(link=link, by=None)
        old, valid = link_to(story), link_to(story)
        forged = f"{valid.split('.')[0]}.{'A' * 43}"
        clock.shift(timedelta(days=7, seconds=-1))
        assert Client().get(f"/preview/{old}/a-story/").status_code == 200
        clock.shift(timedelta(seconds=1))
        fresh = link_to(story)
        paths = [f"/preview/{key}/a-story/" for key in (revoked, old, forged, "nothing")]
        paths += [f"/preview/{fresh}/a-story/nothing/", f"/preview/{fresh}/a-story/atlas.9.json"]
        answers = [Client().get(path) for path in (*paths, *(f"{path}map.js" for path in paths[:4]))]
        other = Client().get(f"/es/preview/{fresh}/a-story/")
    assert {answer.status_code for answer in (*answers, other)} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].content == Client().get("/stories/nothing/").content
    assert {answer["Cache-Control"] for answer in (*answers, other)} == {"no-store"}


def test_a_link_follows_a_story_that_is_renamed() -> None:
    story = factories.make_story()
    token = link_to(story)
    rename_story(story=story, slug="another-name")
    response = Client().get(f"/preview/{token}/a-story/")
    assert (response.status_code, response["Location"]) == (302, f"/preview/{token}/another-name/")
    assert response["Cache-Control"] == "no-store"


def test_a_link_ends_with_its_story_and_does_not_come_back_with_it() -> None:
    """A story that was thrown away and put back is a draft to which nobody has a link."""
    story = factories.make_story()
    token = link_to(story)
    thrown = move_to_trash(Story.objects.get(pk=story.pk), by=None)
    assert Client().get(f"/preview/{token}/a-story/").status_code == 404
    put_back(thrown, by=None)
    assert Client().get(f"/preview/{token}/a-story/").status_code == 404


def test_the_token_is_stored_nowhere() -> None:
    """Neither the link's row nor the log holds what opens it."""
    story, user = factories.make_story(), factories.make_user("ed", "editor")
    link, token = make_preview_link(story=story, by=user)
    assert token not in repr(link.__dict__) and token.split(".")[0] not in repr(link.__dict__)
    assert (link.by, link.expires - link.created) == ("ed", timedelta(days=7))


def test_an_editor_makes_and_revokes_a_link_on_the_preview_page() -> None:
    """One click makes it; it is shown once, opens the draft without an account, and is gone when revoked."""
    story, client = factories.make_story(), Client()
    client.force_login(factories.make_user("ed", "editor"))
    page = reverse("admin:storymap_story_preview", args=[story.pk])
    made = client.post(f"{page}link/").content.decode()
    address = re.search(r'value="http://testserver(/preview/[^"]+)"', made)
    assert address and Client().get(address[1]).status_code == 200
    assert address[1] not in client.get(page).content.decode()
    revoke = re.search(r'action="([^"]+/revoke/)"', client.get(page).content.decode())
    assert revoke and client.post(revoke[1]).status_code == 302
    assert Client().get(address[1]).status_code == 404
    assert "/revoke/" not in client.get(page).content.decode()


def test_a_link_is_revoked_under_its_own_story_only() -> None:
    one, other, client = factories.make_story(), factories.make_story("another"), Client()
    client.force_login(factories.make_user("ed", "editor"))
    link, token = make_preview_link(story=one, by=None)
    address = reverse("admin:storymap_story_preview_revoke", args=[other.pk, link.pk])
    assert client.post(address).status_code == 404
    assert Client().get(f"/preview/{token}/a-story/").status_code == 200


def test_a_draft_is_seen_as_others_would_embed_it() -> None:
    story = stages.bring_to("draft", stages.illustrated("seen"), {"view.png": stages.png()})
    start = f"/preview/{link_to(story)}/seen/_embed/"
    for path in (start, f"{start}beginning/", f"{start}?theme=dark&start=meeting"):
        page = read(path)
        assert 'data-embed="seen"' in page and 'data-chapter="beginning"' in page
    for path in (f"{start}nothing/", f"{start}?theme=pink", f"{start}?start=nothing"):
        assert Client().get(path).status_code == 404
    bare = factories.make_story("bare", chapters=())
    assert Client().get(f"/preview/{link_to(bare)}/bare/_embed/").status_code == 404


@pytest.mark.parametrize("language", PREFIXES)
def test_the_preview_page_leads_to_every_chapter_in_every_language(language: str) -> None:
    """Frame, chapters and widths; what the frame shows may stand in a frame of this site only."""
    story = stages.bring_to("draft", stages.illustrated("seen"), {"view.png": stages.png()})
    client = Client()
    client.force_login(factories.make_user("ed", "editor"))
    page = reverse("admin:storymap_story_preview", args=[story.pk])
    shown = client.get(f"{page}?in={language}&width=embed")
    base = f"{PREFIXES[language]}/admin/preview/seen/"
    text = shown.content.decode()
    assert f'src="{base}_embed/" width="600"' in text and f'href="{base}beginning/" target="draft"' in text
    assert all(f'data-frame-width="{width}"' in text for width in (390, 600, 1280))
    assert "frame-src 'self'" in shown["Content-Security-Policy"]
    framed = client.get(base)
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "Draft, not published" in client.get("/admin/preview/seen/").content.decode()
    assert client.get(f"{page}?in=xx&width=huge").status_code == 200


def test_who_may_not_see_the_story_does_not_see_its_draft() -> None:
    """An account without permissions, signed in as staff, is refused: the page and every part of it."""
    factories.make_story()
    client = Client()
    user = factories.make_user("new")
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert {client.get(f"/admin/preview/a-story/{name}").status_code for name in ("", *FILES)} == {403}
    assert client.get("/admin/preview/no-story/").status_code in (403, 404)
