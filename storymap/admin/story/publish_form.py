"""What publishing asks: a note to readers, when the edition appears, when the story ends, and what to overlook."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from storymap.models import Story
from storymap.services.publishing.checklist import Checklist


class NoSuchTime(ValueError):
    """The clocks are put forward over it. `instead` is what they show then."""

    def __init__(self, instead: datetime) -> None:
        self.instead = instead
        super().__init__(f"there is no such time; {instead} instead")


class TwiceThatDay(ValueError):
    """The clocks are put back: it comes as `first` and again as `second`."""

    def __init__(self, first: datetime, second: datetime) -> None:
        self.first, self.second = first, second
        super().__init__(f"there is this time twice: {first.isoformat()}, {second.isoformat()}")


def moment_at(local: datetime, zone: tzinfo, which: str = "") -> datetime:
    """The moment at which clocks of the zone show `local`; `which` is "first" or "second" of two.

    Raises NoSuchTime, or TwiceThatDay unless `which` says which.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None, fold=0) != local:
        raise NoSuchTime(first.astimezone(zone))
    if first != second and which not in ("first", "second"):
        raise TwiceThatDay(first.astimezone(zone), second.astimezone(zone))
    return second if which == "second" else first


def in_words(moment: datetime, zone: tzinfo) -> str:
    """In the zone and in UTC: 2026-10-25 02:30 Europe/Berlin (00:30 UTC)."""
    local, universal = moment.astimezone(zone), moment.astimezone(UTC)
    if str(zone) == "UTC":
        return f"{universal:%Y-%m-%d %H:%M} UTC"
    day = "" if local.date() == universal.date() else f"{universal:%Y-%m-%d} "
    return f"{local:%Y-%m-%d %H:%M} {zone} ({day}{universal:%H:%M} UTC)"


class DayInput(forms.DateInput):
    input_type = "date"


class ClockInput(forms.TimeInput):
    input_type = "time"


class DayAndTime(forms.SplitDateTimeWidget):
    """The browser's own fields: they need no script and no style of ours."""

    def __init__(self) -> None:
        day, time = {"aria-label": gettext_lazy("Day")}, {"aria-label": gettext_lazy("Time")}
        super().__init__()
        self.widgets = (DayInput(day, "%Y-%m-%d"), ClockInput(time, "%H:%M"))


class LocalTimeField(forms.SplitDateTimeField):
    """A time as it was typed, in no zone yet: whether there is such a time is asked in the form."""

    widget = DayAndTime

    def compress(self, data_list: Any) -> datetime | None:
        day, time = [*data_list, None, None][:2]
        if not day and not time:
            return None
        if not day or not time:
            raise forms.ValidationError(_("A day and a time are needed."))
        return datetime.combine(day, time)


class EndForm(forms.Form):
    until = LocalTimeField(
        label=gettext_lazy("Visible until"),
        required=False,
        help_text=gettext_lazy("From then on the story is gone for readers. Without an end, when left empty."),
    )

    times: tuple[str, ...] = ("until",)

    def clean(self) -> dict[str, Any] | None:
        """Here and not field by field: a time that comes twice adds a field."""
        for name in self.times:
            try:
                self.cleaned_data[name] = self._moment(name)
            except forms.ValidationError as problem:
                self.add_error(name, problem)
        return self.cleaned_data

    def _moment(self, name: str) -> datetime | None:
        """The moment of a typed time, which must lie ahead. Asks which one, where the clocks show it twice."""
        typed, zone = self.cleaned_data.get(name), timezone.get_current_timezone()
        if typed is None:
            return None
        try:
            moment_at(typed, zone)
        except TwiceThatDay as twice:
            self._ask_which(name, twice)
        except NoSuchTime as gap:
            missed = _("The clocks are put forward over this time. Write %(time)s, or another.")
            raise forms.ValidationError(missed % {"time": f"{gap.instead:%H:%M}"}, code="gap") from None
        try:
            moment = moment_at(typed, zone, self.data.get(f"{name}_which", ""))
        except TwiceThatDay:
            raise forms.ValidationError(_("The clocks show this time twice: say below which."), code="twice") from None
        if moment <= timezone.now():
            raise forms.ValidationError(_("This time has passed."), code="passed")
        return moment

    def _ask_which(self, name: str, twice: TwiceThatDay) -> None:
        zone = timezone.get_current_timezone()
        choices = [(key, in_words(getattr(twice, key), zone)) for key in ("first", "second")]
        label = _("Which of the two?")
        asked = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)
        before = list(self.fields)
        self.fields[f"{name}_which"] = asked
        self.order_fields([*before[: before.index(name) + 1], f"{name}_which"])


class PublishForm(EndForm):
    note = forms.CharField(
        label=gettext_lazy("Note to readers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands with the edition, as you write it: “Correction: talks began on 11 January.”"),
    )
    at = LocalTimeField(
        label=gettext_lazy("Visible from"), required=False, help_text=gettext_lazy("Now, when left empty.")
    )
    anyway = forms.BooleanField(
        label=gettext_lazy("Publish all the same: I have seen the warnings"),
        error_messages={"required": gettext_lazy("There are warnings. Look at them, then tick this or mend them.")},
    )
    field_order = ["note", "at", "until", "anyway"]
    times = ("at", "until")

    def __init__(self, *args: Any, story: Story, checklist: Checklist, **kwargs: Any) -> None:
        end = story.visible_until
        kwargs["label_suffix"] = ""
        kwargs["initial"] = {"until": end} if end and end > timezone.now() else {}
        super().__init__(*args, **kwargs)
        if not checklist.asks:
            del self.fields["anyway"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        at, until = self.cleaned_data.get("at"), self.cleaned_data.get("until")
        if at and until and until <= at:
            self.add_error("until", _("The story would end before the edition appears."))
        return cleaned
