"""The form of an illustration: a file that is a picture, and words that say what it shows."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext as _, gettext_lazy
from parler.forms import TranslatableModelForm

from storymap.admin.licences import HELP, LicenceInput
from storymap.models import Illustration
from storymap.services.alternative_text import problem_with
from storymap.services.naming import free_slug
from storymap.services.pictures import MAX_BYTES, Encoded, PictureProblem, encoded


class IllustrationForm(TranslatableModelForm):
    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, WebP or AVIF, up to 15 MB. Where it was taken is removed."),
    )
    picture: Encoded | None = None
    cannot_store = ""

    class Meta:
        model = Illustration
        fields = ["slug", "alt", "decorative", "caption", "credit", "licence", "focus_x", "focus_y"]
        widgets = {
            "alt": AdminTextareaWidget(attrs={"rows": 3}),
            "caption": AdminTextareaWidget(attrs={"rows": 2}),
            "licence": LicenceInput,
        }
        help_texts = {"licence": HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and not self.instance.pk:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Left empty, it is made from the name of the file.")
        for name in ("focus_x", "focus_y"):
            if name in self.fields:
                self.fields[name].widget.attrs.update(step="any", min="0", max="1")

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if self.cannot_store:
            raise forms.ValidationError(self.cannot_store)
        if upload:
            try:
                self.picture = encoded(upload.read(MAX_BYTES + 1))
            except PictureProblem as problem:
                raise forms.ValidationError(str(problem)) from None
        elif not self.instance.pk or not self.instance.translations.exclude(file="").exists():
            raise forms.ValidationError(_("Choose a picture."))
        return upload

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.picture and not said.get("slug") and "slug" not in self.errors:
            said["slug"] = free_slug(PurePath(said["upload"].name).stem, Illustration.objects.all(), "picture")
        self._check_words(said)
        return said

    def _check_words(self, said: dict[str, Any]) -> None:
        alt = said.get("alt", "")
        if said.get("decorative"):
            if alt:
                self.add_error("decorative", _("A decorative picture has no alternative text."))
        elif "alt" not in self.errors:
            told = [said.get("caption", ""), *self._titles()]
            if problem := problem_with(alt, slug=said.get("slug", ""), repeated=told):
                self.add_error("alt", problem)

    def _titles(self) -> list[str]:
        """Of the chapters that show the picture."""
        if not self.instance.pk:
            return []
        return list(self.instance.chapters.values_list("translations__title", flat=True))

    def save(self, commit: bool = True) -> Illustration:  # noqa: FBT001, FBT002  Django's signature
        if self.picture:
            self.instance.file, self.instance.files = self.picture.name, self.picture.columns()
        return super().save(commit)
