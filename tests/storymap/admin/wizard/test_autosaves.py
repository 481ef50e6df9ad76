"""What is typed on the wizard is stored apart from other forms, offered back there, and gone once saved."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from places.models import Place
from storymap.models import Autosave, Chapter, Story
from tests.factories import make_story, make_user

BEGIN = "/admin/storymap/story/begin/"
SENT = {"title": "Mended", "narration": "N", "moment-status": "documented"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


@pytest.fixture
def story() -> Story:
    return make_story()


def told(story: Story, chapter: str) -> str:
    return f"/admin/storymap/story/{story.pk}/tell/?chapter={chapter}"


def autosaved(author: Client, story: Story, chapter: str, **typed: str) -> str:
    """Sent as the page's own script sends it; the draft's key."""
    page = author.get(told(story, chapter))
    page_says = json.loads(page.context["editing"])
    note = {name: page_says[name] for name in ("of", "object", "part", "language", "key", "seen")}
    note |= {"turn": 1, "typed": {name: [value] for name, value in typed.items()}}
    answer = author.post(reverse("autosave"), json.dumps(note), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return str(page_says["key"])


def offered(page: HttpResponse) -> dict[str, str]:
    """Label and new words of what differs in the newest draft."""
    offers = page.context["autosaves"]["offers"]
    differences = offers[0].differences if offers else []
    return {d.label: "".join(piece.text for piece in d.pieces if piece.kind == "ins") for d in differences}


def test_a_draft_is_offered_where_it_was_typed_and_nowhere_else(author: Client, story: Story) -> None:
    chapter = Chapter.objects.get()
    autosaved(author, story, "beginning", narration="It begins slowly.", **{"moment-title": "A meeting"})
    assert offered(author.get(told(story, "beginning"))) == {"Narration": " slowly", "What happened": "A meeting"}
    for other in (told(story, "new"), reverse("admin:storymap_chapter_change", args=[chapter.pk])):
        assert offered(author.get(other)) == {}


def test_a_new_chapter_is_of_its_own_story(author: Client, story: Story) -> None:
    autosaved(author, story, "new", title="The bridge")
    assert offered(author.get(told(story, "new"))) == {"Title": "The bridge"}
    assert offered(author.get(told(make_story("another"), "new"))) == {}
    assert offered(author.get(reverse("admin:storymap_story_change", args=[story.pk]))) == {}


def test_the_first_page_leads_back_to_where_it_was_told(author: Client, story: Story) -> None:
    for chapter in ("beginning", "new"):
        autosaved(author, story, chapter, title="The bridge")
    page = author.get("/admin/").content.decode()
    assert f'<a href="{told(story, "beginning")}">' in page
    assert f'<a href="{told(story, "new")}">chapter “new: The bridge”</a>' in page


def test_taken_without_a_script_it_fills_the_form_with_its_place(author: Client, story: Story) -> None:
    place = Place.objects.get()
    typed = {"moment-asked": "The square", "moment-place": f"place:{place.pk}", "picture-decorative": "on"}
    key = autosaved(author, story, "beginning", title="Mended", **typed)
    box = offered(author.get(told(story, "beginning")))
    assert box["Found places"] == str(place)
    page = author.post(told(story, "beginning"), {"_autosave": "take", "_autosave_key": key})
    panel = page.context["panel"]
    assert (panel.words["title"].value(), panel.picture["decorative"].value()) == ("Mended", True)
    assert [choice.label for choice in panel.choices] == [str(place)] and panel.chosen == f"place:{place.pk}"
    assert Chapter.objects.get().title != "Mended" and str(page.context["autosaves"]["key"]) == key


def test_a_save_takes_its_draft_along_and_one_with_mistakes_keeps_it(author: Client, story: Story) -> None:
    key = autosaved(author, story, "beginning", title="Mended")
    sent = {**SENT, "seen": story.version}
    wrong = author.post(told(story, "beginning"), {**sent, "_autosave_key": key, "moment-date": "someday"})
    assert (wrong.status_code, Autosave.objects.get().typed["moment-date"]) == (422, ["someday"])
    assert author.post(told(story, "beginning"), {**sent, "_autosave_key": key}).status_code == 302
    assert not Autosave.objects.exists()


def savepoint(sql: str) -> str:
    return sql.split()[-1]


def test_an_autosave_goes_in_the_transaction_of_its_save(author: Client, story: Story) -> None:
    """Neither is left without the other, wherever the server stops. A transaction inside the test's is a savepoint."""
    key = autosaved(author, story, "beginning", title="Mended")
    begun = json.loads(author.get(BEGIN).context["editing"])["key"]
    for address, sent in (
        (told(story, "beginning"), {**SENT, "seen": story.version, "_autosave_key": key}),
        (BEGIN, {"title": "Three steps", "standfirst": "How it began.", "_autosave_key": begun}),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert author.post(address, sent).status_code == 302
        said = [query["sql"] for query in queries]
        forgotten = next(n for n, sql in enumerate(said) if 'FROM "storymap_autosave"' in sql)
        saved = next(n for n, sql in enumerate(said) if sql.startswith('INSERT INTO "storymap_storyrevision"'))
        begun_at = [savepoint(sql) for sql in said[:saved] if sql.startswith("SAVEPOINT")]
        ended = [savepoint(sql) for sql in said[:forgotten] if sql.startswith("RELEASE")]
        assert saved < forgotten and set(begun_at) - set(ended)
    assert not Autosave.objects.exists()


def test_a_search_keeps_what_was_typed_as_an_autosave(author: Client, story: Story) -> None:
    key = str(uuid4())
    sent: dict[str, Any] = {"title": "Half a ti", "narration": "It begins.", "moment-status": "documented"}
    page = author.post(told(story, "beginning"), {**sent, "moment-asked": "square", "find": "1", "_autosave_key": key})
    draft = Autosave.objects.get()
    assert (str(draft.key), draft.typed) == (key, {"title": ["Half a ti"], "moment-asked": ["square"]})
    told_to_script = json.loads(page.context["editing"])
    assert set(told_to_script["carried"]) == {*draft.typed, "moment-place"} and told_to_script["turn"] == draft.turn
