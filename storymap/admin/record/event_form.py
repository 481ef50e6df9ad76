"""The event form: dates are typed as people write them and stored as EDTF. Events are searched by date likewise."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy as _
from parler.forms import TranslatableModelForm

from places.dates.seasons import hemisphere_at
from places.form_fields import TypedDateField
from places.models import Event, Place
from places.typed_dates import understand
from places.understood import as_understood
from places.when import DateProblem, parse
from storymap.admin.editing.slug_forms import Addressed


class EventForm(Addressed, TranslatableModelForm):
    date = TypedDateField(
        label=capfirst(_("date")),
        help_text=_(
            "As you write it: 22 April 1997 15:23, about January 1997, from 18 to 22 December 1996, late 1914, "
            "before 1850, 44 BC; or as EDTF: 1996-12-17, 1996~, 1997-10/.."
        ),
    )

    journey_date = TypedDateField(
        label=capfirst(_("date of the journey")), help_text=_("Where it is another than the date of the event.")
    )

    class Meta:
        model = Event
        fields = "__all__"
        widgets = {
            **dict.fromkeys(("title", "attributed_to"), AdminTextInputWidget),
            **{name: AdminTextareaWidget(attrs={"rows": 4}) for name in ("summary", "note")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if date := self.fields.get("date"):  # who may only look has no fields
            date.widget.attrs["data-understand"] = reverse("admin:places_event_understand")
            if read := understanding_of(self.instance.date, self.instance.place):
                date.help_text = format_html("<span data-understood>{}</span> {}", read["understood"], date.help_text)

    def clean(self) -> dict[str, Any]:
        """A time typed behind the date counts when none is typed in its own field."""
        cleaned = super().clean()
        date = self.fields.get("date")
        if isinstance(date, TypedDateField) and date.typed_time and not self.cleaned_data.get("time"):
            self.cleaned_data["time"] = date.typed_time
        return cleaned


class JourneyStops(BaseInlineFormSet):
    """The stops of an event's journey: none at all, or the whole way."""

    def clean(self) -> None:
        super().clean()
        forms = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        filled = [form.cleaned_data for form in forms if form.cleaned_data.get("place")]
        stops = [one["place"] for one in sorted(filled, key=lambda one: one.get("position") or 0)]
        if len(stops) == 1:
            raise ValidationError(
                _("A journey has two stops or more, where it began and where it ended: add the other, or remove this.")
            )
        for a, b in pairwise(stops):
            if a == b:
                raise ValidationError(_("“%(place)s” stands twice in a row: remove one."), params={"place": str(a)})
        if not stops and (self.instance.journey_mode or self.instance.journey_date):
            raise ValidationError(
                _("A journey with a means of transport or a date needs its stops: add them, or empty both fields.")
            )


def understanding_of(typed: str, place: Place | None = None) -> dict[str, str]:
    """What a date typed for a place is understood as, in words of the editor's language; or what is wrong with it."""
    if not typed.strip():
        return {}
    try:
        understood = understand(typed)
        hemisphere = hemisphere_at(place.latitude, place.radius) if place else ""
        words = as_understood(understood, get_language() or "en", hemisphere)
    except DateProblem as problem:
        return {"understood": str(problem), "edtf": ""}
    return {"understood": gettext("Understood as: %(date)s.") % {"date": words}, "edtf": understood.edtf}


def events_on(term: str) -> QuerySet[Event]:
    """The events that may have happened on the day, or in the span, that the term names; none where it is no date."""
    try:
        edtf = understand(term).edtf
        if not edtf:
            return Event.objects.none()
        span = parse(edtf)
    except DateProblem:
        return Event.objects.none()
    overlapping = Q()
    if span.latest is not None:
        overlapping &= Q(earliest__lte=span.latest) | Q(earliest=None)
    if span.earliest is not None:
        overlapping &= Q(latest__gte=span.earliest) | Q(latest=None)
    return Event.objects.filter(overlapping).exclude(earliest=None, latest=None)
