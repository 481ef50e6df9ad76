"""Files larger than anybody may send: refused in words, and never read into memory to their end."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.test import Client

from storymap.services.media.recordings import MAX_RECORDING
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/admin/storymap/illustration/"


class Endless(UploadedFile):
    """Ten gigabytes that claim to be small."""

    size = 5000

    def __init__(self, **of: Any) -> None:
        super().__init__(**of)
        self.size = 5000

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        assert 0 <= size <= MAX_RECORDING + 1, "all of it was asked for"
        return b"ID3" + bytes(size - 3)

    def seek(self, *to: int) -> None:  # type: ignore[override]
        pass


class Handler(FileUploadHandler):
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        return Endless(name=self.file_name, content_type=self.content_type, size=5000)


@pytest.fixture
def editor(db: None, settings: Any) -> Client:
    settings.FILE_UPLOAD_HANDLERS = ["tests.security.test_large_uploads.Handler"]
    client = Client()
    client.force_login(factories.make_user("ed", "editor"))
    return client


def small(tmp_path: Any) -> Any:
    path = tmp_path / "file.png"
    path.write_bytes(b"x")
    return path.open("rb")


@pytest.mark.parametrize(
    ("field", "of", "said"),
    [
        ("upload", "illustration", "larger than 15 MB"),
        ("pictures", "list", "larger than 15 MB"),
        ("recording", "chapter", "larger than 60 MB"),
        ("recording_captions", "chapter", "larger than 1 MB"),
        ("picture-upload", "wizard", "larger than 15 MB"),
        ("file", "table", "larger than 5 MB"),
    ],
)
def test_a_file_is_read_as_far_as_it_may_be_long(field: str, of: str, said: str, editor: Client, tmp_path: Any) -> None:
    story = factories.make_story()
    chapter = story.chapters.get()
    path = {
        "illustration": f"{ADD}add/",
        "list": f"{ADD}upload/",
        "chapter": f"/admin/storymap/chapter/{chapter.pk}/change/",
        "wizard": f"/admin/storymap/story/{story.pk}/tell/?chapter={chapter.slug}",
        "table": f"/admin/storymap/story/{story.pk}/table/",
    }[of]
    with small(tmp_path) as file:
        answer = editor.post(
            path, {field: file, "title": "T", "moments-TOTAL_FORMS": 0, "moments-INITIAL_FORMS": 0}, follow=True
        )
    assert said in answer.content.decode()
