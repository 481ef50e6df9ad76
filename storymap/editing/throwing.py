"""Deleting in the admin: into the trash, by the button and in bulk, with a way back in the message."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from places.models import Stale
from storymap.models import Trashed
from storymap.numbers import whole
from storymap.services.trash import throw_away
from storymap.services.uses import uses_of


class Thrown:
    """A mixin for a ModelAdmin; before it. What is deleted goes into the trash."""

    delete_confirmation_template: Any = "admin/storymap/editing/delete.html"

    def delete_view(
        self: Any, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        seen = self._version(object_id)
        try:
            return super().delete_view(request, object_id, {**(extra_context or {}), "seen": seen})  # type: ignore[misc]
        except Stale:
            row = self.get_object(request, unquote(object_id))
            messages.warning(
                request, _("“%(row)s” was changed meanwhile. Look again before you delete it.") % {"row": row}
            )
            return HttpResponseRedirect(request.path)

    def delete_model(self: Any, request: HttpRequest, obj: Any) -> None:
        thrown = throw_away(obj, by=request.user, seen=whole(request.POST.get("_seen")))
        messages.success(request, _offer(request, thrown))

    def response_delete(self: Any, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """The message with the way back is enough."""
        if IS_POPUP_VAR in request.POST:
            return super().response_delete(request, obj_display, obj_id)  # type: ignore[misc]
        return HttpResponseRedirect(self.after_deleting(request))

    def after_deleting(self: Any, request: HttpRequest) -> str:
        opts = self.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")

    def delete_queryset(self: Any, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            thrown = [throw_away(row, by=request.user) for row in queryset]
        if len(thrown) == 1:
            messages.success(request, _offer(request, thrown[0]))
            return
        said = ngettext("%(count)d is in the trash.", "%(count)d are in the trash.", len(thrown)) % {
            "count": len(thrown)
        }
        messages.success(
            request,
            format_html('{} <a href="{}">{}</a>', said, reverse("admin:storymap_trashed_changelist"), _("Trash")),
        )

    def get_deleted_objects(self: Any, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """What still needs them in words, each with a link to where it can be changed."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        if protected:
            protected = [_linked(use) for row in objs for use in uses_of(row)] or protected
        return deleted, counts, lacking, protected


def _linked(use: Any) -> str:
    name = f"{capfirst(use._meta.verbose_name)} “{use}”"
    try:
        address = reverse(f"admin:{use._meta.app_label}_{use._meta.model_name}_change", args=[use.pk])
    except NoReverseMatch:
        return name
    return format_html('<a href="{}">{}</a>', address, name)


def _offer(request: HttpRequest, thrown: Trashed) -> str:
    """The message with a button: it is a form, because taking back is a change too."""
    said = _("“%(title)s” is in the trash for 30 days.") % {"title": thrown.title}
    return format_html(
        '<form method="post" action="{}">{} <input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="submit" value="{}"></form>',
        reverse("admin:storymap_trashed_put_back", args=[thrown.pk]),
        said,
        get_token(request),
        _("Undo"),
    )
