"""The page on which a story is told, as it works without JavaScript."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from places.models import GazetteerName, Place, Source
from storymap.models import Chapter, Story
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.from_models import story_file_of
from tests.factories import make_story, make_user, photograph, staged_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def post(client: Client, story: Story, chapter: str = "new", **fields: Any) -> Any:
    story.refresh_from_db()
    typed = {"seen": story.version, "title": "The square", "narration": "It begins.", "moment-status": "documented"}
    return client.post(f"/admin/storymap/story/{story.pk}/tell/?chapter={chapter}", {**typed, **fields})


def test_a_story_begins_with_a_title_and_leads_to_its_first_chapter(author: Client) -> None:
    answer = author.post("/admin/storymap/story/begin/", {"title": "Three steps", "standfirst": "Why not."})
    assert answer.headers["Location"].endswith(f"/{Story.objects.get().pk}/tell/?chapter=new")


@pytest.mark.usefixtures("empty_storage")
def test_a_chapter_keeps_its_picture_and_spots_and_says_where_moments_are_placed(author: Client) -> None:
    story = save_story_file(file=staged_file(), media={"plan.jpg": photograph(700, 300)}).story
    house = story.chapters.get(slug="house")
    [before] = [chapter for chapter in story_file_of(story).chapters if chapter.slug == "house"]
    page = author.get(f"/admin/storymap/story/{story.pk}/tell/?chapter=house").content.decode()
    assert f"/admin/storymap/chapter/{house.pk}/change/#moments-group" in page
    page = author.get(f"/admin/storymap/story/{story.pk}/tell/?chapter=new").content.decode()
    assert "stands on the picture" not in page
    assert post(author, story, "house", **{"moment-title": "A shot"}).status_code == 302
    [after] = [chapter for chapter in story_file_of(Story.objects.get()).chapters if chapter.slug == "house"]
    assert (after.stage, after.frame, after.moments[:-1]) == (before.stage, before.frame, before.moments)


def test_a_search_keeps_what_was_typed_and_saves_nothing(author: Client) -> None:
    GazetteerName.objects.create(folded="lima", name="Lima", country="PE", latitude=-12.04, longitude=-77.03)
    answer = post(
        author, make_story(), find="1", narration="Half a sen", **{"moment-asked": "Lima", "moment-title": "X"}
    )
    page = answer.content.decode()
    assert "Half a sen" in page and "Lima, Peru (-12.0400, -77.0300, within 10 km)" in page
    assert 'name="find" value="1" formnovalidate' in page  # a browser lets one search before the title is there
    assert Chapter.objects.count() == 1


def test_what_was_found_is_stored_with_its_credit(author: Client) -> None:
    story = make_story()
    asked = {
        "moment-title": "A meeting",
        "moment-asked": "Lima",
        "moment-place": json.dumps({**FOUND, "precision": "city"}),
        "moment-date": "about January 1997",
    }
    assert post(author, story, **asked).status_code == 302
    place = Place.objects.exclude(slug="square").get()
    assert (place.name, place.precision, place.radius, place.coordinate_source) == (
        *("Lima, Peru", "city", 10_000), "GeoNames (CC BY 4.0)",
    )  # fmt: skip


FOUND = {"name": "Lima, Peru", "lat": -12.04, "lng": -77.03, "country": "PE", "credit": "GeoNames (CC BY 4.0)"}


def chose(author: Client, story: Story, value: str, at: str) -> Any:
    asked = {"moment-title": "A meeting", "moment-asked": "Lima", "moment-place": value, "moment-at": at}
    return post(author, story, **asked)


def test_a_found_place_that_is_not_exact_is_moved(author: Client) -> None:
    assert chose(author, make_story(), json.dumps(FOUND), "12°03'00\"S 77°02'24\"W").status_code == 302
    place = Place.objects.exclude(slug="square").get()
    assert (place.name, place.latitude, place.longitude) == ("Lima, Peru", -12.05, -77.04)
    assert (place.precision, place.radius, place.coordinate_source) == ("point", 20, "")


def test_how_precise_a_found_place_is_can_be_said_where_it_is_chosen(author: Client) -> None:
    story, wreck = make_story(), {**FOUND, "name": "The wreck", "country": "XZ", "precision": "point", "radius": 10}
    asked = {"moment-title": "It sinks", "moment-asked": "-30.1234, -100.1234", "moment-place": json.dumps(wreck)}
    post(author, story, **asked, **{"moment-precision": "region", "moment-radius": "40000"})
    place = Place.objects.exclude(slug="square").get()
    assert (place.precision, place.radius) == ("region", 40_000)


def test_coordinates_are_a_point_and_as_precise_as_their_digits(author: Client) -> None:
    answer = post(author, make_story(), find="1", **{"moment-title": "It sinks", "moment-asked": "-30.12, -100.12"})
    (found,) = answer.context["panel"].choices
    assert (json.loads(found.value)["precision"], found.radius) == ("point", 600)
    assert "(-30.1200, -100.1200, within 600 m)" in found.label


def test_a_place_of_the_record_is_not_moved_from_here(author: Client) -> None:
    story = make_story()
    place = Place.objects.get()
    answer = chose(author, story, f"place:{place.pk}", "-12.05, -77.04")
    assert (answer.status_code, set(answer.context["panel"].moment.errors)) == (422, {"at"})


@pytest.mark.parametrize("at", ["here", "99, 999"])
def test_after_a_mistake_the_chosen_place_still_has_its_name(at: str, author: Client) -> None:
    answer = chose(author, make_story(), json.dumps(FOUND), at)
    panel = answer.context["panel"]
    assert (answer.status_code, set(panel.moment.errors)) == (422, {"at"})
    assert [choice.label for choice in panel.choices] == ["Lima, Peru (-12.0400, -77.0300, within 10 km)"]


def test_without_a_service_an_address_has_at_least_its_town(author: Client) -> None:
    """It is called as it was asked for, and says of itself that it is only roughly there."""
    GazetteerName.objects.create(folded="lima", name="Lima", country="PE", latitude=-12.04, longitude=-77.03)
    story, asked = make_story(), {"moment-title": "A meeting", "moment-asked": "Puente de Piedra, Lima"}
    panel = post(author, story, find="1", **asked).context["panel"]
    assert panel.remark.endswith("Its town is known, and will do until then. GeoNames (CC BY 4.0)")
    assert "Paste coordinates" in panel.remark and "lick the map" not in panel.remark  # there is none here
    named = {"moment-place": panel.chosen, "moment-place_name": panel.moment["place_name"].value()}
    assert post(author, story, **asked, **named).status_code == 302
    place = Place.objects.exclude(slug="square").get()
    assert (place.name, place.precision, place.radius) == ("Puente de Piedra, Lima", "city", 10_000)


def test_coordinates_of_a_place_of_the_record_are_that_place(author: Client) -> None:
    story = make_story()
    place = Place.objects.get()
    ask = {"moment-title": "A meeting", "moment-asked": "-12.0501, -77.0301"}  # 15 m from it
    panel = post(author, story, find="1", **ask).context["panel"]
    assert panel.chosen == f"place:{place.pk}" and not panel.choices[-1].is_known
    away = post(author, story, find="1", **{**ask, "moment-asked": "-12.0510, -77.0301"}).context["panel"]
    assert [choice.is_known for choice in away.choices] == [False]


def test_a_chapter_stays_open_for_another_event(author: Client) -> None:
    story = make_story()
    told = post(author, story, "beginning", another="1", **{"moment-title": "A meeting"})
    assert told.headers["Location"] == f"/admin/storymap/story/{story.pk}/tell/?chapter=beginning"
    new = post(author, story, another="1", title="The bridge")
    assert new.headers["Location"].endswith("/tell/?chapter=the-bridge")
    assert post(author, story, "beginning").headers["Location"].endswith("/tell/")


HOSTILE = (
    *("place:99999999999999999999", "place:x", "{}", "[]", "null", '{"lat": "NaN", "lng": 0, "name": "x"}'),
    *('{"lat": 91, "lng": 0, "name": "x", "country": "PE", "credit": ""}', "[" * 1900, '{"lat": 1e999, "lng": 0}'),
)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_place_that_was_not_offered_is_asked_for_again(value: str, author: Client) -> None:
    story = make_story()
    answer = post(author, story, **{"moment-title": "A meeting", "moment-asked": "Lima", "moment-place": value})
    assert answer.status_code == 422
    assert Chapter.objects.count() == 1


def test_every_problem_is_said_at_its_field(author: Client) -> None:
    wrong = {"moment-date": "someday", "moment-summary": "They meet.", "picture-alt": "A light", "title": ""}
    answer = post(author, make_story(), **wrong)
    panel = answer.context["panel"]
    assert answer.status_code == 422
    assert [set(form.errors) for form in panel.forms] == [{"title"}, {"date", "title"}, {"upload"}]


def test_a_stale_save_shows_both_texts_and_the_next_one_counts(author: Client) -> None:
    story = make_story()
    seen = story.version
    bea = Client()
    bea.force_login(make_user("bea", "author"))
    post(bea, story, "beginning", narration="Theirs.")
    answer = post(author, story, "beginning", seen=seen, narration="Mine.")
    page = answer.content.decode()
    assert answer.status_code == 409 and "Theirs." in page and "Mine." in page
    assert post(author, story, "beginning", seen=answer.context["panel"].seen, narration="Mine.").status_code == 302
    assert Chapter.objects.get().narration == "Mine."


def test_a_change_elsewhere_in_the_story_is_no_conflict(author: Client) -> None:
    story = make_story()
    seen = story.version
    post(author, story, title="Another chapter")
    assert post(author, story, "beginning", seen=seen, narration="Mine.").status_code == 302


def test_an_author_tells_but_does_not_publish(author: Client) -> None:
    story = make_story()
    assert author.post(f"/admin/storymap/story/{story.pk}/tell/", {"publish": "1"}).status_code == 403
    assert 'name="publish"' not in author.get(f"/admin/storymap/story/{story.pk}/tell/").content.decode()


def test_a_position_needs_a_name_and_the_map_says_the_country(author: Client) -> None:
    found = json.dumps({"name": "", "lat": 53.2278, "lng": -1.6094, "country": "", "credit": ""})
    asked = {"moment-title": "A lily flowers", "moment-asked": "53.2278, -1.6094", "moment-place": found}
    page = post(author, make_story(), **asked)
    assert (
        "Give the place a name." in page.content.decode()
        and "(53.2278, -1.6094, within 10 km)" in page.content.decode()
    )
    assert post(author, Story.objects.get(), **asked, **{"moment-place_name": "Chatsworth"}).status_code == 302
    assert Place.objects.get(slug="chatsworth").country == "GB"


def test_a_reference_pasted_as_a_source_is_read(author: Client) -> None:
    bibtex = "@book{c, author={Kate Colquhoun}, title={A Thing in Disguise}, publisher={Fourth Estate}, year={2003}}"
    post(author, make_story(), **{"moment-title": "One", "moment-source": bibtex})
    post(author, Story.objects.get(), **{"moment-title": "Two", "moment-source": bibtex})
    source = Source.objects.get(title="A Thing in Disguise")
    assert (source.type, source.issued, source.author_names) == ("book", "2003", ["Colquhoun"])
    assert source.citations.count() == 2, "the same reference is the same source"
