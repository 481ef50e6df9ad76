from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import JSONField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from parler.admin import TranslatableAdmin
from parler.forms import TranslatableModelForm

from places.jsonfield import StorableJSONField
from storymap.editing.guarded import Guarded
from storymap.editing.throwing import Thrown
from storymap.models import Chapter, Moment
from storymap.services.recordings import Recorded, RecordingProblem, captions, recording
from storymap.services.renaming import rename_chapter


class MomentInline(admin.TabularInline):
    formfield_overrides = {JSONField: {"form_class": StorableJSONField}}
    model = Moment
    extra = 0
    autocomplete_fields = ["event"]


class ChapterForm(TranslatableModelForm):
    recording = forms.FileField(
        label=_("recording"), required=False, help_text=_("MP3, M4A or Ogg, up to 60 MB, in the language of this tab.")
    )
    recording_captions = forms.FileField(label=_("captions"), required=False, help_text=_("WebVTT."))

    class Meta:
        model = Chapter
        exclude = ["position", "audio", "captions"]

    def clean_recording(self) -> Recorded | None:
        return self._checked("recording", recording)

    def clean_recording_captions(self) -> Recorded | None:
        return self._checked("recording_captions", captions)

    def _checked(self, name: str, check: Callable[[bytes], Recorded]) -> Recorded | None:
        upload = self.cleaned_data[name]
        try:
            return check(upload.read()) if upload else None
        except RecordingProblem as problem:
            raise forms.ValidationError(str(problem)) from None

    def save(self, commit: bool = True) -> Chapter:  # noqa: FBT001, FBT002  Django's signature
        for name, field in (("recording", "audio"), ("recording_captions", "captions")):
            if kept := self.cleaned_data[name]:
                kept.store()
                setattr(self.instance, field, kept.name)
        return super().save(commit)


@admin.register(Chapter)
class ChapterAdmin(Guarded, Thrown, TranslatableAdmin):
    formfield_overrides = {JSONField: {"form_class": StorableJSONField}}
    list_display = ["title", "story", "slug", "position"]
    list_filter = ["story"]
    search_fields = ["slug", "translations__title"]
    autocomplete_fields = ["illustration"]
    form = ChapterForm
    inlines = [MomentInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("story").prefetch_related("story__translations")

    def save_model(self, request: HttpRequest, obj: Chapter, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001
        wanted = obj.slug
        if change:
            obj.slug = Chapter.objects.values_list("slug", flat=True).get(pk=obj.pk)
        else:
            obj.position = obj.story.chapters.count() + 1
        super().save_model(request, obj, form, change)
        rename_chapter(chapter=obj, slug=wanted)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """A chapter's history is its story's."""
        chapter = self.get_object(request, unquote(object_id))
        if chapter is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:storymap_story_history", args=[chapter.story_id]))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[Any, bool]:
        found, _duplicates = super().get_search_results(request, queryset, term)
        return found.distinct(), False
