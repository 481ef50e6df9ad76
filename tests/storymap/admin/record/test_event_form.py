"""Editors type dates as they write them; what is stored is EDTF."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from places.form_fields import TypedDateField
from places.models import Event, Place
from storymap.admin.record.event import EventForm
from storymap.story.from_models import event_entry
from storymap.story.storyfile import Journey
from tests.admin_forms import opened
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def form(**typed: str) -> EventForm:
    fields = {"slug": "an-event", "title": "An event", "status": "documented", "sensitivity": "none"}
    return EventForm({**fields, **typed})


@pytest.mark.parametrize(
    ("typed", "date", "time"),
    [
        ("22 April 1997 15:23", "1997-04-22", "15:23"),
        ("about January 1997", "1997-01~", ""),
        ("17 de diciembre de 1996", "1996-12-17", ""),
        ("1996年12月17日", "1996-12-17", ""),
        ("1996-12-17/1996-12-18", "1996-12-17/1996-12-18", ""),
        ("from 18 to 22 December 1996", "1996-12-18/1996-12-22", ""),
        ("del 18 al 22 de diciembre de 1996", "1996-12-18/1996-12-22", ""),
        ("1997年4月22日15時23分", "1997-04-22", "15:23"),
        ("", "", ""),
    ],
)
def test_a_date_is_stored_as_it_was_meant(typed: str, date: str, time: str) -> None:
    filled = form(date=typed)
    assert filled.is_valid(), filled.errors
    filled.save()
    event = Event.objects.get()
    assert (event.date, event.time) == (date, time)
    assert (event.earliest is not None) == bool(date)


def test_a_time_in_its_own_field_wins() -> None:
    filled = form(date="22 April 1997 15:23", time="15:30")
    assert filled.is_valid(), filled.errors
    assert filled.save().time == "15:30"


@pytest.mark.parametrize("typed", ["03/04/1997", "yesterday", "31 February 1997"])
def test_what_cannot_be_understood_is_refused_at_its_field(typed: str) -> None:
    assert list(form(date=typed).errors) == ["date"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("about January 1997", "Understood as: about January 1997, between December 1996 and February 1997."),
        ("03/04/1997", "“03/04/1997” can be read as 1997-04-03"),
        (" ", ""),
        ("9" * 5000, "is not understood as a date"),
    ],
)
def test_the_script_is_told_what_a_date_is_understood_as(client: Client, typed: str, told: str) -> None:
    client.force_login(make_user("ana", "author"))
    answer = client.get("/admin/places/event/understand/", {"q": typed}).json()
    assert told in answer.get("understood", "")


def test_the_script_is_told_when_a_season_is_at_the_place_that_is_chosen(client: Client) -> None:
    client.force_login(make_user("ana", "author"))
    lima = Place.objects.create(slug="lima", country="PE", latitude=-12.05, longitude=-77.03)
    address, asked = "/admin/places/event/understand/", {"q": "winter 1915"}
    assert client.get(address, asked).json()["understood"] == "Understood as: winter 1915."
    told = client.get(address, {**asked, "place": str(lima.pk)}).json()["understood"]
    assert told == "Understood as: winter 1915, between 1 June 1915 and 23 September 1915."
    assert client.get(address, {**asked, "place": "9" * 5000}).status_code == 200


@pytest.mark.parametrize(
    ("stored", "language", "shown"),
    [
        ("1997-04-22", "en", "22 April 1997"),
        ("1997-04-22", "es", "22 de abril de 1997"),
        ("1997-04-22", "ja", "1997年4月22日"),
        ("1996~", "en", "about 1996"),
        ("1914-12~/1915-03~", "en", "about December 1914 – March 1915"),
        ("1996-XX-17", "en", "1996-XX-17"),  # in words that nobody types
    ],
)
def test_a_date_is_shown_in_words_and_stays_as_it_is_stored(
    client: Client, stored: str, language: str, shown: str
) -> None:
    client.force_login(make_user("ana", "author"))
    event = form(date="1997").save()
    Event.objects.update(date=stored)
    with override(language):
        address = reverse("admin:places_event_change", args=[event.pk])
    page = opened(client, address)
    assert page["date"] == shown
    client.post(address, page)
    event.refresh_from_db()
    assert event.date == stored


def test_two_editors_who_write_one_date_differently_agree_and_a_time_is_a_difference() -> None:
    date = TypedDateField()
    assert date.meaning("22 April 1997") == date.meaning("1997-04-22")
    assert date.meaning("22 April 1997") != date.meaning("22 April 1997 15:23")
    assert date.meaning("yesterday") == "yesterday"
    assert not date.has_changed("1997-04-22", "22 April 1997")


def test_the_form_says_how_stops_are_put_in_order(client: Client) -> None:
    client.force_login(make_user("ana", "author"))
    page = client.get("/admin/places/event/add/").content.decode()
    assert "Number them under “order”, 1 for the start." in page


def test_the_form_of_a_saved_event_says_what_its_date_is_understood_as(client: Client) -> None:
    client.force_login(make_user("ana", "author"))
    filled = form(date="about January 1997")
    assert filled.is_valid()
    page = client.get(f"/admin/places/event/{filled.save().pk}/change/").content.decode()
    assert "Understood as: about January 1997, between December 1996 and February 1997." in page


def sent(*stops: Place, **typed: str) -> HttpResponse:
    """The answer to a new event with these stops in their order."""
    client = Client()
    client.force_login(make_user("editor", "editor"))
    form = opened(client, "/admin/places/event/add/")
    rows = {f"stops-{n}-{name}": v for n, stop in enumerate(stops) for name, v in (("place", stop.pk), ("position", n))}
    given = {**form, "title": "A way", "stops-TOTAL_FORMS": len(stops), **rows, **typed}
    return client.post("/admin/places/event/add/", given)


def test_an_author_writes_a_journey_and_places_also_concerned() -> None:
    square, harbour = (
        Place.objects.create(slug=slug, country="PE", latitude=0.0, longitude=0.0) for slug in ("square", "harbour")
    )
    typed = {"journey_mode": "rail", "journey_date": "April 1997", "elsewhere-TOTAL_FORMS": "1"}
    answer = sent(harbour, square, **typed, **{"elsewhere-0-place": str(square.pk)})
    assert answer.status_code == 302, answer.content.decode()
    entry = event_entry(Event.objects.get())
    assert entry.journey == Journey(stops=("harbour", "square"), mode="rail", date="1997-04")
    assert entry.also_there == ("square",)


@pytest.mark.parametrize(
    ("stops", "typed", "said"),
    [
        (("square",), {}, "A journey has two stops or more"),
        (("square", "square"), {}, "stands twice in a row"),
        ((), {"journey_mode": "sea"}, "needs its stops"),
        ((), {"journey_date": "1997"}, "needs its stops"),
    ],
)
def test_half_a_journey_is_refused(stops: tuple[str, ...], typed: dict[str, str], said: str) -> None:
    places = {
        slug: Place.objects.create(slug=slug, country="PE", latitude=0.0, longitude=0.0)
        for slug in dict.fromkeys(stops)
    }
    answer = sent(*(places[slug] for slug in stops), **typed)
    assert (answer.status_code, Event.objects.exists()) == (200, False)
    assert said in answer.content.decode()


def test_the_list_of_events_tells_dates_in_words_and_in_order_of_time(client: Client) -> None:
    client.force_login(make_user("ana", "author"))
    for slug, date in (("decade", "185X"), ("ides", "-0043-03-15"), ("undated", "")):
        Event.objects.create(slug=slug, date=date)
    page = client.get("/admin/places/event/").content.decode()
    assert page.index("15 March 44 BC") < page.index("the 1850s") and "185X" not in page
    newest = client.get("/admin/places/event/?o=-1").content.decode()
    assert newest.index("the 1850s") < newest.index("15 March 44 BC")
