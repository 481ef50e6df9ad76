"""Recordings on the form of a chapter: heard, replaced, removed, refused, and pointed out where they are used twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from storymap.models import Chapter
from storymap.services.media.recordings import captions, recording
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.storyfile import AudioEntry
from tests.disk import files_in, files_up_to
from tests.factories import chapter_entry, make_story, story_file

MP3 = b"ID3\x04" + bytes(200)
OTHER = b"ID3\x04" + bytes(300)
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nIt begins.\n"


def spoken() -> Chapter:
    audio = AudioEntry(file={"en": "one.mp3"}, captions={"en": "one.vtt"}, transcript={"en": "It begins."})
    file = story_file(chapters=(chapter_entry(audio=audio), chapter_entry("second", moments=())))
    return save_story_file(file=file, media={"one.mp3": MP3, "one.vtt": VTT}).story.chapters.get(slug="beginning")


def form_of(client: Client, chapter: Chapter) -> str:
    return client.get(f"/admin/storymap/chapter/{chapter.pk}/change/").content.decode()


def send(client: Client, chapter: Chapter, **fields: Any) -> HttpResponse:
    inline = {f"moments-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    said = {"story": chapter.story_id, "slug": chapter.slug, "title": "The beginning", "narration": "It begins."}
    told = {"transcript": "It begins.", "camera": "null", "overlay": "null"}
    return client.post(f"/admin/storymap/chapter/{chapter.pk}/change/", {**said, **told, **inline, **fields})


def test_the_present_recording_can_be_heard(editor: Client) -> None:
    page = form_of(editor, spoken())
    assert f'<audio controls preload="none" src="/media/{recording(MP3).name}"' in page
    assert f'<track kind="captions" src="/media/{captions(VTT).name}"' in page
    assert '<input type="checkbox" name="remove_recording"' in page


def test_without_a_recording_there_is_nothing_to_remove(editor: Client) -> None:
    page = form_of(editor, make_story().chapters.get())
    assert "<audio" not in page
    assert '<input type="hidden" name="remove_recording"' in page


def test_a_recording_is_removed_by_a_tick_and_its_file_stays_for_editions(editor: Client) -> None:
    chapter = spoken()
    assert send(editor, chapter, remove_recording="on").status_code == 302
    kept = Chapter.objects.get(pk=chapter.pk)
    assert (kept.audio, kept.captions, kept.transcript) == ("", "", "It begins.")
    assert default_storage.exists(recording(MP3).name)


def test_a_recording_is_replaced(editor: Client) -> None:
    chapter = spoken()
    assert send(editor, chapter, recording=SimpleUploadedFile("new.mp3", OTHER)).status_code == 302
    assert Chapter.objects.get(pk=chapter.pk).audio == recording(OTHER).name
    assert default_storage.open(recording(OTHER).name).read() == OTHER


@pytest.mark.parametrize("content", [b"RIFF" + bytes(99), b"<html>", b"\xff\xd8\xff\xe0" + bytes(99)])
def test_what_is_no_recording_is_refused_at_its_field(editor: Client, content: bytes) -> None:
    chapter = spoken()
    response = send(editor, chapter, recording=SimpleUploadedFile("song.mp3", content))
    assert response.context["adminform"].form.errors == {"recording": ["This is not an MP3, M4A or Ogg recording."]}
    assert Chapter.objects.get(pk=chapter.pk).audio == recording(MP3).name


def test_the_same_recording_elsewhere_is_pointed_out(editor: Client) -> None:
    chapter = spoken()
    second = chapter.story.chapters.get(slug="second")
    second.set_current_language("en")
    second.audio = chapter.audio
    second.save()
    assert f'The same recording is in: <a href="/admin/storymap/chapter/{second.pk}/change/">' in form_of(
        editor, chapter
    )


def test_a_full_disk_is_said_and_leaves_the_chapter_as_it_was(editor: Client, tmp_path: Path) -> None:
    chapter = spoken()
    large = SimpleUploadedFile("new.mp3", b"ID3" + bytes(100_000))
    with files_in(tmp_path), files_up_to(20_000):
        response = send(editor, chapter, recording=large, title="Changed")
    assert "disk" in response.context["adminform"].form.errors["recording"][0]
    kept = Chapter.objects.get(pk=chapter.pk)
    assert (kept.audio, kept.title) == (recording(MP3).name, "The beginning")
    assert list(tmp_path.iterdir()) == []
