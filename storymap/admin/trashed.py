"""The trash: a list, and a button that puts back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from storymap.models import Chapter, Story, Trashed
from storymap.models.trashed import KEPT, Kind
from storymap.rows import MODELS
from storymap.services.putting_back import put_back
from storymap.services.saving import CannotSave


@admin.register(Trashed)
class TrashedAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "deleted_at", "by", "until", "put_back_button"]
    list_display_links = None
    list_filter = ["kind"]
    search_fields = ["title__finds", "slug", "by__finds"]
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": _("Trash"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("kept until"))
    def until(self, obj: Trashed) -> Any:
        return (obj.deleted_at + KEPT).date()

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
        view = self.admin_site.admin_view(self.put_back_view)
        return [path("<int:pk>/put-back/", view, name="storymap_trashed_put_back"), *super().get_urls()]

    def put_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thrown = get_object_or_404(Trashed, pk=pk)
        model = {Kind.STORY: Story, Kind.CHAPTER: Chapter, **MODELS}[thrown.kind]
        if not request.user.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            row = put_back(thrown, by=request.user)
        except CannotSave as refused:
            messages.error(request, _("It stays in the trash: %(why)s") % {"why": str(refused)})
            return HttpResponseRedirect(reverse("admin:storymap_trashed_changelist"))
        messages.success(request, _("“%(title)s” is back.") % {"title": thrown.title})
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        return HttpResponseRedirect(reverse(address, args=[row.pk]))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("storymap.view_story")

    def has_view_permission(self, request: HttpRequest, obj: Trashed | None = None) -> bool:
        return request.user.has_perm("storymap.view_story")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Trashed | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Trashed | None = None) -> bool:
        return False
