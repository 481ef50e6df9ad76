"""Files in: read, check, save as a draft, report."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser

from storymap.formats.archive import story_in
from storymap.services.stories.save_story_file import SaveReport, save_story_file
from storymap.story.problem import NO_ARCHIVE, CannotRead, Problem

MAX_ENTRIES = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100  # JSON packs to a tenth; more than a hundredth is a bomb


def load_path(path: Path, *, by: AbstractBaseUser | None = None) -> SaveReport:
    """Load a story folder or zip. Raises CannotRead or CannotSave; then nothing has been written."""
    return load_files(dict(_folder(path)) if path.is_dir() else dict(_archive(path.read_bytes())), by=by)


def load_files(files: dict[str, bytes], *, by: AbstractBaseUser | None = None) -> SaveReport:
    story, media = story_in(files)
    return save_story_file(file=story, media=media, by=by)


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(path.rglob("*")):
        if file.is_file():
            yield file.relative_to(path).as_posix(), file.read_bytes()


def _archive(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of a zip, never trusting what it says of itself: names and true sizes are checked while reading."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except NO_ARCHIVE:
        raise CannotRead([Problem("file", "is neither a folder nor a zip archive")]) from None
    if problems := list(_problems_of_names([entry.filename for entry in entries])):
        raise CannotRead(problems)
    left = min(MAX_UNPACKED, max(len(data), 1024 * 1024) * MAX_RATIO)
    for entry in entries:
        content = _read_entry(archive, entry, left + 1)
        left -= len(content)
        if left < 0:
            raise CannotRead(
                [Problem("file", f"unpacks to more than {MAX_UNPACKED // 1024 // 1024} MB or is packed too densely")]
            )
        yield entry.filename, content


def _problems_of_names(names: list[str]) -> Iterator[Problem]:
    if len(names) > MAX_ENTRIES:
        yield Problem("file", f"holds more than {MAX_ENTRIES} files")
    yield from (Problem(name, "is not a plain name inside the archive") for name in names if not _is_plain(name))
    yield from (Problem(name, "occurs twice") for name, times in Counter(names).items() if times > 1)


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(entry) as file:
            return file.read(most)
    except NO_ARCHIVE:
        raise CannotRead([Problem(entry.filename, "is damaged or locked")]) from None


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return not (name.startswith("/") or "\\" in name or ":" in name or "\x00" in name or ".." in parts or "" in parts)
