"""Reads one reference as people paste it: CSL-JSON, BibTeX, a web address, or a line of text."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from places.references import bibtex, csl, plain
from places.references.reading import Reading, ReferenceProblem

LONGEST = 200_000  # characters
_RIS = re.compile(r"\s*TY  ?-")

__all__ = ["LONGEST", "Reading", "read_reference"]


def read_reference(text: str) -> Reading:
    """The fields of a source that the text tells, with remarks; or the problem. Never raises."""
    if len(text) > LONGEST:
        return Reading(problem=_("This is too long for a reference: paste at most 200 kB, one reference is enough."))
    if not text.strip():
        return Reading(problem=_("Paste a reference: CSL-JSON, BibTeX, a web address or a line of text."))
    if _RIS.match(text):
        return Reading(problem=_("Line 1: this looks like RIS, which is not read here. Export BibTeX or CSL-JSON."))
    try:
        return _reader(text)(text)
    except ReferenceProblem as problem:
        return Reading(problem=str(problem))


def _reader(text: str) -> Callable[[str], Reading]:
    if bibtex.looks_like_it(text):
        return bibtex.read
    return csl.read if csl.looks_like_it(text) else plain.read
