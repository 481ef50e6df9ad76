"""A reference that is only text, or only a web address. What is not certain stays in the title."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from places.references.reading import Gathering, Reading, ReferenceProblem, doi_address
from places.typed_dates import understand
from places.when import DateProblem

LONGEST = 2000
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_DOI = re.compile(r"\bdoi:\s*10\.\d{4,9}/\S+", re.IGNORECASE)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/[0-9]+[a-z_]*/(https?://.+)", re.IGNORECASE)
_QUOTED = re.compile(r"[“«„「『\"]\s*([^“”«»„「」『』\"]{3,})\s*[”»“」』\"]")
_YEAR = re.compile(r"\(\s*([^()]*[0-9]{4}[^()]*?)\s*\)\.?|\b((?:1[5-9]|20)[0-9]{2})\b")
_RANGE = re.compile(r"[0-9]+ ?[-–—/] ?[0-9]+")  # of years or of pages: nobody knows
_EDGES = " \t.,;:–—-()、。"


def read(text: str) -> Reading:
    """Raises ReferenceProblem."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise ReferenceProblem(_("Line 1: this is too long for one reference, and neither CSL-JSON nor BibTeX."))
    gathering = Gathering(text)
    rest = _take_address(line, gathering).strip(_EDGES)
    if rest:
        _gather(rest, gathering)
        gathering.notes.append(_("Read as plain text: please check every field."))
    elif gathering.fields:
        host = (urlsplit(gathering.fields["url"]).hostname or "").removeprefix("www.")
        gathering.put("container", host if host != "doi.org" else "")
        gathering.notes.append(_("An address does not tell the title: please write it."))
    else:
        raise ReferenceProblem(_("Line 1: there is nothing to read here."))
    gathering.put("type", "webpage" if "url" in gathering.fields else "document")
    return gathering.done()


def _take_address(line: str, gathering: Gathering) -> str:
    """Puts the address, and returns what is left."""
    if found := _DOI.search(line):
        gathering.put("url", doi_address(found[0].rstrip(".,;")))
        return line.replace(found[0], " ", 1)
    if not (found := _ADDRESS.search(line)):
        return line
    address = found[0].rstrip(".,;:!?'’”»」』")
    if address.count(")") > address.count("("):
        address = address.rstrip(").,")
    if archived := _ARCHIVED.fullmatch(address):
        gathering.put("archived_url", address)
    try:
        urlsplit(archived[1] if archived else address)
    except ValueError:
        raise ReferenceProblem(_("Line 1: “%(text)s” is no web address.") % {"text": address[:100]}) from None
    gathering.put("url", archived[1] if archived else address)
    return line.replace(address, " ", 1)


def _gather(rest: str, gathering: Gathering) -> None:
    quoted = _QUOTED.search(rest)
    if quoted:
        before, title, after = rest[: quoted.start()], quoted[1], rest[quoted.end() :]
        _put_author(_take_date(before, gathering), gathering)
        gathering.put("title", title.strip().rstrip(".,"))
        gathering.put("container", _take_date(after, gathering).strip(_EDGES))
        return
    year = _YEAR.search(rest)
    if year and year[1] and rest[: year.start()].strip(_EDGES) and rest[year.end() :].strip(_EDGES):
        _put_author(rest[: year.start()], gathering)  # Author (1997). Title. Where.
        _put_day(year[1], gathering)
        title, _stop, container = rest[year.end() :].strip(_EDGES).partition(". ")
        gathering.put("title", title)
        gathering.put("container", _take_date(container, gathering).strip(_EDGES))
    else:
        _take_date(rest, gathering)
        gathering.put("title", rest)


def _take_date(text: str, gathering: Gathering) -> str:
    """Puts the first part of the text that is a date, and returns the others."""
    pieces = [piece for piece in re.split(r"([,;()、。]\s*|\.\s+)", text) if piece]
    for width in (3, 1):  # April 23, 1997 has a comma of its own
        for start in range(len(pieces) - width + 1):
            piece = "".join(pieces[start : start + width]).strip(_EDGES)
            if re.search(r"[0-9]{4}", piece) and _put_day(piece, gathering):
                return "".join([*pieces[:start], *pieces[start + width :]])
    return text


def _put_day(text: str, gathering: Gathering) -> bool:
    if _RANGE.fullmatch(text.strip()):
        return False
    try:
        gathering.put("issued", understand(text.strip()).edtf)
    except DateProblem:
        return False
    return True


def _put_author(text: str, gathering: Gathering) -> None:
    """One name that is written “Family, Given”, or whatever stands there as it stands."""
    text = text.strip(" \t,;:–—-()")
    names = [part.strip() for part in re.split(r"\s*;\s*|\s+&\s+|\s+and\s+", text) if part.strip(_EDGES)]
    authors = []
    for name in (one if re.search(r"\b[A-Z]\.$", one) else one.rstrip(".") for one in names):
        family, comma, given = name.partition(", ")
        whole = comma and family and given and "," not in given and len(family.split()) <= 3
        authors.append({"family": family, "given": given} if whole else {"literal": name})
    gathering.put("author", authors)
