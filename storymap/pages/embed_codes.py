"""What a publisher pastes: the address of an embed, a frame, or a frame that is as tall as the story."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html

from storymap.pages import host_script

HEIGHT = 640  # pixels of a frame whose height nobody sets


@dataclass(frozen=True)
class Embedded:
    """What of a story is embedded, and how. Empty is as usual."""

    slug: str
    language: str
    chapter: str = ""
    start: str = ""  # a chapter or a moment
    theme: str = ""
    map: str = ""
    edition: int = 0  # 0: the newest
    chapters: str = ""  # first..last

    @property
    def address(self) -> str:
        """Absolute."""
        names = ("theme", "map", "start", "chapters", "edition")
        query = urlencode({name: getattr(self, name) for name in names if getattr(self, name)})
        name, arguments = ("embed-chapter", [self.slug, self.chapter]) if self.chapter else ("embed", [self.slug])
        with translation.override(self.language):
            path = reverse(name, args=arguments)
        return settings.STORYMAP_SITE_URL + path + (f"?{query}" if query else "")


def frame_code(embedded: Embedded, title: str) -> str:
    """Works without any script; its height is fixed. A block, so that a theme can give it the width of its column."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" allowfullscreen '
        'referrerpolicy="strict-origin-when-cross-origin" style="border:0;display:block;width:100%"></iframe>',
        embedded.address,
        title,
        HEIGHT,
    )


def script_code(embedded: Embedded, title: str, link: str) -> str:
    """As tall as the story; where the script does not run, a link."""
    return format_html(
        '<script async src="{}" integrity="{}" crossorigin="anonymous"></script>\n'
        '<story-map src="{}" title="{}" style="display:block"><a href="{}">{}</a></story-map>',
        host_script.address(),
        host_script.integrity(),
        embedded.address,
        title,
        link,
        title,
    )
