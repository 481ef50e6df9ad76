"""The list of illustrations: how often each is used, and what is still to be said of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _, gettext_lazy

from storymap.models import Illustration


class UseFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", _("Not used")), ("yes", _("Used"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(chapters__isnull=self.value() == "no").distinct() if self.value() else queryset


class WordsFilter(admin.SimpleListFilter):
    title = gettext_lazy("alternative text")
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("missing", _("Missing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        missing = {"decorative": False, "translations__alt": ""}
        return queryset.filter(**missing).distinct() if self.value() == "missing" else queryset


def counted(queryset: QuerySet) -> QuerySet:
    """With what a row of the list needs, in a fixed number of queries."""
    return queryset.annotate(uses=Count("chapters", distinct=True)).prefetch_related("translations")


def words_of(row: Illustration) -> SafeString | str:
    """The beginning of the alternative text, or that it is missing, and in which languages."""
    if row.decorative:
        return _("decorative")
    texts = {t.language_code: t.alt for t in row.translations.all()}
    if missing := sorted(language for language, text in texts.items() if not text):
        said = _("Missing: %(languages)s") % {"languages": ", ".join(missing)}
        return format_html('<strong class="missing">{}</strong>', said)
    return Truncator(texts.get(row.get_current_language()) or next(iter(texts.values()), "")).chars(90)
