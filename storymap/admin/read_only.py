"""Editions and the audit log, to read: the database refuses to change either."""

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

from storymap.admin.base import ReadOnlyAdmin
from storymap.models import AuditEntry, Edition, Verb


class VerbFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return list(Verb.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "who", "what", "story", "about", "address", "details_in_short"]
    list_filter = ["when", VerbFilter]
    search_fields = ["who__finds", "story__finds", "about__finds", "address", "details"]
    list_per_page = 50
    show_full_result_count = False
    fields = readonly_fields = ("at", "who", "what", "story", "about", "address", "details_as_json")

    @admin.display(description=_("when"), ordering="pk")
    def at(self, entry: AuditEntry) -> str:
        """To the second, which Django's own format leaves out."""
        return f"{localtime(entry.when):%Y-%m-%d %H:%M:%S}"

    @admin.display(description=_("what"), ordering="verb")
    def what(self, entry: AuditEntry) -> str:
        return entry.said

    @admin.display(description=_("details"))
    def details_in_short(self, entry: AuditEntry) -> str:
        return Truncator(", ".join(f"{name}: {value}" for name, value in entry.details.items() if value)).chars(80)

    @admin.display(description=_("details"))
    def details_as_json(self, entry: AuditEntry) -> str:
        return format_html("<pre>{}</pre>", json.dumps(entry.details, indent=2, ensure_ascii=False))


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Publishing adds editions, and nothing changes them."""

    nothing_yet = _("No editions yet: publishing a story makes one, with a number that never changes.")
    list_display = ["story", "number", "publish_at", "by", "note"]
    list_filter = ["story"]
    fields = readonly_fields = ("story", "number", "publish_at", "created_at", "by", "note", "changes", "digest")
