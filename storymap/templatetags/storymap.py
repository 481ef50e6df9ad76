"""Template tags of our own; load with {% load storymap %}."""

from collections.abc import Iterable

from django import template
from django.conf import settings

from storymap.document import PictureFile

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """What this installation is called."""
    return settings.STORYMAP_SITE_NAME


@register.filter
def srcset(files: Iterable[PictureFile]) -> str:
    """The files of a picture for the browser to choose from by their width."""
    return ", ".join(f"{settings.MEDIA_URL}{file.name} {file.width}w" for file in files)
