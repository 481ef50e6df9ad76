"""Stories in the workshop: their form and list, and where the pages of a story are mounted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy
from parler.forms import TranslatableModelForm

from places.form_fields import TranslatingAdmin
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.editing.fields import Addressed
from storymap.admin.imports.pages import CsvDownload, ImportPage, TablesPage
from storymap.admin.media.illustration_form import HELP, LicenceInput
from storymap.admin.pages import AdminPage, mounted
from storymap.admin.story.chapters import CopyChapter, CopyStoryPage, MoveChapter, chapter_list_context
from storymap.admin.story.first_story import FirstStoryPage
from storymap.admin.story.history import ComparePage, HistoryPage, RestorePage
from storymap.admin.story.preview import NewPreviewLink, PreviewPage, RevokePreviewLink
from storymap.admin.story.publishing import (
    CalendarPage,
    EndPage,
    PublishPage,
    WithdrawPage,
    may_publish,
    publish_in_bulk,
    visibility,
    with_visibility,
    withdraw_in_bulk,
    withdrawal,
)
from storymap.admin.story.review import AskForReviewPage, SendBackPage, commented_chapters
from storymap.admin.story.stage_pictures import RemoveStagePicture, StagePicturesPage
from storymap.admin.story.streets import DeleteStreets, StreetsForView, StreetsPage
from storymap.admin.wizard.pages import BeginPage, WizardPage
from storymap.models import Edition, Story
from storymap.services.stories.slugs import rename_story
from storymap.story.storyfile import STORY_TEXTS

PAGES: dict[str, tuple[str, type[AdminPage]]] = {  # name of the address -> address, page
    "storymap_first_story": ("first/", FirstStoryPage),
    "storymap_story_begin": ("begin/", BeginPage),
    "storymap_story_calendar": ("calendar/", CalendarPage),
    "storymap_story_tell": ("<path:object_id>/tell/", WizardPage),
    "storymap_story_move_chapter": ("<path:object_id>/move-chapter/", MoveChapter),
    "storymap_story_copy_chapter": ("<path:object_id>/copy-chapter/", CopyChapter),
    "storymap_story_copy": ("<path:object_id>/copy/", CopyStoryPage),
    "storymap_story_preview": ("<path:object_id>/preview/", PreviewPage),
    "storymap_story_preview_link": ("<path:object_id>/preview/link/", NewPreviewLink),
    "storymap_story_preview_revoke": ("<path:object_id>/preview/link/<int:link>/revoke/", RevokePreviewLink),
    "storymap_story_ask_for_review": ("<path:object_id>/ask-for-review/", AskForReviewPage),
    "storymap_story_send_back": ("<path:object_id>/send-back/", SendBackPage),
    "storymap_story_publish": ("<path:object_id>/publish/", PublishPage),
    "storymap_story_withdraw": ("<path:object_id>/withdraw/", WithdrawPage),
    "storymap_story_end": ("<path:object_id>/end/", EndPage),
    "storymap_story_compare": ("<path:object_id>/history/compare/", ComparePage),
    "storymap_story_restore": ("<path:object_id>/history/restore/<str:mark>/", RestorePage),
    "storymap_story_pictures": ("<path:object_id>/pictures/", StagePicturesPage),
    "storymap_story_remove_picture": ("<path:object_id>/pictures/<int:picture>/remove/", RemoveStagePicture),
    "storymap_story_streets": ("<path:object_id>/streets/", StreetsPage),
    "storymap_story_streets_for_view": ("<path:object_id>/streets/view/", StreetsForView),
    "storymap_story_delete_streets": ("<path:object_id>/streets/<int:extract>/delete/", DeleteStreets),
    "storymap_story_table": ("<path:object_id>/table/", TablesPage),
    "storymap_story_import": ("<path:object_id>/table/<int:batch>/", ImportPage),
}


FIELDSETS: list[Any] = [
    (None, {"fields": ["title", "standfirst", "byline"]}),
    (gettext_lazy("Rights and thanks"), {"fields": ["licence", "credits", "corrections"]}),
    (gettext_lazy("Also in the record"), {"classes": ["collapse"], "fields": ["also_recorded"]}),
    (gettext_lazy("Counted days"), {"classes": ["collapse"], "fields": ["day_zero", "day_last", "counting_note"]}),
    (gettext_lazy("Address and language"), {"classes": ["collapse"], "fields": ["slug", "default_language"]}),
    (gettext_lazy("Embedding"), {"classes": ["collapse"], "fields": ["embed_hosts"]}),
]


class StoryForm(Addressed, TranslatableModelForm):
    default_language = forms.ChoiceField(
        label=capfirst(gettext_lazy("default language")),
        help_text=gettext_lazy("The language that the story is written in first."),
    )

    class Meta:
        model = Story
        fields = "__all__"
        widgets = {
            **dict.fromkeys(("title", "byline"), AdminTextInputWidget),  # parler does not ask the admin for these
            **{name: AdminTextareaWidget(attrs={"rows": 4}) for name in ("standfirst", "credits", "counting_note")},
            "licence": LicenceInput,
            "embed_hosts": AdminTextareaWidget(
                attrs={"rows": 3, "placeholder": "news.example.org", "spellcheck": "false"}
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if language := self.fields.get("default_language"):  # who may only look has no fields
            known = dict(settings.LANGUAGES)
            written = language.initial = self.instance.default_language
            language.choices = [*known.items(), *([(written, written)] if written not in known else [])]
        if licence := self.fields.get("licence"):
            licence.help_text = HELP


@admin.register(Story)
class StoryAdmin(EditingAdmin, TranslatingAdmin):
    form = StoryForm
    fieldsets = FIELDSETS
    autocomplete_fields = ["also_recorded"]
    list_display = ["title", "wizard", "state", "updated_at", visibility]
    list_filter = ["state"]
    search_fields = ["slug", "translations__title__finds"]
    actions = [publish_in_bulk, withdraw_in_bulk]
    change_form_template = "admin/storymap/story/change_form.html"
    default_change_form_template = "admin/change_form.html"  # what parler's own template extends; it would take ours
    spoken = STORY_TEXTS
    nothing_yet = gettext_lazy("No stories yet: a story is a title and its chapters, such as “Lima, 126 days”.")

    examples = {
        "title": gettext_lazy("For example: Lima, 126 days: the hostage crisis of 1996–97."),
        "byline": gettext_lazy("Who tells it, for example: The editors, Lima."),
    }

    class Media:
        css = {"all": ["storymap/css/chapter-list.css"]}
        js = [Script("storymap/joined/story-chapters.js", type="module")]

    def get_urls(self) -> list[URLPattern]:
        return [
            *(mounted(self, address, page, name) for name, (address, page) in PAGES.items()),
            *(
                mounted(self, f"<path:object_id>/table/{kind}.csv", CsvDownload, f"storymap_story_{kind}", kind=kind)
                for kind in ("places", "events")
            ),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("Tell"))
    def wizard(self, story: Story) -> str:
        return format_html('<a href="{}">{}</a>', reverse("admin:storymap_story_tell", args=[story.pk]), _("Tell"))

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), *([withdrawal] if may_publish(request) else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_visibility(super().get_queryset(request))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        return HistoryPage.as_view(model_admin=self)(request, object_id=object_id)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """With what readers see of the story, its chapters, and which of them are commented."""
        if story := context.get("original"):
            context |= {"visible": visibility(story), "commented_chapters": commented_chapters(story)}
            context |= chapter_list_context(story)
        return super().render_change_form(request, context, **kwargs)

    def original_language(self, obj: Any) -> str:
        return obj.default_language if obj else super().original_language(obj)

    def save_row(self, form: Any, *, change: bool) -> None:
        """Another address leaves the former one behind, which leads on."""
        row: Story = form.instance
        wanted = row.slug
        if change:
            row.slug = form.initial["slug"]
        row.save()
        rename_story(story=row, slug=wanted)

    def get_readonly_fields(self, request: HttpRequest, obj: Story | None = None) -> Any:
        """What readers notice at once is for publishers."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if may_publish(request) else (*fixed, "embed_hosts")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """For the actions."""
        return may_publish(request)

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        """What was published stays: withdraw it instead. `obj` may also be one translation of a story."""
        story = getattr(obj, "master", obj) if obj else None
        published = story is not None and Edition.objects.filter(story=story).exists()
        return not published and super().has_delete_permission(request, obj)
