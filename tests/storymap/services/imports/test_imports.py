"""An import: what it would do, what it does, and how it is taken back."""

from __future__ import annotations

import pytest

from places.dates.days import day_number
from places.models import Event, Place, Source
from storymap.formats.tables import batches
from storymap.models import Chapter, ImportBatch, Moment, Story
from storymap.services.imports.planning import LEFT, LINKED, NEW, THERE
from storymap.services.imports.undo import undo
from tests.factories import event_entry, make_story, make_user, place_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story()


def begun(story: Story, text: str, name: str = "table.csv", **fields: str) -> ImportBatch:
    return batches.begin(story=story, name=name, text=text, **fields)


def verdicts(story: Story, text: str) -> list[tuple[str, str]]:
    return [(planned.verdict, "; ".join(planned.reasons)) for planned in batches.look(begun(story, text)).plan]


def imported(story: Story, text: str, chapter: Chapter | None = None, name: str = "table.csv") -> ImportBatch:
    kind = "events" if text.startswith("title") else "places"
    by = make_user(f"user-{ImportBatch.objects.count()}")
    return batches.import_batch(begun(story, text, name, kind=kind), chapter, by)


def table_of_places(number: int, bad: int) -> str:
    rows = [f"Place {n},{-12 - n / 1000},{-75.5}" for n in range(number - bad)]
    return "\n".join(["name,lat,lng", *rows, *["Nowhere,x,y"] * bad])


def test_good_rows_go_in_and_bad_ones_are_explained(story: Story) -> None:
    batch = imported(story, table_of_places(200, bad=5))
    assert Place.objects.filter(slug__startswith="place-").count() == 195
    assert batch.left_out == [[line, "Nowhere", "“x, y” is no position"] for line in range(197, 202)]
    assert batch.text == "" and len(batch.created) == 195


def test_a_look_writes_nothing(story: Story) -> None:
    before = Place.objects.count(), Event.objects.count()
    assert verdicts(story, "title,place,lat,lng\nA,New,-12,-77") == [(NEW, "")]
    assert (Place.objects.count(), Event.objects.count()) == before


def test_the_same_file_again_makes_nothing_and_is_pointed_out(story: Story) -> None:
    text = table_of_places(20, bad=0)
    first = imported(story, text)
    second = begun(story, text)
    assert batches.earlier(second) == first
    assert {planned.verdict for planned in batches.look(second).plan} == {THERE}
    assert batches.import_batch(second, None, make_user("again")).created == []
    assert Place.objects.filter(slug__startswith="place-").count() == 20


def test_a_row_that_repeats_another_is_left_out(story: Story) -> None:
    rows = verdicts(story, "name,lat,lng\nA,-12,-76\nA,-12.00001,-76\nA,-13,-76\nA,-12,-76")
    assert [verdict for verdict, _reason in rows] == [NEW, LEFT, NEW, LEFT]
    assert rows[1][1] == "says the same as line 2"


def test_a_place_of_the_record_is_known_by_name_and_position_or_by_name_alone(story: Story) -> None:
    rows = verdicts(story, "name,lat,lng\nthe SQUARE,-12.05,-77.03\nThe square,,\nThe square,10,-67")
    assert [verdict for verdict, _reason in rows] == [THERE, THERE, NEW]


def test_an_import_changes_no_place_that_is_there(story: Story) -> None:
    ((verdict, reason),) = verdicts(story, "slug,name,lat,lng\nsquare,The square,-13,-77")
    assert (verdict, reason) == (LEFT, "“square” is there with another latitude, longitude: change it in its form")


def test_a_table_that_says_nothing_of_precision_does_not_differ_in_it(story: Story) -> None:
    assert verdicts(story, "slug,name,lat,lng\nsquare,The square,-12.05,-77.03") == [
        (THERE, "is in the record already")
    ]


def test_fields_are_checked_as_in_the_form(story: Story) -> None:
    rows = verdicts(
        story, f"name,lat,lng,slug,time zone\nA,-12,-77,Not A Slug,\nB,-12,-77,,Peru\n{'x' * 201},-12,-77,,"
    )
    assert [verdict for verdict, _reason in rows] == [LEFT] * 3
    assert rows[0][1].startswith("slug: Small letters") and rows[1][1].startswith("time zone: “Peru”")
    assert rows[2][1].startswith("name: ")


def test_events_become_moments_of_a_new_chapter_called_like_the_file(story: Story) -> None:
    text = "title,date,place,lat,lng,country,sources\nA march,22 April 1997 15:23,Harbour,-12.06,-77.15,PE,gazette\n"
    batch = imported(story, text + "A vote,about January 1997,the square,,,,\n", name="marches of 1997.csv")
    chapter = story.chapters.get(slug="marches-of-1997")
    assert batch.chapter == chapter and str(chapter) == "marches of 1997" and chapter.position == 2
    march, vote = (moment.event for moment in chapter.moments.order_by("position"))
    assert (march.date, march.time, march.earliest) == ("1997-04-22", "15:23", day_number("1997-04-22"))
    assert march.place is not None and march.place.slug == "harbour" and march.citations.get().source.slug == "gazette"
    assert (vote.date, vote.place) == ("1997-01~", Place.objects.get(slug="square"))


def test_events_of_one_new_place_share_it(story: Story) -> None:
    imported(story, "title,place,lat,lng\nA,Harbour,-12.06,-77.15\nB,Harbour,-12.06,-77.15")
    assert Event.objects.filter(place__slug="harbour").count() == 2


def test_events_go_behind_what_a_chosen_chapter_tells(story: Story) -> None:
    chapter = story.chapters.get()
    imported(story, "title\nA vote", chapter)
    assert [m.event.slug for m in chapter.moments.order_by("position")] == ["meeting", "a-vote"]


INTRODUCTION = "title,summary,lat,lng\nIntroduction,{},{}\n"


def told(story: Story) -> list[tuple[str, str, tuple[float, float]]]:
    """Title, text and position of the events that were imported into the story, in order."""
    moments = Moment.objects.filter(chapter__story=story).exclude(event__slug="meeting")
    events = [moment.event for moment in moments.order_by("chapter__position", "position")]
    return [(event.title, event.summary, (event.place.latitude, event.place.longitude)) for event in events]


def test_two_stories_each_tell_their_own_introduction(story: Story) -> None:
    other = make_story("other")
    imported(story, INTRODUCTION.format("Of the salt road.", "47.8,13"))
    imported(other, INTRODUCTION.format("Of the whalers.", "65.7,-24.1"))
    assert told(story) == [("Introduction", "Of the salt road.", (47.8, 13))]
    assert told(other) == [("Introduction", "Of the whalers.", (65.7, -24.1))]


def test_an_event_that_only_another_story_tells_is_offered_and_not_taken(story: Story) -> None:
    other = make_story("other")
    imported(other, INTRODUCTION.format("Of the whalers.", "65.7,-24.1"))
    event = Event.objects.get(slug="introduction")
    (row,) = batches.look(begun(story, INTRODUCTION.format("Of the whalers.", "65.7,-24.1"))).plan
    assert (row.verdict, row.offers) == (NEW, (event,)) and row.row.slug == "introduction-2"


def test_a_row_is_joined_to_the_event_that_the_editor_chooses(story: Story) -> None:
    other = make_story("other")
    imported(other, INTRODUCTION.format("Of the whalers.", "65.7,-24.1"))
    event = Event.objects.get(slug="introduction")
    batch = begun(story, INTRODUCTION.format("Of the salt road.", "47.8,13"))
    batches.choose_events(batch, {2: event.pk})
    assert [planned.verdict for planned in batches.look(batch).plan] == [LINKED]
    batch = batches.import_batch(batch, None, make_user("joiner"))
    assert told(story) == told(other) and Event.objects.filter(slug__startswith="introduction").count() == 1
    undo(batch=batch)
    assert told(story) == [] and len(told(other)) == 1 and batch.left_in_place == []


def test_all_rows_may_be_joined_at_once_or_none(story: Story) -> None:
    text = "title,date\nA vote,1997\nA march,1997\nA speech,1997"
    imported(make_story("other"), text.replace("\nA speech,1997", ""))
    batch = begun(story, text)
    batches.choose_all_events(batch, join=True)
    assert [planned.verdict for planned in batches.look(batch).plan] == [LINKED, LINKED, NEW]
    batches.choose_all_events(batch, join=False)
    assert [planned.verdict for planned in batches.look(batch).plan] == [NEW, NEW, NEW]


def test_nothing_but_an_offered_event_can_be_joined(story: Story) -> None:
    batch = begun(story, "title,date\nA vote,1997")
    batches.choose_events(batch, {2: Event.objects.get(slug="meeting").pk})
    assert [planned.verdict for planned in batches.look(batch).plan] == [NEW]


def test_two_rows_joined_to_one_event_tell_it_once(story: Story) -> None:
    imported(make_story("other"), "title,date\nA vote,1997")
    batch = begun(story, "title,date,summary\nA vote,1997,First.\nA vote,1997,Second.")
    batches.choose_all_events(batch, join=True)
    assert [planned.verdict for planned in batches.look(batch).plan] == [LINKED, LEFT]


@pytest.mark.parametrize(
    "rows",
    [
        "On the road,1997,Morning,1,1\nOn the road,1997,Evening,1,1",
        "On the road,1997,Morning,1,1\nOn the road,1997,Morning,2,2",
        "On the road,1997,Morning,1,1\nOn the road,1998,Morning,1,1",
        "On the road,1997,Morning,1,1\nOn the road,1997,Morning,,",
    ],
)
def test_rows_of_one_title_that_differ_in_text_place_or_date_are_different_events(story: Story, rows: str) -> None:
    text = f"title,date,summary,lat,lng\n{rows}"
    batch = imported(story, text)
    assert [made["slug"] for made in batch.created if made["kind"] == "moment"] == ["on-the-road", "on-the-road-2"]
    assert [verdict for verdict, _reason in verdicts(story, text)] == [THERE, THERE], "nothing is written twice"
    assert imported(story, text, name="again.csv").created == []


def test_a_row_that_says_all_that_another_says_is_one_too_many(story: Story) -> None:
    rows = verdicts(story, "title,summary,lat,lng\nA,Text.,1,1\nA,Text.,1,1\nA,Text.,1,2")
    assert rows == [(NEW, ""), (LEFT, "says the same as line 2"), (NEW, "")]


def test_what_somebody_has_rewritten_since_is_offered_when_the_file_comes_again(story: Story) -> None:
    imported(story, "title,date,summary\nA vote,1997,They vote.")
    event = Event.objects.get(slug="a-vote")
    event.summary = "They vote twice."
    event.save()
    batch = begun(story, "title,date,summary\nA vote,1997,They vote.")
    (row,) = batches.look(batch).plan
    assert (row.verdict, row.offers) == (NEW, (event,))
    batches.choose_all_events(batch, join=True)
    assert [planned.verdict for planned in batches.look(batch).plan] == [THERE]


def test_a_slug_of_another_storys_event_neither_takes_nor_overwrites_it(story: Story) -> None:
    imported(make_story("other"), "title,date,slug\nA vote,,1")
    ((verdict, reason),) = verdicts(story, "title,date,slug\nA march,,1")
    assert (verdict, reason) == (NEW, "“1” is the slug of another event: this one gets “1-2”")
    imported(story, "title,date,slug\nA march,,1")
    assert {str(event) for event in Event.objects.filter(slug__in=["1", "1-2"])} == {"A vote", "A march"}


def test_a_slug_of_the_storys_own_event_names_it(story: Story) -> None:
    rows = verdicts(story, "slug,title,date\nmeeting,A meeting,1996-12-17\nmeeting,Another,1996-12-17")
    assert rows == [
        (THERE, "is in the story already"),
        (LEFT, "“meeting” is there with another title: change it in its form"),
    ]


def test_two_looks_at_one_file_write_it_once(story: Story) -> None:
    first, second = (begun(story, "title,date\nA vote,1997") for _look in range(2))
    batches.import_batch(first, None, make_user("ana"))
    assert batches.import_batch(second, None, make_user("bea")).created == []


def test_events_find_the_place_that_another_row_of_the_table_brings(story: Story) -> None:
    text = 'title,place,coordinates\nArrival,Quay,\nDeparture,Quay,"-18.1, 178.4"\nReturn,quay,\n'
    imported(story, text)
    assert [position for _title, _text, position in told(story)] == [(-18.1, 178.4)] * 3
    assert Place.objects.filter(slug__startswith="quay").count() == 1


def test_a_place_of_the_table_comes_before_one_of_the_record(story: Story) -> None:
    imported(story, "title,place,lat,lng\nA,The square,10,10\nB,The square,,")
    assert [position for _title, _text, position in told(story)] == [(10, 10)] * 2


def test_a_name_that_the_table_brings_twice_says_not_which_place_is_meant(story: Story) -> None:
    rows = verdicts(story, "title,place,lat,lng\nA,Quay,10,10\nB,Quay,20,20\nC,Quay,,")
    assert [verdict for verdict, _reason in rows] == [NEW, NEW, LEFT]
    assert rows[2][1] == "table rows have several places of this name: give the position"


def test_unknown_sources_and_places_are_named(story: Story) -> None:
    rows = verdicts(story, "title,place,sources\nA,,nosuch\nB,Atlantis,gazette")
    assert rows[0] == (LEFT, "there is no source “nosuch”")
    assert rows[1] == (LEFT, "has no position, and was not searched for yet")


def test_a_source_may_be_named_by_its_address(story: Story) -> None:
    Source.objects.filter(slug="gazette").update(url="https://a.example/b")
    imported(story, "title,sources\nA,https://a.example/b")
    assert Event.objects.get(slug="a").citations.get().source.slug == "gazette"


def test_places_of_one_name_must_be_told_apart(story: Story) -> None:
    make_story("other", places=(place_entry(), place_entry("square-2", lat=10, name={"en": "The square"})))
    ((verdict, reason),) = verdicts(story, "title,place\nA,The square")
    assert verdict == LEFT and "square, square-2" in reason
    assert verdicts(story, "title,place\nA,square-2") == [(NEW, "")]


def test_at_sea_a_place_is_in_no_country_unless_one_is_named(story: Story) -> None:
    text = "name,lat,lng\nA ship,-20,-85\nLima,-12.05,-77.0"
    batch = begun(story, text)
    assert [planned.row.country for planned in batches.look(batch).plan] == ["XZ", "PE"]
    batches.choose(batch, kind="places", columns=batch.columns, country="CL")
    assert [planned.row.country for planned in batches.look(batch).plan] == ["CL", "PE"]


def test_undo_takes_back_what_the_import_made(story: Story) -> None:
    before = Place.objects.count(), Event.objects.count(), Chapter.objects.count(), Moment.objects.count()
    batch = undo(batch=imported(story, "title,place,lat,lng\nA,Harbour,-12.06,-77.15\nB,,,"))
    assert (Place.objects.count(), Event.objects.count(), Chapter.objects.count(), Moment.objects.count()) == before
    assert batch.left_in_place == [] and batch.undone_at


def test_undo_keeps_and_names_what_was_changed_or_used(story: Story) -> None:
    batch = imported(story, "title,place,lat,lng\nA,Harbour,-12.06,-77.15\nB,Station,-12,-77\nC,,,\nD,,,")
    changed = Event.objects.get(slug="a")
    changed.note = "Now told otherwise."
    changed.save()
    elsewhere = make_story("other").chapters.get()
    elsewhere.moments.create(event=Event.objects.get(slug="c"))
    Event.objects.filter(slug="meeting").update(place=Place.objects.get(slug="station"))
    batch = undo(batch=batch)
    left = {slug: reason for _kind, _key, slug, reason in batch.left_in_place}
    assert left == {
        "a": "is narrated in a-story",
        "c": "is narrated in other",
        "harbour": "a happened there",
        "station": "meeting happened there",
        "table": "tells something else",
    }
    assert [moment.event.slug for moment in Chapter.objects.get(slug="table").moments.all()] == ["a"]
    assert not Event.objects.filter(slug__in=["b", "d"]).exists()


def test_undo_keeps_a_place_that_was_moved_and_a_chapter_that_was_written(story: Story) -> None:
    places = imported(story, "name,lat,lng\nHarbour,-12.06,-77.15")
    Place.objects.filter(slug="harbour").update(latitude=-12.07)
    events = imported(story, "title\nA")
    chapter = story.chapters.get(slug="table")
    chapter.narration = "It goes on."
    chapter.save()
    assert [entry[2:] for entry in undo(batch=places).left_in_place] == [["harbour", "was changed"]]
    assert [entry[2:] for entry in undo(batch=events).left_in_place] == [["table", "was changed"]]


def test_undo_of_linked_events_only_untells_them(story: Story) -> None:
    make_story("other", events=(event_entry(), event_entry("vote", title={"en": "A vote"})))
    batch = begun(story, "title,date\nA vote,1996-12-17")
    batches.choose_all_events(batch, join=True)
    batch = undo(batch=batches.import_batch(batch, None, make_user("joiner")))
    assert Event.objects.filter(slug="vote").exists() and not Moment.objects.filter(event__slug="vote").exists()
    assert batch.left_in_place == []


def test_an_import_pressed_twice_is_carried_out_once(story: Story) -> None:
    batch = begun(story, "title\nA", kind="events")
    by = make_user()
    batches.import_batch(batch, None, by)
    batches.import_batch(batch, None, by)
    assert Event.objects.filter(slug__startswith="a").count() == 1
    undo(batch=undo(batch=batch))
    assert not Event.objects.filter(slug="a").exists()


@pytest.mark.slow
def test_five_thousand_rows_take_few_statements(story: Story, django_assert_max_num_queries) -> None:
    batch = begun(story, table_of_places(5000, bad=0))
    with django_assert_max_num_queries(140):
        batches.import_batch(batch, None, make_user())
    assert Place.objects.count() == 5001


def test_slugs_are_free_and_short(story: Story) -> None:
    long = "A very long name that goes on and on until nobody can remember how it began at all"
    imported(story, f"name,lat,lng\nSquare,1,1\n広場,2,2\n市場,3,3\n{long},4,4", name="x.csv")
    slugs = set(Place.objects.values_list("slug", flat=True))
    assert {"square", "square-2", "place", "place-2"} <= slugs and all(len(slug) <= 80 for slug in slugs)
