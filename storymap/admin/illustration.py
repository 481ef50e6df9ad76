from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from parler.admin import TranslatableAdmin
from parler.forms import TranslatableModelForm

from storymap.editing.guarded import Guarded
from storymap.editing.throwing import Thrown
from storymap.models import Illustration
from storymap.services.pictures import PictureProblem, encoded


class IllustrationForm(TranslatableModelForm):
    upload = forms.FileField(label=_("picture"), required=False, help_text=_("JPEG, PNG, WebP or AVIF, up to 15 MB."))

    class Meta:
        model = Illustration
        fields = ["slug", "alt", "decorative", "caption", "credit", "licence"]

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                self.picture = encoded(upload.read())
            except PictureProblem as problem:
                raise forms.ValidationError(str(problem)) from None
        return upload

    def save(self, commit: bool = True) -> Illustration:  # noqa: FBT001, FBT002  Django's signature
        if picture := getattr(self, "picture", None):
            picture.store()
            self.instance.file = picture.files[-1].name
            self.instance.files = [asdict(file) for file in picture.files]
        return super().save(commit)


@admin.register(Illustration)
class IllustrationAdmin(Guarded, Thrown, TranslatableAdmin):
    form = IllustrationForm
    list_display = ["slug", "credit", "licence", "decorative"]
    search_fields = ["slug", "translations__alt"]
    fields = ["slug", "upload", "alt", "decorative", "caption", "credit", "licence"]
