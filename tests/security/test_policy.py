"""Who may do what, held against tests/policy.yaml at every address, for every actor and in every state of a story.

Where the rule of an address names states, the state decides, and all of them are walked. Elsewhere it does not: each
actor asks in one state, and each state is asked about by somebody. `make fuzz` walks every combination.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from functools import cache
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
from storymap.services.history.trash import move_to_trash
from storymap.services.publishing.review import make_preview_link
from tests import factories
from tests.extent import LARGE
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
    link = cache(lambda: make_preview_link(story=story, by=None))

    def digest() -> str:
        edition = story.editions.first()
        document = edition.documents.get(language=language) if edition else None
        return f"{document.digest[:16] if document else '0' * 16}00000000"

    values = {
        "token": lambda: link()[1],
        "link": lambda: link()[0].pk,
        "story": story.slug,
        "chapter": "beginning",
        "digest": digest,
        "number": 0,
        "version": 1,
        "ending": "kml",
        "name": lambda: Illustration.objects.get(slug="view").translations.get().file,
        "app_label": "storymap",
        "url": "nothing",
        "rest": "nothing/",
        "content_type_id": 1,
        "comment": lambda: story.chapters.get().comments.get().pk,
        "picture": lambda: story.stages.get().pk,
        "extract": lambda: story.extracts.get().pk,
        "batch": lambda: story.imports.values_list("pk", flat=True).first() or 0,
        "language_code": "es",
        "mark": "r1",
        **dict.fromkeys(("object_id", "pk", "id"), lambda: object_id(route, story)),
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
    move_to_trash(Place.objects.create(slug="thrown", country="PE", latitude=0, longitude=0), by=None)


def spoken_spare_parts() -> None:
    """Give the spare parts a second language, so that one of two can be deleted."""
    for model in SPARE.values():
        row = model.objects.get(slug=stages.SPARE)
        if hasattr(row, "translations"):
            text = next(f.name for f in row.translations.model._meta.fields if f.name in ("name", "title", "alt"))
            row.translations.create(language_code="es", **{text: "de sobra"})


def requests(stories: dict[str, Story], language: str = "en") -> Iterator[tuple[str, str, str]]:
    """route, state, path: each address for a story in each state."""
    for route in POLICY["addresses"]:
        for state in states_of(route):
            yield route, state, address(route, stories[state], language)


def in_turn(number: int, values: tuple[str, ...]) -> tuple[str, ...]:
    """Of values that do not decide, the one whose turn it is; in `make fuzz` all of them."""
    return values if LARGE else (values[number % len(values)],)


def names_states(route: str, method: str, actor: str) -> bool:
    """Whether the answer depends on the state of the story. Pages for everybody ask nobody who they are:
    there it is enough that one asks in every state."""
    rule = POLICY["rules"][POLICY["addresses"][route]][method]
    if isinstance(rule, dict) and actor in rule:
        return isinstance(rule[actor], dict)
    return isinstance(rule, dict) and actor == "anonymous"


def walk(actor: str) -> Iterator[tuple[str, str, str]]:
    """method, route, state"""
    for number, route in enumerate(POLICY["addresses"], start=ACTORS.index(actor)):
        for turn, method in enumerate(METHODS):
            states = states_of(route)
            decisive = names_states(route, method, actor)
            yield from ((method, route, state) for state in (states if decisive else in_turn(number + turn, states)))


class Written:
    """What the database is told to write, but for sessions; the watch of those who only read."""

    WRITES = re.compile(r'(?:INSERT|UPDATE|DELETE|REPLACE)\b[^"]*"(?!django_session")')

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *how: Any) -> Any:
        if self.WRITES.match(sql):
            self.statements.append(sql)
        return execute(sql, *how)


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    """An address without a line in the policy, or a line without an address, is a mistake."""
    assert set(routes()) == set(POLICY["addresses"])


def test_the_walk_leaves_nothing_out() -> None:
    """At each address each actor asks by each method, each state is met by each method, and each actor meets each."""
    walked = [(actor, *step) for actor in ACTORS for step in walk(actor)]
    for route in POLICY["addresses"]:
        here = [(actor, method, state) for actor, method, on, state in walked if on == route]
        assert {step[:2] for step in here} == {(actor, method) for actor in ACTORS for method in METHODS}, route
        assert {step[1:] for step in here} == {(method, state) for method in METHODS for state in states_of(route)}
    assert len({(actor, method, state) for actor, method, _route, state in walked}) == 6 * 2 * len(stages.STATES)


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_gets_what_the_policy_says(actor: str) -> None:
    """At every address the actor gets the answer of the policy, and who only reads changes no row."""
    client = clients()[actor]
    stories = stages.one_of_each()
    spoken_spare_parts()
    something_thrown_away()
    wrong = []
    for method, route, state in walk(actor):
        path, written = address(route, stories[state]), Written()
        with connection.execute_wrapper(written):
            got = asked(client, method, path)
        if got != (wanted := expected(route, method, actor, state)):
            wrong.append(f"{method} {path} ({state}) as {actor}: {got}, not {wanted}")
        if method == "GET" and written.statements:
            wrong.append(f"{method} {path} as {actor} writes: {written.statements}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_the_walk_would_see_what_a_reader_changes() -> None:
    """The watch that the walk relies on notices a new row, a changed one and a deleted one."""
    with connection.execute_wrapper(written := Written()):
        place = Place.objects.create(slug="new", country="PE", latitude=0, longitude=0)
        Place.objects.filter(pk=place.pk).update(latitude=1)
        Place.objects.filter(pk=place.pk)._raw_delete("default")
        Place.objects.count()
    assert [sql.split()[0] for sql in written.statements] == ["INSERT", "UPDATE", "DELETE"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "ja"])
def test_public_rules_hold_in_every_language(language: str) -> None:
    """Under another language's prefix the public addresses answer as the policy says."""
    stories = stages.one_of_each()
    something_thrown_away()
    public = [route for route in POLICY["addresses"] if not is_admin(route) and route not in OF_NO_LANGUAGE]
    wrong = [
        f"/{language}{path} ({state}): {got}"
        for number, route in enumerate(public, start=language == "ja")
        for state in {"published", *in_turn(number, states_of(route))}
        if (path := address(route, stories[state], language))
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


def each_by_one(stories: dict[str, Story], methods: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """method, route, path: each address by one method after another; who refuses them does not ask which it is."""
    for number, route in enumerate(POLICY["addresses"]):
        states = states_of(route)
        for turn, state in enumerate(states):
            path = address(route, stories[state])
            by = methods if len(states) == 1 else in_turn(number + turn, methods)
            yield from ((method, route, path) for method in by)


@pytest.mark.django_db
def test_nothing_is_changed_without_a_token() -> None:
    """An unsafe method without a CSRF token is refused at every address that would take it."""
    stories = stages.one_of_each()
    root = Client(enforce_csrf_checks=True)
    root.force_login(factories.make_user("root", "author", is_superuser=True))
    something_thrown_away()
    attempts = list(each_by_one(stories, ("POST", "PUT", "PATCH", "DELETE")))
    before = content_of_the_database()
    answers = {(method, path): answer_of(root.generic(method, path)) for method, _route, path in attempts}
    assert {path: answer for path, answer in answers.items() if answer not in ("refused", "method")} == {}
    assert content_of_the_database() == before


@pytest.mark.django_db
def test_public_addresses_know_only_get_and_head() -> None:
    """Public addresses answer 405 to every method but GET and HEAD."""
    stories = stages.one_of_each()
    something_thrown_away()
    attempts = each_by_one(stories, ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"))
    answers = {
        (method, path): Client().generic(method, path).status_code
        for method, route, path in attempts
        if not is_admin(route)
    }
    assert set(answers.values()) == {405}, answers


@pytest.mark.django_db
def test_head_is_get_without_the_body() -> None:
    """HEAD gives the status and headers of GET, and no body: of what is there, and of one that is not."""
    stories = stages.one_of_each()
    something_thrown_away()
    for number, route in enumerate(POLICY["addresses"]):
        for state in {"published", *in_turn(number, states_of(route))} if not is_admin(route) else ():
            path = address(route, stories[state])
            got, head = Client().get(path), Client().head(path)
            assert (head.status_code, dict(head.headers)) == (got.status_code, dict(got.headers)), path
            assert b"".join(head) == b"", path
