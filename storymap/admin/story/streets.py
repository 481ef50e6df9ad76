"""The streets under a story: its basemap extracts, an upload, and a cut for the view of a chapter's map."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from places import when
from places.geo import Bounds, Camera, LatLng, distance
from places.models import Stale
from storymap.admin.media.illustration_form import LicenceInput
from storymap.admin.pages import ChangingPage, DeletingPage, StoryPage, may_delete_parts
from storymap.admin.trash import undo_offer
from storymap.maps.ground.boxes import Box, box_of_bounds, box_of_camera, boxes_of
from storymap.maps.ground.cutting import LARGEST, Cut, SaidCredit, cut
from storymap.maps.ground.sources import material_of
from storymap.maps.ground.sources.gathering import meet
from storymap.maps.ground.sources.geojson import extent_of, knows
from storymap.maps.ground.sources.material import Address, Bytes, CannotReadStreets, Material
from storymap.maps.map_script import ground_part
from storymap.models import BasemapExtract, Chapter, Story
from storymap.numbers import whole_number
from storymap.services.accounts import Actor
from storymap.services.history.trash import move_to_trash
from storymap.services.media.extracts import ExtractProblem
from storymap.services.media.files import CannotStore
from storymap.services.stories.save_extracts import extract_slug, overlaps_in_words, set_extract
from storymap.story.extract_head import CLOSE, ExtractHead, head_in
from storymap.story.from_models import read_story
from storymap.story.localizing import localize

LARGEST_UPLOAD = 15 * 1024 * 1024
SECONDS = 45.0  # for which an editor waits at most


@dataclass(frozen=True)
class Row:
    extract: BasemapExtract
    head: ExtractHead
    kilobytes: int  # as readers load it; 0 when the file is no longer stored

    @property
    def place(self) -> str:
        return in_words(self.head.bounds)

    @property
    def date(self) -> str:
        return when.words(self.head.credit.date, get_language() or "en") if self.head.credit.date else ""


def rows_of(story: Story) -> list[Row]:
    return [Row(extract, head_in(extract.head), _kilobytes(extract.file)) for extract in story.extracts.all()]


def _kilobytes(name: str) -> int:
    if not default_storage.exists(name):
        return 0
    with default_storage.open(name) as file:
        return kilobytes(len(gzip.compress(file.read(), 6)))


def kilobytes(size: int) -> int:
    return -(-size // 1000)


def in_words(bounds: Bounds) -> str:
    """3.1 × 2.4 km around 12.0914° S, 77.0494° W."""
    middle = bounds.center
    wide = distance(LatLng(middle.lat, bounds.west), LatLng(middle.lat, bounds.east))
    high = distance(LatLng(bounds.south, middle.lng), LatLng(bounds.north, middle.lng))
    lng = (middle.lng + 180) % 360 - 180
    return _("%(width).1f × %(height).1f km around %(latitude).4f° %(ns)s, %(longitude).4f° %(ew)s") % {
        "width": wide / 1000,
        "height": high / 1000,
        "latitude": abs(middle.lat),
        "ns": _("N") if middle.lat >= 0 else _("S"),
        "longitude": abs(lng),
        "ew": _("E") if lng >= 0 else _("W"),
    }


class StreetsForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Streets (GeoJSON)"),
        help_text=gettext_lazy("Lines and areas of one neighbourhood, tagged as in OpenStreetMap. Up to 15 MB."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the neighbourhood"),
        max_length=60,
        help_text=gettext_lazy("Streets of the same name are replaced."),
    )
    attribution = forms.CharField(
        label=gettext_lazy("Whom to credit"),
        max_length=300,
        help_text=gettext_lazy("As it is to stand on the map: © OpenStreetMap contributors."),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=60,
        widget=LicenceInput,
        help_text=gettext_lazy("Under which the data may be used: ODbL-1.0 for OpenStreetMap."),
    )
    date = forms.CharField(
        label=gettext_lazy("State of the data"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("2026, 2026-11 or 2026-11-30."),
    )

    def clean_name(self) -> str:
        try:
            extract_slug(self.cleaned_data["name"])
        except ExtractProblem as problem:
            raise forms.ValidationError(str(problem)) from None
        return str(self.cleaned_data["name"])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 15 MB. Take out a smaller area."))
        return file

    def clean_date(self) -> str:
        date = self.cleaned_data["date"].strip()
        try:
            when.parse(date) if date else None
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
        return date

    @property
    def credit(self) -> SaidCredit:
        return SaidCredit(*(self.cleaned_data[name] for name in ("attribution", "licence", "date")))


class CannotCut(Exception):
    """Why no streets came of it, in words for an editor."""


def lay_streets(
    story: Story, box: Box, material: Material, said: SaidCredit, *, name: str, by: Actor, seen: int | None = None
) -> tuple[Cut, BasemapExtract]:
    """Cut streets and put them under the story. Raises CannotCut, and Stale as `set_extract` does."""
    try:
        [found] = cut([box], material, said).cuts
        if found.is_large:
            size = {"size": kilobytes(found.packed), "most": kilobytes(LARGEST)}
            raise CannotCut(_("Readers would load %(size)d KB, more than %(most)d. Choose a smaller area.") % size)
        row = set_extract(story=story, name=name, content=found.content, by=by, seen=seen)
    except (CannotReadStreets, ExtractProblem, CannotStore) as problem:
        raise CannotCut(str(problem)) from None
    return found, row


def laid_message(cut: Cut, row: BasemapExtract) -> str:
    size = {"place": in_words(cut.box.bounds), "size": kilobytes(cut.packed)}
    said = _("Streets lie under the map now: %(place)s. Readers load %(size)d KB for them.") % size
    if cut.left_out:
        said += " " + _("So that they are small enough, some are left out: %(kinds)s.") % {
            "kinds": ", ".join(cut.left_out)
        }
    return f"{said} {overlaps_in_words(row)}".rstrip()


def outdated_message() -> str:
    return _("The streets of the story were changed elsewhere. Nothing was changed: look at them and try again.")


def is_out_of_sight(story: Story, box: Box) -> bool:
    """Whether the story has close views, and none of them shows anything of the box."""
    read = read_story(story)
    views = boxes_of(localize(read.file, story.default_language, read.pictures))
    return bool(views) and not any(meet(view.bounds.edges, box.bounds.edges) for view in views)


def _out_of_sight() -> str:
    return _("No close view of this story shows them. Is this the place? In GeoJSON, longitude comes before latitude.")


class StreetsPage(ChangingPage, StoryPage):
    template_name = "admin/storymap/story/streets.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._form_page(StreetsForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = StreetsForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._form_page(form)
        try:
            file = form.cleaned_data["file"]
            material = Bytes(file.name, file.read())
            found, row = lay_streets(
                self.story,
                _box_around(material, form.cleaned_data["name"]),
                material,
                form.credit,
                name=form.cleaned_data["name"],
                by=request.user,
                seen=whole_number(request.POST.get("version")),
            )
        except Stale:
            form.add_error(None, outdated_message())
        except CannotCut as problem:
            form.add_error("file", str(problem))
        if form.errors:
            return self._form_page(form)
        messages.success(request, laid_message(found, row))
        if is_out_of_sight(self.story, found.box):
            messages.warning(request, _out_of_sight())
        return HttpResponseRedirect(request.path)

    def _form_page(self, form: StreetsForm) -> HttpResponse:
        return self.page(
            _("Streets"),
            subtitle=str(self.story),
            form=form,
            rows=rows_of(self.story),
            version=self.version,
            may_delete=may_delete_parts(self.request),
        )


def _box_around(material: Material, name: str) -> Box:
    if not knows(material):
        said = _("%(name)s is no GeoJSON. Other map data are cut by whoever runs this site (manage.py cut_basemap).")
        raise CannotCut(said % {"name": material.name})
    try:
        return box_of_bounds(extent_of(material), name)
    except (CannotReadStreets, ValueError) as problem:
        raise CannotCut(str(problem)) from None


class DeleteStreets(DeletingPage, StoryPage):
    def post(self, request: HttpRequest, extract: int) -> HttpResponse:
        row = get_object_or_404(self.story.extracts, pk=extract)
        try:
            thrown = move_to_trash(row, by=request.user, seen=whole_number(request.POST.get("version")))
        except Stale:
            messages.error(request, outdated_message())
        else:
            messages.success(request, undo_offer(request, thrown))
        return HttpResponseRedirect(reverse("admin:storymap_story_streets", args=[self.story.pk]))


class StreetsForView(ChangingPage, StoryPage):
    """Asked by the map of a chapter: `lat`, `lng` and `zoom` of what it shows, and the `name` of the streets."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            box, name = self._box(), request.POST.get("name", "") or "streets"
            said = SaidCredit(settings.STORYMAP_STREETS_ATTRIBUTION)
            found, row = lay_streets(self.story, box, _source(), said, name=name, by=request.user)
        except Stale:
            return JsonResponse({"problem": outdated_message()}, status=409)
        except CannotCut as problem:
            return JsonResponse({"problem": str(problem)}, status=400)
        return JsonResponse({"said": laid_message(found, row), "extracts": extracts_for_maps(self.story)})

    def _box(self) -> Box:
        try:
            lat, lng, zoom = (float(self.request.POST.get(name, "")) for name in ("lat", "lng", "zoom"))
            box = box_of_camera(Camera(center=LatLng(lat, lng), zoom=zoom))
        except ValueError:
            raise CannotCut(_("The map does not say what it shows. Move it and try again.")) from None
        if box is None:
            raise CannotCut(_("Zoom in to %(zoom)d or closer: streets are for close views.") % {"zoom": CLOSE})
        return box


def _source() -> Material:
    named = settings.STORYMAP_STREETS_SOURCE
    if not named:
        raise CannotCut(_("Whoever runs this site has not said where streets come from (STORYMAP_STREETS_SOURCE)."))
    try:
        return Address(named, SECONDS) if "://" in named else material_of(named)
    except CannotReadStreets as problem:
        raise CannotCut(str(problem)) from None


def streets_for_view(chapter: Chapter | None) -> dict[str, str] | None:
    """For the button on the map of a chapter; None where the site offers none."""
    if chapter is None or not settings.STORYMAP_STREETS_SOURCE:
        return None
    address = reverse("admin:storymap_story_streets_for_view", args=[chapter.story_id])
    return {"address": address, "name": chapter.slug}


def extracts_for_maps(story: Story) -> list[dict[str, Any]]:
    """As the script of a map names them."""
    named = [(row.file, head_in(row.head)) for row in story.extracts.all()]
    return [ground_part(head.bounds, head.min_zoom, f"{settings.MEDIA_URL}{file}") for file, head in named]
