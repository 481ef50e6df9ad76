"""Who may see a draft: whoever may look at the story in the admin, and whoever has a valid link to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap.csp import policy
from storymap.models import Story
from storymap.pages.addresses import Addressing
from storymap.selectors.drafts import NoDraft, draft_of, story_of_link
from storymap.selectors.editions import PublishedStory

DRAFT, SHARED = "draft", "shared"  # the namespaces of the two


@dataclass(frozen=True)
class Preview:
    """A draft as it is now, and where its pages are."""

    shown: PublishedStory
    at: Addressing
    until: datetime | None = None  # of a link


View = Callable[..., HttpResponse]


def for_editors(view: View) -> View:
    """The address names the story. The admin's own frame may show the answer, nobody else's."""

    @require_safe
    def gate(request: HttpRequest, story: str, **rest: Any) -> HttpResponse:
        stories = admin.site.get_model_admin(Story)
        row = stories.get_object(request, story, "slug")
        if not stories.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        response = view(request, _preview(row, DRAFT, (row.slug,)), **rest)
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Content-Security-Policy"] = policy(framed_by="'self'")
        return _with_private_headers(response)

    return admin.site.admin_view(gate)


def by_link(view: View) -> View:
    """The address holds the token, and the story's name for the page's script. All that is wrong is one answer."""

    @require_safe
    @wraps(view)
    def gate(request: HttpRequest, token: str, story: str, **rest: Any) -> HttpResponse:
        try:
            row, link = story_of_link(token)
            preview = _preview(row, SHARED, (token, row.slug), link.expires)
            # renamed since the link was made: it is the link that counts
            response = view(request, preview, **rest) if story == row.slug else redirect(preview.at.url("story"))
        except (NoDraft, Http404):
            response = render(request, "404.html", status=404)
        response["Referrer-Policy"] = "no-referrer"  # the address is the key
        return _with_private_headers(response)

    return gate


def _preview(story: Story, door: str, place: tuple[str, ...], until: datetime | None = None) -> Preview:
    language = translation.get_language()
    try:
        shown = draft_of(story, language)
    except NoDraft:
        raise Http404 from None
    return Preview(shown, Addressing(language, place, door=door, has_history=False), until)


def _with_private_headers(response: HttpResponse) -> HttpResponse:
    """Stored by no cache and listed by no search engine."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
