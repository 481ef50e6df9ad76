"""The picture of a shared link: its size, and that what is written on it is there, fits, and is only text."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st
from PIL import Image, ImageChops

from storymap.maps.card import PANEL, SIZE, CardWords, card
from storymap.maps.sheet import NOT_FIRST, Style, drawable, lines, width
from tests.factories_documents import LIMA, make_chapter, make_event, make_place, make_story
from tests.security.hostile import TEXTS

WORDS = CardWords("Storymap", "A reception", "17 December 1996", ("1  The square",), "Map: Natural Earth")
STORY = make_story((make_chapter("one", ("e",)),), (make_event("e"),), (make_place(at=LIMA),))
STYLE = Style(40, bold=True)


def drawn(words: CardWords, chapter: str = "") -> Image.Image:
    image = Image.open(io.BytesIO(card(STORY, chapter, words)))
    assert (image.format, image.size) == ("PNG", SIZE)
    return image.convert("RGB")


def differs(a: Image.Image, b: Image.Image) -> tuple[int, int, int, int] | None:
    """Where; not where the few colours of the file only come out a little differently."""
    return ImageChops.difference(a, b).convert("L").point(lambda value: 255 * (value > 60)).getbbox()


@pytest.mark.parametrize("field", ["above", "title", "dates", "foot"])
def test_each_of_the_words_is_on_the_panel_and_nowhere_else(field: str) -> None:
    changed = differs(drawn(WORDS), drawn(replace(WORDS, **{field: "漢字と Ñandú"})))
    assert changed is not None and changed[2] < PANEL


def test_story_and_chapter_have_maps_of_their_own_beside_the_same_words() -> None:
    changed = differs(drawn(WORDS), drawn(WORDS, "one"))
    assert changed is not None and changed[0] >= PANEL
    with pytest.raises(KeyError):
        card(STORY, "two", WORDS)


@pytest.mark.slow
@pytest.mark.parametrize("title", ["", "😀", "W" * 200, "word " * 40, "長" * 200, *list(TEXTS.values())[:12]])
def test_whatever_the_title_is_it_stays_on_the_panel(title: str) -> None:
    changed = differs(drawn(WORDS), drawn(replace(WORDS, title=title)))
    assert changed is None or changed[2] <= PANEL - 6


@pytest.mark.parametrize("character", "日〜―ñéßŁЖΩ…")
def test_a_character_is_drawn_as_itself(character: str) -> None:
    assert drawable(character) == character
    assert differs(drawn(replace(WORDS, title=character)), drawn(replace(WORDS, title="￿"))) is not None


def test_what_no_typeface_has_is_left_out() -> None:
    assert drawable("Lima 😀\u202e 1996\x07\n") == "Lima 1996"


@pytest.mark.slow
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=120), st.integers(1, 4))
def test_lines_fit_the_room_and_are_not_too_many(text: str, most: int) -> None:
    found = lines(text, STYLE, 300, most)
    assert len(found) <= most
    assert all(width(line, STYLE) <= 300 for line in found)


def test_japanese_is_parted_between_characters_and_no_line_begins_with_a_full_stop() -> None:
    found = lines("日本大使公邸、占拠事件。" * 4, STYLE, 300, 9)
    assert len(found) > 3 and "".join(found) == "日本大使公邸、占拠事件。" * 4
    assert not any(line[0] in NOT_FIRST for line in found)


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    assert lines("one two three four five six seven eight", STYLE, 200, 2)[-1].endswith("…")
