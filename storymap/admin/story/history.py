"""The history of a story: its revisions and editions, what differs between two of them, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from places.models import Stale
from storymap.admin.editing.words import change_words, kind_words, language_words, part_words
from storymap.admin.pages import StoryPage
from storymap.models import Story
from storymap.numbers import whole_number
from storymap.services.history.differences import PartDifference, differences
from storymap.services.history.entries import HistoryEntry, entry_at, history_of, restore, shared_with_others
from storymap.services.stories.save_story_file import CannotSave
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import StoryFile

ON_A_PAGE = 40
MOST_CHANGES = 12


class PageOfHistory(StoryPage):
    """For whoever may see the story."""

    def may_open(self) -> bool:
        return self.model_admin.has_view_or_change_permission(self.request, self.object)

    def titled(self, here: str, **context: Any) -> HttpResponse:
        return self.page(f"{here}: {self.story}", here=here, **context)


class HistoryPage(PageOfHistory):
    """The list of revisions and editions, the newest first."""

    template_name = "admin/storymap/history/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        start = ((whole_number(request.GET.get("page")) or 1) - 1) * ON_A_PAGE
        entries = history_of(self.story, start=start, stop=start + ON_A_PAGE + 1)
        lines = [(entry, _entry_words(entry)) for entry in entries[:ON_A_PAGE]]
        older = start // ON_A_PAGE + 2 if len(entries) > ON_A_PAGE else None
        return self.titled(_("History"), lines=lines, older=older, newest=start == 0)

    post = get  # as Django's own history pages


class ComparePage(PageOfHistory):
    template_name = "admin/storymap/history/compare.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        marks = (request.GET.get("from", ""), request.GET.get("to", ""))
        left, right = (entry_at(self.story, mark) for mark in marks)
        if left is None or right is None:
            messages.warning(request, _("Choose two lines of the history."))
            return HttpResponseRedirect(reverse("admin:storymap_story_history", args=[self.story.pk]))
        return self.titled(_("What differs"), left=left, right=right, parts=parts_in_words(left.file, right.file))

    post = get


class RestorePage(PageOfHistory):
    """What restoring a entry would change; sent, it is restored."""

    template_name = "admin/storymap/history/restore.html"

    def get(self, request: HttpRequest, mark: str) -> HttpResponse:
        entry, now = self._entry(mark), story_file_of(self.story)
        return self.titled(
            _("Restore"),
            entry=entry,
            parts=parts_in_words(now, entry.file),
            shared=shared_with_others(self.story, entry.file),
            allowed=self._is_allowed(entry, now),
            seen=self.version,
        )

    def post(self, request: HttpRequest, mark: str) -> HttpResponse:
        entry = self._entry(mark)
        if not self._is_allowed(entry, story_file_of(self.story)):
            raise PermissionDenied
        return self.back() if _could_restore(request, self.story, entry) else self.get(request, mark)

    def _entry(self, mark: str) -> HistoryEntry:
        if (entry := entry_at(self.story, mark)) is None:
            raise Http404
        return entry

    def _is_allowed(self, entry: HistoryEntry, now: StoryFile) -> bool:
        """Whoever may not delete chapters restores nothing that has fewer."""
        goes = {chapter.slug for chapter in now.chapters} - {chapter.slug for chapter in entry.file.chapters}
        if goes and not self.request.user.has_perm("storymap.delete_chapter"):
            return False
        return self.model_admin.has_change_permission(self.request, self.story)


def _could_restore(request: HttpRequest, story: Story, entry: HistoryEntry) -> bool:
    seen = whole_number(request.POST.get("_seen"))
    what = _("Edition %(number)s restored") if entry.edition else _("Version %(number)s restored")
    try:
        restore(story=story, file=entry.file, by=request.user, what=what % {"number": entry.mark[1:]}, seen=seen)
    except Stale:
        messages.warning(request, _("The story was changed meanwhile. Look again before you restore."))
    except CannotSave as refused:
        messages.error(request, _("Nothing was restored: %(why)s") % {"why": str(refused)})
    else:
        messages.success(request, _("The story says again what it said then. Nothing after it is lost: see History."))
        return True
    return False


def _entry_words(entry: HistoryEntry) -> list[str]:
    words = [change_words(change, entry.file) for change in entry.changes]
    more = len(words) - MOST_CHANGES
    return [*words[:MOST_CHANGES], *([_("and %(count)s more") % {"count": more}] if more > 0 else [])]


def parts_in_words(before: StoryFile, after: StoryFile) -> list[dict[str, Any]]:
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
