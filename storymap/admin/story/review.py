"""Review in the editors' workshop: asking for it and sending back, and what is said about both on the story's page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from places.models.base import validate_plain_text
from storymap.admin.pages import ChangingPage
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


class AskForReviewPage(ChangingPage):
    """Asks once."""

    template_name = "admin/storymap/story/ask_for_review.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(str(self.object))

    def post(self, request: HttpRequest) -> HttpResponse:
        ask_for_review(story=self.object, by=request.user)
        messages.success(request, _("The publishers see that the story is ready for review."))
        return self.back()


class SendBackPage(ChangingPage):
    """With a comment."""

    template_name = "admin/storymap/story/send_back.html"

    def may_open(self) -> bool:
        return super().may_open() and self.request.user.has_perm("storymap.publish_story")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._send_back_page(SendBackForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SendBackForm(request.POST)
        if self.object.state != State.IN_REVIEW or not form.is_valid():
            return self._send_back_page(form)
        try:
            send_back(story=self.object, by=request.user, comment=form.cleaned_data["comment"])
        except NotInReview:
            return self._too_late()
        messages.success(request, _("The story is sent back with your comment."))
        return self.back()

    def _send_back_page(self, form: SendBackForm) -> HttpResponse:
        return self.page(str(self.object), form=form) if self.object.state == State.IN_REVIEW else self._too_late()

    def _too_late(self) -> HttpResponse:
        messages.warning(self.request, _("The story is not in review (any more)."))
        return self.back()


def commented_chapters(story: Story) -> QuerySet:
    """The chapters with comments that nobody has resolved, `open_comments` of each."""
    unresolved = Count("comments", filter=Q(comments__resolved=None))
    return (
        story.chapters.annotate(open_comments=unresolved).filter(open_comments__gt=0).prefetch_related("translations")
    )
