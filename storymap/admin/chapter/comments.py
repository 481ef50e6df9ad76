"""Comments on a chapter, below its form: adding one, and saying that one is dealt with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from storymap.admin.pages import ChangingPage
from storymap.models import Chapter, ChapterComment
from storymap.services.publishing.review import comment_on, resolve


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
