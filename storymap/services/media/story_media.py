"""The media of a story file: each checked, and known from then on by the name it will be stored under."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from storymap.services.media.archived_pictures import is_stored_name, taken_over
from storymap.services.media.pictures import Encoded, PictureProblem, encoded
from storymap.services.media.recordings import Recorded, RecordingProblem, captions, recording
from storymap.story.problem import Problem
from storymap.story.storyfile import ChapterEntry, StoryFile, Translated

Media = Mapping[str, bytes]  # file name inside media/ -> content


@dataclass
class Checked:
    """What has been checked so far. Nothing is stored here."""

    media: Media
    pictures: dict[str, Encoded] = field(default_factory=dict)  # by the stored name of the largest file
    recordings: dict[str, Recorded] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def contents(self) -> dict[str, bytes]:
        """Stored name -> content of all that is to be stored."""
        drawn = {name: body for picture in self.pictures.values() for name, body in picture.contents.items()}
        return drawn | {name: recorded.content for name, recorded in self.recordings.items()}

    def names(self, files: Translated, where: str, keep: Callable[[str], str]) -> Translated:
        """The files of one part under their stored names, without those that are refused."""
        stored = {}
        for language, name in files.items():
            try:
                stored[language] = keep(name)
            except KeyError:
                self.problems.append(Problem(where, f"media/{name} is missing"))
            except (PictureProblem, RecordingProblem) as problem:
                self.problems.append(Problem(where, f"{name}: {problem}"))
        return stored

    def picture(self, name: str) -> str:
        """As it is stored elsewhere, where the name says so; else encoded."""
        content = self.media[name]
        picture = taken_over(name, self.media) if is_stored_name(name) else encoded(content)
        self.pictures[picture.name] = picture
        return picture.name

    def recording(self, name: str) -> str:
        return self._recorded(recording(self.media[name]))

    def captions(self, name: str) -> str:
        return self._recorded(captions(self.media[name]))

    def _recorded(self, recorded: Recorded) -> str:
        self.recordings[recorded.name] = recorded
        return recorded.name


def checked(file: StoryFile, media: Media) -> tuple[StoryFile, Checked]:
    """The story file with stored names in place of its own, and what is to be stored."""
    found = Checked(media)
    illustrations = [
        replace(entry, file=found.names(entry.file, f"illustrations/{entry.slug}/file", found.picture))
        for entry in file.illustrations
    ]
    chapters = [_with_audio(entry, found) for entry in file.chapters]
    return replace(file, illustrations=tuple(illustrations), chapters=tuple(chapters)), found


def _with_audio(entry: ChapterEntry, found: Checked) -> ChapterEntry:
    if entry.audio is None:
        return entry
    where = f"chapters/{entry.slug}/audio"
    named: dict[str, Any] = {
        "file": found.names(entry.audio.file, where, found.recording),
        "captions": found.names(entry.audio.captions, where, found.captions),
    }
    return replace(entry, audio=replace(entry.audio, **named))
