"""Pages for what went wrong, also when nothing can be written. They say nothing about what exists."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from storymap.selectors.editions import is_gone, moved_story


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    response = render(request, "404.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    response = render(request, "500.html", status=500)
    response["Cache-Control"] = "no-store"
    return response


def moved_or_gone(request: HttpRequest, story: str, name: str, *arguments: str) -> HttpResponse:
    """301 to its present address when it was renamed; 410 (RFC 9110, 15.5.11) with template 410.html, which tells
    nothing about it, when readers have known it. Raises Http404 for all else. `arguments` follow the story's own."""
    if moved := moved_story(story):
        return HttpResponsePermanentRedirect(reverse(name, args=[moved, *arguments]))
    if not is_gone(story):
        raise Http404
    response = render(request, "410.html", status=410)
    response["Cache-Control"] = "no-store"
    return response


STATUS = 507  # Insufficient Storage (RFC 4918, 11.5)
OF_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
OF_SQLITE = ("disk is full", "readonly database", "disk I/O error")
OF_POSTGRESQL = {"53100", "58030", "25006"}  # disk full, error of input or output, read only
SECRET = ("password", "code")  # parts of names of fields that are never shown again


def is_full(error: BaseException | None) -> bool:
    """Whether the error, or what it came from, is that nothing can be written."""
    return any(_is_refusal(one) for one in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_refusal(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in OF_FILES
    of_postgresql = getattr(error, "sqlstate", None) in OF_POSTGRESQL
    return of_postgresql or (isinstance(error, DatabaseError) and any(words in str(error) for words in OF_SQLITE))


def full(request: HttpRequest) -> HttpResponse:
    """Template 507.html with `typed`, the fields of the form that was sent; JSON for what a script has sent."""
    if request.content_type == "application/json":
        problem = _("the server’s disk is full, so nothing was saved; what you typed is still in this form")
        response: HttpResponse = JsonResponse({"problem": problem}, status=STATUS)
    else:
        brought_files = request.content_type == "multipart/form-data"
        given = {"typed": _typed_fields(request), "brought_files": brought_files, "is_form": request.method == "POST"}
        response = render(request, "507.html", given, status=STATUS)
    response["Cache-Control"] = "no-store"
    return response


def _typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values. None of a form with a secret: a password does not stand in a page."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [] if any(part in name for name, _value in fields for part in SECRET) else fields
