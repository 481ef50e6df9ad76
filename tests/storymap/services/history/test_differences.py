"""What differs, word by word and field by field."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from storymap.services.history.differences import LARGEST, Piece, differences, shortened, words_between
from storymap.story.storyfile import Journey
from tests.factories import chapter_entry, event_entry, story_file


def marked(before: str, after: str) -> str:
    marks = {"same": "{}", "del": "[-{}-]", "ins": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in words_between(before, after))


def test_words_are_the_unit() -> None:
    assert marked("They met in Lima.", "They met in Cusco.") == "They met in [-Lima-][+Cusco+]."


def test_scripts_without_spaces_are_compared_by_character() -> None:
    assert marked("大使公邸を占拠した。", "大使公邸に侵入した。") == "大使公邸[-を占拠-][+に侵入+]した。"


@given(st.text(alphabet="ab. 日\n", max_size=60), st.text(alphabet="ab. 日\n", max_size=60))
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == after


def test_ten_thousand_words_are_compared_in_few_steps() -> None:
    """Of a long text only the sentences that differ are compared by word."""
    chance = random.Random(7)
    words = [chance.choice(["of", "the", *(f"w{n}" for n in range(200))]) for _ in range(10_000)]
    text = "".join(f"{word}. " if n % 12 == 11 else f"{word} " for n, word in enumerate(words))
    changed = text.replace(words[5000], "other", 1)
    pieces = words_between(text, changed)
    assert sum(len(piece.text) for piece in pieces if piece.kind != "same") < 20


def test_a_story_differs_in_named_fields_of_named_parts() -> None:
    before = story_file(chapters=(chapter_entry(), chapter_entry("ending")))
    changed = replace(before.events[0], title={"en": "A meeting", "es": "Una reunión"})
    after = story_file(chapters=(chapter_entry("ending"), chapter_entry()), events=(changed, event_entry("new")))
    found = {(p.verb, p.kind, p.slug): {(f.name, f.language) for f in p.fields} for p in differences(before, after)}
    assert found[("changed", "story", "a-story")] == {("order of chapters", "")}
    assert found[("changed", "events", "meeting")] == {("title", "es")}
    assert ("added", "events", "new") in found
    assert len(found) == 3


def test_equal_stories_do_not_differ() -> None:
    assert differences(story_file(), story_file()) == []


def test_several_changed_words_are_one_change() -> None:
    assert marked("A view", "Bea wrote") == "[-A view-][+Bea wrote+]"


WORDS = st.lists(st.sampled_from(["the", "a", "siege", " ", "\n", "大使", "公邸", ",", "e\u0301"]), max_size=30).map(
    "".join
)


def side(pieces: Sequence[Piece], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(WORDS, WORDS)
def test_equal_texts_and_only_they_have_no_difference(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert (side(pieces, "same", "del"), side(pieces, "same", "ins")) == (before, after)
    assert (before == after) == all(piece.kind == "same" for piece in pieces)


def test_what_stayed_surrounds_what_changed() -> None:
    assert list(words_between("Fourteen men enter.", "Fourteen people enter.")) == [
        Piece("same", "Fourteen "),
        Piece("del", "men"),
        Piece("ins", "people"),
        Piece("same", " enter."),
    ]


def test_a_lone_character_may_take_the_place_of_several() -> None:
    assert [p.text for p in words_between("大使公邸", "大使館") if p.kind != "same"] == ["公邸", "館"]


def test_texts_that_have_too_much_to_compare_are_shown_whole() -> None:
    old, new = "a " * LARGEST, "b"
    assert list(words_between(old, new)) == [Piece("del", old), Piece("ins", new)]


def test_long_stretches_that_stayed_are_cut_beside_the_change_only() -> None:
    same = " ".join(f"word{n}" for n in range(60))
    first, _gone, last = shortened([Piece("same", same), Piece("del", same), Piece("same", same)])
    assert first.text.startswith(" … ") and first.text.endswith("word59")
    assert last.text.startswith("word0 ") and last.text.endswith(" … ")
    assert _gone.text == same


@pytest.mark.parametrize(
    ("language", "words"), [("en", "December 1996"), ("es", "diciembre de 1996"), ("ja", "1996年12月")]
)
def test_dates_are_compared_in_words(language: str, words: str) -> None:
    journey, stops = event_entry(journey=Journey(stops=("square", "port"))), ("square", "port")
    after = event_entry(date="1996-12", journey=Journey(stops=stops, date="1996-12"))
    with override(language):
        (part,) = differences(story_file(events=(journey,)), story_file(events=(after,)))
    texts = {field.name: "".join(p.text for p in field.pieces if p.kind != "del") for field in part.fields}
    assert texts["date"] == words
    assert words in texts["journey"] and "1996-12" not in texts["journey"]


def test_what_was_no_date_in_an_old_revision_is_shown_as_it_is() -> None:
    (part,) = differences(story_file(events=(event_entry(date="long ago"),)), story_file())
    assert "long ago" in "".join(piece.text for piece in part.fields[0].pieces)
