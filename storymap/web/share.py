"""Sharing a story, and the page that tells publishers how embeds work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap import csp
from storymap.answers.packing import brief
from storymap.pages.addresses import public
from storymap.pages.sharing import choice_of, share_page
from storymap.selectors import NotPublished, published_story
from storymap.web.gone import elsewhere


@require_safe
def share(request: HttpRequest, story: str) -> HttpResponse:
    """Template storymap/share.html with `page`, a SharePage. What the query asks for and is not there is left out."""
    try:
        published = published_story(story, translation.get_language())
    except NotPublished:
        return elsewhere(request, story, "share")
    document = published.document
    page = share_page(published, choice_of(request.GET, document), public(document, published.edition.digest))
    response = render(request, "storymap/share.html", {"page": page})
    response["Content-Security-Policy"] = csp.policy(frames="'self'")  # the embed as it will look
    response["Cache-Control"] = brief(published.edition.changes)
    return response
