"""Review in the editors' workshop: asking for it and sending back, and what is said about both on the story's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from places.models.validators import validate_plain_text
from storymap.models import Story
from storymap.models.story import State
from storymap.services.publishing.review import NotInReview, ask_for_review, send_back


class SendBackForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("What is still to be done"),
        max_length=4000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
    )


class ReviewPages:
    """For StoryAdmin, before Django's or parler's class."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        pages = {"ask-for-review": self.ask_for_review_view, "send-back": self.send_back_view}
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"storymap_story_{name.replace('-', '_')}",
            )
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def ask_for_review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks once. Template admin/storymap/story/ask_for_review.html."""
        story = self._story_to_change(request, object_id)
        if request.method == "POST":
            ask_for_review(story=story, by=request.user)
            messages.success(request, _("The publishers see that the story is ready for review."))
            return self._back_to(story)
        return self._review_page(request, "ask_for_review", story)

    def send_back_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """With a comment. Template admin/storymap/story/send_back.html."""
        story = self._story_to_change(request, object_id)
        if not request.user.has_perm("storymap.publish_story"):
            raise PermissionDenied
        form = SendBackForm(request.POST or None)
        try:
            if story.state != State.IN_REVIEW:
                raise NotInReview
            if request.method == "POST" and form.is_valid():
                send_back(story=story, by=request.user, comment=form.cleaned_data["comment"])
                messages.success(request, _("The story is sent back with your comment."))
                return self._back_to(story)
        except NotInReview:
            messages.warning(request, _("The story is not in review (any more)."))
            return self._back_to(story)
        return self._review_page(request, "send_back", story, form=form)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        story = context.get("original")
        if story is not None:
            unresolved = Count("comments", filter=Q(comments__resolved=None))
            commented = story.chapters.annotate(open_comments=unresolved).filter(open_comments__gt=0)
            context["commented_chapters"] = commented.prefetch_related("translations")
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _story_to_change(self, request: HttpRequest, object_id: str) -> Story:
        story = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, story):  # type: ignore[attr-defined]
            raise PermissionDenied
        if story is None:
            raise Http404
        return story

    def _back_to(self, story: Story) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:storymap_story_change", args=[story.pk]))

    def _review_page(self, request: HttpRequest, name: str, story: Story, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": story, "title": str(story)}
        return TemplateResponse(request, f"admin/storymap/story/{name}.html", {**shared, **context})
