"""The section and plan of the residence: its strokes are as sure as their events, its moments stand where it says."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Any

import pytest
from PIL import Image, ImageColor

import facts
import ink
import residence_sheet as sheet
from storymap.formats import archive
from storymap.stage import Frame, Spot
from storymap.story.storyfile import ChapterEntry, MomentEntry, StoryFile

KNOWN = facts.read()
TOLD_ON = {
    "under-the-floor": ("residence-in-siege", sheet.BEFORE),
    "preparations": ("residence-in-siege", sheet.BEFORE),
    "fifteen-twenty-three": ("residence-22-april", sheet.THE_DAY),
}
# They happened in newsrooms, in streets that no source names, in another city, or nowhere in particular.
NOT_ON_THE_SHEET = {
    *("la-republica-plan", "nyt-us-participation", "noise-cover", "vincent-hindsight"),
    *("scale-model-tunnels", "unit-named-chavin"),
}
SIZE = sheet.WIDTH, sheet.HEIGHT
needs_fonts = pytest.mark.skipif(not ink.FONTS.exists(), reason="the fonts come with `npm ci`")


@pytest.fixture(scope="module")
def lima() -> StoryFile:
    files = {f.relative_to(facts.STORY).as_posix(): f.read_bytes() for f in facts.STORY.rglob("*") if f.is_file()}
    return archive.story_in(files)[0]


@pytest.fixture(params=TOLD_ON)
def chapter(request: pytest.FixtureRequest, lima: StoryFile) -> ChapterEntry:
    return next(chapter for chapter in lima.chapters if chapter.slug == request.param)


def _spot(moment: MomentEntry) -> Spot:
    assert isinstance(moment.spot, Spot)
    return moment.spot


def test_moments_stand_where_the_drawing_has_them(chapter: ChapterEntry) -> None:
    stage, spots = TOLD_ON[chapter.slug]
    assert chapter.stage == stage
    for moment in chapter.moments:
        if moment.event in NOT_ON_THE_SHEET:
            assert not moment.spot and moment.event not in spots
        else:
            assert (_spot(moment).kind, _spot(moment).points) == sheet.fractions(spots[moment.event])


def test_no_spot_of_the_drawing_is_left_over(lima: StoryFile) -> None:
    told = {moment.event for chapter in lima.chapters if chapter.slug in TOLD_ON for moment in chapter.moments}
    assert told == {*sheet.BEFORE, *sheet.THE_DAY, *NOT_ON_THE_SHEET}
    for event in (*sheet.BEFORE, *sheet.THE_DAY):
        assert {KNOWN.events[event]["place"], *KNOWN.events[event].get("also_there", ())} & {
            "residence",
            "adjacent-houses",
        }


def test_where_people_died_is_told_by_no_source_and_drawn_nowhere() -> None:
    for event in ("raid-toll", "giusti-dies", "officers-die"):
        assert sheet.THE_DAY[event] is sheet.RESIDENCE


def test_a_camera_shows_what_it_is_about(chapter: ChapterEntry) -> None:
    for moment in chapter.moments:
        frame = moment.frame or chapter.frame
        if isinstance(frame, Frame) and moment.spot:
            for x, y in _spot(moment).points:
                assert frame.left <= x <= frame.right and frame.top <= y <= frame.bottom, moment.event


def test_no_pin_hides_another(chapter: ChapterEntry) -> None:
    """150 px of the sheet are 22 px of a phone that shows it whole; moments at one place share their pin."""
    anchors = {_spot(moment).anchor(SIZE) for moment in chapter.moments if moment.spot}
    for a, b in combinations(anchors, 2):
        assert math.hypot((a[0] - b[0]) * SIZE[0], (a[1] - b[1]) * SIZE[1]) > 150


@lru_cache
def _drawn(*, raid: bool, proven: str = "") -> Image.Image:
    """`proven`: an event that is taken for documented."""
    events = dict(KNOWN.events)
    if proven:
        events[proven] = {**events[proven], "status": "documented"}
    draw = sheet.on_the_day if raid else sheet.before
    return Image.open(io.BytesIO(draw(replace(KNOWN, events=events), "en"))).convert("RGB")


def _share_of_ink(image: Image.Image, a: tuple[float, float], b: tuple[float, float]) -> float:
    """How much of the way from a to b is drawn."""
    steps = 200
    points = [(round(a[0] + (b[0] - a[0]) * n / steps), round(a[1] + (b[1] - a[1]) * n / steps)) for n in range(steps)]
    dark: list[Any] = [image.getpixel(point) == ImageColor.getrgb(ink.INK) for point in points]
    return sum(dark) / steps


@needs_fonts
@pytest.mark.slow
@pytest.mark.parametrize("raid", [False, True])
def test_what_newspapers_and_witnesses_say_is_broken_and_what_is_documented_whole(raid: bool) -> None:
    gallery = (sheet.HOUSE_LEFT + 90, sheet.GALLERY[0]), (sheet.HOUSE_RIGHT - 50, sheet.GALLERY[0])
    neighbour = (sheet.NEIGHBOUR[0], 1560), (sheet.NEIGHBOUR[0], 1760)
    upper_floor = (sheet.HOUSE_LEFT + 10, sheet.FLOOR), (sheet.HOUSE_RIGHT - 10, sheet.FLOOR)
    image = _drawn(raid=raid)
    assert _share_of_ink(image, *upper_floor) > 0.85
    for event, line in ((sheet.DIGGING, gallery), (sheet.BEHIND, neighbour)):
        assert KNOWN.events[event]["status"] != "documented"
        assert 0.4 < _share_of_ink(image, *line) < 0.8
        assert _share_of_ink(_drawn(raid=raid, proven=event), *line) > 0.95


@needs_fonts
@pytest.mark.slow
def test_what_was_done_on_the_day_is_not_drawn_before() -> None:
    accent = ImageColor.getrgb(ink.ACCENT)
    assert accent not in set(_drawn(raid=False).get_flattened_data())
    assert accent in set(_drawn(raid=True).get_flattened_data())


def test_the_words_on_the_sheet_are_few_and_of_the_events() -> None:
    assert all(len(words["en"].split()) <= 7 for words in sheet.WORDS.values())
    assert "72 people" in KNOWN.events["hostages-freed"]["summary"]["en"]
    assert "football" in KNOWN.events["three-charges"]["summary"]["en"]
