"""Who may do what, held against tests/policy.yaml at every address, for every actor, in every state of a story."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from places.models import Event, Person, Place, Source
from storymap.models import AuditEntry, Illustration, Story, Trashed
from storymap.services.previewing import make_preview_link
from storymap.services.trash import throw_away
from tests import factories
from tests.security import stages
from tests.security.addresses import filled, is_admin, routes

POLICY = yaml.safe_load((Path(__file__).resolve().parent.parent / "policy.yaml").read_text(encoding="utf-8"))
STAFF = ("author", "editor", "publisher", "admin")
ACTORS = ("anonymous", *STAFF, "superuser")
METHODS = ("GET", "POST")
BY_STATE = ("<slug:story>", "admin/storymap/story/<", "admin/storymap/story/^", "admin/storymap/edition/<")
OF_NO_LANGUAGE = {str(entry.pattern) for entry in get_resolver().url_patterns if isinstance(entry, URLPattern)}
SPARE = {"place": Place, "person": Person, "source": Source, "event": Event, "illustration": Illustration}


def answer_of(response: HttpResponse) -> str:
    if response.status_code in (301, 302):
        return "login" if response["Location"].partition("?")[0] == "/admin/login/" else "moved"
    return {200: "page", 403: "refused", 404: "none", 405: "method", 410: "gone"}.get(
        response.status_code, str(response.status_code)
    )


def expected(route: str, method: str, actor: str, state: str) -> str:
    leaf: Any = POLICY["rules"][POLICY["addresses"][route]][method]
    while isinstance(leaf, dict):
        leaf = leaf[actor] if actor in leaf else leaf[state]
    return leaf


def states_of(route: str) -> tuple[str, ...]:
    return stages.STATES if any(part in route for part in BY_STATE) else ("published",)


def object_id(route: str, story: Story) -> object:
    """The row that an admin address is about: of the story, or a spare part of the record."""
    kind = route.split("/")[2] if is_admin(route) and route.count("/") > 2 else ""
    if kind in SPARE:
        return SPARE[kind].objects.get(slug=stages.SPARE).pk
    if kind == "chapter":
        return story.chapters.get().pk
    if kind == "edition":
        return story.editions.values_list("pk", flat=True).first() or 0
    others = {"group": Group.objects.filter(name="author"), "user": User.objects.filter(is_superuser=True)}
    others |= {"auditentry": AuditEntry.objects.all(), "trashed": Trashed.objects.all()}
    return (others[kind].values_list("pk", flat=True).first() or 0) if kind in others else story.pk


def address(route: str, story: Story, language: str = "en") -> str:
    edition = story.editions.first()
    document = edition.documents.get(language=language) if edition else None
    link, token = make_preview_link(story=story, by=None) if "preview" in route else (None, "")
    values = {
        "token": token,
        "link": link.pk if link else 0,
        "story": story.slug,
        "chapter": "beginning",
        "digest": f"{document.digest[:16] if document else '0' * 16}00000000",
        "number": 0,
        "version": 1,
        "ending": "kml",
        "name": Illustration.objects.get(slug="view").translations.get().file,
        "app_label": "storymap",
        "url": "nothing",
        "rest": "nothing/",
        "content_type_id": 1,
        "comment": story.chapters.get().comments.get().pk,
        "batch": story.imports.values_list("pk", flat=True).first() or 0,
        "language_code": "es",
        "object_id": object_id(route, story),
        "pk": object_id(route, story),
        "mark": "r1",
        "id": object_id(route, story),
    }
    return filled(route, values) + (f"?{POLICY['queries'][route]}" if route in POLICY["queries"] else "")


def clients() -> dict[str, Client]:
    """One signed-in client for every actor."""
    found = {actor: Client(raise_request_exception=False) for actor in ACTORS}
    found["superuser"].force_login(factories.make_user("root", "author", is_superuser=True))
    for name in STAFF:
        found[name].force_login(factories.make_user(name, name))
    return found


def asked(client: Client, method: str, path: str) -> str:
    """The kind of answer; whatever the request wrote, or the client learned, is taken back."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, path, "post=yes&anyway=on", content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer_of(response)


def something_thrown_away() -> None:
    """Let the trash hold one part."""
    throw_away(Place.objects.create(slug="thrown", country="PE", latitude=0, longitude=0), by=None)


def spoken_spare_parts() -> None:
    """Give the spare parts a second language, so that one of two can be deleted."""
    for model in SPARE.values():
        row = model.objects.get(slug=stages.SPARE)
        if hasattr(row, "translations"):
            text = next(f.name for f in row.translations.model._meta.fields if f.name in ("name", "title", "alt"))
            row.translations.create(language_code="es", **{text: "de sobra"})


def requests(stories: dict[str, Story], language: str = "en") -> Iterator[tuple[str, str, str]]:
    """route, state, path"""
    for route in POLICY["addresses"]:
        for state in states_of(route):
            yield route, state, address(route, stories[state], language)


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    """An address without a line in the policy, or a line without an address, is a mistake."""
    assert set(routes()) == set(POLICY["addresses"])


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_gets_what_the_policy_says(actor: str) -> None:
    """At every address the actor gets the answer of the policy, in every state of a story."""
    client = clients()[actor]
    stories = stages.one_of_each()
    spoken_spare_parts()
    something_thrown_away()
    wrong = [
        f"{method} {path} ({state}) as {actor}: {got}, not {wanted}"
        for route, state, path in requests(stories)
        for method in METHODS
        if (got := asked(client, method, path)) != (wanted := expected(route, method, actor, state))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "ja"])
def test_public_rules_hold_in_every_language(language: str) -> None:
    """Under another language's prefix the public addresses answer as the policy says."""
    stories = stages.one_of_each()
    something_thrown_away()
    wrong = [
        f"/{language}{path} ({state}): {got}"
        for route, state, path in requests(stories, language)
        if not is_admin(route)
        and route not in OF_NO_LANGUAGE
        and (got := asked(Client(), "GET", f"/{language}{path}")) != expected(route, "GET", "anonymous", state)
    ]
    assert not wrong, "\n".join(wrong)


def content_of_the_database() -> dict[str, list[tuple]]:
    """Every row of every table, but for sessions and the log of the admin."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - {"django_session", "django_admin_log"}
        found = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own table names
            found[table] = sorted(cursor.fetchall(), key=repr)
        return found


@pytest.mark.django_db
def test_reading_changes_nothing() -> None:
    """A superuser's GET of every address leaves every row as it was."""
    root = clients()["superuser"]
    stories = stages.one_of_each()
    something_thrown_away()
    paths = {path for _route, _state, path in requests(stories)}
    before = content_of_the_database()
    for path in sorted(paths):
        root.get(path)
    assert content_of_the_database() == before


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed_without_a_token(method: str) -> None:
    """An unsafe method without a CSRF token is refused at every address that would take it."""
    stories = stages.one_of_each()
    root = Client(enforce_csrf_checks=True)
    root.force_login(factories.make_user("root", "author", is_superuser=True))
    something_thrown_away()
    paths = {path for _route, _state, path in requests(stories)}
    before = content_of_the_database()
    answers = {path: answer_of(root.generic(method, path)) for path in paths}
    assert {path: answer for path, answer in answers.items() if answer not in ("refused", "method")} == {}
    assert content_of_the_database() == before


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_public_addresses_know_only_get_and_head(method: str) -> None:
    """Public addresses answer 405 to every method but GET and HEAD."""
    stories = stages.one_of_each()
    something_thrown_away()
    public = [path for route, _state, path in requests(stories) if not is_admin(route)]
    answers = {path: Client().generic(method, path).status_code for path in public}
    assert set(answers.values()) == {405}, answers


@pytest.mark.django_db
def test_head_is_get_without_the_body() -> None:
    """HEAD gives the status and headers of GET, and no body."""
    stories = stages.one_of_each()
    something_thrown_away()
    for route, _state, path in requests(stories):
        if not is_admin(route):
            got, head = Client().get(path), Client().head(path)
            assert (head.status_code, dict(head.headers)) == (got.status_code, dict(got.headers)), path
            assert b"".join(head) == b"", path
