from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from storymap.admin.bulk_publishing import TogetherAdmin
from storymap.admin.editing.autosave import KeepsDrafts
from storymap.admin.editing.guarded import Guarded
from storymap.admin.editing.searched_fields import SearchedFields
from storymap.admin.imports.pages import BulkAdmin
from storymap.admin.story.chapters import ChapterListAdmin, CopyingStoriesAdmin
from storymap.admin.story.first_story import FirstStoryAdmin
from storymap.admin.story.form import FIELDSETS, StoryForm
from storymap.admin.story.history import WithHistory
from storymap.admin.story.preview import PreviewMixin
from storymap.admin.story.publishing import PublishingMixin
from storymap.admin.story.review import ReviewPages
from storymap.admin.trash import Thrown
from storymap.admin.wizard.pages import TellingPages
from storymap.models import Edition, Story
from storymap.services.stories.slugs import rename_story


@admin.register(Story)
class StoryAdmin(
    SearchedFields,
    Guarded,
    Thrown,
    WithHistory,
    ReviewPages,
    KeepsDrafts,
    PreviewMixin,
    PublishingMixin,
    TogetherAdmin,
    BulkAdmin,
    TellingPages,
    ChapterListAdmin,
    CopyingStoriesAdmin,
    FirstStoryAdmin,
):
    form = StoryForm
    fieldsets = FIELDSETS
    autocomplete_fields = ["also_recorded"]
    list_display = ["title", "tell", "state", "updated_at"]
    list_filter = ["state"]
    search_fields = ["slug", "translations__title__finds"]
    change_form_template = "admin/storymap/story/change_form.html"
    default_change_form_template = "admin/change_form.html"  # what parler's own template extends; it would take ours
    spoken = ("title", "standfirst", "byline", "credits", "counting_note")
    nothing_yet = gettext_lazy("No stories yet: a story is a title and its chapters, such as “Lima, 126 days”.")

    examples = {
        "title": gettext_lazy("For example: Lima, 126 days: the hostage crisis of 1996–97."),
        "byline": gettext_lazy("Who tells it, for example: The editors, Lima."),
    }

    class Media:
        css = {"all": ["storymap/css/chapter-list.css"]}
        js = [Script("storymap/joined/story-chapters.js", type="module")]

    def original_language(self, obj: Any) -> str:
        return obj.default_language if obj else super().original_language(obj)

    def save_model(self, request: HttpRequest, obj: Story, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001
        wanted = obj.slug
        if change:
            obj.slug = Story.objects.values_list("slug", flat=True).get(pk=obj.pk)
        super().save_model(request, obj, form, change)
        rename_story(story=obj, slug=wanted)

    def get_readonly_fields(self, request: HttpRequest, obj: Story | None = None) -> Any:
        """What readers notice at once is for publishers."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.has_perm("storymap.publish_story") else (*fixed, "embed_hosts")

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        """What was published is kept: withdraw it instead. `obj` may also be one translation of a story."""
        story = getattr(obj, "master", obj) if obj else None
        published = story is not None and Edition.objects.filter(story=story).exists()
        return not published and super().has_delete_permission(request, obj)
