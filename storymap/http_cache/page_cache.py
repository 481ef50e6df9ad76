"""Which edition is current, remembered for a moment; answers that hold for one edition; and whole answers in memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders
from django.utils import timezone

from storymap import assets
from storymap.http_cache.responses import Packed, answer, brief, changes_soon, encoding_of, not_modified
from storymap.http_cache.single_flight import Once
from storymap.selectors.editions import EditionRef, NotPublished, edition_ref

MOST_STORIES = 10_000

_known: dict[tuple[str, str], tuple[float, EditionRef | None]] = {}
_lock = Lock()


def current(slug: str, language: str) -> EditionRef:
    """The visible edition. Raises NotPublished."""
    now = time.monotonic()
    until, ref = _known.get((slug, language), (0.0, None))
    if now >= until:
        ref = _ref_from_database(slug, language)
        with _lock:
            if len(_known) >= MOST_STORIES:  # somebody walks through invented addresses
                _known.clear()
            _known[slug, language] = (now + _trusted_until(ref), ref)
    if ref is None:
        raise NotPublished(slug)
    return ref


def _trusted_until(ref: EditionRef | None) -> float:
    """Seconds; not beyond the moment at which something else is to be seen."""
    left = (ref.changes - timezone.now()).total_seconds() if ref and ref.changes else settings.STORYMAP_FRESHNESS
    return min(settings.STORYMAP_FRESHNESS, left)


def _ref_from_database(slug: str, language: str) -> EditionRef | None:
    try:
        return edition_ref(slug, language)
    except NotPublished:
        return None


MOST = 512
WITH_304 = ("ETag", "Vary", "Cache-Control")  # RFC 9110, 15.4.5: the reader keeps the other headers it has
Key = tuple[str, bool, str, str]


@dataclass(frozen=True)
class Remembered:
    """An answer with all its headers, and the edition it shows."""

    story: str
    language: str
    edition: EditionRef
    body: bytes
    etag: str
    headers: ResponseHeaders
    headers_unchanged: ResponseHeaders  # of a 304

    @property
    def is_current(self) -> bool:
        """Shortly before something else is to be seen, the stored headers would promise too much."""
        try:
            edition = current(self.story, self.language)
        except NotPublished:
            return False
        return edition == self.edition and not changes_soon(edition.changes)

    def answer(self, request: HttpRequest) -> HttpResponse:
        if self.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):  # quoted, so no other tag holds it
            response: HttpResponse = HttpResponseNotModified()
            response.headers = self.headers_unchanged
        else:
            response = HttpResponse(self.body)
            response.headers = self.headers  # shared: nothing outside of this middleware changes a header
        return response


class RememberedPages:
    """The outermost middleware. Host and scheme are part of the key: an answer is only given where it was right."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages: OrderedDict[Key, Remembered] = OrderedDict()
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        if request.method != "GET" or meta.get("QUERY_STRING"):  # an embed's options change what it shows
            return self.get_response(request)
        encoding = encoding_of(meta.get("HTTP_ACCEPT_ENCODING", ""))
        key = (meta.get("HTTP_HOST", ""), request.is_secure(), request.path_info, encoding)
        page = self.pages.get(key)
        if page is not None and page.is_current:
            return page.answer(request)
        response = self.get_response(request)
        shows = getattr(response, "shows", None)
        if shows and response.status_code == 200 and not changes_soon(shows[2].changes):
            self._remember(key, response, *shows)
        return response

    def _remember(self, key: Key, response: HttpResponse, story: str, language: str, edition: EditionRef) -> None:
        headers = ResponseHeaders(dict(response.items()))
        unchanged = ResponseHeaders({name: headers[name] for name in WITH_304})
        page = Remembered(story, language, edition, response.content, headers["ETag"], headers, unchanged)
        with self.lock:
            self.pages[key] = page
            while len(self.pages) > MOST:
                self.pages.popitem(last=False)


def edition_etag(ref: EditionRef, what: str) -> str:
    """Of `what` is answered about an edition; it changes with the edition and with the release."""
    return f"{ref.digest[:16]}-{ref.number}-{assets.release()}-{what}"


def edition_page(
    request: HttpRequest, packed: Once[Packed], ref: EditionRef, story: str, language: str, *rest: object, etag: str
) -> HttpResponse:
    """A page about a story. `packed` makes it of all that follows; the middleware RememberedPages may remember it."""
    lasting = brief(ref.changes)
    if unchanged := not_modified(request, etag, lasting):
        return unchanged
    make = packed.make if settings.DEBUG else packed  # while developing, templates change under a page
    response = answer(request, make(ref, story, language, *rest), etag, lasting)
    response.shows = (story, language, ref)  # type: ignore[attr-defined]
    return response
