"""The forms of the story wizard: a new story, a chapter, what happens in it, and its picture."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from places.coordinates import Reading, read
from places.countries import CountrySelect, country_choices
from places.form_fields import TypedDateField
from places.models import ClaimStatus, Precision
from places.models.base import validate_plain_text
from places.models.place import MAX_RADIUS
from storymap.admin.media.illustration_form import HELP, LicenceInput
from storymap.admin.wizard.places import FoundPlaceField, chosen_place, moved
from storymap.models import Chapter, Illustration
from storymap.prose import MAX_CHARACTERS
from storymap.services.media.pictures import MAX_BYTES, Encoded, PictureProblem, encoded
from storymap.services.stories.wizard import NewMoment, NewPlace, PictureWords


class BeginForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, validators=[validate_plain_text])
    standfirst = forms.CharField(
        label=_("Standfirst"),
        max_length=1000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Two sentences that open the story."),
    )


class WordsForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs={"autofocus": ""}),
    )
    narration = forms.CharField(
        label=_("Narration"),
        required=False,
        max_length=MAX_CHARACTERS,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("An empty line begins a paragraph. **bold**, *italic*, [words](https://address)."),
    )


class MomentForm(forms.Form):
    """Empty as a whole, or with a title. Where something happened is searched, and chosen among the results."""

    prefix = "moment"
    title = forms.CharField(
        label=_("What happened"),
        required=False,
        max_length=200,
        validators=[validate_plain_text],
        help_text=_("In a few words: Guests arrive at the residence"),
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=2000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    date = TypedDateField(
        label=_("When"),
        help_text=_("17 December 1996 20:20, or: about January 1997"),
    )
    status = forms.ChoiceField(label=_("Claim status"), choices=ClaimStatus, initial=ClaimStatus.DOCUMENTED)
    attributed_to = forms.CharField(
        label=_("Attributed to"),
        required=False,
        max_length=300,
        validators=[validate_plain_text],
        help_text=_("Who says so, where it is not documented."),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=5000,
        validators=[validate_plain_text],
        help_text=_(
            "Its address, or a line that names it: La República, 18 December 1996, page 3. BibTeX is read too."
        ),
    )
    asked = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=300,
        validators=[validate_plain_text],
        help_text=_("An address or a name, or coordinates or a map link. Enter searches."),
    )
    place = FoundPlaceField(label=_("Found places"), required=False, max_length=2000)
    at = forms.CharField(
        label=_("Exact position"),
        required=False,
        max_length=300,
        help_text=_("Where the found position is not exact: move the pin, or paste coordinates or a map link."),
    )
    precision = forms.ChoiceField(label=_("Precision"), required=False, help_text=_("Left empty: as it was found."))
    radius = forms.FloatField(
        label=_("Known to within (metres)"),
        required=False,
        min_value=0,
        max_value=MAX_RADIUS,
        help_text=_("Left empty: as it was found, or as many digits as were typed. Drawn as a circle."),
    )
    place_name = forms.CharField(
        label=_("Its name for readers"),
        required=False,
        max_length=200,
        validators=[validate_plain_text],
        help_text=_("Only for a place that is not in the record yet."),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        widget=CountrySelect,
        help_text=_("Left empty, the map says which it is, but not near a border or in a disputed area."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]
        self.fields["precision"].choices = [("", "—"), *Precision.choices]  # type: ignore[attr-defined]

    def clean_at(self) -> Reading | None:
        if not (text := self.cleaned_data["at"]):
            return None
        reading = read(text)
        if reading is None or reading.at is None:
            said = reading.problem if reading else ""
            raise forms.ValidationError(said or _("Write it like -12.0464, -77.0428; or empty this field."))
        return reading

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        said = [name for name in ("summary", "date", "attributed_to", "source", "asked") if values.get(name)]
        if said and not values.get("title") and "title" not in self.errors:
            self.add_error("title", _("Say what happened, or empty the other fields."))
        if values.get("title") and values.get("asked") and not values.get("place"):
            self.add_error("asked", _("Search, and choose one of the found places; or empty this field."))
        if values.get("place"):
            self._place(values)
        return values

    def _place(self, values: dict[str, Any]) -> None:
        try:
            self.chosen = chosen_place(values["place"], values.get("place_name", ""), values.get("country", ""))
        except forms.ValidationError as problem:
            self.add_error(problem.code if problem.code in self.fields else "asked", problem)
            return
        if (at := values.get("at")) and isinstance(self.chosen, NewPlace):
            self.chosen = moved(self.chosen, at)
        elif at:
            self.add_error("at", _("A place of the record is moved on its own page. Empty this field."))
        if isinstance(self.chosen, NewPlace):
            known = {name: values[name] for name in ("precision", "radius") if values.get(name) not in ("", None)}
            self.chosen = replace(self.chosen, **known)

    @property
    def moment(self) -> NewMoment | None:
        values = self.cleaned_data
        if not values["title"]:
            return None
        words = {name: values[name] for name in ("title", "summary", "date", "status", "attributed_to", "source")}
        date = self.fields["date"]
        time = date.typed_time if isinstance(date, TypedDateField) else ""
        return NewMoment(**words, time=time, place=getattr(self, "chosen", None))


class PictureForm(forms.Form):
    prefix = "picture"
    upload = forms.FileField(label=_("Picture"), required=False, help_text=_("JPEG, PNG, WebP or AVIF, up to 15 MB."))
    alt = forms.CharField(
        label=_("Alternative text"),
        required=False,
        max_length=1000,
        validators=[validate_plain_text],
        help_text=_("What a reader who cannot see the picture should learn from it."),
    )
    decorative = forms.BooleanField(
        label=_("Decorative"), required=False, help_text=_("Says nothing that the text does not say.")
    )
    caption = forms.CharField(label=_("Caption"), required=False, max_length=1000, validators=[validate_plain_text])
    credit = forms.CharField(label=_("Credit"), required=False, max_length=300, validators=[validate_plain_text])
    licence = forms.CharField(label=_("Licence"), required=False, max_length=60, widget=LicenceInput, help_text=HELP)

    def __init__(self, *args: Any, present: Illustration | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present

    def clean_upload(self) -> Encoded | None:
        upload = self.cleaned_data["upload"]
        try:
            return encoded(upload.read(MAX_BYTES + 1)) if upload else None
        except PictureProblem as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        shown = self.present or values.get("upload") or "upload" in self.errors
        if not shown and any(values.get(name) for name in ("alt", "caption", "credit")):
            self.add_error("upload", _("Choose the picture that these words belong to."))
        if shown and bool(values.get("alt")) == values["decorative"]:
            self.add_error("alt", _("Either describe the picture, or tick “decorative”."))
        return values

    @property
    def picture(self) -> PictureWords | None:
        values = self.cleaned_data
        words = {name: values[name] for name in ("alt", "decorative", "caption", "credit", "licence")}
        return PictureWords(values["upload"], **words) if values["upload"] or self.present else None


def initial_of(chapter: Chapter | None, language: str) -> tuple[dict[str, str], dict[str, Any]]:
    """What the words and the picture of the chapter are now."""
    if chapter is None:
        return {}, {}
    chapter.set_current_language(language)
    words = {name: chapter.safe_translation_getter(name, "") for name in ("title", "narration")}
    if (picture := chapter.illustration) is None:
        return words, {}
    picture.set_current_language(language)
    texts = {name: picture.safe_translation_getter(name, "") for name in ("alt", "caption")}
    return words, {**texts, **{name: getattr(picture, name) for name in ("decorative", "credit", "licence")}}
