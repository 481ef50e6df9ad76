"""What the page of a story and “Also in the record” are given, built from a document. Every door shows the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext as _

from places import when
from places.geo import LatLng
from storymap.maps.atlas import TILE_MARGIN
from storymap.maps.projection import viewport_of
from storymap.maps.scene import Scene, scene_of
from storymap.maps.static_picture import STORY_SIZE, chapter_size
from storymap.pages.addresses import LEVELS, Addresses, Addressing, LanguageLink, addresses, language_links, map_urls
from storymap.pages.head import Head, head_of, json_in_script
from storymap.pages.map_key import (
    GroundView,
    PinView,
    ShapeView,
    ground_views,
    legend_of,
    measured_view,
    pin_views,
    shape_views,
)
from storymap.pages.moments import (
    InShort,
    MomentView,
    StatusView,
    SupportView,
    day_of,
    in_short,
    moment_view,
    status_views,
    support_views,
)
from storymap.pages.reporting import corrections_of, report_addresses
from storymap.pages.strip import StripView, scales_of, span_of, strip_of
from storymap.selectors.editions import PublishedStory
from storymap.story.document import ChapterDocument, StoryDocument


@dataclass(frozen=True)
class ChapterView:
    chapter: ChapterDocument
    number: int
    url: str
    when: str
    days: str
    day: int | None  # it begins on, when that is counted and known to the day
    picture: str  # address of the drawn map
    picture_size: tuple[int, int]  # in pixels
    pins: tuple[PinView, ...]
    shapes: tuple[ShapeView, ...]
    measured_from: PinView | None  # in the picture
    moments: tuple[MomentView, ...]
    inline_picture: str = ""  # the illustration as a data: URL, where the page has nothing to fetch
    report: str = ""  # the address for errors in it, where there is one


@dataclass(frozen=True)
class EditionView:
    number: int
    published: datetime
    published_words: str
    note: str
    digest: str


@dataclass(frozen=True)
class Early:
    """Addresses of what the first view will fetch anyway, so that a browser need not wait for scripts to ask for it."""

    files: tuple[str, ...] = ()  # JSON
    modules: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoryPage:
    document: StoryDocument
    edition: EditionView
    chapters: tuple[ChapterView, ...]
    timeline: StripView
    scales: str  # JSON, safe between the tags of a script: the time of each chapter
    chapter_now: ChapterView | None  # of a chapter's own address
    in_short: InShort
    picture: str  # address of the drawn map of the whole story
    picture_size: tuple[int, int]  # in pixels
    span: str  # the days that are counted, else from the first event to the last, in words; empty when nothing is dated
    title: str
    head: Head | None  # of a published story
    description: str
    canonical: str  # absolute
    urls: Addresses
    languages: tuple[LanguageLink, ...]
    statuses: tuple[StatusView, ...]
    supports: tuple[SupportView, ...]
    words: str  # JSON, safe between the tags of a script: what the scripts say
    early: Early
    long: bool  # many chapters: those out of view are not laid out
    ground: tuple[GroundView, ...]  # whose streets lie under its maps
    corrections: str  # where readers report an error, as they write it down; or empty
    legend: frozenset[str]  # what is drawn beside pins, as map_key.py names it
    fallbacks: frozenset[str]  # paths of texts shown in the default language, as localizing.py names them

    @property
    def opening(self) -> ChapterView | None:
        """The chapter that is read first; a draft may have none."""
        return self.chapter_now or next(iter(self.chapters), None)

    @property
    def following(self) -> ChapterView | None:
        """The chapter that the first step leads to; from the last one there is none."""
        number = self.chapter_now.number if self.chapter_now else 0
        return next(iter(self.chapters[number:]), None)

    @property
    def preceding(self) -> ChapterView | None:
        """The chapter that a step back leads to; from the first one it leads to the cover."""
        number = self.chapter_now.number if self.chapter_now else 0
        return self.chapters[number - 2] if number > 1 else None


MANY_CHAPTERS = 40
STREETS_MODULE = "storymap/joined/streets.js"
TYPICAL_MAP = 754, 640  # pixels, beside the text on a laptop


def story_page(
    published: PublishedStory, chapter: str, at: Addressing, window: tuple[int, int] = TYPICAL_MAP
) -> StoryPage:
    """The reading page, opened at `chapter` (a slug of the document, or empty). `window`: how large its map may be, in
    pixels, which says what the first view will fetch."""
    document = published.document
    statuses, supports = status_views(document), support_views(document)
    scene = scene_of(document)
    numbered, reports = enumerate(document.chapters, start=1), report_addresses(published, at)
    chapters = tuple(_chapter(c, n, document, scene, statuses, supports, at, reports) for n, c in numbered)
    now = next((view for view in chapters if view.chapter.slug == chapter), None)
    urls = addresses(at)
    title = f"{now.chapter.title} – {document.title}" if now else document.title
    return StoryPage(
        document=document,
        edition=edition_view(published),
        chapters=chapters,
        timeline=strip_of(document),
        scales=json_in_script(scales_of(document)),
        chapter_now=now,
        in_short=in_short(document, [moment for view in chapters for moment in view.moments]),
        picture=at.file_url("story-picture"),
        picture_size=STORY_SIZE,
        span=_span(document),
        title=title,
        head=head_of(published, now.chapter.slug if now else "", title, at),
        description=_description(now, document),
        canonical=urls.site + urls.base,
        urls=urls,
        languages=_languages(document, chapter, at),
        statuses=tuple(status for status in statuses.values() if status.count),
        supports=tuple(support for support in supports.values() if support.count),
        words=json_in_script(words()),
        early=_early(scene, urls, now, at, window),
        long=len(chapters) > MANY_CHAPTERS,
        ground=ground_views(document),
        corrections=corrections_of(document),
        legend=legend_of(document, scene),
        fallbacks=frozenset(document.fallbacks),
    )


def edition_view(published: PublishedStory) -> EditionView:
    edition = published.edition
    day = timezone.localtime(edition.published).date().isoformat()
    day_words = when.words(day, published.document.language)
    return EditionView(edition.number, edition.published, day_words, published.note, edition.digest)


def _description(now: ChapterView | None, document: StoryDocument) -> str:
    return (
        Truncator(document.standfirst).chars(300)
        if now is None
        else _("Chapter %(number)s of %(title)s")
        % {
            "number": now.number,
            "title": document.title,
        }
        + (f", {now.when}" if now.when else "")
    )


def _early(scene: Scene, urls: Addresses, now: ChapterView | None, at: Addressing, window: tuple[int, int]) -> Early:
    """Places, and the picture, streets or atlas that the first camera needs."""
    if not scene.chapters:  # a draft
        return Early()
    first = scene.chapters[now.number - 1 if now else 0]
    camera = first.camera if now else scene.cover or first.camera
    if camera is first.camera and first.picture:
        return Early((urls.places,), (static("storymap/joined/picture-stage.js"),))
    view = viewport_of(camera, *window)
    tile_zoom = math.floor(view.zoom + 0.5)  # of the tiles that Leaflet draws
    given = map_urls(at, scene)
    streets = [
        (one, url)
        for one, url in sorted(zip(scene.extracts, given.extracts, strict=True), key=lambda pair: pair[0].min_zoom)
        if one.bounds.holds(view.center) and tile_zoom >= one.min_zoom
    ]
    tiles = replace(view, width=view.width + 2 * TILE_MARGIN, height=view.height + 2 * TILE_MARGIN).bounds
    corners = LatLng(tiles.south, tiles.west), LatLng(tiles.north, tiles.east)
    whole = [number for number, (one, _) in enumerate(streets) if all(map(one.bounds.holds, corners))]
    if whole:  # nothing is seen of what lies under it
        return Early((urls.places, *(url for _, url in streets[whole[-1] :])), (static(STREETS_MODULE),))
    nears = (
        url
        for near, url in zip(scene.nears, given.nears, strict=True)
        if near.bounds.holds(view.center) and tile_zoom >= near.min_zoom
    )
    level = next(level for level, largest in LEVELS.items() if tile_zoom <= largest)
    under = next(nears, static(f"storymap/atlas/{level}.json"))
    return Early((urls.places, *(url for _, url in streets), under), (static(STREETS_MODULE),) if streets else ())


def _chapter(
    chapter: ChapterDocument,
    number: int,
    document: StoryDocument,
    scene: Scene,
    statuses: dict[str, StatusView],
    supports: dict[str, SupportView],
    at: Addressing,
    reports: Mapping[str, str],
) -> ChapterView:
    pins = scene.chapters[number - 1].pins
    events = [document.events[moment.event] for moment in chapter.moments]
    span = span_of(events)
    return ChapterView(
        chapter=chapter,
        number=number,
        url=at.url("chapter", chapter.slug),
        when=when.words(span.written, document.language) if span.first else "",
        days=_days(span.first, span.last, document),
        day=day_of(span.first, document) if span.written.partition("/")[0] == span.first else None,
        picture=at.file_url("chapter-picture", chapter.slug),
        picture_size=chapter_size(chapter),
        pins=pin_views(document, pins),
        measured_from=measured_view(document, chapter),
        shapes=shape_views(chapter),
        moments=tuple(
            moment_view(event, pins, document, statuses, supports, on_picture=bool(chapter.stage)) for event in events
        ),
        report=reports.get(chapter.slug, ""),
    )


def _span(document: StoryDocument) -> str:
    narrated = [document.events[moment.event] for chapter in document.chapters for moment in chapter.moments]
    counted = f"{document.day_zero}/{document.day_last}" if document.day_zero and document.day_last else ""
    written = counted or span_of(narrated).written
    return when.words(written, document.language) if written else ""


def _days(first: str, last: str, document: StoryDocument) -> str:
    start, end = day_of(first, document), day_of(last, document)
    if start is None or end is None:
        return ""
    return (
        _("Day %(day)s") % {"day": start}
        if start == end
        else _("Days %(first)s to %(last)s") % {"first": start, "last": end}
    )


def _languages(document: StoryDocument, chapter: str, at: Addressing) -> tuple[LanguageLink, ...]:
    if not at.story:  # a file has one language
        return ()
    name, parts = ("chapter", (*at.story, chapter)) if chapter else ("story", at.story)
    return language_links(document.languages, document.language, at.name(name), *parts)


def words() -> dict[str, str]:
    """By key. `{name}` stands for a value the script fills in."""
    return {
        "dayOf": gettext("Day {day} of {last}"),
        "liveChapter": gettext("Chapter {number} of {total}: {title}"),
        "livePlace": gettext("The map shows {place}"),
        "hiddenOne": gettext("1 moment hidden by your filter"),
        "hiddenMany": gettext("{number} moments hidden by your filter"),
        "pin": gettext("{number}: {place}"),
        "pinAside": gettext("{number}: {place}, also concerned"),
        "pinEvents": gettext("{pin}, {count} events"),
        "events": gettext("{count} events"),
        "tilesFailed": gettext("The detailed map cannot be reached. The built-in map is shown."),
        "mapFailed": gettext("The interactive map could not be loaded. Each chapter shows a picture of it."),
        "simplified": gettext("Simplified, after {credit}"),
        "schematic": gettext("{name} (schematic)"),
        "stop": gettext("Stop"),
        "pause": gettext("Pause"),
        "goOn": gettext("Go on"),
        "close": gettext("Close"),
        "metres": gettext("{number} m"),
        "kilometres": gettext("{number} km"),
        "distanceFrom": gettext("{place} · {length} from {number}"),
        "about": gettext("about {length}"),
        "decimal": get_format("DECIMAL_SEPARATOR"),
        "thousands": get_format("THOUSAND_SEPARATOR"),
        "zoomIn": gettext("Zoom in"),
        "zoomOut": gettext("Zoom out"),
    }


def listed_views(document: StoryDocument) -> tuple[MomentView, ...]:
    """Without pins: no chapter's map has them."""
    whole = document.with_record()
    statuses, supports = status_views(document), support_views(document)
    return tuple(moment_view(event, (), whole, statuses, supports) for event in document.listed)
