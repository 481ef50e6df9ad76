"""On what a statement rests, told from its citations whenever it is shown, so that old editions say it too. Pure.

Sources are known by their CSL 1.0.2 item types. Primary are the types of documents that are themselves part of what
is told: decisions, laws, hearings, official and other reports, letters, speeches, interviews, recordings, pictures,
manuscripts, data. All others retell: newspapers, books, web pages; and reference works, which retell those. A type
says what a document is, not whether it is right; a web page with a primary document on it has that document's type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

PRIMARY_TYPES = frozenset(
    {
        *("bill", "hearing", "legal_case", "legislation", "regulation", "treaty", "patent", "standard"),
        *("report", "document", "collection", "manuscript", "dataset", "pamphlet"),
        *("interview", "personal_communication", "speech", "broadcast", "performance", "event"),
        *("figure", "graphic", "map", "motion_picture", "song", "musical_score", "software"),
    }
)
REFERENCE_TYPES = frozenset({"entry", "entry-dictionary", "entry-encyclopedia"})


class Support(StrEnum):
    PRIMARY = "primary"  # a primary document at least
    SEVERAL = "several"  # several sources, none of them primary
    ONE_SECONDARY = "one-secondary"  # all citations are of one source, which is not primary
    REFERENCE_WORKS = "reference-works"  # several sources, all of them reference works
    NONE = "none"  # nothing is cited


THIN = frozenset({Support.ONE_SECONDARY, Support.REFERENCE_WORKS, Support.NONE})


class Cites(Protocol):
    @property
    def source(self) -> str: ...  # slug


class Typed(Protocol):
    @property
    def type(self) -> str: ...  # CSL 1.0.2


def support_of(citations: Iterable[Cites], sources: Mapping[str, Typed]) -> Support:
    """`sources` by slug."""
    types = {citation.source: sources[citation.source].type for citation in citations}
    if not types:
        return Support.NONE
    if PRIMARY_TYPES & set(types.values()):
        return Support.PRIMARY
    if len(types) == 1:
        return Support.ONE_SECONDARY
    return Support.REFERENCE_WORKS if set(types.values()) <= REFERENCE_TYPES else Support.SEVERAL
