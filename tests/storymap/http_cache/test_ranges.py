"""A recording is served in parts to those who ask for parts."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

NAME = f"{'ab' * 16}.mp3"
ENDLESS = "9" * 5000  # more digits than Python makes a number of
BODY = bytes(range(256)) * 4


@pytest.fixture
def recording() -> str:
    if not default_storage.exists(NAME):
        default_storage.save(NAME, ContentFile(BODY))
    return f"/media/{NAME}"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        *(("bytes=0-99", 0, 99), ("bytes=100-", 100, 1023), ("bytes=-24", 1000, 1023), ("bytes=1000-9999", 1000, 1023)),
        *((f"bytes=1000-{ENDLESS}", 1000, 1023), (f"bytes=-{ENDLESS}", 0, 1023)),
        (f"bytes={'0' * 5000}7-9", 7, 9),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_range_is_answered_with_just_that_part(
    client: Client, recording: str, asked: str, first: int, last: int
) -> None:
    answer = client.get(recording, headers={"range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/1024")
    assert answer.content == BODY[first : last + 1]
    assert answer["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize(
    "asked", ["bytes=1024-", "bytes=9-3", "bytes=5000-6000", f"bytes={ENDLESS}-", f"bytes={ENDLESS}-{ENDLESS}"]
)
def test_a_range_outside_the_file_is_refused(client: Client, recording: str, asked: str) -> None:
    answer = client.get(recording, headers={"range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b"])
def test_anything_else_gets_the_whole_file(client: Client, recording: str, asked: str) -> None:
    answer = client.get(recording, headers={"range": asked})
    assert answer.status_code == 200
    assert answer.getvalue() == BODY
