"""Pages for what went wrong, and for a story that is not to be seen. They say nothing about what exists."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from storymap.selectors.editions import is_withdrawn, moved_story


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    response = render(request, "404.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    response = render(request, "500.html", status=500)
    response["Cache-Control"] = "no-store"
    return response


def elsewhere(request: HttpRequest, story: str, name: str, *arguments: str) -> HttpResponse:
    """301 to its present address when it was renamed; 410 (RFC 9110, 15.5.11) with template 410.html, which tells
    nothing about it, when readers have known it. Raises Http404 for all else. `arguments` follow the story's own."""
    if moved := moved_story(story):
        return HttpResponsePermanentRedirect(reverse(name, args=[moved, *arguments]))
    if not is_withdrawn(story):
        raise Http404
    response = render(request, "410.html", status=410)
    response["Cache-Control"] = "no-store"
    return response
