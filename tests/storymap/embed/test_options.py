"""What the address of an embed may ask for."""

from __future__ import annotations

import pytest

from storymap.pages.embed_options import BadOption, Options, options_of

LANGUAGES = ("en", "es")


def test_nothing_asked_for_is_the_newest_edition_with_its_map_on_top() -> None:
    assert options_of({}, LANGUAGES) == Options("auto", "top", "", "", ("", ""), 0)


def test_every_option_is_read() -> None:
    asked = {"theme": "dark", "map": "left", "lang": "es", "start": "a-1", "chapters": "a..b-c", "edition": "12"}
    assert options_of(asked, LANGUAGES) == Options("dark", "left", "es", "a-1", ("a", "b-c"), 12)


@pytest.mark.parametrize("name", ["childId", "utm_source", "THEME", "", "resize", "initialWidth"])
def test_unknown_names_are_left_alone(name: str) -> None:
    assert options_of({name: "<b>"}, LANGUAGES) == Options()


BAD = [
    *(("theme", value) for value in ("", "pink", "Dark", "dark ", "auto\0")),
    *(("map", value) for value in ("", "bottom", "top,left")),
    *(("lang", value) for value in ("", "fr", "EN", "../en")),
    *(("start", value) for value in ("", "A", "a b", "-a", "a--b", "a/b", "<b>", "é", "a" * 121)),
    *(("chapters", value) for value in ("", "a", "..", "a..", "..b", "a.b", "a..b..c", "a...b", "A..B", "a..<b>")),
    *(("edition", value) for value in ("", "0", "-1", "1.0", "01", "²", "１", "1e3", "9" * 7, "x")),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_value_that_an_option_cannot_have_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(BadOption) as refused:
        options_of({name: value}, LANGUAGES)
    assert refused.value.name == name
    assert refused.value.why and "<b>" not in refused.value.why


def test_as_a_query_only_what_is_unusual_is_said() -> None:
    assert Options().query() == ""
    assert Options(theme="auto", map="top", lang="es").query() == ""
    full = Options("dark", "none", "", "x", ("a", "b"), 3)
    assert full.query() == "?theme=dark&map=none&start=x&chapters=a..b&edition=3"
    assert full.query(start="y") == "?theme=dark&map=none&start=y&chapters=a..b&edition=3"
    assert options_of({"start": "a"}, LANGUAGES).query(start="") == ""
