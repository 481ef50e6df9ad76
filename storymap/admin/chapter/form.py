"""The chapter form: texts, recordings, areas from a file or pasted."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from places.features import MAX_BYTES, collected, probably_swapped, problems_in
from places.form_fields import StorableJSONField
from places.geo import LatLng
from places.models import Place
from storymap.admin.editing.fields import Addressed, LoadedChoice
from storymap.admin.media.recording_form import RecordingForm
from storymap.models import Chapter, StagePicture
from storymap.services.publishing.rules.chapters import RESERVED

TOO_LARGE = gettext_lazy("More than 2 MB: simplify the shapes, or leave out what the chapter does not show.")
MOST_PROBLEMS = 20


def read_overlay(text: str | bytes) -> Any:
    """The FeatureCollection that was meant. Raises ValidationError that names the line or the feature at fault."""
    if len(text if isinstance(text, bytes) else text.encode("utf-8", "replace")) > MAX_BYTES:
        raise ValidationError(TOO_LARGE, code="size")
    try:
        value = collected(json.loads(text))
    except json.JSONDecodeError as problem:
        where = {"line": problem.lineno, "column": problem.colno, "what": problem.msg}
        raise ValidationError(_("This is no JSON: line %(line)s, column %(column)s: %(what)s") % where) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise ValidationError(_("This is no GeoJSON: a text file in UTF-8 is needed.")) from None
    if problems := problems_in(value):
        raise ValidationError(problems[:MOST_PROBLEMS])
    return value


class OverlayField(StorableJSONField):
    """GeoJSON that somebody pastes: also a single feature, or a bare geometry."""

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or value in self.empty_values or value.strip() == "null":
            return super().to_python(value)
        return super().to_python(json.dumps(read_overlay(value)))

    def prepare_value(self, value: Any) -> Any:
        """Nothing, and not the word that JSON has for it."""
        return "" if value is None else super().prepare_value(value)


class OverlayFile(forms.FileField):
    """The same from a file; what was pasted gives way to it."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > MAX_BYTES:
            raise ValidationError(TOO_LARGE, code="size")
        return read_overlay(upload.read(MAX_BYTES + 1))


def overlay_answer(request: HttpRequest) -> JsonResponse:
    """{overlay, problems, swapped}: `text` checked; `swapped` asks whether latitude and longitude changed seats."""
    if not (request.user.has_perm("storymap.change_chapter") or request.user.has_perm("storymap.add_chapter")):
        raise PermissionDenied
    if request.method != "POST":
        return JsonResponse({"problem": _("Only POST is answered here.")}, status=405)
    text = request.POST.get("text", "").strip()
    if not text or text == "null":
        return JsonResponse({"overlay": None, "problems": []})
    try:
        value = read_overlay(text)
    except ValidationError as invalid:
        return JsonResponse({"overlay": None, "problems": invalid.messages})
    swapped = probably_swapped(value, _shown_positions(request))
    return JsonResponse({"overlay": value, "problems": [], "swapped": swapped})


def _shown_positions(request: HttpRequest) -> list[LatLng]:
    """Where the places are that the form shows."""
    slugs = request.POST.getlist("place")[:500]
    return [LatLng(lat, lng) for lat, lng in Place.objects.filter(slug__in=slugs).values_list("latitude", "longitude")]


NOT_ASKED = ("position", "audio", "captions")  # by name; files are chosen instead
BESIDE_TEXTS: tuple[tuple[Any, list[str]], ...] = (  # what is folded away below the texts
    (
        gettext_lazy("Illustration and recording"),
        ["illustration", "recording", "remove_recording", "recording_captions", "transcript"],
    ),
    (gettext_lazy("Stage"), ["stage", "frame"]),
    (gettext_lazy("Areas and lines"), ["overlay_file", "overlay"]),
    (gettext_lazy("Camera as text"), ["camera"]),
    (gettext_lazy("Address and story"), ["slug"]),
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
        label=gettext_lazy("GeoJSON file"),
        required=False,
        help_text=gettext_lazy(
            "Up to 2 MB, longitude before latitude. It takes the place of what stands in the field below."
        ),
    )
    overlay = OverlayField(
        label=capfirst(gettext_lazy("areas and lines")),
        required=False,
        help_text=gettext_lazy(
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
        if self.instance.pk:
            for name in ("story", "illustration"):
                if isinstance(field := self.fields.get(name), LoadedChoice):
                    field.stored = getattr(self.instance, name)
        if "stage" in self.fields:
            self.fields["stage"] = forms.ModelChoiceField(
                StagePicture.objects.filter(story=self._story()),
                required=False,
                label=capfirst(gettext_lazy("stage")),
                empty_label=gettext_lazy("The earth"),
                help_text=gettext_lazy(
                    "A picture in place of the map. Upload it on the page “Stage pictures” of the story, choose it "
                    "here and save; then place the moments on it."
                ),
            )
        if narration := self.fields.get("narration"):  # who may only look has no fields
            narration.help_text = gettext_lazy("Mark words and use the buttons above, or write Markdown.")

    def _story(self) -> Any:
        return self.instance.story_id or self.initial.get("story") or self.data.get("story") or None

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
