"""The form of a story: what readers see comes first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from parler.forms import TranslatableModelForm

from storymap.admin.editing.slug_forms import Addressed
from storymap.admin.media.illustration_form import HELP, LicenceInput
from storymap.models import Story

FIELDSETS: list[Any] = [
    (None, {"fields": ["title", "standfirst", "byline"]}),
    (_("Rights and thanks"), {"fields": ["licence", "credits"]}),
    (_("Also in the record"), {"classes": ["collapse"], "fields": ["also_recorded"]}),
    (_("Counted days"), {"classes": ["collapse"], "fields": ["day_zero", "day_last", "counting_note"]}),
    (_("Address and language"), {"classes": ["collapse"], "fields": ["slug", "default_language"]}),
    (_("Embedding"), {"classes": ["collapse"], "fields": ["embed_hosts"]}),
]


class StoryForm(Addressed, TranslatableModelForm):
    default_language = forms.ChoiceField(
        label=capfirst(_("default language")), help_text=_("The language that the story is written in first.")
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
