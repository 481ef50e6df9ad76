"""The page from which a story, a chapter or a moment is shared: links, codes, a QR code, and how to cite it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from storymap.pages.addresses import Addressing, LanguageLink, language_links
from storymap.pages.embed_codes import Embedded, frame_code, script_code
from storymap.pages.story import EditionView, edition_view
from storymap.selectors.editions import PublishedStory
from storymap.story.document import ChapterDocument, StoryDocument

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


THEMES = ("light", "dark")
MAPS = ("left", "right", "only", "none")


@dataclass(frozen=True)
class Choice:
    """What is to be shared, as the form has it: slugs and options that are there, or empty."""

    chapter: str = ""
    moment: str = ""
    theme: str = ""
    map: str = ""
    pinned: bool = False


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Selection:
    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class SharePage:
    document: StoryDocument
    edition: EditionView
    languages: tuple[LanguageLink, ...]
    story_url: str
    selections: tuple[Selection, ...]
    pinned: bool
    name: str  # of what is shared
    link: str  # absolute
    embed: str  # absolute
    script_code: str
    frame_code: str
    qr: str  # data: URL of an SVG
    citation: str
    bibtex: str
    csl_json: str


def choice_of(query: Mapping[str, str], document: StoryDocument) -> Choice:
    """What the address asks for, as far as there is such a thing."""
    chapter = document.chapter(query.get("chapter", ""))
    moments = {moment.event for moment in chapter.moments} if chapter else set()
    return Choice(
        chapter=chapter.slug if chapter else "",
        moment=moment if (moment := query.get("moment", "")) in moments else "",
        theme=theme if (theme := query.get("theme", "")) in THEMES else "",
        map=side if (side := query.get("map", "")) in MAPS else "",
        pinned=query.get("pinned") == "on",
    )


def share_page(published: PublishedStory, choice: Choice, at: Addressing) -> SharePage:
    document, edition = published.document, edition_view(published)
    chapter = document.chapter(choice.chapter) if choice.chapter else None
    name = f"{chapter.title} – {document.title}" if chapter else document.title
    if choice.moment:
        name = f"{document.events[choice.moment].title} – {document.title}"
    link = settings.STORYMAP_SITE_URL + (at.url("chapter", choice.chapter) if chapter else at.url("story"))
    link += f"#{choice.moment}" if choice.moment else ""
    embedded = Embedded(document.slug, document.language, choice.chapter, choice.moment, choice.theme, choice.map)
    embedded = replace(embedded, edition=edition.number) if choice.pinned else embedded
    cited = _citation_view(document, chapter, choice, edition, link)
    return SharePage(
        document=document,
        edition=edition,
        languages=language_links(document.languages, document.language, "share", document.slug),
        story_url=at.url("story"),
        selections=_selections(document, chapter, choice),
        pinned=choice.pinned,
        name=name,
        link=link,
        embed=embedded.address,
        script_code=script_code(embedded, name, link),
        frame_code=frame_code(embedded, name),
        qr=segno.make(link, error="m", micro=False).svg_data_uri(scale=6, border=3, light="#fff", dark="#000"),
        citation=in_words(cited, _("Edition %(number)s") % {"number": edition.number}, edition.published_words),
        bibtex=bibtex(cited),
        csl_json=csl_json(cited),
    )


def _citation_view(
    document: StoryDocument, chapter: ChapterDocument | None, choice: Choice, edition: EditionView, link: str
) -> Cited:
    """Each text has a key of its own, so that one bibliography can hold several."""
    return Cited(
        key="-".join(filter(None, (document.slug, choice.chapter, choice.moment, document.language))),
        author=document.byline,
        title=document.title,
        chapter=chapter.title if chapter else "",
        site=settings.STORYMAP_SITE_NAME,
        edition=edition.number,
        published=timezone.localtime(edition.published).date(),
        address=link,
        language=document.language,
    )


def _selections(document: StoryDocument, chapter: ChapterDocument | None, choice: Choice) -> tuple[Selection, ...]:
    chapters = {"": _("The whole story"), **{c.slug: f"{n}. {c.title}" for n, c in enumerate(document.chapters, 1)}}
    found = [_selection("chapter", _("What"), chapters, choice.chapter)]
    if chapter and chapter.moments:
        moments = {m.event: document.events[m.event].title for m in chapter.moments}
        found.append(_selection("moment", _("Event"), {"": _("From the beginning"), **moments}, choice.moment))
    themes = {"": _("As the reader’s screen"), "light": _("Light"), "dark": _("Dark")}
    sides = {"": _("Above the text"), "left": _("Left"), "right": _("Right"), "only": _("Only the map")}
    sides["none"] = _("No map")
    found.append(_selection("map", _("Map"), sides, choice.map))
    found.append(_selection("theme", _("Colours"), themes, choice.theme))
    return tuple(found)


def _selection(name: str, label: str, labels: dict[str, str], chosen: str) -> Selection:
    return Selection(name, label, tuple(Option(value, text, value == chosen) for value, text in labels.items()))
