"""Requests made from another one: the same page as it is opened, or with other data or files.

The given request stays as it is.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def opening(request: HttpRequest) -> HttpRequest:
    """Opens the page; sends nothing."""
    opened = sending(request, QueryDict(), MultiValueDict())
    opened.method = "GET"
    return opened


def sending(request: HttpRequest, data: QueryDict, files: Any = None) -> HttpRequest:
    """Sends these data, and these files where there are other ones."""
    request.POST  # noqa: B018  reads the body, once for both
    sent: Any = copy(request)
    sent.POST = data
    sent._files = request.FILES if files is None else files
    return sent


def with_plain_ends_of_lines(request: HttpRequest) -> HttpRequest:
    """Browsers write ends of lines their own way, and nothing has changed by that."""
    data = request.POST.copy()
    for name in list(data):
        data.setlist(name, [text.replace("\r\n", "\n") for text in data.getlist(name)])
    return sending(request, data)


def refusing_files(request: HttpRequest, problem: str) -> HttpRequest:
    """Its files are refused by the form that asks for them, in these words: see `refusal_of`."""
    files = request.FILES.copy()
    for name in files:
        files.setlist(name, [_with_refusal(file, problem) for file in files.getlist(name)])
    return sending(request, request.POST, files)


def _with_refusal(file: Any, problem: str) -> Any:
    again = copy(file)
    again.refused = problem
    return again


def refusal_of(upload: Any) -> str:
    """Why the file cannot be taken; empty where nothing is known against it."""
    return getattr(upload, "refused", "")
