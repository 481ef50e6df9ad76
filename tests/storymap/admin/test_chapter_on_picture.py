"""The form of a chapter that stands on a picture: the stage, the part that is shown, the spots of its moments."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from storymap.models import Chapter, Story
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.from_models import story_file_of
from tests.admin_forms import opened
from tests.factories import DOOR, make_story, make_user, photograph, staged_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


@pytest.fixture
def story() -> Story:
    return save_story_file(file=staged_file(), media={"plan.jpg": photograph(700, 300)}).story


def address(slug: str) -> str:
    return f"/admin/storymap/chapter/{Chapter.objects.get(slug=slug).pk}/change/"


def test_the_form_is_told_where_the_picture_is(desk: Client, story: Story) -> None:
    page = desk.get(address("house")).content.decode()
    assert "&quot;width&quot;: 700" in page and "-spot" in page
    assert "-spot" not in desk.get(address("beginning")).content.decode(), "of a chapter on the earth nothing is asked"


def test_saving_the_form_as_it_was_changes_nothing(desk: Client, story: Story) -> None:
    before = story_file_of(story)
    assert desk.post(address("house"), opened(desk, address("house"))).status_code == 302
    assert story_file_of(Story.objects.get()) == before


def test_spots_and_the_part_that_is_shown_are_saved(desk: Client, story: Story) -> None:
    spot, frame = {"kind": "point", "points": [[0.5, 0.5]]}, {"left": 0, "top": 0, "right": 0.5, "bottom": 0.5}
    sent = {**opened(desk, address("house")), "moments-1-spot": json.dumps(spot), "frame": json.dumps(frame)}
    assert desk.post(address("house"), sent).status_code == 302
    house = Chapter.objects.get(slug="house")
    assert house.frame == frame
    assert [moment.spot for moment in house.moments.all()] == [{"kind": "point", "points": [[0.25, 0.5]]}, spot]


def test_a_spot_beside_the_picture_is_refused_beside_its_field(desk: Client, story: Story) -> None:
    sent = opened(desk, address("house")) | {"moments-0-spot": '{"kind": "point", "points": [[0.5, 1.5]]}'}
    answer = desk.post(address("house"), sent)
    assert answer.status_code == 200 and "fraction from 0 to 1, not 1.5" in answer.content.decode()


def test_a_chapter_chooses_among_the_pictures_of_its_story_alone(desk: Client, story: Story) -> None:
    other = make_story("another", title={"en": "Another"})
    chapter = other.chapters.get()
    where = f"/admin/storymap/chapter/{chapter.pk}/change/"
    sent = {**opened(desk, where), "stage": str(story.stages.get().pk)}
    assert "valid choice" in desk.post(where, sent).content.decode()


def test_back_on_the_earth_it_says_nothing_of_pictures_and_finds_its_spots_again(desk: Client, story: Story) -> None:
    desk.post(address("house"), {**opened(desk, address("house")), "stage": ""})
    house = story_file_of(Story.objects.get()).chapters[1]
    assert not house.stage and not house.frame and not any(moment.spot for moment in house.moments)
    desk.post(address("house"), {**opened(desk, address("house")), "stage": str(story.stages.get().pk)})
    assert story_file_of(Story.objects.get()).chapters[1].moments[0].spot == DOOR
