"""The trash: deleting into it by the button and in bulk, a list, and a button that puts back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from places.models import Stale
from storymap.admin.base import ReadOnlyAdmin, WorkshopAdmin
from storymap.admin.pages import AdminPage, mounted
from storymap.models import BasemapExtract, Chapter, Story, Trashed
from storymap.models.revision import TRASH_LASTS, Kind
from storymap.numbers import whole_number
from storymap.services.history.trash import move_to_trash, put_back, uses_of
from storymap.services.stories.save_form import version_now
from storymap.services.stories.save_story_file import CannotSave
from storymap.story.from_models import MODELS


class PutBack(AdminPage):
    """For whoever may add what it is; for streets, whoever may change stories."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.trashed = get_object_or_404(Trashed, pk=kwargs.pop("pk"))
        models = {Kind.STORY: Story, Kind.CHAPTER: Chapter, Kind.EXTRACT: BasemapExtract, **MODELS}
        self.opts = models[self.trashed.kind]._meta
        return super().dispatch(request, *args, **kwargs)

    def may_open(self) -> bool:
        if self.trashed.kind == Kind.EXTRACT:
            return self.request.user.has_perm("storymap.change_story")
        return self.request.user.has_perm(f"{self.opts.app_label}.add_{self.opts.model_name}")

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            row = put_back(self.trashed, by=request.user)
        except CannotSave as refused:
            messages.error(request, _("It stays in the trash: %(why)s") % {"why": str(refused)})
            return HttpResponseRedirect(reverse("admin:storymap_trashed_changelist"))
        messages.success(request, _("“%(title)s” is back.") % {"title": self.trashed.title})
        if self.trashed.kind == Kind.EXTRACT:
            return HttpResponseRedirect(reverse("admin:storymap_story_streets", args=[row.story_id]))
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(address, args=[row.pk]))


@admin.register(Trashed)
class TrashedAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "deleted_at", "by", "until", "put_back_button"]
    list_display_links = None
    list_filter = ["kind"]
    search_fields = ["title__finds", "slug", "by__finds"]
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Trash"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("stays until"))
    def until(self, obj: Trashed) -> Any:
        return (obj.deleted_at + TRASH_LASTS).date()

    @admin.display(description=gettext_lazy("Put back"))
    def put_back_button(self, obj: Trashed) -> str:
        """Sends the form that the list is in, with its token, to another address."""
        return format_html(
            '<input type="submit" formaction="{}" aria-label="{}" value="{}">',
            reverse("admin:storymap_trashed_put_back", args=[obj.pk]),
            _("Put back “%(title)s”") % {"title": obj.title},
            _("Put back"),
        )

    def get_urls(self) -> list[URLPattern]:
        return [mounted(self, "<int:pk>/put-back/", PutBack, "storymap_trashed_put_back"), *super().get_urls()]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("storymap.view_story")

    def has_view_permission(self, request: HttpRequest, obj: Trashed | None = None) -> bool:
        return request.user.has_perm("storymap.view_story")


class TrashingAdmin(WorkshopAdmin):
    """What is deleted here goes into the trash."""

    delete_confirmation_template = "admin/storymap/editing/delete.html"

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        seen = version_now(self.model, unquote(object_id))
        row = self.get_object(request, unquote(object_id))
        try:
            answer = super().delete_view(request, object_id, {**(extra_context or {}), "seen": seen})
        except Stale:
            messages.warning(
                request, _("“%(row)s” was changed meanwhile. Look again before you delete it.") % {"row": row}
            )
            return HttpResponseRedirect(request.path)
        is_deleted = row is not None and isinstance(answer, HttpResponseRedirect)
        return HttpResponseRedirect(self.address_after_deleting(row)) if is_deleted else answer

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        trashed = move_to_trash(obj, by=request.user, seen=whole_number(request.POST.get("_seen")))
        messages.success(request, undo_offer(request, trashed))

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Without Django's message: the one with the way back is enough."""
        if IS_POPUP_VAR in request.POST:
            return super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(self.address_after_deleting(None))

    def address_after_deleting(self, row: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            trashed = [move_to_trash(row, by=request.user) for row in queryset]
        if len(trashed) == 1:
            messages.success(request, undo_offer(request, trashed[0]))
            return
        said = ngettext("%(count)d is in the trash.", "%(count)d are in the trash.", len(trashed)) % {
            "count": len(trashed)
        }
        messages.success(
            request,
            format_html('{} <a href="{}">{}</a>', said, reverse("admin:storymap_trashed_changelist"), _("Trash")),
        )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """What still needs them in words, each with a link to where it can be changed."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = [_link_to_use(use) for row in objs for use in uses_of(row)] or protected
        return deleted, counts, lacking, protected


def _link_to_use(use: Any) -> str:
    name = f"{capfirst(use._meta.verbose_name)} “{use}”"
    try:
        address = reverse(f"admin:{use._meta.app_label}_{use._meta.model_name}_change", args=[use.pk])
    except NoReverseMatch:
        return name
    return format_html('<a href="{}">{}</a>', address, name)


def undo_offer(request: HttpRequest, trashed: Trashed) -> str:
    """The message with a button: it is a form, because taking back is a change too."""
    said = _("“%(title)s” is in the trash for 30 days.") % {"title": trashed.title}
    return format_html(
        '<form method="post" action="{}">{} <input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="submit" value="{}"></form>',
        reverse("admin:storymap_trashed_put_back", args=[trashed.pk]),
        said,
        get_token(request),
        _("Undo"),
    )
