"""For publishers: sharing a story, how embeds work, and an article that holds one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap import csp
from storymap.http_cache.responses import brief
from storymap.pages import embed_codes
from storymap.pages.addresses import public
from storymap.pages.embed_codes import Embedded, embedding_guide
from storymap.pages.sharing import choice_of, share_page
from storymap.selectors.editions import NotPublished, next_change, published_stories, published_story
from storymap.web.errors import moved_or_gone

EXAMPLE = "lima-1996-97"  # the story that the example article is about


@require_safe
def embedding(request: HttpRequest) -> HttpResponse:
    """Template storymap/about_embedding.html with `guide`, an EmbeddingGuide."""
    language = translation.get_language()
    cards = published_stories(language)
    has_example = any(card.slug == EXAMPLE for card in cards)
    guide = embedding_guide(next(iter(cards), None), language, has_example=has_example)
    response = render(request, "storymap/about_embedding.html", {"guide": guide})
    response["Cache-Control"] = brief(next_change())
    return response


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """Template storymap/example_article.html: an article whose paragraphs lead the map. 404 without the story."""
    card = next((card for card in published_stories(translation.get_language()) if card.slug == EXAMPLE), None)
    if card is None:
        raise Http404
    given = {
        "card": card,
        "embed": Embedded(card.slug, card.language, map="only").address,
        "script": embed_codes.host_script_address(),
        "integrity": embed_codes.host_script_integrity(),
    }
    response = render(request, "storymap/example_article.html", given)
    response["Content-Security-Policy"] = csp.policy(frames="'self'")
    response["Cache-Control"] = brief(next_change())
    return response


@require_safe
def share(request: HttpRequest, story: str) -> HttpResponse:
    """Template storymap/share.html with `page`, a SharePage. What the query asks for and is not there is left out."""
    try:
        published = published_story(story, translation.get_language())
    except NotPublished:
        return moved_or_gone(request, story, "share")
    document = published.document
    page = share_page(published, choice_of(request.GET, document), public(document, published.edition.digest))
    response = render(request, "storymap/share.html", {"page": page})
    response["Content-Security-Policy"] = csp.policy(frames="'self'")  # the embed as it will look
    response["Cache-Control"] = brief(published.edition.changes)
    return response
