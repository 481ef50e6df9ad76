"""Events: what can be checked about them must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from places.models import ClaimStatus
from storymap.story.document import THIN, support_of
from storymap.story.problem import Parts, Problem, missing, warning
from storymap.story.storyfile import EventEntry, StoryFile

# ids that pages use themselves
_OF_THE_PAGE = re.compile(r"story|words|fuzzy|axis-break|also-in-the-record|(chapter|title|when|shape)-.*")


def event_problems(event: EventEntry, story: StoryFile, parts: Parts) -> Iterator[Problem]:
    where = f"events/{event.slug}"
    if _OF_THE_PAGE.fullmatch(event.slug):
        taken = _("This name is taken by the page itself: an address could not lead to the event.")
        yield Problem(f"{where}/slug", taken)
    if parts.told[event.slug] > 1:
        yield Problem(f"{where}/slug", _("is narrated in two chapters: an address can lead to one of them only"))
    yield from missing(event.title, f"{where}/title", story)
    if event.summary:
        yield from missing(event.summary, f"{where}/summary", story)
    if not event.citations:
        yield Problem(f"{where}/citations", _("has no source"))
    yield from _thin(event, where, parts)
    if event.status != ClaimStatus.DOCUMENTED:
        yield from _unattributed(event, where, story)


def _thin(event: EventEntry, where: str, parts: Parts) -> Iterator[Problem]:
    """“Documented” promises more than one retelling. Of a claim the attribution says already whose it is."""
    known = [citation for citation in event.citations if citation.source in parts.sources]
    if event.status == ClaimStatus.DOCUMENTED and known and support_of(known, parts.sources) in THIN:
        what = _("is documented, and rests on one secondary source: cite another, or say who reports it")
        yield warning(f"{where}/citations", what)


def _unattributed(event: EventEntry, where: str, story: StoryFile) -> Iterator[Problem]:
    if event.attributed_to.get(story.default_language):
        yield from missing(event.attributed_to, f"{where}/attributed_to", story)
        return
    what = _("is %(status)s: say by whom") % {"status": ClaimStatus(event.status).label}
    yield Problem(f"{where}/attributed_to", what, language=story.default_language)
