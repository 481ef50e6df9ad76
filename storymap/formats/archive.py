"""Our own format, `storymap/1`: story.json with places.json, events.json … beside it, and media/."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from django.core.files.storage import default_storage

from places.features import unstorable
from storymap.maps.ground.extract_file import decode
from storymap.selectors.editions import whole_edition
from storymap.story.document import StoryDocument
from storymap.story.extract_head import ExtractHead
from storymap.story.problem import CannotRead, Problem
from storymap.story.storyfile import FORMAT, PARTS, ExtractEntry, StoryFile

MEDIA = "media/"
MANIFEST = "manifest.json"
ARCHIVE = "storymap-archive/1"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name


def story_in(files: Mapping[str, bytes]) -> tuple[StoryFile, dict[str, bytes]]:
    """The story and its media files by name. Raises CannotRead, which names every part and field that is wrong."""
    if "story.json" not in files:
        raise CannotRead([Problem("story.json", "is missing")])
    if MANIFEST in files:
        _check(files)
    problems: list[Problem] = []
    whole = _parse_json("story.json", files["story.json"], problems)
    if not problems and (not isinstance(whole, dict) or whole.get("format") != FORMAT):
        raise CannotRead([Problem("story.json/format", f"must be {FORMAT!r}")])
    whole = whole or {}  # whoever has a broken story.json still hears of broken parts
    for part in PARTS:
        if f"{part}.json" in files:
            whole[part] = _parse_json(f"{part}.json", files[f"{part}.json"], problems)
    entries = {part: _entries(part, whole.pop(part, []), problems) for part in PARTS}
    story = _convert(whole, StoryFile, "story.json", problems) if whole else None
    media = {name.removeprefix(MEDIA): data for name, data in files.items() if name.startswith(MEDIA)}
    entries["extracts"] = tuple(_with_head(entry, media, problems) for entry in entries["extracts"])
    if problems or story is None:
        raise CannotRead(problems)
    return replace(story, **entries), media


def _with_head(entry: ExtractEntry | None, media: Mapping[str, bytes], problems: list[Problem]) -> ExtractEntry | None:
    """Basemap extracts are taken over as they are, so they have to be whole; what the file says of itself counts."""
    if entry is None or entry.file not in media:
        return entry  # saving names what is missing, as of every other medium
    try:
        held = decode(media[entry.file])
    except ValueError as problem:
        problems.append(Problem(f"extracts/{entry.slug}/file", f"{entry.file}: {problem}"))
        return entry
    return replace(entry, head=ExtractHead(held.bounds, held.min_zoom, held.credit))


def zip_of(source: bytes, media: Mapping[str, bytes]) -> bytes:
    """A zip of an edition: the same edition makes the same bytes, wherever and whenever. `source` is its story file.

    The manifest names the digest of each file, and neither number nor date of the edition: of another installation,
    where it is loaded and published again, these are other ones.
    """
    files = {"story.json": source, **{MEDIA + name: data for name, data in media.items()}}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    manifest = json.dumps({"format": ARCHIVE, "sha256": digests}, indent=1).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in [(MANIFEST, manifest), *sorted(files.items())]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            packed = zipfile.ZIP_DEFLATED if name.endswith(".json") else zipfile.ZIP_STORED
            archive.writestr(entry, data, packed, compresslevel=9)
    return file.getvalue()


def _check(files: Mapping[str, bytes]) -> None:
    """Every file is the one that the manifest names, and none is missing or added. Raises CannotRead."""
    problems: list[Problem] = []
    manifest = _parse_json(MANIFEST, files[MANIFEST], problems)
    digests = manifest.get("sha256") if isinstance(manifest, dict) and manifest.get("format") == ARCHIVE else None
    if not isinstance(digests, dict):
        raise CannotRead(problems or [Problem(MANIFEST, f"must be of the format {ARCHIVE!r}")])
    there = {name for name in files if name != MANIFEST}
    problems += [Problem(name, "is named in the manifest and missing") for name in sorted(digests.keys() - there)]
    problems += [Problem(name, "is not named in the manifest") for name in sorted(there - digests.keys())]
    for name in sorted(there & digests.keys()):
        if hashlib.sha256(files[name]).hexdigest() != digests[name]:
            problems.append(Problem(name, "is not the file that the manifest names: its digest differs"))
    if problems:
        raise CannotRead(problems)


def _entries(part: str, values: Any, problems: list[Problem]) -> tuple[Any, ...]:
    if not isinstance(values, list):
        problems.append(Problem(part, "must be a list"))
        return ()
    return tuple(
        _convert(value, PARTS[part], _path_to(part, n, value), problems) for n, value in enumerate(values, start=1)
    )


def _path_to(part: str, number: int, value: Any) -> str:
    slug = value.get("slug") if isinstance(value, dict) else None
    return f"{part}/{slug}" if slug and isinstance(slug, str) else f"{part}/number {number}"


def _convert(value: Any, kind: type, where: str, problems: list[Problem]) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as invalid:
        problems.append(Problem(where, str(invalid)))
        return None


def _parse_json(name: str, data: bytes, problems: list[Problem]) -> Any:
    """JSON that is also storable: no NaN, no lone surrogate, no NUL, no endless nesting. Else an empty list."""
    try:
        value = msgspec.json.decode(data)
        bad = [Problem(name + path, "cannot be stored, or is nested too deeply") for path in unstorable(value)]
        if not bad:
            json.loads(data, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as problem:  # msgspec's errors are ValueErrors
        problems.append(Problem(name, f"is not JSON: {problem}"))
        return []
    problems += bad
    return [] if bad else value


def _each_once(pairs: list[tuple[str, Any]]) -> None:
    """Of two equal keys a reader of the file would see one and the program take the other."""
    keys = [key for key, _value in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError(f"the key {max(keys, key=keys.count)!r} occurs twice")


def archive_of(slug: str, number: int) -> bytes:
    """A zip of our own format. Raises NotPublished; and FileNotFoundError for a medium that the store has lost."""
    source, documents = whole_edition(slug, number)
    return zip_of(source.encode(), {name: _read_stored(name) for name in sorted(set(_media(documents)))})


def _media(documents: Iterable[StoryDocument]) -> Iterator[str]:
    """The stored names of all that the edition shows or plays, in any language."""
    for document in documents:
        yield from (extract.file for extract in document.extracts or ())
        for chapter in document.chapters:
            if chapter.illustration:
                yield from (file.name for file in (*chapter.illustration.files, *(chapter.illustration.copies or ())))
            if chapter.stage:
                yield chapter.stage.file.name
            if chapter.audio:
                yield from filter(None, (chapter.audio.file, chapter.audio.captions))


def _read_stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()
