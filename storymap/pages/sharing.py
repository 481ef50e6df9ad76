"""The page from which a story, a chapter or a moment is shared: links, codes, a QR code, and how to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from storymap.formats.citations import Cited, bibtex, csl_json, in_words
from storymap.pages.addresses import Addressing, LanguageLink, language_links
from storymap.pages.embed_codes import Embedded, frame_code, script_code
from storymap.pages.story import EditionView, edition_view
from storymap.selectors.editions import PublishedStory
from storymap.story.document import ChapterDocument, StoryDocument

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
    link = settings.STORYMAP_SITE_URL + (at.of("chapter", choice.chapter) if chapter else at.of("story"))
    link += f"#{choice.moment}" if choice.moment else ""
    embedded = Embedded(document.slug, document.language, choice.chapter, choice.moment, choice.theme, choice.map)
    embedded = replace(embedded, edition=edition.number) if choice.pinned else embedded
    cited = _cited(document, chapter, choice, edition, link)
    return SharePage(
        document=document,
        edition=edition,
        languages=language_links(document.languages, document.language, "share", document.slug),
        story_url=at.of("story"),
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


def _cited(
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
