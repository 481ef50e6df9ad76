"""Storing the files of one change: all of them or none. Files lie under the digest of their content."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from types import TracebackType

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.utils.translation import gettext as _

from storymap.models import Illustration
from storymap.services.media.pictures import Encoded
from storymap.services.media.renditions import names_of
from storymap.services.media.story_media import Checked
from storymap.story.document import PictureFile
from storymap.story.problem import Problem
from storymap.story.storyfile import StoryFile, entries_in

log = logging.getLogger(__name__)


class CannotStore(Exception):
    """The disk is full or broken; in words for an editor. None of the files is stored."""

    def __init__(self) -> None:
        super().__init__(_("The file could not be stored: is the server's disk full? Nothing was changed."))


_open: ContextVar[Storing | None] = ContextVar("the files of the change around this one", default=None)


class Storing:
    """The files that one change brings. Around it as a context: when the change fails, they go again.

    Names are digests of the content, so what is there already is left alone, and stays whatever happens.
    It may be nested, like transactions: files of an inner change go too when the outer one fails.
    """

    def __init__(self) -> None:
        self.written: list[str] = []
        self.outer: Storing | None = None

    def store(self, contents: Mapping[str, bytes]) -> None:
        """Store what is not there yet, in the given order. Raises CannotStore."""
        for name, content in contents.items():
            try:
                if not default_storage.exists(name):
                    self.written.append(default_storage.save(name, ContentFile(content)))
            except OSError as error:
                log.error("%s could not be stored: %s", name, error)  # for the operator
                raise CannotStore from error

    def __enter__(self) -> Storing:
        self.outer = _open.get()
        _open.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises CannotStore where it is the database that ran full."""
        _open.set(self.outer)
        if value is None:
            if self.outer:
                self.outer.written += self.written
            return
        for name in self.written:
            with suppress(OSError):  # a broken disk must not hide what went wrong first
                default_storage.delete(name)
        if isinstance(value, OperationalError):
            log.error("The change could not be written: %s", value)
            raise CannotStore from value


_NAME = re.compile(r"([0-9a-f]{32})-(\d{1,5})x(\d{1,5})\.webp")


def stored_media(file: StoryFile) -> Checked:
    """The pictures and extracts that the file names, as they are stored; what is no longer there is a problem."""
    found = Checked({})
    for entry in file.illustrations:
        for name in entry.file.values():
            found.pictures[name] = Encoded(files, {}) if (files := _files_of_row(name)) else _files_in_storage(name)
            if not found.pictures[name].files:
                found.problems.append(Problem(f"illustrations/{entry.slug}/file", _("is no longer stored")))
    for stage in entries_in(file, "stages"):
        if not all(default_storage.exists(name) for name in stage.file.values()):
            found.problems.append(Problem(f"stages/{stage.slug}/file", _("is no longer stored")))
    for extract in file.extracts or ():
        if not default_storage.exists(extract.file):
            found.problems.append(Problem(f"extracts/{extract.slug}/file", _("is no longer stored")))
    return found


def _files_of_row(name: str) -> tuple[PictureFile, ...]:
    """The files, as a row that shows the same picture knows them."""
    translation = Illustration.objects.filter(translations__file=name).values_list("translations__files", flat=True)
    return tuple(PictureFile(**file) for file in next((files for files in translation if files), []))


def _files_in_storage(name: str) -> Encoded:
    if not (parts := _NAME.fullmatch(name)) or not default_storage.exists(name):
        return Encoded((), {})
    names = names_of(parts[1], (int(parts[2]), int(parts[3])))
    webp = (file for file in names.webp if file.name == name or default_storage.exists(file.name))
    copies = (file for file in (*names.avif, names.jpeg) if default_storage.exists(file.name))
    return Encoded(tuple(webp), {}, tuple(copies))
