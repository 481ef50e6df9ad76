"""A story begins with its title and standfirst: the form for that, whose words are kept like those of every form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from places.models.validators import validate_plain_text
from storymap.admin.editing.autosave import Opened, desk_of, key_of
from storymap.models import Story
from storymap.services.stories.autosaves import FormOf

BEGUN = "begin"  # the part of a new story that these drafts are of


class BeginForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, validators=[validate_plain_text])
    standfirst = forms.CharField(
        label=_("Standfirst"),
        max_length=1000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Two sentences that open the story."),
    )


def begun_form() -> FormOf:
    return FormOf(Story, part=BEGUN)


def begin_desk(request: HttpRequest, form: BeginForm) -> dict[str, Any]:
    """For the templates; fills in the draft that was taken, or keeps what was sent with mistakes."""
    taken = key_of(request.POST.get("_draft_key", "")) if request.POST.get("_draft") == "take" else None
    return desk_of(request, Opened(begun_form(), None, list(form)), taken=taken)


def begin_address() -> str:
    """Where such a draft is offered back."""
    return reverse("admin:storymap_story_begin")
