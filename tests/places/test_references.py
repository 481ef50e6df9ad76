"""References as people paste them become the fields of a source, or a problem in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from places.features import is_storable
from places.models import SourceType
from places.models.base import validate_authors
from places.references import LONGEST, read_reference
from places.references.csl import BIBTEX, CSL
from places.when import parse

ARTICLE = r"""
@article{ogura1997,
  author   = {Garc{\'\i}a M{\'a}rquez, Gabriel and {World Bank} and Ludwig van Beethoven},
  title    = {The {L}ima crisis \& its end --- ma{\~n}ana},
  journal  = "El Comercio",
  year     = 1997,
  month    = apr,
  day      = 23,
  url      = {https://example.org/a%20b\_c},
  urldate  = {2020-01-02},
  langid   = {spanish},
}
"""
ITEM = {
    "type": "article-newspaper",
    "title": "Tomada la residencia",
    "author": [{"family": "Beethoven", "given": "L.", "non-dropping-particle": "van"}, {"literal": "Efe"}],
    "container-title": "El País",
    "issued": {"date-parts": [[1996, 12, 18]]},
    "accessed": {"date-parts": [["2020", "1"]]},
    "URL": "https://elpais.example/a",
    "language": "es",
}


def fields(text: str) -> dict[str, Any]:
    reading = read_reference(text)
    assert reading.problem == ""
    return reading.fields


def test_bibtex_is_read_with_its_latex_decoded() -> None:
    assert fields(ARTICLE) == {
        "type": "article-journal",
        "title": "The Lima crisis & its end — mañana",
        "author": [
            {"family": "García Márquez", "given": "Gabriel"},
            {"literal": "World Bank"},
            {"family": "van Beethoven", "given": "Ludwig"},
        ],
        "container": "El Comercio",
        "issued": "1997-04-23",
        "accessed": "2020-01-02",
        "url": "https://example.org/a%20b_c",
        "language": "es",
    }


def test_csl_json_is_read() -> None:
    expected = {
        "type": "article-newspaper",
        "title": "Tomada la residencia",
        "author": [{"family": "van Beethoven", "given": "L."}, {"literal": "Efe"}],
        "container": "El País",
        "issued": "1996-12-18",
        "accessed": "2020-01",
        "url": "https://elpais.example/a",
        "language": "es",
    }
    assert fields(json.dumps(ITEM)) == expected
    assert fields(json.dumps([ITEM])) == expected


@pytest.mark.parametrize(
    ("issued", "edtf"),
    [
        ({"date-parts": [[1997]]}, "1997"),
        ({"date-parts": [[1997, 4]], "circa": True}, "1997-04~"),
        ({"date-parts": [[1996, 12, 17], [1997, 4, 22]]}, "1996-12-17/1997-04-22"),
        ({"date-parts": [[1997]], "season": 1}, "1997-21"),
        ({"raw": "22 April 1997"}, "1997-04-22"),
        ({"literal": "about January 1997"}, "1997-01~"),
        ("1997-04", "1997-04"),
    ],
)
def test_dates_of_csl_become_edtf(issued: Any, edtf: str) -> None:
    assert fields(json.dumps({"title": "A", "type": "book", "issued": issued}))["issued"] == edtf


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("year = {1997}", "1997"),
        ("year = 1997, month = 4", "1997-04"),
        ("year = 1997, month = {April}", "1997-04"),
        ("year = {c. 1997}", "1997~"),
        ("date = {1996-12-17/1997-04-22}", "1996-12-17/1997-04-22"),
        ("year = 1997, month = {Pisces}", "1997"),
    ],
)
def test_dates_of_bibtex_become_edtf(written: str, edtf: str) -> None:
    assert fields(f"@book{{k, title = {{A}}, {written}}}")["issued"] == edtf


def test_an_unknown_type_is_said_with_its_line_and_the_rest_is_kept() -> None:
    reading = read_reference('{\n"title": "A",\n"type": "papyrus"}')
    assert reading.fields == {"title": "A", "type": "document"}
    assert reading.notes == ("Line 3: the type “papyrus” is not known, “document” is taken.",)
    reading = read_reference("\n\n@papyrus{k, title = {A}}")
    assert reading.fields == {"title": "A", "type": "document"}
    assert reading.notes[0].startswith("Line 3: the type “papyrus”")


def test_a_date_that_is_none_is_said_with_its_line_and_the_rest_is_kept() -> None:
    reading = read_reference("@book{k,\n title = {A},\n date = {next Tuesday}\n}")
    assert reading.fields == {"title": "A", "type": "book"}
    assert reading.notes[0].startswith("Line 3: “next Tuesday” is not understood as a date.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"title": "A",\n "author" ]', "Line 2, sign 11: this is not JSON"),
        ("\n@book{k, title = {A", "The entry that begins in line 2 is not whole"),
        ("@book{k, title {A}}", "The entry that begins in line 1 is not whole"),
        ("{}", "no title"),
        ("[]", "an item or a list of items"),
        ('{"a":' * 30_000, "nested too deeply"),
        ('{"title": ' + "9" * 10_000 + "}", "number is too long"),
        ("TY  - JOUR\nER  -", "RIS"),
        ("x" * 3000, "too long for one reference"),
        ("x" * (LONGEST + 1), "at most 200 kB"),
        ("", "Paste a reference"),
        ("((((", "nothing to read"),
        ("http://[", "no web address"),
    ],
)
def test_what_cannot_be_read_gets_a_problem_with_its_line(text: str, said: str) -> None:
    reading = read_reference(text)
    assert said in reading.problem
    assert reading.fields == {}


def test_of_several_references_the_first_is_read_and_the_others_are_counted() -> None:
    assert read_reference(json.dumps([ITEM, ITEM, ITEM])).notes[0].startswith("2 more references were left out")
    assert read_reference(ARTICLE + "@book{b, title={B}}").notes[0].startswith("1 more reference was left out")


def test_an_address_alone_fills_where_and_asks_for_the_title() -> None:
    reading = read_reference(" https://www.elcomercio.example/lima?a=1 ")
    assert reading.fields == {
        "url": "https://www.elcomercio.example/lima?a=1",
        "container": "elcomercio.example",
        "type": "webpage",
    }
    assert "title" in reading.notes[0]


def test_a_kept_copy_tells_the_address_it_is_a_copy_of() -> None:
    kept = "https://web.archive.org/web/20000101000000/http://a.example/b"
    told = fields(f"A title, {kept}")
    assert (told["url"], told["archived_url"]) == ("http://a.example/b", kept)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ogura, Hidetaka. “The fall of Lima.” El Comercio, 23 April 1997.",
            ([{"family": "Ogura", "given": "Hidetaka"}], "The fall of Lima", "El Comercio", "1997-04-23"),
        ),
        (
            "Vargas Llosa, M. (1993). El pez en el agua. Seix Barral.",
            ([{"family": "Vargas Llosa", "given": "M."}], "El pez en el agua", "Seix Barral", "1993"),
        ),
        ("«La toma», El País, 18 de diciembre de 1996", (None, "La toma", "El País", "1996-12-18")),
        ("小倉英敬『封殺された対話』平凡社、2000年", ([{"literal": "小倉英敬"}], "封殺された対話", "平凡社", "2000")),
        (
            "“A gear”, Journal of Wheels, 1201-1245, May 1997",
            (None, "A gear", "Journal of Wheels, 1201-1245", "1997-05"),
        ),
        ("What nobody can take apart", (None, "What nobody can take apart", None, None)),
    ],
)
def test_a_line_of_text_is_taken_apart_where_it_is_clear(text: str, told: tuple) -> None:
    read = fields(text)
    assert tuple(read.get(name) for name in ("author", "title", "container", "issued")) == told


def test_no_file_of_the_server_is_read_for_latex() -> None:
    assert fields(r"@book{k, title = {A \input{/etc/passwd} B}}")["title"] == "A B"


def test_every_type_leads_to_one_that_a_source_can_have() -> None:
    assert set(SourceType.values) == CSL
    assert set(BIBTEX.values()) <= CSL


PIECES = st.lists(
    st.sampled_from([*'{}[]"@,=#()%\\$&~:; \n', "@book{", "@string{a=b}", "title", '{"title":', "date-parts", "1997"])
    | st.text(max_size=4)
).map("".join)


@given(st.text() | PIECES | PIECES.map(lambda text: f"@misc{{k, title = {{{text}}}, author = {{{text}}}}}"))
def test_any_text_gives_storable_fields_or_a_problem(text: str) -> None:
    check(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ITEM, "date-parts"]), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(ITEM)), JSON) | JSON)
def test_any_json_gives_storable_fields_or_a_problem(value: Any) -> None:
    check(json.dumps(value))


def check(text: str) -> None:
    reading = read_reference(text)
    assert bool(reading.fields) != bool(reading.problem)
    assert is_storable(reading.fields) and is_storable(list(reading.notes))
    assert reading.fields.get("type", "book") in CSL
    validate_authors([name for name in reading.fields.get("author", []) if all(len(t) <= 200 for t in name.values())])
    for name in ("issued", "accessed"):
        parse(reading.fields.get(name, "1997"))
