"""Storing the files of one change: all of them, or none."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


class CannotStore(Exception):
    """The disk is full or broken; in words for an editor. None of the files is kept."""

    def __init__(self) -> None:
        super().__init__(_("The file could not be stored: is the server's disk full? Nothing was changed."))


class Storing:
    """The files that one change brings. Around it as a context: when the change fails, they go again.

    Names are digests of the content, so what is there already is left alone, and stays whatever happens.
    """

    def __init__(self) -> None:
        self.written: list[str] = []

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Store what is not there yet, in the given order. Raises CannotStore."""
        for name, content in contents.items():
            try:
                if not default_storage.exists(name):
                    self.written.append(default_storage.save(name, ContentFile(content)))
            except OSError as error:
                log.error("%s could not be stored: %s", name, error)  # for the operator
                raise CannotStore from error

    def __enter__(self) -> Storing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises CannotStore where it is the database that ran full."""
        if value is None:
            return
        for name in self.written:
            with suppress(OSError):  # a broken disk must not hide what went wrong first
                default_storage.delete(name)
        if isinstance(value, OperationalError):
            log.error("The change could not be written: %s", value)
            raise CannotStore from value
