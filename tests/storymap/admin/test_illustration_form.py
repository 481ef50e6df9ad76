"""The form of an illustration: pictures are checked, words are asked for, and nothing half-done is stored."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from storymap.models import Illustration
from tests.disk import files_in, files_up_to
from tests.factories import chapter_entry, make_illustration, make_story, photograph

ADD = "/admin/storymap/illustration/add/"


def upload(content: bytes, name: str = "view.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, address: str = ADD, **fields: Any) -> HttpResponse:
    words = {"slug": "", "alt": "A view of the square", "caption": "", "credit": "", "licence": ""}
    return client.post(address, {**words, "focus_x": "", "focus_y": "", **fields})


def errors(response: HttpResponse) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def change(row: Illustration, language: str = "en") -> str:
    return reverse("admin:storymap_illustration_change", args=[row.pk]) + f"?language={language}"


def test_a_picture_is_kept_with_its_words_and_its_focal_point(editor: Client) -> None:
    response = send(editor, upload=upload(photograph()), focus_x="0.25", focus_y="0.8")
    assert response.status_code == 302
    row = Illustration.objects.get()
    assert (row.slug, row.alt, row.focus_x, row.focus_y) == ("view", "A view of the square", 0.25, 0.8)
    assert {file["name"] for file in row.files} == set(default_storage.listdir("")[1])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "upload"),
        ({"upload": upload(b"<svg></svg>", "map.svg")}, "upload"),
        ({"upload": upload(photograph()), "alt": ""}, "alt"),
        ({"upload": upload(photograph()), "alt": "IMG_2041"}, "alt"),
        ({"upload": upload(photograph()), "alt": "View"}, "alt"),
        ({"upload": upload(photograph()), "alt": "The square", "caption": "The square"}, "alt"),
        ({"upload": upload(photograph()), "decorative": "on"}, "decorative"),
        ({"upload": upload(photograph()), "focus_x": "0.5"}, "focus_x"),
        ({"upload": upload(photograph()), "focus_x": "0.5", "focus_y": "1.5"}, "focus_y"),
        ({"upload": upload(photograph()), "focus_x": "nan", "focus_y": "0.5"}, "focus_x"),
        ({"upload": upload(photograph()), "slug": "Not a slug"}, "slug"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    editor: Client, fields: dict[str, Any], field: str
) -> None:
    for file in (value for value in fields.values() if isinstance(value, SimpleUploadedFile)):
        file.seek(0)
    response = send(editor, **fields)
    assert response.status_code == 200
    assert list(errors(response)) == [field]
    assert not Illustration.objects.exists()
    assert default_storage.listdir("")[1] == []


def test_a_decorative_picture_needs_no_words_and_may_become_one(editor: Client) -> None:
    row = make_illustration()
    assert send(editor, change(row), slug="view", alt="", decorative="on").status_code == 302
    row = Illustration.objects.get()
    assert (row.decorative, row.alt) == (True, "")


def test_words_are_asked_for_in_every_language_that_is_saved(editor: Client) -> None:
    row = make_illustration()
    assert list(errors(send(editor, change(row, "es"), slug="view", alt=""))) == ["alt"]
    assert send(editor, change(row, "es"), slug="view", alt="Vista de la plaza").status_code == 302
    assert {t.language_code: bool(t.file) for t in row.translations.all()} == {"en": True, "es": False}


def test_the_title_of_a_chapter_is_no_alternative_text(editor: Client) -> None:
    row = make_illustration()
    chapter = make_story(chapters=(chapter_entry(title={"en": "The night"}),)).chapters.get()
    chapter.illustration = row
    chapter.save()
    assert list(errors(send(editor, change(row), slug="view", alt="the night"))) == ["alt"]


def test_the_same_file_again_is_pointed_out_with_a_link(editor: Client) -> None:
    content = photograph()
    first = make_illustration("first", content)
    response = editor.get(send(editor, upload=upload(content)).url)  # type: ignore[attr-defined]
    (said,) = [str(message) for message in response.context["messages"] if "already there" in str(message)]
    assert f'href="/admin/storymap/illustration/{first.pk}/change/">first</a>' in said


def test_the_form_shows_picture_and_chapters_that_use_it(editor: Client) -> None:
    row = make_illustration(content=photograph(1000, 700))
    chapter = make_story().chapters.get()
    chapter.illustration = row
    chapter.save()
    page = editor.get(change(row, "es")).content.decode()  # in Spanish the English picture is shown, as to readers
    assert re.search(r'data-shown><img src="/media/[0-9a-f]{32}-480x336\.webp"', page)
    assert f'<a href="/admin/storymap/chapter/{chapter.pk}/change/">The beginning</a>' in page
    assert f'<a href="/admin/storymap/story/{chapter.story_id}/change/">A story</a>' in page


def test_a_full_disk_is_said_at_the_field_and_what_was_typed_stays(editor: Client, tmp_path: Path) -> None:
    content = photograph(900, 600)
    with files_in(tmp_path):
        with files_up_to(20_000):
            response = send(editor, upload=upload(content), alt="The square at noon")
        assert response.status_code == 200
        assert "disk" in errors(response)["upload"][0]
        assert "The square at noon</textarea>" in response.content.decode()
        assert not Illustration.objects.exists()
        assert list(tmp_path.iterdir()) == []
        assert send(editor, upload=upload(content)).status_code == 302  # there is room again


def test_a_change_that_a_full_disk_refuses_leaves_the_picture_as_it_was(editor: Client, tmp_path: Path) -> None:
    with files_in(tmp_path):
        row = make_illustration()
        before = sorted(tmp_path.iterdir())
        with files_up_to(20_000):
            response = send(editor, change(row), slug="view", alt="Another", upload=upload(photograph(900, 600)))
        assert list(errors(response)) == ["upload"]
        kept = Illustration.objects.get()
        assert (kept.alt, kept.file) == ("A view of the square", row.file)
        assert sorted(tmp_path.iterdir()) == before
