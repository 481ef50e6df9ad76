"""The chapter form: texts, recordings that are checked and kept, areas from a file or pasted."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from storymap.admin.overlays import OverlayField, OverlayFile
from storymap.admin.recording_form import RecordingForm
from storymap.models import Chapter


class ChapterForm(RecordingForm):
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

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if brought := self.cleaned_data.get("overlay_file"):
            self.cleaned_data["overlay"] = brought
            self.errors.pop("overlay", None)  # of what was pasted, which gives way
        return cleaned
