from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from storymap.admin.base import WorkshopAdmin
from storymap.models import Edition


@admin.register(Edition)
class EditionAdmin(WorkshopAdmin):
    """To look at. Editions are made by publishing and never changed."""

    nothing_yet = _("No editions yet: publishing a story makes one, with a number that never changes.")
    list_display = ["story", "number", "publish_at", "by", "note"]
    list_filter = ["story"]
    fields = readonly_fields = ("story", "number", "publish_at", "created_at", "by", "note", "changes", "digest")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False
