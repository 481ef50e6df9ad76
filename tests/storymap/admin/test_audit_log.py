"""The audit log: what is written down, that it cannot be changed, and who reads it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from places.models import Place
from storymap.models import AuditEntry, Story, Verb
from storymap.services.history.audit import line_of, record
from storymap.services.publishing.publish import publish, withdraw
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "correct horse battery", "another good password"
HERE = "203.0.113.5"


@pytest.fixture
def root() -> User:
    return make_user("root", "admin", is_superuser=True)


@pytest.fixture
def story() -> Story:
    return make_story()


def signed_in(user: User) -> Client:
    client = Client(REMOTE_ADDR=HERE)
    client.force_login(user)
    return client


def told() -> list[tuple[str, str, str]]:
    """who, verb, story of every entry, the first first"""
    return list(AuditEntry.objects.order_by("pk").values_list("who", "verb", "story"))


def last() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def sign_in(name: str = "ana", password: str = PASSWORD, **headers: str) -> Client:
    client = Client(REMOTE_ADDR=HERE, **headers)
    client.post("/admin/login/", {"username": name, "password": password, "next": "/admin/"})
    return client


def test_signing_in_and_out(settings: Any) -> None:
    """With the address that the throttling sees: behind a trusted proxy the one that it vouches for."""
    make_user("ana", "author")
    settings.STORYMAP_TRUSTED_PROXIES = [ip_network(HERE)]
    sign_in(HTTP_X_FORWARDED_FOR="198.51.100.7").post("/admin/logout/")
    assert told() == [("ana", "signed-in", ""), ("ana", "signed-out", "")]
    assert list(AuditEntry.objects.values_list("address", flat=True)) == ["198.51.100.7"] * 2


def test_failures_are_told_without_the_password_and_with_a_cut_name() -> None:
    sign_in("x" * 200, "a-secret-typed-here")
    entry = last()
    assert (entry.verb, entry.who, entry.address) == ("sign-in-failed", "", HERE)
    assert entry.details == {"name": "x" * 60}
    assert "secret" not in line_of(entry)


def test_who_may_not_come_in_is_told_too() -> None:
    make_user("reader")
    sign_in("reader")
    assert last().details == {"name": "reader"}


def test_being_locked_out_is_told_once(settings: Any) -> None:
    """Trying on adds nothing: nobody can fill the log."""
    for _number in range(9):
        sign_in("ana", "wrong")
    assert [verb for _who, verb, _story in told()] == ["sign-in-failed"] * 5 + ["locked-out"]


def test_an_empty_form_is_no_failure() -> None:
    sign_in("", "")
    assert told() == []


def test_passwords_are_told_but_not_what_they_are(root: User) -> None:
    ana = make_user("ana", "author")
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    signed_in(ana).post("/admin/password_change/", {**form, "old_password": "wrong"})
    assert told() == []
    signed_in(ana).post("/admin/password_change/", form)
    reset = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    signed_in(root).post(f"/admin/auth/user/{ana.pk}/password/", reset)
    assert told() == [("ana", "password-changed", ""), ("root", "password-changed", "")]
    for entry in AuditEntry.objects.all():
        assert f"auth.user {ana.pk} ana" == entry.about
        assert PASSWORD not in line_of(entry) and NEW not in line_of(entry)


def test_users_and_groups_are_told_with_what_they_may_now(root: User) -> None:
    client = signed_in(root)
    form = {"usable_password": "true", "password1": NEW, "password2": NEW}
    client.post("/admin/auth/user/add/", {"username": "new", **form})
    user, publishers = User.objects.get(username="new"), Group.objects.get(name="publisher")
    dated = {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    changed = {"username": "new", "is_active": "on", "is_staff": "on", "groups": [publishers.pk], **dated}
    client.post(f"/admin/auth/user/{user.pk}/change/", changed)
    assert [verb for _who, verb, _story in told()] == ["user-added", "user-changed"]
    details = last().details
    assert (details["staff"], details["superuser"], details["groups"]) == (True, False, ["publisher"])
    assert {"is_staff", "groups"} <= set(details["fields"])
    client.post("/admin/auth/group/add/", {"name": "readers"})
    client.post(f"/admin/auth/group/{publishers.pk}/change/", {"name": "publisher", "permissions": []})
    assert [verb for _who, verb, _story in told()][2:] == ["group-added", "group-changed"]
    assert last().details == {"fields": ["permissions"], "permissions": []}


def test_publishing_scheduling_and_withdrawing(story: Story) -> None:
    pia = make_user("pia", "publisher")
    publish(story=story, by=pia, note="First.")
    publish(story=story, by=pia, at=timezone.now() + timedelta(days=1))
    withdraw(story=story, by=None)
    assert told() == [("pia", "published", "a-story"), ("pia", "scheduled", "a-story"), ("", "withdrawn", "a-story")]
    assert AuditEntry.objects.earliest("pk").details["edition"] == 1
    assert AuditEntry.objects.earliest("pk").details["note"] == "First."


def test_review_and_comments(story: Story) -> None:
    client = signed_in(make_user("pia", "publisher"))
    chapter = story.chapters.get()
    client.post(f"/admin/storymap/story/{story.pk}/ask-for-review/")
    client.post(f"/admin/storymap/story/{story.pk}/ask-for-review/")
    client.post(f"/admin/storymap/story/{story.pk}/send-back/", {"comment": "Cite."})
    client.post(f"/admin/storymap/chapter/{chapter.pk}/comment/", {"text": "Here?"})
    row = chapter.comments.get()
    for _twice in range(2):
        client.post(f"/admin/storymap/chapter/{chapter.pk}/comment/{row.pk}/resolve/")
    verbs = ["review-asked", "sent-back", "commented", "comment-resolved"]
    assert told() == [("pia", verb, "a-story") for verb in verbs]


def test_second_step_and_sessions() -> None:
    """An operator's reset stands there too; it comes from no address."""
    client = signed_in(make_user("ana", "author"))
    client.post("/admin/two-step/", {"do": "begin"})
    client.post("/admin/two-step/", {"do": "sessions"})
    assert told() == [("ana", "sessions-ended", "")]


def deleting(client: Client, how: str, story: Story) -> None:
    if how == "one":
        client.post(f"/admin/storymap/chapter/{story.chapters.get().pk}/delete/", {"post": "yes"})
    elif how == "a translation":
        story.chapters.get().translations.create(language_code="es", title="El comienzo")
        path = f"/admin/storymap/chapter/{story.chapters.get().pk}/change/delete-translation/es/"
        client.post(path, {"post": "yes"})
    else:
        place = Place.objects.create(slug="spare", country="PE", latitude=0, longitude=0)
        chosen = {"action": "delete_selected", "_selected_action": [place.pk], "post": "yes"}
        client.post("/admin/places/place/", chosen)


@pytest.mark.parametrize(
    ("how", "about", "of"),
    [
        ("one", "storymap.chapter", "a-story"),
        ("a translation", "storymap.chaptertranslation", "a-story"),
        ("from a list", "places.place", ""),
    ],
)
def test_deletions(how: str, about: str, of: str, story: Story, root: User) -> None:
    """One, a translation, several from a list; of the record too, which knows nothing of the log."""
    deleting(signed_in(root), how, story)
    entry = last()
    assert (entry.who, entry.verb, entry.story, entry.about.split(" ")[0]) == ("root", "deleted", of, about)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the logger prints."""
    printed: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda message: printed.append(handler.format(message))  # type: ignore[method-assign]
    logger = logging.getLogger("storymap.audit")
    logger.addHandler(handler)
    yield printed
    logger.removeHandler(handler)


def test_every_entry_is_one_line_of_json(
    lines: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    """Whatever it holds: line breaks of every kind are escaped, percent signs are left alone."""
    hostile = 'a\n{"verb": "published"}\r\u2028\u0085\x1b[31m%s %(name)s {0}'
    then = datetime(2026, 4, 22, 15, 23, tzinfo=UTC)
    with time_machine.travel(then, tick=False), django_capture_on_commit_callbacks(execute=True):
        record(verb=Verb.SIGN_IN_FAILED, by=None, name=hostile)
    assert len(lines) == 1
    assert lines[0].isascii() and lines[0].isprintable()
    parsed = json.loads(lines[0])
    assert (parsed["verb"], parsed["details"], parsed["when"]) == (
        "sign-in-failed",
        {"name": hostile},
        "2026-04-22T15:23:00Z",
    )


def test_what_was_taken_back_is_not_printed(
    lines: list[str], django_capture_on_commit_callbacks: Callable[..., Any], story: Story
) -> None:
    """A publication that fails halfway leaves neither row nor line."""
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        publish(story=story, by=None)
        raise RuntimeError
    assert lines == [] and told() == []


def test_the_logger_writes_to_standard_output_and_nowhere_else(settings: Any) -> None:
    audit = settings.LOGGING["loggers"]["storymap.audit"]
    assert settings.LOGGING["handlers"]["audit"]["stream"] == "ext://sys.stdout"
    assert (audit["handlers"], audit["propagate"]) == (["audit"], False)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE storymap_auditentry SET who = 'nobody'",
        "DELETE FROM storymap_auditentry",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(deed: str) -> None:
    record(verb=Verb.SIGNED_IN, by=None)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)
    assert AuditEntry.objects.get().who == ""


def test_an_admin_finds_filters_and_reads(story: Story) -> None:
    """By name, story, address and what was typed; details are shown as text."""
    publish(story=story, by=make_user("pia", "publisher"), note="<b>First</b>")
    sign_in("<script>mallory", "wrong")
    client = signed_in(make_user("ada", "admin"))
    for query, found in (("q=a-story", 1), ("q=mallory", 1), ("q=pia", 1), (f"q={HERE}", 1), ("verb=published", 1)):
        assert len(client.get(f"/admin/storymap/auditentry/?{query}").context["cl"].result_list) == found, query
    assert len(client.get("/admin/storymap/auditentry/").context["cl"].result_list) == 2
    entry = AuditEntry.objects.get(verb="published")
    shown = client.get(f"/admin/storymap/auditentry/{entry.pk}/change/").content.decode()
    assert "&lt;b&gt;First&lt;/b&gt;" in shown and "<b>First" not in shown


def test_an_old_verb_stays_readable() -> None:
    entry = AuditEntry.objects.create(verb="once-known", who="ana")
    assert str(entry) == "ana once-known"
