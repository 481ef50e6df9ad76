"""How the data are answered: what may be asked, headers for programs of other sites, and problems as JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from storymap.api.links import service_links
from storymap.api.parameters import Asked, Failed, NoAnswer, NotFound, OnlyReading, read_parameters
from storymap.selectors.editions import NotPublished, moved_story

VERSION = "1"
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
View = Callable[..., HttpResponse]
Known = tuple[str, ...] | None


def data(*known: str, strict: bool = True) -> Callable[[View], View]:
    """A view with data, which knows these parameters and gets them as an Asked. Without `strict` none is looked at.

    It may raise a NoAnswer or, about the story that its address names, NotPublished.
    """

    def decorated(view: View) -> View:
        @csrf_exempt  # nothing can be changed here, and whoever tries gets an answer in JSON
        @wraps(view)
        def answered(request: HttpRequest, **named: str) -> HttpResponse:
            return _with_headers(_answer_or_problem(view, request, known if strict else None, named))

        return answered

    return decorated


def failed() -> HttpResponse:
    """What is answered when a view with data has failed."""
    return _with_headers(Failed().response())


def _answer_or_problem(view: View, request: HttpRequest, known: Known, named: dict[str, str]) -> HttpResponse:
    if request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META:
        return _preflight()
    try:
        if request.method not in ("GET", "HEAD"):
            raise OnlyReading
        try:
            given = Asked() if known is None else read_parameters(request.GET, request.GET.getlist, known)
            return view(request, given, **named)
        except NotPublished:
            return _redirect_of_slug(request, named["story"])
    except NoAnswer as problem:
        return problem.response()


def _preflight() -> HttpResponse:
    """A browser asks before it sends headers of its own, such as If-None-Match: all of them are welcome."""
    response = HttpResponse(status=204, headers=PREFLIGHT)
    del response["Content-Type"]
    return response


def _redirect_of_slug(request: HttpRequest, slug: str) -> HttpResponse:
    """To the present address of a story, with all that was asked. Raises NotFound."""
    moved = moved_story(slug)
    if moved is None or request.resolver_match is None:
        raise NotFound
    query = request.META.get("QUERY_STRING", "")
    path = reverse(request.resolver_match.view_name, args=[moved])
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _with_headers(response: HttpResponse) -> HttpResponse:
    """Whoever may read a page may read its data, from any site, without credentials."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, API-Version, Content-Language"
    response["API-Version"] = VERSION
    response["Link"] = service_links() + (f", {response['Link']}" if "Link" in response else "")
    return response
