"""The word diff: both texts can be read out of it, and it names the words that changed."""

from __future__ import annotations

from hypothesis import given, strategies as st

from storymap.editing.differences import LARGEST, Piece, shortened, words_changed

WORDS = st.lists(st.sampled_from(["the", "a", "siege", " ", "\n", "大使", "公邸", ",", "e\u0301"]), max_size=30).map(
    "".join
)


def side(pieces: list[Piece], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    pieces = words_changed(before, after)
    assert (side(pieces, "same", "del"), side(pieces, "same", "ins")) == (before, after)
    assert (before == after) == all(piece.kind == "same" for piece in pieces)


def test_a_word_is_the_unit() -> None:
    assert words_changed("Fourteen men enter.", "Fourteen people enter.") == [
        Piece("same", "Fourteen "),
        Piece("del", "men"),
        Piece("ins", "people"),
        Piece("same", " enter."),
    ]


def test_a_script_without_spaces_is_compared_sign_by_sign() -> None:
    assert [p.text for p in words_changed("大使公邸", "大使館") if p.kind != "same"] == ["公邸", "館"]


def test_texts_that_have_too_much_to_compare_are_shown_whole() -> None:
    old, new = "a " * LARGEST, "b"
    assert words_changed(old, new) == [Piece("del", old), Piece("ins", new)]


def test_long_stretches_that_stayed_are_cut_beside_the_change_only() -> None:
    same = " ".join(f"word{n}" for n in range(60))
    first, _gone, last = shortened([Piece("same", same), Piece("del", same), Piece("same", same)])
    assert first.text.startswith(" … ") and first.text.endswith("word59")
    assert last.text.startswith("word0 ") and last.text.endswith(" … ")
    assert _gone.text == same
