"""All reading by the public doors: Editions and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from storymap.models import Edition, EditionDocument, OldSlug, Story
from storymap.models.story import hosts_of
from storymap.story import document


class NotPublished(Exception):
    """No visible edition: unknown, a draft, scheduled or withdrawn. Which of these is nobody's business."""


@dataclass(frozen=True)
class EditionRef:
    """What identifies a published text; cheap to fetch."""

    number: int
    digest: str  # SHA-256 of the document
    published: datetime
    framed_by: str = ""  # sources of a policy's frame-ancestors; empty: what the installation says
    # not what it is, but how long that may be relied on
    ends: datetime | None = field(default=None, compare=False)  # the story is gone from then on
    follows: datetime | None = field(default=None, compare=False)  # a scheduled edition appears
    language: str = field(default="", compare=False)  # the digest knows it

    @property
    def changes(self) -> datetime | None:
        """When something else is to be seen, as far as is known now."""
        return min((at for at in (self.ends, self.follows) if at), default=None)


@dataclass(frozen=True)
class PublishedStory:
    edition: EditionRef
    note: str
    document: document.StoryDocument
    first: datetime | None = None  # when the story first appeared


@dataclass(frozen=True)
class StoryInList:
    """A story in a list."""

    slug: str
    language: str
    is_default: bool  # the language the story was written in
    title: str
    standfirst: str
    byline: str
    chapters: int
    first_day: str
    last_day: str
    digest: str
    published: datetime
    number: int  # of the edition
    also_recorded: int  # events that no chapter tells
    people: int  # who take part in those that chapters tell


@dataclass(frozen=True)
class LatestEdition:
    card: StoryInList
    note: str


@dataclass(frozen=True)
class PublicEdition:
    number: int
    published: datetime
    note: str
    changes: tuple[tuple[str, str, str], ...]  # verb, kind, slug


_STORY = ("edition__story__embed_hosts", "edition__story__visible_until")
_REF = ("edition__number", "digest", "edition__publish_at", *_STORY, "follows", "language")
_DEFAULT = KeyTextTransform("default_language", "card")


def _visible(slug: str, language: str, now: datetime) -> QuerySet[EditionDocument]:
    """Without a language: in the story's default one."""
    rows = _with_next_edition(EditionDocument.objects.visible(now), now)
    return rows.filter(edition__story__slug=slug, language=language or _DEFAULT)


def _with_next_edition(rows: QuerySet[EditionDocument], now: datetime) -> QuerySet[EditionDocument]:
    awaited = Edition.objects.awaited(now).filter(story=OuterRef("edition__story")).order_by("publish_at")
    return rows.annotate(follows=Subquery(awaited.values("publish_at")[:1]))


def _with_dates(rows: QuerySet[EditionDocument], now: datetime) -> QuerySet[EditionDocument]:
    """With the day on which the story first appeared."""
    shown = Edition.objects.filter(story=OuterRef("edition__story"), publish_at__lte=now).order_by("publish_at")
    return rows.annotate(first=Subquery(shown.values("publish_at")[:1])).select_related("edition__story")


def edition_ref(slug: str, language: str) -> EditionRef:
    """Which edition of the story is visible now; one small SELECT. Without a language: in the story's default one.

    Raises NotPublished.
    """
    return _ref(_visible(slug, language, timezone.now()), slug)


def edition_ref_of_number(slug: str, language: str, number: int) -> EditionRef:
    """The same of an edition that readers may still see, the newest or an earlier one. Raises NotPublished."""
    now = timezone.now()
    rows = _with_next_edition(EditionDocument.objects.allowed(now), now).filter(edition__number=number)
    return _ref(rows.filter(edition__story__slug=slug, language=language or _DEFAULT), slug)


def _ref(rows: QuerySet[EditionDocument], slug: str) -> EditionRef:
    row = rows.values_list(*_REF).first()
    if row is None:
        raise NotPublished(slug)
    return _ref_of(*row)


def _ref_of(
    number: int,
    digest: str,
    published: datetime,
    hosts: str,
    ends: datetime | None,
    follows: datetime | None,
    language: str,
) -> EditionRef:
    framed_by = " ".join(("'self'", *hosts_of(hosts))) if hosts.strip() else ""
    return EditionRef(number, digest, published, framed_by, ends, follows, language)


def published_story(slug: str, language: str) -> PublishedStory:
    """The visible edition with its document; one SELECT. Raises NotPublished."""
    now = timezone.now()
    row = _with_dates(_visible(slug, language, now), now).first()
    if row is None:
        raise NotPublished(slug)
    return _published_story_of(row, slug)


def _published_story_of(row: EditionDocument, slug: str) -> PublishedStory:
    edition, follows = row.edition, row.follows  # type: ignore[attr-defined]  # annotated
    story = edition.story
    ref = _ref_of(
        *(edition.number, row.digest, edition.publish_at, story.embed_hosts, story.visible_until, follows, row.language)
    )
    first = row.first  # type: ignore[attr-defined]  # annotated
    return PublishedStory(ref, edition.note, _with_slug(slug, document.from_json(row.document)), first)


def edition_of_number(slug: str, language: str, number: int) -> PublishedStory:
    """An edition that readers may still see, the newest or an earlier one. Raises NotPublished."""
    now = timezone.now()
    rows = _with_dates(_with_next_edition(EditionDocument.objects.allowed(now), now), now)
    row = rows.filter(edition__story__slug=slug, language=language, edition__number=number).first()
    if row is None:
        raise NotPublished(slug)
    return _published_story_of(row, slug)


def was_published(slug: str) -> bool:
    """Whether the public has been able to read the story, though it is withdrawn or has ended since.

    Of one that was never to be seen nothing is told.
    """
    return Edition.objects.filter(story__slug=slug, publish_at__lte=timezone.now()).exists()


def is_gone(slug: str) -> bool:
    """Whether readers have known the story and cannot read it now, in any language: it is withdrawn, or has ended."""
    visible = EditionDocument.objects.visible(timezone.now()).filter(edition__story__slug=slug)
    return not visible.exists() and was_published(slug)


def edition_of_digest(slug: str, language: str, digest: str) -> EditionRef:
    """The edition that a derived address (map, places, picture) belongs to, also after a newer one has appeared.

    `digest` is the first 16 digits of a document's. Raises NotPublished.
    """
    now = timezone.now()
    rows = _with_next_edition(EditionDocument.objects.allowed(now), now).filter(digest__startswith=digest)
    return _ref(rows.filter(edition__story__slug=slug, language=language), slug)


@lru_cache(maxsize=16)
def document_of(digest: str, slug: str = "") -> document.StoryDocument:
    """The document of an edition that the caller has just found to be public; documents never change.

    `slug` is where it is to be read, when the story has moved since.
    """
    found = document.from_json(EditionDocument.objects.values_list("document", flat=True).filter(digest=digest)[0])
    return _with_slug(slug or found.slug, found)


def documents_of(digests: Iterable[str]) -> Iterator[tuple[str, document.StoryDocument]]:
    """Digest and document of editions that the caller has just found to be public; one SELECT, read in turn."""
    rows = EditionDocument.objects.filter(digest__in=list(digests)).values_list("digest", "document")
    for digest, text in rows.iterator(chunk_size=20):
        yield digest, document.from_json(text)


def whole_edition(slug: str, number: int) -> tuple[str, list[document.StoryDocument]]:
    """The story file of an edition that readers may see, and its document in each language. Raises NotPublished."""
    rows = EditionDocument.objects.allowed(timezone.now()).filter(edition__story__slug=slug, edition__number=number)
    found = list(rows.order_by("language").values_list("edition__source", "document"))
    if not found:
        raise NotPublished(slug)
    return found[0][0], [document.from_json(text) for _source, text in found]


def _with_slug(slug: str, published: document.StoryDocument) -> document.StoryDocument:
    """The document under the story's present address: a renamed story has no new edition, but all its links move."""
    return published if published.slug == slug else replace(published, slug=slug)


def published_stories(language: str) -> list[StoryInList]:
    """All visible stories, newest first; those not in `language`, or all without one, in their default language."""
    chosen: dict[str, StoryInList] = {}
    for card in published_cards():
        if card.language == language or (card.slug not in chosen and card.is_default):
            chosen[card.slug] = card
    return list(chosen.values())


def published_cards() -> list[StoryInList]:
    """Each visible story in each of its languages; the newest story first."""
    rows = EditionDocument.objects.visible(timezone.now())
    rows = rows.order_by("-edition__publish_at", "edition__story__slug", "language")
    return [_card(*row) for row in rows.values_list(*_CARD)]


_CARD = ("edition__story__slug", "language", "card", "digest", "edition__publish_at", "edition__number")


def _card(slug: str, language: str, card: dict[str, Any], digest: str, published: datetime, number: int) -> StoryInList:
    told = {key: card[key] for key in ("title", "standfirst", "byline", "chapters", "first_day", "last_day")}
    return StoryInList(
        slug=slug,
        language=language,
        is_default=language == card["default_language"],
        digest=digest,
        published=published,
        number=number,
        also_recorded=card.get("also_recorded", 0),  # editions of before have none
        people=card.get("people", 0),  # likewise
        **told,
    )


def latest_editions(language: str, most: int) -> list[LatestEdition]:
    """What was published last, of all visible stories; in `language`, or else the story's default language."""
    rows = EditionDocument.objects.allowed(timezone.now())
    rows = rows.order_by("-edition__publish_at", "-edition__number", "edition__story__slug")
    chosen: dict[tuple[str, int], LatestEdition] = {}
    for *told, note in rows.values_list(*_CARD, "edition__note")[: most * len(settings.LANGUAGES)]:
        card = _card(*told)
        key = (card.slug, card.number)
        if card.language == language or (key not in chosen and card.is_default):
            chosen[key] = LatestEdition(card, note)
    return list(chosen.values())[:most]


def next_change() -> datetime | None:
    """When the list of stories changes by itself; one small SELECT."""
    now = timezone.now()
    appear = Edition.objects.awaited(now).order_by().values_list("publish_at")
    end = Story.objects.filter(visible_until__gt=now).order_by().values_list("visible_until")
    return next((at for (at,) in appear.union(end).order_by("publish_at")[:1]), None)


def public_editions(slug: str) -> list[PublicEdition]:
    """The public history, newest first. Raises NotPublished when the story is not visible."""
    rows = Edition.objects.appeared(timezone.now()).filter(story__slug=slug)
    found = [
        PublicEdition(e.number, e.publish_at, e.note, tuple((v, k, s) for v, k, s in e.changes))
        for e in rows.order_by("-number")
    ]
    if not found:
        raise NotPublished(slug)
    return found


def moved_story(slug: str) -> str | None:
    """The present slug of a visible story that was once published under `slug`; of a hidden one nothing is told."""
    old = OldSlug.objects.filter(slug=slug, chapter=None).select_related("story").first()
    visible = EditionDocument.objects.visible(timezone.now())
    return old.story.slug if old and visible.filter(edition__story=old.story).exists() else None
