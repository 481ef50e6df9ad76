from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import JSONField, QuerySet
from django.http import HttpRequest
from parler.admin import TranslatableAdmin

from places.jsonfield import StorableJSONField
from storymap.admin.recording_form import RecordingForm
from storymap.admin.storing import StoringAdmin
from storymap.models import Chapter, Moment
from storymap.services.renaming import rename_chapter


class MomentInline(admin.TabularInline):
    formfield_overrides = {JSONField: {"form_class": StorableJSONField}}
    model = Moment
    extra = 0
    autocomplete_fields = ["event"]


class ChapterForm(RecordingForm):
    class Meta:
        model = Chapter
        exclude = ["position", "audio", "captions"]


@admin.register(Chapter)
class ChapterAdmin(StoringAdmin, TranslatableAdmin):
    formfield_overrides = {JSONField: {"form_class": StorableJSONField}}
    list_display = ["title", "story", "slug", "position"]
    list_filter = ["story"]
    search_fields = ["slug", "translations__title"]
    autocomplete_fields = ["illustration"]
    form = ChapterForm
    inlines = [MomentInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("story").prefetch_related("story__translations")

    def save_model(self, request: HttpRequest, obj: Chapter, form: Any, change: bool) -> None:  # noqa: FBT001
        request.storing.keep({kept.name: kept.content for _field, kept in form.recorded()})  # type: ignore[attr-defined]
        wanted = obj.slug
        if change:
            obj.slug = Chapter.objects.values_list("slug", flat=True).get(pk=obj.pk)
        else:
            obj.position = obj.story.chapters.count() + 1
        super().save_model(request, obj, form, change)
        rename_chapter(chapter=obj, slug=wanted)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[Any, bool]:
        found, _duplicates = super().get_search_results(request, queryset, term)
        return found.distinct(), False
