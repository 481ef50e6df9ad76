"""What stands in the way of publishing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from places.geo import Bounds, Camera, LatLng
from storymap.services.publishing.rules import problems_of
from storymap.story.extract_head import Credit, ExtractHead
from storymap.story.problem import Problem
from storymap.story.storyfile import (
    AudioEntry,
    ChapterEntry,
    CitationEntry,
    ExtractEntry,
    IllustrationEntry,
    MomentEntry,
)
from tests.factories import chapter_entry, event_entry, place_entry, source_entry, story_file


def found(**fields: Any) -> list[Problem]:
    """All but the hint that the narration of the factories is short, and what is said of events that are not told."""
    said = [problem for problem in problems_of(story_file(**fields)) if "very short" not in problem.what]
    return [problem for problem in said if problem.where != "also_recorded"]


def told(**fields: Any) -> dict[str, bool]:
    """Where there are problems, and whether they block."""
    return {problem.where: problem.is_error for problem in found(**fields)}


def narrating(*events: str) -> tuple[ChapterEntry, ...]:
    """A chapter of the meeting and of these."""
    return (chapter_entry(moments=tuple(MomentEntry(event=slug) for slug in ("meeting", *events))),)


def illustrated(**fields: Any) -> dict[str, bool]:
    picture = IllustrationEntry(
        **{
            "slug": "view",
            "file": {"en": "a.webp"},
            "alt": {"en": "A view"},
            "credit": "Ana",
            "licence": "CC0-1.0",
            **fields,
        }
    )
    return told(illustrations=(picture,), chapters=(chapter_entry(illustration="view"),))


def test_a_complete_story_has_no_problems() -> None:
    assert told() == {}
    assert illustrated() == {}
    assert illustrated(alt={}, decorative=True) == {}


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": {"es": "Solo"}}, "title"),
        ({"standfirst": {}}, "standfirst"),
        ({"chapters": ()}, "chapters"),
        ({"chapters": (chapter_entry(title={}),)}, "chapters/beginning/title"),
        ({"chapters": (chapter_entry(narration={}),)}, "chapters/beginning/narration"),
        ({"chapters": (chapter_entry(camera=None, moments=()),)}, "chapters/beginning/camera"),
        ({"chapters": (chapter_entry("editions"),)}, "chapters/editions/slug"),
        ({"chapters": (chapter_entry("also-in-the-record"),)}, "chapters/also-in-the-record/slug"),
        ({"chapters": (chapter_entry("people"),)}, "chapters/people/slug"),
        ({"events": (event_entry(title={}),)}, "events/meeting/title"),
        ({"events": (event_entry(citations=()),)}, "events/meeting/citations"),
        ({"events": (event_entry(status="denied"),)}, "events/meeting/attributed_to"),
        ({"events": (event_entry(), event_entry("story")), "chapters": narrating("story")}, "events/story/slug"),
        (
            {"events": (event_entry(), event_entry("chapter-one")), "chapters": narrating("chapter-one")},
            "events/chapter-one/slug",
        ),
        ({"chapters": (chapter_entry(), chapter_entry("ending"))}, "events/meeting/slug"),
    ],
)
def test_what_readers_need_blocks_when_it_is_missing(fields: dict[str, Any], where: str) -> None:
    assert told(**fields) == {where: True}


def test_more_key_moments_than_are_read_in_two_minutes_are_asked_about() -> None:
    slugs = tuple(f"event-{n}" for n in range(16))
    events = tuple(event_entry(slug) for slug in slugs)

    def with_key(number: int) -> dict[str, bool]:
        moments = tuple(MomentEntry(event=slug, is_key=n < number) for n, slug in enumerate(slugs))
        return told(events=events, chapters=(chapter_entry(moments=moments),))

    assert [with_key(0), with_key(15), with_key(16)] == [{}, {}, {"chapters/beginning/moments": False}]


def test_documented_is_asked_about_when_one_secondary_source_says_so() -> None:
    """An encyclopedia retells; a second source or a primary document is enough, and so is to say whose claim it is."""
    retold, decided = source_entry(type="entry-encyclopedia"), source_entry("decision", type="legal_case")
    (problem,) = found(sources=(retold,))
    assert (problem.where, problem.is_error, problem.asks) == ("events/meeting/citations", False, True)
    both = (event_entry(citations=(CitationEntry(source="gazette"), CitationEntry(source="decision"))),)
    assert told(sources=(retold, decided), events=both) == {}
    claim = event_entry(status="reported", attributed_to={"en": "A guest"})
    assert told(sources=(retold,), events=(claim,)) == {}


@pytest.mark.parametrize("status", ["reported", "alleged", "disputed", "denied"])
def test_a_claim_needs_somebody_who_makes_it(status: str) -> None:
    assert told(events=(event_entry(status=status),)) == {"events/meeting/attributed_to": True}
    assert told(events=(event_entry(status=status, attributed_to={"en": "A guest"}),)) == {}


@pytest.mark.parametrize(
    ("fields", "where", "blocks"),
    [
        ({"file": {}}, "illustrations/view/file", True),
        ({"alt": {}}, "illustrations/view/alt", True),
        ({"credit": ""}, "illustrations/view/credit", True),
        ({"licence": ""}, "illustrations/view/licence", True),
    ],
)
def test_a_picture_travels_with_its_words_and_rights(fields: dict[str, Any], where: str, blocks: bool) -> None:
    assert illustrated(**fields) == {where: blocks}


def test_missing_translations_are_said_and_do_not_block() -> None:
    story = told(
        languages=("en", "es"), title={"en": "A story", "es": "Una"}, events=(event_entry(summary={}),), licence=""
    )
    assert story == {
        "standfirst": False,
        "licence": False,
        "chapters/beginning/title": False,
        "chapters/beginning/narration": False,
        "events/meeting/title": False,
        "places/square/name": False,
    }


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("[it](#meeting)", True),
        ("[it](#chapter-beginning)", True),
        ("[it](https://example.org/#nowhere)", True),
        ("[it](#beginning)", False),
        ("[it](#nowhere)", False),
        ("[it](#untold)", False),
        ("[it](#)", False),
        ('[it](#nowhere "title")', False),
    ],
)
def test_a_link_within_the_story_must_lead_somewhere(text: str, leads: bool) -> None:
    problems = told(chapters=(chapter_entry(narration={"en": text}),), events=(event_entry(), event_entry("untold")))
    assert problems == ({} if leads else {"chapters/beginning/narration": True})


def test_a_link_to_an_address_of_the_story_must_lead_somewhere() -> None:
    def where(text: str) -> list[str]:
        return [p.where for p in found(chapters=(chapter_entry(narration={"en": text}),)) if p.is_error]

    dead = ("/stories/a-story/nowhere/", "/es/stories/a-story/nowhere/", "/stories/a-story/beginning/#nothing")
    alive = ("/stories/a-story/", "/es/stories/a-story/beginning/#meeting", "/stories/another/nowhere/", "/about/")
    assert [where(f"[it]({address})") for address in dead] == [["chapters/beginning/narration"]] * 3
    assert [where(f"[it]({address})") for address in alive] == [[]] * 4
    assert where("See [this].\n\n[this]: #nowhere") == ["chapters/beginning/narration"]


def test_a_chapter_without_places_shows_its_camera_and_is_mentioned() -> None:
    (problem,) = found(chapters=(chapter_entry(moments=()),))
    assert (problem.where, problem.is_error, problem.asks) == ("chapters/beginning/moments", False, False)
    placed = chapter_entry(camera=None, moments=(MomentEntry(event="meeting"),))
    assert told(chapters=(placed,), places=(place_entry(),), extracts=(streets(),)) == {}


def in_order(*dates: str, **fields: Any) -> list[tuple[str, bool]]:
    """Where something is said about a chapter whose moments have these dates, and whether it asks."""
    events = tuple(event_entry(f"event-{n}", date=date, **fields) for n, date in enumerate(dates))
    moments = tuple(MomentEntry(event=event.slug) for event in events)
    problems = found(events=events, chapters=(chapter_entry(moments=moments),))
    assert {p.is_error for p in problems} <= {False}
    return [(p.where, p.asks) for p in problems]


@pytest.mark.parametrize(
    ("dates", "goes_back"),
    [
        (("1996-12-17", "1996-12-18"), False),
        (("1996-12-17", "1996-12-17"), False),
        (("1996-12-18", "1996-12-17"), True),
        (("1996-12-18", "1996-12"), False),
        (("1997", "1996-12~"), True),
        (("1996-12-18", "", "1996-12-17"), True),
        (("1996-12-20/1997-01-02", "1996-12-22"), False),
        (("../1996-12-22", "1996-12-20"), False),
        (("1915-24", "1915-03"), True),  # a winter in Lima
        (("1915-24", "1915-07"), False),
    ],
)
def test_moments_whose_dates_go_back_are_asked_about(dates: tuple[str, ...], goes_back: bool) -> None:
    """Of later facts it is only mentioned: they may stand where they explain something."""
    assert in_order(*dates) == ([("chapters/beginning/moments", True)] if goes_back else [])
    assert in_order(*dates, later=True) == ([("chapters/beginning/moments", False)] if goes_back else [])


def places_at(*at: tuple[float, float]) -> list[tuple[str, str]]:
    """Where and what is said about places at these positions, all told in one chapter."""
    places = tuple(place_entry(f"place-{n}", lat=lat, lng=lng) for n, (lat, lng) in enumerate(at))
    events = tuple(event_entry(f"event-{n}", place=place.slug) for n, place in enumerate(places))
    moments = tuple(MomentEntry(event=event.slug) for event in events)
    problems = found(places=places, events=events, chapters=(chapter_entry(moments=moments),))
    assert not any(problem.is_error for problem in problems)
    return [(problem.where, problem.what) for problem in problems]


LIMA, CALLAO, CUSCO = (-12.05, -77.03), (-12.06, -77.15), (-13.52, -71.97)


def test_a_place_at_zero_is_asked_about() -> None:
    ((where, what),) = places_at((0.0, 0.0))
    assert where == "places/place-0/latitude" and "off Africa" in what
    assert places_at((0.0, 109.3)) == []


def test_a_place_far_from_all_others_is_asked_about() -> None:
    ((where, what),) = places_at(LIMA, CALLAO, (35.69, 139.69))
    assert where == "places/place-2/latitude" and "15" in what
    assert places_at(LIMA, CALLAO, CUSCO) == []
    assert places_at(LIMA, (35.69, 139.69), (38.9, -77.04), (51.5, -0.1)) == [], "a story of the whole world"
    assert places_at(LIMA, (35.69, 139.69)) == [], "nobody can say which of the two is meant"


def test_swapped_numbers_are_recognised() -> None:
    ((where, what),) = places_at(LIMA, CUSCO, (-77.03, -12.04))
    assert where == "places/place-2/latitude" and "swapped" in what


def test_what_stands_beside_the_chapters_is_counted_and_held_to_the_same_rules() -> None:
    story = story_file(events=(event_entry(), event_entry("aside")))
    (problem,) = [problem for problem in problems_of(story) if problem.where == "also_recorded"]
    assert (problem.is_error, problem.asks) == (False, True)
    assert problem.what.startswith("1 event is narrated in no chapter")
    bare = event_entry("aside", citations=(), title={})
    assert (
        told(events=(event_entry(), bare)).items()
        >= {"events/aside/citations": True, "events/aside/title": True}.items()
    )


def test_a_link_may_lead_to_the_record() -> None:
    def dead(address: str) -> bool:
        chapter = chapter_entry(narration={"en": f"[it]({address})"})
        fields = {"events": (event_entry(), event_entry("aside")), "chapters": (chapter,)}
        return any(problem.where.endswith("narration") for problem in found(**fields))

    record = "/stories/a-story/also-in-the-record/"
    assert [dead(address) for address in (record, f"{record}#aside")] == [False, False]
    assert [dead(address) for address in (f"{record}#meeting", "#aside")] == [True, True]


def test_places_that_no_event_names_are_no_problem() -> None:
    assert told(places=(place_entry(), place_entry("elsewhere", lat=0, lng=0))) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("### A\n\n#### B\n\n### C", 0),
        ("## A\n\n### B", 0),
        ("# A", 1),
        ("A\n===", 1),
        ("#### A", 1),
        ("### A\n\n##### B", 1),
        ("#hashtag and # alone", 0),
        ("```\n# A\n```", 0),
    ],
)
def test_headings_follow_each_other_without_a_gap(text: str, said: int) -> None:
    problems = found(chapters=(chapter_entry(narration={"en": text}),))
    assert [(p.where, p.is_error, p.language) for p in problems] == [
        ("chapters/beginning/narration", False, "en")
    ] * said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("word " * 10, "short"),
        ("word " * 100, ""),
        ("word " * 2000, "long"),
        ("人質" * 30, ""),
        ("人質" * 1300, "long"),
    ],
)
def test_very_short_and_very_long_chapters_are_mentioned(text: str, said: str) -> None:
    problems = problems_of(story_file(chapters=(chapter_entry(narration={"en": text}),)))
    assert [(p.where, p.is_error, p.asks) for p in problems] == (
        [("chapters/beginning/narration", False, False)] if said else []
    )
    assert all(f"very {said}" in problem.what for problem in problems)


def test_a_recording_needs_its_words() -> None:
    audio = AudioEntry(file={"en": "a.mp3", "es": "b.mp3"}, transcript={"en": "It begins."})
    (problem,) = found(chapters=(chapter_entry(audio=audio),))
    assert (problem.where, problem.language, problem.is_error) == ("chapters/beginning/transcript", "es", True)


def test_a_caption_is_translated_like_the_rest() -> None:
    fields = {"caption": {"es": "Una vista"}}
    assert illustrated(**fields) == {"illustrations/view/caption": True}


def test_a_language_that_has_chapters_and_no_title_reaches_nobody() -> None:
    chapter = chapter_entry(title={"en": "The beginning", "es": "El comienzo"})
    (problem,) = (p for p in problems_of(story_file(chapters=(chapter,))) if p.where == "title")
    assert (problem.language, problem.is_error, problem.asks) == ("es", False, True)
    assert problem.what.startswith("Readers get nothing in Spanish")


CLOSE = Camera(center=LatLng(-12.05, -77.03), zoom=15)
AROUND = Bounds(-77.05, -12.07, -77.01, -12.03)


def streets(bounds: Bounds = AROUND, min_zoom: float = 12) -> ExtractEntry:
    return ExtractEntry(slug="centre", file="a.json", head=ExtractHead(bounds, min_zoom, Credit("© Mappers")))


@pytest.mark.parametrize(
    ("camera", "is_bare"),
    [
        (CLOSE, True),
        (replace(CLOSE, zoom=12), False),
        (Camera(bounds=AROUND), True),
        (Camera(bounds=Bounds(-78, -13, -76, -11)), False),
        (None, True),  # fitted to its only place
    ],
)
def test_a_close_view_without_streets_is_named_with_the_way_out(camera: Camera | None, is_bare: bool) -> None:
    chapters = (chapter_entry(camera=camera),)
    said = [p for p in found(chapters=chapters) if p.where == "chapters/beginning/streets"]
    assert [p.is_error for p in said] == [False] * is_bare
    assert not is_bare or "Streets" in said[0].what
    assert told(chapters=chapters, extracts=(streets(),)) == {}


def test_streets_elsewhere_or_that_are_drawn_later_do_not_help() -> None:
    chapters = (chapter_entry(camera=CLOSE),)
    for other in (streets(Bounds(-76, -12, -75, -11)), streets(min_zoom=16)):
        assert "chapters/beginning/streets" in told(chapters=chapters, extracts=(other,))


def test_a_moment_comes_close_too() -> None:
    moments = (MomentEntry(event="meeting", camera=CLOSE),)
    assert "chapters/beginning/streets" in told(chapters=(chapter_entry(moments=moments),))


@pytest.mark.parametrize("setting", ["STORYMAP_TILES_URL", "STORYMAP_PMTILES_URL"])
def test_the_operator_s_tiles_are_streets_enough(settings: Any, setting: str) -> None:
    setattr(settings, setting, "/world.pmtiles")
    assert told(chapters=(chapter_entry(camera=CLOSE),)) == {}


def test_streets_lie_beyond_the_antimeridian() -> None:
    camera = Camera(center=LatLng(-16.8, -180.0), zoom=14)
    fiji = streets(Bounds(179.9, -17, 180.1, -16))
    assert "chapters/beginning/streets" not in told(chapters=(chapter_entry(camera=camera),), extracts=(fiji,))
