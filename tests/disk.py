"""A storage as a real site has it, and a file system that runs full: a limit of the kernel, no pretence."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import override_settings


@contextmanager
def files_in(folder: Path) -> Iterator[Path]:
    """Files are stored in the folder."""
    stored = {"BACKEND": "storymap.storage.WholeFiles", "OPTIONS": {"location": folder}}
    with override_settings(STORAGES={**settings.STORAGES, "default": stored}):
        yield folder


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """The kernel refuses to write files any larger, as it does when a disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
