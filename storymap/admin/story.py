from __future__ import annotations

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from parler.admin import TranslatableAdmin

from storymap.admin.preview import PreviewMixin
from storymap.admin.publishing import PublishingMixin
from storymap.models import Edition, Story
from storymap.services.renaming import rename_story


@admin.register(Story)
class StoryAdmin(PreviewMixin, PublishingMixin, TranslatableAdmin):
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
