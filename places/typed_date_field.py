"""A form field for a date that is typed as people write it and stored as EDTF."""

from __future__ import annotations

from typing import Any

from django import forms

from places.typed_dates import LONGEST, TypedDate, understand
from places.when import DateProblem


class TypedDateField(forms.CharField):
    understood: TypedDate | None = None  # of the form that has been validated: every form has fields of its own

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST, **kwargs})

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        try:
            self.understood = understand(typed) if typed else None
        except DateProblem as problem:
            raise forms.ValidationError(str(problem), code="edtf") from None
        return self.understood.edtf if self.understood else ""

    @property
    def typed_time(self) -> str:
        """The time that was typed behind the date, on the clocks of the place; empty when there was none."""
        return f"{self.understood.time:%H:%M}" if self.understood and self.understood.time else ""
