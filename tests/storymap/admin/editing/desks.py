"""Several people at one story, each with pages that may be outdated: what they do, and what must not get lost.

Forms go through the admin's own view; pages are not drawn, so that hundreds of runs take seconds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from places.models import Event, Stale
from storymap.admin.editing.concurrent import forms_now
from storymap.admin.editing.form_state import pack
from storymap.models import Chapter, PartRevision, Story, StoryRevision, Trashed
from storymap.services.history.entries import restore
from storymap.services.history.trash import move_to_trash
from storymap.services.publishing.publish import newest_edition, publish
from storymap.services.stories.chapter_order import move_chapter
from storymap.services.stories.save_form import version_now
from storymap.services.stories.save_story_file import save_story_file
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import StoryFile, from_json

FACTORY = RequestFactory()
FORMS: dict[str, tuple[Any, str]] = {"chapter": (Chapter, "one"), "event": (Event, "meeting")}
DOORS = ("chapter", "event", "order", "import", "publish", "restore", "bulk")


def request_of(user: User, data: dict[str, Any] | None = None) -> Any:
    request = FACTORY.post("/", data) if data else FACTORY.get("/")
    request.user, request.session = user, {}  # type: ignore[assignment]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return request


def sent(user: User, model: Any, key: int, data: dict[str, Any]) -> HttpResponse:
    """The answer of a change page, not drawn."""
    return admin.site.get_model_admin(model).changeform_view(request_of(user, data), str(key))


def shown(user: User, model: Any, slug: str) -> dict[str, Any]:
    """What the browser would send of the page as it is now."""
    model_admin, row = admin.site.get_model_admin(model), model.objects.get(slug=slug)
    version = version_now(model, str(row.pk))
    page = forms_now(model_admin, request_of(user), row)
    state = page.shown_state()
    data: dict[str, Any] = {"_seen": version, "_base": pack(state)}
    data |= {name: list(values) for name, values in state.fields.items()}
    for formset in page.formsets:
        rows = state.tables[formset.prefix]
        data |= {f"{formset.prefix}-TOTAL_FORMS": len(rows), f"{formset.prefix}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            start = f"{formset.prefix}-{number}-"
            data |= {f"{start}id": row.key, start + formset.fk.name: formset.instance.pk}
            data |= {start + name: list(values) for name, values in row.fields.items()}
    return data


@dataclass
class View:
    """What somebody has on the screen."""

    version: int
    newest: int
    file: StoryFile
    pages: dict[str, dict[str, Any]]


@dataclass
class Room:
    """The story, and every text that somebody was told is saved."""

    story: Story
    chance: random.Random
    told: list[str] = field(default_factory=list)  # acknowledged
    asked: int = 0  # questions and refusals
    overwritten: list[str] = field(default_factory=list)  # by somebody who could not know it

    def look(self, user: User, *doors: str) -> View:
        """The story as it is now, and the forms that will be sent."""
        story = Story.objects.get(pk=self.story.pk)
        pages = {door: shown(user, *FORMS[door]) for door in set(doors) & FORMS.keys()}
        return View(story.version, newest_edition(story), self.now(), pages)

    def now(self) -> StoryFile:
        newest = self.story.revisions.first()
        return from_json(newest.source) if newest else story_file_of(self.story)

    def act(self, user: User, view: View, door: str, token: str) -> bool:
        """One change by that door, on what was seen then; whether it was acknowledged."""
        before = self.now()
        try:
            done = getattr(self, f"_{door}")(user, view, token)
        except Stale:
            done = False
        if done:
            self._check(user, view.file, before)
        self.asked += not done
        return done

    def _check(self, user: User, seen: StoryFile, before: StoryFile) -> None:
        """A text that is gone now was seen, or is the actor's own."""
        after = texts_of(self.now())
        known = texts_of(seen)
        for text in texts_of(before) - after - known:
            if not text.startswith(user.username):
                self.overwritten.append(f"{text} by {user}")

    def _form(self, user: User, model: Any, key: str, data: dict[str, Any], name: str, token: str) -> bool:
        row = model.objects.get(slug=key)
        answer = sent(user, model, row.pk, {**data, name: token})
        assert answer.status_code in (302, 409), answer.context_data["errors"]  # type: ignore[attr-defined]
        if answer.status_code == 302:
            self.told.append(token)
        return answer.status_code == 302

    def _chapter(self, user: User, view: View, token: str) -> bool:
        return self._form(
            user, Chapter, "one", view.pages["chapter"], self.chance.choice(["title", "narration"]), token
        )

    def _event(self, user: User, view: View, token: str) -> bool:
        return self._form(user, Event, "meeting", view.pages["event"], self.chance.choice(["title", "summary"]), token)

    def _order(self, user: User, view: View, token: str) -> bool:
        chapter = self.chance.choice(list(self.story.chapters.all()))
        move_chapter(chapter=chapter, to=self.chance.randint(1, 3), by=user, seen=view.version)
        return True

    def _import(self, user: User, view: View, token: str) -> bool:
        file = replace(view.file, credits={"en": token})
        save_story_file(file=file, media={}, by=user, seen=view.version)
        self.told.append(token)
        return True

    def _publish(self, user: User, view: View, token: str) -> bool:
        publish(story=self.story, by=user, note=token, seen=view.version, after=view.newest)
        return True

    def _restore(self, user: User, view: View, token: str) -> bool:
        revision = self.chance.choice(list(self.story.revisions.order_by("-version")[:6]))
        restore(story=self.story, file=from_json(revision.source), by=user, seen=view.version)
        return True

    def _bulk(self, user: User, view: View, token: str) -> bool:
        """A chapter is deleted; a restoring may bring it back."""
        chapter = self.story.chapters.filter(slug="spare").first()
        if chapter:
            move_to_trash(chapter, by=user, seen=view.version)
        return True

    def lost(self) -> list[str]:
        """Acknowledged texts that can be found nowhere."""
        kept = "".join(row.source for row in (*StoryRevision.objects.all(), *PartRevision.objects.all()))
        kept += "".join(Trashed.objects.values_list("source", flat=True))
        return [token for token in self.told if f'"{token}"' not in kept]


def texts_of(file: StoryFile) -> set[str]:
    """All texts that the tests write."""
    found = set(file.credits.values())
    for part in (*file.chapters, *file.events):
        for name in ("title", "narration", "summary"):
            found |= set(getattr(part, name, {}).values())
    return {text for text in found if "-" in text}
