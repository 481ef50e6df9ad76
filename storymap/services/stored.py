"""Media by reference: files are stored under their content's digest, so a name is all that a revision must keep."""

from __future__ import annotations

import re

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from storymap.document import PictureFile
from storymap.models import Illustration
from storymap.services.media import Checked
from storymap.services.pictures import Encoded
from storymap.services.problems import Problem
from storymap.services.renditions import names_of
from storymap.storyfile import StoryFile

_NAME = re.compile(r"([0-9a-f]{32})-(\d{1,5})x(\d{1,5})\.webp")


def stored_media(file: StoryFile) -> Checked:
    """The pictures that the file names, as they are stored; what is no longer there is a problem."""
    found = Checked({})
    for entry in file.illustrations:
        for name in entry.file.values():
            found.pictures[name] = Encoded(files, {}) if (files := _kept(name)) else _found(name)
            if not found.pictures[name].files:
                found.problems.append(Problem(f"illustrations/{entry.slug}/file", _("is no longer stored")))
    return found


def _kept(name: str) -> tuple[PictureFile, ...]:
    """The files, as a row that shows the same picture knows them."""
    translation = Illustration.objects.filter(translations__file=name).values_list("translations__files", flat=True)
    return tuple(PictureFile(**file) for file in next((files for files in translation if files), []))


def _found(name: str) -> Encoded:
    if not (parts := _NAME.fullmatch(name)) or not default_storage.exists(name):
        return Encoded((), {})
    names = names_of(parts[1], (int(parts[2]), int(parts[3])))
    webp = (file for file in names.webp if file.name == name or default_storage.exists(file.name))
    copies = (file for file in (*names.avif, names.jpeg) if default_storage.exists(file.name))
    return Encoded(tuple(webp), {}, tuple(copies))
