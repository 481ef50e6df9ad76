"""The audit log to read: nothing is added, changed or deleted here, and the database would refuse it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from storymap.admin.base import WorkshopAdmin
from storymap.models import AuditEntry, Verb


class VerbFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return list(Verb.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(WorkshopAdmin):
    list_display = ["at", "who", "what", "story", "about", "address", "told_shortly"]
    list_filter = ["when", VerbFilter]
    search_fields = ["who__finds", "story__finds", "about__finds", "address", "details"]
    list_per_page = 50
    show_full_result_count = False
    fields = readonly_fields = ("at", "who", "what", "story", "about", "address", "told")

    @admin.display(description=_("when"), ordering="pk")
    def at(self, entry: AuditEntry) -> str:
        """To the second, which Django's own format leaves out."""
        return f"{localtime(entry.when):%Y-%m-%d %H:%M:%S}"

    @admin.display(description=_("what"), ordering="verb")
    def what(self, entry: AuditEntry) -> str:
        return entry.said

    @admin.display(description=_("details"))
    def told_shortly(self, entry: AuditEntry) -> str:
        return Truncator(", ".join(f"{name}: {value}" for name, value in entry.details.items() if value)).chars(80)

    @admin.display(description=_("details"))
    def told(self, entry: AuditEntry) -> str:
        return format_html("<pre>{}</pre>", json.dumps(entry.details, indent=2, ensure_ascii=False))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False
