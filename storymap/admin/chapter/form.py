"""The chapter form: texts, recordings, areas from a file or pasted."""

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

NOT_ASKED = ("position", "audio", "captions")  # by name; files are chosen instead
BESIDE_TEXTS: tuple[tuple[Any, list[str]], ...] = (  # what is folded away below the texts
    (
        _("Illustration and recording"),
        ["illustration", "recording", "remove_recording", "recording_captions", "transcript"],
    ),
    (_("Areas and lines"), ["overlay_file", "overlay"]),
    (_("Camera as text"), ["camera"]),
    (_("Address and story"), ["slug"]),
)
TEXTS = tuple(  # translated fields that readers read: in the form they come first, and every language wants them
    name
    for name in Chapter._parler_meta.get_all_fields()
    if name not in NOT_ASKED and not any(name in fields for _title, fields in BESIDE_TEXTS)
)


def fieldsets_of(*, story_known: bool) -> list[Any]:
    """The story is asked for first only where it is not known."""
    *folded, (title, address) = BESIDE_TEXTS
    folded.append((title, [*address, "story"] if story_known else address))
    texts = [*TEXTS] if story_known else ["story", *TEXTS]
    return [(None, {"fields": texts}), *((t, {"classes": ["collapse"], "fields": fields}) for t, fields in folded)]


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
        exclude = NOT_ASKED

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
