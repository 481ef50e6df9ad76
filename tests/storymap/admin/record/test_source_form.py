"""Sources in the admin: filled from a reference, asked about when they are there already, found by what they say."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from places.models import Source
from storymap.admin.record.source import normal_address
from tests.admin_forms import opened
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADD, READ = "/admin/places/source/add/", "/admin/places/source/read/"
BOOK = "@book{k, author={García, Ana}, title={The fall}, year=1997, url={https://a.example/b}}"
TYPED = {"type": "book", "author": "García,", "title": "The fall", "slug": "other", "issued": "1997"}


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def make_source(slug: str = "garcia-1997", **fields: Any) -> Source:
    told = {"author": [{"family": "García", "given": "Ana"}], "title": "The fall", "issued": "1997-04-22"}
    return Source.objects.create(slug=slug, **{**told, **fields})


def test_the_script_is_told_fields_as_the_form_writes_them(author: Client) -> None:
    answer = author.post(READ, {"reference": BOOK}).json()
    assert answer["problem"] == ""
    assert answer["fields"] == {
        "type": "book",
        "author": "García, Ana",
        "title": "The fall",
        "issued": "1997",
        "url": "https://a.example/b",
        "slug": "garcia-1997-the-fall",
    }


def test_an_address_without_a_scheme_is_taken_for_https(author: Client) -> None:
    author.post(ADD, {**TYPED, "url": "a.example/b", "archived_url": "http://a.example/c"})
    source = Source.objects.get()
    assert (source.url, source.archived_url) == ("https://a.example/b", "http://a.example/c")


@pytest.mark.parametrize("text", ["", "@book{", "{", "x" * 300_000, "\x00", "<script>alert(1)</script>"])
def test_the_script_is_told_a_problem_or_fields_whatever_it_sends(author: Client, text: str) -> None:
    response = author.post(READ, {"reference": text})
    assert response.status_code == 200
    assert bool(response.json()["problem"]) != bool(response.json()["fields"])


def test_without_a_script_the_button_gives_the_form_back_filled_and_saves_nothing(author: Client) -> None:
    response = author.post(ADD, {"reference": BOOK, "language": "es", "_fill": "1"})
    initial = response.context["adminform"].form.initial
    assert (initial["title"], initial["issued"], initial["slug"]) == ("The fall", "1997", "garcia-1997-the-fall")
    assert initial["language"] == "es", "what was typed stays"
    text = response.content.decode()
    assert 'value="The fall"' in text and "This field is required" not in text
    assert BOOK in response.context["adminform"].form["reference"].value()
    assert not Source.objects.exists()


def test_a_broken_reference_is_said_and_what_was_typed_stays(author: Client) -> None:
    typed = {"reference": "\n@book{k, title", "title": "Mine", "author": "[half", "slug": "mine", "_fill": "1"}
    text = author.post(ADD, typed).content.decode()
    assert "The entry that begins in line 2 is not whole" in text
    assert 'value="Mine"' in text and "[half" in text and 'value="mine"' in text


def test_the_proposed_slug_is_free(author: Client) -> None:
    make_source("garcia-1997-the-fall", url="https://other.example/")
    assert author.post(READ, {"reference": BOOK}).json()["fields"]["slug"] == "garcia-1997-the-fall-2"


@pytest.mark.parametrize(
    "typed",
    [
        {**TYPED, "title": "Other", "url": "http://www.A.example/b/?utm_source=x#top"},
        {**TYPED, "author": "Garcia, A.", "title": "THE FALL."},
    ],
)
def test_a_source_that_is_there_already_is_asked_about(author: Client, typed: dict[str, str]) -> None:
    there = make_source(url="https://a.example/b")
    response = author.post(ADD, typed)
    assert f'href="/admin/places/source/{there.pk}/change/"' in response.content.decode()
    assert Source.objects.count() == 1
    assert author.post(ADD, {**typed, "save_all_the_same": "on"}).status_code == 302
    assert Source.objects.count() == 2


@pytest.mark.parametrize("changed", [{"issued": "1998"}, {"title": "The rise"}, {"author": '[{"family": "Pérez"}]'}])
def test_another_source_is_not_asked_about(author: Client, changed: dict[str, str]) -> None:
    make_source()
    assert author.post(ADD, {**TYPED, **changed}).status_code == 302


def test_a_source_that_has_a_twin_can_be_mended_without_a_question(author: Client) -> None:
    make_source()
    twin = make_source("twin")
    form = {**TYPED, "author": "García, Ana", "issued": "1997-04-22", "slug": "twin"}
    response = author.post(f"/admin/places/source/{twin.pk}/change/", {**form, "container": "El Comercio"})
    assert response.status_code == 302, response.context["adminform"].form.errors


def test_the_name_of_a_twin_is_text(author: Client) -> None:
    make_source(title="<b>The fall</b>", url="https://a.example/b")
    response = author.post(ADD, {**TYPED, "title": "Other", "url": "https://a.example/b"})
    assert "&lt;b&gt;The fall" in response.content.decode() and "<b>The fall" not in response.content.decode()


@pytest.mark.parametrize("url", ["", "nonsense", "http://[", "http://a:99999999/", "https://x.example/?" + "a&" * 500])
def test_any_address_can_be_compared(url: str) -> None:
    assert isinstance(normal_address(url), str)


@pytest.mark.parametrize("term", ["garcia", "GARCÍA fall", "comercio", "1997", "a.example", "ana fall 1997"])
def test_a_source_is_found_by_what_it_says(author: Client, term: str) -> None:
    make_source(container="El Comercio", url="https://a.example/b")
    make_source("another", author=[{"literal": "Efe"}], title="Other", issued="2001", url="https://b.example/")
    asked = {"app_label": "places", "model_name": "citation", "field_name": "source", "term": term}
    results = author.get("/admin/autocomplete/", asked).json()["results"]
    assert [result["text"] for result in results] == ["García, The fall, 1997"]
    assert "The fall" in author.get("/admin/places/source/", {"q": term}).content.decode()


def test_a_source_added_in_a_popup_is_shown_by_what_it_says(author: Client) -> None:
    response = author.post(f"{ADD}?_popup=1", {**TYPED, "_popup": "1"})
    assert response.status_code == 200
    assert "Garc\\u00eda, The fall, 1997" in response.content.decode()


def test_a_source_is_typed_as_people_write_it(author: Client) -> None:
    typed = {"type": "book", "title": "Palace of the People", "issued": "april 2004", "accessed": "3 November 2026"}
    author.post(ADD, {**typed, "author": "Piggott, Jan\nCrystal Palace Foundation\n{Trust, Museum}"})
    source = Source.objects.get()
    assert source.author == [
        {"family": "Piggott", "given": "Jan"},
        {"literal": "Crystal Palace Foundation"},
        {"literal": "Trust, Museum"},
    ]
    assert (source.issued, source.accessed) == ("2004-04", "2026-11-03")
    assert source.slug == "piggott-2004-palace-of-the-people", "an address is made where none is typed"
    shown = opened(author, f"/admin/places/source/{source.pk}/change/")
    assert shown["author"] == "Piggott, Jan\nCrystal Palace Foundation\n{Trust, Museum}"


def test_a_date_that_is_none_and_a_name_without_end_are_said_at_their_fields(author: Client) -> None:
    response = author.post(ADD, {"type": "book", "title": "T", "issued": "soon", "author": "x" * 201})
    assert set(response.context["adminform"].form.errors) == {"issued", "author"}
