"""Publishing, withdrawing, and when stories come and go: the pages that a publisher has besides the forms."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from places.models import Stale
from storymap.admin.pages import AdminPage, StoryPage
from storymap.admin.story.checklist_links import linked_checklist
from storymap.admin.story.publish_form import EndForm, PublishForm, in_words
from storymap.models import Edition, EditionDocument, Story
from storymap.numbers import whole_number
from storymap.services.publishing.checklist import Checklist
from storymap.services.publishing.publish import (
    CannotPublish,
    ChangedSince,
    checklist_before_publishing,
    end_at,
    newest_edition,
    publish,
    withdraw,
)
from storymap.story.problem import Problem


def wait_until_gone() -> None:
    """After a story was withdrawn: until no process believes any more that it is there. Then one may say so."""
    time.sleep(settings.STORYMAP_FRESHNESS)


def with_visibility(stories: QuerySet) -> QuerySet:
    """With `shown`, the number of the edition that readers see, and `awaited`, when the next one appears."""
    now = timezone.now()
    shown = EditionDocument.objects.visible(now).filter(edition__story=OuterRef("pk"))
    awaited = Edition.objects.awaited(now).filter(story=OuterRef("pk")).order_by("publish_at")
    return stories.annotate(
        shown=Subquery(shown.values("edition__number")[:1]),
        awaited=Subquery(awaited.values("publish_at")[:1]),
    )


@admin.display(description=gettext_lazy("visible to readers"))
def visibility(story: Any) -> str:
    """edition 2, next from …, until …; for a story of `with_visibility`."""
    zone = timezone.get_current_timezone()
    parts = [_("edition %(number)s") % {"number": story.shown} if story.shown else _("nothing")]
    if story.awaited:
        parts.append(_("next from %(time)s") % {"time": in_words(story.awaited, zone)})
    if story.visible_until and (story.shown or story.awaited):
        parts.append(_("until %(time)s") % {"time": in_words(story.visible_until, zone)})
    return ", ".join(parts)


@admin.display(description=gettext_lazy("withdraw"))
def withdrawal(story: Any) -> str:
    """The way to withdraw it, where there is something to withdraw."""
    if not (story.shown or story.awaited):
        return ""
    address = reverse("admin:storymap_story_withdraw", args=[story.pk])
    name = _("Withdraw “%(story)s”") % {"story": story}
    return format_html('<a href="{}" aria-label="{}">{}</a>', address, name, _("Withdraw"))


class PublishersPage(StoryPage):
    permissions = ("storymap.publish_story",)

    def page(self, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().page(title, status=status, subtitle=str(self.story), **context)


class PublishPage(PublishersPage):
    """The checklist, a note to readers, when, and the button."""

    template_name = "admin/storymap/story/publish.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        checklist = checklist_before_publishing(self.story)
        return self._form_page(PublishForm(None, story=self.story, checklist=checklist), checklist)

    def post(self, request: HttpRequest) -> HttpResponse:
        checklist = checklist_before_publishing(self.story)
        form = PublishForm(request.POST, story=self.story, checklist=checklist)
        if not form.is_valid():
            return self._form_page(form, checklist)
        checked, after = request.POST.get("checked", ""), whole_number(request.POST.get("after"))
        try:
            edition = publish(story=self.story, by=request.user, **_publish_options(form), checked=checked, after=after)
        except CannotPublish:
            messages.error(request, _("Nothing was published: see the list below."))
        except Stale:
            messages.warning(request, _meanwhile(self.story))
        except ChangedSince:
            messages.error(request, _("Nothing was published: the story has been saved since you saw the list."))
            form = PublishForm(_data_unticked(request), story=self.story, checklist=checklist)
        else:
            _say_published(request, edition, form.cleaned_data["until"])
            return self.back()
        return self._form_page(form, checklist)

    def _form_page(self, form: PublishForm, checklist: Checklist) -> HttpResponse:
        problems = linked_checklist(checklist, self.story, self.request)
        context: dict[str, Any] = {
            "form": form,
            "checklist": checklist,
            "problems": problems,
            "after": newest_edition(self.story),
        }
        return self.page(_title(checklist), **context, **_zone_context())


class WithdrawPage(PublishersPage):
    """Asks once."""

    template_name = "admin/storymap/story/withdraw.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(_("Withdraw"), after=newest_edition(self.story))

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            withdraw(story=self.story, by=request.user, after=whole_number(request.POST.get("after")))
        except Stale:
            messages.warning(request, _meanwhile(self.story))
            return self.get(request)
        wait_until_gone()
        messages.success(request, _("The story is withdrawn. Its pages are gone."))
        return self.back()


class EndPage(PublishersPage):
    """When the story goes by itself."""

    template_name = "admin/storymap/story/end.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._form_page(EndForm(None, initial={"until": self.story.visible_until}, label_suffix=""))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = EndForm(request.POST, initial={"until": self.story.visible_until}, label_suffix="")
        if not form.is_valid():
            return self._form_page(form)
        until = form.cleaned_data["until"]
        end_at(story=self.story, by=request.user, until=until)
        messages.success(request, _end_words(until) or _("The story is visible without an end."))
        return self.back()

    def _form_page(self, form: EndForm) -> HttpResponse:
        return self.page(_("Visible until"), form=form, **_zone_context())


class CalendarPage(AdminPage):
    """Editions that will appear and stories that will go."""

    template_name = "admin/storymap/story/calendar.html"

    def may_open(self) -> bool:
        return self.model_admin.has_view_permission(self.request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(_("Scheduled and expiring"), entries=calendar_of(timezone.now()))

    post = get


def _meanwhile(story: Story) -> str:
    """Why publishing or withdrawing waits for a second look."""
    newest = story.editions.order_by("-number").first()
    edition = {
        "number": newest.number if newest else 0,
        "name": (newest and newest.by) or "–",
        "at": date_format(newest.created_at, "DATETIME_FORMAT") if newest else "–",
    }
    return _("Edition %(number)s was published meanwhile by %(name)s, %(at)s.") % edition


def _publish_options(form: PublishForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("note", "at", "until")}


def _data_unticked(request: HttpRequest) -> dict[str, Any]:
    """What was typed, but whoever overlooks warnings is to see these first."""
    return {name: value for name, value in request.POST.items() if name != "anyway"}


def _zone_context() -> dict[str, Any]:
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


SHOWN = 5  # of the problems of a story


@dataclass(frozen=True)
class Effect:
    story: Story
    will_happen: bool
    text: str
    problems: tuple[str, ...] = ()
    asks: bool = False  # whether the problems are warnings that need a tick
    digest: str = ""  # of the story file that was checked


@admin.action(permissions=["publish"], description=gettext_lazy("Publish …"))
def publish_in_bulk(model_admin: Any, request: HttpRequest, chosen: QuerySet[Story]) -> HttpResponse | None:
    effects = [_of_publishing(request, story) for story in chosen]
    if "confirmed" not in request.POST:
        return _question(model_admin, request, "publish_in_bulk", _("Publish"), effects)
    accepted, possible = request.POST.getlist("anyway"), [effect for effect in effects if effect.will_happen]
    unread = [effect.story for effect in possible if effect.asks and str(effect.story.pk) not in accepted]
    tried = [effect.story for effect in possible if effect.story not in unread]
    changed = [story for story in tried if not _is_published(request, story)]
    done = {"done": len(tried) - len(changed), "number": len(effects)}
    messages.success(request, _("Published: %(done)d of %(number)d.") % done)
    if unread:
        said = _("Left out, because of warnings that you have not accepted: %(stories)s.")
        messages.warning(request, said % {"stories": ", ".join(map(str, unread))})
    if changed:
        said = _("Left out, because they have been saved since you saw the list: %(stories)s.")
        messages.warning(request, said % {"stories": ", ".join(map(str, changed))})
    return None


@admin.action(permissions=["publish"], description=gettext_lazy("Withdraw …"))
def withdraw_in_bulk(model_admin: Any, request: HttpRequest, chosen: QuerySet[Story]) -> HttpResponse | None:
    effects = [_of_withdrawing(request, story) for story in chosen]
    if "confirmed" not in request.POST:
        return _question(model_admin, request, "withdraw_in_bulk", _("Withdraw"), effects)
    done = [effect.story for effect in effects if effect.will_happen]
    for story in done:
        withdraw(story=story, by=request.user)
    wait_until_gone()
    messages.success(request, _("Withdrawn: %(done)d of %(number)d.") % {"done": len(done), "number": len(effects)})
    return None


def may_publish(request: HttpRequest, story: Story | None = None) -> bool:
    """Asked for the whole list and again for each story."""
    return request.user.has_perm("storymap.publish_story")


def _of_publishing(request: HttpRequest, story: Story) -> Effect:
    if not may_publish(request, story):
        return Effect(story, will_happen=False, text=_("you may not publish it"))
    checklist = checklist_before_publishing(story)
    if errors := [item.problem for group in checklist.groups for item in group.items if item.problem.is_error]:
        return Effect(story, will_happen=False, text=_("cannot be published:"), problems=_first_few(errors))
    text = _("becomes edition %(number)d") % {"number": newest_edition(story) + 1}
    warnings, asks = _first_few(checklist.asked), bool(checklist.asked)
    return Effect(story, will_happen=True, text=text, problems=warnings, asks=asks, digest=checklist.digest)


def _first_few(problems: Sequence[Problem]) -> tuple[str, ...]:
    more = [_("and %(number)d more") % {"number": len(problems) - SHOWN}] if len(problems) > SHOWN else []
    return (*map(str, problems[:SHOWN]), *more)


def _of_withdrawing(request: HttpRequest, story: Story) -> Effect:
    if not may_publish(request, story):
        return Effect(story, will_happen=False, text=_("you may not withdraw it"))
    newest = Edition.objects.filter(story=story, number__gt=story.withdrawn_through).first()
    if newest is None:
        return Effect(story, will_happen=False, text=_("is not published"))
    said = _("is withdrawn with edition %(number)d and every earlier or scheduled one")
    return Effect(story, will_happen=True, text=said % {"number": newest.number})


def _is_published(request: HttpRequest, story: Story) -> bool:
    """False where the story has changed since the question, so that it cannot be."""
    try:
        publish(story=story, by=request.user, checked=request.POST.get(f"checked-{story.pk}", ""))
    except (CannotPublish, ChangedSince):
        return False
    return True


def _question(model_admin: Any, request: HttpRequest, action: str, word: str, effects: list[Effect]) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": word,
        "action": action,
        "word": word,
        "effects": effects,
        "checkbox": ACTION_CHECKBOX_NAME,
        "possible": any(effect.will_happen for effect in effects),
    }
    return TemplateResponse(request, "admin/storymap/story/bulk_publishing.html", context)
