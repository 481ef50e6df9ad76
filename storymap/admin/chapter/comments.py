"""Comments on a chapter, below its form: adding one, and saying that one is dealt with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from storymap.models import Chapter, ChapterComment
from storymap.services.publishing.review import comment_on, resolve


class CommentForm(forms.ModelForm):
    class Meta:
        model = ChapterComment
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})}


class CommentedChapters:
    """For ChapterAdmin, before Django's or parler's class."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/comment/", wrap(self.comment_view), name="storymap_chapter_comment"),
            path(
                "<path:object_id>/comment/<int:comment>/resolve/",
                wrap(self.resolve_view),
                name="storymap_chapter_resolve",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def comment_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A page of its own too: where a comment that cannot be taken comes back. Template …/chapter/comment.html."""
        chapter = self._chapter_to_change(request, object_id)
        form = CommentForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            comment_on(chapter=chapter, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, _("Your comment is there."))
            return self._back_to(chapter)
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": chapter, "form": form}
        return TemplateResponse(request, "admin/storymap/chapter/comment.html", {**shared, "title": str(chapter)})

    def resolve_view(self, request: HttpRequest, object_id: str, comment: int) -> HttpResponse:
        chapter = self._chapter_to_change(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        resolve(comment=get_object_or_404(chapter.comments, pk=comment), by=request.user)
        messages.success(request, _("The comment is resolved."))
        return self._back_to(chapter)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        chapter = context.get("original")
        if chapter is not None:
            context["comments"] = chapter.comments.all()
            context["comment_form"] = CommentForm(auto_id="comment-%s")
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _chapter_to_change(self, request: HttpRequest, object_id: str) -> Chapter:
        chapter = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, chapter):  # type: ignore[attr-defined]
            raise PermissionDenied
        if chapter is None:
            raise Http404
        return chapter

    def _back_to(self, chapter: Chapter) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:storymap_chapter_change", args=[chapter.pk]) + "#comments")
