"""The chapters on the page of their story: what state each is in, their order, and copies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from places.form_fields import language_name, untranslated
from places.models import Stale
from storymap.admin.chapter.form import TEXTS
from storymap.admin.chapter.narration import ADVISED
from storymap.admin.pages import StoryPage
from storymap.models import Chapter, Story
from storymap.numbers import OF_A_KEY, whole_number
from storymap.prose import words_in
from storymap.services.stories.chapter_order import move_chapter
from storymap.services.stories.copies import copy_chapter, copy_story


@dataclass(frozen=True)
class ChapterRow:
    chapter: Chapter
    position: int
    words: int
    moments: int
    untranslated: tuple[str, ...]  # Spanish – without narration

    @property
    def is_advised(self) -> bool:
        return ADVISED[0] <= self.words <= ADVISED[1]

    @property
    def words_text(self) -> str:
        return ngettext("%(count)d word", "%(count)d words", self.words) % {"count": self.words}

    @property
    def moments_text(self) -> str:
        return ngettext("%(count)d moment", "%(count)d moments", self.moments) % {"count": self.moments}


def rows_of(story: Story) -> list[ChapterRow]:
    chapters = story.chapters.order_by("position", "pk").prefetch_related("translations", "moments")
    return [_row(chapter, position, story) for position, chapter in enumerate(chapters, start=1)]


def _row(chapter: Chapter, position: int, story: Story) -> ChapterRow:
    narrations = {words.language_code: words.narration for words in chapter.translations.all()}
    wanted = {code: what for code, what in untranslated(chapter, TEXTS).items() if code in story.languages}
    missing = tuple(f"{language_name(code)} – {what}" for code, what in wanted.items())
    words = words_in(narrations.get(story.default_language, ""))
    return ChapterRow(chapter, position, words, len(chapter.moments.all()), missing)


def order_words() -> dict[str, str]:
    return {
        "drag": _("Drag to another place"),
        "moved": _("“{name}” is now chapter {position} of {count}."),
        "failed": _("The order was not saved: the site cannot be reached. Load the page again."),
    }


def chapter_list_context(story: Story) -> dict[str, Any]:
    """For the page of the story."""
    advised = _("(%(least)d–%(most)d are advised)") % {"least": ADVISED[0], "most": ADVISED[1]}
    return {"chapter_rows": rows_of(story), "advised_text": advised, "order_words_json": json.dumps(order_words())}


class ChapterListPage(StoryPage):
    """What the list of chapters sends, and leads back to it. `version` is that of the story as it was shown."""

    def chapter(self, key: str) -> Chapter | None:
        return self.story.chapters.filter(pk=whole_number(key, digits=OF_A_KEY) or 0).first()

    @property
    def seen_version(self) -> int | None:
        return whole_number(self.request.POST.get("version"))

    def back_with(self, problem: str) -> HttpResponse:
        if problem:
            messages.error(self.request, problem)
        return self.back("#chapters")


class MoveChapter(ChapterListPage):
    """`move` is the key of a chapter and the place it goes to: 17:2."""

    permissions = ("storymap.change_chapter",)

    def post(self, request: HttpRequest) -> HttpResponse:
        key, _colon, place = request.POST.get("move", "").partition(":")
        chapter, to = self.chapter(key), whole_number(place)
        problem = _("Which chapter is to move, and where to?")
        version = self.story.version
        if chapter and to is not None:
            problem = ""
            try:
                version = move_chapter(chapter=chapter, to=to, by=request.user, seen=self.seen_version)
            except Stale:
                problem = _outdated_message()
        if request.accepts("text/html"):
            return self.back_with(problem)
        return JsonResponse({"problem": problem, "version": version}, status=409 if problem else 200)


class CopyChapter(ChapterListPage):
    """`copy` is the key of a chapter."""

    permissions = ("storymap.add_chapter",)

    def post(self, request: HttpRequest) -> HttpResponse:
        if (chapter := self.chapter(request.POST.get("copy", ""))) is None:
            return self.back_with(_("Which chapter is to be copied?"))
        try:
            copy = copy_chapter(chapter=chapter, by=request.user, seen=self.seen_version)
        except Stale:
            return self.back_with(_outdated_message())
        messages.success(
            request,
            _("This is the copy. Its moments stayed behind, because an event is in one chapter only: move them."),
        )
        return HttpResponseRedirect(reverse("admin:storymap_chapter_change", args=[copy.pk]))


def _outdated_message() -> str:
    return _("The story was saved elsewhere since this page was loaded. Nothing was changed: load it again and look.")


class CopyStoryPage(StoryPage):
    """Asks once."""

    permissions = ("storymap.add_story",)
    template_name = "admin/storymap/story/copy.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(str(self.story))

    def post(self, request: HttpRequest) -> HttpResponse:
        copy = copy_story(story=self.story, by=request.user)
        messages.success(request, _("This is the copy, a draft. Readers see nothing of it until you publish it."))
        return HttpResponseRedirect(reverse("admin:storymap_story_change", args=[copy.pk]))
