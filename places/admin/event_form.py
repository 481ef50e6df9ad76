"""The event form: dates are typed as people write them and stored as EDTF."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from parler.forms import TranslatableModelForm

from places.models import Event
from places.typed_dates import LONGEST, understand
from places.when import DateProblem


class EventForm(TranslatableModelForm):
    date = forms.CharField(
        label=_("date"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "As you write it: 22 April 1997 15:23, about January 1997, from 18 to 22 December 1996; "
            "or as EDTF: 1996-12-17, 1996~, 1997-10/.."
        ),
    )

    class Meta:
        model = Event
        fields = "__all__"

    def clean_date(self) -> str:
        typed = self.cleaned_data["date"]
        try:
            self.understood = understand(typed) if typed else None
        except DateProblem as problem:
            raise forms.ValidationError(str(problem), code="edtf") from None
        return self.understood.edtf if self.understood else ""

    def clean(self) -> dict[str, Any] | None:
        """A time typed behind the date counts when none is typed in its own field."""
        cleaned = super().clean()
        understood = getattr(self, "understood", None)
        if understood and understood.time and not self.cleaned_data.get("time"):
            self.cleaned_data["time"] = f"{understood.time:%H:%M}"
        return cleaned
