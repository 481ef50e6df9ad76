"""Recordings and captions come with a chapter, are checked, and are stored once."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from storymap.services.media.recordings import RecordingProblem, captions, recording
from storymap.services.publishing.publish import publish
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import AudioEntry
from tests.factories import chapter_entry, story_file

MP3 = b"ID3\x04" + bytes(200)
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nIt begins.\n"


def told(file: str = "one.mp3", vtt: str = "one.vtt") -> AudioEntry:
    return AudioEntry(file={"en": file}, captions={"en": vtt}, transcript={"en": "It begins."})


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (MP3, "mp3"),
        (b"\xff\xfb\x90\x00" + bytes(99), "mp3"),
        (b"OggS" + bytes(99), "ogg"),
        (b"\0\0\0\x20ftypM4A " + bytes(99), "m4a"),
    ],
)
def test_a_recording_is_known_by_its_first_bytes(content: bytes, suffix: str) -> None:
    assert recording(content).name.endswith(f".{suffix}")


@pytest.mark.parametrize(
    "content", [b"", b"<script>", b"RIFF" + bytes(99), b"GIF89a" + bytes(99), b"\xff\xd8\xff\xe0" + bytes(99)]
)
def test_what_is_no_recording_is_refused(content: bytes) -> None:
    with pytest.raises(RecordingProblem):
        recording(content)


@pytest.mark.parametrize("content", [b"", b"1\n00:00:00,000 --> 00:00:02,000\n", b"\xff\xfeW\0E\0", b"<html>WEBVTT"])
def test_what_is_no_webvtt_is_refused(content: bytes) -> None:
    with pytest.raises(RecordingProblem):
        captions(content)


@pytest.mark.django_db
def test_a_chapter_brings_its_recording_to_the_edition() -> None:
    file = story_file(chapters=(chapter_entry(audio=told()),))
    report = save_story_file(file=file, media={"one.mp3": MP3, "one.vtt": VTT})
    audio = story_file_of(report.story).chapters[0].audio
    assert audio is not None
    assert default_storage.open(audio.file["en"]).read() == MP3
    assert default_storage.open(audio.captions["en"]).read() == VTT
    edition = publish(story=report.story, by=None)
    assert audio.file["en"] in edition.documents.get(language="en").document


@pytest.mark.django_db
def test_a_recording_that_is_missing_or_wrong_is_named_and_nothing_is_kept() -> None:
    file = story_file(chapters=(chapter_entry(audio=told("gone.mp3", "two.vtt")),))
    with pytest.raises(CannotSave) as refused:
        save_story_file(file=file, media={"two.vtt": b"no captions"})
    assert {str(p).partition(":")[0] for p in refused.value.problems} == {"chapters/beginning/audio"}
    assert len(refused.value.problems) == 2
