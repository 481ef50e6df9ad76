"""What a page fetches besides itself. Addresses carry the edition's digest, so answers may be cached for ever."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap import assets
from storymap.http_cache.responses import (
    ANYWHERE,
    FOREVER,
    Packed,
    answer,
    for_anywhere,
    forever,
    not_modified,
    range_response,
)
from storymap.http_cache.single_flight import computed_once
from storymap.maps import render_cache
from storymap.pages import drawing
from storymap.pages.addresses import public
from storymap.pages.head import card_words
from storymap.selectors.editions import EditionRef, NotPublished, document_of, edition_of_digest, moved_story
from storymap.story.document import StoryDocument

CONTENT_TYPES = {
    "webp": "image/webp",
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "vtt": "text/vtt",
}


@require_safe
def map_script(request: HttpRequest, story: str, digest: str) -> HttpResponse:
    """folium's script: the drawing of the story's map."""
    return _derived_file(request, story, digest, "map")


@require_safe
def places(request: HttpRequest, story: str, digest: str) -> HttpResponse:
    """Places, journeys and areas as GeoJSON (RFC 7946)."""
    return _derived_file(request, story, digest, "places")


@require_safe
def atlas_extract(request: HttpRequest, story: str, number: int, digest: str) -> HttpResponse:
    """The detailed atlas of the n-th neighbourhood of the story (atlas/1)."""
    return _derived_file(request, story, digest, f"atlas-{number}")


@require_safe
def chapter_picture(request: HttpRequest, story: str, chapter: str, digest: str) -> HttpResponse:
    """The chapter's map as a picture: without JavaScript, and in print."""
    edition = _edition(story, digest)
    document = document_of(edition.digest, story)
    if not document.chapter(chapter):
        raise Http404
    return _picture(render_cache.chapter_picture(document, chapter), edition)


@require_safe
def story_picture(request: HttpRequest, story: str, digest: str) -> HttpResponse:
    """The story's map as a picture, for lists."""
    edition = _edition(story, digest)
    return _picture(render_cache.story_picture(document_of(edition.digest, story)), edition)


@require_safe
def card(request: HttpRequest, story: str, digest: str, chapter: str = "") -> HttpResponse:
    """The picture that goes with a shared link to the story or chapter."""
    edition = _edition(story, digest)
    document = document_of(edition.digest, story)
    if chapter and not document.chapter(chapter):
        raise Http404
    return _picture(render_cache.card(document, chapter, card_words(document, chapter)), edition, "image/png")


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A stored picture, recording, caption file or basemap extract. Its name is a digest of the content, so nobody
    guesses it."""
    if name.endswith(".json"):
        return _extract(request, name)
    if not default_storage.exists(name):
        raise Http404
    response = range_response(request, default_storage.open(name), default_storage.size(name))
    response["Content-Type"] = CONTENT_TYPES[name.rpartition(".")[2]]
    response["Cache-Control"] = FOREVER
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"  # whatever it holds, it is no page
    return for_anywhere(response)


def _extract(request: HttpRequest, name: str) -> HttpResponse:
    """In atlas/2, which packs to a third."""
    lasting = not_modified(request, name, FOREVER) or answer(request, _packed_extract(name), name, FOREVER)
    lasting["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return for_anywhere(lasting)


@computed_once(32)
def _packed_extract(name: str) -> Packed:
    """Raises Http404."""
    if not default_storage.exists(name):
        raise Http404
    with default_storage.open(name) as file:
        return Packed.of(file.read(), drawing.ATLAS)


def _picture(data: bytes, edition: EditionRef, kind: str = "image/webp") -> HttpResponse:
    lasting = {"Cache-Control": forever(edition.ends)}
    return HttpResponse(data, content_type=kind, headers=lasting | ANYWHERE)


def _derived_file(request: HttpRequest, story: str, digest: str, name: str) -> HttpResponse:
    edition = _edition(story, digest)
    etag = f"{digest}-{assets.release()}-{name}"
    lasting = forever(edition.ends)
    unchanged = not_modified(request, etag, lasting)
    return for_anywhere(unchanged or answer(request, _packed_file(edition.digest, story, name), etag, lasting))


def _edition(slug: str, digest: str) -> EditionRef:
    """Also under a former slug: a page opened before the story was renamed still fetches."""
    language = translation.get_language()
    try:
        return edition_of_digest(slug, language, digest)
    except NotPublished:
        moved = moved_story(slug)
    try:
        return edition_of_digest(moved or slug, language, digest)
    except NotPublished:
        raise Http404 from None


@computed_once(128)
def _packed_file(digest: str, slug: str, name: str) -> Packed:
    """Raises Http404 for a neighbourhood that the story does not have."""
    document = document_of(digest, slug)
    kind, _, number = name.partition("-")
    return _MAKERS[kind](document, digest, int(number or 0))


def _map_script(document: StoryDocument, digest: str, _number: int) -> Packed:
    return Packed.of(drawing.map_script(document, public(document, digest)), drawing.SCRIPT)


def _places(document: StoryDocument, _digest: str, _number: int) -> Packed:
    return Packed.of(drawing.places(document), drawing.GEOJSON)


def _atlas(document: StoryDocument, _digest: str, number: int) -> Packed:
    extract = drawing.atlas_extract(document, number)
    if extract is None:
        raise Http404
    return Packed.of(extract, drawing.ATLAS)


Maker = Callable[[StoryDocument, str, int], Packed]
_MAKERS: dict[str, Maker] = {"map": _map_script, "places": _places, "atlas": _atlas}
