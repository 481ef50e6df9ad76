from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from parler.admin import TranslatableAdmin

from places.models import Stale
from storymap.admin.history import WithHistory
from storymap.editing.guarded import Guarded
from storymap.editing.throwing import Thrown
from storymap.models import Edition, Story
from storymap.services.publishing import (
    CannotPublish,
    newest_edition,
    problems_before_publishing,
    publish,
    unpublish,
)
from storymap.services.renaming import rename_story


class PublishForm(forms.Form):
    note = forms.CharField(
        label=_("Note to readers"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    at = forms.SplitDateTimeField(
        label=_("Visible from"),
        required=False,
        widget=AdminSplitDateTime,
        help_text=_("Now, when left empty."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the version that the checklist is about
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the newest edition then


def seen_now(story: Story) -> dict[str, int]:
    version = Story.objects.values_list("version", flat=True).get(pk=story.pk)
    return {"seen": version, "after": newest_edition(story)}


def stale_words(story: Story, after: int | None) -> str:
    """Why publishing waits for a second look."""
    newest = story.editions.order_by("-number").first()
    if newest and newest.number != after:
        told = {
            "number": newest.number,
            "name": newest.by or "–",
            "at": date_format(newest.created_at, "DATETIME_FORMAT"),
        }
        return _("Edition %(number)s was published meanwhile by %(name)s, %(at)s.") % told
    return _("The story was changed while this page was open. Look at the list again, then publish.")


@admin.register(Story)
class StoryAdmin(Guarded, Thrown, WithHistory, TranslatableAdmin):
    list_display = ["title", "slug", "updated_at"]
    search_fields = ["slug", "translations__title"]
    change_form_template = "admin/storymap/story/change_form.html"
    default_change_form_template = "admin/change_form.html"  # what parler's own template extends; it would take ours

    def save_model(self, request: HttpRequest, obj: Story, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001
        wanted = obj.slug
        if change:
            obj.slug = Story.objects.values_list("slug", flat=True).get(pk=obj.pk)
        super().save_model(request, obj, form, change)
        rename_story(story=obj, slug=wanted)

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        """What was published is kept: withdraw it instead. `obj` may also be one translation of a story."""
        story = getattr(obj, "master", obj) if obj else None
        published = story is not None and Edition.objects.filter(story=story).exists()
        return not published and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<path:object_id>/publish/",
                self.admin_site.admin_view(self.publish_view),
                name="storymap_story_publish",
            ),
            path(
                "<path:object_id>/withdraw/",
                self.admin_site.admin_view(self.withdraw_view),
                name="storymap_story_withdraw",
            ),
            *super().get_urls(),
        ]

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The checklist, a note to readers, and the button. Template admin/storymap/story/publish.html."""
        story = self._story(request, object_id)
        now = seen_now(story)
        form = PublishForm(request.POST or None, initial=now)
        if request.method == "POST" and form.is_valid():
            try:
                edition = publish(story=story, by=request.user, **form.cleaned_data)
            except CannotPublish:
                messages.error(request, _("Nothing was published: see the list below."))
            except Stale:
                messages.warning(request, stale_words(story, form.cleaned_data["after"]))
                again = request.POST.copy()
                again.update({name: str(number) for name, number in seen_now(story).items()})
                form = PublishForm({name: again[name] for name in again})
            else:
                messages.success(request, _("Published as edition %(number)s.") % {"number": edition.number})
                return HttpResponseRedirect(self._address(story))
        return self._page(request, "publish", story, form=form, problems=problems_before_publishing(story))

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks once. Template admin/storymap/story/withdraw.html."""
        story = self._story(request, object_id)
        if request.method == "POST":
            after = request.POST.get("after", "")
            try:
                unpublish(story=story, by=request.user, after=int(after[:9]) if after.isdecimal() else None)
            except Stale:
                messages.warning(request, stale_words(story, None))
            else:
                messages.success(request, _("The story is withdrawn. Its pages are gone."))
                return HttpResponseRedirect(self._address(story))
        return self._page(request, "withdraw", story, after=newest_edition(story))

    def _story(self, request: HttpRequest, object_id: str) -> Story:
        if not request.user.has_perm("storymap.publish_story"):
            raise PermissionDenied
        story = self.get_object(request, unquote(object_id))
        if story is None:
            raise Http404
        return story

    def _address(self, story: Story) -> str:
        return reverse("admin:storymap_story_change", args=[story.pk])

    def _page(self, request: HttpRequest, name: str, story: Story, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": story, "title": str(story)}
        return TemplateResponse(request, f"admin/storymap/story/{name}.html", {**shared, **context})
