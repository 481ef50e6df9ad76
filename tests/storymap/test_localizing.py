"""A story file seen in one language."""

from __future__ import annotations

from dataclasses import replace

from places.geo import Camera, LatLng
from storymap.story.document import PictureFile, from_json
from storymap.story.localizing import localize
from storymap.story.storyfile import (
    AudioEntry,
    Author,
    CitationEntry,
    Focus,
    IllustrationEntry,
    Involvement,
    MomentEntry,
    PersonEntry,
    to_json,
)
from tests.factories import chapter_entry, event_entry, place_entry, source_entry, story_file

FILES = (PictureFile(name="small.webp", width=480, height=320), PictureFile(name="large.webp", width=960, height=640))


def test_what_no_chapter_tells_stands_apart() -> None:
    told = event_entry(also_there=("station",))
    untold = event_entry("untold", place="cellar", citations=(CitationEntry(source="secret"),))
    places = tuple(place_entry(slug) for slug in ("square", "station", "cellar", "spare"))
    story = story_file(events=(told, untold), places=places, sources=(source_entry(), source_entry("secret")))
    document = localize(story, "en", {})
    assert list(document.events) == ["meeting"]
    assert list(document.places) == ["square", "station"]
    assert list(document.sources) == ["gazette"]
    also = document.also_recorded
    assert also and (list(also.places), list(also.sources)) == (["cellar"], ["secret"])
    assert [event.slug for event in document.listed] == ["untold"]
    whole = document.with_record()
    assert (set(whole.events), len(whole.places), len(whole.sources)) == ({"meeting", "untold"}, 3, 2)
    assert "spare" not in to_json(document).decode()


def test_what_no_chapter_tells_is_in_order_of_date() -> None:
    dates = {"later": "2001", "undated": "", "first": "1991-11-03", "open": "../1995"}
    listed = tuple(event_entry(slug, date=date) for slug, date in dates.items())
    document = from_json(to_json(localize(story_file(events=(event_entry(), *listed)), "en", {})))
    assert [event.slug for event in document.listed] == ["first", "open", "later", "undated"]


def test_a_document_from_before_has_nothing_beside_its_chapters_and_is_the_same_to_the_byte() -> None:
    text = to_json(from_json(to_json(localize(story_file(), "en", {}))))
    assert b"also_recorded" not in text
    document = from_json(text)
    assert document.listed == () and document.with_record() is document
    assert to_json(document) == text


def test_a_document_comes_back_from_its_json() -> None:
    camera = Camera(center=LatLng(1, 2), zoom=3)
    document = localize(story_file(chapters=(chapter_entry(camera=camera),)), "en", {})
    assert from_json(to_json(document)) == document
    assert document.chapter("beginning") is document.chapters[0]
    assert document.chapter("nothing") is None


def test_people_and_their_parts_are_named_with_the_fallback_recorded_once() -> None:
    people = (PersonEntry(slug="ana", name={"en": "Ana"}),)
    events = tuple(
        event_entry(slug, people=(Involvement(person="ana", role={"ja": "証人"}),)) for slug in ("meeting", "b")
    )
    moments = tuple(replace(chapter_entry().moments[0], event=event.slug) for event in events)
    document = localize(story_file(people=people, events=events, chapters=(chapter_entry(moments=moments),)), "ja", {})
    (person,) = document.events["b"].people
    assert (person.name, person.role) == ("Ana", "証人")
    assert document.fallbacks.count("people/ana") == 1


def test_areas_are_named_in_the_readers_language() -> None:
    properties = {"name": "The park", "name:es": "El parque", "note:ja": "公園"}
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [0, 0]}, "properties": properties}
    overlay = {"type": "FeatureCollection", "features": [feature, {**feature, "properties": None}]}
    story = story_file(chapters=(chapter_entry(overlay=overlay),))
    seen = {language: localize(story, language, {}).chapters[0].overlay for language in ("en", "es", "ja")}
    assert [o["features"][0]["properties"] for o in seen.values() if o] == [
        {"name": "The park"},
        {"name": "El parque"},
        {"name": "The park", "note": "公園"},
    ]


def test_a_picture_has_its_widths_and_words_and_a_decorative_one_no_alternative() -> None:
    entry = IllustrationEntry(
        slug="view", file={"en": "large.webp"}, alt={"en": "A view"}, credit="Ana", licence="CC0-1.0"
    )
    story = story_file(chapters=(chapter_entry(illustration="view"),), illustrations=(entry,))
    shown = localize(story, "en", {"large.webp": FILES}).chapters[0].illustration
    assert shown and (shown.files, shown.alt, shown.credit) == (FILES, "A view", "Ana")
    decorative = replace(story, illustrations=(replace(entry, decorative=True),))
    quiet = localize(decorative, "en", {"large.webp": FILES}).chapters[0].illustration
    assert quiet and quiet.alt == ""
    assert localize(story, "en", {}).chapters[0].illustration is None


def test_copies_in_other_formats_stand_beside_the_widths_and_the_focal_point_comes_along() -> None:
    entry = IllustrationEntry(slug="view", file={"en": "large.webp"}, focus=Focus(x=0.2, y=0.7))
    story = story_file(chapters=(chapter_entry(illustration="view"),), illustrations=(entry,))
    copies = (PictureFile(name="large.avif", width=960, height=640), PictureFile(name="large.jpg", width=960, height=9))
    shown = localize(story, "en", {"large.webp": (*FILES, *copies)}).chapters[0].illustration
    assert shown and (shown.files, shown.copies, shown.focus) == (FILES, copies, entry.focus)
    plain = localize(story, "en", {"large.webp": FILES}).chapters[0].illustration
    assert plain and not plain.copies


def test_a_voice_is_never_borrowed_from_another_language() -> None:
    story = story_file(chapters=(chapter_entry(audio=AudioEntry(file={"en": "one.mp3"}, transcript={"es": "Nada"})),))
    spoken = localize(story, "en", {}).chapters[0].audio
    assert spoken and (spoken.file, spoken.transcript, spoken.captions) == ("one.mp3", "", "")
    assert localize(story, "es", {}).chapters[0].audio is None


def test_authors_of_sources_are_joined_for_reading() -> None:
    authors = (Author(family="Ogura", given="Hidetaka"), Author(literal="The Commission"), Author(family="Ana"))
    document = localize(story_file(sources=(source_entry(author=authors),)), "en", {})
    assert document.sources["gazette"].author == "Ogura, Hidetaka; The Commission; Ana"


def test_a_season_has_the_days_of_its_place() -> None:
    places = (place_entry(), place_entry("park", lat=51.5, lng=0.0))
    winters = (event_entry(date="1915-24"), event_entry("skating", date="1915-24", place="park"))
    story = story_file(
        places=places,
        events=winters,
        chapters=(chapter_entry(moments=tuple(MomentEntry(event=e.slug) for e in winters)),),
    )
    days = {event.slug: (event.earliest, event.latest) for event in localize(story, "en", {}).events.values()}
    assert days == {"meeting": ("1915-06-01", "1915-09-23"), "skating": ("1914-12-01", "1916-03-21")}
