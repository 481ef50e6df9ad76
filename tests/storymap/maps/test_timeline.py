from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from places.dates.days import day_number, iso_of
from places.when import axis_label
from storymap.maps.timeline import Timeline, timeline_of, timeline_of_chapter
from storymap.story.document import EventDocument, StoryDocument
from tests.factories_documents import make_chapter, make_event, make_story

COUNT = {"day_zero": "1996-12-17", "day_last": "1997-04-22"}
days = st.dates(date(1, 1, 1), date(9999, 1, 1))


def story(*events: EventDocument, **fields: str) -> StoryDocument:
    return make_story((make_chapter("one", tuple(e.slug for e in events)),), events, **fields)


def event(slug: str, earliest: str, latest: str = "", edtf: str = "") -> EventDocument:
    return make_event(slug, date=edtf or earliest, earliest=earliest, latest=latest or earliest)


def inside(timeline: Timeline) -> bool:
    return all(0 <= mark.at <= mark.at + mark.width <= 100.001 for mark in timeline.marks)


def test_the_counted_days_take_most_of_the_strip() -> None:
    timeline = timeline_of(
        story(event("before", "1995-06-14"), event("start", "1996-12-17"), event("after", "2012-01-01"), **COUNT)
    )
    before, counted, after = timeline.segments
    assert (counted.first, counted.last, counted.width) == ("1996-12-17", "1997-04-22", 60.0)
    assert before.last == "1996-12-16" and after.first == "1997-04-23"
    assert before.start == 0 and round(after.start + after.width, 3) == 100
    assert before.start + before.width < counted.start and counted.start + counted.width < after.start


def test_sides_without_events_take_no_room() -> None:
    (only,) = timeline_of(story(event("start", "1996-12-17"), **COUNT)).segments
    assert (only.start, only.width) == (0, 100)


def test_uncertain_ranged_and_open_times_have_a_width() -> None:
    marks = timeline_of(
        story(
            event("day", "1997-01-17"),
            event("range", "1996-12-18", "1996-12-22", "1996-12-18~/1996-12-22~"),
            make_event("open", date="1997-04/..", earliest="1997-04-01", latest=""),
            event("end", "2012-01-01"),
            **COUNT,
        )
    ).marks
    assert [(mark.width > 0, mark.approximate, mark.open) for mark in marks] == [
        (False, False, False),
        (True, True, False),
        (True, False, True),
        (False, False, False),
    ]
    assert marks[2].at + marks[2].width == 100


def test_undated_events_are_left_out() -> None:
    timeline = timeline_of(story(make_event("when", date="", earliest="", latest="")))
    assert timeline == Timeline((), ())


def test_a_story_is_parted_at_its_largest_gap() -> None:
    timeline = timeline_of(story(event("a", "1612-03-01"), event("b", "1615-06-01"), event("c", "1863-01-01")))
    first, second = timeline.segments
    assert first.last < "1616-01-01" < second.first
    assert first.start + first.width < second.start


def test_ticks_are_readable_and_lie_in_their_segment() -> None:
    for segment in timeline_of(story(event("a", "1991-11-03"), event("b", "2015-04-17"), **COUNT)).segments:
        places = [tick.at for tick in segment.ticks]
        assert places == sorted(places)
        assert all(segment.start <= at <= segment.start + segment.width + 0.001 for at in places)
        assert all(b - a > 3 for a, b in pairwise(places))


def test_the_counted_days_are_labelled_by_month() -> None:
    (counted,) = timeline_of(story(event("start", "1996-12-17"), **COUNT)).segments
    assert [iso_of(tick.day) for tick in counted.ticks] == ["1997-01-01", "1997-02-01", "1997-03-01", "1997-04-01"]
    assert counted.unit == "day"


def test_times_before_year_one_and_after_9999_have_their_place() -> None:
    timeline = timeline_of(
        story(
            event("ides", "-0044-03-15"), make_event("far", date="Y12000", earliest="12000-01-01", latest="12000-12-31")
        )
    )
    assert timeline.marks[0].at < timeline.marks[1].at
    assert inside(timeline)


def labels(timeline: Timeline) -> list[list[str]]:
    return [[axis_label(t.day, t.kind, "en", era=t.era) for t in segment.ticks] for segment in timeline.segments]


def test_the_years_before_christ_are_counted_backwards_and_round() -> None:
    days = ["-0149-01-01", "-0114-01-01", "-0079-01-01", "-0043-03-15", "-0009-01-01", "0021-01-01", "0041-01-01"]
    (only,) = labels(timeline_of(story(*(event(f"e{n}", day) for n, day in enumerate(days)))))
    assert only == ["140 BC", "120 BC", "100 BC", "80 BC", "60 BC", "40 BC", "20 BC", "1 AD", "20 AD", "40 AD"]


def test_a_day_that_is_alone_on_its_stretch_says_its_year() -> None:
    found = labels(timeline_of(story(event("a", "-0043-03-15"), event("b", "1996-12-17"), event("c", "1996-12-27"))))
    assert found[0] == ["15 Mar 44 BC"] and found[1][0] == "17 Dec"


def test_a_story_from_antiquity_to_today_has_ticks_that_can_be_read() -> None:
    dates = ["-2600-01-01", "-0752-04-21", "-0043-03-15", "0850-01-01", "1492-10-12", "1969-07-20", "2024-01-01"]
    timeline = timeline_of(story(*(event(f"e{n}", day) for n, day in enumerate(dates))))
    assert inside(timeline)
    marks = [mark.at for mark in timeline.marks]
    assert marks == sorted(marks)
    said = [label for segment in labels(timeline) for label in segment]
    assert said and len(said) == len(set(said)) and not any("-" in label for label in said)
    for segment in timeline.segments:
        assert all(b.at - a.at > 5 for a, b in pairwise(segment.ticks))


@given(st.lists(st.integers(-5_000_000_000, 5_000_000), min_size=1, max_size=6))
def test_any_stretch_of_time_has_some_ticks_and_not_too_many(numbers: list[int]) -> None:
    dates = [iso_of(number) for number in numbers]
    events = [make_event(f"e{n}", date="1996~", earliest=day, latest=day) for n, day in enumerate(dates)]
    timeline = timeline_of(story(*events))
    assert inside(timeline)
    for segment in timeline.segments:
        assert 1 <= len(segment.ticks) <= 20
        assert [tick.at for tick in segment.ticks] == sorted(tick.at for tick in segment.ticks)


def test_what_happened_before_a_day_stands_on_the_strip_from_its_beginning() -> None:
    before = make_event("before", date="[..1849-12-31]", earliest="", latest="1849-12-31")
    marks = timeline_of(story(before, event("a", "1840-01-01"), event("b", "1860-01-01"))).marks
    assert marks[0].open and marks[0].approximate
    assert marks[0].at == 0 and marks[1].at < marks[0].width < marks[2].at


def test_a_season_is_drawn_as_doubtful() -> None:
    winter = event("winter", "1914-12-01", "1916-03-21", "1915-24")
    (mark,) = timeline_of(story(winter, day_zero="1914-12-01", day_last="1915-12-31")).marks
    assert mark.approximate and mark.width > 0


def of_chapter(*events: EventDocument) -> Timeline:
    document = story(*events, **COUNT)
    return timeline_of_chapter(document, document.chapters[0])


def test_a_chapter_of_one_day_has_that_day_as_its_scale() -> None:
    year = event("year", "1996-01-01", "1996-12-31", "1996~")
    timeline = of_chapter(event("a", "1996-12-17"), year, event("b", "1996-12-17"))
    (only,) = timeline.segments
    assert (only.first, only.last) == ("1996-12-17", "1996-12-17")
    a, around, b = timeline.marks
    assert (a.at, a.width, a.cell) == (b.at, b.width, b.cell) == (0, 0, 100)
    assert (around.at, around.width, around.comes_from_before, around.goes_on) == (0, 100, True, True)


def test_what_lasts_long_stays_whole_where_most_of_a_chapter_needs_its_time() -> None:
    days = (event("a", "1996-12-20"), event("b", "1996-12-21"), event("c", "1996-12-22"))
    timeline = of_chapter(event("all", "1996-12-18", "1996-12-22"), *days)
    (only,) = timeline.segments
    assert (only.first, only.last) == ("1996-12-18", "1996-12-22")
    assert not timeline.marks[0].open


def test_a_day_is_as_wide_as_its_scale_makes_it() -> None:
    first, last = of_chapter(event("a", "1997-03-01"), event("b", "1997-03-10")).marks
    assert first.cell == last.cell == 10
    assert (first.at, last.at) == (0, 90)


def test_day_numbers_agree_with_the_calendar_of_python() -> None:
    for number in range(-719_000, 2_900_000, 1009):
        day = date(1970, 1, 1) + timedelta(number)
        assert iso_of(number) == day.isoformat()
        assert day_number(day.isoformat()) == number


@given(dates=st.lists(days, min_size=1, max_size=30), counted=st.booleans())
def test_later_is_never_further_left(dates: list[date], *, counted: bool) -> None:
    events = tuple(event(f"e-{i}", day.isoformat()) for i, day in enumerate(dates))
    timeline = timeline_of(story(*events, **(COUNT if counted else {})))
    assert inside(timeline)
    marks = sorted(timeline.marks, key=lambda mark: dates[int(mark.event[2:])])
    assert all(a.at <= b.at for a, b in pairwise(marks))
    edges = [edge for s in timeline.segments for edge in (s.start, s.start + s.width)]
    assert edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= 100.001
