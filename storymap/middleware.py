"""What every response carries: a strict content security policy and the language its address names. And who asks."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers, has_vary_header

from storymap.csp import policy
from storymap.maps.basemaps import editor_tiles
from storymap.services.history.audit import asked_from
from storymap.throttling import client_address

Handler = Callable[[HttpRequest], HttpResponse]
WORKSHOP = "/admin/"  # the address of the admin, which has no language


PARTS = ("text/css", "text/javascript", "application/json", "application/geo+json", "image/svg+xml")
NOTHING = "default-src 'none'; frame-ancestors 'none'"


class ContentSecurityPolicy:
    """Django 6 has this built in; a view may set its own header first. Parts of a page are no page, and may nothing:
    half a dozen of them come with each page, and a long header counts as much as what it stands before."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.header = policy()
        self.workshop = policy(pictures=editor_tiles().hosts)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        header = self.workshop if request.path.startswith(WORKSHOP) else self.header
        if response.headers.get("Content-Type", "").partition(";")[0] in PARTS:
            header = NOTHING
        response.headers.setdefault("Content-Security-Policy", header)
        return response


class PrivateAnswers:
    """What depends on who is signed in is stored by no cache, also where Django's admin does not say so."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if has_vary_header(response, "Cookie") and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class OpenedByAnybody:
    """What every cache may keep is the same for everybody: a foreign window that opened it gains nothing by holding it.

    Such a page goes without a Cross-Origin-Opener-Policy (HTML, 7.1.3): to part it from its opener the browser would
    begin a new process when the answer arrives, and the reader would wait for that.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "public" in response.headers.get("Cache-Control", ""):
            del response.headers["Cross-Origin-Opener-Policy"]
        return response


class PathLanguage:
    """The address alone says the language: no cookie, no Accept-Language, so every page can be cached for everyone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # as Django's own middleware does
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class NamedHosts(CommonMiddleware):
    """Django's own, which refuses hosts that are not allowed. Machines that ask whether the site lives and is ready do
    so by whatever address they know, and are answered."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        path = request.path_info.removeprefix("/")
        if any(re.search(probe, path) for probe in settings.SECURE_REDIRECT_EXEMPT):
            return None
        return super().process_request(request)


class AskedFrom:
    """Tells the audit log which address asks, as the throttling of logins sees it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = asked_from.set(client_address(request) or "")
        try:
            return self.get_response(request)
        finally:
            asked_from.reset(before)
