"""The history of a story: its revisions and editions, what differs between two of them, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from places.models import Stale
from storymap.admin.editing.words import change_words, kind_words, language_words, part_words
from storymap.models import Story
from storymap.numbers import whole
from storymap.services.history.differences import PartDifference, differences
from storymap.services.history.restoring import restore, shared_with_others
from storymap.services.history.timeline import Step, step_at, steps_of
from storymap.services.stories.saving import CannotSave
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import StoryFile

ON_A_PAGE = 40
MOST_CHANGES = 12


class WithHistory:
    """A mixin for the admin of stories. Templates admin/storymap/history/."""

    def get_urls(self: Any) -> list[URLPattern]:
        def named(address: str, view: Any, name: str) -> URLPattern:
            return path(f"<path:object_id>/history/{address}", self.admin_site.admin_view(view), name=name)

        return [
            named("compare/", self.compare_view, "storymap_story_compare"),
            named("restore/<str:mark>/", self.restore_view, "storymap_story_restore"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def history_view(self: Any, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        story = _story(self, request, object_id)
        start = ((whole(request.GET.get("page")) or 1) - 1) * ON_A_PAGE
        steps = steps_of(story, start=start, stop=start + ON_A_PAGE + 1)
        lines = [(step, _words(step)) for step in steps[:ON_A_PAGE]]
        older = start // ON_A_PAGE + 2 if len(steps) > ON_A_PAGE else None
        return self._history_page(request, "list", story, lines=lines, older=older, newest=start == 0)

    def compare_view(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        story = _story(self, request, object_id)
        marks = (request.GET.get("from", ""), request.GET.get("to", ""))
        left, right = (step_at(story, mark) for mark in marks)
        if left is None or right is None:
            messages.warning(request, _("Choose two lines of the history."))
            return HttpResponseRedirect(reverse("admin:storymap_story_history", args=[story.pk]))
        parts = shown(left.file, right.file)
        return self._history_page(request, "compare", story, left=left, right=right, parts=parts)

    def restore_view(self: Any, request: HttpRequest, object_id: str, mark: str) -> HttpResponse:
        story = _story(self, request, object_id)
        step = step_at(story, mark)
        if step is None:
            raise Http404
        now = story_file_of(story)
        goes = {chapter.slug for chapter in now.chapters} - {chapter.slug for chapter in step.file.chapters}
        allowed = self.has_change_permission(request, story)
        if goes and not request.user.has_perm("storymap.delete_chapter"):
            allowed = False
        if request.method == "POST":
            if not allowed:
                raise PermissionDenied
            if _restored(request, story, step):
                return HttpResponseRedirect(reverse("admin:storymap_story_change", args=[story.pk]))
            now = story_file_of(story)
        context = {"step": step, "parts": shown(now, step.file), "shared": shared_with_others(story, step.file)}
        seen = Story.objects.values_list("version", flat=True).get(pk=story.pk)
        return self._history_page(request, "restore", story, allowed=allowed, seen=seen, **context)

    def _history_page(self: Any, request: HttpRequest, name: str, story: Story, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": story}
        title = {"list": _("History"), "compare": _("What differs"), "restore": _("Restore")}[name]
        context = {**shared, "title": f"{title}: {story}", "here": title, **context}
        return TemplateResponse(request, f"admin/storymap/history/{name}.html", context)


def _story(model_admin: Any, request: HttpRequest, object_id: str) -> Story:
    story = model_admin.get_object(request, unquote(object_id))
    if story is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, story):
        raise PermissionDenied
    return story


def _restored(request: HttpRequest, story: Story, step: Step) -> bool:
    seen = whole(request.POST.get("_seen"))
    what = _("Edition %(number)s restored") if step.edition else _("Version %(number)s restored")
    try:
        restore(story=story, file=step.file, by=request.user, what=what % {"number": step.mark[1:]}, seen=seen)
    except Stale:
        messages.warning(request, _("The story was changed meanwhile. Look again before you restore."))
    except CannotSave as refused:
        messages.error(request, _("Nothing was restored: %(why)s") % {"why": str(refused)})
    else:
        messages.success(request, _("The story says again what it said then. Nothing after it is lost: see History."))
        return True
    return False


def _words(step: Step) -> list[str]:
    words = [change_words(change, step.file) for change in step.changes]
    more = len(words) - MOST_CHANGES
    return [*words[:MOST_CHANGES], *([_("and %(count)s more") % {"count": more}] if more > 0 else [])]


def shown(before: StoryFile, after: StoryFile) -> list[dict[str, Any]]:
    """What differs, with names and labels in words."""
    return [_part(part, before, after) for part in differences(before, after)]


def _part(part: PartDifference, before: StoryFile, after: StoryFile) -> dict[str, Any]:
    if part.kind == "story":
        title = capfirst(Story._meta.verbose_name)
    else:
        title = part_words(part.kind, part.slug, after, before)
    verbs = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}
    fields = []
    for field in part.fields:
        label = capfirst(kind_words(part.kind, field.name))
        words = f"{label} ({language_words(field.language)})" if field.language else label
        fields.append((words, field.pieces))
    return {"title": title, "verb": verbs[part.verb], "fields": fields}
