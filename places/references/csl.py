"""CSL-JSON: what Zotero, Mendeley and citation services call an item, and its item types in BibTeX."""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from places.references.reading import Gathering, Reading, ReferenceProblem, doi_address, line_of

_FAMILY = ("dropping-particle", "non-dropping-particle", "family", "suffix")
_SEASONS = {str(n): str(20 + n) for n in range(1, 5)} | {str(n): str(n) for n in range(21, 25)}


def looks_like_it(text: str) -> bool:
    return re.match(r"\s*(?:\{|\[\s*(?:\{|\]|$))", text) is not None


def read(text: str) -> Reading:
    """The first item of the text. Raises ReferenceProblem."""
    items = _items(_parse_json(text), text)
    gathering = Gathering(text)
    gathering.left_out(len(items) - 1)
    _gather(items[0], gathering)
    if not gathering.fields.keys() - {"type"}:
        line = line_of(text, "{")
        raise ReferenceProblem(_("Line %(line)d: this item has no title and nothing else to read.") % {"line": line})
    return gathering.done()


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = {"line": error.lineno, "column": error.colno}
        raise ReferenceProblem(
            _("Line %(line)d, sign %(column)d: this is not JSON. Is a comma, a quote or a bracket missing?") % at
        ) from None
    except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
        raise ReferenceProblem(_("Line 1: this JSON is nested too deeply, or a number is too long.")) from None


def _items(value: Any, text: str) -> list[dict]:
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        value = value["items"]
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, dict) for item in items):
        line = line_of(text, "[")
        raise ReferenceProblem(_("Line %(line)d: CSL-JSON is an item or a list of items.") % {"line": line})
    return items


def _gather(item: dict, gathering: Gathering) -> None:
    def said(*names: str) -> str:
        return next((text for name in names if (text := _text(item.get(name)))), "")

    def line(name: str) -> int:
        return line_of(gathering.source, f'"{name}"')

    _put_type(said("type"), line("type"), gathering)
    gathering.put("title", said("title", "title-short"))
    gathering.put("author", _names(item, gathering))
    gathering.put("container", said("container-title", "collection-title", "publisher", "archive"))
    gathering.put("language", said("language"))
    gathering.put_address("url", said("URL"), line("URL"))
    gathering.put("url", doi_address(said("DOI")))
    for name, field in (("issued", "issued"), ("accessed", "accessed")):
        gathering.put_date(field, _date(item.get(name)), line(name))


def _text(value: Any) -> str:
    if isinstance(value, list) and value:  # as some services answer
        value = value[0]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if isinstance(value, str) or (is_number and abs(value) < 1e15) else ""


def _put_type(name: str, line: int, gathering: Gathering) -> None:
    if name in CSL:
        gathering.put("type", name)
    else:
        gathering.put("type", "document")
        said = _("the type “%(name)s” is not known, “document” is taken.") if name else _("no type is given.")
        gathering.note(line, said % {"name": name[:100]})


def _names(item: dict, gathering: Gathering) -> list[dict[str, str]]:
    field = next((name for name in ("author", "editor", "director", "interviewer") if item.get(name)), "author")
    people = item.get(field) or []
    names = [_name(person) for person in people] if isinstance(people, list) else [{}]
    if not all(names):
        gathering.note(line_of(gathering.source, f'"{field}"'), _("not every name could be read."))
    return [name for name in names if name]


def _name(person: Any) -> dict[str, str]:
    if isinstance(person, str):
        return {"literal": person}
    if not isinstance(person, dict):
        return {}
    family = " ".join(text for part in _FAMILY if (text := _text(person.get(part))))
    given = _text(person.get("given"))
    if literal := _text(person.get("literal")) or (given if not family else ""):
        return {"literal": literal}
    return {"family": family, **({"given": given} if given else {})} if family else {}


def _date(value: Any) -> str:
    """EDTF, or the text as it stands where it is written in words."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    if not isinstance(parts, list) or not parts:
        return _text(value.get("literal")) or _text(value.get("raw"))
    days = [_day(day) for day in parts[:2] if isinstance(day, list)]
    season = _SEASONS.get(_text(value.get("season")))
    if season and len(days) == 1 and len(days[0]) == 4:
        days[0] += f"-{season}"
    about = "~" if value.get("circa") and value["circa"] != "false" else ""
    return "/".join(f"{day}{about}" for day in days)


def _day(parts: list) -> str:
    numbers = [_text(part) for part in parts[:3]]
    return "-".join(number.zfill(4 if n == 0 else 2) for n, number in enumerate(numbers) if number)


CSL = {
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast"),
    *("chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary"),
    *("entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation"),
    *("manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent"),
    *("performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report"),
    *("review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
}
BIBTEX = {
    **dict.fromkeys(("article", "suppperiodical"), "article-journal"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings"), "book"),
    **dict.fromkeys(("reference", "mvreference"), "book"),
    **dict.fromkeys(("inbook", "incollection", "bookinbook", "suppbook", "suppcollection"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "webpage"),
    **dict.fromkeys(("techreport", "report", "manual"), "report"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("movie", "video"), "motion_picture"),
    **dict.fromkeys(("artwork", "image"), "graphic"),
    **dict.fromkeys(("jurisdiction", "legal"), "legal_case"),
    **dict.fromkeys(("music", "audio"), "song"),
    **dict.fromkeys(("dataset", "patent", "performance", "periodical", "review", "software", "standard"), ""),
    "booklet": "pamphlet",
    "inreference": "entry-encyclopedia",
    "legislation": "legislation",
    "letter": "personal_communication",
    "misc": "document",
    "newspaper": "article-newspaper",
    "unpublished": "manuscript",
}
BIBTEX |= {name: name for name, kind in BIBTEX.items() if not kind}
