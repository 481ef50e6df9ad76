"""Areas and lines of a chapter: pasted or brought as a file, checked while the form is open and when it is saved."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _, gettext_lazy

from places.features import MAX_BYTES, collected, probably_swapped, problems_in
from places.form_fields import StorableJSONField
from places.geo import LatLng
from places.models import Place

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
    swapped = probably_swapped(value, _near(request))
    return JsonResponse({"overlay": value, "problems": [], "swapped": swapped})


def _near(request: HttpRequest) -> list[LatLng]:
    """Where the places are that the form shows."""
    slugs = request.POST.getlist("place")[:500]
    return [LatLng(lat, lng) for lat, lng in Place.objects.filter(slug__in=slugs).values_list("latitude", "longitude")]
