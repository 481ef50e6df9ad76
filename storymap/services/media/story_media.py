"""The media of a story file: each checked, and known from then on by the name it will be stored under.

Pictures that an archive brings as another installation has stored them are taken over as they are, to the byte: a
picture that was encoded twice would be another one, and its edition too. Only what our own encoder could have made is
taken: the kinds, sizes and names, decoded whole, with nothing beside the picture in it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from storymap.services.media.extracts import CheckedExtract, ExtractProblem, checked_extract
from storymap.services.media.pictures import DAMAGED, MAX_BYTES, MAX_PIXELS, Encoded, PictureProblem, encoded
from storymap.services.media.recordings import Recorded, RecordingProblem, captions, recording
from storymap.services.media.stage_pictures import StageFiles, stage_files
from storymap.story.document import PictureFile
from storymap.story.problem import Problem
from storymap.story.storyfile import ChapterEntry, ExtractEntry, StoryFile, Translated, entries_in

_STORED = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})\.(webp|avif|jpg)")
_KINDS = {"webp": "WEBP", "avif": "AVIF", "jpg": "JPEG"}
_BESIDE = ("exif", "xmp", "icc_profile", "comment")  # what the encoder leaves out


def is_stored_name(name: str) -> bool:
    return name.endswith(".webp") and _STORED.fullmatch(name) is not None


def taken_over(name: str, media: Mapping[str, bytes]) -> Encoded:
    """The picture of that stored name with all its files. Raises PictureProblem."""
    key = name[:32]
    mine = sorted((found for other in media if (found := _STORED.fullmatch(other)) and found[1] == key), key=_order)
    files = {found[0]: PictureFile(name=found[0], width=int(found[2]), height=int(found[3])) for found in mine}
    for found in mine:
        _check(found, media[found[0]])
    webp = tuple(file for file in files.values() if file.name.endswith(".webp"))
    if webp[-1].name != name:
        raise PictureProblem(_("The archive has a larger file of this picture than the one it names."))
    copies = tuple(file for file in files.values() if not file.name.endswith(".webp"))
    return Encoded(webp, {file.name: media[file.name] for file in (*webp[:-1], *copies, webp[-1])}, copies)


def _order(found: re.Match[str]) -> tuple[int, int]:
    """WebP, then AVIF, then JPEG, each in growing widths: as the encoder lists them."""
    return list(_KINDS).index(found[4]), int(found[2])


def _check(found: re.Match[str], content: bytes) -> None:
    width, height, ending = int(found[2]), int(found[3]), found[4]
    if len(content) > MAX_BYTES or width * height > MAX_PIXELS:
        raise PictureProblem(_("The picture is too large."))
    try:
        picture = Image.open(io.BytesIO(content), formats=[_KINDS[ending]])
        beside = [name for name in _BESIDE if picture.info.get(name)]
        if picture.size == (width, height):
            picture.load()
    except DAMAGED:
        raise PictureProblem(_("The picture is damaged.")) from None
    if picture.size != (width, height) or beside:
        raise PictureProblem(_("The picture is not what its name says, or holds more than a picture."))


Media = Mapping[str, bytes]  # file name inside media/ -> content


@dataclass
class Checked:
    """What has been checked so far. Nothing is stored here."""

    media: Media
    pictures: dict[str, Encoded] = field(default_factory=dict)  # by the stored name of the largest file
    recordings: dict[str, Recorded] = field(default_factory=dict)
    stages: dict[str, StageFiles] = field(default_factory=dict)  # by the stored name of the original
    extracts: dict[str, CheckedExtract] = field(default_factory=dict)  # by stored name
    problems: list[Problem] = field(default_factory=list)

    def contents(self) -> dict[str, bytes]:
        """Stored name -> content of all that is to be stored."""
        drawn = {name: body for picture in self.pictures.values() for name, body in picture.contents.items()}
        drawn |= {name: body for stage in self.stages.values() for name, body in stage.contents.items()}
        spoken = {name: recorded.content for name, recorded in self.recordings.items()}
        return drawn | spoken | {name: streets.content for name, streets in self.extracts.items()}

    def names(self, files: Translated, where: str, keep: Callable[[str], str]) -> Translated:
        """The files of one part under their stored names, without those that are refused."""
        stored = {}
        for language, name in files.items():
            try:
                stored[language] = keep(name)
            except KeyError:
                self.problems.append(Problem(where, f"media/{name} is missing"))
            except (PictureProblem, RecordingProblem, ExtractProblem) as problem:
                self.problems.append(Problem(where, f"{name}: {problem}"))
        return stored

    def picture(self, name: str) -> str:
        """As it is stored elsewhere, where the name says so; else encoded."""
        content = self.media[name]
        picture = taken_over(name, self.media) if is_stored_name(name) else encoded(content)
        self.pictures[picture.name] = picture
        return picture.name

    def stage(self, name: str) -> str:
        files = stage_files(self.media[name])
        self.stages.setdefault(files.name, files)
        return files.name

    def recording(self, name: str) -> str:
        return self._recorded(recording(self.media[name]))

    def captions(self, name: str) -> str:
        return self._recorded(captions(self.media[name]))

    def extract(self, name: str) -> str:
        checked = checked_extract(self.media[name])
        self.extracts[checked.name] = checked
        return checked.name

    def _recorded(self, recorded: Recorded) -> str:
        self.recordings[recorded.name] = recorded
        return recorded.name


def check_media(file: StoryFile, media: Media) -> tuple[StoryFile, Checked]:
    """The story file with stored names in place of its own, and what is to be stored."""
    found = Checked(media)
    illustrations = [
        replace(entry, file=found.names(entry.file, f"illustrations/{entry.slug}/file", found.picture))
        for entry in file.illustrations
    ]
    chapters = [_with_audio(entry, found) for entry in file.chapters]
    stages = [
        replace(entry, file=found.names(entry.file, f"stages/{entry.slug}/file", found.stage))
        for entry in entries_in(file, "stages")
    ]
    extracts = [known for entry in entries_in(file, "extracts") if (known := _with_head(entry, found))]
    pictures: dict[str, Any] = {"illustrations": tuple(illustrations), "stages": tuple(stages)}
    return replace(file, chapters=tuple(chapters), extracts=tuple(extracts), **pictures), found


def _with_head(entry: ExtractEntry, found: Checked) -> ExtractEntry | None:
    """As the file says; None when it is refused."""
    stored = found.names({"": entry.file}, f"extracts/{entry.slug}/file", found.extract).get("")
    return replace(entry, file=stored, head=found.extracts[stored].head) if stored else None


def _with_audio(entry: ChapterEntry, found: Checked) -> ChapterEntry:
    if entry.audio is None:
        return entry
    where = f"chapters/{entry.slug}/audio"
    named: dict[str, Any] = {
        "file": found.names(entry.audio.file, where, found.recording),
        "captions": found.names(entry.audio.captions, where, found.captions),
    }
    return replace(entry, audio=replace(entry.audio, **named))
