"""A story begins with its title and standfirst: the form for that."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from places.models.validators import validate_plain_text
from storymap.admin.editing.autosave import Opened, autosave_context, person, posted_form, taken_key
from storymap.models import Story
from storymap.services.stories.autosaves import FormOf

BEGIN = "begin"  # the part of a new story that its autosaves are of, as stored


class BeginForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, validators=[validate_plain_text])
    standfirst = forms.CharField(
        label=_("Standfirst"),
        max_length=1000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Two sentences that open the story."),
    )


def begin_form() -> FormOf:
    """What autosaves of the form are of."""
    return FormOf(Story, part=BEGIN)


def begin_context(request: HttpRequest, form: BeginForm) -> dict[str, Any]:
    """For the templates; fills in the autosave that was taken, or autosaves what was sent with mistakes."""
    opened = Opened(begin_form(), None, list(form))
    return autosave_context(person(request), opened, taken=taken_key(request), sent=posted_form(request))
