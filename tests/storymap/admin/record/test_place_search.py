"""What the place form's picker is answered: positions, places of the gazetteer, or what to do instead."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from places.models import GazetteerName
from tests.factories import make_user

pytestmark = pytest.mark.django_db
FIND = "/admin/places/place/find/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def found(client: Client, text: str) -> dict:
    response = client.get(FIND, {"q": text})
    assert response.status_code == 200
    return response.json()


def test_pasted_coordinates_are_a_position(editor: Client) -> None:
    assert found(editor, "-12.0914, -77.0494")["at"] == [-12.0914, -77.0494]


def test_a_swapped_pair_is_asked_about_and_not_guessed(editor: Client) -> None:
    answer = found(editor, "-99.1332, 19.4326")
    assert (answer["at"], answer["swapped"]) == (None, [19.4326, -99.1332])


@pytest.mark.slow
def test_the_gazetteer_answers_while_no_service_is_configured(editor: Client) -> None:
    call_command("load_gazetteer", verbosity=0)
    count = GazetteerName.objects.count()
    assert count > 100_000
    for text in ("Lima", "santiago", "北京", "Ciudad de Mexico"):
        assert found(editor, text)["candidates"], text
    assert "GeoNames" in found(editor, "Lima")["attribution"]
    call_command("load_gazetteer", verbosity=0)
    assert GazetteerName.objects.count() == count


@pytest.mark.parametrize("text", ["", " ", "x" * 5000, "\x00", "\ud800", "<script>", "%", "nowhere at all 12 b", "🗺"])
def test_what_is_nowhere_gets_a_problem_in_words_and_never_an_error(editor: Client, text: str) -> None:
    answer = found(editor, text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    assert answer.get("candidates", []) == [] and answer.get("at") is None
    assert answer["problem"]


def test_namesakes_are_told_apart(editor: Client) -> None:
    for lat in (52.48, 42.55):
        GazetteerName.objects.create(folded="birmingham", name="Birmingham", country="US", latitude=lat, longitude=-1)
    names = [one["name"] for one in found(editor, "Birmingham")["candidates"]]
    assert names == ["Birmingham, United States (52.48, -1.00)", "Birmingham, United States (42.55, -1.00)"]


def test_an_empty_gazetteer_is_not_said_to_lack_the_name(editor: Client) -> None:
    assert "load_gazetteer" in found(editor, "Derby")["problem"]
    GazetteerName.objects.create(folded="lima", name="Lima", country="PE", latitude=-12, longitude=-77)
    assert "Not in the built-in gazetteer" in found(editor, "Derby")["problem"]
