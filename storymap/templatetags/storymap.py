"""Template tags of our own; load with {% load storymap %}."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """What this installation is called."""
    return settings.STORYMAP_SITE_NAME
