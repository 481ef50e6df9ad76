"""What was published last, with its corrections, for feed readers (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from storymap.selectors.editions import LatestEdition

MOST = 50


def feed_xml(editions: Sequence[LatestEdition], language: str) -> bytes:
    """An entry for each edition; its id stays when the site moves to https or the story gets another title."""
    here = settings.STORYMAP_SITE_URL
    feed = Atom1Feed(
        title=settings.STORYMAP_SITE_NAME,
        link=here + reverse("index"),
        description=_("New stories, and what was corrected in them."),
        language=language,
        feed_url=here + reverse("feed"),
        feed_guid=_id(language),
    )
    for edition in editions:
        card = edition.card
        feed.add_item(
            title=_title(edition),
            link=_link(edition),
            description=edition.note or card.standfirst,
            unique_id=_id(card.language, card.slug, str(edition.card.number)),
            pubdate=card.published,
            updateddate=card.published,
            author_name=card.byline or settings.STORYMAP_SITE_NAME,
        )
    return feed.writeString("utf-8").encode()


def _title(edition: LatestEdition) -> str:
    if edition.card.number == 1:
        return edition.card.title
    return _("%(title)s (edition %(number)s)") % {"title": edition.card.title, "number": edition.card.number}


def _link(edition: LatestEdition) -> str:
    """The story itself; of a later edition, its line in the public history."""
    with translation.override(edition.card.language):
        if edition.card.number == 1:
            return settings.STORYMAP_SITE_URL + reverse("story", args=[edition.card.slug])
        return (
            f"{settings.STORYMAP_SITE_URL}{reverse('editions', args=[edition.card.slug])}#edition-{edition.card.number}"
        )


def _id(*parts: str) -> str:
    """A tag URI (RFC 4151): who named it, since when, and what."""
    return f"tag:{urlsplit(settings.STORYMAP_SITE_URL).hostname},2026:{'/'.join(parts)}"
