"""What every answer carries: headers, terms, languages, editions. And what has none."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from storymap.api import views
from storymap.models import Story
from storymap.services.publishing.publish import end_at, publish, withdraw
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.slugs import rename_story
from tests.factories import chapter_entry, make_published_story, make_story, make_user, source_entry, story_file
from tests.security.hostile import TEXTS, hostile_story
from tests.security.stages import png
from tests.storymap.api.asking import ADDRESSES, OF_A_STORY, PROBLEM, SITE, STORY, data

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_may_be_read_by_any_site_kept_and_asked_for_again(story: Story, path: str) -> None:
    response = Client().get(path, headers={"accept-encoding": "gzip"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["API-Version"] == "1"
    assert 'rel="service-desc"' in response["Link"] and 'rel="service-doc"' in response["Link"]
    assert response["Content-Type"] in ("application/json", "application/geo+json")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert response["Vary"] == "Accept-Encoding" and not response.cookies
    assert json.loads(gzip.decompress(response.content))
    again = Client().get(path, headers={"accept-encoding": "gzip", "if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {again[h] for h in ("ETag", "Access-Control-Allow-Origin")} == {response["ETag"], "*"}
    assert again["Content-Language"] == response["Content-Language"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_nobody_writes_and_a_browser_that_asks_first_is_answered(story: Story, path: str) -> None:
    for method in ("post", "put", "delete", "options"):
        response = getattr(Client(enforce_csrf_checks=True), method)(path)
        assert (response.status_code, response["Allow"], response["Content-Type"]) == (405, "GET, HEAD", PROBLEM)
        assert json.loads(response.content)["type"].endswith("/about/data/#only-reading")
    preflight = Client().options(path, headers={"origin": "https://a.example", "access-control-request-method": "GET"})
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Access-Control-Allow-Headers"] == preflight["Access-Control-Allow-Origin"] == "*"


def test_a_failure_is_told_as_json_and_says_no_more_than_that(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "published_stories", lambda language: 1 / 0)
    response = Client(raise_request_exception=False).get("/api/stories/")
    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    assert (response["Access-Control-Allow-Origin"], response["Cache-Control"]) == ("*", "no-store")
    told = json.loads(response.content)
    assert told.keys() == {"type", "title", "status", "detail"} and "Zero" not in response.content.decode()
    assert told["type"].endswith("/about/data/#failed")


def test_each_event_says_on_what_it_rests(story: Story) -> None:
    make_published_story("retold", sources=(source_entry(type="entry-encyclopedia"),))
    for slug, support in (("a-story", "primary"), ("retold", "one-secondary")):
        assert {event["support"] for event in data(f"/api/stories/{slug}/")["events"]} == {support}
        features = data(f"/api/stories/{slug}/events.geojson")["features"]
        assert {feature["properties"]["support"] for feature in features} == {support}


@pytest.mark.parametrize("rest", OF_A_STORY)
def test_every_answer_says_which_edition_under_which_terms(story: Story, rest: str) -> None:
    answer = data(STORY + rest)
    assert answer["format"] == "storymap-data/1"
    assert answer["story"]["licence"] == "CC-BY-4.0" and answer["story"]["byline"] == "Ana"
    assert answer["story"]["credits"] == {"html": "<p>Thanks to <em>Ben</em></p>", "text": "Thanks to Ben"}
    assert answer["story"]["url"] == f"{SITE}/stories/a-story/"
    assert answer["edition"]["number"] == 1 and len(answer["edition"]["digest"]) == 64
    assert answer["edition"]["published"] == story.editions.get().publish_at.isoformat()
    assert answer["links"]["self"] == f"{SITE}{STORY}{rest}"
    for address in answer["links"].values():
        assert Client().get(address.removeprefix(SITE)).status_code == 200, address


def test_a_language_is_asked_for_and_kept_in_links(story: Story) -> None:
    response = Client().get(f"{STORY}?lang=es")
    answer = json.loads(response.content)
    assert response["Content-Language"] == answer["story"]["language"] == "es"
    assert answer["story"]["title"] == "Una historia"
    assert answer["story"]["url"] == f"{SITE}/es/stories/a-story/"
    assert answer["links"]["events"] == f"{SITE}{STORY}events.geojson?lang=es"
    assert "chapters/beginning/title" in answer["story"]["fallbacks"]
    assert data(f"{STORY}?lang=ja", 404)["title"] == "Not found"
    assert Client().get(STORY, headers={"accept-language": "es"})["Content-Language"] == "en"


def test_a_story_of_another_language_is_answered_in_its_own(db: None) -> None:
    told = {"title": {"es": "Una historia"}, "standfirst": {"es": "De qué trata."}}
    chapter = chapter_entry(title={"es": "El comienzo"}, narration={"es": "Comienza."}, moments=())
    parts = {"chapters": (chapter,), "events": (), "places": ()}
    make_published_story("una-historia", default_language="es", languages=("es",), **told, **parts)
    assert data("/api/stories/una-historia/")["story"]["language"] == "es"
    assert data("/api/stories/?lang=en")["stories"][0]["url"] == f"{SITE}/es/stories/una-historia/"


def correct(story: Story, **fields: Any) -> None:
    save_story_file(file=story_file(story.slug, **fields), media={})
    publish(story=story, by=None, note="A correction")


def test_an_edition_answers_the_same_for_as_long_as_it_may_be_seen(story: Story) -> None:
    before = data(f"{STORY}events.geojson?edition=1")
    correct(story, title={"en": "A better story"})
    assert data(f"{STORY}events.geojson?edition=1") == before
    assert before["links"]["document"] == f"{SITE}{STORY}?edition=1"
    assert data(f"{STORY}?edition=2")["story"]["title"] == data(STORY)["story"]["title"] == "A better story"
    assert data(f"{STORY}?edition=1")["story"]["title"] == "A story"
    listed = data(f"{STORY}editions/")["editions"]
    assert [(e["number"], e["note"]) for e in listed] == [(2, "A correction"), (1, None)]
    assert {"verb": "changed", "kind": "story", "slug": "title"} in listed[0]["changes"]
    assert data(listed[1]["url"])["edition"]["number"] == 1
    data(f"{STORY}?edition=3", 404)
    withdraw(story=story, by=None)
    data(f"{STORY}?edition=1", 404)


def test_of_what_is_not_to_be_seen_all_is_the_same() -> None:
    """Never was, a draft, scheduled, ended, withdrawn: the same body and the same headers."""
    make_story("draft")
    publish(story=make_story("scheduled"), by=None, at=timezone.now() + timedelta(days=1))
    withdraw(story=make_published_story("withdrawn"), by=None)
    end_at(story=make_published_story("ended"), by=None, until=timezone.now())
    answers = set()
    hidden = [f"/api/stories/{slug}/" for slug in ("nothing", "draft", "scheduled", "withdrawn", "ended")]
    queries = [f"{rest}{query}" for rest in OF_A_STORY for query in ("", "?lang=en", "?edition=1")]
    for path in [path + query for path in hidden for query in queries if query != "editions/?edition=1"]:
        response = Client().get(path)
        assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
        assert response["Cache-Control"] == "no-store" and response["Access-Control-Allow-Origin"] == "*"
        answers.add((response.content, repr(sorted(response.headers.items()))))
    assert len(answers) == 1


def test_a_renamed_story_is_redirected_with_what_was_asked(story: Story) -> None:
    rename_story(story=story, slug="the-story")
    for rest in OF_A_STORY:
        response = Client().get(f"{STORY}{rest}?lang=es")
        assert (response.status_code, response["Location"]) == (301, f"/api/stories/the-story/{rest}?lang=es")
        assert response["Access-Control-Allow-Origin"] == "*"
    moved = data("/api/stories/the-story/")
    assert moved["story"]["slug"] == "the-story" and "a-story" not in json.dumps(moved["links"])
    assert data("/api/stories/")["stories"][0]["links"]["document"] == f"{SITE}/api/stories/the-story/"


@pytest.mark.parametrize(("path", "target"), [("/api", "/api/"), ("/api/stories", "/api/stories/")])
def test_a_missing_stroke_is_added(path: str, target: str) -> None:
    response = Client().get(f"{path}?lang=es" if path != "/api" else path)
    assert (response.status_code, response["Location"].partition("?")[0]) == (301, target)


@pytest.mark.parametrize(
    "path", ["/api/x", "/api/x/", "/api/stories/a%0Ab/", "/api/openapi.json/", "/api/stories/x.json"]
)
def test_an_address_that_is_none_is_said_in_json(path: str) -> None:
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


def test_a_problem_names_the_parameter(story: Story) -> None:
    problem = data(f"{STORY}events.geojson?bbox=1,2", 400)
    assert problem["type"] == f"{SITE}/about/data/#bad-parameter"
    assert (problem["status"], problem["parameter"]) == (400, "bbox")
    assert data(f"{STORY}?page=1", 400)["detail"].endswith("Known here: lang, edition.")


def test_who_is_signed_in_sees_the_same(story: Story) -> None:
    client = Client()
    client.force_login(make_user("root", "publisher", is_superuser=True))
    for path in ADDRESSES:
        assert client.get(path).content == Client().get(path).content


@pytest.mark.parametrize("kind", ["template internals", "script", "attribute", "separators", "markdown link", "word"])
def test_hostile_text_arrives_as_text(kind: str) -> None:
    """As it was written, in JSON that no browser takes for a page; prose is the cleaned HTML of the page."""
    text = TEXTS[kind]
    story = save_story_file(file=hostile_story("hostile", text), media={"view.png": png()}).story
    publish(story=story, by=None, note=text)
    answer = data("/api/stories/hostile/")
    event = answer["events"][0]
    said = [
        answer["story"]["title"],
        event["title"],
        event["note"],
        event["people"][0]["name"],
        event["place"]["address"],
    ]
    said += [answer["chapters"][0]["illustration"]["caption"], event["citations"][0]["source"]["title"]]
    said += [data("/api/stories/hostile/editions/")["editions"][0]["note"]]
    area = data("/api/stories/hostile/places.geojson")["features"][-1]["properties"]
    assert set(area) == {"feature", "chapter", "name", "note", "source", "credit", "schematic"}
    assert {*said, *(area[word] for word in ("name", "note", "source", "credit"))} == {text}
    markup = answer["chapters"][0]["narration"]["html"]
    assert "<script" not in markup and "<img" not in markup and 'href="javascript' not in markup
    assert settings.SECRET_KEY not in json.dumps(answer)
