"""Bodies made once: the encoding a reader takes, the tag that spares the body."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.test import RequestFactory

from storymap.http_cache.responses import BRIEF, Packed, answer, encoding_for, not_modified

BODY = ("Él dijo “sí” – 日本 " * 200).encode()
PACKED = Packed.of(BODY, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("BR", "br"),
        ("", "identity"),
        ("deflate", "identity"),
        ("identity", "identity"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.0,gzip;q=0.000", "identity"),
        ("br; q=0.05", "br"),
        ("br;q=1.0", "br"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("gzip, *;q=0", "gzip"),
        ("br;q=0, *", "gzip"),
        ("x-brotli, zebra", "identity"),
    ],
)
def test_the_best_encoding_that_the_reader_takes_is_sent(accepted: str, encoding: str) -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    assert encoding_for(request) == encoding
    response = answer(request, PACKED, "tag", BRIEF)
    assert response.headers.get("Content-Encoding", "identity") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[encoding]
    assert unpack(response.content) == BODY
    assert response["ETag"] == f'"tag-{encoding}"'
    assert response["Vary"] == "Accept-Encoding"


def test_packing_the_same_twice_gives_the_same_bytes() -> None:
    assert Packed.of(BODY, "text/html") == Packed.of(BODY, "text/html")


@pytest.mark.parametrize(
    ("held", "sent"),
    [
        ('"tag-br"', '"tag-br"'),
        ('"tag-gzip"', '"tag-gzip"'),
        ('W/"tag-br"', '"tag-br"'),
        ('"older-br", "tag-identity"', '"tag-identity"'),
    ],
)
def test_who_has_the_page_gets_no_body_whatever_its_encoding(held: str, sent: str) -> None:
    headers = {"accept-encoding": "br", "if-none-match": held}
    response = not_modified(RequestFactory().get("/", headers=headers), "tag", BRIEF)
    assert response is not None
    assert (response.status_code, response.content) == (304, b"")
    assert (response["ETag"], response["Vary"], response["Cache-Control"]) == (sent, "Accept-Encoding", BRIEF)


@pytest.mark.parametrize(
    "held", ["", '"tag"', '"tag-"', '"tag-br-br"', '"tag-chapter-br"', '"other-br"', "tag-br", '"tag-zstd"']
)
def test_who_has_something_else_gets_the_page(held: str) -> None:
    assert not_modified(RequestFactory().get("/", headers={"if-none-match": held}), "tag", BRIEF) is None
