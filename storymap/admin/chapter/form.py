"""The chapter form: texts, recordings that are checked and kept, areas from a file or pasted."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from storymap.admin.chapter.overlays import OverlayField, OverlayFile
from storymap.admin.editing.slug_forms import Addressed
from storymap.admin.media.recording_form import RecordingForm
from storymap.models import Chapter
from storymap.services.publishing.rules.chapters import RESERVED


class ChapterForm(Addressed, RecordingForm):
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
            "a feature’s properties may hold a name, a note, a source and a credit. "
            "Name as source where the outline was measured; without one, readers are told that it is schematic."
        ),
    )

    class Meta:
        model = Chapter
        exclude = ["position", "audio", "captions"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if narration := self.fields.get("narration"):  # who may only look has no fields
            narration.help_text = _("Mark words and use the buttons above, or write Markdown.")

    def neighbours(self, cleaned: dict[str, Any]) -> QuerySet:
        return Chapter.objects.filter(story=cleaned.get("story"))

    def new_slug(self, cleaned: dict[str, Any]) -> str:
        slug = super().new_slug(cleaned)
        return f"chapter-{slug}" if slug in RESERVED else slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if brought := self.cleaned_data.get("overlay_file"):
            self.cleaned_data["overlay"] = brought
            self.errors.pop("overlay", None)  # of what was pasted, which gives way
        return cleaned
