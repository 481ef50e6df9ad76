"""How an edition is cited: in words, as BibTeX, as CSL-JSON (CSL 1.0.2)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

_TEX = {
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Cited:
    """An edition as a work: the chapter is empty when the whole story is meant."""

    key: str  # a slug
    author: str
    title: str
    chapter: str
    site: str
    edition: int
    published: date
    address: str  # absolute
    language: str


def in_words(cited: Cited, edition: str, day: str) -> str:
    """One line. `edition` and `day` are the words of the language for the edition and for its date."""
    title = f"“{cited.chapter}”, {cited.title}" if cited.chapter else cited.title
    parts = [cited.author, title, cited.site, edition, day, cited.address]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def bibtex(cited: Cited) -> str:
    """An @online entry. What TeX reads as a command is escaped, so that a title stays what it says."""
    fields = {
        "author": f"{{{_tex(cited.author)}}}" if cited.author else "",  # braces of its own: no name to be taken apart
        "title": f"{{{_tex(cited.chapter or cited.title)}}}",
        "booktitle": _tex(cited.title) if cited.chapter else "",
        "organization": _tex(cited.site),
        "version": str(cited.edition),
        "date": cited.published.isoformat(),
        "year": str(cited.published.year),
        "url": cited.address,
        "langid": cited.language,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@online{{{cited.key}-{cited.edition},\n" + ",\n".join(lines) + "\n}\n"


def csl_json(cited: Cited) -> str:
    """A list of one item, as reference managers import it."""
    item: dict[str, Any] = {
        "id": f"{cited.key}-{cited.edition}",
        "type": "webpage",
        "title": cited.chapter or cited.title,
        "container-title": cited.title if cited.chapter else cited.site,
        "publisher": cited.site,
        "version": str(cited.edition),
        "issued": {"date-parts": [[cited.published.year, cited.published.month, cited.published.day]]},
        "URL": cited.address,
        "language": cited.language,
    }
    if cited.author:
        item["author"] = [{"literal": cited.author}]
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _tex(text: str) -> str:
    """Two hyphens stay two: TeX would make a dash of them."""
    return "".join(_TEX.get(sign, sign) for sign in " ".join(text.split())).replace("--", "-{}-")
