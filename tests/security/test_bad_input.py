"""Files and forms that are wrong, by mistake or on purpose: each is refused in words, and nothing is written."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client

from places.models import Place
from storymap.formats.load import load_files
from storymap.models import Chapter, Story
from storymap.services.stories.save_story_file import CannotSave
from storymap.story.problem import CannotRead
from storymap.story.storyfile import to_json
from tests import factories
from tests.security import stages
from tests.security.traces import state_of_the_site

pytestmark = pytest.mark.django_db
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
Change = Callable[[dict[str, Any]], None]


def plain() -> dict[str, Any]:
    """A good story file with one of everything, as JSON."""
    story = json.loads(to_json(stages.illustrated("a-story")))
    story["chapters"][0]["overlay"] = {"type": "FeatureCollection", "features": [area(RING)]}
    story["day_zero"] = "1996-12-17"
    story["sources"][0]["author"] = [{"literal": "Ana"}]
    return story


def area(ring: list[Any], **fields: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}, **fields}


def refused(files: dict[str, bytes]) -> str:
    """The message with which the files are refused; nothing has been written."""
    before = state_of_the_site()
    with pytest.raises((CannotRead, CannotSave)) as caught:
        load_files(files)
    assert state_of_the_site() == before
    return str(caught.value)


def refused_story(change: Change) -> str:
    story = plain()
    change(story)
    return refused({"story.json": json.dumps(story).encode(), "media/view.png": stages.png()})


def put(path: str, value: Any) -> Change:
    """Sets story[a][0][b] … for the path "a/0/b"."""

    def change(story: dict[str, Any]) -> None:
        *parents, last = (int(part) if part.isdigit() else part for part in path.split("/"))
        target: Any = story
        for part in parents:
            target = target[part]
        target[last] = deepcopy(value)

    return change


def test_the_good_file_is_taken() -> None:
    """The file that all these tests spoil can be loaded: what they refuse is what they have put in."""
    load_files({"story.json": json.dumps(plain()).encode(), "media/view.png": stages.png()})
    assert Story.objects.count() == 1
    assert default_storage.listdir("")[1]


TRAPS = {
    "nothing": b"",
    "not a number": b'{"format": NaN}',
    "infinity": b'{"format": 1e400}',
    "endless digits": b'{"format": 1' + b"0" * 5000 + b"}",
    "endless lists": b"[" * 100_000,
    "deep lists": b'{"format": "storymap/1", "slug": ' + b"[" * 200 + b"]" * 200 + b"}",
    "half a surrogate": b'{"format": "\\ud800"}',
    "NUL": b'{"format": "storymap/1", "slug": "a\\u0000"}',
    "a key twice": b'{"format": "storymap/1", "format": "storymap/1"}',
    "not UTF-8": b'{"format": "\xff"}',
    "a list": b"[]",
    "half a file": b'{"format": "storymap/1"',
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("name", ["story.json", "places.json"])
def test_json_that_is_a_trap_is_refused(trap: str, name: str) -> None:
    """Each trap in a part of a story file is refused, and the message names the part."""
    files = {"story.json": json.dumps(plain()).encode(), "media/view.png": stages.png(), name: TRAPS[trap]}
    if (trap, name) != ("a list", "places.json"):  # a list of no places is a good part, but places are then missing
        assert name.removesuffix(".json") in refused(files)


WRONG = {
    "slug": ("slug", 7),
    "title as text": ("title", "A story"),
    "latitude over 90": ("places/0/lat", 91),
    "latitude as text": ("places/0/lat", "12"),
    "longitude over 180": ("places/0/lng", 181),
    "negative radius": ("places/0/radius", -1),
    "endless radius": ("places/0/radius", 1e300),
    "country": ("places/0/country", "Peru"),
    "unknown precision": ("places/0/precision", "exact"),
    "NUL in a name": ("places/0/name", {"en": "a\0b"}),
    "NUL in a kind": ("places/0/kind", "a\0b"),
    "a name too long": ("places/0/name", {"en": "x" * 201}),
    "an unknown language": ("title", {"en": "A", "x" * 40: "B"}),
    "a date that is none": ("events/0/date", "yesterday"),
    "a 13th month": ("events/0/date", "1996-13"),
    "a backward span": ("events/0/date", "1997/1996"),
    "a huge year": ("events/0/date", "Y-17E9999999"),
    "a long date": ("events/0/date", "1996/" * 5000),
    "a time that is none": ("events/0/time", "25:99"),
    "an unknown status": ("events/0/status", "true"),
    "an unknown place": ("events/0/place", "nowhere"),
    "an unknown further place": ("events/0/further_places", ["nowhere"]),
    "an unknown place also concerned": ("events/0/also_there", ["nowhere"]),
    "an unknown stop": ("events/0/journey", {"stops": ["nowhere", "square"]}),
    "a journey of one stop": ("events/0/journey", {"stops": ["square"]}),
    "an unknown means of transport": ("events/0/journey", {"stops": ["square", "far"], "mode": "boat"}),
    "an unknown person": ("events/0/people", [{"person": "nobody"}]),
    "an unknown source": ("events/0/citations", [{"source": "nothing"}]),
    "an unknown event": ("chapters/0/moments", [{"event": "never"}]),
    "an unknown picture": ("chapters/0/illustration", "nothing"),
    "a day zero that is none": ("day_zero", "17 December"),
    "days backward": ("day_last", "1995-01-01"),
    "a path as a slug": ("chapters/0/slug", "../../admin"),
    "markup as a slug": ("events/0/slug", '"><script>'),
    "a path as an old slug": ("chapters/0/old_slugs", ["../admin"]),
    "a script as an address": ("sources/0/url", "javascript:alert(1)"),
    "data as an address": ("sources/0/archived_url", "data:text/html,x"),
    "an author of no kind": ("sources/0/author", [{"literal": 7}]),
    "NUL in an author": ("sources/0/author", [{"literal": "A\0"}]),
    "a camera of two kinds": ("chapters/0/camera", {"center": {"lat": 0, "lng": 0}}),
    "a camera off the globe": ("chapters/0/camera", {"center": {"lat": 99, "lng": 0}, "zoom": 3}),
    "a zoom of 99": ("chapters/0/camera", {"center": {"lat": 0, "lng": 0}, "zoom": 99}),
    "narration too long": ("chapters/0/narration", {"en": "[" * 20_001}),
    "a missing picture": ("illustrations/0/file", {"en": "other.png"}),
    "a picture elsewhere": ("illustrations/0/file", {"en": "../../etc/passwd"}),
    "another default language": ("default_language", "tlh"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_refused_with_its_field(case: str) -> None:
    """A value that no editor could have typed is refused, and the message says where it stands."""
    path, value = WRONG[case]
    said = refused_story(put(path, value))
    names = {"lat": "latitude", "lng": "longitude"}
    parts = [names.get(part, part) for part in path.split("/") if not part.isdigit()]
    assert parts[0] in said or parts[-1] in said, said


def test_the_equator_on_the_meridian_is_a_place() -> None:
    """Latitude 0, longitude 0 and the edges of the globe are good coordinates."""
    story = plain()
    for number, (lat, lng) in enumerate([(0, 0), (90, 180), (-90, -180)]):
        story["places"].append({**story["places"][0], "slug": f"edge-{number}", "lat": lat, "lng": lng})
    load_files({"story.json": json.dumps(story).encode(), "media/view.png": stages.png()})
    assert Place.objects.filter(slug__startswith="edge-").count() == 3


SHAPES = {
    "a hole off the globe": area([[0, 0], [181, 0], [1, 1], [0, 0]]),
    "latitude first": area([[10, 99], [11, 99], [11, 98], [10, 99]]),
    "text for a number": area([["0", 0], [1, 0], [1, 1], [0, 0]]),
    "a huge number": area([[10**300, 0], [1, 0], [1, 1], [0, 0]]),
    "an open ring": area([[0, 0], [1, 0], [1, 1], [0, 1]]),
    "no geometry": {"type": "Feature", "properties": {}, "geometry": None},
    "a list as a type": area(RING, geometry={"type": [], "coordinates": []}),
    "a collection": area(RING, geometry={"type": "GeometryCollection", "geometries": []}),
    "an empty polygon in many": area(RING, geometry={"type": "MultiPolygon", "coordinates": [[]]}),
    "an empty line in many": area(RING, geometry={"type": "MultiLineString", "coordinates": [[]]}),
    "a line of one": area(RING, geometry={"type": "LineString", "coordinates": [[0, 0]]}),
    "no nesting": area(RING, geometry={"type": "Polygon", "coordinates": [0, 0]}),
    "NUL in a property": area(RING, properties={"name": "a\0"}),
    "text for properties": area(RING, properties="name"),
    "no feature": 7,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_wrong_shape_is_refused_with_its_number(shape: str) -> None:
    """A GeoJSON feature that cannot be drawn is refused, and the message says which one it is."""
    features = [area(RING), SHAPES[shape]]
    said = refused_story(put("chapters/0/overlay", {"type": "FeatureCollection", "features": features}))
    assert "Feature 2" in said or "features/1/" in said


LATITUDES = [90.1, -91.0, float("inf"), float("-inf"), float("nan")]


@pytest.mark.parametrize("value", LATITUDES)
@pytest.mark.parametrize("column", ["latitude", "longitude", "radius"])
def test_the_database_refuses_what_forms_refuse(column: str, value: float) -> None:
    """A position off the globe cannot even be written past the forms."""
    fields = {"latitude": 0.0, "longitude": 0.0, "radius": 1.0, column: value * (3 if column == "longitude" else 1)}
    if column == "radius":
        fields[column] = -abs(value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(slug="edge", country="PE", **fields)


JSON_FIELDS = ["NaN", "1e400", "[" * 100_000, "1" + "0" * 5000, '"\\u0000"', '"\\ud800"', "{", '{"a": 1e999}']


@pytest.mark.parametrize("text", JSON_FIELDS)
@pytest.mark.parametrize("field", ["camera", "overlay"])
def test_a_form_refuses_json_that_is_a_trap(field: str, text: str) -> None:
    """Pasted into a form the traps are mistakes to mend: the form comes back, nothing is written."""
    chapter = factories.make_story().chapters.get()
    client = Client()
    client.force_login(factories.make_user("ed", "editor"))
    data = {"story": chapter.story_id, "slug": chapter.slug, "title": "T", field: text}
    management = {"moments-TOTAL_FORMS": 0, "moments-INITIAL_FORMS": 0}
    response = client.post(f"/admin/storymap/chapter/{chapter.pk}/change/", {**data, **management})
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert Chapter.objects.get(pk=chapter.pk).title == "The beginning"


def test_an_upload_with_a_mistake_beside_it_is_not_kept() -> None:
    """When another field of the form is wrong, the picture that came with it is not stored."""
    client = Client()
    client.force_login(factories.make_user("ed", "editor"))
    upload = io.BytesIO(stages.png())
    upload.name = "view.png"
    assert client.post("/admin/storymap/illustration/add/", {"slug": "No Slug", "upload": upload}).status_code == 200
    assert default_storage.listdir("")[1] == []
