"""One page on which a story is told: its chapters, what happens in them, the checklist, and publishing.

Every address also works without JavaScript; with it the page changes in place (telling.js).
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from places.models import Stale
from storymap.admin.chapter.map import atlas_levels
from storymap.admin.editing.autosave import forget_posted, posted_values
from storymap.admin.story.checklist_links import linked
from storymap.admin.wizard.beginning import BeginForm, begin_desk, begun_form
from storymap.admin.wizard.panel import ANEW, Panel, panel_of, telling_desk, told_form
from storymap.admin.wizard.places import found_map_words
from storymap.models import Chapter, Moment, Story
from storymap.services.media.files import CannotStore
from storymap.services.publishing.publish import CannotPublish, ChangedSince, checklist_before_publishing, publish
from storymap.services.stories.wizard import ChapterWords, begin_story, tell_chapter

NEEDED = (
    *("storymap.add_chapter", "storymap.change_chapter", "storymap.add_illustration"),
    *("places.add_event", "places.add_place", "places.add_source"),
)
NAMED, LISTED = 12, 50  # moments of a chapter: named in the list of chapters, and in the open one


class TellingPages(admin.ModelAdmin):
    """For the admin of stories."""

    @admin.display(description=gettext_lazy("Tell"))
    def tell(self, story: Story) -> str:
        return format_html('<a href="{}">{}</a>', _address(story), _("Tell"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("begin/", view(self.begin_view), name="storymap_story_begin"),
            path("<path:object_id>/tell/", view(self.tell_view), name="storymap_story_tell"),
            *super().get_urls(),
        ]

    def begin_view(self, request: HttpRequest) -> HttpResponse:
        """A title and a standfirst, and the story is there."""
        if not request.user.has_perm("storymap.add_story"):
            raise PermissionDenied
        sent = request.method == "POST" and request.POST.get("_draft") != "take"
        form = BeginForm(request.POST if sent else None)
        if sent and form.is_valid():
            language = Story().default_language
            story = begin_story(**form.cleaned_data, language=language, by=request.user)
            forget_posted(request, begun_form())
            return HttpResponseRedirect(_address(story, ANEW))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("New story")}
        context |= {"form": form, **begin_desk(request, form)}
        return TemplateResponse(request, "admin/storymap/story/begin.html", context)

    def tell_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        story = self.get_object(request, unquote(object_id))
        if not request.user.has_perm("storymap.change_story"):
            raise PermissionDenied
        if story is None:
            raise Http404
        if request.method == "POST" and "publish" in request.POST:
            return self._publish_here(request, story)
        if request.POST.get("_draft") == "take":
            request.method = "GET"  # the page as it is opened, with the draft in it; nothing is saved
        key = request.GET.get("chapter", "")
        return self._told(request, story, key) if key else self._telling(request, story)

    def _told(self, request: HttpRequest, story: Story, key: str) -> HttpResponse:
        """One chapter open. A search keeps what was typed; everything else that is sent is saved. It stays open for
        another event when that is asked for."""
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        sent, finding = request.method == "POST", "find" in request.POST
        panel = panel_of(request, story, key, saving=sent and not finding)
        if sent and not finding and (chapter := _saved(request, story, panel)):
            return HttpResponseRedirect(_address(story, chapter.slug if "another" in request.POST else ""))
        desk = telling_desk(request, story, panel)
        if sent and finding:
            panel.fill(posted_values(request))
        panel.search(anew=finding)
        return self._telling(request, story, panel, desk)

    def _publish_here(self, request: HttpRequest, story: Story) -> HttpResponse:
        if not request.user.has_perm("storymap.publish_story"):
            raise PermissionDenied
        note, checked = request.POST.get("note", "")[:1000], request.POST.get("seen", "")
        if checklist_before_publishing(story).asks and "anyway" not in request.POST:
            messages.error(request, _("Nothing was published: see the list below."))
            return HttpResponseRedirect(_address(story))
        try:
            edition = publish(story=story, by=request.user, note=note, checked=checked)
        except CannotPublish:
            messages.error(request, _("Nothing was published: see the list below."))
        except ChangedSince:
            messages.error(request, _("Nothing was published: the story has been saved since you saw the list."))
        else:
            messages.success(request, _("Published as edition %(number)s.") % {"number": edition.number})
        return HttpResponseRedirect(_address(story))

    def _telling(
        self, request: HttpRequest, story: Story, panel: Panel | None = None, desk: dict[str, Any] | None = None
    ) -> HttpResponse:
        checklist = checklist_before_publishing(story)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": story,
            "title": str(story),
            "panel": panel,
            **(desk or {}),
            "found_map": json.dumps({"levels": atlas_levels(), "words": found_map_words()}),
            "checklist": checklist,
            "problems": linked(checklist, story, request),
            "chapters": _chapters(story),
            "moments": _moments(panel.chapter) if panel and panel.chapter else None,
            "published": story.editions.filter(number__gt=story.withdrawn_through).order_by("-number").first(),
        }
        status = 422 if panel and any(form.errors for form in panel.forms) else 200
        status = 409 if panel and panel.stale else status
        return TemplateResponse(request, "admin/storymap/story/tell.html", context, status=status)


def _chapters(story: Story) -> Any:
    """Each with its first moments, and the number of all."""
    first = Moment.objects.order_by("position", "pk")[:NAMED]
    shown = Prefetch("moments", first.select_related("event").prefetch_related("event__translations"), to_attr="first")
    chapters = story.chapters.annotate(told=Count("moments")).prefetch_related("translations", shown)
    return chapters.order_by("position", "pk")


def _moments(chapter: Chapter) -> list[Moment]:
    """The last ones of the open chapter: what is added comes behind them."""
    rows = chapter.moments.select_related("event").prefetch_related("event__translations")
    return [*reversed(rows.order_by("-position", "-pk")[:LISTED])]


def _address(story: Story, chapter: str = "") -> str:
    address = reverse("admin:storymap_story_tell", args=[story.pk])
    return f"{address}?chapter={chapter}" if chapter else address


def _saved(request: HttpRequest, story: Story, panel: Panel) -> Chapter | None:
    """The chapter with the panel's words. None when they are not stored: its forms say why."""
    if any(form.errors for form in panel.forms):
        return None
    typed = panel.words.cleaned_data
    words = ChapterWords(
        story.default_language, typed["title"], typed["narration"], panel.moment.moment, panel.picture.picture
    )
    try:
        chapter = tell_chapter(story=story, words=words, chapter=panel.chapter, by=request.user, seen=panel.seen)
        forget_posted(request, told_form(story, panel))
    except Stale as stale:
        panel.stale, panel.seen = True, stale.now or 0
        return None
    except CannotStore as problem:
        panel.picture.add_error("upload", str(problem))
        return None
    except forms.ValidationError as problem:
        panel.words.add_error(None, list(problem.messages))
        return None
    messages.success(request, _("“%(title)s” is kept.") % {"title": typed["title"]})
    return chapter
