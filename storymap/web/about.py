"""How to embed, for publishers, and an article that does it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from storymap import csp
from storymap.answers.packing import brief
from storymap.pages import host_script
from storymap.pages.embed_codes import Embedded
from storymap.pages.embedding_guide import embedding_guide
from storymap.selectors import next_change, published_stories

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
        "script": host_script.address(),
        "integrity": host_script.integrity(),
    }
    response = render(request, "storymap/example_article.html", given)
    response["Content-Security-Policy"] = csp.policy(frames="'self'")
    response["Cache-Control"] = brief(next_change())
    return response
