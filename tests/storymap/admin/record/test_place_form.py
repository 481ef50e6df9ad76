"""Places and people in the admin: what a journalist does not know, the site says."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from places.countries import country_choices
from places.dates.days import day_number
from places.models import Event, Person, Place
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/places/place/add/"
ROWS = {"toponyms-TOTAL_FORMS": "0", "toponyms-INITIAL_FORMS": "0"}
TYPED = {"name": "Hyde Park, London", "latitude": "51.5033", "longitude": "-0.174", **ROWS}
TYPED |= {"precision": "city", "radius": "0", "kind": "park"}


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def test_a_place_needs_a_name_and_a_position(author: Client) -> None:
    author.post(ADD, TYPED)
    author.post(ADD, {**TYPED, "latitude": "0", "longitude": "-30", "name": "The open Atlantic"})
    made = dict(Place.objects.values_list("slug", "country"))
    assert made == {"hyde-park-london": "GB", "the-open-atlantic": "XZ"}


def test_a_country_that_is_chosen_stays(author: Client) -> None:
    author.post(ADD, {**TYPED, "country": "FR"})
    assert Place.objects.get().country == "FR"


def test_an_address_is_free_and_stays_when_it_is_emptied(author: Client) -> None:
    author.post(ADD, TYPED)
    author.post(ADD, TYPED)
    slugs = list(Place.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs == ["hyde-park-london", "hyde-park-london-2"]
    second = Place.objects.get(slug=slugs[1])
    author.post(f"/admin/places/place/{second.pk}/change/", {**TYPED, "name": "The park", "slug": ""})
    second.refresh_from_db()
    assert (second.name, second.slug) == ("The park", "hyde-park-london-2")


def test_where_a_place_is_moved_to_the_other_hemisphere_the_seasons_of_its_events_move_too(author: Client) -> None:
    author.post(ADD, TYPED)
    park = Place.objects.get()
    Event.objects.create(slug="skating", date="1915-24", place=park)
    author.post(f"/admin/places/place/{park.pk}/change/", {**TYPED, "latitude": "-33.9", "country": "ZA"})
    assert Event.objects.get().earliest == day_number("1915-06-01")


def test_a_person_needs_a_name(author: Client) -> None:
    author.post("/admin/places/person/add/", {"name": "Joseph Paxton"})
    assert Person.objects.get().slug == "joseph-paxton"


def test_countries_are_offered_by_name_and_nothing_else_is() -> None:
    with override("es"):
        choices = dict(country_choices())
    assert choices["GB"] == "Reino Unido" and "XK" in choices
    assert not {"EU", "XA", "ZZ"} & set(choices)
    assert dict(country_choices("YU"))["YU"] == "YU", "what is stored can be kept"
