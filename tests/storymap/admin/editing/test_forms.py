"""Drafts in the forms of the admin, without a browser: offered, taken, gone with a save, left by one with mistakes."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from places.models import Event, Place, Source
from storymap.models import Autosave, Chapter, Moment, Story
from storymap.services.history.versions import changing
from storymap.services.stories.autosaves import FormOf, Unsaved, store_autosave
from tests.factories import MomentEntry, chapter_entry, event_entry, make_story, make_user

pytestmark = pytest.mark.django_db
NARRATION = {"narration": ["It begins slowly."]}


@pytest.fixture
def story() -> Story:
    events = tuple(event_entry(slug) for slug in ("meeting", "parting", "return"))
    moments = (MomentEntry(event="meeting"), MomentEntry(event="parting"))
    return make_story(chapters=(chapter_entry(moments=moments),), events=events)


@pytest.fixture
def user(client: Client) -> Any:
    user = make_user("ana", "editor")
    client.force_login(user)
    return user


def autosaved(user: Any, row: Any, typed: dict[str, list[str]], language: str = "en", seen: int = 1) -> Autosave:
    of = FormOf(type(row), str(row.pk or ""), language)
    draft = store_autosave(user=user, of=of, unsaved=Unsaved(uuid4(), typed, seen, 1))
    assert draft
    return draft


def address(row: Any) -> str:
    kind = row._meta
    where, arguments = ("change", [row.pk]) if row.pk else ("add", [])
    return reverse(f"admin:{kind.app_label}_{kind.model_name}_{where}", args=arguments)


def inputs_in(page: HttpResponse) -> dict[str, str]:
    """What the main form of the page would send."""
    context = page.context
    forms = [context["adminform"].form]
    for each in context["inline_admin_formsets"]:
        forms += [each.formset.management_form, *each.formset.forms]
    found = {}
    for form in forms:
        for bound in form:
            value = bound.field.widget.format_value(bound.value())
            value = value[0] if isinstance(value, list) else value
            if value not in (None, "", "False", False):
                found[bound.html_name] = str(value)
    return found


def box(page: HttpResponse) -> str:
    """The words of the first box, without tags but with struck out and added words marked."""
    found = re.search(r'<section class="autosave-offer".*?</section>', page.content.decode(), re.S)
    text = re.sub(r'<span class="visually-hidden">.*?</span>', "", found[0] if found else "")
    text = re.sub(r"<del>(.*?)</del>", r"[-\1-]", re.sub(r"<ins>(.*?)</ins>", r"{+\1+}", text))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_draft_is_offered_with_the_words_that_differ(client: Client, user: Any, story: Story) -> None:
    chapter = Chapter.objects.get()
    autosaved(user, chapter, NARRATION)
    page = client.get(address(chapter))
    assert "Narration It begins{+ slowly+}." in box(page)
    assert inputs_in(page)["narration"] == "It begins."


def test_nobody_else_and_no_other_tab_is_offered_it(client: Client, user: Any, story: Story) -> None:
    autosaved(make_user("bea", "editor"), story, {"title": ["Hers"]})
    assert box(client.get(address(story))) == ""
    autosaved(user, story, {"title": ["Mi historia"]}, language="es")
    assert box(client.get(address(story))) == ""
    assert "Mi historia" in box(client.get(f"{address(story)}?language=es"))


def test_a_draft_that_says_what_is_stored_is_no_box(client: Client, user: Any, story: Story) -> None:
    draft = autosaved(user, story, {"title": [" A story\r\n"], "licence": ["CC-BY-4.0"]})
    page = client.get(address(story))
    assert box(page) == ""
    assert str(draft.key) in page.context["editing"]  # so that the browser can say it is done with


def test_the_newest_box_stands_open_and_the_older_are_folded(client: Client, user: Any, story: Story) -> None:
    for text in ("Oldest.", "Older.", "Newest."):
        autosaved(user, story, {"byline": [text]})
    page = client.get(address(story))
    before, _summary, folded = page.content.decode().partition('<details class="older-autosaves">')
    assert "Newest." in before and "Older." not in before
    assert "2 older autosaves" in folded and folded.index("Older.") < folded.index("Oldest.")


def test_taken_without_a_script_it_fills_the_form_and_stores_nothing(client: Client, user: Any, story: Story) -> None:
    chapter = Chapter.objects.get()
    draft = autosaved(user, chapter, {**NARRATION, "camera": ['{"zoom": 3'], "illustration": [""]})
    page = client.post(address(chapter), {"_autosave": "take", "_autosave_key": str(draft.key)})
    assert inputs_in(page)["narration"] == "It begins slowly."
    assert inputs_in(page)["camera"] == '{"zoom": 3'
    assert f'name="_autosave_key" value="{draft.key}"' in page.content.decode()
    assert Chapter.objects.get().narration == "It begins." and Autosave.objects.count() == 1


def test_saving_what_was_taken_stores_it_and_the_draft_is_gone(client: Client, user: Any, story: Story) -> None:
    chapter = Chapter.objects.get()
    draft = autosaved(user, chapter, NARRATION)
    revisions = story.revisions.count()
    page = client.post(address(chapter), {"_autosave": "take", "_autosave_key": str(draft.key)})
    assert story.revisions.count() == revisions
    saved = client.post(address(chapter), {**inputs_in(page), "_autosave_key": str(draft.key)})
    assert saved.status_code == 302, saved.context["errors"]
    assert Chapter.objects.get().narration == "It begins slowly."
    assert not Autosave.objects.exists()


def test_a_save_with_mistakes_keeps_what_was_typed(client: Client, user: Any, story: Story) -> None:
    chapter = Chapter.objects.get()
    key = str(uuid4())
    sent = {
        **inputs_in(client.get(address(chapter))),
        "title": "",
        "narration": "It\r\nbegins.",
        "moments-1-position": "x",
    }
    page = client.post(address(chapter), {**sent, "_autosave_key": key})
    draft = Autosave.objects.get()
    moment = str(Moment.objects.order_by("position").last().pk)
    assert (str(draft.key), page.status_code) == (key, 200)
    assert not page.context["autosaves"]["taken"] and f'value="{key}"' in page.content.decode()
    assert draft.typed == {
        "title": [""],
        "narration": ["It\nbegins."],
        "moments-1-position": ["x"],
        "moments-1-id": [moment],
    }
    client.post(address(chapter), {**sent, "title": "T", "moments-1-position": "1", "_autosave_key": key})
    assert Chapter.objects.get().title == "T" and not Autosave.objects.exists()


def test_a_chosen_file_is_named_and_has_to_be_chosen_again(client: Client, user: Any, story: Story) -> None:
    """A browser gives no file back; taking the draft fills in all the rest."""
    chapter = Chapter.objects.get()
    draft = autosaved(user, chapter, {**NARRATION, "recording": ["speech <1>.mp3"]})
    page = client.get(address(chapter))
    assert "Recording (the chosen file has to be chosen again) {+speech <1>.mp3+}" in box(page)
    (offer,) = page.context["autosaves"]["offers"]
    assert list(json.loads(offer.values)["values"]) == ["narration"]
    taken = inputs_in(client.post(address(chapter), {"_autosave": "take", "_autosave_key": str(draft.key)}))
    assert taken["narration"] == "It begins slowly." and "recording" not in taken


def test_a_save_with_mistakes_remembers_which_file_was_chosen(client: Client, user: Any, story: Story) -> None:
    chapter = Chapter.objects.get()
    sent = {**inputs_in(client.get(address(chapter))), "title": "", "_autosave_key": str(uuid4())}
    client.post(address(chapter), {**sent, "recording": SimpleUploadedFile("speech.mp3", b"no sound")})
    assert Autosave.objects.get().typed == {"title": [""], "recording": ["speech.mp3"]}
    assert "chosen again) {+speech.mp3+}" in box(client.get(address(chapter)))
    client.post(address(chapter), {**sent, "title": "T"})
    assert not Autosave.objects.exists()


def test_a_draft_of_something_new_is_offered_where_new_ones_are_made(client: Client, user: Any, story: Story) -> None:
    draft = autosaved(user, Place(), {"slug": ["lima"], "name": ["Lima"], "toponyms-0-name": ["Ciudad de los Reyes"]})
    add = reverse("admin:places_place_add")
    assert "Ciudad de los Reyes" in box(client.get(add))
    page = client.post(add, {"_autosave": "take", "_autosave_key": str(draft.key)})
    typed = inputs_in(page)
    assert (typed["name"], typed["slug"]) == ("Lima", "lima")
    assert (typed["toponyms-0-name"], typed["toponyms-TOTAL_FORMS"]) == ("Ciudad de los Reyes", "1")


def test_rows_are_found_by_their_keys_when_others_were_deleted(client: Client, user: Any, story: Story) -> None:
    chapter = Chapter.objects.get()
    first, second = chapter.moments.order_by("position")
    third = Event.objects.get(slug="return")
    typed = {
        "moments-0-position": ["7"],
        "moments-0-id": [str(first.pk)],
        "moments-1-position": ["8"],
        "moments-1-id": [str(second.pk)],
        "moments-2-event": [str(third.pk)],
    }
    draft = autosaved(user, chapter, typed)
    first.delete()
    page = client.get(address(chapter))
    assert "Moment 1: position [-2-]{+8+}" in box(page)
    assert "Moment 2: Event {+A meeting+}" in box(page)
    assert "moments-0-position (no longer in the form) {+7+}" in box(page)
    taken = inputs_in(client.post(address(chapter), {"_autosave": "take", "_autosave_key": str(draft.key)}))
    assert (taken["moments-0-id"], taken["moments-0-position"]) == (str(second.pk), "8")
    assert (taken["moments-1-event"], taken["moments-TOTAL_FORMS"]) == (str(third.pk), "2")


def test_choices_and_ticks_are_read_as_words(client: Client, user: Any, story: Story) -> None:
    event = Event.objects.get(slug="meeting")
    autosaved(user, event, {"status": ["alleged"], "later": ["on"], "place": ["99999999999999999999"]})
    said = box(client.get(address(event)))
    assert "Claim status [-documented-]{+alleged+}" in said
    assert "Later fact [-no-]{+yes+}" in said
    assert "{+99999999999999999999+}" in said


def test_who_saved_since_is_said(client: Client, user: Any, story: Story) -> None:
    chapter = Chapter.objects.get()
    autosaved(user, chapter, NARRATION, seen=story.version)
    assert "has saved since" not in box(client.get(address(chapter)))
    with changing(story, by=make_user("bea", "editor")):
        Story.objects.filter(pk=story.pk).update(licence="CC0-1.0")
    assert "bea has saved since:" in box(client.get(address(chapter)))


def test_who_saved_a_shared_part_since_is_said_where_it_is_known(client: Client, user: Any, story: Story) -> None:
    place = Place.objects.get()
    autosaved(user, place, {"name": ["Plaza"]})
    place.claim()
    assert "Somebody has saved since." in box(client.get(address(place)))
    bea = Client()
    bea.force_login(make_user("bea", "editor"))
    assert bea.post(address(place), inputs_in(bea.get(address(place)))).status_code == 302
    assert "bea has saved since:" in box(client.get(address(place)))


def test_who_may_only_look_is_offered_and_keeps_nothing(client: Client, user: Any, story: Story) -> None:
    autosaved(user, story, {"title": ["Mine"]})
    user.groups.clear()
    user.user_permissions.set(type(user).user_permissions.rel.model.objects.filter(codename="view_story"))
    page = client.get(address(story))
    assert page.status_code == 200 and box(page) == "" and "_autosave_key" not in page.content.decode()


def test_hostile_text_in_a_draft_is_text(client: Client, user: Any) -> None:
    source = Source.objects.create(slug="s", title="T")
    autosaved(user, source, {"title": ["<script>alert(1)</script>"], "</section><b>": ["x"], "__proto__": ["y"]}, "")
    page = client.get(address(source)).content.decode()
    assert "<script>alert" not in page and "</section><b>" not in page


def test_the_first_page_lists_ones_own_autosaves(client: Client, user: Any, story: Story) -> None:
    autosaved(make_user("bea", "editor"), story, {"title": ["Hers"]})
    assert "You have unsaved work" not in client.get(reverse("admin:index")).content.decode()
    autosaved(user, Chapter.objects.get(), NARRATION, "es")
    autosaved(user, Event(), {"slug": ["the-siege"]})
    gone = Source.objects.create(slug="s", title="T")
    lost = autosaved(user, gone, {"title": ["All of it <b>"]}, "")
    gone.delete()
    page = client.get(reverse("admin:index")).content.decode()
    assert f'<a href="{address(Chapter.objects.get())}?language=es">chapter “The beginning”</a>' in page
    assert f'<a href="{reverse("admin:places_event_add")}?language=en">event “new: the-siege”</a>' in page
    assert "<dd>All of it &lt;b&gt;</dd>" in page
    client.post(reverse("discard_autosave"), {"_autosave_key": str(lost.key)})
    assert "All of it" not in client.get(reverse("admin:index")).content.decode()
