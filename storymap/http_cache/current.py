"""Which edition is current, remembered for a moment: a withdrawn story is gone within that moment, and a busy
page costs the database next to nothing."""

from __future__ import annotations

import time
from threading import Lock

from django.conf import settings
from django.utils import timezone

from storymap.selectors.editions import EditionRef, NotPublished, edition_ref

MOST = 10_000

_known: dict[tuple[str, str], tuple[float, EditionRef | None]] = {}
_lock = Lock()


def current(slug: str, language: str) -> EditionRef:
    """The visible edition. Raises NotPublished."""
    now = time.monotonic()
    until, ref = _known.get((slug, language), (0.0, None))
    if now >= until:
        ref = _asked(slug, language)
        with _lock:
            if len(_known) >= MOST:  # somebody walks through invented addresses
                _known.clear()
            _known[slug, language] = (now + _trusted(ref), ref)
    if ref is None:
        raise NotPublished(slug)
    return ref


def _trusted(ref: EditionRef | None) -> float:
    """Seconds; not beyond the moment at which something else is to be seen."""
    left = (ref.changes - timezone.now()).total_seconds() if ref and ref.changes else settings.STORYMAP_FRESHNESS
    return min(settings.STORYMAP_FRESHNESS, left)


def _asked(slug: str, language: str) -> EditionRef | None:
    try:
        return edition_ref(slug, language)
    except NotPublished:
        return None
