"""The chapter page: what its scripts may ask, and what the form takes without them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from places.features import MAX_BYTES
from places.models import Event
from storymap.admin.chapter.form import TEXTS, ChapterForm, fieldsets_of
from storymap.models import Chapter, Story
from storymap.prose import MAX_CHARACTERS
from storymap.story.storyfile import CHAPTER_TEXTS, MomentEntry
from tests.factories import chapter_entry, event_entry, make_story, make_user

pytestmark = pytest.mark.django_db
ASK = "/admin/storymap/chapter/"
SQUARE = [[-77.05, -12.1], [-77.04, -12.1], [-77.04, -12.09], [-77.05, -12.1]]


def area(*ring: list[float], name: str = "Cordon") -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": [list(ring)]}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"name": name}, "geometry": shape}],
    }


@pytest.fixture
def story() -> Story:
    """Two chapters; the first tells two events, the second one."""
    events = tuple(event_entry(slug, title={"en": slug}) for slug in ("meeting", "speech", "vote"))
    first = chapter_entry(moments=(MomentEntry(event="meeting"), MomentEntry(event="speech")))
    return make_story(events=events, chapters=(first, chapter_entry("end", moments=(MomentEntry(event="vote"),))))


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def rendered(client: Client, text: str, chapter: Chapter, *events: str) -> dict[str, Any]:
    keys = list(Event.objects.filter(slug__in=events).values_list("pk", flat=True))
    data = {"text": text, "story": chapter.story_id, "chapter": chapter.pk, "event": keys}
    return client.post(f"{ASK}narration/", data).json()


def test_the_rendering_is_what_readers_will_see(author: Client, story: Story) -> None:
    answer = rendered(author, "They *met*.", story.chapters.get(slug="beginning"))
    assert answer == {"html": "<p>They <em>met</em>.</p>", "words": 2, "problems": []}


def test_hostile_text_is_rendered_as_text(author: Client, story: Story) -> None:
    answer = rendered(author, "<img src=x onerror=alert(1)>[x](javascript:alert(1))", story.chapters.first())
    assert "<img" not in answer["html"] and "<a" not in answer["html"]


def test_links_lead_to_moments_on_the_form_and_elsewhere_in_the_story(author: Client, story: Story) -> None:
    text = "[a](#meeting) [b](#speech) [c](#vote) [d](#chapter-end) [e](#nothing) [f](#nothing)"
    answer = rendered(author, text, story.chapters.get(slug="beginning"), "meeting")
    assert answer["problems"] == ["#speech leads nowhere", "#nothing leads nowhere"]


def test_a_text_that_is_too_long_is_not_rendered(author: Client, story: Story) -> None:
    answer = rendered(author, "x" * (MAX_CHARACTERS + 1), story.chapters.first())
    assert answer == {"problems": ["The text has 20001 characters, at most 20000 can be stored."]}


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "１"])
def test_keys_that_are_none_are_passed_over(key: str, author: Client) -> None:
    data = {"text": "[a](#meeting)", "story": key, "chapter": key, "event": [key]}
    assert author.post(f"{ASK}narration/", data).json()["problems"] == ["#meeting leads nowhere"]


@pytest.mark.parametrize("address", ["narration/", "overlay/", "events/"])
def test_who_may_not_write_is_told_nothing(address: str, client: Client) -> None:
    client.force_login(make_user("eva", "author"))
    user = make_user("otto", is_superuser=False)
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename="view_chapter"))
    client.force_login(user)
    assert client.post(f"{ASK}{address}", {"text": "x"}).status_code == 403


def test_events_say_when_where_and_how_far_established(author: Client, story: Story) -> None:
    event = Event.objects.get(slug="speech")
    Event.objects.filter(pk=event.pk).update(time="20:20", status="reported")
    (facts,) = author.get(f"{ASK}events/", {"id": [event.pk, 0, "x"]}).json()["events"]
    assert facts["words"] == "17 December 1996, 20:20 · The square · reported"
    assert [(place["slug"], place["aside"]) for place in facts["places"]] == [("square", False)]


@pytest.mark.parametrize("term", ["speech", "17 December 1996", "1996-12", "from 16 to 18 December 1996"])
def test_an_event_is_found_by_title_and_by_date(term: str, author: Client, story: Story) -> None:
    asked = {"app_label": "storymap", "model_name": "moment", "field_name": "event", "term": term}
    found = author.get(f"{ASK}find-events/", asked).json()["results"]
    assert "speech · 17 December 1996" in [result["text"] for result in found]


def test_an_event_of_another_day_is_not_found_by_date(author: Client, story: Story) -> None:
    asked = {"app_label": "storymap", "model_name": "moment", "field_name": "event", "term": "19 December 1996"}
    assert author.get(f"{ASK}find-events/", asked).json()["results"] == []


def checked(client: Client, text: str, *places: str) -> dict[str, Any]:
    return client.post(f"{ASK}overlay/", {"text": text, "place": places}).json()


def test_areas_are_checked_and_given_back(author: Client) -> None:
    answer = checked(author, json.dumps(area(*SQUARE)))
    assert answer == {"overlay": area(*SQUARE), "problems": [], "swapped": False}
    assert checked(author, "")["overlay"] is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"type": "FeatureCollection",\n "features": [,]}', "This is no JSON: line 2, column 15"),
        (json.dumps(area(*SQUARE[:3], [0, 0])), "Feature 1 (“Cordon”): a ring of a polygon needs to end where it"),
        (" " * MAX_BYTES + "{}x", "More than 2 MB"),
        ("[" * 100_000, "This is no GeoJSON"),
        ('{"type": "Topology"}', "This is not a GeoJSON FeatureCollection"),
    ],
    ids=["json", "ring", "size", "depth", "kind"],
)
def test_what_is_wrong_with_areas_is_named(text: str, says: str, author: Client) -> None:
    answer = checked(author, text if says != "More than 2 MB" else "x" * (MAX_BYTES + 1))
    assert answer["overlay"] is None and answer["problems"][0].startswith(says)


def test_areas_with_swapped_numbers_are_asked_about(author: Client, story: Story) -> None:
    swapped = area(*([lat, lng] for lng, lat in SQUARE))
    assert checked(author, json.dumps(swapped), "square")["swapped"] is True


def form_data(chapter: Chapter, **changes: Any) -> dict[str, Any]:
    """The fields of the form as it is shown; `changes` may name fields, moments-0-position for example."""
    data: dict[str, Any] = {"story": chapter.story_id, "slug": chapter.slug, "title": "T", "narration": "N"}
    moments = list(chapter.moments.all())
    data |= {"moments-TOTAL_FORMS": len(moments), "moments-INITIAL_FORMS": len(moments)}
    for n, moment in enumerate(moments):
        row = {"id": moment.pk, "chapter": chapter.pk, "event": moment.event_id, "position": moment.position}
        data |= {f"moments-{n}-{name}": value for name, value in row.items()}
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def save(client: Client, chapter: Chapter, **changes: Any) -> Any:
    return client.post(f"{ASK}{chapter.pk}/change/", form_data(chapter, **changes))


def order(chapter: Chapter) -> list[tuple[str, int]]:
    return list(chapter.moments.order_by("position").values_list("event__slug", "position"))


def test_typed_positions_are_stored_without_holes(author: Client, story: Story) -> None:
    chapter = story.chapters.get(slug="beginning")
    assert save(author, chapter, **{"moments-0-position": 17, "moments-1-position": 4}).status_code == 302
    assert order(chapter) == [("speech", 1), ("meeting", 2)]


def test_a_new_moment_without_a_number_comes_last_and_one_with_a_number_where_it_says(
    author: Client, story: Story
) -> None:
    chapter = story.chapters.get(slug="beginning")
    vote = Event.objects.get(slug="vote").pk
    new = {"moments-TOTAL_FORMS": 3, "moments-2-event": vote, "moments-2-chapter": chapter.pk}
    assert save(author, chapter, **new, **{"moments-2-position": ""}).status_code == 302
    assert order(chapter) == [("meeting", 1), ("speech", 2), ("vote", 3)]
    chapter.moments.get(event=vote).delete()
    save(author, chapter, **new, **{"moments-2-position": 1, "moments-0-position": 2, "moments-1-position": 3})
    assert order(chapter) == [("vote", 1), ("meeting", 2), ("speech", 3)]


def test_a_moment_is_ticked_as_a_key_moment(author: Client, story: Story) -> None:
    chapter = story.chapters.get(slug="beginning")
    assert save(author, chapter, **{"moments-1-is_key": "on"}).status_code == 302
    assert list(chapter.moments.order_by("position").values_list("is_key", flat=True)) == [False, True]


def test_deleting_a_moment_closes_ranks(author: Client, story: Story) -> None:
    chapter = story.chapters.get(slug="beginning")
    assert save(author, chapter, **{"moments-0-DELETE": "on"}).status_code == 302
    assert order(chapter) == [("speech", 1)]


def test_areas_come_from_a_file_and_replace_what_was_pasted(author: Client, story: Story) -> None:
    chapter = story.chapters.get(slug="beginning")
    upload = SimpleUploadedFile("areas.geojson", json.dumps(area(*SQUARE)).encode())
    assert save(author, chapter, overlay="{not json", overlay_file=upload).status_code == 302
    assert Chapter.objects.get(pk=chapter.pk).overlay == area(*SQUARE)


def test_a_single_pasted_feature_is_taken(author: Client, story: Story) -> None:
    chapter = story.chapters.get(slug="beginning")
    assert save(author, chapter, overlay=json.dumps(area(*SQUARE)["features"][0])).status_code == 302
    assert Chapter.objects.get(pk=chapter.pk).overlay == area(*SQUARE)


@pytest.mark.parametrize("field", ["overlay", "overlay_file"])
def test_a_feature_at_fault_is_named_and_nothing_is_stored(field: str, author: Client, story: Story) -> None:
    chapter = story.chapters.get(slug="beginning")
    text = json.dumps(area(*SQUARE[:3]))
    value = text if field == "overlay" else SimpleUploadedFile("areas.geojson", text.encode())
    response = save(author, chapter, **{field: value})
    assert "Feature 1 (“Cordon”): a ring of a polygon" in response.content.decode()
    assert Chapter.objects.get(pk=chapter.pk).overlay is None


def test_a_file_that_is_no_text_is_refused_kindly(author: Client, story: Story) -> None:
    upload = SimpleUploadedFile("areas.geojson", b"\xff\xd8\xff\xe0" * 10)
    response = save(author, story.chapters.get(slug="beginning"), overlay_file=upload)
    assert response.status_code == 200 and "This is no GeoJSON" in response.content.decode()


def test_tabs_say_what_is_missing_and_the_original_stands_beside(author: Client) -> None:
    words = {"title": {"en": "The beginning", "es": "El comienzo"}, "narration": {"en": "It <begins>."}}
    story = make_story(languages=("en", "es"), title={"en": "A", "es": "Un"}, chapters=(chapter_entry(**words),))
    page = author.get(f"{ASK}{story.chapters.get().pk}/change/?language=es").content.decode()
    assert "Spanish – without narration" in page and "Japanese – not translated" in page
    assert page.count("The original (English)") == 2
    assert "It &lt;begins&gt;." in page and "It <begins>." not in page
    english = author.get(f"{ASK}{story.chapters.get().pk}/change/?language=en").content.decode()
    assert "The original" not in english


def test_the_form_of_a_new_chapter_can_be_filled(author: Client, story: Story) -> None:
    assert author.get(f"{ASK}add/?story={story.pk}").status_code == 200
    vote = Event.objects.get(slug="vote").pk
    data = {"story": story.pk, "slug": "new", "title": "New", "narration": "", "moments-TOTAL_FORMS": 1}
    data |= {"moments-INITIAL_FORMS": 0, "moments-0-event": vote, "moments-0-position": ""}
    assert author.post(f"{ASK}add/", data).status_code == 302
    assert order(story.chapters.get(slug="new")) == [("vote", 1)]


def test_who_may_only_look_sees_the_page_without_fields(client: Client, story: Story) -> None:
    user = make_user("otto")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_chapter", "view_moment"]))
    client.force_login(user)
    page = client.get(f"{ASK}{story.chapters.get(slug='beginning').pk}/change/").content.decode()
    assert "It begins." in page and "<textarea" not in page and "data-map" not in page


@pytest.mark.parametrize("story_known", [True, False])
def test_every_field_of_a_chapter_has_its_place_in_the_form(story_known: bool) -> None:
    """A new translated field comes into the form, the translation tabs and the list of what is missing by itself."""
    placed = [name for _title, fieldset in fieldsets_of(story_known=story_known) for name in fieldset["fields"]]
    assert sorted(placed) == sorted(ChapterForm.base_fields)
    assert TEXTS == CHAPTER_TEXTS
