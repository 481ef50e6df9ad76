"""Every way to change something takes a version, leaves a revision, and overwrites nothing that was not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from places.models import Event, Person, Place, Source, Stale
from storymap.models import Chapter, Illustration, PartRevision, Story, StoryRevision, Trashed
from storymap.services.history.entries import restore
from storymap.services.history.trash import move_to_trash, put_back
from storymap.services.publishing.publish import newest_edition, publish, withdraw
from storymap.services.stories.chapter_order import move_chapter
from storymap.services.stories.save_story_file import save_story_file
from storymap.services.stories.slugs import rename_chapter, rename_story
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import StoryFile
from tests.admin_forms import opened
from tests.factories import chapter_entry, make_user
from tests.security.stages import NAMED, illustrated, png
from tests.storymap.admin.editing.desks import sent, shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MEDIA = {"view.png": png()}
MODELS = {"story": Story, "chapter": Chapter, "illustration": Illustration}
MODELS |= {"place": Place, "event": Event, "source": Source, "person": Person}


@dataclass
class Desk:
    """A story, and two who work on it."""

    story: Story
    ana: User
    bea: User

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def now(self) -> StoryFile:
        return story_file_of(Story.objects.get(pk=self.story.pk))

    def version(self) -> int:
        return Story.objects.get(pk=self.story.pk).version

    def bea_saves(self) -> None:
        """Bea changes the first chapter's title, the event's title and the order, each through its door."""
        for model, slug in ((Chapter, "one"), (Event, "meeting")):
            form = {**shown(self.bea, model, slug), "title": "Bea wrote"}
            assert sent(self.bea, model, model.objects.get(slug=slug).pk, form).status_code == 302
        move_chapter(chapter=self.story.chapters.get(slug="two"), to=1, by=self.bea)

    def url(self, kind: str, page: str = "change") -> str:
        model: Any = MODELS[kind]
        row = self.story.chapters.get(slug="one") if kind == "chapter" else model.objects.order_by("pk").first()
        return f"/admin/{model._meta.app_label}/{kind}/{row.pk}/{page}/"


@pytest.fixture
def desk() -> Desk:
    chapters = (chapter_entry("one", illustration="view"), chapter_entry("two", moments=()))
    story = save_story_file(file=illustrated("a-story", chapters=chapters), media=MEDIA).story
    return Desk(story, make_user("ana", "publisher"), make_user("bea", "publisher"))


FORMS = {
    "story": {"licence": "CC0-1.0"},
    "chapter": {"title": "Ana wrote"},
    "event": {"title": "Ana wrote"},
    "place": {"name": "Ana wrote"},
    "source": {"title": "Ana wrote"},
    "illustration": {"alt": "Ana wrote"},
}
SERVICES: dict[str, Callable[[Desk, int | None], Any]] = {
    "order": lambda desk, seen: move_chapter(chapter=_one(desk), to=2, by=desk.ana, seen=seen),
    "publish": lambda desk, seen: publish(story=desk.story, by=desk.ana, seen=seen),
    "withdraw": lambda desk, seen: withdraw(
        story=desk.story, by=desk.ana, after=newest_edition(desk.story) - (not seen)
    ),
    "rename a chapter": lambda desk, seen: rename_chapter(chapter=_one(desk), slug="ana", by=desk.ana, seen=seen),
    "rename the story": lambda desk, seen: rename_story(story=desk.story, slug="ana", by=desk.ana, seen=seen),
    "load a file": lambda desk, seen: save_story_file(file=_loaded(desk), media=MEDIA, by=desk.ana, seen=seen),
    "restore": lambda desk, seen: restore(
        story=desk.story, file=replace(desk.now(), licence="CC0-1.0"), by=desk.ana, seen=seen
    ),
    "delete a chapter": lambda desk, seen: move_to_trash(_one(desk), by=desk.ana, seen=seen),
    "put a chapter back": lambda desk, seen: put_back(move_to_trash(_one(desk), by=desk.ana), by=desk.ana),
}
CHANGES_NO_ROW = {"publish", "withdraw"}


def _one(desk: Desk) -> Chapter:
    return Chapter.objects.get(story=desk.story, slug="one")


def _loaded(desk: Desk) -> StoryFile:
    file = desk.now()
    pictures = tuple(replace(entry, file={"en": "view.png"}) for entry in file.illustrations)
    return replace(file, licence="CC0-1.0", illustrations=pictures)


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_takes_a_version_and_leaves_a_revision(kind: str, desk: Desk) -> None:
    client, url = desk.client(desk.ana), desk.url(kind)
    version, form = desk.version(), opened(client, url)
    assert client.post(url, {**form, **FORMS[kind]}).status_code == 302
    assert desk.version() == version + 1
    newest = desk.story.revisions.first()
    assert (newest.version, newest.by) == (version + 1, "ana")
    assert next(iter(FORMS[kind].values())) in newest.source
    if kind not in ("story", "chapter"):
        assert PartRevision.objects.get(version=2).by == "ana"


@pytest.mark.parametrize("kind", FORMS)
def test_no_form_overwrites_what_it_has_not_shown(kind: str, desk: Desk) -> None:
    """Bea saves another value of the same field while Ana wrote page is open."""
    field, value = next(iter(FORMS[kind].items()))
    ana, bea, url = desk.client(desk.ana), desk.client(desk.bea), desk.url(kind)
    form = opened(ana, url)
    assert bea.post(url, {**opened(bea, url), field: "Bea wrote"}).status_code == 302
    said, versions = desk.now(), desk.version()
    answer = ana.post(url, {**form, field: value})
    assert answer.status_code == 409
    assert value in answer.content.decode() and "Bea wrote" in answer.content.decode()
    assert (desk.now(), desk.version()) == (said, versions)


@pytest.mark.parametrize("door", SERVICES)
def test_every_service_takes_a_version_and_leaves_a_revision(door: str, desk: Desk) -> None:
    version, revisions = desk.version(), desk.story.revisions.count()
    if door == "withdraw":
        publish(story=desk.story, by=desk.ana)
    SERVICES[door](desk, desk.version())
    assert desk.version() > version
    if door not in CHANGES_NO_ROW:
        assert desk.story.revisions.count() > revisions
        assert desk.story.revisions.first().by == "ana"
    assert desk.story.revisions.first().version <= desk.version()


@pytest.mark.parametrize(
    "door", sorted(SERVICES.keys() - {"put a chapter back", "rename the story", "rename a chapter"})
)
def test_no_service_rests_on_what_somebody_else_has_changed(door: str, desk: Desk) -> None:
    """Putting back overwrites nothing; and a slug that nobody has changed may be changed on top of anything else."""
    seen = desk.version()
    desk.bea_saves()
    said = desk.now()
    with pytest.raises(Stale):
        SERVICES[door](desk, seen if door != "withdraw" else 0)
    assert desk.now() == said
    assert not desk.story.editions.exists() and not Trashed.objects.exists()


@pytest.mark.parametrize("door", sorted(SERVICES.keys() - {"withdraw"}))
def test_no_service_asks_somebody_about_their_own_changes(door: str, desk: Desk) -> None:
    seen = desk.version()
    desk.bea = desk.ana
    desk.bea_saves()
    SERVICES[door](desk, seen)


def test_what_does_not_touch_is_put_together_without_a_question(desk: Desk) -> None:
    seen, form = desk.version(), opened(desk.client(desk.ana), desk.url("story"))
    client, url = desk.client(desk.bea), desk.url("chapter")
    assert client.post(url, {**opened(client, url), "title": "Bea wrote"}).status_code == 302
    move_chapter(chapter=_one(desk), to=2, by=desk.ana, seen=seen)
    answer = desk.client(desk.ana).post(desk.url("story"), {**form, "licence": "CC0-1.0"}, follow=True)
    assert "Bea" in desk.now().chapters[1].title["en"]
    assert desk.now().licence == "CC0-1.0"
    assert any("bea" in str(message) and "Bea wrote" in str(message) for message in answer.context["messages"])


@pytest.mark.parametrize("kind", ["story", "chapter", "event", "place", "source", "person", "illustration"])
def test_what_is_added_leaves_a_revision(kind: str, desk: Desk) -> None:
    client, url = desk.client(desk.ana), f"/admin/{MODELS[kind]._meta.app_label}/{kind}/add/"
    named = {"title": "New", "name": "New", "country": "PE", "latitude": "0", "longitude": "0"}
    picture = {"upload": SimpleUploadedFile("new.png", png()), "alt": "A square"} if kind == "illustration" else {}
    typed = {**opened(client, url), "slug": "new", "story": desk.story.pk, **named, **picture}
    assert client.post(url, typed).status_code == 302
    row = MODELS[kind].objects.get(slug="new")
    kept = StoryRevision if kind in ("story", "chapter") else PartRevision
    assert kept.objects.order_by("pk").last().by == "ana"
    assert '"new"' in kept.objects.order_by("pk").last().source, row


def test_a_translation_is_deleted_into_the_history(desk: Desk) -> None:
    client, url = desk.client(desk.ana), desk.url("chapter")
    before = desk.version()
    assert client.post(f"{url}delete-translation/en/", {"post": "yes"}).status_code in (200, 302)
    event = desk.url("event")
    assert (
        client.post(f"{event}?language=es", {**opened(client, f"{event}?language=es"), "title": "Uno"}).status_code
        == 302
    )
    assert client.post(f"{event}delete-translation/es/", {"post": "yes"}).status_code == 302
    assert desk.version() == before + 2
    assert "Uno" in desk.story.revisions.get(version=before + 1).source


def test_a_chapter_that_moves_to_another_story_is_in_the_history_of_both(desk: Desk) -> None:
    other = save_story_file(file=illustrated("other", chapters=()), media=MEDIA).story
    client, url = desk.client(desk.ana), desk.url("chapter")
    client.post(url, {**opened(client, url), "story": other.pk})
    assert [story.revisions.first().by for story in (desk.story, other)] == ["ana", "ana"]


@pytest.mark.parametrize("kind", ["chapter", "person"])
def test_deleting_in_bulk_fills_the_trash(kind: str, desk: Desk) -> None:
    client, model = desk.client(desk.ana), MODELS[kind]
    url, rows = f"/admin/{model._meta.app_label}/{kind}/", model.objects.exclude(slug=NAMED)
    chosen = {"action": "delete_selected", "_selected_action": list(rows.values_list("pk", flat=True))}
    count = rows.count()
    assert client.post(url, {**chosen, "post": "yes"}).status_code == 302
    assert (rows.count(), Trashed.objects.count()) == (0, count)
