"""A form whose field `date` is typed as people write dates and stored as EDTF."""

from __future__ import annotations

from typing import Any

from django import forms

from places.typed_dates import TypedDate, understand
from places.when import DateProblem


class TypedDateForm:
    """A mixin for forms; before the form among the bases."""

    cleaned_data: dict[str, Any]
    understood: TypedDate | None = None

    def clean_date(self) -> str:
        typed = self.cleaned_data["date"]
        try:
            self.understood = understand(typed) if typed else None
        except DateProblem as problem:
            raise forms.ValidationError(str(problem), code="edtf") from None
        return self.understood.edtf if self.understood else ""

    @property
    def typed_time(self) -> str:
        """The time that was typed behind the date, on the clocks of the place; empty when there was none."""
        return f"{self.understood.time:%H:%M}" if self.understood and self.understood.time else ""
