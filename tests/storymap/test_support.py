"""On what a statement rests: the number and the kinds of its sources."""

from __future__ import annotations

import pytest

from places.models.source import SourceType
from storymap.story.document import PRIMARY_TYPES, REFERENCE_TYPES, Support, support_of
from storymap.story.storyfile import CitationEntry
from tests.factories import source_entry


@pytest.mark.parametrize(
    ("types", "support"),
    [
        ((), "none"),
        (("article-newspaper",), "one-secondary"),
        (("entry-encyclopedia",), "one-secondary"),
        (("webpage",), "one-secondary"),
        (("legal_case",), "primary"),
        (("report",), "primary"),
        (("entry-encyclopedia", "legal_case"), "primary"),
        (("entry-encyclopedia", "article-newspaper"), "several"),
        (("book", "article-newspaper"), "several"),
        (("entry-encyclopedia", "entry-dictionary"), "reference-works"),
    ],
)
def test_a_statement_rests_on_what_it_cites(types: tuple[str, ...], support: str) -> None:
    sources = {f"source-{n}": source_entry(f"source-{n}", type=kind) for n, kind in enumerate(types)}
    citations = [CitationEntry(source=slug) for slug in sources]
    assert support_of(citations, sources) == support


def test_one_source_cited_twice_is_one_source() -> None:
    twice = [CitationEntry(source="gazette", locator="1"), CitationEntry(source="gazette", locator="2")]
    assert support_of(twice, {"gazette": source_entry(type="webpage")}) is Support.ONE_SECONDARY


def test_the_kinds_are_types_that_sources_can_have() -> None:
    assert set(SourceType.values) >= PRIMARY_TYPES | REFERENCE_TYPES
    assert not PRIMARY_TYPES & REFERENCE_TYPES
