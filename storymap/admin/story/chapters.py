"""The chapters on the page of their story: what state each is in, their order, and copies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _, ngettext

from places.models import Stale
from places.translating import TranslatingAdmin, language_name, untranslated
from storymap.admin.chapter.narration import ADVISED
from storymap.models import Chapter, Story
from storymap.numbers import OF_A_KEY, whole
from storymap.prose import words_in
from storymap.services.stories.copying import copy_chapter, copy_story
from storymap.services.stories.ordering import move_chapter

SPOKEN = ("title", "narration")


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
    wanted = {code: what for code, what in untranslated(chapter, SPOKEN).items() if code in story.languages}
    missing = tuple(f"{language_name(code)} – {what}" for code, what in wanted.items())
    words = words_in(narrations.get(story.default_language, ""))
    return ChapterRow(chapter, position, words, len(chapter.moments.all()), missing)


def order_words() -> dict[str, str]:
    return {
        "drag": _("Drag to another place"),
        "moved": _("“{name}” is now chapter {position} of {count}."),
        "failed": _("The order was not saved: the site cannot be reached. Load the page again."),
    }


class ChapterListAdmin(TranslatingAdmin):
    """The part of the story admin that arranges chapters."""

    def get_urls(self) -> list[URLPattern]:
        move = self.admin_site.admin_view(self.move_chapter_view)
        copy = self.admin_site.admin_view(self.copy_chapter_view)
        return [
            path("<path:object_id>/move-chapter/", move, name="storymap_story_move_chapter"),
            path("<path:object_id>/copy-chapter/", copy, name="storymap_story_copy_chapter"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if story := context.get("original"):
            advised = _("(%(least)d–%(most)d are advised)") % {"least": ADVISED[0], "most": ADVISED[1]}
            context |= {"chapter_rows": rows_of(story), "advised_text": advised}
            context["order_words_json"] = json.dumps(order_words())
        return super().render_change_form(request, context, **kwargs)

    def move_chapter_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """`move` is the key of a chapter and the place it goes to: 17:2. `version` is that of the story as shown."""
        story = self._posted(request, object_id, "storymap.change_chapter")
        if isinstance(story, HttpResponse):
            return story
        key, _colon, place = request.POST.get("move", "").partition(":")
        chapter, to = self._chapter(story, key), whole(place)
        problem = _("Which chapter is to move, and where to?")
        version = story.version
        if chapter and to is not None:
            problem = ""
            try:
                version = move_chapter(chapter=chapter, to=to, by=request.user, seen=_seen(request))
            except Stale:
                problem = _outdated()
        if request.accepts("text/html"):
            return self._back(request, story, problem)
        return JsonResponse({"problem": problem, "version": version}, status=409 if problem else 200)

    def copy_chapter_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """`copy` is the key of a chapter."""
        story = self._posted(request, object_id, "storymap.add_chapter")
        if isinstance(story, HttpResponse):
            return story
        if (chapter := self._chapter(story, request.POST.get("copy", ""))) is None:
            return self._back(request, story, _("Which chapter is to be copied?"))
        try:
            copy = copy_chapter(chapter=chapter, by=request.user, seen=_seen(request))
        except Stale:
            return self._back(request, story, _outdated())
        messages.success(
            request,
            _("This is the copy. Its moments stayed behind, because an event is told in one chapter only: move them."),
        )
        return HttpResponseRedirect(reverse("admin:storymap_chapter_change", args=[copy.pk]))

    def _posted(self, request: HttpRequest, object_id: str, permission: str) -> Story | HttpResponse:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if (story := self.get_object(request, unquote(object_id))) is None:
            raise Http404
        return story

    def _chapter(self, story: Story, key: str) -> Chapter | None:
        return story.chapters.filter(pk=whole(key, digits=OF_A_KEY) or 0).first()

    def _back(self, request: HttpRequest, story: Story, problem: str) -> HttpResponse:
        if problem:
            messages.error(request, problem)
        return HttpResponseRedirect(reverse("admin:storymap_story_change", args=[story.pk]) + "#chapters")


def _seen(request: HttpRequest) -> int | None:
    return whole(request.POST.get("version"))


def _outdated() -> str:
    return _("The story was saved elsewhere since this page was loaded. Nothing was changed: load it again and look.")


class CopyingStoriesAdmin(TranslatingAdmin):
    """The part of the story admin that duplicates stories."""

    def get_urls(self) -> list[URLPattern]:
        copy = self.admin_site.admin_view(self.copy_view)
        return [path("<path:object_id>/copy/", copy, name="storymap_story_copy"), *super().get_urls()]

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Template admin/storymap/story/copy.html."""
        if not request.user.has_perm("storymap.add_story"):
            raise PermissionDenied
        if (story := self.get_object(request, unquote(object_id))) is None:
            raise Http404
        if request.method == "POST":
            copy = copy_story(story=story, by=request.user)
            messages.success(request, _("This is the copy, a draft. Readers see nothing of it until you publish it."))
            return HttpResponseRedirect(reverse("admin:storymap_story_change", args=[copy.pk]))
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": story, "title": str(story)}
        return TemplateResponse(request, "admin/storymap/story/copy.html", shared)
