"""An edition is cited in words, BibTeX and CSL-JSON; what a title says, reference managers read."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from places.references import read_reference
from storymap.pages.sharing import Cited, bibtex, csl_json, in_words
from tests.security.hostile import TEXTS

ADDRESS = "https://maps.example.org/stories/lima/echoes/"
TITLES = {**TEXTS, "tex": r"100% {of} \textbf{$5} & more #1 ~ ^ _x_", "plain": "Lima, 126 días"}


def cited(title: str = "Lima, 126 days", chapter: str = "", author: str = "Ana and Bea") -> Cited:
    day = date(2026, 11, 27)
    return Cited("lima", author, title, chapter, "Storymap", 3, day, ADDRESS, "en")


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", TITLES)
def test_bibtex_says_the_title_and_nothing_runs(name: str) -> None:
    """Our own reader, which undoes what TeX asks for, gets the same words back; every brace is closed."""
    title = plain(TITLES[name])[:150]
    text = bibtex(cited(title))
    fields = read_reference(text).fields
    assert (fields["title"].replace("ˆ", "^"), fields["url"], fields["issued"]) == (title, ADDRESS, "2026-11-27")
    bare = re.sub(r"\\[\\{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert set(re.findall(r"\\([a-z]+)", text)) <= {"textbackslash", "textasciitilde", "textasciicircum"}


@pytest.mark.parametrize("name", TITLES)
def test_csl_json_says_the_same(name: str) -> None:
    title = plain(TITLES[name])[:150]
    (item,) = json.loads(csl_json(cited(title, author=title)))
    assert (item["title"], item["author"], item["URL"], item["version"]) == (title, [{"literal": title}], ADDRESS, "3")
    assert item["issued"] == {"date-parts": [[2026, 11, 27]]}
    assert read_reference(csl_json(cited(title))).fields["title"] == title


def test_a_chapter_stands_in_its_story() -> None:
    (item,) = json.loads(csl_json(cited(chapter="Echoes abroad")))
    assert (item["title"], item["container-title"]) == ("Echoes abroad", "Lima, 126 days")
    assert "booktitle = {Lima, 126 days}" in bibtex(cited(chapter="Echoes abroad"))
    words = in_words(cited(chapter="Echoes abroad"), "Edition 3", "27 November 2026")
    assert words == (
        "Ana and Bea. “Echoes abroad”, Lima, 126 days. Storymap. Edition 3. 27 November 2026. " + ADDRESS + "."
    )
