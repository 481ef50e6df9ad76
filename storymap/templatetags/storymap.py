"""Template tags of our own; load with {% load storymap %}."""

import re
from collections.abc import Iterable

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe

from places.statuses import ClaimStatus
from storymap.story.document import PictureFile

register = template.Library()
_BETWEEN_LINES = re.compile(r"(?<=>)\s*\n\s*(?=<)")


@register.simple_tag
def site_name() -> str:
    """What this installation is called."""
    return settings.STORYMAP_SITE_NAME


@register.simple_tag
def claim_statuses() -> type[ClaimStatus]:
    """All of them, to loop over."""
    return ClaimStatus


@register.filter
def srcset(files: Iterable[PictureFile]) -> str:
    """The files of a picture for the browser to choose from by their width."""
    return ", ".join(f"{settings.MEDIA_URL}{file.name} {file.width}w" for file in files)


@register.simple_block_tag
def tight(content: str) -> str:
    """HTML without the line breaks between its tags, each of which a browser would keep as a node of the page.

    Spaces within a line stay: between the parts of a sentence they are wanted.
    """
    return mark_safe(_BETWEEN_LINES.sub("", content))  # noqa: S308  what was escaped stays so
