"""The chapter form: texts, recordings that are checked and kept, areas from a file or pasted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from parler.forms import TranslatableModelForm

from storymap.admin.overlays import OverlayField, OverlayFile
from storymap.models import Chapter
from storymap.services.recordings import Recorded, RecordingProblem, captions, recording


class ChapterForm(TranslatableModelForm):
    recording = forms.FileField(
        label=capfirst(_("recording")),
        required=False,
        help_text=_("MP3, M4A or Ogg, up to 60 MB, in the language of this tab."),
    )
    recording_captions = forms.FileField(label=capfirst(_("captions")), required=False, help_text=_("WebVTT."))
    overlay_file = OverlayFile(
        label=_("GeoJSON file"),
        required=False,
        help_text=_("Up to 2 MB, longitude before latitude. It takes the place of what stands in the field below."),
    )
    overlay = OverlayField(
        label=capfirst(_("areas and lines")),
        required=False,
        help_text=_(
            "A GeoJSON FeatureCollection, for example the police cordon round the residence in San Isidro; "
            "a feature’s properties may hold a name and a note."
        ),
    )

    class Meta:
        model = Chapter
        exclude = ["position", "audio", "captions"]

    def clean_recording(self) -> Recorded | None:
        return self._checked("recording", recording)

    def clean_recording_captions(self) -> Recorded | None:
        return self._checked("recording_captions", captions)

    def _checked(self, name: str, check: Callable[[bytes], Recorded]) -> Recorded | None:
        upload = self.cleaned_data[name]
        try:
            return check(upload.read()) if upload else None
        except RecordingProblem as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if brought := self.cleaned_data.get("overlay_file"):
            self.cleaned_data["overlay"] = brought
            self.errors.pop("overlay", None)  # of what was pasted, which gives way
        return cleaned

    def save(self, commit: bool = True) -> Chapter:  # noqa: FBT001, FBT002  Django's signature
        for name, field in (("recording", "audio"), ("recording_captions", "captions")):
            if kept := self.cleaned_data[name]:
                kept.store()
                setattr(self.instance, field, kept.name)
        return super().save(commit)
