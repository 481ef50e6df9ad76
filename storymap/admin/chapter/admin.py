"""The page of a chapter: a stock form. Scripts put the preview, the map and the order of moments beside its fields."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import JSONField, QuerySet
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from places.form_fields import StorableJSONField, TranslatingAdmin
from storymap.admin.chapter.event_facts import EventChoices, events_answer, facts_of
from storymap.admin.chapter.form import TEXTS, ChapterForm, fieldsets_of, overlay_answer
from storymap.admin.chapter.moments import PARAMETER, MomentInline, Window, beyond, window_of
from storymap.admin.chapter.narration import ADVISED, narration_answer, narration_words
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.pages import ChangingPage, mounted
from storymap.admin.story.streets import extracts_for_maps, streets_for_view
from storymap.models import Chapter, ChapterComment
from storymap.numbers import whole_number
from storymap.pages.addresses import workshop_ground
from storymap.services.publishing.review import comment_on, resolve
from storymap.services.stories.slugs import rename_chapter
from storymap.stage import size_in, tiles_prefix
from storymap.story.from_models import texts


class CommentForm(forms.ModelForm):
    class Meta:
        model = ChapterComment
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})}


class CommentPage(ChangingPage):
    """A page of its own too: where a comment that cannot be taken comes back."""

    template_name = "admin/storymap/chapter/comment.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(str(self.object), form=CommentForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self.page(str(self.object), form=form)
        comment_on(chapter=self.object, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("Your comment is there."))
        return self.back("#comments")


class ResolveComment(ChangingPage):
    def post(self, request: HttpRequest, comment: int) -> HttpResponse:
        resolve(comment=get_object_or_404(self.object.comments, pk=comment), by=request.user)
        messages.success(request, _("The comment is resolved."))
        return self.back("#comments")


def comments_context(chapter: Chapter) -> dict[str, Any]:
    """For the page of the chapter."""
    return {"comments": chapter.comments.all(), "comment_form": CommentForm(auto_id="comment-%s")}


def map_of(chapter: Chapter | None, window: Window | None = None) -> dict[str, Any]:
    """Of a long chapter the events of the moments that are shown, and where the others lie."""
    moments = chapter.moments.filter(pk__in=window.shown) if chapter and window else chapter and chapter.moments
    events = list(moments.values_list("event_id", flat=True)) if moments else []
    return {
        "first": window.first if window else 1,
        "total": len(window.keys) if window else len(events),
        "beyond": beyond(window, chapter) if chapter and window else [],
        "ground": workshop_ground(extracts_for_maps(chapter.story) if chapter else ()),
        "streets": streets_for_view(chapter),
        "events": reverse("admin:storymap_chapter_events"),
        "check": reverse("admin:storymap_chapter_overlay"),
        "facts": facts_of(events),
        "stage": _stage_of(chapter),
        "words": map_words(),
    }


def _stage_of(chapter: Chapter | None) -> dict[str, Any] | None:
    """The picture that takes the place of the map, as picture-stage.js wants it."""
    if chapter is None or chapter.stage is None:
        return None
    files = texts(chapter.stage, "file")
    name = files.get(chapter.story.default_language) or next(iter(files.values()), "")
    size = size_in(name)
    if size is None:
        return None
    return {"tiles": settings.MEDIA_URL + tiles_prefix(name), "width": size[0], "height": size[1]}


def _stage_words() -> dict[str, str]:
    return {
        "picture": _("Picture"),
        "pictureOf": _("Place or show"),
        "kind": _("as"),
        "point": _("a point"),
        "line": _("a line"),
        "area": _("an area"),
        "useFrame": _("Show this part"),
        "wholePicture": _("Show the whole"),
        "lastPoint": _("Take back the last point"),
        "noSpot": _("No spot"),
        "pictureMap": _(
            "Picture of the chapter: arrow keys move the spot, Enter adds a point to a line or an area, "
            "digits choose a moment, plus and minus zoom"
        ),
        "pictureHelp": _("Choose a moment, then click where it happened. The dashed frame is the part that is shown."),
        "placed": _("“{name}” is at {at}."),
        "unplaced": _("“{name}” has no spot."),
        "framed": _("Readers see the part within the dashed frame."),
        "unframed": _("Readers see the whole picture, or what the chapter shows."),
        "spotAsText": _("Spot as text"),
        "frameAsText": _("Part as text"),
    }


def map_words() -> dict[str, str]:
    return {**_camera_words(), **_overlay_words(), **_moment_words(), **_stage_words()}


def _camera_words() -> dict[str, str]:
    return {
        "heading": _("Map"),
        "which": _("Camera of"),
        "chapter": _("the chapter"),
        "use": _("Use this view"),
        "all": _("Show all places"),
        "none": _("No camera of its own"),
        "undo": _("Undo"),
        "map": _("Map of the chapter: arrow keys move it, plus and minus zoom"),
        "frame": _("The dashed frame is the camera as it stands."),
        "used": _("The camera is what the map shows now: {at}, zoom {zoom}."),
        "shown": _("The camera shows all places."),
        "cleared": _("No camera of its own: readers see {instead}."),
        "insteadChapter": _("all places of the chapter"),
        "insteadMoment": _("the chapter’s view"),
        "undone": _("The last change of a camera is undone."),
        "nowhere": _("No moment has a place yet: choose events below."),
        "wrong": _("The text of this camera is not understood."),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "asText": _("Camera as text"),
        "streets": _("Streets for this view"),
        "cutting": _("Streets are being cut. This can take a minute."),
        "uncut": _("No streets were cut: the site cannot be reached."),
    }


def _overlay_words() -> dict[str, str]:
    return {
        "drawn": _("The areas and lines are drawn on the map."),
        "checkFailed": _("The areas cannot be checked now. They are checked when you save."),
        "swapped": _("They lie far from every place of the chapter. Are latitude and longitude swapped?"),
        "swap": _("Yes, swap them"),
        "problems": _("What is wrong with the areas and lines"),
    }


def _moment_words() -> dict[str, str]:
    return {
        "up": _("Move “{name}” up"),
        "down": _("Move “{name}” down"),
        "drag": _("Drag to another place"),
        "moved": _("“{name}” is now {position} of {count}."),
        "away": _("“{name}” becomes number {position} of the chapter when you save."),
        "unnamed": _("new moment"),
    }


@admin.register(Chapter)
class ChapterAdmin(EditingAdmin, TranslatingAdmin):
    formfield_overrides = {JSONField: {"form_class": StorableJSONField}}
    change_form_template = "admin/storymap/chapter/change_form.html"
    default_change_form_template = "admin/change_form.html"  # what parler's own template extends; it would take ours
    list_display = ["title", "story", "position"]
    list_filter = ["story"]
    ordering = ["story__slug", "position"]
    search_fields = ["slug", "translations__title__finds"]
    autocomplete_fields = ["illustration"]
    form = ChapterForm
    inlines = [MomentInline]
    spoken = TEXTS
    nothing_yet = gettext_lazy(
        "No chapters yet: a chapter is a text with its map, such as “A reception in San Isidro”."
    )
    examples = {
        "title": gettext_lazy("For example: A reception in San Isidro."),
        "narration": gettext_lazy("For example: the ambassador [welcomed his guests](#reception-1996-12-17)."),
        "illustration": gettext_lazy("For example a drawing that shows residence and embassy side by side."),
        "transcript": gettext_lazy("What is said in the recording, word for word."),
    }

    class Media:
        css = {"all": ["storymap/joined/chapter-form.css"]}
        js = ["vendor/leaflet/leaflet.js", Script("storymap/joined/chapter-form.js", type="module")]

    def get_fieldsets(self, request: HttpRequest, obj: Chapter | None = None) -> Any:
        return fieldsets_of(story_known=obj is not None or bool(request.GET.get("story")))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        chapters = super().get_queryset(request).select_related("story", "illustration")
        return chapters.prefetch_related("story__translations")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        choices = EventChoices.as_view(admin_site=self.admin_site)
        return [
            path("narration/", view(narration_answer), name="storymap_chapter_narration"),
            path("overlay/", view(overlay_answer), name="storymap_chapter_overlay"),
            path("events/", view(events_answer), name="storymap_chapter_events"),
            path("find-events/", view(choices), name="storymap_chapter_find_events"),
            mounted(self, "<path:object_id>/comment/", CommentPage, "storymap_chapter_comment"),
            mounted(
                self, "<path:object_id>/comment/<int:comment>/resolve/", ResolveComment, "storymap_chapter_resolve"
            ),
            *super().get_urls(),
        ]

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Of a long chapter's moments one page is shown, and what is sent of it is what was shown."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, MomentInline) and (window := window_of(request, obj)):
            options |= {"window": window, "queryset": options["queryset"].filter(pk__in=window.shown)}
        return options

    def response_change(self, request: HttpRequest, obj: Chapter) -> HttpResponse:
        """Whoever goes on editing stays on the page of moments."""
        answer, page = super().response_change(request, obj), whole_number(request.GET.get(PARAMETER))
        if "_continue" in request.POST and page and (address := answer.get("Location")):
            answer["Location"] = f"{address}{'&' if '?' in address else '?'}{PARAMETER}={page}"
        return answer

    def original_language(self, obj: Any) -> str:
        return obj.story.default_language if obj else super().original_language(obj)

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """The fields work alone; their attributes tell the scripts what they need."""
        chapter, fields = context.get("original"), context["adminform"].form.fields
        if "narration" in fields:
            editor = {
                "render": reverse("admin:storymap_chapter_narration"),
                "chapter": chapter.pk if chapter else "",
                "language": self.get_form_language(request, chapter),
                "advised": ADVISED,
                "words": narration_words(),
            }
            fields["narration"].widget.attrs |= {"data-narration": json.dumps(editor)}
        if "camera" in fields:
            shown = map_of(chapter, window_of(request, chapter))
            fields["camera"].widget.attrs |= {"data-map": json.dumps(shown), "rows": 3}
        if chapter:
            context |= comments_context(chapter)
        return super().render_change_form(request, context, **kwargs)

    def files_of(self, form: Any) -> dict[str, bytes]:
        return {recorded.name: recorded.content for _field, recorded in form.recorded()}

    def save_row(self, form: Any, *, change: bool) -> None:
        """A new one comes last. Another address is left behind by one that leads on."""
        row: Chapter = form.instance
        wanted = row.slug
        if change:
            row.slug = form.initial["slug"]
        else:
            row.position = row.story.chapters.count() + 1
        row.save()
        rename_chapter(chapter=row, slug=wanted)

    def address_after_deleting(self, row: Chapter | None) -> str:
        return _chapters_of(row.story_id) if row else super().address_after_deleting(row)

    def response_post_save_add(self, request: HttpRequest, obj: Chapter) -> HttpResponseRedirect:
        """Whoever has written a chapter goes on with its story, not with the chapters of all stories."""
        return HttpResponseRedirect(_chapters_of(obj.story_id))

    def response_post_save_change(self, request: HttpRequest, obj: Chapter) -> HttpResponseRedirect:
        return self.response_post_save_add(request, obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """A chapter's history is its story's."""
        chapter = self.get_object(request, unquote(object_id))
        if chapter is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:storymap_story_history", args=[chapter.story_id]))

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[Any, bool]:
        rows, _duplicates = super().search(request, queryset, term)
        return rows.distinct(), False


def _chapters_of(story: int) -> str:
    return reverse("admin:storymap_story_change", args=[story]) + "#chapters"
