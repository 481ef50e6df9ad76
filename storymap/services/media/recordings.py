"""Taking recordings and their captions: known by their first bytes, stored as they are under their content's digest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from storymap.services.media.pictures import key_of

MAX_RECORDING = 60 * 1024 * 1024
MAX_CAPTIONS = 1024 * 1024

_KINDS: dict[str, Callable[[bytes], bool]] = {
    "mp3": lambda head: head.startswith(b"ID3") or (head[0] == 0xFF and head[1] & 0xE6 == 0xE2),  # layer III
    "m4a": lambda head: head[4:8] == b"ftyp" and head[8:12] in (b"M4A ", b"M4B ", b"mp42", b"isom", b"dash"),
    "ogg": lambda head: head.startswith(b"OggS"),
}


class RecordingProblem(ValueError):
    """Why a file is not taken as a recording or as captions, in words for an editor."""


@dataclass(frozen=True)
class Recorded:
    """A checked file and the name it is stored under."""

    name: str
    content: bytes


def recording(content: bytes) -> Recorded:
    """A recording, with nothing stored yet. Raises RecordingProblem."""
    if len(content) > MAX_RECORDING:
        raise RecordingProblem(_("The recording is larger than 60 MB."))
    for suffix, matches in _KINDS.items():
        if len(content) > 16 and matches(content[:16]):
            return _recorded_as(content, suffix)
    raise RecordingProblem(_("This is not an MP3, M4A or Ogg recording."))


def captions(content: bytes) -> Recorded:
    """WebVTT captions, with nothing stored yet. Raises RecordingProblem."""
    if len(content) > MAX_CAPTIONS:
        raise RecordingProblem(_("The captions are larger than 1 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RecordingProblem(_("Captions must be UTF-8 text.")) from None
    if not text.startswith("WEBVTT"):
        raise RecordingProblem(_("Captions must be WebVTT: the first line reads WEBVTT."))
    return _recorded_as(content, "vtt")


def _recorded_as(content: bytes, suffix: str) -> Recorded:
    return Recorded(f"{key_of(content)}.{suffix}", content)
