"""The list of illustrations: small pictures, uses, missing words, and several files at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from storymap.models import Illustration
from tests.disk import files_in, files_up_to
from tests.factories import make_illustration, make_story, make_user, photograph

LIST = "/admin/storymap/illustration/"
UPLOAD = f"{LIST}upload/"


@pytest.fixture
def room(editor: Client) -> dict[str, Illustration]:
    rows = {
        "used": make_illustration("used", credit="Rosa Luna", content=photograph(1000, 700), focus_x=0.3, focus_y=1),
        "silent": make_illustration("silent", alt="", caption="The gate"),
        "frame": make_illustration("frame", alt="", decorative=True),
    }
    chapter = make_story().chapters.get()
    chapter.illustration = rows["used"]
    chapter.save()
    return rows


def slugs(client: Client, query: str) -> set[str]:
    return {row.slug for row in client.get(f"{LIST}?{query}").context["cl"].result_list}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"used", "silent", "frame"}),
        ("used=no", {"silent", "frame"}),
        ("used=yes", {"used"}),
        ("alt=missing", {"silent"}),
        ("q=rosa", {"used"}),
        ("q=gate", {"silent"}),
        ("q=view+of+the+square", {"used"}),
        ("q=nothing", set()),
        ("used=no&alt=missing&q=gate", {"silent"}),
    ],
)
def test_illustrations_are_filtered_and_found(
    editor: Client, room: dict[str, Illustration], query: str, found: set[str]
) -> None:
    assert slugs(editor, query) == found


def test_a_row_shows_the_smallest_picture_cropped_at_its_focal_point_and_what_is_missing(
    editor: Client, room: dict[str, Illustration]
) -> None:
    page = editor.get(LIST).content.decode()
    rows = {m[1]: m[0] for m in re.finditer(r"<tr>(?:(?!</tr>).)*change/[^>]*>([\w-]+)</a>.*?</tr>", page, re.S)}
    assert re.search(r'class="thumb focus-x-3 focus-y-10" src="/media/\w+-480x336\.webp"', rows["used"])
    assert '<td class="field-uses">1</td>' in rows["used"] and '<td class="field-uses">0</td>' in rows["silent"]
    assert "Missing: en" in rows["silent"] and "Missing" not in rows["frame"] + rows["used"]


def test_the_list_costs_as_many_queries_however_long_it_is(
    editor: Client, room: dict[str, Illustration], django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_illustration(f"more-{number}")
    with django_assert_max_num_queries(12):
        editor.get(LIST)


def files(content: bytes) -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile("Plaza Mayor.jpg", photograph()),
        SimpleUploadedFile("map.svg", b"<svg></svg>"),
        SimpleUploadedFile("again.jpg", content),
        SimpleUploadedFile("broken.png", b"\x89PNG\r\n\x1a\n"),
        SimpleUploadedFile("Plaza-Mayor.jpg", photograph()),
    ]


def test_of_several_files_the_good_are_kept_and_the_others_named_with_their_reason(editor: Client) -> None:
    content = photograph()
    there = make_illustration("there", content)
    response = editor.post(UPLOAD, {"pictures": files(content), "language": "ja"}, follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said[0] == "2 pictures were taken."
    assert "map.svg" in said[1] and "SVG" in said[1]
    assert "again.jpg" in said[2] and f'href="/admin/storymap/illustration/{there.pk}/change/">there</a>' in said[2]
    assert "broken.png" in said[3]
    new = Illustration.objects.exclude(slug="there")
    assert {row.slug for row in new} == {"plaza-mayor", "plaza-mayor-2"}
    assert {t.language_code for row in new for t in row.translations.all()} == {"ja"}
    assert LogEntry.objects.filter(object_repr__startswith="plaza").count() == 2


def test_a_script_is_answered_in_json(editor: Client) -> None:
    asked = {"accept": "application/json"}
    content = photograph()
    (kept,) = editor.post(UPLOAD, {"pictures": SimpleUploadedFile("a.jpg", content)}, headers=asked).json()["taken"]
    row = Illustration.objects.get()
    assert kept == {"name": "a.jpg", "problem": "", "slug": "a", "url": f"{LIST}{row.pk}/change/"}
    (same,) = editor.post(UPLOAD, {"pictures": SimpleUploadedFile("b.jpg", content)}, headers=asked).json()["taken"]
    assert same["problem"] and (same["slug"], same["url"]) == ("a", kept["url"])


def test_nothing_chosen_is_said(editor: Client) -> None:
    response = editor.post(UPLOAD, {"language": "xx"}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Choose one or more pictures."]


def test_names_of_files_are_shown_as_text(editor: Client) -> None:
    response = editor.post(UPLOAD, {"pictures": SimpleUploadedFile("<img src=x>.jpg", b"x")}, follow=True)
    assert b"<img src=x>" not in response.content
    assert b"&lt;img src=x&gt;.jpg" in response.content


def test_a_disk_that_runs_full_keeps_those_that_fit(editor: Client, tmp_path: Path) -> None:
    sent = [SimpleUploadedFile("small.jpg", photograph()), SimpleUploadedFile("large.jpg", photograph(900, 600))]
    with files_in(tmp_path):
        with files_up_to(20_000):
            response = editor.post(UPLOAD, {"pictures": sent}, follow=True)
        (row,) = Illustration.objects.all()
        assert row.slug == "small"
        assert {file["name"] for file in row.files} == set(default_storage.listdir("")[1])
    assert "large.jpg" in str([*response.context["messages"]][-1])


def test_who_may_not_add_is_refused(db: None) -> None:
    reader = Client()
    reader.force_login(make_user("visitor", is_superuser=False))
    assert reader.post(UPLOAD).status_code == 302  # to the login
    nobody = make_user("nobody")
    nobody.is_staff = True
    nobody.save()
    reader.force_login(nobody)
    assert reader.post(UPLOAD).status_code == 403
