"""Absolute addresses: of the data, and of the pages for readers."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from storymap.pages.openapi.answers import StoryLinks
from storymap.story.document import StoryDocument

ANSWERS = {"document": "api-story", "places": "api-places", "events": "api-events", "editions": "api-editions"}


def absolute(path: str) -> str:
    return urljoin(f"{settings.STORYMAP_SITE_URL}/", path)


def address(name: str, *arguments: str, **query: str | int) -> str:
    """Of an answer with data."""
    asked = urlencode(query, safe=",/", quote_via=quote)
    return absolute(reverse(name, args=arguments)) + (f"?{asked}" if asked else "")


def page(name: str, language: str, *arguments: str) -> str:
    """Of a page for readers, in a language."""
    with translation.override(language):
        return absolute(reverse(name, args=arguments))


def guide() -> str:
    """The page that explains the data."""
    return page("data-guide", settings.LANGUAGE_CODE)


def media(name: str) -> str:
    """A stored file."""
    return absolute(f"{settings.MEDIA_URL}{name}")


def story_links(document: StoryDocument, edition: int | None) -> StoryLinks:
    """The other answers about a story, in the same language and, when one was asked for, of the same edition."""
    query: dict[str, str | int] = {}
    if document.language != document.default_language:
        query["lang"] = document.language
    of_edition = query | ({"edition": edition} if edition else {})
    return {
        "page": page("story", document.language, document.slug),
        "document": address(ANSWERS["document"], document.slug, **of_edition),
        "places": address(ANSWERS["places"], document.slug, **of_edition),
        "events": address(ANSWERS["events"], document.slug, **of_edition),
        "editions": address(ANSWERS["editions"], document.slug, **query),
        "guide": guide(),
    }


def service_links() -> str:
    """What every answer says in its header of where it is described (RFC 8631)."""
    description = f'<{address("api-openapi")}>; rel="service-desc"; type="application/vnd.oai.openapi+json;version=3.1"'
    return f'{description}, <{guide()}>; rel="service-doc"; type="text/html"'
