"""A StoryFile seen in one language: the StoryDocument that readers get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import UNSET, UnsetType

from places.when import iso_span
from storymap.prose import html_of
from storymap.stage import size_in
from storymap.story.document import (
    AlsoRecorded,
    AudioDocument,
    ChapterDocument,
    CitationDocument,
    EventDocument,
    ExtractDocument,
    IllustrationDocument,
    MomentDocument,
    PersonDocument,
    PictureFile,
    PlaceDocument,
    SourceDocument,
    StageDocument,
    StoryDocument,
    ToponymDocument,
)
from storymap.story.storyfile import (
    CHAPTER_TEXTS,
    Author,
    ChapterEntry,
    EventEntry,
    IllustrationEntry,
    PlaceEntry,
    SourceEntry,
    StageEntry,
    StoryFile,
    Translated,
    entries_in,
    narrated_in,
    span_of,
)

Pictures = Mapping[str, tuple[PictureFile, ...]]  # stored name of the largest WebP file -> all files, WebP first


@dataclass
class _Voice:
    """Picks texts in one language and remembers which had to be shown in the default language."""

    language: str
    default: str
    fallbacks: list[str] = field(default_factory=list)

    def text(self, texts: Translated, path: str) -> str:
        if texts.get(self.language):
            return texts[self.language]
        if texts.get(self.default):
            self.fallbacks.append(path)
            return texts[self.default]
        return ""


def localize(story: StoryFile, language: str, pictures: Pictures) -> StoryDocument:
    """The story in `language`, with the default language where a translation is missing. What no chapter tells stands
    apart."""
    voice = _Voice(language, story.default_language)
    told = narrated_in(story)
    events = {e.slug: _event(e, story, voice) for e in story.events if e.slug in told}
    shown, cited = _named_by(events.values())
    return StoryDocument(
        slug=story.slug,
        language=language,
        languages=story.languages,
        default_language=story.default_language,
        title=voice.text(story.title, "title"),
        standfirst=voice.text(story.standfirst, "standfirst"),
        byline=voice.text(story.byline, "byline"),
        credits=html_of(voice.text(story.credits, "credits")),
        licence=story.licence,
        corrections=story.corrections,
        day_zero=story.day_zero,
        day_last=story.day_last,
        counting_note=voice.text(story.counting_note, "counting_note"),
        chapters=tuple(_chapter(c, story, voice, pictures) for c in story.chapters),
        events=events,
        places={p.slug: _place(p, voice) for p in story.places if p.slug in shown},
        sources={s.slug: _source(s) for s in story.sources if s.slug in cited},
        also_recorded=_also_recorded(story, told, voice),
        extracts=tuple(_extracts(story)) or UNSET,
        fallbacks=tuple(dict.fromkeys(voice.fallbacks)),  # a person has one name in many events
    )


def _also_recorded(story: StoryFile, told: set[str], voice: _Voice) -> AlsoRecorded | UnsetType:
    listed = [_event(entry, story, voice) for entry in story.events if entry.slug not in told]
    if not listed:
        return UNSET
    in_order = sorted(listed, key=lambda e: (e.earliest or e.latest or "9999", e.time, e.slug))  # without a date last
    (shown, cited), (here, there) = _named_by(listed), _named_by(e for e in story.events if e.slug in told)
    return AlsoRecorded(
        events=tuple(in_order),
        places={p.slug: _place(p, voice) for p in story.places if p.slug in shown - here},
        sources={s.slug: _source(s) for s in story.sources if s.slug in cited - there},
    )


def _named_by(events: Iterable[EventDocument | EventEntry]) -> tuple[set[str], set[str]]:
    """The slugs of the places and of the sources that the events name."""
    events = list(events)
    return {slug for e in events for slug in e.places}, {c.source for e in events for c in e.citations}


def _chapter(entry: ChapterEntry, story: StoryFile, voice: _Voice, pictures: Pictures) -> ChapterDocument:
    path = f"chapters/{entry.slug}"
    illustration = next((i for i in story.illustrations if i.slug == entry.illustration), None)
    stage = next((s for s in entries_in(story, "stages") if s.slug == entry.stage), None)
    texts: dict[str, Any] = {name: voice.text(getattr(entry, name), f"{path}/{name}") for name in CHAPTER_TEXTS}
    texts["narration"] = html_of(texts["narration"])
    return ChapterDocument(
        slug=entry.slug,
        old_slugs=entry.old_slugs,
        **texts,
        camera=entry.camera,
        overlay=_overlay(entry.overlay, voice),
        illustration=_illustration(illustration, voice, pictures) if illustration else None,
        audio=_audio(entry, voice),
        moments=tuple(
            MomentDocument(event=m.event, camera=m.camera, spot=m.spot, frame=m.frame, is_key=m.is_key)
            for m in entry.moments
        ),
        stage=_stage(stage, voice) if stage else UNSET,
        frame=entry.frame,
    )


def _overlay(overlay: dict | None, voice: _Voice) -> dict | None:
    """GeoJSON has no translations of its own: a property `name:es` wins over `name` in Spanish, as in OpenStreetMap."""
    if overlay is None:
        return None
    features = []
    for feature in overlay.get("features", []):
        properties = feature.get("properties") or {}
        plain = {key: value for key, value in properties.items() if ":" not in key}
        suffix = f":{voice.language}"
        local = {key.removesuffix(suffix): value for key, value in properties.items() if key.endswith(suffix)}
        features.append({**feature, "properties": {**plain, **local}})
    return {**overlay, "features": features}


def _illustration(entry: IllustrationEntry, voice: _Voice, pictures: Pictures) -> IllustrationDocument | None:
    path = f"illustrations/{entry.slug}"
    stored = pictures.get(voice.text(entry.file, f"{path}/file"), ())
    if not stored:
        return None
    files = tuple(file for file in stored if file.name.endswith(".webp"))
    return IllustrationDocument(
        slug=entry.slug,
        files=files,
        alt="" if entry.decorative else voice.text(entry.alt, f"{path}/alt"),
        caption=voice.text(entry.caption, f"{path}/caption"),
        credit=entry.credit,
        licence=entry.licence,
        copies=stored[len(files) :] or UNSET,
        focus=entry.focus,
    )


def _stage(entry: StageEntry, voice: _Voice) -> StageDocument | UnsetType:
    """The earth where the picture has no file. One drawing may serve all languages: that is no missing translation."""
    path = f"stages/{entry.slug}"
    name = entry.file.get(voice.language) or entry.file.get(voice.default, "")
    if not (size := size_in(name)):
        return UNSET
    return StageDocument(
        slug=entry.slug,
        file=PictureFile(name=name, width=size[0], height=size[1]),
        alt=voice.text(entry.alt, f"{path}/alt"),
        caption=voice.text(entry.caption, f"{path}/caption"),
        credit=entry.credit,
        licence=entry.licence,
    )


def _audio(entry: ChapterEntry, voice: _Voice) -> AudioDocument | None:
    """Sound is never borrowed from another language: a page's speech follows its text."""
    if entry.audio is None or not entry.audio.file.get(voice.language):
        return None
    captions, transcript = (t.get(voice.language, "") for t in (entry.audio.captions, entry.audio.transcript))
    return AudioDocument(file=entry.audio.file[voice.language], captions=captions, transcript=transcript)


def _event(entry: EventEntry, story: StoryFile, voice: _Voice) -> EventDocument:
    path = f"events/{entry.slug}"
    span = span_of(entry, story)
    earliest, latest = iso_span(span) if span else ("", "")
    names = {p.slug: p.name for p in story.people}
    people = tuple(
        PersonDocument(
            slug=i.person,
            name=voice.text(names.get(i.person, {}), f"people/{i.person}"),
            role=voice.text(i.role, f"{path}/role"),
        )
        for i in entry.people
    )
    return EventDocument(
        slug=entry.slug,
        title=voice.text(entry.title, f"{path}/title"),
        summary=voice.text(entry.summary, f"{path}/summary"),
        date=entry.date,
        earliest=earliest,
        latest=latest,
        time=entry.time or "",
        place=entry.place or "",
        also_there=entry.also_there,
        journey=entry.journey,
        people=people,
        status=entry.status,
        attributed_to=voice.text(entry.attributed_to, f"{path}/attributed_to"),
        note=voice.text(entry.note, f"{path}/note"),
        sensitivity=entry.sensitivity,
        later=entry.later,
        citations=tuple(
            CitationDocument(source=c.source, locator=c.locator, note=voice.text(c.note, f"{path}/citation"))
            for c in entry.citations
        ),
    )


def _extracts(story: StoryFile) -> Iterator[ExtractDocument]:
    for entry in story.extracts or ():
        if head := entry.head:  # saving has read it from the file
            yield ExtractDocument(
                slug=entry.slug, file=entry.file, bounds=head.bounds, min_zoom=head.min_zoom, credit=head.credit
            )


def _place(entry: PlaceEntry, voice: _Voice) -> PlaceDocument:
    return PlaceDocument(
        slug=entry.slug,
        name=voice.text(entry.name, f"places/{entry.slug}"),
        toponyms=tuple(ToponymDocument(name=t.name, language=t.language, period=t.period) for t in entry.toponyms),
        kind=entry.kind,
        country=entry.country,
        address=entry.address,
        lat=entry.lat,
        lng=entry.lng,
        precision=entry.precision,
        radius=entry.radius,
        coordinate_source=entry.coordinate_source,
        time_zone=entry.time_zone,
    )


def _source(entry: SourceEntry) -> SourceDocument:
    return SourceDocument(
        slug=entry.slug,
        type=entry.type,
        author="; ".join(name_of(author) for author in entry.author),
        title=entry.title,
        container=entry.container,
        issued=entry.issued,
        url=entry.url,
        accessed=entry.accessed,
        archived_url=entry.archived_url,
        language=entry.language,
    )


def name_of(author: Author) -> str:
    return author.literal or ", ".join(part for part in (author.family, author.given) if part)
