"""The form of an illustration: a file that is a picture, words that say what it shows, and a licence."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from parler.forms import TranslatableModelForm

from storymap.admin.editing.requests import refusal_of
from storymap.models import Illustration
from storymap.services.media.pictures import MAX_BYTES, Encoded, PictureProblem, encoded
from storymap.services.publishing.rules.story import problem_with
from storymap.services.stories.slugs import free_slug

HELP = gettext_lazy("What others may do with it. Choose one, or write it: All rights reserved.")


def _usual_licences() -> list[tuple[str, str]]:
    return [
        ("CC-BY-4.0", _("Creative Commons: with credit")),
        ("CC-BY-SA-4.0", _("Creative Commons: with credit, under the same licence")),
        ("CC-BY-NC-4.0", _("Creative Commons: with credit, not for money")),
        ("CC0-1.0", _("Creative Commons: everything is allowed")),
        (_("Public domain"), _("Nobody has rights in it any more")),
        (_("All rights reserved"), _("Only with permission")),
    ]


class LicenceInput(forms.TextInput):
    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        offered = f"{(attrs or {}).get('id') or name}-offered"
        options = format_html_join("", '<option value="{}">{}</option>', _usual_licences())
        field = super().render(name, value, {**(attrs or {}), "list": offered, "class": "vTextField"}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)


class IllustrationForm(TranslatableModelForm):
    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, WebP or AVIF, up to 15 MB. Where it was taken is removed."),
    )
    picture: Encoded | None = None

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
        if problem := refusal_of(upload):
            raise forms.ValidationError(problem)
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
            repeated = [said.get("caption", ""), *self._titles()]
            if problem := problem_with(alt, slug=said.get("slug", ""), repeated=repeated):
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
