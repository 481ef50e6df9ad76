"""What may be asked, and what is said to whoever asks otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, strategies as st

from places.dates.days import day_number
from places.models import ClaimStatus
from storymap.api.parameters import READERS, STATUSES, Asked, BadParameter, read_parameters


def understood(text: str) -> Asked:
    query = QueryDict(text)
    return read_parameters(query, query.getlist, tuple(READERS))


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("lang=es", "lang", "es"),
        ("edition=12", "edition", 12),
        ("page=3", "page", 3),
        ("limit=100", "limit", 100),
        ("bbox=-77.1,-12.2,-76.9,-12", "bbox", ((-77.1, -12.2, -76.9, -12.0),)),
        ("bbox=1e1,-0,1.5E1,0", "bbox", ((10.0, 0.0, 15.0, 0.0),)),
        ("bbox=170,-10,-170,10", "bbox", ((170.0, -10.0, 180.0, 10.0), (-180.0, -10.0, -170.0, 10.0))),
        ("from=1996-12", "since", day_number("1996-12-01")),
        ("until=1996-12", "until", day_number("1996-12-31")),
        ("from=1997-10/..", "since", day_number("1997-10-01")),
        ("until=1996~", "until", day_number("1996-12-31")),
        ("from=-0043", "since", day_number("-0043-01-01")),
        ("until=199X", "until", day_number("1999-12-31")),
        ("status=alleged,denied", "status", frozenset({"alleged", "denied"})),
        ("from=1996-12-17&until=1996-12-17", "until", day_number("1996-12-17")),
    ],
)
def test_understood(text: str, name: str, value: Any) -> None:
    assert getattr(understood(text), name) == value


@pytest.mark.parametrize(
    ("text", "parameter", "said"),
    [
        ("Bbox=1,2,3,4", "Bbox", "Known here: lang, edition"),
        ("lang=en&lang=es", "lang", "once"),
        ("lang=", "lang", "en, es, ja"),
        ("lang=EN", "lang", "en, es, ja"),
        ("edition=0", "edition", "from 1"),
        ("edition=²", "edition", "from 1"),
        ("edition=9999999999", "edition", "from 1"),
        ("page=-1", "page", "from 1"),
        ("limit=101", "limit", "from 1 to 100"),
        ("bbox=1,2,3", "bbox", "west,south,east,north"),
        ("bbox=", "bbox", "west,south,east,north"),
        ("bbox=a,b,c,d", "bbox", "west,south,east,north"),
        ("bbox=1,2,nan,inf", "bbox", "west,south,east,north"),
        ("bbox=1,2,3,１", "bbox", "west,south,east,north"),
        ("bbox=1,2,0,3,4,100", "bbox", "four numbers"),
        ("bbox=-12.2,-77.1,-12,-276.9", "bbox", "from -90 to 90"),
        ("bbox=1,1e400,2,3", "bbox", "from -90 to 90"),
        ("bbox=1,5,2,3", "bbox", "South lies above north"),
        ("from=yesterday", "from", "1996-12-17"),
        ("from=1996-13", "from", "1996-12-17"),
        ("from=", "from", "1996-12-17"),
        ("from=../1996", "from", "no beginning"),
        ("until=1996/..", "until", "no end"),
        ("until=1996-02-30", "until", "1996-12-17"),
        ("from=1997&until=1996", "until", "ends before"),
        ("status=true", "status", "documented,reported"),
        ("status=", "status", "documented,reported"),
        ("status=alleged,", "status", "documented,reported"),
    ],
)
def test_refused_by_name_with_what_to_write(text: str, parameter: str, said: str) -> None:
    with pytest.raises(BadParameter) as caught:
        understood(text)
    assert caught.value.more == {"parameter": parameter}
    assert said in caught.value.detail


@given(st.dictionaries(st.sampled_from(sorted(READERS)), st.text(max_size=80)))
def test_any_text_is_understood_or_refused(given_texts: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(given_texts)
    try:
        found = read_parameters(query, query.getlist, tuple(READERS))
    except BadParameter as problem:
        assert problem.more["parameter"] in given_texts
    else:
        assert dict(found.given) == given_texts


def test_statuses_are_those_of_events() -> None:
    assert list(STATUSES) == ClaimStatus.values
