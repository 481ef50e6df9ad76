"""Publishing, withdrawing, and when stories come and go: the pages that a publisher has besides the forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _, ngettext

from places.models import Stale
from storymap.admin.local_time import in_words
from storymap.admin.story.checklist_links import linked
from storymap.admin.story.publish_form import EndForm, PublishForm
from storymap.admin.story.visibility import VisibilityMixin, wait_until_gone
from storymap.models import Edition, EditionDocument, Story
from storymap.numbers import whole
from storymap.services.publishing.checklist import Checklist
from storymap.services.publishing.publish import (
    CannotPublish,
    ChangedSince,
    checklist_before_publishing,
    end_at,
    newest_edition,
    publish,
    unpublish,
)


class PublishingMixin(VisibilityMixin):
    """For the admin of stories."""

    def get_urls(self) -> list[URLPattern]:
        views = {"publish": self.publish_view, "withdraw": self.withdraw_view, "end": self.end_view}
        return [
            path("calendar/", self.admin_site.admin_view(self.calendar_view), name="storymap_story_calendar"),
            *(
                path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=f"storymap_story_{name}")
                for name, view in views.items()
            ),
            *super().get_urls(),
        ]

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The checklist, a note to readers, when, and the button. Template admin/storymap/story/publish.html."""
        story = self._publishable(request, object_id)
        checklist = checklist_before_publishing(story)
        form = PublishForm(_sent(request), story=story, checklist=checklist)
        if request.method == "POST" and form.is_valid():
            checked, after = request.POST.get("seen", ""), whole(request.POST.get("after"))
            try:
                edition = publish(story=story, by=request.user, **_asked(form), checked=checked, after=after)
            except CannotPublish:
                messages.error(request, _("Nothing was published: see the list below."))
            except Stale:
                messages.warning(request, _meanwhile(story))
            except ChangedSince:
                messages.error(request, _("Nothing was published: the story has been saved since you saw the list."))
                form = PublishForm(_unticked(request), story=story, checklist=checklist)
            else:
                _say_published(request, edition, form.cleaned_data["until"])
                return HttpResponseRedirect(self._address(story))
        page = {"form": form, "checklist": checklist, "problems": linked(checklist, story, request), **_zone()}
        page["after"] = newest_edition(story)
        return self._page(request, "publish", story, _title(checklist), **page)

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks once. Template admin/storymap/story/withdraw.html."""
        story = self._publishable(request, object_id)
        if request.method == "POST":
            try:
                unpublish(story=story, by=request.user, after=whole(request.POST.get("after")))
            except Stale:
                messages.warning(request, _meanwhile(story))
            else:
                wait_until_gone()
                messages.success(request, _("The story is withdrawn. Its pages are gone."))
                return HttpResponseRedirect(self._address(story))
        return self._page(request, "withdraw", story, _("Withdraw"), after=newest_edition(story))

    def end_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """When the story goes by itself. Template admin/storymap/story/end.html."""
        story = self._publishable(request, object_id)
        form = EndForm(_sent(request), initial={"until": story.visible_until}, label_suffix="")
        if request.method == "POST" and form.is_valid():
            until = form.cleaned_data["until"]
            end_at(story=story, by=request.user, until=until)
            messages.success(request, _end_words(until) or _("The story is visible without an end."))
            return HttpResponseRedirect(self._address(story))
        return self._page(request, "end", story, _("Visible until"), form=form, **_zone())

    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        """Template admin/storymap/story/calendar.html."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Scheduled and expiring"),
            "entries": calendar_of(timezone.now()),
        }
        return TemplateResponse(request, "admin/storymap/story/calendar.html", context)

    def _publishable(self, request: HttpRequest, object_id: str) -> Story:
        if not request.user.has_perm("storymap.publish_story"):
            raise PermissionDenied
        story = self.get_object(request, unquote(object_id))
        if story is None:
            raise Http404
        return story

    def _address(self, story: Story) -> str:
        return reverse("admin:storymap_story_change", args=[story.pk])

    def _page(self, request: HttpRequest, name: str, story: Story, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": story}
        shared |= {"title": title, "subtitle": str(story)}
        return TemplateResponse(request, f"admin/storymap/story/{name}.html", {**shared, **context})


def _meanwhile(story: Story) -> str:
    """Why publishing or withdrawing waits for a second look."""
    newest = story.editions.order_by("-number").first()
    told = {
        "number": newest.number if newest else 0,
        "name": (newest and newest.by) or "–",
        "at": date_format(newest.created_at, "DATETIME_FORMAT") if newest else "–",
    }
    return _("Edition %(number)s was published meanwhile by %(name)s, %(at)s.") % told


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _asked(form: PublishForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("note", "at", "until")}


def _unticked(request: HttpRequest) -> dict[str, Any]:
    """What was typed, but whoever overlooks warnings is to see these first."""
    return {name: value for name, value in request.POST.items() if name != "anyway"}


def _zone() -> dict[str, Any]:
    words = {"utc": _("%(local)s is %(utc)s UTC"), "gap": _("The clocks are put forward over this time.")}
    return {"zone": str(timezone.get_current_timezone()), "zone_words": words}


def _title(checklist: Checklist) -> str:
    parts = []
    if number := checklist.errors:
        parts.append(ngettext("%(number)s error", "%(number)s errors", number) % {"number": number})
    if number := checklist.warnings:
        parts.append(ngettext("%(number)s warning", "%(number)s warnings", number) % {"number": number})
    return f"{_('Publish')}: {', '.join(parts)}" if parts else _("Publish")


def _say_published(request: HttpRequest, edition: Edition, until: Any) -> None:
    said = [_("Published as edition %(number)s.") % {"number": edition.number}]
    if edition.publish_at > edition.created_at:
        when = in_words(edition.publish_at, timezone.get_current_timezone())
        said.append(_("It is visible from %(time)s.") % {"time": when})
    text = " ".join([*said, _end_words(until)]).strip()
    address = reverse("story", args=[edition.story.slug])
    read = format_html(' <a href="{}">{}</a>', address, _("Open the published page")) if len(said) == 1 else ""
    messages.success(request, format_html("{}{}", text, read))


def _end_words(until: Any) -> str:
    when = in_words(until, timezone.get_current_timezone()) if until else ""
    return _("The story is visible until %(time)s.") % {"time": when} if when else ""


@dataclass(frozen=True)
class Entry:
    at: datetime
    words: str  # in the site's zone and in UTC
    what: str
    story: Story


def calendar_of(now: datetime) -> list[Entry]:
    awaited = Edition.objects.awaited(now).select_related("story").prefetch_related("story__translations")
    entries = [_entry(e.publish_at, _("Edition %(number)s appears") % {"number": e.number}, e.story) for e in awaited]
    shown = EditionDocument.objects.visible(now).values("edition__story")
    coming = awaited.values("story")
    ending = Story.objects.filter(visible_until__gt=now).prefetch_related("translations")
    ending = ending.filter(pk__in=shown) | ending.filter(pk__in=coming)
    entries += [_entry(story.visible_until, _("The story goes"), story) for story in ending if story.visible_until]
    return sorted(entries, key=lambda entry: (entry.at, entry.story.slug))


def _entry(at: datetime, what: str, story: Story) -> Entry:
    return Entry(at, in_words(at, timezone.get_current_timezone()), what, story)
