"""Addresses, questions and forms that nobody sends by mistake: each has an answer, and none is an error of ours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from storymap.formats.tables.batches import begin
from storymap.pages.openapi import openapi
from storymap.services.media.pictures import encoded
from storymap.services.publishing.publish import publish
from storymap.services.publishing.review import ask_for_review, comment_on, send_back
from storymap.services.stories.save_story_file import save_story_file
from tests import factories
from tests.security import stages
from tests.security.addresses import filled, is_admin, routes
from tests.security.hostile import PWN, TEXTS, hostile_story, mixture
from tests.security.test_hostile_text import Markup
from tests.security.test_policy import OF_NO_LANGUAGE, POLICY, address, expected
from tests.security.walk import page_routes

pytestmark = pytest.mark.django_db
ANSWERS = {200, 301, 302, 400, 403, 404, 405, 410}
ENDLESS = "9" * 5000  # more digits than Python makes a number of
RECORDING = f"{'cd' * 16}.mp3"
ODD = ["9" * 30, ENDLESS, "a\x00b", "²", "_5F", "-1"]
PARTS = (
    "object_id",
    "pk",
    "id",
    "story",
    "chapter",
    "comment",
    "batch",
    "link",
    "mark",
    "extract",
    "picture",
    "number",
    "name",
    "token",
    "ending",
    "version",
)
OTHERS = {"digest": "0" * 24, "language_code": "es", "app_label": "storymap", "content_type_id": 1, "url": "x"}


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(factories.make_user("root", "author", is_superuser=True))
    return client


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:30])
def test_an_address_with_an_odd_name_is_not_found(odd: str, root: Client) -> None:
    """Too large for a number, NUL, a digit that is none, an escape of the admin, a negative number."""
    values = {**OTHERS, **dict.fromkeys(PARTS, odd)}
    for route in routes():
        if route not in OF_NO_LANGUAGE:
            path = quote(filled(route, values))
            assert root.get(path).status_code in ANSWERS, path
            if is_admin(route):
                assert root.post(path).status_code in ANSWERS, path


QUERIES = {
    "two thousand words": "+".join(["a"] * 2000),
    "one long word": "a" * 4000,
    "NUL": "a%00b",
    "half a surrogate": "%ED%A0%80",
    "wildcards": "%25" * 300 + "_" * 300,
}


@pytest.mark.parametrize("query", QUERIES)
def test_any_search_has_an_answer(query: str, root: Client) -> None:
    """In lists, and in the boxes of forms that search while one types."""
    factories.make_story()
    lists = [route for route in page_routes() if route.count("/") == 3 and "<" not in route and "^" not in route]
    paths = [f"/{route}?q={QUERIES[query]}" for route in lists if route.split("/")[1] in ("storymap", "places", "auth")]
    paths += [f"/admin/autocomplete/?app_label=places&model_name=event&field_name=place&term={QUERIES[query]}"]
    paths += [f"/admin/storymap/chapter/find-events/?{POLICY['queries']['admin/storymap/chapter/find-events/']}"]
    paths[-1] = paths[-1].rpartition("=")[0] + f"={QUERIES[query]}"
    assert len(paths) >= 12
    for path in paths:
        assert root.get(path).status_code in ANSWERS, path[:100]


ODD_PARAMETERS = ["page=²", "p=9999999999999999999999", "o=1.2.x", "e=1", "author__password__startswith=p", "_popup=x"]
ODD_PARAMETERS += [f"p={ENDLESS}", f"id__exact={ENDLESS}&o={ENDLESS}&e={ENDLESS}"]


@pytest.mark.parametrize("parameters", ODD_PARAMETERS, ids=lambda parameters: parameters[:30])
def test_parameters_that_no_page_knows_change_nothing_or_are_refused(parameters: str, root: Client) -> None:
    factories.make_story()
    for route in page_routes():
        if "<" not in route and "^" not in route:
            assert root.get(f"/{route}?{parameters}").status_code in ANSWERS, route


HEADERS = {
    "range": ("bytes={0}-{0}", "bytes=-{0}", "bytes=0-{0}"),
    "content-length": ("{0}", "-{0}"),
    "if-none-match": ('"{0}"',),
    "if-modified-since": ("{0}", "Sat, {0} Nov 1996 00:00:00 GMT"),
    "if-range": ("{0}",),
    "accept-encoding": ("br;q={0}", "br;q=0.{0}"),
    "accept-language": ("en;q={0}",),
    "x-forwarded-for": ("{0}",),
    "cookie": ("sessionid={0}; csrftoken={0}; messages={0}",),
}


@pytest.mark.parametrize("name", HEADERS)
def test_no_header_with_an_endless_number_is_an_error_of_ours(name: str, root: Client) -> None:
    factories.make_published_story()
    default_storage.save(RECORDING, ContentFile(b"sound"))
    reader = Client()
    paths = ("/", "/stories/a-story/", "/embed/a-story/", "/api/stories/a-story/", f"/media/{RECORDING}", "/feed.atom")
    for value in (pattern.format(ENDLESS) for pattern in HEADERS[name]):
        for path in paths:
            assert reader.get(path, headers={name: value}).status_code in (200, 206, 304, 416), (path, value[:20])
        for sent in (
            root.get("/admin/", headers={name: value}),
            root.post("/admin/autosaves/", {}, headers={name: value}),
        ):
            assert sent.status_code in (*ANSWERS, 413), value[:20]


def numbered() -> Iterator[str]:
    """Addresses of readers with an endless number where a number may stand."""
    asked = {path: item["get"].get("parameters", ()) for path, item in openapi()["paths"].items()}
    for path, parameters in asked.items():
        for parameter in parameters:
            name = openapi()["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]["name"]
            yield f"{path.replace('{story}', 'a-story')}?{name}={ENDLESS}"
    yield from (
        f"/embed/a-story/?{name}={ENDLESS}" for name in ("edition", "start", "chapters", "theme", "map", "lang")
    )
    story = "/oembed?url=http://testserver/stories/a-story/"
    yield from (f"{story}&{name}={ENDLESS}" for name in ("maxwidth", "maxheight"))
    yield f"/oembed?url=http://testserver/embed/a-story/%3Fedition={ENDLESS}"
    yield f"/oembed?url=http://testserver:{ENDLESS}/stories/a-story/"
    yield from (
        f"/stories/a-story/{part}" for part in (f"?page={ENDLESS}", f"share/?moment={ENDLESS}&chapter={ENDLESS}")
    )
    yield from (f"/embed.{ENDLESS}.js", f"/stories/a-story/atlas.{ENDLESS}.{'0' * 24}.json", f"/media/{ENDLESS}.mp3")


def test_no_address_with_an_endless_number_is_an_error_of_ours() -> None:
    factories.make_published_story()
    asked = {address: Client().get(address).status_code for address in numbered()}
    assert len(asked) > 20
    assert {address[:80]: status for address, status in asked.items() if status not in ANSWERS} == {}


FORMS = (
    "moments-TOTAL_FORMS",
    "moments-0-id",
    "moments-0-event",
    "_version",
    "version",
    "illustration",
    "story",
    "order",
)


@pytest.mark.parametrize("name", FORMS)
def test_no_form_with_an_endless_number_is_an_error_of_ours(name: str, root: Client) -> None:
    chapter = factories.make_story().chapters.get()
    management = {"moments-TOTAL_FORMS": "1", "moments-INITIAL_FORMS": "0", "moments-0-id": "", "title": "A chapter"}
    answer = root.post(f"/admin/storymap/chapter/{chapter.pk}/change/", {**management, name: ENDLESS})
    assert answer.status_code in ANSWERS


SEARCHED = [
    ("storymap/story", "also_recorded"),
    ("places/event", "place"),
    ("places/event", "citations-0-source"),
    ("places/event", "also-0-place"),
]


@pytest.mark.parametrize("key", [ENDLESS, "abc", "²"])
@pytest.mark.parametrize(("page", "name"), SEARCHED)
def test_no_key_of_what_is_chosen_by_searching_is_an_error_of_ours(
    page: str, name: str, key: str, root: Client
) -> None:
    story = factories.make_story()
    pk = story.pk if page == "storymap/story" else story.chapters.get().moments.get().event_id
    prefix = name.partition("-")[0]
    rows = {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
    answer = root.post(f"/admin/{page}/{pk}/change/", {**rows, name: key})
    assert answer.status_code in ANSWERS


def test_a_form_may_have_thousands_of_fields_and_not_tens_of_thousands(root: Client) -> None:
    """A chapter of hundreds of moments is sent whole; what no form here has is refused before it is read."""
    chapter = factories.make_story().chapters.get()
    for number, wanted in ((3_000, 200), (20_000, 400)):
        data: dict[str, Any] = {f"moments-{n}-x": "" for n in range(number)}
        assert root.post(f"/admin/storymap/chapter/{chapter.pk}/change/", data).status_code == wanted


def test_a_form_of_megabytes_of_text_is_refused(root: Client) -> None:
    chapter = factories.make_story().chapters.get()
    answer = root.post(f"/admin/storymap/chapter/{chapter.pk}/change/", {"narration": "x" * 3_000_000})
    assert answer.status_code == 400


def animated(kind: str, frames: int) -> bytes:
    data = io.BytesIO()
    first, *others = (Image.new("RGB", (8, 8), (n % 256, n // 256, 90)) for n in range(frames))
    first.save(data, kind, save_all=True, append_images=others)
    return data.getvalue()


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "AVIF"])
def test_of_moving_pictures_the_first_is_kept(kind: str) -> None:
    """Hundreds of frames are not decoded and not stored."""
    for data in encoded(animated(kind, 300)).contents.values():
        assert getattr(Image.open(io.BytesIO(data)), "n_frames", 1) == 1


def hostile_pages() -> Iterator[str]:
    """Every page of the admin about a story in which all that anybody can write is hostile."""
    text = " ".join(TEXTS[kind] for kind in ("script", "picture", "attribute", "template"))
    file = hostile_story("hostile", mixture(1))
    media = {"view.png": stages.png()}
    by = User(username=text[:150])
    story = save_story_file(file=file, media=media).story
    comment_on(chapter=story.chapters.get(), by=by, text=text)
    ask_for_review(story=story, by=by)
    send_back(story=story, by=by, comment=text)
    begin(story=story, name=text[:80], text=f'name,lat,lng\n"{text.replace(chr(34), chr(34) * 2)}",1,2')
    publish(story=story, by=by, note=text)
    save_story_file(file=hostile_story("hostile", mixture(5)), media=media)
    stages.bring_to("draft", stages.illustrated("harmless"), media)  # has the spare parts that pages are about
    for route in page_routes():
        if expected(route, "GET", "superuser", "published") == "page":
            yield address(route, story)


def test_on_every_page_of_the_admin_hostile_text_is_text(root: Client) -> None:
    for path in hostile_pages():
        page = root.get(path).content.decode()
        assert f"<script>{PWN}" not in page, path
        found = [(tag, at) for tag, at in Markup(page).tags if any(name.startswith("on") for name in at)]
        assert found == [], path
        assert ">49<" not in page, path
