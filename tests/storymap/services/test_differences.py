"""What differs, word by word and field by field."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, strategies as st

from storymap.services.differences import differences, words_between
from tests.factories import chapter_entry, event_entry, story_file


def marked(before: str, after: str) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "come": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in words_between(before, after))


def test_words_are_the_unit() -> None:
    assert marked("They met in Lima.", "They met in Cusco.") == "They met in [-Lima-][+Cusco+]."


def test_scripts_without_spaces_are_compared_by_character() -> None:
    assert marked("大使公邸を占拠した。", "大使公邸に侵入した。") == "大使公邸[-を占拠-][+に侵入+]した。"


@given(st.text(alphabet="ab. 日\n", max_size=60), st.text(alphabet="ab. 日\n", max_size=60))
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "come") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


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
