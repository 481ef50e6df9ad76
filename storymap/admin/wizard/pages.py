"""The story wizard: one page for its chapters, what happens in them, the checklist, and publishing.

Every address also works without JavaScript; with it the page changes in place (wizard.js).
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from places.models import Stale
from storymap.admin.editing.autosave import forget_posted, posted_values, takes_autosave
from storymap.admin.pages import AdminPage, StoryPage
from storymap.admin.story.checklist_links import linked_checklist
from storymap.admin.story.streets import extracts_for_maps
from storymap.admin.wizard.forms import BeginForm
from storymap.admin.wizard.panel import (
    NEW,
    Panel,
    begin_context,
    begin_form,
    panel_context,
    panel_form,
    panel_of,
    wizard_address,
)
from storymap.admin.wizard.places import places_map_words
from storymap.models import Chapter, Moment, Story
from storymap.pages.addresses import workshop_ground
from storymap.services.media.files import CannotStore, Storing
from storymap.services.publishing.publish import CannotPublish, ChangedSince, checklist_before_publishing, publish
from storymap.services.stories.wizard import ChapterWords, begin_story, save_chapter

NEEDED = (
    *("storymap.add_chapter", "storymap.change_chapter", "storymap.add_illustration"),
    *("places.add_event", "places.add_place", "places.add_source"),
)
NAMED, LISTED = 12, 50  # moments of a chapter: named in the list of chapters, and in the open one


class BeginPage(AdminPage):
    """A title and a standfirst, and the story is there."""

    permissions = ("storymap.add_story",)
    template_name = "admin/storymap/wizard/begin.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._begin_page(BeginForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if takes_autosave(request):
            return self._begin_page(BeginForm())
        form = BeginForm(request.POST)
        if not form.is_valid():
            return self._begin_page(form)
        with transaction.atomic():
            story = begin_story(**form.cleaned_data, language=Story().default_language, by=request.user)
            forget_posted(request, begin_form())
        return HttpResponseRedirect(wizard_address(story, NEW))

    def _begin_page(self, form: BeginForm) -> HttpResponse:
        return self.page(_("New story"), form=form, **begin_context(self.request, form))


class WizardPage(StoryPage):
    """The chapters of a story, one of them open where the address names it, the checklist, and publishing."""

    permissions = ("storymap.change_story",)
    template_name = "admin/storymap/wizard/page.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._panel_page(self._panel()) if self._chapter_key() else self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        """A search shows what was typed; everything else that is sent is saved, or published. The chapter stays open
        for another event when that is asked for."""
        if "publish" in request.POST:
            return self._publish()
        if takes_autosave(request) or not self._chapter_key():
            return self.get(request)
        if "find" in request.POST:
            return self._search_page()
        panel = self._panel(saving=True)
        if chapter := _save_panel(request, self.story, panel):
            return HttpResponseRedirect(wizard_address(self.story, chapter.slug if "another" in request.POST else ""))
        return self._panel_page(panel)

    def _chapter_key(self) -> str:
        return self.request.GET.get("chapter", "")

    def _panel(self, *, saving: bool = False) -> Panel:
        """The chapter that the address opens."""
        if not self.request.user.has_perms(NEEDED):
            raise PermissionDenied
        return panel_of(self.request, self.story, self._chapter_key(), saving=saving)

    def _panel_page(self, panel: Panel) -> HttpResponse:
        context = panel_context(self.request, self.story, panel)
        panel.search(anew=False)
        return self._page(panel, context)

    def _search_page(self) -> HttpResponse:
        panel = self._panel()
        context = panel_context(self.request, self.story, panel)
        panel.fill(posted_values(self.request))
        panel.search(anew=True)
        return self._page(panel, context)

    def _publish(self) -> HttpResponse:
        request, story = self.request, self.story
        if not request.user.has_perm("storymap.publish_story"):
            raise PermissionDenied
        note, checked = request.POST.get("note", "")[:1000], request.POST.get("checked", "")
        if checklist_before_publishing(story).asks and "anyway" not in request.POST:
            messages.error(request, _("Nothing was published: see the list below."))
            return HttpResponseRedirect(wizard_address(story))
        try:
            edition = publish(story=story, by=request.user, note=note, checked=checked)
        except CannotPublish:
            messages.error(request, _("Nothing was published: see the list below."))
        except ChangedSince:
            messages.error(request, _("Nothing was published: the story has been saved since you saw the list."))
        else:
            messages.success(request, _("Published as edition %(number)s.") % {"number": edition.number})
        return HttpResponseRedirect(wizard_address(story))

    def _page(self, panel: Panel | None = None, context: dict[str, Any] | None = None) -> HttpResponse:
        checklist = checklist_before_publishing(self.story)
        status = 422 if panel and any(form.errors for form in panel.forms) else 200
        return self.page(
            str(self.story),
            status=409 if panel and panel.stale else status,
            panel=panel,
            **(context or {}),
            places_map=json.dumps(
                {"ground": workshop_ground(extracts_for_maps(self.story)), "words": places_map_words()}
            ),
            checklist=checklist,
            problems=linked_checklist(checklist, self.story, self.request),
            chapters=_chapters(self.story),
            moments=_moments(panel.chapter) if panel and panel.chapter else None,
            published=self.story.editions.filter(number__gt=self.story.withdrawn_through).order_by("-number").first(),
        )


def _chapters(story: Story) -> Any:
    """Each with its first moments, and the number of all."""
    first = Moment.objects.order_by("position", "pk")[:NAMED]
    shown = Prefetch(
        "moments", first.select_related("event").prefetch_related("event__translations"), to_attr="first_moments"
    )
    chapters = story.chapters.annotate(total=Count("moments")).prefetch_related("translations", shown)
    return chapters.order_by("position", "pk")


def _moments(chapter: Chapter) -> list[Moment]:
    """The last ones of the open chapter: what is added comes behind them."""
    rows = chapter.moments.select_related("event").prefetch_related("event__translations")
    return [*reversed(rows.order_by("-position", "-pk")[:LISTED])]


def _save_panel(request: HttpRequest, story: Story, panel: Panel) -> Chapter | None:
    """The chapter with the panel's words. None when they are not stored: its forms say why."""
    if any(form.errors for form in panel.forms):
        return None
    typed = panel.words.cleaned_data
    words = ChapterWords(
        story.default_language, typed["title"], typed["narration"], panel.moment.moment, panel.picture.picture
    )
    try:
        with Storing(), transaction.atomic():
            chapter = save_chapter(story=story, words=words, chapter=panel.chapter, by=request.user, seen=panel.seen)
            forget_posted(request, panel_form(story, panel))
    except Stale as stale:
        panel.stale, panel.seen = True, stale.now or 0
        return None
    except CannotStore as problem:
        panel.picture.add_error("upload", str(problem))
        return None
    except forms.ValidationError as problem:
        panel.words.add_error(None, list(problem.messages))
        return None
    messages.success(request, _("“%(title)s” is saved.") % {"title": typed["title"]})
    return chapter
