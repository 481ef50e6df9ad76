"""A disk that is full, or may only be read: it is said, nothing is half-written, and what was typed is still there."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from lxml import html

from storymap.models import Chapter
from storymap.web.errors import is_full
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="made full by switches of SQLite"),
]
TYPED = 'Typed for an hour: "quoted" <b>\n\nand on.'


@contextmanager
def nothing_can_be_written() -> Iterator[None]:
    """SQLite refuses, as for a file on a disk that may only be read."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")


def editor() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(factories.make_user("ed", "editor"))
    return client


def chapter_form(client: Client, chapter: Chapter) -> tuple[str, dict[str, str]]:
    """Its address, and all that a browser would send."""
    path = f"/admin/storymap/chapter/{chapter.pk}/change/"
    return path, fields(client.get(path), "//form[@id='chapter_form']")


def fields(page: HttpResponse, form: str) -> dict[str, str]:
    """A browser drops the first line break of a text, which lxml does not."""
    (found,) = html.fromstring(page.content.decode()).xpath(form)
    return {name: (value or "").lstrip("\n") for name, value in found.form_values()}


def test_a_form_is_kept_in_the_page_that_says_so_and_can_be_sent_once_more() -> None:
    client, chapter = editor(), factories.make_story().chapters.get()
    path, form = chapter_form(client, chapter)
    typed = {**form, "narration": TYPED}
    with nothing_can_be_written():
        answer = client.post(path, typed)
    assert (answer.status_code, answer["Cache-Control"]) == (507, "no-store")
    assert "Nothing was saved." in answer.content.decode()
    again = fields(answer, "//main//form")
    assert again["narration"] == TYPED and again.keys() == typed.keys()
    assert client.post(path, again).status_code == 302
    assert Chapter.objects.get().narration == TYPED


def test_a_database_that_runs_full_while_it_writes_is_said_too() -> None:
    client, chapter = editor(), factories.make_story().chapters.get()
    path, form = chapter_form(client, chapter)
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            answer = client.post(f"/es{path}", {**form, "narration": "word " * 3_500})
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert answer.status_code == 507 and 'lang="es"' in answer.content.decode()
    assert Chapter.objects.get().narration == "It begins."


def test_what_is_typed_and_not_yet_saved_stays_in_the_form() -> None:
    """The page is told why, in JSON, and tries again later: see posting.js."""
    client, chapter = editor(), factories.make_story().chapters.get()
    note = {"of": "storymap.chapter", "object": str(chapter.pk), "key": str(uuid.uuid4()), "typed": {"title": ["x"]}}
    with nothing_can_be_written():
        answer = client.post("/admin/autosaves/", json.dumps(note), content_type="application/json")
    assert answer.status_code == 507 and "still in this form" in answer.json()["problem"]


def test_who_signs_in_is_told_and_the_password_is_in_no_page() -> None:
    factories.make_user("ana", "author")
    with nothing_can_be_written():
        form = {"username": "ana", "password": "correct horse battery"}
        answer = Client(raise_request_exception=False).post("/admin/login/", form)
    page = answer.content.decode()
    assert answer.status_code == 507 and "correct horse" not in page
    assert 'href="/admin/login/"' in page


def test_what_is_refused_to_files_and_by_each_database_is_known() -> None:
    """By the kernel, by SQLite, and by PostgreSQL in its own codes."""

    def raised(of: type[Exception]) -> BaseException:
        try:
            try:
                raise of("could not extend file: No space left on device")
            except Exception as cause:
                raise OperationalError(*cause.args) from cause
        except OperationalError as error:
            return error

    with pytest.raises(OSError) as caught, open("/dev/full", "w") as full:
        full.write("x" * 100_000)
    assert is_full(caught.value)
    assert is_full(raised(psycopg.errors.DiskFull)) and is_full(raised(psycopg.errors.ReadOnlySqlTransaction))
    assert not is_full(raised(psycopg.errors.DeadlockDetected))
    assert not is_full(OperationalError("database is locked")) and not is_full(ValueError()) and not is_full(None)
    assert not is_full(FileNotFoundError(os.strerror(2)))
