"""What the data say of a chapter on a picture."""

from __future__ import annotations

import pytest
from django.test import Client

from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import save_story_file
from tests.factories import photograph, staged_file
from tests.storymap.api.asking import data
from tests.storymap.api.test_openapi import validator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]


def test_a_chapter_tells_its_picture_and_a_moment_its_spot() -> None:
    publish(story=save_story_file(file=staged_file(), media={"plan.jpg": photograph(700, 300)}).story, by=None)
    answer = data("/api/stories/a-story/")
    assert [f"{e.instance_path}: {e.message}" for e in validator("StoryDocument").iter_errors(answer)] == []
    earth, house = answer["chapters"]
    assert (earth["stage"], earth["frame"]) == (None, None)
    assert (house["stage"]["alt"], house["stage"]["file"]["width"]) == ("A plan of the house", 700)
    assert house["frame"] == {"left": 0, "top": 0.25, "right": 1, "bottom": 1}
    assert [moment["spot"] for moment in house["moments"]] == [
        {"kind": "point", "points": [[0.25, 0.5]]},
        {"kind": "line", "points": [[0.1, 0.2], [0.3, 0.4]]},
    ]
    path = house["stage"]["file"]["url"].partition("/media/")[2]
    assert Client().get(f"/media/{path}").status_code == 200


@pytest.mark.parametrize("address", ["/api/stories/a-story/places.geojson", "/stories/a-story/downloads/geojson"])
def test_what_stands_on_a_picture_is_no_place_on_the_earth(address: str) -> None:
    publish(story=save_story_file(file=staged_file(), media={"plan.jpg": photograph(700, 300)}).story, by=None)
    features = data(address)["features"]
    positions = [f["geometry"]["coordinates"] for f in features if f["geometry"]]
    assert positions and all(position == [-77.03, -12.05] for position in positions)
