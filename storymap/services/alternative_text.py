"""Whether an alternative text is one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import gettext as _

_FILE = re.compile(r".*\.(?:jpe?g|png|webp|avif|gif|hei[cf]|svg|tiff?|bmp)", re.IGNORECASE)
_CAMERA = re.compile(  # as cameras and telephones name their files
    r"(?:IMG|DSC[FN]?|DCIM|PXL|MVI|GOPR|Screen ?shot|WhatsApp Image|P(?=\d{4}))[\s_-]*\d[\d\s_.:()~at-]*", re.IGNORECASE
)
_KIND = re.compile(r"(?:image|photo|photograph|picture|untitled|scan)[\s_-]*\d*", re.IGNORECASE)


def problem_with(alt: str, *, slug: str, repeated: Iterable[str]) -> str:
    """What is wrong with the text, for an editor, or nothing. `repeated`: what readers are told anyway."""
    text = " ".join(alt.split())
    if not text:
        return _("Say what a reader who cannot see the picture should learn from it, or tick “decorative”.")
    if any(pattern.fullmatch(text) for pattern in (_FILE, _CAMERA, _KIND)):
        return _("This is the name of a file, not what the picture shows.")
    if slug and slugify(text) == slug:
        return _("This repeats the slug. Say what the picture shows.")
    if text.casefold() in {" ".join(other.split()).casefold() for other in repeated}:
        return _("Readers are told this already, in the caption or in a title. Say what the picture shows.")
    return ""
