"""Tables in and out of a story through its pages."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from places.geo import LatLng
from places.models import Event, GazetteerName, Place, Source
from storymap.models import ImportBatch, Story
from tests.factories import make_story, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHOICES = {"kind": "places", "country": "", "chapter": ""}


@pytest.fixture
def story() -> Story:
    return make_story()


def defaults(page: str) -> dict[str, str]:
    """What a browser sends of the selects of a preview that nobody has touched."""
    selects = re.findall(r'<select name="(\w+-\d+)".*?</select>', page, re.S)
    bodies = re.findall(r'<select name="\w+-\d+"(.*?)</select>', page, re.S)
    options = [re.findall(r'<option value="([^"]*)"( selected)?', body) for body in bodies]
    return {
        name: next((value for value, selected in found if selected), found[0][0])
        for name, found in zip(selects, options, strict=True)
    }


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_user("ana", "author"))
    return client


def upload(client: Client, story: Story, data: bytes, name: str = "table.csv", **fields: str) -> HttpResponse:
    sent = {"file": SimpleUploadedFile(name, data), **fields}
    return client.post(f"/admin/storymap/story/{story.pk}/table/", sent)


def page_of(client: Client, story: Story, text: str, **fields: str) -> tuple[str, str]:
    """The address of the preview, and what is on it."""
    address = upload(client, story, text.encode(), **fields)["Location"]
    return address, client.get(address).content.decode()


def test_an_author_imports_the_good_rows_in_two_pages_after_the_upload(author: Client, story: Story) -> None:
    rows = [f"Place {n},{-12 - n / 1000},-75.5" for n in range(195)]
    address, page = page_of(author, story, "\n".join(["name,lat,lng", *rows, *["Nowhere,x,y"] * 5]))
    assert "195 rows are new." in page and "5 rows are left out." in page and "“x, y” is no position" in page
    assert page.count("data-at=") == 195 and '<td class="line">201</td>' in page
    assert not Place.objects.filter(slug__startswith="place-").exists(), "a look writes nothing"
    report = author.post(address, {**CHOICES, "action": "import"}, follow=True)
    text = report.content.decode()
    assert report.redirect_chain == [(address, 302)]
    assert "195 places were imported." in text and text.count("“x, y” is no position") == 5
    assert Place.objects.filter(slug__startswith="place-").count() == 195


def test_undo_is_on_the_report_and_on_the_list_of_imports(author: Client, story: Story) -> None:
    address, _page = page_of(author, story, "name,lat,lng\nHarbour,-12.06,-77.15")
    author.post(address, {**CHOICES, "action": "import"})
    assert address in author.get(f"/admin/storymap/story/{story.pk}/table/").content.decode()
    text = author.post(address, {"action": "undo"}, follow=True).content.decode()
    assert "This import was undone" in text and not Place.objects.filter(slug="harbour").exists()


def test_what_is_kept_by_an_undo_is_linked(author: Client, story: Story) -> None:
    address, _page = page_of(author, story, "name,lat,lng\nHarbour,-12.06,-77.15")
    author.post(address, {**CHOICES, "action": "import"})
    Event.objects.update(place=Place.objects.get(slug="harbour"))
    text = author.post(address, {"action": "undo"}, follow=True).content.decode()
    harbour = Place.objects.get(slug="harbour")
    assert f'href="/admin/places/place/{harbour.pk}/change/">harbour</a>: meeting happened there' in text


def test_the_editor_says_what_a_column_means_and_sees_it_before_the_import(author: Client, story: Story) -> None:
    address, page = page_of(author, story, "Sitio web,lat,lng\nHarbour,-12.06,-77.15")
    assert "the name is missing" in page
    answer = author.post(address, {**CHOICES, "column-0": "name", "action": "import"}, follow=True)
    text = answer.content.decode()
    assert "Nothing was imported yet" in text and "1 row is new." in text
    assert not Place.objects.filter(slug="harbour").exists()
    author.post(address, {**CHOICES, "column-0": "name", "action": "import"})
    assert Place.objects.filter(slug="harbour").exists()


def test_the_editor_says_that_it_holds_events_and_in_which_chapter(author: Client, story: Story) -> None:
    address, _page = page_of(author, story, "name\nA vote")
    chosen = {"kind": "events", "country": "", "chapter": str(story.chapters.get().pk)}
    author.post(address, {**chosen, "action": "look"})
    author.post(address, {**chosen, "action": "import"})
    assert [moment.event.slug for moment in story.chapters.get().moments.all()] == ["meeting", "a-vote"]


def test_a_chapter_of_another_story_is_refused(author: Client, story: Story) -> None:
    other = make_story("other").chapters.get()
    address, _page = page_of(author, story, "title,date\nA vote,1997")
    author.post(address, {"kind": "events", "country": "", "chapter": other.pk, "action": "import"})
    assert not Event.objects.filter(slug="a-vote").exists()


def test_a_batch_of_another_story_is_not_there(author: Client, story: Story) -> None:
    address, _page = page_of(author, story, "name\nA")
    other = make_story("other")
    moved = address.replace(f"/story/{story.pk}/", f"/story/{other.pk}/")
    assert author.get(moved).status_code == 404 and author.post(moved, {"action": "undo"}).status_code == 404


@pytest.fixture
def cities(db: None) -> None:
    """A gazetteer that knows one Arequipa and two of Lima, the larger first."""
    for name, country, position, people in (
        ("Arequipa", "PE", (-16.4, -71.5), 841_130),
        ("Lima", "PE", (-12.04, -77.03), 7_737_002),
        ("Lima", "US", (40.74, -84.1), 37_000),
    ):
        GazetteerName.objects.create(
            folded=name.lower(),
            name=name,
            country=country,
            latitude=position[0],
            longitude=position[1],
            population=people,
        )


def test_places_without_a_position_are_searched_for_and_offered(author: Client, story: Story, cities: None) -> None:
    address, page = page_of(author, story, "name,address\nA,Arequipa\nB,Lima\nC,Nowhere at all 12")
    assert "1 row is new." in page, "what is found once is taken"
    assert "2 places were found: choose one" in page and "Not in the built-in gazetteer" in page
    chosen = {**CHOICES, **defaults(page), "choice-1": "0"}
    assert "2 rows are new." in author.post(address, {**chosen, "action": "look"}, follow=True).content.decode()
    author.post(address, {**chosen, "action": "import"})
    lima = Place.objects.get(slug="b")
    assert (round(lima.latitude), round(lima.longitude), lima.country) == (-12, -77, "PE")
    assert lima.coordinate_source == "Found for “Lima”"


def test_what_was_found_once_is_imported_without_another_look(author: Client, story: Story, cities: None) -> None:
    address, page = page_of(author, story, "name,address\nA,Arequipa\nB,Lima")
    assert defaults(page) == {"column-0": "name", "column-1": "address", "choice-0": "0", "choice-1": "-1"}
    author.post(address, {**CHOICES, **defaults(page), "action": "import"})
    assert Place.objects.filter(slug__in=["a", "b"]).count() == 1


def test_a_pasted_table_will_do(author: Client, story: Story) -> None:
    sent = {"text": "name\tlat\tlng\nHarbour\t-12.06\t-77.15", "kind": ""}
    address = author.post(f"/admin/storymap/story/{story.pk}/table/", sent)["Location"]
    assert "1 row is new." in author.get(address).content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The submitted file is empty"),
        (b"\n\n", "The table is empty"),
        (b"title,date,lat,lng\n", "The table has a head and no rows."),
        (b"PK\x03\x04", "This is a workbook"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b'name\n"A', "Line 2: a quote is not closed"),
        (b"name\n" + b"A\n" * 5001, "more than 5000 rows"),
    ],
)
def test_what_is_no_table_is_said_and_nothing_is_kept(author: Client, story: Story, data: bytes, said: str) -> None:
    response = upload(author, story, data)
    assert response.status_code == 200 and said in response.content.decode()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"action": "import"},
        {"action": "undo"},
        {**CHOICES, "kind": "people"},
        {**CHOICES, "country": "Peru"},
        {**CHOICES, "country": "é1", "action": "import"},
        {**CHOICES, "column-0": "password", "column-1": "name", "choice-0": "99", "chapter": "x", "action": "import"},
        {**CHOICES, "column-0": "\x00", "choice-0": "9" * 50, "action": "search"},
    ],
)
def test_any_choice_has_an_answer_and_writes_no_nonsense(author: Client, story: Story, posted: dict) -> None:
    address, _page = page_of(author, story, "name,lat,lng\nHarbour,-12.06,-77.15")
    assert author.post(address, posted, follow=True).status_code == 200
    assert Place.objects.count() == 1


def test_the_names_of_a_table_are_text(author: Client, story: Story) -> None:
    _address, page = page_of(author, story, "<b>name</b>,name,lat,lng\nx,<script>alert(1)</script>,1,1")
    assert "<script>alert" not in page and "<b>name" not in page and "&lt;script&gt;alert" in page


def test_a_story_gives_out_its_places_and_events(author: Client, story: Story) -> None:
    places = author.get(f"/admin/storymap/story/{story.pk}/table/places.csv")
    assert places["Content-Type"].startswith("text/csv") and "a-story-places.csv" in places["Content-Disposition"]
    assert places.content.decode("utf-8-sig").splitlines()[1].startswith("square,The square,-12.05,-77.03,city,PE")
    events = author.get(f"/admin/storymap/story/{story.pk}/table/events.csv").content.decode("utf-8-sig")
    assert events.splitlines()[1].startswith("meeting,A meeting,1996-12-17,,The square,-12.05,-77.03,PE,,,,,documented")


def test_who_may_not_add_to_the_record_may_not_import(client: Client, story: Story) -> None:
    user = make_user("guest", is_superuser=False)
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_story", "change_story"]))
    client.force_login(user)
    assert client.get(f"/admin/storymap/story/{story.pk}/table/").status_code == 403
    assert upload(client, story, b"name\nA").status_code == 403


def test_a_map_of_others_is_looked_at_and_imported_like_a_table(author: Client, story: Story) -> None:
    slide = {"text": {"headline": "The end"}, "location": {"lat": -12.09, "lon": -77.05, "name": "Residence"}}
    map_ = json.dumps({"storymap": {"slides": [{"type": "overview"}, slide]}})
    sent = upload(author, story, map_.encode(), "published.json", kind="events")
    page = author.get(sent["Location"]).content.decode()
    assert "1 row is new." in page and "The title slide and the pictures were left out." in page
    author.post(sent["Location"], {**CHOICES, "kind": "events", "action": "import"})
    event = Event.objects.get(slug="the-end")
    assert (event.place.latitude, event.place.name) == (-12.09, "Residence")


def test_an_event_of_another_story_is_offered_in_its_row_and_joined_when_chosen(author: Client, story: Story) -> None:
    other = make_story("other")
    address, _page = page_of(author, other, "title,date,summary\nA vote,1997,They vote.")
    author.post(address, {**CHOICES, "kind": "events", "action": "import"})
    vote = Event.objects.get(slug="a-vote")
    address, page = page_of(author, story, "title,date,summary\nA vote,1997,They vote again.")
    assert "1 row is new." in page and "1 row has title and date of an event that the record has." in page
    assert f'<option value="{vote.pk}">“A vote” · 1997 · narrated in A story · with another text</option>' in page
    chosen = {**CHOICES, **defaults(page), "kind": "events", "join-2": str(vote.pk)}
    page = author.post(address, {**chosen, "action": "look"}, follow=True).content.decode()
    assert "1 is in the record and will be narrated here too." in page
    author.post(address, {**chosen, "action": "import"})
    assert Event.objects.count() == 2 and story.chapters.get(slug="table").moments.get().event == vote


def test_all_rows_are_joined_or_new_by_one_button(author: Client, story: Story) -> None:
    address, _page = page_of(author, make_story("other"), "title,date\nA,1997\nB,1997")
    author.post(address, {**CHOICES, "kind": "events", "action": "import"})
    address, page = page_of(author, story, "title,date\nA,1997\nB,1997")
    said = {**CHOICES, **defaults(page), "kind": "events"}
    page = author.post(address, {**said, "action": "join-all"}, follow=True).content.decode()
    assert "2 are in the record and will be narrated here too." in page
    page = author.post(address, {**said, **defaults(page), "action": "join-none"}, follow=True).content.decode()
    assert "2 rows are new." in page


def test_an_exchange_of_latitude_and_longitude_is_asked_about(author: Client, story: Story) -> None:
    address, page = page_of(author, story, "name,lat,lon\nA,-77.04,-12.05\nB,139.69,35.68")
    assert "Latitude and longitude seem exchanged" in page and "0 rows are new." in page
    assert 'value="import"' not in page
    page = author.post(address, {**CHOICES, "action": "exchange"}, follow=True).content.decode()
    assert "2 rows are new." in page
    author.post(address, {**CHOICES, "action": "import"})
    assert {place.at for place in Place.objects.filter(slug__in="ab")} == {
        LatLng(-12.05, -77.04),
        LatLng(35.68, 139.69),
    }


def test_positions_are_taken_as_they_are_written_when_the_editor_says_so(author: Client, story: Story) -> None:
    address, _page = page_of(author, story, "name,lat,lon\nA,-77.04,-12.05\nB,139.69,35.68")
    page = author.post(address, {**CHOICES, "action": "as-written"}, follow=True).content.decode()
    assert "1 row is new." in page and "1 row is left out." in page


def test_what_of_a_map_is_in_no_row_is_said_before_and_after(author: Client, story: Story) -> None:
    points = {"type": "MultiPoint", "coordinates": [[2.1, 41.3], [2.2, 41.4]]}
    told = {"name": "Two spots", "about": {"author": "Ana"}}
    sent = upload(author, story, json.dumps({"type": "Feature", "geometry": points, "properties": told}).encode())
    said = "Of several shapes only the first point is imported: “Two spots”."
    assert said in author.get(sent["Location"]).content.decode()
    author.post(sent["Location"], {**CHOICES, "kind": "places", "action": "import"})
    page = author.get(sent["Location"]).content.decode()
    assert said in page and "no column can hold it: about." in page


def test_a_long_table_is_looked_at_page_by_page_with_its_problems_first(author: Client, story: Story) -> None:
    rows = [f"Place {n},{-12 - n / 1000},-75.5" for n in range(250)]
    address, page = page_of(author, story, "\n".join(["name,lat,lng", *rows, "Nowhere,x,y"]))
    assert "250 rows are new." in page and "Nowhere" in page and "1 to 200 of 251" in page
    turned = author.post(address, {**CHOICES, **defaults(page), "page": "2"})
    assert turned["Location"].endswith("?page=2")
    assert "201 to 251 of 251" in author.get(turned["Location"]).content.decode()
    author.post(address, {**CHOICES, **defaults(page), "page": "2", "action": "import"})
    assert Place.objects.filter(slug__startswith="place-").count() == 250, "the rows of all pages"


def test_new_sources_of_a_map_are_counted_before_and_after_and_linked_when_kept(author: Client, story: Story) -> None:
    told = {"title": "A find", "sources": [{"slug": "diary", "title": "A diary"}]}
    feature = {"type": "Feature", "id": "event/find", "geometry": None, "properties": told}
    address, page = page_of(author, story, json.dumps(feature))
    assert "1 source is new with them." in page
    report = author.post(address, {**CHOICES, "kind": "events", "action": "import"}, follow=True)
    assert "1 source is new with them." in report.content.decode()
    diary = Source.objects.get(slug="diary")
    Source.objects.filter(pk=diary.pk).update(container="An archive")
    text = author.post(address, {"action": "undo"}, follow=True).content.decode()
    assert f'<a href="/admin/places/source/{diary.pk}/change/">diary</a>: was changed' in text
